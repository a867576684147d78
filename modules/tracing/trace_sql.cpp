#include "modules/tracing/trace_sql.h"

#include "modules/tracing/counted.h"
#include "modules/tracing/encounter_sql.h"
#include "modules/tracing/sum_sql.h"

namespace luytre::tracing {

namespace {

// Parameters of the first three: $1 person, $2 and $3 the window [from, to), $4 the shortest part that counts.
//
// People are told by the record that theirs counts as; so is $1, which nothing else counts as any more (as_counted).
// `me` are all records of that person. Whom another record counts as is looked up row by row, as zones are.
//
// A *piece* is what two recorded visits share inside the window. Pieces that overlap or touch, of the same two people
// at the same place with the same zones named, are one link: the shared time of merged visits is the merged shared
// time.
//
// A merged place is the one that it counts as, and a zone of it that one's of the same name, or none: `own` is told so,
// and `known` has a row for every id under which its place was visited. Zones are looked up where they are needed:
// joined, SQLite would write the whole view down for every question.
//
// Who was there at the time is looked up by (place, entered) from a day before the own visit began. The few visits that
// last longer than a day come from their partial index; the condition must stay the index's own. CROSS JOIN keeps
// SQLite to this order of tables.

constexpr const char* kKnown = R"sql(
known AS (
  SELECT own.*, own.place AS visited, 0 AS merged
  FROM own
  UNION ALL
  SELECT own.*, m.place, 1
  FROM own
  JOIN places_pub_merged AS m ON m.kept = own.place
),)sql";

constexpr const char* kOwnVisits = R"sql(
own AS (
  SELECT
    v.id, coalesce(m.kept, v.place) AS place,
    CASE
      WHEN m.kept IS NULL THEN v.zone
      ELSE (SELECT z.kept_zone FROM places_pub_merged_zone AS z WHERE z.zone = v.zone)
    END AS zone,
    v.estimated,
    CASE WHEN v.entered > $2 THEN v.entered ELSE $2 END AS lo,
    CASE WHEN v.departed < $3 THEN v.departed ELSE $3 END AS hi
  FROM me
  CROSS JOIN visits_pub_visit AS v
  LEFT JOIN places_pub_merged AS m ON m.place = v.place
  WHERE v.person = me.person AND v.entered < $3 AND v.departed > $2
),)sql";

constexpr const char* kPiecesOfVisits = R"sql(
present AS (
  SELECT
    own.id AS own_id, own.lo AS own_lo, own.hi AS own_hi, own.zone AS own_zone, own.estimated AS own_estimated,
    other.id,
    coalesce((SELECT p.kept FROM people_pub_merged AS p WHERE p.person = other.person), other.person) AS person,
    own.place,
    CASE
      WHEN own.merged = 0 THEN other.zone
      ELSE (SELECT z.kept_zone FROM places_pub_merged_zone AS z WHERE z.zone = other.zone)
    END AS zone,
    other.entered, other.departed, other.estimated
  FROM known AS own
  CROSS JOIN visits_pub_visit AS other
  WHERE other.place = own.visited
    AND other.entered < own.hi
    AND other.entered > own.lo - 86400
    AND other.departed > own.lo
    AND other.departed - other.entered <= 86400
  UNION ALL
  SELECT
    own.id, own.lo, own.hi, own.zone, own.estimated,
    other.id,
    coalesce((SELECT p.kept FROM people_pub_merged AS p WHERE p.person = other.person), other.person),
    own.place,
    CASE
      WHEN own.merged = 0 THEN other.zone
      ELSE (SELECT z.kept_zone FROM places_pub_merged_zone AS z WHERE z.zone = other.zone)
    END,
    other.entered, other.departed, other.estimated
  FROM known AS own
  CROSS JOIN visits_pub_visit AS other
  WHERE other.place = own.visited
    AND other.entered < own.hi
    AND other.departed > own.lo
    AND other.departed - other.entered > 86400
),
piece AS (
  SELECT
    own_id, id AS other_id, person, place, own_zone, zone AS other_zone,
    CASE WHEN entered > own_lo THEN entered ELSE own_lo END AS lo,
    CASE WHEN departed < own_hi THEN departed ELSE own_hi END AS hi,
    CASE WHEN own_estimated OR estimated THEN 1 ELSE 0 END AS estimated
  FROM present
  WHERE person <> $1 AND (own_zone IS NULL OR zone IS NULL OR own_zone = zone)
))sql";

