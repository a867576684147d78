#include "modules/people/household_storage.h"

namespace luytre::people::storage {
namespace {

using store::Query;

constexpr Query kAddHousehold{"people.add_household", R"sql(
  INSERT INTO people_household (id, at, written_by)
  VALUES ($1, $2, $3))sql"};

constexpr Query kPut{"people.put_housemate", R"sql(
  INSERT INTO people_housemate (household, person, joined, parted, at, written_by)
  VALUES ($1, $2, $3, $4, $5, $6)
  ON CONFLICT (household, person, at) DO UPDATE SET joined = excluded.joined, parted = excluded.parted,
    written_by = excluded.written_by)sql"};

constexpr Query kPartHousemate{"people.part_housemate", R"sql(
  UPDATE people_housemate
  SET parted = $3
  WHERE household = $1 AND person = $2 AND parted IS NULL)sql"};

constexpr Query kLives{"people.lives_of", R"sql(
  SELECT household, person, joined, parted
  FROM people_housemate
  WHERE person = $1
  ORDER BY household, at)sql"};

constexpr Query kHousemates{"people.housemates", R"sql(
  SELECT household, person, joined, parted
  FROM people_housemate
  WHERE household = $1
  ORDER BY at, person)sql"};

}  // namespace

void add_household(store::Session& session, HouseholdId id, Instant now, AccountId by) {
  session.run(kAddHousehold, id, now, by);
}

void put(store::Session& session, const HousemateRow& row, Instant now, AccountId by) {
  try {
    session.run(kPut, row.household, row.person, row.joined, row.parted, now, by);
  } catch (const store::SqlError& e) {
    // Of two officers at once, the later is run again, and reads what the other wrote.
    if (e.fault != store::Fault::kUnique) throw;
    throw store::SqlError(store::Fault::kSerialization, e.what());
  }
}

void part(store::Session& session, HouseholdId household, PersonId person, Instant parted) {
  session.run(kPartHousemate, household, person, parted);
}

std::vector<HousemateRow> lives_of(store::Session& session, PersonId person) {
  return session.all<HousemateRow>(kLives, person);
}

std::vector<HousemateRow> housemates(store::Session& session, HouseholdId household) {
  return session.all<HousemateRow>(kHousemates, household);
}

}  // namespace luytre::people::storage
