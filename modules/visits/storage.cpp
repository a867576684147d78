#include "modules/visits/storage.h"

#include <algorithm>
#include <limits>

#include "modules/visits/timeline.h"

namespace luytre::visits::storage {
namespace {

using store::Query;
using store::Row;
using store::Session;
using store::to_value;

constexpr Query kInsert{"visits.insert", R"sql(
  INSERT INTO visits_visit (id, place, zone, person, entered, departed, expected, estimated, capacity, source, flags,
                            recorded, unit, version)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14))sql"};

constexpr Query kUpdate{"visits.update", R"sql(
  UPDATE visits_visit
  SET departed = $3, estimated = $4, flags = $5, version = $6
  WHERE id = $1 AND place = $2)sql"};

constexpr Query kRemove{"visits.remove", R"sql(
  DELETE FROM visits_visit
  WHERE id = $1 AND place = $2)sql"};

constexpr Query kAddFlag{"visits.add_flag", R"sql(
  UPDATE visits_visit
  SET flags = flags | $3
  WHERE id = $1 AND place = $2)sql"};

constexpr Query kFind{"visits.find", R"sql(
  SELECT id, place, zone, person, entered, departed, expected, estimated, capacity, source, flags, recorded, unit,
         version
  FROM visits_visit
  WHERE id = $1)sql"};

constexpr Query kAround{"visits.around", R"sql(
  SELECT id, place, zone, person, entered, departed, expected, estimated, capacity, source, flags, recorded, unit,
         version
  FROM visits_visit
  WHERE person = $1 AND entered BETWEEN $2 AND $3
  ORDER BY entered, id)sql"};

constexpr Query kEstimatedAt{"visits.estimated_at", R"sql(
  SELECT id, place, zone, person, entered, departed, expected, estimated, capacity, source, flags, recorded, unit,
         version
  FROM visits_visit
  WHERE place = $1 AND entered >= $2 AND entered < $3 AND estimated
  ORDER BY entered, id)sql"};

constexpr Query kOfPerson{"visits.of_person", R"sql(
  SELECT id, place, zone, person, entered, departed, expected, estimated, capacity, source, flags, recorded, unit,
         version
  FROM visits_visit
  WHERE person = $1 AND (entered, id) < ($2, $3) AND flags & $5 = 0
  ORDER BY entered DESC, id DESC
  LIMIT $4)sql"};

constexpr Query kAtPlace{"visits.at_place", R"sql(
  SELECT id, place, zone, person, entered, departed, expected, estimated, capacity, source, flags, recorded, unit,
         version
  FROM visits_visit
  WHERE place = $1 AND entered >= $2 AND entered < $3 AND (entered, id) < ($4, $5) AND flags & $7 = 0
  ORDER BY entered DESC, id DESC
  LIMIT $6)sql"};

// No estimate is longer than a day, and nobody has checked out in the future.
constexpr Query kSummary{"visits.summary", R"sql(
  SELECT CAST(count(DISTINCT CASE WHEN entered <= $2 AND departed > $2 THEN person END) AS bigint),
         CAST(count(CASE WHEN entered >= $3 THEN 1 END) AS bigint)
  FROM visits_visit
  WHERE place = $1 AND entered >= $4 AND flags & $5 = 0)sql"};

constexpr Query kKnown{"visits.known", R"sql(
  SELECT departed
  FROM visits_external
  WHERE source = $1 AND external = $2)sql"};

constexpr Query kInsertExternal{"visits.insert_external", R"sql(
  INSERT INTO visits_external (source, external, departed, visit, origin)
  VALUES ($1, $2, $3, $4, $5))sql"};

constexpr Query kOrigin{"visits.origin", R"sql(
  SELECT origin
  FROM visits_external
  WHERE visit = $1)sql"};

constexpr Query kOfSource{"visits.of_source", R"sql(
  SELECT visit
  FROM visits_external
  WHERE source = $1 AND visit IS NOT NULL
  ORDER BY visit)sql"};

constexpr Query kRemoveExternals{"visits.remove_externals", R"sql(
  DELETE FROM visits_external
  WHERE source = $1)sql"};

// Jumps from place to place in the index instead of reading every visit.
constexpr Query kPlacesAfter{"visits.places_after", R"sql(
  WITH RECURSIVE step (place) AS (
    SELECT min(place) FROM visits_visit WHERE place > $1
    UNION ALL
    SELECT (SELECT min(v.place) FROM visits_visit v WHERE v.place > step.place) FROM step WHERE step.place IS NOT NULL
  )
  SELECT place
  FROM step
  WHERE place IS NOT NULL
  LIMIT $2)sql"};

constexpr Query kRemoveOlder{"visits.remove_older", R"sql(
  DELETE FROM visits_visit
  WHERE place = $1 AND entered < $2 AND departed < $2
  RETURNING entered)sql"};

constexpr Query kRemoveOlderExternals{"visits.remove_older_externals", R"sql(
  DELETE FROM visits_external
  WHERE departed < $1)sql"};

constexpr Query kInsertProof{"visits.insert_proof", R"sql(
  INSERT INTO visits_retention (id, at, rule, departed_before, first_place, last_place, visits, externals)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8))sql"};

