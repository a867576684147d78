#include "engines/presence/sums.h"

#include <algorithm>

namespace luytre::presence {

namespace {

// What some intervals cover, each second once.
class Cover {
 public:
  explicit Cover(std::vector<Interval> parts) {
    std::sort(parts.begin(), parts.end());
    for (const Interval& part : parts) {
      if (!runs_.empty() && part.from <= runs_.back().to) {
        runs_.back().to = std::max(runs_.back().to, part.to);
      } else {
        runs_.push_back(part);
      }
    }
    std::chrono::seconds sum{0};
    for (const Interval& run : runs_) {
      before_.push_back(sum);
      sum += run.to - run.from;
    }
  }

  std::chrono::seconds in(Interval when) const { return until(when.to) - until(when.from); }

 private:
  std::chrono::seconds until(Instant t) const {
    const auto next =
        std::partition_point(runs_.begin(), runs_.end(), [&](const Interval& run) { return run.from < t; });
    if (next == runs_.begin()) return std::chrono::seconds(0);
    const auto last = static_cast<std::size_t>(next - runs_.begin()) - 1;
    return before_[last] + (std::min(runs_[last].to, t) - runs_[last].from);
  }

  std::vector<Interval> runs_;
  std::vector<std::chrono::seconds> before_;  // of each run: what those before it cover
};

}  // namespace

std::vector<bool> parts_that_count(std::span<const Interval> parts, std::chrono::seconds within,
                                   std::chrono::seconds least) {
  const Cover cover({parts.begin(), parts.end()});
  std::vector<Instant> enough;  // where intervals begin that hold enough
  for (const Interval& part : parts) {
    for (const Instant t : {part.from - within, part.from})
      if (cover.in({t, t + within}) >= least) enough.push_back(t);
  }
  std::sort(enough.begin(), enough.end());
  std::vector<bool> counts;
  counts.reserve(parts.size());
  for (const Interval& part : parts) {
    const auto first = std::lower_bound(enough.begin(), enough.end(), part.from - within);
    counts.push_back(first != enough.end() && *first <= part.from);
  }
  return counts;
}

}  // namespace luytre::presence
