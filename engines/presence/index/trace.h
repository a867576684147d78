// The trace over a view of the index: what presence.h defines, to the last row of evidence, flag and count.
//
// Level by level: the frontier's stretches (sweep.h) are gathered and taken place by place. Costs grow with the visits
// of the frontier and of those who were there at the time, and with the links found. reach.h answers without evidence,
// for much less.
//
// A trace says whether it stopped before nobody was left who could expose others. Levels are whole: one that the time
// did not suffice for is left out, so that an answer that stopped is the beginning of the full one.

#pragma once

#include <functional>

#include "engines/presence/index/view.h"
#include "engines/presence/presence.h"

namespace luytre::presence {

struct TraceLimits {
  std::size_t most_contacts = 0;  // no further level once so many are found; 0: any number
  std::function<bool()> over;     // asked now and then: whether the time is over; may be empty
};

enum class Stopped { kNot, kDepth, kCount, kTime };
BOOST_DESCRIBE_ENUM(Stopped, kNot, kDepth, kCount, kTime)

struct Traced {
  Answer answer;
  Stopped stopped = Stopped::kNot;
  int levels = 0;  // searched whole
};

Traced trace(const View& view, const Question& question, const TraceLimits& limits = {});

// The question turned round: from whom may a person have it? The cases are the exposed, their windows the times in
// which they may have caught it.
//
//   level n+1   everyone not at a lower level who has, with some person p of level n, a link whose part inside
//               [earliest, met(p) − latent) — of the exposed: inside the window — lasts at least min_overlap
//   met         the latest end of such a part: until then that person may have passed it on
//
// It is the trace with time running backwards, `horizon` being the earliest instant to look at; isolation does not
// matter. Evidence is `with` the person of the level below, as in a trace.
struct Origin {
  PersonId person;
  int level = 1;
  Instant met;
  std::int64_t risk = 0;
  std::int64_t evidence_count = 0;
  std::vector<Evidence> evidence;
  friend auto operator<=>(const Origin&, const Origin&) = default;
};

struct Origins {
  std::vector<Origin> origins;  // by level, latest met, person
  std::int64_t persons_searched = 0;
  std::int64_t links_found = 0;
  Stopped stopped = Stopped::kNot;
  int levels = 0;
};

Origins trace_back(const View& view, const Question& question, const TraceLimits& limits = {});

}  // namespace luytre::presence
