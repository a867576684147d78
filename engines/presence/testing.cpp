#include "engines/presence/testing.h"

#include <algorithm>
#include <ostream>
#include <set>
#include <sstream>

namespace luytre::presence::testing {

namespace {

constexpr std::int64_t kMidnight = 1'600'041'600;  // 2020-09-14T00:00:00Z
constexpr std::int64_t kSteps = 40;
constexpr std::int64_t kPersons = 12;
constexpr std::int64_t kPlaces = 7;

// What a generated world is made of before the size of a step is known.
struct RawVisit {
  std::int64_t person, place, zone, start, length;
  bool estimated;
};
struct RawEncounter {
  std::int64_t person, peer, start, length, attenuation;
};
struct RawRules {
  std::int64_t overlap, latent, depth, margin, within, short_by, most, horizon;
  bool by_air;
};

rc::Gen<std::int64_t> from_to(std::int64_t low, std::int64_t high) {
  return rc::gen::inRange<std::int64_t>(low, high + 1);
}

rc::Gen<RawVisit> any_visit() {
  return rc::gen::build<RawVisit>(
      rc::gen::set(&RawVisit::person, from_to(1, kPersons)), rc::gen::set(&RawVisit::place, from_to(1, kPlaces)),
      rc::gen::set(&RawVisit::zone, from_to(0, 2)), rc::gen::set(&RawVisit::start, from_to(0, kSteps)),
      rc::gen::set(&RawVisit::length, from_to(1, 14)), rc::gen::set(&RawVisit::estimated, rc::gen::arbitrary<bool>()));
}

rc::Gen<RawEncounter> any_encounter() {
  return rc::gen::build<RawEncounter>(
      rc::gen::set(&RawEncounter::person, from_to(1, kPersons)),
      rc::gen::set(&RawEncounter::peer, from_to(1, kPersons)), rc::gen::set(&RawEncounter::start, from_to(0, kSteps)),
      rc::gen::set(&RawEncounter::length, from_to(1, 8)), rc::gen::set(&RawEncounter::attenuation, from_to(0, 4)));
}

rc::Gen<RawRules> any_rules() {
  return rc::gen::build<RawRules>(
      rc::gen::set(&RawRules::overlap, from_to(1, 4)), rc::gen::set(&RawRules::latent, from_to(0, 3)),
      rc::gen::set(&RawRules::depth, rc::gen::element<std::int64_t>(1, 2, 3, 4, 4, 4)),
      rc::gen::set(&RawRules::margin, from_to(-10, 5)), rc::gen::set(&RawRules::within, from_to(-20, 18)),
      rc::gen::set(&RawRules::short_by, from_to(0, 1)), rc::gen::set(&RawRules::most, from_to(0, 3)),
      rc::gen::set(&RawRules::horizon, from_to(30, kSteps + 20)),
      rc::gen::set(&RawRules::by_air, rc::gen::arbitrary<bool>()));
}

struct Raw {
  std::int64_t unit;
  std::vector<RawVisit> visits;
  std::vector<RawEncounter> encounters;
  std::vector<RawVisit> cases;     // person, start, length
  std::vector<RawVisit> isolated;  // person, start
  RawRules rules;
};

Case build(const Raw& raw) {
  const auto at = [&](std::int64_t step) { return Instant{kMidnight + (step - kSteps / 2) * raw.unit}; };
  const auto length = [&](std::int64_t steps) { return std::chrono::seconds(steps * raw.unit); };
  Case c;
  for (const RawVisit& v : raw.visits) {
    std::optional<ZoneId> zone;
    if (v.zone != 0) zone = ZoneId{v.place * 10 + v.zone};
    c.world.visits.push_back({{v.person}, {v.place}, zone, {at(v.start), at(v.start + v.length)}, v.estimated});
  }
  for (const RawEncounter& e : raw.encounters) {
    if (e.person == e.peer) continue;
    std::optional<std::int64_t> attenuation;
    if (e.attenuation != 0) attenuation = 45 + 8 * e.attenuation;
    c.world.encounters.push_back({{e.person}, {e.peer}, {at(e.start), at(e.start + e.length)}, attenuation});
  }
  for (std::int64_t place = 1; place <= kPlaces; ++place) c.world.settings[{place}] = {1 + place % 3, 1 + place % 2};
  for (const RawVisit& f0 : raw.cases)
    c.question.cases.push_back({{f0.person}, {at(f0.start), at(f0.start + f0.length)}});
  for (const RawVisit& i : raw.isolated) c.question.isolated[{i.person}] = at(i.start);
  TraceRules& rules = c.question.rules;
  rules.min_overlap = length(raw.rules.overlap);
  rules.latent = length(raw.rules.latent);
  rules.depth = static_cast<int>(raw.rules.depth);
  if (raw.rules.margin >= 0) rules.scan_margin = length(raw.rules.margin);
  if (rules.scan_margin) rules.min_overlap = std::chrono::seconds(1);
  if (raw.rules.within >= 0) {
    // An interval that ends where a meeting may end, or a second before.
    rules.min_overlap = length(2 + raw.rules.overlap);
    rules.sum_within = std::max(rules.min_overlap, length(raw.rules.within) - std::chrono::seconds(raw.rules.short_by));
  }
  rules.most_evidence = static_cast<std::size_t>(raw.rules.most);
  rules.by_air = raw.rules.by_air;
  c.question.horizon = at(raw.rules.horizon);
  return c;
}

// Where sums decide: few people who meet at few places, shortly and again a little later, and cases that last.
void crowd_together(Raw& raw) {
  const auto repeat = [](auto& meetings) {
    const auto once = meetings;
    for (const std::int64_t later : {5, 10}) {
      for (auto again : once) {
        again.start += later;
        meetings.push_back(again);
      }
    }
  };
  for (RawVisit& v : raw.visits) {
    v.person = 1 + v.person % 6;
    v.place = 1 + v.place % 3;
    v.length = 1 + v.length % 4;
  }
  for (RawEncounter& e : raw.encounters) {
    e.person = 1 + e.person % 6;
    e.peer = 1 + e.peer % 6;
    e.length = 1 + e.length % 4;
  }
  repeat(raw.visits);
  repeat(raw.encounters);
  for (RawVisit& f0 : raw.cases) {
    f0.person = 1 + f0.person % 6;
    f0.start /= 2;
    f0.length += 20;
  }
}

std::string text(Interval when) {
  const auto offset = [](Instant t) { return std::to_string(t.seconds - kMidnight); };
  return "[" + offset(when.from) + ", " + offset(when.to) + ")";
}

template <class Noun>
std::string text(const std::optional<Noun>& id) {
  return id ? std::to_string(id->value) : "-";
}

rc::Gen<Case> cases(bool with_sums) {
  const auto raw = rc::gen::build<Raw>(
      rc::gen::set(&Raw::unit, rc::gen::element<std::int64_t>(1, 60, 7200)),
      rc::gen::set(&Raw::visits, rc::gen::container<std::vector<RawVisit>>(any_visit())),
      rc::gen::set(&Raw::encounters, rc::gen::container<std::vector<RawEncounter>>(any_encounter())),
      rc::gen::set(&Raw::cases, rc::gen::nonEmpty(rc::gen::container<std::vector<RawVisit>>(any_visit()))),
      rc::gen::set(&Raw::isolated, rc::gen::container<std::vector<RawVisit>>(any_visit())),
      rc::gen::set(&Raw::rules, any_rules()));
  return rc::gen::map(raw, [with_sums](Raw r) {
    if (with_sums) r.rules.within = std::abs(r.rules.within) % 19;
    // Few cases and few isolated ones, or there is nobody left to find.
    if (r.cases.size() > 2) r.cases.resize(2);
    for (RawVisit& f0 : r.cases) f0.length += 6;
    if (r.isolated.size() > 2) r.isolated.resize(2);
    if (r.rules.within >= 0) crowd_together(r);
    return build(r);
  });
}

}  // namespace

rc::Gen<Case> any_case() {
  return cases(false);
}

rc::Gen<Case> any_case_of_sums() {
  return cases(true);
}

std::string describe(const Case& c) {
  std::ostringstream out;
  for (const Visit& v : c.world.visits)
    out << "visit person " << v.person.value << " place " << v.place.value << " zone " << text(v.zone) << ' '
        << text(v.when) << (v.estimated ? " estimated" : "") << '\n';
  for (const Encounter& e : c.world.encounters)
    out << "encounter " << e.person.value << " – " << e.peer.value << ' ' << text(e.when) << ' '
        << e.attenuation.value_or(-1) << '\n';
  for (const Source& s : c.question.cases) out << "case " << s.person.value << ' ' << text(s.window) << '\n';
  for (const auto& [person, from] : c.question.isolated)
    out << "isolated " << person.value << " at " << from.seconds - kMidnight << '\n';
  const TraceRules& rules = c.question.rules;
  out << "rules: overlap " << rules.min_overlap.count() << " latent " << rules.latent.count() << " depth "
      << rules.depth << " margin " << (rules.scan_margin ? rules.scan_margin->count() : -1) << " sum within "
      << (rules.sum_within ? rules.sum_within->count() : -1) << " evidence " << rules.most_evidence << " horizon "
      << c.question.horizon.seconds - kMidnight << '\n';
  return out.str();
}

std::string describe(const Answer& answer) {
  std::ostringstream out;
  for (const Contact& contact : answer.contacts) {
    out << "F" << contact.level << " person " << contact.person.value << " since "
        << contact.exposed_since.seconds - kMidnight << " risk " << contact.risk << " evidence "
        << contact.evidence_count << '\n';
    for (const Evidence& e : contact.evidence)
      out << "  " << json::enum_text(e.kind) << " with " << e.with.value << " place " << text(e.place) << " zone "
          << text(e.zone) << (e.same_zone ? " same" : "") << ' ' << text(e.when) << (e.estimated ? " estimated" : "")
          << ' ' << e.attenuation.value_or(-1) << " risk " << e.risk << '\n';
  }
  return out.str();
}

namespace {

// Everything that can be true of two people in one second: at this place with these zones named, or near each other.
struct Togetherness {
  std::int64_t place = 0, own_zone = 0, other_zone = 0;
  bool encounter = false;
  friend auto operator<=>(const Togetherness&, const Togetherness&) = default;
};

std::set<Togetherness> together(const World& world, const TraceRules& rules, PersonId a, PersonId b, Instant t) {
  std::set<Togetherness> found;
  const auto there = [&](const Visit& v, PersonId person) {
    const Interval when = span_of(rules, v.when);
    return v.person == person && when.from <= t && t < when.to;
  };
  for (const Visit& v : world.visits) {
    if (!there(v, a)) continue;
    for (const Visit& w : world.visits) {
      if (!there(w, b) || w.place != v.place || (v.zone && w.zone && *v.zone != *w.zone)) continue;
      found.insert({v.place.value, v.zone ? v.zone->value : 0, w.zone ? w.zone->value : 0, false});
    }
  }
  for (const Encounter& e : world.encounters) {
    const bool those = (e.person == a && e.peer == b) || (e.person == b && e.peer == a);
    if (those && e.when.from <= t && t < e.when.to) found.insert({0, 0, 0, true});
  }
  return found;
}

// Keeps those of which a second lies in an interval that holds enough of them, trying every interval.
void keep_what_counts(std::vector<Interval>& links, const TraceRules& rules, Interval window) {
  const std::int64_t within = rules.sum_within->count();
  std::set<Instant> together;
  for (const Interval& link : links)
    for (Instant t = link.from; t < link.to; t.seconds += 1) together.insert(t);
  std::set<Instant> count;  // seconds of intervals that hold enough
  for (Instant from{window.from.seconds - within}; from < window.to; from.seconds += 1) {
    const auto first = together.lower_bound(from), end = together.lower_bound({from.seconds + within});
    if (std::distance(first, end) >= rules.min_overlap.count()) count.insert(first, end);
  }
  std::erase_if(links, [&](const Interval& link) {
    const auto first = count.lower_bound(link.from);
    return first == count.end() || *first >= link.to;
  });
}

std::vector<Interval> runs(const World& world, const TraceRules& rules, const Source& source, PersonId other) {
  std::map<Togetherness, Interval> open;
  std::vector<Interval> links;
  const auto close = [&](Interval when) {
    if (rules.sum_within || when.to - when.from >= rules.min_overlap) links.push_back(when);
  };
  for (Instant t = source.window.from; t < source.window.to; t = t + std::chrono::seconds(1)) {
    const std::set<Togetherness> now = together(world, rules, source.person, other, t);
    std::erase_if(open, [&](const auto& item) {
      if (now.contains(item.first)) return false;
      close(item.second);
      return true;
    });
    for (const Togetherness& how : now)
      open.try_emplace(how, Interval{t, t}).first->second.to = t + std::chrono::seconds(1);
  }
  for (const auto& [how, when] : open) close(when);
  if (rules.sum_within) keep_what_counts(links, rules, source.window);
  return links;
}

}  // namespace

std::vector<Second> trace_by_seconds(const World& world, const Question& question) {
  std::set<PersonId> known, everybody;
  for (const Visit& v : world.visits) everybody.insert(v.person);
  for (const Encounter& e : world.encounters) everybody.insert({e.person, e.peer});
  for (const Source& s : question.cases) known.insert(s.person);
  std::vector<Second> answer;
  std::vector<Source> frontier = merge_sources(question.cases);
  for (int level = 1; level <= question.rules.depth; ++level) {
    std::vector<Second> found;
    for (const PersonId person : everybody) {
      if (known.contains(person)) continue;
      Second second{person, level, {}, {}};
      for (const Source& source : frontier) {
        const std::vector<Interval> links = runs(world, question.rules, source, person);
        second.links.insert(second.links.end(), links.begin(), links.end());
      }
      if (second.links.empty()) continue;
      std::sort(second.links.begin(), second.links.end());
      second.since = second.links.front().from;
      found.push_back(std::move(second));
    }
    frontier.clear();
    for (const Second& second : found) {
      known.insert(second.person);
      frontier.push_back({second.person, exposing(question, second.person, second.since)});
    }
    answer.insert(answer.end(), found.begin(), found.end());
  }
  return answer;
}

void showValue(const Case& c, std::ostream& out) {
  out << '\n' << describe(c);
}

}  // namespace luytre::presence::testing
