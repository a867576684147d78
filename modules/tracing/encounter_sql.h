// The SQL of encounters, as tracing takes them: between people, whatever records they have, and maximal. Private to
// this module.

#pragma once

#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "engines/presence/presence.h"
#include "platform/store/session.h"

namespace luytre::tracing {

// The part of an encounter that lies in the window of the person asked for, if it lasts long enough.
struct EncounterLink {
  PersonId peer;
  Instant from;
  Instant to;
  std::optional<std::int64_t> attenuation;
};
BOOST_DESCRIBE_STRUCT(EncounterLink, (), (peer, from, to, attenuation))

// For each of the frontier, in its order.
std::vector<std::vector<EncounterLink>> encounter_links(store::Session& session,
                                                        std::span<const presence::Source> frontier,
                                                        const presence::TraceRules& rules);

// All of each pair of people whom nothing else counts as, merged.
std::vector<std::vector<presence::Encounter>> encounters_of_pairs(store::Session& session,
                                                                  std::span<const std::pair<PersonId, PersonId>> pairs);

}  // namespace luytre::tracing
