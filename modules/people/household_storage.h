// SQL of the households that officers write down. Private to this module.

#pragma once

#include <optional>
#include <vector>

#include "modules/people/households.h"

namespace luytre::people::storage {

struct HousemateRow {
  HouseholdId household;
  PersonId person;
  std::optional<Instant> joined, parted;
};
BOOST_DESCRIBE_STRUCT(HousemateRow, (), (household, person, joined, parted))

void add_household(store::Session& session, HouseholdId id, Instant now, AccountId by);
// Whoever lived there before and comes back has another row.
void put(store::Session& session, const HousemateRow& row, Instant now, AccountId by);
// Of whom lives there now.
void part(store::Session& session, HouseholdId household, PersonId person, Instant parted);
std::vector<HousemateRow> lives_of(store::Session& session, PersonId person);          // all, oldest first
std::vector<HousemateRow> housemates(store::Session& session, HouseholdId household);  // as they were written down

}  // namespace luytre::people::storage
