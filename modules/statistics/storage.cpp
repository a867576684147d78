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
  SELECT CAST($1 AS bigint), count(*) AS scans, CAST(sum(CASE WHEN EXISTS (
      SELECT 1
      FROM declarations_pub_valid d
      WHERE d.person = v.person AND d.at <= v.entered AND d.valid_until > v.entered) THEN 1 ELSE 0 END) AS bigint), count(*) AS passing
  FROM visits_pub_visit v
  WHERE v.place IN (SELECT CAST($1 AS bigint) UNION ALL SELECT place FROM places_pub_merged WHERE kept = $1)
    AND v.entered >= $2 AND v.entered < $3 AND NOT v.told
  GROUP BY 1)sql"};

constexpr Query kOthers{"statistics.others", R"sql(
  SELECT coalesce(m.kept, o.place) AS counted, CAST(0 AS bigint), CAST(sum(o.declared) AS bigint), CAST(sum(o.people) AS bigint)
  FROM (
    SELECT place, heads AS people, 0 AS declared
    FROM gates_pub_unproven
    WHERE entered >= $1 AND entered < $2
    UNION ALL
    SELECT c.place, c.people, CASE WHEN EXISTS (
        SELECT 1
        FROM declarations_pub_valid d
        WHERE d.person = c.person AND d.at <= c.passed AND d.valid_until > c.passed) THEN 1 ELSE 0 END
    FROM checkpoints_pub_passed c
    WHERE c.passed >= $1 AND c.passed < $2 AND NOT EXISTS (
      SELECT 1
      FROM visits_pub_visit v
      WHERE v.person = c.person AND v.place = c.place AND v.entered = c.passed AND NOT v.told)) AS o
  LEFT JOIN places_pub_merged m ON m.place = o.place
  GROUP BY 1)sql"};

constexpr Query kOrganisations{"statistics.organisations", R"sql(
  SELECT r.id, r.name, r.sector, r.place, r.unit, count(m.person), CAST(coalesce(sum(CASE WHEN EXISTS (
      SELECT 1
      FROM declarations_pub_valid d
      WHERE d.person = m.person AND d.at < $2 AND d.valid_until > $1) THEN 1 ELSE 0 END), 0) AS bigint)
  FROM duties_pub_roster r
  LEFT JOIN duties_pub_membership m ON m.roster = r.id
  GROUP BY r.id, r.name, r.sector, r.place, r.unit
  ORDER BY r.id)sql"};

constexpr Query kUnitOf{"statistics.unit_of", "SELECT unit FROM duties_pub_roster WHERE id = $1"};

constexpr Query kStaff{"statistics.staff", R"sql(
  SELECT organisation, as_of, value, source
  FROM statistics_staff
  WHERE organisation = $1
  ORDER BY as_of DESC
  LIMIT 1)sql"};

constexpr Query kEnterStaff{"statistics.enter_staff", R"sql(
  INSERT INTO statistics_staff (organisation, as_of, value, source, entered, entered_by)
  VALUES ($1, $2, $3, $4, $5, $6)
  ON CONFLICT (organisation, as_of) DO UPDATE SET value = excluded.value, source = excluded.source,
    entered = excluded.entered, entered_by = excluded.entered_by)sql"};

constexpr Query kLastScan{"statistics.last_scan", R"sql(
  SELECT max(entered)
  FROM (
    SELECT max(entered) AS entered
    FROM visits_pub_visit
    WHERE place = $1 AND NOT told
    UNION ALL
    SELECT max(entered)
    FROM gates_pub_unproven
    WHERE place = $1
    UNION ALL
    SELECT (SELECT max(entered) FROM visits_pub_visit v WHERE v.place = m.place AND NOT v.told)
    FROM places_pub_merged m
    WHERE m.kept = $1
    UNION ALL
    SELECT (SELECT max(entered) FROM gates_pub_unproven u WHERE u.place = m.place)
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

template <class T, class K, class F>
std::vector<std::vector<T>> in_batches(Session& session, const Query& query, std::span<const K> keys, F look) {
  std::vector<std::vector<T>> out;
  for (std::size_t first = 0; first < keys.size(); first += kAtOnce) {
    std::vector<store::Row> looks;
    for (const K key : keys.subspan(first, std::min(kAtOnce, keys.size() - first))) looks.push_back(look(key));
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

std::vector<PlaceDay> others(Session& session, Interval when) {
  return session.all<PlaceDay>(kOthers, when.from, when.to);
}

std::vector<OrganisationRow> organisations(Session& session, Interval when) {
  return session.all<OrganisationRow>(kOrganisations, when.from, when.to);
}

std::optional<UnitId> unit_of(Session& session, OrganisationId organisation) {
  return session.one<UnitId>(kUnitOf, organisation);
}

std::vector<StaffRow> staff(Session& session, std::span<const OrganisationId> organisations) {
  const auto look = [](OrganisationId id) { return store::Row{store::to_value(id)}; };
  std::vector<StaffRow> out;
  for (const auto& found : in_batches<StaffRow>(session, kStaff, organisations, look))
    out.insert(out.end(), found.begin(), found.end());
  return out;
}

void enter(Session& session, const StaffRow& row, Instant now, AccountId by) {
  session.run(kEnterStaff, row.organisation, row.as_of, row.value, row.source, now, by);
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
