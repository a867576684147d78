#include "engines/presence/brute.h"

#include <algorithm>

#include "engines/presence/risk.h"

namespace luytre::presence {

namespace {

Interval common(Interval a, Interval b) {
  return {std::max(a.from, b.from), std::min(a.to, b.to)};
}

// How much of `within` the intervals cover, each second once.
std::chrono::seconds covered(std::vector<Interval> intervals, Interval within) {
  std::sort(intervals.begin(), intervals.end());
  std::chrono::seconds sum{0};
  Instant counted = within.from;
  for (const Interval& i : intervals) {
    const Interval fresh = common(i, {counted, within.to});
    if (fresh.empty()) continue;
    sum += fresh.to - fresh.from;
    counted = fresh.to;
  }
  return sum;
}

// Where intervals of the sum rule begin that hold enough. What [t, t + d) holds grows or shrinks evenly with t until
// its beginning or its end meets the beginning or end of a part, and only there it begins or ceases to share a second
// with one. So it is tried there, and a second to either side.
std::vector<Instant> enough(const std::vector<Interval>& parts, const TraceRules& rules) {
  std::vector<Instant> found;
  for (const Interval& part : parts) {
    for (const Instant edge : {part.from, part.to, part.from - *rules.sum_within, part.to - *rules.sum_within}) {
      for (const int beside : {-1, 0, 1}) {
        const Instant t = edge + std::chrono::seconds(beside);
        if (covered(parts, {t, t + *rules.sum_within}) >= rules.min_overlap) found.push_back(t);
      }
    }
  }
  return found;
}

// The link of two merged visits inside `exposing`, if there is one.
std::optional<Evidence> shared(const MergedVisit& source, const MergedVisit& other, Interval exposing) {
  const Visit& a = source.visit;
  const Visit& b = other.visit;
  if (a.person == b.person || a.place != b.place) return std::nullopt;
  if (a.zone && b.zone && *a.zone != *b.zone) return std::nullopt;
  const Interval when = common(common(a.when, b.when), exposing);
  if (when.empty()) return std::nullopt;
  return Evidence{.when = when,
                  .with = a.person,
                  .place = a.place,
                  .kind = LinkKind::kVisit,
                  .zone = a.zone ? a.zone : b.zone,
                  .same_zone = a.zone && b.zone,
                  .estimated = source.estimated_within(when) || other.estimated_within(when)};
}

// Of all parts of one pair.
void keep_qualifying(std::vector<Evidence>& parts, const TraceRules& rules) {
  if (!rules.sum_within) {
    std::erase_if(parts, [&](const Evidence& e) { return e.when.to - e.when.from < rules.min_overlap; });
    return;
  }
  std::vector<Interval> times;
  for (const Evidence& e : parts) times.push_back(e.when);
  const std::vector<Instant> begins = enough(times, rules);
  std::erase_if(parts, [&](const Evidence& e) {
    return std::none_of(begins.begin(), begins.end(), [&](Instant t) {
      return !common(e.when, {t, t + *rules.sum_within}).empty();
    });
  });
}

}  // namespace

BruteForce::BruteForce(const World& world) : world_(world) {
  for (const Encounter& e : merge_encounters(world.encounters)) {
    encounters_[e.person].push_back(e);
    encounters_[e.peer].push_back({e.peer, e.person, e.when, e.attenuation});
  }
}

Setting BruteForce::setting(PlaceId place) const {
  const auto found = world_.settings.find(place);
  return found == world_.settings.end() ? Setting{} : found->second;
}

std::map<PersonId, std::vector<Evidence>> BruteForce::parts(PersonId source, Interval exposing,
                                                            std::span<const MergedVisit> visits) const {
  std::map<PersonId, std::vector<Evidence>> parts;
  for (const MergedVisit& own : visits) {
    if (own.visit.person != source) continue;
    for (const MergedVisit& other : visits) {
      if (const auto link = shared(own, other, exposing)) parts[other.visit.person].push_back(*link);
    }
  }
  const auto met = encounters_.find(source);
  if (met == encounters_.end()) return parts;
  for (const Encounter& e : met->second) {
    const Interval when = common(e.when, exposing);
    if (when.empty()) continue;
    parts[e.peer].push_back({.when = when, .with = source, .kind = LinkKind::kEncounter, .attenuation = e.attenuation});
  }
  return parts;
}

void BruteForce::links(PersonId source, Interval exposing, const TraceRules& rules, std::map<PersonId, Finding>& found,
                       const std::map<PersonId, int>& reached, std::span<const MergedVisit> visits,
                       Answer& answer) const {
  for (auto& [target, links] : parts(source, exposing, visits)) {
    keep_qualifying(links, rules);
    answer.links_found += static_cast<std::int64_t>(links.size());
    if (reached.contains(target)) continue;
    for (Evidence& evidence : links) {
      evidence.risk = risk(evidence, evidence.place ? setting(*evidence.place) : Setting{}, rules.by_air);
      found[target].add(evidence, rules.most_evidence);
    }
  }
}

Answer BruteForce::trace(const Question& question) const {
  const TraceRules& rules = question.rules;
  const std::vector<MergedVisit> visits = merge_visits(world_.visits, rules);
  Answer answer;
  std::map<PersonId, int> reached;
  std::vector<Source> frontier = merge_sources(question.cases);
  for (const Source& source : question.cases) reached[source.person] = 0;
  for (int level = 1; level <= rules.depth && !frontier.empty(); ++level) {
    std::map<PersonId, Finding> found;
    for (const Source& source : frontier) {
      ++answer.persons_searched;
      links(source.person, source.window, rules, found, reached, visits, answer);
    }
    frontier.clear();
    for (auto& [person, finding] : found) {
      reached[person] = level;
      const Interval next = exposing(question, person, finding.since());
      if (!next.empty()) frontier.push_back({person, next});
      answer.contacts.push_back(std::move(finding).finish(person, level, rules.most_evidence));
    }
  }
  sort_contacts(answer.contacts);
  return answer;
}

}  // namespace luytre::presence
