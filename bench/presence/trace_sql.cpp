#include "bench/presence/trace_sql.h"

namespace luytre::bench {

namespace {

std::string replaced(std::string text, const std::string& what, const std::string& by) {
  for (std::size_t at = 0; (at = text.find(what, at)) != std::string::npos; at += by.size())
    text.replace(at, what.size(), by);
  return text;
}

constexpr const char* kCase = R"sql(
WITH f_0 AS (
  SELECT $1 AS person, $2 AS since
))sql";

// Level {n} from level {m} = n - 1. A *piece* is what two recorded visits share inside the window of the one of level
// m. Pieces of the same two people at the same place with the same zones named that overlap or touch are one link. The
// own stretches are a step of their own because only then both bounds of the other's entry become conditions of the
// index: without it a trace takes ten times as long.
constexpr const char* kLevel = R"sql(,
own_{n} AS MATERIALIZED (
  SELECT visit.person, visit.place, visit.zone, greatest(entered, since) AS lo, least(departed, $3) AS hi
  FROM f_{m} AS f
  JOIN visit
    ON visit.person = f.person
    AND entered < $3
    AND entered > since - $5
    AND departed > since
),
piece_{n} AS (
  SELECT
    own.person AS source, other.person, own.place, own.zone AS own_zone, other.zone,
    greatest(own.lo, other.entered) AS lo,
    least(own.hi, other.departed) AS hi
  FROM own_{n} AS own
  JOIN visit AS other
    ON other.place = own.place
    AND other.entered < own.hi
    AND other.entered > own.lo - $5
    AND other.departed > own.lo
  WHERE (own.zone IS NULL OR other.zone IS NULL OR own.zone = other.zone)
    AND {fresh}
),
marked_{n} AS (
  SELECT
    piece.*,
    CASE
      WHEN lo <= max(hi) OVER (
        PARTITION BY source, person, place, own_zone, zone
        ORDER BY lo, hi
        ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)
      THEN 0
      ELSE 1
    END AS apart
  FROM piece_{n} AS piece
),
numbered_{n} AS (
  SELECT
    marked.*,
    sum(apart) OVER (
      PARTITION BY source, person, place, own_zone, zone
      ORDER BY lo, hi
      ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS link
  FROM marked_{n} AS marked
),
link_{n} AS (
  SELECT person, min(lo) AS lo
  FROM numbered_{n}
  GROUP BY source, person, place, own_zone, zone, link
  HAVING max(hi) - min(lo) >= $4
),
f_{n} AS MATERIALIZED (
  SELECT person, min(lo) AS since
  FROM link_{n}
  GROUP BY person
))sql";

}  // namespace

std::string trace_sql(int depth) {
  std::string sql = kCase, answer, fresh = "other.person <> $1";
  for (int n = 1; n <= depth; ++n) {
    const std::string level = std::to_string(n);
    sql += replaced(replaced(replaced(kLevel, "{n}", level), "{m}", std::to_string(n - 1)), "{fresh}", fresh);
    fresh += "\n    AND other.person NOT IN (SELECT person FROM f_" + level + ")";
    answer += (n == 1 ? "\nSELECT " : "\nUNION ALL\nSELECT ") + level + " AS level, person, since FROM f_" + level;
  }
  return sql + answer + "\nORDER BY level, since, person";
}

}  // namespace luytre::bench
