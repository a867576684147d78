// The sum rule of presence.h for one pair: which of its parts lie in an interval of a given length that holds enough of
// them.
//
// Only few intervals need to be tried. Let c(t) be how many seconds the parts cover within [t, t + d). If t is not
// covered, a step to the right loses nothing; if t − 1 is covered, a step to the left loses nothing. Take any interval
// that shares a second with the part [a, b): a − d < t < b. If t is not covered, go right until it is: some part begins
// there, at the latest this one. If it is, go left until its cover begins, with some part, or until t = a − d; from
// there a step to the right loses nothing, either, as it takes in second a. Nothing was lost on the way. So a part
// counts exactly when c(t) is enough for t = a − d or for a t in [a − d, a] at which some part begins.

#pragma once

#include <span>
#include <vector>

#include "platform/base/time.h"

namespace luytre::presence {

// For each part, in their order, whether it counts. No part is empty; `within` is `d`.
std::vector<bool> parts_that_count(std::span<const Interval> parts, std::chrono::seconds within,
                                   std::chrono::seconds least);

}  // namespace luytre::presence
