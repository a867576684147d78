// What the sources of gates share.

#pragma once

#include <limits>

#include "modules/command/decisions.h"
#include "modules/gates/departure_storage.h"

namespace luytre::gates {

// How full a place is.
struct Crowd {
  std::int64_t present = 0;
  std::optional<std::int64_t> capacity;
  std::vector<places::Zone> zones;
};

// What a code, a phone or a number of people says; an error where it is none of them.
Result<Reading> read_shown(const std::optional<Text<3000>>& code, const std::optional<Text<40>>& phone, Instant now);

struct Gates::Impl : Needs {
  explicit Impl(Needs needs) : Needs(std::move(needs)) {}

  store::Bytes phone_index(std::string_view e164) const;
  store::Bytes token_hash(std::string_view token) const;
  Result<storage::ShiftRow> shift_of(store::Session& session, std::string_view token) const;
  Result<storage::ShiftRow> shift_at(store::Session& session, std::string_view token, Instant at) const;
  bool elsewhere_named(store::Session& session, const store::Bytes& phone) const;
  Result<Duty> standing(store::Session& session, std::string_view token, PlaceId place, std::optional<ZoneId> zone,
                        Instant at) const;
  // Why nobody is let in there at that time.
  std::optional<ErrorCode> shut(const places::Spot& spot, Instant at) const;
  Guard view(const storage::GuardRow& row) const;
  Crowd crowd(store::Session& session, PlaceId place) const;
  // An entry and a departure of the same mark are of the same person, paper, phone or crowd, at this place.
  store::Bytes mark(PlaceId place, const Reading& reading, std::optional<PersonId> person) const;
  // The marks at all registrations of the place: who came in by the one poster goes out by the other.
  std::vector<storage::Marked> marks(store::Session& session, PlaceId place, const Reading& reading,
                                     std::optional<PersonId> person) const;
  store::Bytes seal(std::string_view purpose, EntryId id, std::string_view plain) const;
  // What was shown or said; of a printed card, what we know of its holder, to be called.
  StoredClaim claim_of(store::Session& session, EntryId id, const std::optional<store::Bytes>& sealed,
                       std::optional<PersonId> holder) const;
  // The case's window, for who may call those who were at the place. Errors: not_permitted, not_found,
  // case_without_window.
  struct Calling {
    std::string number;  // of the case
    Interval window;
    UnitId unit;  // of the place
  };
  Result<Calling> calling(store::Session& session, const Caller& caller, CaseId of, PlaceId place) const;
};

inline const identity::Action kCallList{
    "gates.unverified", Purpose::kTracing, {Role::kStationOfficer, Role::kDistrictOfficer, Role::kProvinceOfficer}};

// ---- departures.cpp ----

// Why a check-out need not be made: there is no such stay, it has ended, or it was undone since a first call ended it.
inline bool left_already(const Error& refusal) {
  return refusal.code == visits::kNotHere.code || refusal.code == visits::kCheckedOut.code ||
         refusal.code == visits::kVisitGone.code;
}

// The time at which this person went out, as a guard said before we heard of this entry.
std::optional<Instant> left_before_heard(store::Session& session, std::span<const storage::Marked> marks,
                                         Instant entered);
// Ends the new entry by departures that came before it, and takes them away.
void meet_departures(store::Session& session, const Gates::Impl& impl, storage::EntryRow row,
                     std::span<const storage::Marked> marks);

// Lists begin at the newest.
inline std::optional<std::int64_t> position_of(const std::optional<std::string>& cursor) {
  if (!cursor) return std::numeric_limits<std::int64_t>::max();
  return parse_id(*cursor);
}

}  // namespace luytre::gates
