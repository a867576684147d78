// SQL of journeys told ahead.

#include "modules/checkpoints/storage.h"

namespace luytre::checkpoints::storage {
namespace {

using store::Query;
using store::Session;

constexpr Query kInsertJourney{"checkpoints.insert_journey", R"sql(
  INSERT INTO checkpoints_journey (id, account, code, code_index, plate, vehicle, direction, towards, begins, ends,
    told)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11))sql"};

constexpr Query kInsertTraveller{"checkpoints.insert_traveller", R"sql(
  INSERT INTO checkpoints_traveller (journey, person)
  VALUES ($1, $2))sql"};

constexpr Query kJourney{"checkpoints.journey", R"sql(
  SELECT id, account, code, code_index, plate, vehicle, direction, towards, begins, ends, told
  FROM checkpoints_journey
  WHERE code_index = $1)sql"};

constexpr Query kJourneys{"checkpoints.journeys", R"sql(
  SELECT id, account, code, code_index, plate, vehicle, direction, towards, begins, ends, told
  FROM checkpoints_journey
  WHERE account = $1 AND ends > $2
  ORDER BY begins, id)sql"};

constexpr Query kTravellers{"checkpoints.travellers", R"sql(
  SELECT person
  FROM checkpoints_traveller
  WHERE journey = $1
  ORDER BY person)sql"};

constexpr Query kUsed{"checkpoints.used", R"sql(
  SELECT passed
  FROM checkpoints_passage
  WHERE journey = $1
  ORDER BY passed DESC
  LIMIT 1)sql"};

constexpr Query kRemoveJourney{"checkpoints.remove_journey", R"sql(
  DELETE FROM checkpoints_journey
  WHERE account = $1 AND id = $2)sql"};

constexpr Query kRemoveTravellers{"checkpoints.remove_travellers", R"sql(
  DELETE FROM checkpoints_traveller
  WHERE journey = $1)sql"};

}  // namespace

void insert(Session& session, const JourneyRow& j, std::span<const PersonId> people) {
  session.run(kInsertJourney, j.id, j.account, j.code, j.code_index, j.plate, j.vehicle, j.direction, j.towards,
              j.begins, j.ends, j.told);
  for (const PersonId person : people) session.run(kInsertTraveller, j.id, person);
}

std::optional<JourneyRow> journey(Session& session, const store::Bytes& code_index) {
  return session.one<JourneyRow>(kJourney, code_index);
}

std::vector<JourneyRow> journeys(Session& session, AccountId account, Instant ends_after) {
  return session.all<JourneyRow>(kJourneys, account, ends_after);
}

std::vector<PersonId> travellers(Session& session, JourneyId journey) {
  return session.all<PersonId>(kTravellers, journey);
}

std::optional<Instant> used(Session& session, JourneyId journey) {
  return session.one<Instant>(kUsed, journey);
}

bool remove(Session& session, AccountId account, JourneyId journey) {
  if (session.run(kRemoveJourney, account, journey) != 1) return false;
  session.run(kRemoveTravellers, journey);
  return true;
}

}  // namespace luytre::checkpoints::storage
