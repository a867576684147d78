// The sum rule of presence.h in SQL: the end of a statement that begins with the pieces of visits, numbered by link
// (trace_sql.cpp), `asked` with how long the intervals are, and `met` with the encounters; $1 to $4 as there. Private
// to this module.
//
// A *part* is a link of any length within the window, of visits or an encounter; `apart` is what the parts of one pair
// cover, each second once. Intervals that hold enough are looked for where a part begins and where one is just out of
// reach: engines/presence/sums.h shows that a part counts exactly when such an interval begins when the part does, or
// earlier by at most the length of the interval.

#pragma once

namespace luytre::tracing {

// Encounters as encounter_sql.h takes them, cut to the window: `near` are those within it, `pair` those people of whom,
// or of $1, there are several records.
inline constexpr const char* kMet = R"sql(
near AS (
  SELECT
    coalesce((SELECT p.kept FROM people_pub_merged AS p WHERE p.person = e.peer), e.peer) AS peer,
    e.started, e.ended, e.attenuation
  FROM me
  CROSS JOIN encounters_pub_encounter AS e
  WHERE e.person = me.person AND e.started < $3 AND e.ended > $2
),
pair AS (
  SELECT DISTINCT near.peer
  FROM near
  WHERE EXISTS (SELECT 1 FROM people_pub_merged AS p WHERE p.kept = near.peer)
    OR EXISTS (SELECT 1 FROM people_pub_merged AS p WHERE p.kept = $1)
),
under AS (
  SELECT peer, peer AS record
  FROM pair
  UNION ALL
  SELECT pair.peer, p.person
  FROM pair
  JOIN people_pub_merged AS p ON p.kept = pair.peer
),
stored AS (
  SELECT peer, started, ended, attenuation
  FROM near
  WHERE peer NOT IN (SELECT peer FROM pair)
  UNION ALL
  SELECT under.peer, e.started, e.ended, e.attenuation
  FROM under
  CROSS JOIN me
  CROSS JOIN encounters_pub_encounter AS e
  WHERE e.person = me.person AND e.peer = under.record AND under.peer <> $1
),
began AS (
  SELECT peer, started, max(ended) AS ended, min(attenuation) AS attenuation
  FROM stored
  GROUP BY peer, started
),
touching AS (
  SELECT
    began.*,
    CASE
      WHEN started <= max(ended) OVER (
        PARTITION BY peer
        ORDER BY started
        ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)
      THEN 0
      ELSE 1
    END AS fresh
  FROM began
),
counted AS (
  SELECT
    peer, started, ended, attenuation,
    sum(fresh) OVER (
      PARTITION BY peer
      ORDER BY started
      ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS meeting
  FROM touching
),
met AS (
  SELECT
    peer,
    CASE WHEN min(started) > $2 THEN min(started) ELSE $2 END AS lo,
    CASE WHEN max(ended) < $3 THEN max(ended) ELSE $3 END AS hi,
    min(attenuation) AS attenuation
  FROM counted
  GROUP BY peer, meeting
  HAVING min(started) < $3 AND max(ended) > $2
))sql";

inline constexpr const char* kSums = R"sql(,
part AS (
  SELECT
    person, place, own_zone, other_zone, min(lo) AS lo, max(hi) AS hi, CAST(max(estimated) AS bigint) AS estimated,
    CAST(NULL AS bigint) AS attenuation
  FROM numbered
  GROUP BY person, place, own_zone, other_zone, link
  UNION ALL
  SELECT peer, CAST(NULL AS bigint), CAST(NULL AS bigint), CAST(NULL AS bigint), lo, hi, CAST(0 AS bigint), attenuation
  FROM met
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
