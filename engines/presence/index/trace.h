// The trace over a view of the index, and the trace turned round: what presence.h defines, to the last row of evidence,
// flag and count.
//
// Level by level: the frontier's stretches (sweep.h) are gathered and taken place by place. Costs grow with the visits
// of the frontier and of those who were there at the time, and with the links found. reach.h answers without evidence,
// for much less.

#pragma once

#include "engines/presence/index/view.h"
#include "engines/presence/presence.h"

namespace luytre::presence {

Traced trace(const View& view, const Question& question, const TraceLimits& limits = {});

Origins trace_back(const View& view, const Question& question, const TraceLimits& limits = {});

}  // namespace luytre::presence
