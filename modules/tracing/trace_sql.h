// The SQL of the trace. Private to this module; see trace.h.

#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "engines/presence/presence.h"
#include "modules/tracing/encounter_sql.h"
#include "platform/store/session.h"

namespace luytre::tracing {

// The part of a link that lies in the window of the person asked for, if it lasts long enough, alone or by the sum
// rule.
struct VisitLink {
  PersonId person;  // the other one
  PlaceId place;
  std::optional<ZoneId> own_zone;
  std::optional<ZoneId> other_zone;
  Instant from;
  Instant to;
  std::int64_t estimated = 0;  // 0 or 1
};
BOOST_DESCRIBE_STRUCT(VisitLink, (), (person, place, own_zone, other_zone, from, to, estimated))

// For each of the frontier, in its order.
struct Links {
  std::vector<std::vector<VisitLink>> visits;
  std::vector<std::vector<EncounterLink>> encounters;
};
Links links(store::Session& session, std::span<const presence::Source> frontier, const presence::TraceRules& rules);

// One person's visits at the place that overlap or touch, in the same zone or in none, are one.
struct PresentVisit {
  PersonId person;
  std::optional<ZoneId> zone;
  Instant from;
  Instant to;
  std::int64_t estimated = 0;  // 0 or 1
};
BOOST_DESCRIBE_STRUCT(PresentVisit, (), (person, zone, from, to, estimated))
std::vector<PresentVisit> present_visits(store::Session& session, PlaceId place, Interval when);

// For each place, in order; absent: not in the registry.
std::vector<std::optional<std::string>> place_kinds(store::Session& session, std::span<const PlaceId> places);

}  // namespace luytre::tracing