// The scan rule: $5 and $6 are how far the span reaches before and after the scan (presence::span_of).
constexpr const char* kOwnScans = R"sql(
own AS (
  SELECT
    v.id, coalesce(m.kept, v.place) AS place,
    CASE
      WHEN m.kept IS NULL THEN v.zone
      ELSE (SELECT z.kept_zone FROM places_pub_merged_zone AS z WHERE z.zone = v.zone)
    END AS zone,
    CASE WHEN v.entered - $5 > $2 THEN v.entered - $5 ELSE $2 END AS lo,
    CASE WHEN v.entered + $6 < $3 THEN v.entered + $6 ELSE $3 END AS hi
  FROM me
  CROSS JOIN visits_pub_visit AS v
  LEFT JOIN places_pub_merged AS m ON m.place = v.place
  WHERE v.person = me.person AND v.entered < $3 + $5 AND v.entered > $2 - $6
),)sql";

constexpr const char* kPiecesOfScans = R"sql(
present AS (
  SELECT
    own.id AS own_id, own.lo AS own_lo, own.hi AS own_hi, own.zone AS own_zone, other.id,
    coalesce((SELECT p.kept FROM people_pub_merged AS p WHERE p.person = other.person), other.person) AS person,
    own.place,
    CASE
      WHEN own.merged = 0 THEN other.zone
      ELSE (SELECT z.kept_zone FROM places_pub_merged_zone AS z WHERE z.zone = other.zone)
    END AS zone,
    other.entered
  FROM known AS own
  CROSS JOIN visits_pub_visit AS other
  WHERE other.place = own.visited
    AND other.entered < own.hi + $5
    AND other.entered > own.lo - $6
),
piece AS (
  SELECT
    own_id, id AS other_id, person, place, own_zone, zone AS other_zone,
    CASE WHEN entered - $5 > own_lo THEN entered - $5 ELSE own_lo END AS lo,
    CASE WHEN entered + $6 < own_hi THEN entered + $6 ELSE own_hi END AS hi,
    1 AS estimated
  FROM present
  WHERE person <> $1 AND (own_zone IS NULL OR zone IS NULL OR own_zone = zone)
))sql";

constexpr const char* kNumberedPieces = R"sql(,
marked AS (
  SELECT
    piece.*,
    CASE
      WHEN lo <= max(hi) OVER (
        PARTITION BY person, place, own_zone, other_zone
        ORDER BY lo, hi, own_id, other_id
        ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)
      THEN 0
      ELSE 1
    END AS fresh
  FROM piece
),
numbered AS (
  SELECT
    person, place, own_zone, other_zone, lo, hi, estimated,
    sum(fresh) OVER (
      PARTITION BY person, place, own_zone, other_zone
      ORDER BY lo, hi, own_id, other_id
      ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS link
  FROM marked
))sql";

constexpr const char* kLinksOfPieces = R"sql(
SELECT
  person, place, own_zone, other_zone, min(lo) AS started, max(hi) AS ended, CAST(max(estimated) AS bigint) AS estimated
FROM numbered
GROUP BY person, place, own_zone, other_zone, link
HAVING max(hi) - min(lo) >= $4)sql";

