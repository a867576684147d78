#include "engines/presence/brute.h"

#include <algorithm>

#include "engines/presence/risk.h"

namespace luytre::presence {

namespace {

Interval common(Interval a, Interval b) {
  return {std::max(a.from, b.from), std::min(a.to, b.to)};
}

bool lasts(Interval when, std::chrono::seconds least) {
  return !when.empty() && when.to - when.from >= least;
}

// The link of two merged visits inside `exposing`, if there is one.
std::optional<Evidence> shared(const MergedVisit& source, const MergedVisit& other, Interval exposing,
                               const TraceRules& rules) {
  const Visit& a = source.visit;
  const Visit& b = other.visit;
  if (a.person == b.person || a.place != b.place) return std::nullopt;
  if (a.zone && b.zone && *a.zone != *b.zone) return std::nullopt;
  const Interval when = common(common(a.when, b.when), exposing);
  if (!lasts(when, rules.min_overlap)) return std::nullopt;
  return Evidence{.when = when,
                  .with = a.person,
                  .place = a.place,
                  .kind = LinkKind::kVisit,
                  .zone = a.zone ? a.zone : b.zone,
                  .same_zone = a.zone && b.zone,
                  .estimated = source.estimated_within(when) || other.estimated_within(when)};
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

void BruteForce::links(PersonId source, Interval exposing, const TraceRules& rules, std::map<PersonId, Finding>& found,
                       const std::map<PersonId, int>& reached, std::span<const MergedVisit> visits,
                       Answer& answer) const {
  const auto add = [&](PersonId target, Evidence evidence, Setting setting) {
    ++answer.links_found;
    if (reached.contains(target)) return;
    evidence.risk = risk(evidence, setting);
    found[target].add(evidence, rules.most_evidence);
  };
  for (const MergedVisit& own : visits) {
    if (own.visit.person != source) continue;
    for (const MergedVisit& other : visits) {
      if (const auto link = shared(own, other, exposing, rules))
        add(other.visit.person, *link, setting(own.visit.place));
    }
  }
  const auto met = encounters_.find(source);
  if (met == encounters_.end()) return;
  for (const Encounter& e : met->second) {
    const Interval when = common(e.when, exposing);
    if (!lasts(when, rules.min_overlap)) continue;
    add(e.peer, {.when = when, .with = source, .kind = LinkKind::kEncounter, .attenuation = e.attenuation}, {});
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
