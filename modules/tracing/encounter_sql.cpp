#include "modules/tracing/encounter_sql.h"

#include <algorithm>
#include <set>

#include "engines/presence/merge.h"
#include "modules/tracing/counted.h"

namespace luytre::tracing {
namespace {

// Encounters are stored merged (modules/encounters), in both directions. Only those of a pair of which somebody has
// several records may still overlap or touch: they are read whole and merged, before the window is looked at.
// $1 the person, $2 and $3 the window.
constexpr const char* kNear = R"sql(
SELECT
  peer, started, ended, attenuation,
  CAST(CASE
    WHEN EXISTS (SELECT 1 FROM people_pub_merged AS p WHERE p.kept = near.peer)
      OR EXISTS (SELECT 1 FROM people_pub_merged AS p WHERE p.kept = $1)
    THEN 1
    ELSE 0
  END AS bigint) AS several
FROM (
  SELECT
    coalesce((SELECT p.kept FROM people_pub_merged AS p WHERE p.person = e.peer), e.peer) AS peer,
    e.started, e.ended, e.attenuation
  FROM me
  CROSS JOIN encounters_pub_encounter AS e
  WHERE e.person = me.person AND e.started < $3 AND e.ended > $2
) AS near)sql";

// $1 and $2 the two people.
constexpr const char* kOfPair = R"sql(
peer AS (
  SELECT CAST($2 AS bigint) AS person
  UNION ALL
  SELECT m.person
  FROM people_pub_merged AS m
  WHERE m.kept = $2
)
SELECT e.started, e.ended, e.attenuation
FROM me
CROSS JOIN peer
CROSS JOIN encounters_pub_encounter AS e
WHERE e.person = me.person AND e.peer = peer.person)sql";

const store::Query& near_query() {
  static const std::string text = std::string(kMe) + kNear;
  static const store::Query query{"tracing.encounter_links", text.c_str()};
  return query;
}

const store::Query& pair_query() {
  static const std::string text = std::string(kMe) + "," + kOfPair;
  static const store::Query query{"tracing.encounters_of_pair", text.c_str()};
  return query;
}

// Whole; `several`: 1 if one of the two has several records.
struct Near {
  PersonId peer;
  Instant started;
  Instant ended;
  std::optional<std::int64_t> attenuation;
  std::int64_t several = 0;
};
BOOST_DESCRIBE_STRUCT(Near, (), (peer, started, ended, attenuation, several))

struct OfPair {
  Instant started;
  Instant ended;
  std::optional<std::int64_t> attenuation;
};
BOOST_DESCRIBE_STRUCT(OfPair, (), (started, ended, attenuation))

// In the window, if it lasts long enough.
void add_link(std::vector<EncounterLink>& links, PersonId peer, const presence::Encounter& met, Interval window,
              const presence::TraceRules& rules) {
  const Interval when{std::max(met.when.from, window.from), std::min(met.when.to, window.to)};
  if (when.to - when.from >= rules.min_overlap) links.push_back({peer, when.from, when.to, met.attenuation});
}

}  // namespace

std::vector<std::vector<EncounterLink>> encounter_links(store::Session& session,
                                                        std::span<const presence::Source> frontier,
                                                        const presence::TraceRules& rules) {
  std::vector<store::Row> asked;
  asked.reserve(frontier.size());
  for (const presence::Source& source : frontier)
    asked.push_back({source.person.value, source.window.from.seconds, source.window.to.seconds});
  const auto near = session.each<Near>(near_query(), asked);
  std::vector<std::vector<EncounterLink>> links(frontier.size());
  std::set<std::pair<std::size_t, PersonId>> several;
  for (std::size_t i = 0; i < frontier.size(); ++i) {
    const auto& [person, window] = frontier[i];
    for (const Near& e : near[i]) {
      if (e.several != 0) {
        if (e.peer != person) several.emplace(i, e.peer);
      } else {
        add_link(links[i], e.peer, {person, e.peer, {e.started, e.ended}, e.attenuation}, window, rules);
      }
    }
  }
  std::vector<std::pair<PersonId, PersonId>> pairs;
  for (const auto& [i, peer] : several) pairs.emplace_back(frontier[i].person, peer);
  const auto whole = encounters_of_pairs(session, pairs);
  std::size_t next = 0;
  for (const auto& [i, peer] : several) {
    for (const presence::Encounter& met : whole[next]) add_link(links[i], peer, met, frontier[i].window, rules);
    ++next;
  }
  return links;
}

std::vector<std::vector<presence::Encounter>> encounters_of_pairs(
    store::Session& session, std::span<const std::pair<PersonId, PersonId>> pairs) {
  std::vector<std::vector<presence::Encounter>> out;
  if (pairs.empty()) return out;
  std::vector<store::Row> asked;
  for (const auto& [person, peer] : pairs) asked.push_back({person.value, peer.value});
  const auto stored = session.each<OfPair>(pair_query(), asked);
  for (std::size_t i = 0; i < pairs.size(); ++i) {
    std::vector<presence::Encounter> whole;
    for (const OfPair& e : stored[i])
      whole.push_back({pairs[i].first, pairs[i].second, {e.started, e.ended}, e.attenuation});
    out.push_back(presence::merge_encounters(std::move(whole)));
  }
  return out;
}

}  // namespace luytre::tracing