constexpr Query kProofs{"visits.proofs", R"sql(
  SELECT id, at, rule, departed_before, first_place, last_place, visits, externals
  FROM visits_retention
  ORDER BY id)sql"};

}  // namespace

void insert(Session& session, std::span<const VisitRow* const> rows) {
  std::vector<Row> values;
  values.reserve(rows.size());
  for (const VisitRow* r : rows) {
    values.push_back({to_value(r->id), to_value(r->place), to_value(r->zone), to_value(r->person), to_value(r->entered),
                      to_value(r->departed), to_value(r->expected), to_value(r->estimated), to_value(r->capacity),
                      to_value(r->source), to_value(r->flags), to_value(r->recorded), to_value(r->unit),
                      to_value(r->version)});
  }
  session.insert(kInsert, values);
}

void update(Session& session, std::span<const VisitRow* const> rows) {
  std::vector<Row> values;
  values.reserve(rows.size());
  for (const VisitRow* r : rows) {
    values.push_back({to_value(r->id), to_value(r->place), to_value(r->departed), to_value(r->estimated),
                      to_value(r->flags), to_value(r->version)});
  }
  if (!values.empty()) session.each<std::int64_t>(kUpdate, values);
}

void remove(Session& session, const VisitRow& row) {
  session.run(kRemove, row.id, row.place);
}

void add_flag(Session& session, const VisitRow& row, Flag flag) {
  session.run(kAddFlag, row.id, row.place, bit_of(flag));
}

std::vector<std::optional<VisitRow>> find(Session& session, std::span<const VisitId> visits) {
  std::vector<Row> keys;
  keys.reserve(visits.size());
  for (const VisitId id : visits) keys.push_back({to_value(id)});
  std::vector<std::optional<VisitRow>> out;
  if (keys.empty()) return out;
  for (auto& rows : session.each<VisitRow>(kFind, keys))
    out.push_back(rows.empty() ? std::nullopt : std::optional(std::move(rows.front())));
  return out;
}

std::vector<std::vector<VisitRow>> around(Session& session, std::span<const Around> wanted) {
  std::vector<Row> keys;
  keys.reserve(wanted.size());
  for (const Around& a : wanted) keys.push_back({to_value(a.person), to_value(a.from), to_value(a.to)});
  if (keys.empty()) return {};
  return session.each<VisitRow>(kAround, keys);
}

std::vector<VisitRow> estimated_at(Session& session, PlaceId place, Interval when) {
  return session.all<VisitRow>(kEstimatedAt, place, when.from, when.to);
}

std::string cursor_text(const ListPosition& position) {
  return std::to_string(position.entered.seconds) + '.' + to_text(position.id);
}

std::optional<ListPosition> position_of(const std::optional<std::string>& cursor) {
  constexpr std::int64_t kMost = std::numeric_limits<std::int64_t>::max();
  if (!cursor) return ListPosition{Instant{kMost}, VisitId{kMost}};
  const std::size_t dot = cursor->find('.');
  if (dot == 0 || dot == std::string::npos || dot > 15 || cursor->find_first_not_of("0123456789") != dot)
    return std::nullopt;
  const auto id = parse_id(std::string_view(*cursor).substr(dot + 1));
  if (!id) return std::nullopt;
  return ListPosition{Instant{std::stoll(cursor->substr(0, dot))}, VisitId{*id}};
}

