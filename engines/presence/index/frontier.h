// The frontier of a level at one place: everybody's exposing stretches as one sorted list of closed intervals, after
// each has been shortened by the least overlap (reach.h says why that is exact). Not thread-safe; reused from place to
// place.

#pragma once

#include <optional>
#include <span>
#include <vector>

#include "engines/presence/index/sweep.h"

namespace luytre::presence {

// A person of the frontier and when it exposes others. kNoNumber: one the index has never heard of.
using Exposer = Sweep::Coming;
std::vector<Exposer> exposers_of(const View& view, const Question& question);  // the cases

class MergedFrontier {
 public:
  // Stretches at one place, each at least `least` long.
  void assign(std::span<const Stretch> stretches, std::chrono::seconds least);

  // The earliest link of at least `least` with somebody who is there in that zone at that time: its beginning, where
  // there is one.
  struct Link {
    Instant since;
    bool there = false;
  };
  // Quick when asked in order of the beginning. Nobody foresees whom one meets, so that it is no jump.
  Link first_link(Number zone, Interval when) {
    const Instant latest = when.to - least_;
    Meeting& meeting = of(zone);
    const Closed& next = meeting.times[first_until(meeting, when.from)];
    const bool there = (latest >= when.from) & (next.from <= latest);
    return {std::max(next.from, when.from), there};
  }

 private:
  struct Closed {
    Instant from;
    Instant to;
  };
  struct Meeting {
    std::vector<Closed> times;  // sorted, apart from each other; at the end one that never comes
    std::size_t asked = 0;      // the first that ended no earlier than the last question began
  };

  static void merge(Meeting& meeting);
  static std::size_t search(const Meeting& meeting, Instant from);
  // The rows of a place come in order of entry: the answer is mostly that of the question before, or one of the next.
  static std::size_t first_until(Meeting& meeting, Instant from) {
    constexpr std::size_t kSteps = 4;
    std::size_t& at = meeting.asked;
    if (at > 0 && meeting.times[at - 1].to >= from) return at = search(meeting, from);
    for (std::size_t step = 0; step < kSteps; ++step) {
      if (meeting.times[at].to >= from) return at;
      ++at;
    }
    return at = search(meeting, from);
  }
  Meeting& of(Number zone) { return !zoned_ || zone == kNoZone ? all_ : of_zone(zone); }
  Meeting& of_zone(Number zone);

  std::chrono::seconds least_{0};
  Meeting all_;
  bool zoned_ = false;
  Meeting zoneless_;                                 // of those who name no zone; used when zoned_
  std::vector<std::pair<Number, Meeting>> by_zone_;  // of those in it or in none
};

}  // namespace luytre::presence
