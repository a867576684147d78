// The sum rule (presence.h) over a view: the parts of all links of a pair are gathered, of whatever length, and those
// that count are kept. It cannot merge the frontier of a place as reach.h does, because what counts depends on the
// pair: the cost grows with the pairs that meet at all.

#pragma once

#include <span>
#include <vector>

#include "engines/presence/index/frontier.h"
#include "engines/presence/index/reach.h"

namespace luytre::presence {

// The part of a link that lies in a window; `person` tells the pairs of one gathering apart.
struct Part {
  Number person = kNoNumber;
  Interval window;
  Evidence evidence;  // without risk
  Setting setting;
};

// By which rules parts are to be looked for: under a sum rule those of any length.
TraceRules rules_of_parts(TraceRules rules);

// Under a sum rule, drops those that do not count; the others come sorted by pair and window.
void keep_those_that_count(std::vector<Part>& parts, const TraceRules& rules);

// Not thread-safe: one per trace.
class SumSweep {
 public:
  SumSweep(const View& view, const TraceRules& rules)
      : view_(view), rules_(rules), rules_of_parts_(rules_of_parts(rules)), sweep_(view, rules_of_parts_) {}
  SumSweep(const SumSweep&) = delete;
  SumSweep& operator=(const SumSweep&) = delete;

  // Those that count of everybody with whom this person has links in its window. Valid until the next call.
  std::span<Part> parts(const Exposer& exposer);

 private:
  void gather_visits(const Exposer& exposer);
  void gather_encounters(const Exposer& exposer);

  const View& view_;
  const TraceRules& rules_;
  TraceRules rules_of_parts_;
  Sweep sweep_;
  Stretches stretches_;
  Estimates estimates_;
  std::vector<Part> parts_;
};

// What `reach` answers, from the trace.
Reach reach_by_trace(const View& view, Question question, const TraceLimits& limits);

}  // namespace luytre::presence