std::vector<VisitRow> at_places(Session& session, std::span<const PlaceId> places, Interval when, ListPosition before,
                                std::size_t most) {
  std::vector<Row> keys;
  for (const PlaceId place : places) {
    keys.push_back({to_value(place), to_value(when.from), to_value(when.to), to_value(before.entered),
                    to_value(before.id), to_value(most), to_value(bit_of(Flag::kTold))});
  }
  std::vector<VisitRow> out;
  if (keys.empty()) return out;
  for (auto& rows : session.each<VisitRow>(kAtPlace, keys))
    for (auto& row : rows) out.push_back(std::move(row));
  std::sort(out.begin(), out.end(), [](const VisitRow& a, const VisitRow& b) {
    return std::pair(a.entered, a.id) > std::pair(b.entered, b.id);
  });
  if (out.size() > most) out.resize(most);
  return out;
}

std::vector<VisitRow> of_person(Session& session, PersonId person, ListPosition before, std::size_t most) {
  return session.all<VisitRow>(kOfPerson, person, before.entered, before.id, most, bit_of(Flag::kTold));
}

Summary summary(Session& session, PlaceId place, Instant now) {
  const Instant midnight = local_midnight(local_date(now));
  const Instant earliest = std::min(midnight, now - kReach);
  return session.value<Summary>(kSummary, place, now, midnight, earliest, bit_of(Flag::kTold));
}

std::vector<bool> known(Session& session, std::span<const ImportedVisit* const> visits) {
  std::vector<Row> keys;
  keys.reserve(visits.size());
  for (const ImportedVisit* v : visits) keys.push_back({to_value(v->source), to_value(v->external)});
  std::vector<bool> out;
  if (keys.empty()) return out;
  for (const auto& found : session.each<std::int64_t>(kKnown, keys)) out.push_back(!found.empty());
  return out;
}

void insert_externals(Session& session, std::span<const ExternalRow> rows) {
  std::vector<Row> values;
  values.reserve(rows.size());
  for (const ExternalRow& r : rows) {
    values.push_back(
        {to_value(r.source), to_value(r.external), to_value(r.departed), to_value(r.visit), to_value(r.origin)});
  }
  session.insert(kInsertExternal, values);
}

std::vector<std::optional<std::string>> origins(Session& session, std::span<const VisitId> visits) {
  std::vector<Row> keys;
  keys.reserve(visits.size());
  for (const VisitId id : visits) keys.push_back({to_value(id)});
  std::vector<std::optional<std::string>> out;
  if (keys.empty()) return out;
  for (auto& found : session.each<std::string>(kOrigin, keys))
    out.push_back(found.empty() ? std::nullopt : std::optional(std::move(found.front())));
  return out;
}

std::vector<VisitRow> of_source(Session& session, const std::string& source) {
  std::vector<VisitRow> out;
  for (auto& row : find(session, session.all<VisitId>(kOfSource, source)))
    if (row) out.push_back(std::move(*row));
  return out;
}

void remove_externals(Session& session, const std::string& source) {
  session.run(kRemoveExternals, source);
}

std::vector<PlaceId> places_after(Session& session, PlaceId after, std::size_t most) {
  return session.all<PlaceId>(kPlacesAfter, after, most);
}

std::int64_t remove_older(Session& session, std::span<const PlaceId> places, Instant departed_before) {
  std::vector<Row> keys;
  keys.reserve(places.size());
  for (const PlaceId place : places) keys.push_back({to_value(place), to_value(departed_before)});
  std::int64_t removed = 0;
  if (keys.empty()) return removed;
  for (const auto& gone : session.each<std::int64_t>(kRemoveOlder, keys))
    removed += static_cast<std::int64_t>(gone.size());
  return removed;
}

std::int64_t remove_older_externals(Session& session, Instant departed_before) {
  return session.run(kRemoveOlderExternals, departed_before);
}

void insert(Session& session, const Proof& p) {
  session.run(kInsertProof, p.id, p.at, p.rule, p.departed_before, p.first_place, p.last_place, p.visits, p.externals);
}

std::vector<Proof> proofs(Session& session) {
  return session.all<Proof>(kProofs);
}

}  // namespace luytre::visits::storage
