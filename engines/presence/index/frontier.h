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

  // Every second that any stretch covers.
  std::span<const Interval> covered() const { return covered_; }

  // The beginning of the earliest link of at least `least` with somebody who is there in that zone at that time.
  // Quick when asked in order of the beginning.
  std::optional<Instant> first_link(Number zone, Interval when);

 private:
  struct Closed {
    Instant from;
    Instant to;
  };
  struct Meeting {
    std::vector<Closed> times;  // sorted, apart from each other
    std::size_t asked = 0;      // the first that ended no earlier than the last question began
  };

  static void merge(Meeting& meeting);
  static std::size_t first_until(Meeting& meeting, Instant from);
  Meeting& of(Number zone);

  std::chrono::seconds least_{0};
  std::vector<Interval> covered_;
  Meeting all_;
  bool zoned_ = false;
  Meeting zoneless_;                                 // of those who name no zone; used when zoned_
  std::vector<std::pair<Number, Meeting>> by_zone_;  // of those in it or in none
};

}  // namespace luytre::presence