// $1 the place, $2 and $3 the interval.
constexpr store::Query kPresent{"tracing.present_visits", R"sql(
WITH known AS (
  SELECT p.place, p.merged
  FROM (
    SELECT CAST($1 AS bigint) AS place, 0 AS merged
    UNION ALL
    SELECT m.place, 1
    FROM places_pub_merged AS m
    WHERE m.kept = $1
  ) AS p
  WHERE NOT EXISTS (SELECT 1 FROM places_pub_merged AS other WHERE other.place = $1)
),
present AS (
  SELECT
    v.id,
    coalesce((SELECT p.kept FROM people_pub_merged AS p WHERE p.person = v.person), v.person) AS person,
    CASE
      WHEN known.merged = 0 THEN v.zone
      ELSE (SELECT z.kept_zone FROM places_pub_merged_zone AS z WHERE z.zone = v.zone)
    END AS zone,
    CASE WHEN v.entered > $2 THEN v.entered ELSE $2 END AS lo,
    CASE WHEN v.departed < $3 THEN v.departed ELSE $3 END AS hi,
    CASE WHEN v.estimated THEN 1 ELSE 0 END AS estimated
  FROM known
  CROSS JOIN visits_pub_visit AS v
  WHERE v.place = known.place AND v.entered < $3 AND v.departed > $2
),
marked AS (
  SELECT
    present.*,
    CASE
      WHEN lo <= max(hi) OVER (
        PARTITION BY person, zone
        ORDER BY lo, hi, id
        ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)
      THEN 0
      ELSE 1
    END AS fresh
  FROM present
),
numbered AS (
  SELECT
    person, zone, lo, hi, estimated,
    sum(fresh) OVER (
      PARTITION BY person, zone
      ORDER BY lo, hi, id
      ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS stay
  FROM marked
)
SELECT person, zone, min(lo) AS started, max(hi) AS ended, CAST(max(estimated) AS bigint) AS estimated
FROM numbered
GROUP BY person, zone, stay)sql"};

constexpr store::Query kPlaceKind{"tracing.place_kind", R"sql(
SELECT kind
FROM places_pub_place
WHERE id = $1)sql"};

std::string pieces_of_visits() {
  return std::string(kMe) + "," + kOwnVisits + kKnown + kPiecesOfVisits + kNumberedPieces;
}
std::string pieces_of_scans() {
  return std::string(kMe) + "," + kOwnScans + kKnown + kPiecesOfScans + kNumberedPieces;
}

const store::Query& visit_query() {
  static const std::string text = pieces_of_visits() + kLinksOfPieces;
  static const store::Query query{"tracing.visit_links", text.c_str()};
  return query;
}

const store::Query& scan_query() {
  static const std::string text = pieces_of_scans() + kLinksOfPieces;
  static const store::Query query{"tracing.scan_links", text.c_str()};
  return query;
}

const store::Query& visit_sum_query() {
  static const std::string text =
      pieces_of_visits() + ",\nasked AS (SELECT CAST($5 AS bigint) AS span)," + kMet + kSums;
  static const store::Query query{"tracing.visit_sums", text.c_str()};
  return query;
}

const store::Query& scan_sum_query() {
  static const std::string text = pieces_of_scans() + ",\nasked AS (SELECT CAST($7 AS bigint) AS span)," + kMet + kSums;
  static const store::Query query{"tracing.scan_sums", text.c_str()};
  return query;
}

// What a sum rule found: of visits if there is a place, else an encounter.
struct Part {
  PersonId person;
  std::optional<PlaceId> place;
  std::optional<ZoneId> own_zone;
  std::optional<ZoneId> other_zone;
  Instant from;
  Instant to;
  std::int64_t estimated = 0;
  std::optional<std::int64_t> attenuation;
};
BOOST_DESCRIBE_STRUCT(Part, (), (person, place, own_zone, other_zone, from, to, estimated, attenuation))

std::vector<store::Row> parameters(std::span<const presence::Source> frontier,
                                   std::initializer_list<std::int64_t> rest) {
  std::vector<store::Row> rows;
  rows.reserve(frontier.size());
  for (const presence::Source& source : frontier) {
    store::Row row{source.person.value, source.window.from.seconds, source.window.to.seconds};
    row.insert(row.end(), rest.begin(), rest.end());
    rows.push_back(std::move(row));
  }
  return rows;
}

Links single_links(store::Session& session, std::span<const presence::Source> frontier,
                   const presence::TraceRules& rules) {
  const std::int64_t least = rules.min_overlap.count();
  Links found;
  if (rules.scan_margin) {
    const Interval span = presence::span_of(rules, {{0}, {1}});
    found.visits =
        session.each<VisitLink>(scan_query(), parameters(frontier, {least, -span.from.seconds, span.to.seconds}));
  } else {
    found.visits = session.each<VisitLink>(visit_query(), parameters(frontier, {least}));
  }
  found.encounters = encounter_links(session, frontier, rules);
  return found;
}

std::vector<std::vector<Part>> parts_that_count(store::Session& session, std::span<const presence::Source> frontier,
                                                const presence::TraceRules& rules) {
  const std::int64_t least = rules.min_overlap.count(), within = rules.sum_within->count();
  if (!rules.scan_margin) return session.each<Part>(visit_sum_query(), parameters(frontier, {least, within}));
  const Interval span = presence::span_of(rules, {{0}, {1}});
  return session.each<Part>(scan_sum_query(),
                            parameters(frontier, {least, -span.from.seconds, span.to.seconds, within}));
}

Links summed_links(store::Session& session, std::span<const presence::Source> frontier,
                   const presence::TraceRules& rules) {
  Links found;
  for (const auto& parts : parts_that_count(session, frontier, rules)) {
    auto& visits = found.visits.emplace_back();
    auto& encounters = found.encounters.emplace_back();
    for (const Part& p : parts) {
      if (p.place) {
        visits.push_back({p.person, *p.place, p.own_zone, p.other_zone, p.from, p.to, p.estimated});
      } else {
        encounters.push_back({p.person, p.from, p.to, p.attenuation});
      }
    }
  }
  return found;
}

}  // namespace

Links links(store::Session& session, std::span<const presence::Source> frontier, const presence::TraceRules& rules) {
  return rules.sum_within ? summed_links(session, frontier, rules) : single_links(session, frontier, rules);
}

std::vector<PresentVisit> present_visits(store::Session& session, PlaceId place, Interval when) {
  return session.all<PresentVisit>(kPresent, place, when.from, when.to);
}

std::vector<std::optional<std::string>> place_kinds(store::Session& session, std::span<const PlaceId> places) {
  std::vector<store::Row> rows;
  rows.reserve(places.size());
  for (const PlaceId place : places) rows.push_back({place.value});
  std::vector<std::optional<std::string>> kinds;
  kinds.reserve(places.size());
  for (auto& found : session.each<std::string>(kPlaceKind, rows))
    kinds.push_back(found.empty() ? std::nullopt : std::optional(std::move(found.front())));
  return kinds;
}

}  // namespace luytre::tracing
