#include "modules/statistics/storage.h"

#include <algorithm>

namespace luytre::statistics::storage {
namespace {

using store::Query;
using store::Session;

constexpr Query kPlaces{"statistics.places", R"sql(
  SELECT id, kind, unit, registered, closed
  FROM places_pub_register
  ORDER BY id)sql"};

constexpr Query kScans{"statistics.scans", R"sql(
  SELECT CAST($1 AS bigint), count(*), CAST(sum(CASE WHEN EXISTS (
      SELECT 1
      FROM declarations_pub_valid d
      WHERE d.person = v.person AND d.at <= v.entered AND d.valid_until > v.entered) THEN 1 ELSE 0 END) AS bigint)
  FROM visits_pub_visit v
  WHERE v.place IN (SELECT CAST($1 AS bigint) UNION ALL SELECT place FROM places_pub_merged WHERE kept = $1)
    AND v.entered >= $2 AND v.entered < $3
  GROUP BY 1)sql"};

constexpr Query kLastScan{"statistics.last_scan", R"sql(
  SELECT max(entered)
  FROM (
    SELECT max(entered) AS entered
    FROM visits_pub_visit
    WHERE place = $1
    UNION ALL
    SELECT (SELECT max(entered) FROM visits_pub_visit v WHERE v.place = m.place)
    FROM places_pub_merged m
    WHERE m.kept = $1) AS each_place)sql"};

constexpr Query kPeople{"statistics.people", R"sql(
  SELECT unit, count(*)
  FROM people_pub_person
  WHERE account IS NOT NULL
  GROUP BY unit)sql"};

constexpr Query kMembers{"statistics.members", R"sql(
  SELECT unit, count(*)
  FROM duties_pub_member
  GROUP BY unit)sql"};

constexpr Query kDenominators{"statistics.denominators", R"sql(
  SELECT unit, measure, as_of, value, source
  FROM statistics_denominator
  WHERE unit = $1
  ORDER BY as_of DESC)sql"};

constexpr Query kEnter{"statistics.enter", R"sql(
  INSERT INTO statistics_denominator (unit, measure, as_of, value, source, entered, entered_by)
  VALUES ($1, $2, $3, $4, $5, $6, $7)
  ON CONFLICT (unit, measure, as_of) DO UPDATE SET value = excluded.value, source = excluded.source,
    entered = excluded.entered, entered_by = excluded.entered_by)sql"};

constexpr std::size_t kAtOnce = 500;

template <class T, class F>
std::vector<std::vector<T>> in_batches(Session& session, const Query& query, std::span<const PlaceId> places, F look) {
  std::vector<std::vector<T>> out;
  for (std::size_t first = 0; first < places.size(); first += kAtOnce) {
    std::vector<store::Row> looks;
    for (const PlaceId place : places.subspan(first, std::min(kAtOnce, places.size() - first)))
      looks.push_back(look(place));
    for (auto& found : session.each<T>(query, looks)) out.push_back(std::move(found));
  }
  return out;
}

}  // namespace

std::vector<Registered> places(Session& session) {
  return session.all<Registered>(kPlaces);
}

std::vector<PlaceDay> scans(Session& session, std::span<const PlaceId> places, Interval when) {
  const auto look = [&](PlaceId place) {
    return store::Row{store::to_value(place), store::to_value(when.from), store::to_value(when.to)};
  };
  std::vector<PlaceDay> out;
  for (const auto& found : in_batches<PlaceDay>(session, kScans, places, look))
    out.insert(out.end(), found.begin(), found.end());
  return out;
}

std::vector<std::optional<Instant>> last_scans(Session& session, std::span<const PlaceId> places) {
  const auto look = [](PlaceId place) { return store::Row{store::to_value(place)}; };
  std::vector<std::optional<Instant>> out;
  for (const auto& found : in_batches<std::optional<Instant>>(session, kLastScan, places, look))
    out.push_back(found.empty() ? std::nullopt : found.front());
  return out;
}

std::vector<UnitCount> people(Session& session) {
  return session.all<UnitCount>(kPeople);
}

std::vector<UnitCount> members(Session& session) {
  return session.all<UnitCount>(kMembers);
}

std::vector<DenominatorRow> denominators(Session& session, UnitId unit) {
  return session.all<DenominatorRow>(kDenominators, unit);
}

void enter(Session& session, const DenominatorRow& row, Instant now, AccountId by) {
  session.run(kEnter, row.unit, row.measure, row.as_of, row.value, row.source, now, by);
}

}  // namespace luytre::statistics::storage
