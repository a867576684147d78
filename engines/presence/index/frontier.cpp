#include "engines/presence/index/frontier.h"

#include <algorithm>

namespace luytre::presence {

std::vector<Exposer> exposers_of(const View& view, const Question& question) {
  std::vector<Exposer> exposers;
  for (const Source& s : merge_sources(question.cases))
    exposers.push_back({view.names().persons.find(s.person.value), s.window});
  return exposers;
}

void MergedFrontier::merge(Meeting& meeting) {
  std::sort(meeting.begin(), meeting.end(), [](const Closed& a, const Closed& b) { return a.from < b.from; });
  std::size_t kept = 0;
  for (const Closed& c : meeting) {
    if (kept > 0 && c.from <= meeting[kept - 1].to) {
      meeting[kept - 1].to = std::max(meeting[kept - 1].to, c.to);
    } else {
      meeting[kept++] = c;
    }
  }
  meeting.resize(kept);
}

void MergedFrontier::assign(std::span<const Stretch> stretches, std::chrono::seconds least) {
  least_ = least;
  all_.clear();
  covered_.clear();
  by_zone_.clear();
  zoned_ = false;
  for (const Stretch& s : stretches) {
    all_.push_back({s.when.from, s.when.to - least});
    if (!covered_.empty() && s.when.from <= covered_.back().to) {  // they come in order of their beginning
      covered_.back().to = std::max(covered_.back().to, s.when.to);
    } else {
      covered_.push_back(s.when);
    }
    if (s.zone != kNoZone) by_zone_.push_back({s.zone, {}});
  }
  merge(all_);
  zoned_ = !by_zone_.empty();
  if (!zoned_) return;
  zoneless_.clear();
  std::sort(by_zone_.begin(), by_zone_.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  by_zone_.erase(
      std::unique(by_zone_.begin(), by_zone_.end(), [](const auto& a, const auto& b) { return a.first == b.first; }),
      by_zone_.end());
  for (const Stretch& s : stretches) {
    const Closed closed{s.when.from, s.when.to - least};
    if (s.zone == kNoZone) zoneless_.push_back(closed);
    for (auto& [zone, meeting] : by_zone_) {
      if (compatible(s.zone, zone)) meeting.push_back(closed);
    }
  }
  merge(zoneless_);
  for (auto& [zone, meeting] : by_zone_) merge(meeting);
}

const MergedFrontier::Meeting& MergedFrontier::of(Number zone) const {
  if (!zoned_ || zone == kNoZone) return all_;
  const auto found = std::lower_bound(by_zone_.begin(), by_zone_.end(), zone,
                                      [](const auto& entry, Number wanted) { return entry.first < wanted; });
  return found != by_zone_.end() && found->first == zone ? found->second : zoneless_;
}

std::optional<Instant> MergedFrontier::first_link(Number zone, Interval when) const {
  const Instant latest = when.to - least_;
  if (latest < when.from) return std::nullopt;
  const Meeting& meeting = of(zone);
  const auto found =
      std::partition_point(meeting.begin(), meeting.end(), [&](const Closed& c) { return c.to < when.from; });
  if (found == meeting.end() || found->from > latest) return std::nullopt;
  return std::max(found->from, when.from);
}

}  // namespace luytre::presence
