#include "modules/encounters/storage.h"

#include <algorithm>

namespace luytre::encounters {

namespace {

struct Row {
  PersonId person;
  PersonId peer;
  Instant started;
  Instant ended;
  std::optional<std::int64_t> attenuation;
};
BOOST_DESCRIBE_STRUCT(Row, (), (person, peer, started, ended, attenuation))

constexpr store::Query kTouching{"encounters.touching", R"sql(
SELECT person, peer, started, ended, attenuation
FROM encounters_encounter
WHERE person = $1 AND peer = $2 AND started <= $4 AND ended >= $3)sql"};

constexpr store::Query kInsert{"encounters.insert", R"sql(
INSERT INTO encounters_encounter (person, peer, started, ended, attenuation, batch)
VALUES ($1, $2, $3, $4, $5, $6))sql"};

constexpr store::Query kErase{"encounters.erase", R"sql(
DELETE FROM encounters_encounter
WHERE person = $1 AND peer = $2 AND started = $3)sql"};

constexpr store::Query kEraseOld{"encounters.erase_old", R"sql(
DELETE FROM encounters_encounter
WHERE (person, peer, started) IN (
  SELECT person, peer, started
  FROM encounters_encounter
  WHERE ended < $1
  ORDER BY ended
  LIMIT $2))sql"};

constexpr store::Query kProof{"encounters.proof", R"sql(
INSERT INTO encounters_retention (id, at, rule, ended_before, deleted)
VALUES ($1, $2, $3, $4, $5))sql"};

}  // namespace

std::vector<presence::Encounter> select_touching(store::Session& session,
                                                 std::span<const presence::Encounter> encounters) {
  std::vector<store::Row> parameters;
  parameters.reserve(encounters.size());
  for (const auto& e : encounters)
    parameters.push_back({e.person.value, e.peer.value, e.when.from.seconds, e.when.to.seconds});
  std::vector<presence::Encounter> found;
  for (const auto& rows : session.each<Row>(kTouching, parameters)) {
    for (const Row& r : rows) found.push_back({r.person, r.peer, {r.started, r.ended}, r.attenuation});
  }
  std::sort(found.begin(), found.end());
  found.erase(std::unique(found.begin(), found.end()), found.end());
  return found;
}

void insert(store::Session& session, std::span<const presence::Encounter> encounters, std::int64_t batch) {
  std::vector<store::Row> rows;
  rows.reserve(2 * encounters.size());
  for (const auto& e : encounters) {
    const store::Value attenuation = store::to_value(e.attenuation);
    rows.push_back({e.person.value, e.peer.value, e.when.from.seconds, e.when.to.seconds, attenuation, batch});
    rows.push_back({e.peer.value, e.person.value, e.when.from.seconds, e.when.to.seconds, attenuation, batch});
  }
  session.insert(kInsert, rows);
}

void erase(store::Session& session, std::span<const presence::Encounter> encounters) {
  for (const auto& e : encounters) {
    session.run(kErase, e.person, e.peer, e.when.from);
    session.run(kErase, e.peer, e.person, e.when.from);
  }
}

std::int64_t erase_ended_before(store::Session& session, Instant before, std::int64_t most) {
  return session.run(kEraseOld, before, most);
}

void insert_proof(store::Session& session, std::int64_t id, Instant at, std::string_view rule, Instant before,
                  std::int64_t deleted) {
  session.run(kProof, id, at, rule, before, deleted);
}

}  // namespace luytre::encounters
