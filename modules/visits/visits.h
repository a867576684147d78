// Visits: who was at which place, from when to when.
//
// A visit begins when a person's code meets a place's code, whichever scanned the other, and ends with a check-out, or,
// as most people never check out, by estimate: the place kind's usual stay, cut short by the next check-in elsewhere
// (timeline.h has the rule). Estimates are flagged and replaced when a real check-out arrives. Times are UTC seconds of
// the device that saw the codes meet; `recorded` is ours, and a visit made offline may arrive up to kLatest late.
//
// Every answered call is durable. A call repeated with its idempotency key changes nothing and answers with the visit
// as it is by then: for repeats only its id is kept, so that no trace of a visit outlives it.
// Nothing is recorded where and when no decision switches check-in on. Kept kKept from the end of the visit, by age
// alone. Publishes visit.began, visit.ended, visit.corrected, visit.cancelled, visit.imported (subject: the visit), and
// with visit.cancelled, whose row is gone, visits.changed (subject: the person). Thread-safe.

#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "modules/people/people.h"
#include "modules/places/places.h"
#include "modules/visits/doubts.h"
#include "platform/base/json.h"
#include "platform/http/router.h"
#include "platform/store/database.h"
#include "platform/store/follower.h"

namespace luytre::identity {
class Consents;
}

namespace luytre::visits {

class Doubtful;  // doubtful.h

inline constexpr std::chrono::hours kKept{28 * 24};
inline constexpr std::chrono::hours kLatest{14 * 24};
inline constexpr std::chrono::minutes kClockSkew{2};     // how far a device's clock may be ahead
inline constexpr std::chrono::minutes kUndo{10};         // how long a check-in may be cancelled
inline constexpr std::chrono::minutes kShareWithin{15};  // where the phone is says something of where it was
inline constexpr std::chrono::minutes kLateAfter{5};     // later than this it is flagged "late"
inline constexpr std::chrono::hours kLongest{14 * 24};   // the longest stay that a check-out may claim

enum class Capacity { kStaff, kPatient, kCarer, kVisitor, kCustomer, kPassenger, kOther };
BOOST_DESCRIBE_ENUM(Capacity, kStaff, kPatient, kCarer, kVisitor, kCustomer, kPassenger, kOther)

enum class Source { kScan, kTyped, kKeeper, kImport };
BOOST_DESCRIBE_ENUM(Source, kScan, kTyped, kKeeper, kImport)

struct CheckIn {
  Text<600> place_code;            // scanned or typed
  std::optional<PersonId> person;  // a household member; absent: the caller
  Instant at;                      // may lie in the past: the device was offline
  std::optional<Capacity> capacity;
};
BOOST_DESCRIBE_STRUCT(CheckIn, (), (place_code, person, at, capacity))

struct CheckOut {
  Instant at;
};
BOOST_DESCRIBE_STRUCT(CheckOut, (), (at))

struct Visit {
  VisitId id;
  PersonId person;
  PlaceId place;
  std::string place_name;
  std::optional<ZoneId> zone;
  std::optional<std::string> zone_name;
  Instant in;
  Instant out;
  bool out_estimated = true;
  Capacity capacity = Capacity::kOther;
  Source source = Source::kScan;
  std::vector<Flag> flags;
  std::optional<std::string> origin;              // the other system that told it; of the own list only
  std::optional<std::string> declaration_needed;  // the form to fill in now; composed by the route
  std::int64_t version = 1;
};
BOOST_DESCRIBE_STRUCT(Visit, (),
                      (id, person, place, place_name, zone, zone_name, in, out, out_estimated, capacity, source, flags,
                       origin, declaration_needed, version))

// How far the phone was from the place; unknown: the place does not say where it stands.
enum class Distance { kNear, kAround, kFar, kUnknown };
BOOST_DESCRIBE_ENUM(Distance, kNear, kAround, kFar, kUnknown)

struct Shared {
  Distance distance = Distance::kUnknown;
};
BOOST_DESCRIBE_STRUCT(Shared, (), (distance))

struct Summary {
  std::int64_t now = 0;    // people present, estimates included
  std::int64_t today = 0;  // check-ins since local midnight
};
BOOST_DESCRIBE_STRUCT(Summary, (), (now, today))

// Of an entrance no zone is kept.
struct ImportedVisit {
  std::string source;    // "csv:gate-3"
  std::string external;  // unique within the source; a repeat changes nothing
  PersonId person;
  PlaceId place;
  std::optional<ZoneId> zone;
  Instant in;
  std::optional<Instant> out;  // absent: estimated as for a check-in
  // Told by another system of this name: flagged kForeign, shown with the name, and taken back by its source.
  std::optional<std::string> origin = std::nullopt;
};

struct Imported {
  std::int64_t added = 0;
  std::int64_t known = 0;   // were there already
  std::int64_t merged = 0;  // no `out`, and the person had an open visit at the same place and zone
  struct Rejected {
    std::size_t index = 0;
    Error error;
  };
  std::vector<Rejected> rejected;
};

inline constexpr ErrorCode kTimeInFuture{"time_in_future", 422};
inline constexpr ErrorCode kTimeTooOld{"time_too_old", 422};  // params: days
inline constexpr ErrorCode kOutBeforeIn{"out_before_in", 422};
inline constexpr ErrorCode kStayTooLong{"stay_too_long", 422};
inline constexpr ErrorCode kCheckedOut{"checked_out", 409};  // a real check-out is there already
inline constexpr ErrorCode kNotHere{"not_here", 409};        // as far as we know
inline constexpr ErrorCode kTooLateToUndo{"too_late_to_undo", 409};
// Of a call repeated with its key: it was done, and what it wrote was undone since, or deleted by age.
inline constexpr ErrorCode kVisitGone{"visit_gone", 410};
inline constexpr ErrorCode kTooLateToShare{"too_late_to_share", 409};

struct Settings {
  bool study = false;                            // a study data directory: no decision needed, no retention
  const identity::Consents* consents = nullptr;  // to tracing, of who checks in; absent: not asked
  const Doubtful* doubtful = nullptr;            // flags of the own list; absent: only those stored
};

// A keeper scans the code that a person shows.
struct ShownCode {
  Text<600> person_code;
  std::optional<ZoneId> zone;
  Instant at;
  std::optional<Capacity> capacity;
};
BOOST_DESCRIBE_STRUCT(ShownCode, (), (person_code, zone, at, capacity))

// What the keeper is told: nothing about the person.
struct Admitted {
  VisitId id;
  std::string place_name;
  std::optional<std::string> zone_name;
  Instant in;
  bool declaration_missing = false;
};
BOOST_DESCRIBE_STRUCT(Admitted, (), (id, place_name, zone_name, in, declaration_missing))

class Visits {
 public:
  Visits(store::Database& db, const people::People& people, const places::Places& places,
         const command::Decisions& decisions, const Clock& clock, Settings settings = {});
  ~Visits();

