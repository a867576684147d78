#include "engines/presence/index/sums.h"

#include <algorithm>
#include <tuple>

#include "engines/presence/sums.h"

namespace luytre::presence {

TraceRules rules_of_parts(TraceRules rules) {
  if (rules.sum_within) rules.min_overlap = std::chrono::seconds(1);
  return rules;
}

void keep_those_that_count(std::vector<Part>& parts, const TraceRules& rules) {
  if (!rules.sum_within) return;
  const auto pair = [](const Part& p) { return std::tie(p.person, p.window); };
  std::sort(parts.begin(), parts.end(), [&](const Part& a, const Part& b) { return pair(a) < pair(b); });
  std::vector<Interval> of_pair;
  std::size_t kept = 0;
  for (std::size_t first = 0; first < parts.size();) {
    of_pair.clear();
    std::size_t end = first;
    while (end < parts.size() && pair(parts[end]) == pair(parts[first])) of_pair.push_back(parts[end++].evidence.when);
    const std::vector<bool> counts = parts_that_count(of_pair, *rules.sum_within, rules.min_overlap);
    for (std::size_t i = first; i < end; ++i) {
      if (counts[i - first]) parts[kept++] = parts[i];
    }
    first = end;
  }
  parts.resize(kept);
}

std::span<Part> SumSweep::parts(const Exposer& exposer) {
  parts_.clear();
  gather_visits(exposer);
  gather_encounters(exposer);
  keep_those_that_count(parts_, rules_);
  return parts_;
}

void SumSweep::gather_visits(const Exposer& exposer) {
  const PersonId with = view_.person(exposer.person);
  stretches_.clear();
  estimates_.clear();
  sweep_.stretches(exposer.person, exposer.window, stretches_, estimates_);
  for (const Stretch& stretch : stretches_) {
    const PlaceId place = view_.place(stretch.place);
    const Setting setting = view_.names().setting(stretch.place);
    const std::span<const Interval> own = stretch.estimated(estimates_);
    sweep_.links(stretch, [&](const Shared& shared) {
      const Evidence evidence{.when = shared.when,
                              .with = with,
                              .place = place,
                              .kind = LinkKind::kVisit,
                              .zone = view_.zone(stretch.zone != kNoZone ? stretch.zone : shared.zone),
                              .same_zone = stretch.zone != kNoZone && shared.zone != kNoZone,
                              .estimated = any_in(own, shared.when) || any_in(shared.estimated, shared.when)};
      parts_.push_back({shared.person, exposer.window, evidence, setting});
    });
  }
}

void SumSweep::gather_encounters(const Exposer& exposer) {
  const PersonId with = view_.person(exposer.person);
  sweep_.encounters(exposer.person, exposer.window,
                    [&](Number peer, Interval whole, std::optional<std::int64_t> attenuation) {
                      const Evidence evidence{.when = common(whole, exposer.window),
                                              .with = with,
                                              .kind = LinkKind::kEncounter,
                                              .attenuation = attenuation};
                      parts_.push_back({peer, exposer.window, evidence, {}});
                    });
}

Reach reach_by_trace(const View& view, Question question, const TraceLimits& limits) {
  question.rules.most_evidence = 1;
  const Traced traced = trace(view, question, limits);
  Reach reach{{}, traced.answer.persons_searched, traced.stopped, traced.levels};
  reach.persons.reserve(traced.answer.contacts.size());
  for (const Contact& c : traced.answer.contacts) reach.persons.push_back({c.person, c.level, c.exposed_since});
  return reach;
}

}  // namespace luytre::presence
