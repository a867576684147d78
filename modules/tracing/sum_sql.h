// The sum rule of presence.h in SQL: the end of a statement that begins with the pieces of visits, numbered by link
// (trace_sql.cpp), and `asked` with how long the intervals are; $1 to $4 as there. Private to this module.
//
// A *part* is a link of any length within the window, of visits or an encounter; `apart` is what the parts of one pair
// cover, each second once. Intervals that hold enough are looked for where a part begins and where one is just out of
// reach: engines/presence/sums.h shows that a part counts exactly when such an interval begins when the part does, or
// earlier by at most the length of the interval.

#pragma once

namespace luytre::tracing {

inline constexpr const char* kSums = R"sql(,
part AS (
  SELECT
    person, place, own_zone, other_zone, min(lo) AS lo, max(hi) AS hi, CAST(max(estimated) AS bigint) AS estimated,
    CAST(NULL AS bigint) AS attenuation
  FROM numbered
  GROUP BY person, place, own_zone, other_zone, link
  UNION ALL
  SELECT
    peer, CAST(NULL AS bigint), CAST(NULL AS bigint), CAST(NULL AS bigint),
    CASE WHEN started > $2 THEN started ELSE $2 END,
    CASE WHEN ended < $3 THEN ended ELSE $3 END,
    CAST(0 AS bigint), attenuation
  FROM encounters_pub_encounter
  WHERE person = $1 AND started < $3 AND ended > $2
),
apart AS (
  SELECT person, CASE WHEN covered > lo THEN covered ELSE lo END AS lo, hi
  FROM (
    SELECT
      person, lo, hi,
      max(hi) OVER (
        PARTITION BY person
        ORDER BY lo, hi
        ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS covered
    FROM part
  ) AS p
  WHERE covered IS NULL OR covered < hi
),
tried AS (
  SELECT person, lo AS t
  FROM part
  UNION
  SELECT part.person, part.lo - asked.span
  FROM part
  CROSS JOIN asked
),
enough AS (
  SELECT tried.person, tried.t
  FROM tried
  CROSS JOIN asked
  JOIN apart ON apart.person = tried.person AND apart.lo < tried.t + asked.span AND apart.hi > tried.t
  GROUP BY tried.person, tried.t
  HAVING CAST(sum(
      CASE WHEN apart.hi < tried.t + asked.span THEN apart.hi ELSE tried.t + asked.span END
      - CASE WHEN apart.lo > tried.t THEN apart.lo ELSE tried.t END) AS bigint) >= $4
)
SELECT person, place, own_zone, other_zone, lo, hi, estimated, attenuation
FROM part
WHERE EXISTS (
  SELECT 1
  FROM enough
  CROSS JOIN asked
  WHERE enough.person = part.person AND enough.t BETWEEN part.lo - asked.span AND part.lo
))sql";

}  // namespace luytre::tracing