  // Errors: those of Places::spot, place_closed, time_in_future, time_too_old, not_in_household, no_own_record,
  // not_in_force, consent_required; of this and all that take a key: visit_gone.
  Task<Result<Visit>> check_in(const Caller& caller, CheckIn request, std::optional<store::Once> once);
  // The keeper's scan of a person's code, at the keeper's place: showing the code is the person's own act, no consent
  // is asked of the keeper. Errors: those of the code, not_found of others' places, and as check_in.
  Task<Result<Visit>> check_in_shown(const Caller& caller, PlaceId place, ShownCode request,
                                     std::optional<store::Once> once);
  // The same by a guard of the place; whoever calls has checked that.
  Task<Result<Visit>> check_in_by_guard(PlaceId place, ShownCode request, std::optional<store::Once> once);
  // Of whom the guards' records say it. The first: errors as above. The second ends what began last before `at` at this
  // place, whatever its zone, or at another registration of it (places/merged.h). Errors: not_here, checked_out,
  // time_in_future.
  Task<Result<Visit>> enter_by_guard(PlaceId place, PersonId person, Instant at, std::optional<store::Once> once);
  Task<Result<Visit>> leave_by_guard(PlaceId place, PersonId person, Instant at, std::optional<store::Once> once);
  // Errors: not_found (also for other people's visits), out_before_in, time_in_future, stay_too_long, checked_out.
  Task<Result<Visit>> check_out(const Caller& caller, VisitId visit, CheckOut request, std::optional<store::Once> once);
  // Undoes a check-in of the last ten minutes, and what it cut short. Errors: not_found, too_late_to_undo.
  Task<Result<Done>> cancel(const Caller& caller, VisitId visit);
  // Where the phone is now, told once, by a tap for this visit: compared with where the place stands, and not kept; far
  // is flagged. Errors: not_found, too_late_to_share, invalid.
  Task<Result<Shared>> share(const Caller& caller, VisitId visit, places::Point where);
  // Newest first. Errors: not_in_household, no_own_record.
  Task<Result<http::Page<Visit>>> of_person(const Caller& caller, std::optional<PersonId> person,
                                            std::optional<std::string> cursor, std::size_t limit) const;
  // Counts only, for the keeper and the officers of the area.
  Task<Result<Summary>> summary(const Caller& caller, PlaceId place) const;

  // People present, estimates included. Within another's transaction, unchecked.
  static std::int64_t present(store::Session& session, PlaceId place, Instant now);

  // Who checked in at the place within `when`, by estimate is still there, and was not seen elsewhere until its end,
  // gets that end as a real check-out. Answers how many. Within another's transaction, unchecked; again: nothing
  // changes.
  std::int64_t end_all(store::Session& session, PlaceId place, Interval when) const;
  // Within the importer's transaction; persons, places and zones exist already. The end rule holds as for check-ins.
  Imported import_visits(store::Session& session, std::span<const ImportedVisit> visits);
  // Takes back what a source with an origin told, and what that cut short; a visit that it only joined stays. Answers
  // how many. Within another's transaction, unchecked; whoever calls keeps the proof.
  std::int64_t take_back(store::Session& session, const std::string& source);

  // Deletes what is older than kKept, in bounded steps, each with a proof row (visits_retention). To be run every few
  // minutes.
  store::Recurring retention();

  struct Impl;

 private:
  std::unique_ptr<Impl> impl_;
};

// The form that the person must fill in now at a place in this unit; given by the declarations module at wiring time.
using DeclarationNeeded = std::function<Task<std::optional<std::string>>(PersonId, UnitId)>;

// Without `needed` no visit asks for a declaration.
void routes(http::Router& router, Visits& visits, const places::Places& places, DeclarationNeeded needed);

const std::vector<store::Migration>& migrations();

}  // namespace luytre::visits
