// Counts of those who are in no visit: let in at a gate by a claim, a card, a slip or a number of people. Within
// another's transaction, unchecked. Ends are the usual stay, or what stands on a slip.

#pragma once

#include "modules/visits/counts.h"

namespace luytre::gates {

std::vector<visits::HourCount> arrivals(store::Session& session, PlaceId place, Interval when);
// Of those who are in a visit: by which entrance the visit began. It has no zone itself.
std::vector<visits::HourCount> came_by(store::Session& session, PlaceId place, Interval when);
std::vector<visits::HourCount> departures(store::Session& session, PlaceId place, Interval when);
std::int64_t present_at(store::Session& session, PlaceId place, Instant at);  // who came before

}  // namespace luytre::gates
