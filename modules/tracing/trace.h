// The trace in SQL: who was exposed, exactly as engines/presence/presence.h defines it, over the published views of
// visits, encounters and places. The same text on SQLite and PostgreSQL; the oracle of every faster implementation, and
// the way to trace when data outgrow memory.
//
// Level by level: for each person of the frontier one question to the database, many in a round trip; who is new, since
// when, with what evidence and risk is put together here. Reads only, within the caller's transaction; asks nobody for
// permission: whoever calls has.
//
// Costs grow with the visits of the frontier and of those who were there at the time. Expects indexes on visits
// (person, entered) and (place, entered), a partial one on visits (place, entered) WHERE departed - entered > 86400,
// and on encounters (person, started).

#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <string_view>
#include <vector>

#include "engines/presence/presence.h"
#include "platform/store/session.h"

namespace luytre::places {
class Kinds;
class Places;
}  // namespace luytre::places

namespace luytre::tracing {

inline constexpr std::string_view kEngine = "sql";
inline constexpr std::string_view kIndexEngine = "index";  // engines/presence/index

// What risk needs to know of a place of this kind.
using PlaceSettings = std::function<presence::Setting(std::string_view kind)>;
PlaceSettings place_settings(const places::Kinds& kinds);
PlaceSettings place_settings(const places::Places& places);

presence::Answer trace(store::Session& session, const presence::Question& question, const PlaceSettings& settings);
// Likewise, and says whether it stopped. The time is looked at between round trips.
presence::Traced trace_within(store::Session& session, const presence::Question& question,
                              const PlaceSettings& settings, const presence::TraceLimits& limits);
// The question turned round (presence.h).
presence::Origins trace_back(store::Session& session, const presence::Question& question, const PlaceSettings& settings,
                             const presence::TraceLimits& limits = {});
// What the trace says of one contact, with all evidence whatever `most_evidence` says; of the others nothing is kept.
// Absent: it does not find that person, or stopped before.
std::optional<presence::Contact> contact_with_evidence(store::Session& session, const presence::Question& question,
                                                       PersonId contact, const PlaceSettings& settings,
                                                       const presence::TraceLimits& limits = {});

// Everybody who was at a place between two instants, as presence::present_at of engines/presence/index tells it; at a
// merged place nobody, they were at the one that it counts as.
std::vector<presence::Visit> present_at(store::Session& session, PlaceId place, Interval when);

// How much one trace may take before it stops and says so; zero: without end.
struct TraceCeiling {
  std::size_t most_contacts = 0;
  std::chrono::seconds time{0};

  presence::TraceLimits from_now() const;
};
// Absent: nothing stopped it.
std::optional<presence::Stopped> stopped_by(presence::Stopped how);

}  // namespace luytre::tracing
