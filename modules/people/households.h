// Households that officers write down: who lives with whom, from when, until when, also of people without a phone or
// an account. They stand beside the households of accounts ("khai hộ"), which citizens keep themselves, and open
// nothing to anybody: what an account sees does not change.
//
// A person lives in one such household at a time. Everything is of the human being: rows stay with the record they were
// written for, and all records that count as one person are read together (merged.h), so that a merge loses nothing
// and its undoing gives back what was. Officers see members of their own area, each look logged; of others only how
// many they are. Publishes household.joined and household.left (subject: the person), which tracing follows. Stateless.

#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "modules/people/duplicates.h"

namespace luytre::people {

using HouseholdId = Id<struct HouseholdTag>;

struct Housemate {
  PersonBrief person;
  std::optional<Date> from;   // absent: not known since when
  std::optional<Date> until;  // the first day that they lived there no more; absent: they do
};
BOOST_DESCRIBE_STRUCT(Housemate, (), (person, from, until))

struct Household {
  HouseholdId id;
  std::vector<Housemate> members;  // of the caller's area, as they were written down
  std::int64_t elsewhere = 0;      // how many more there are
};
BOOST_DESCRIBE_STRUCT(Household, (), (id, members, elsewhere))

struct NewHousemate {
  PersonId person;
  std::optional<Date> from;
  Text<kReasonMost> reason;
};
BOOST_DESCRIBE_STRUCT(NewHousemate, (), (person, from, reason))

struct MovingOut {
  Date until;
  Text<kReasonMost> reason;
};
BOOST_DESCRIBE_STRUCT(MovingOut, (), (until, reason))

inline constexpr ErrorCode kLivesElsewhere{"lives_elsewhere", 409};  // in another household: they move out there first
inline constexpr ErrorCode kLivesAlone{"lives_alone", 409};          // in no household that an officer wrote down

class Households {
 public:
  Households(store::Database& db, const People& people, const geography::Geography& geography,
             const identity::Access& access);

  // Errors of all: those of Access::require, reason_required, not_found.

  // Of a person, all that they live or lived in.
  Task<Result<http::Page<Household>>> of_person(const Caller& caller, PersonId person, std::string reason) const;
  // Both live together; where neither has a household yet, it is begun. Again: nothing changes. Errors: same_person
  // (they count as one), lives_elsewhere, household_full, invalid (/from).
  // The day is that of who joins; of a household that begins, of `other`.
  Task<Result<Household>> add(const Caller& caller, PersonId person, NewHousemate other);
  // Again: nothing changes. Errors: lives_alone, invalid (/until: before they moved in, or in the future).
  Task<Result<Household>> part(const Caller& caller, PersonId person, MovingOut out);

  // ---- for wiring, within another's transaction, unchecked ----
  // In which one somebody lives now, under whichever record; nothing: officers wrote none down.
  static std::optional<HouseholdId> lives_in(store::Session& session, PersonId person);

  struct Impl;

 private:
  std::shared_ptr<const Impl> impl_;
};

void routes(http::Router& router, Households& households);

}  // namespace luytre::people
