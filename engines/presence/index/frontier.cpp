#include "engines/presence/index/frontier.h"

#include <algorithm>
#include <limits>

namespace luytre::presence {

std::vector<Exposer> exposers_of(const View& view, const Question& question) {
  std::vector<Exposer> exposers;
  for (const Source& s : merge_sources(question.cases))
    exposers.push_back({view.names().persons.find(s.person.value), s.window});
  return exposers;
}

void MergedFrontier::merge(Meeting& meeting) {
  auto& times = meeting.times;
  std::sort(times.begin(), times.end(), [](const Closed& a, const Closed& b) { return a.from < b.from; });
  std::size_t kept = 0;
  for (const Closed& c : times) {
    if (kept > 0 && c.from <= times[kept - 1].to) {
      times[kept - 1].to = std::max(times[kept - 1].to, c.to);
    } else {
      times[kept++] = c;
    }
  }
  constexpr Instant kNever{std::numeric_limits<std::int64_t>::max() / 2};  // it can be counted from
  times.resize(kept);
  times.push_back({kNever, kNever});
  meeting.asked = 0;
}

void MergedFrontier::assign(std::span<const Stretch> stretches, std::chrono::seconds least) {
  least_ = least;
  all_.times.clear();
  by_zone_.clear();
  zoned_ = false;
  for (const Stretch& s : stretches) {
    all_.times.push_back({s.when.from, s.when.to - least});
    if (s.zone != kNoZone) by_zone_.push_back({s.zone, {}});
  }
  merge(all_);
  zoned_ = !by_zone_.empty();
  if (!zoned_) return;
  zoneless_.times.clear();
  std::sort(by_zone_.begin(), by_zone_.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  by_zone_.erase(
      std::unique(by_zone_.begin(), by_zone_.end(), [](const auto& a, const auto& b) { return a.first == b.first; }),
      by_zone_.end());
  for (const Stretch& s : stretches) {
    const Closed closed{s.when.from, s.when.to - least};
    if (s.zone == kNoZone) zoneless_.times.push_back(closed);
    for (auto& [zone, meeting] : by_zone_) {
      if (compatible(s.zone, zone)) meeting.times.push_back(closed);
    }
  }
  merge(zoneless_);
  for (auto& [zone, meeting] : by_zone_) merge(meeting);
}

MergedFrontier::Meeting& MergedFrontier::of_zone(Number zone) {
  const auto found = std::lower_bound(by_zone_.begin(), by_zone_.end(), zone,
                                      [](const auto& entry, Number wanted) { return entry.first < wanted; });
  return found != by_zone_.end() && found->first == zone ? found->second : zoneless_;
}

std::size_t MergedFrontier::search(const Meeting& meeting, Instant from) {
  const auto& times = meeting.times;
  const auto found = std::partition_point(times.begin(), times.end(), [&](const Closed& c) { return c.to < from; });
  return static_cast<std::size_t>(found - times.begin());
}

}  // namespace luytre::presence
