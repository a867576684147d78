// What the sources of visits share.

#pragma once

#include <atomic>

#include "modules/command/decisions.h"
#include "modules/visits/storage.h"
#include "modules/visits/visits.h"
#include "platform/store/flood.h"

namespace luytre::visits {

// One request of the flood: a check-in, or (with `leaving` or `leaving_place`) a check-out.
struct Request {
  AccountId account;
  std::optional<PersonId> person;  // absent: the account's own record
  bool shown = false;              // the person's code proved who it is; no household is asked
  places::SpotPtr spot;            // null: `refused` says why
  std::optional<ErrorCode> refused;
  std::optional<VisitId> leaving;
  std::optional<PlaceId> leaving_place;  // a guard saw it: whichever visit is open there
  Instant at;
  Instant recorded;
  Capacity capacity = Capacity::kOther;
  Source source = Source::kScan;
};

// What the flood answers. Of it only the id is kept for a repeat, which reads the visit anew.
struct Receipt {
  VisitId id;
  std::optional<Visit> visit;  // absent: a repeat

  static Result<Receipt> of_kept(const std::string& text);
};
BOOST_DESCRIBE_STRUCT(Receipt, (), (id))

struct Visits::Impl {
  Impl(store::Database& db, const people::People& people, const places::Places& places,
       const command::Decisions& decisions, const Clock& clock, Settings settings);

  store::Database& db;
  const people::People& people;
  const places::Places& places;
  const command::Decisions& decisions;
  const Clock& clock;
  const Settings settings;
  std::atomic<std::int64_t> retention_at{0};  // the place after which the next step begins

  Task<Result<Visit>> record(Request request, std::optional<store::Once> once);
  // Somebody enters whom another has let in.
  Task<Result<Visit>> admit(places::SpotPtr spot, PersonId person, Instant at, Capacity capacity,
                            std::optional<store::Once> once);
  Task<Result<Visit>> admit(places::SpotPtr spot, ShownCode asked, std::optional<store::Once> once);

  // ---- flood.cpp ----
  std::vector<Result<Receipt>> batch(store::Session& session, std::span<const Request> requests);
  std::optional<Error> refusal(const Request& request) const;
  storage::VisitRow row_of(const Request& request, PersonId person) const;

  // ---- imports.cpp ----
  std::optional<Error> refusal(const ImportedVisit& visit, const places::Spot* spot, Instant now) const;
  storage::VisitRow row_of(const ImportedVisit& visit, const places::Spot& spot, Instant now) const;

  // ---- whereabouts.cpp ----
  Result<Shared> share(store::Session& session, const Caller& caller, VisitId visit, places::Point where) const;

  Visit view(const storage::VisitRow& row) const;
  // Adds which other system told those that one did.
  void tell_origins(store::Session& session, std::vector<Visit>& shown) const;
  // Adds the flags that are found when it is read.
  void tell_doubts(store::Session& session, PersonId person, std::vector<Visit>& shown) const;

  store::Flood<Request, Receipt> flood;  // last: its function uses the members above
};

}  // namespace luytre::visits
