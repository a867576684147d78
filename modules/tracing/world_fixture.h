// For this module's tests: the published views of visits and places over tables as plain as can be, with the indexes
// that their owners have, and a world of the brute force loaded into them.

#pragma once

#include "engines/presence/brute.h"
#include "modules/encounters/encounters.h"
#include "platform/store/testing.h"

namespace luytre::tracing::testing {

inline const std::vector<store::Migration>& world_tables() {
  static const std::vector<store::Migration> all{{"world", "001_world.sql", R"sql(
CREATE TABLE world_visit (
  id bigint PRIMARY KEY,
  person bigint NOT NULL,
  place bigint NOT NULL,
  zone bigint,
  entered bigint NOT NULL,
  departed bigint NOT NULL,
  estimated boolean NOT NULL
);
CREATE INDEX world_visit_person ON world_visit (person, entered);
CREATE INDEX world_visit_place ON world_visit (place, entered);
CREATE INDEX world_visit_long ON world_visit (place, entered) WHERE departed - entered > 86400;
CREATE TABLE world_place (
  id bigint PRIMARY KEY,
  kind text NOT NULL,
  unit bigint NOT NULL
);
CREATE TABLE world_merged (
  place bigint PRIMARY KEY,
  kept bigint NOT NULL
);
CREATE TABLE world_merged_person (
  person bigint PRIMARY KEY,
  kept bigint NOT NULL
);
CREATE INDEX world_merged_person_kept ON world_merged_person (kept);
CREATE TABLE world_merged_zone (
  zone bigint PRIMARY KEY,
  kept_zone bigint NOT NULL
);
CREATE VIEW visits_pub_visit AS
SELECT id, person, place, zone, entered, departed, estimated, FALSE AS told
FROM world_visit;
CREATE VIEW places_pub_place AS
SELECT id, kind, unit
FROM world_place;
CREATE VIEW places_pub_merged AS
SELECT place, kept
FROM world_merged;
CREATE VIEW places_pub_merged_zone AS
SELECT zone, kept_zone
FROM world_merged_zone;
CREATE VIEW people_pub_merged AS
SELECT person, kept
FROM world_merged_person;
)sql"}};
  return all;
}

inline constexpr store::Query kInsertVisit{"test.insert_visit", R"sql(
INSERT INTO world_visit (id, person, place, zone, entered, departed, estimated)
VALUES ($1, $2, $3, $4, $5, $6, $7))sql"};
inline constexpr store::Query kInsertPlace{"test.insert_place", R"sql(
INSERT INTO world_place (id, kind, unit)
VALUES ($1, $2, $3))sql"};

inline constexpr store::Query kInsertMerged{"test.insert_merged", R"sql(
INSERT INTO world_merged (place, kept)
VALUES ($1, $2))sql"};
inline constexpr store::Query kInsertMergedPerson{"test.insert_merged_person", R"sql(
INSERT INTO world_merged_person (person, kept)
VALUES ($1, $2))sql"};
inline constexpr store::Query kInsertMergedZone{"test.insert_merged_zone", R"sql(
INSERT INTO world_merged_zone (zone, kept_zone)
VALUES ($1, $2))sql"};
inline constexpr store::Query kDeleteMerged{"test.delete_merged", "DELETE FROM world_merged WHERE place = $1"};

// Ids of visits begin after `last_id`.
inline void insert_visits(store::Session& session, std::span<const presence::Visit> visits, std::int64_t last_id = 0) {
  std::vector<store::Row> rows;
  for (const presence::Visit& v : visits) {
    rows.push_back({++last_id, v.person.value, v.place.value, store::to_value(v.zone), v.when.from.seconds,
                    v.when.to.seconds, v.estimated});
  }
  session.insert(kInsertVisit, rows);
}

// The kind says the setting: "2 3".
inline void insert_places(store::Session& session, const std::map<PlaceId, presence::Setting>& settings) {
  std::vector<store::Row> rows;
  for (const auto& [place, setting] : settings) {
    rows.push_back(
        {place.value, std::to_string(setting.ventilation) + " " + std::to_string(setting.crowding), std::int64_t{0}});
  }
  session.insert(kInsertPlace, rows);
}
inline presence::Setting setting_of(std::string_view kind) {
  return {kind[0] - '0', kind[2] - '0'};
}

}  // namespace luytre::tracing::testing
