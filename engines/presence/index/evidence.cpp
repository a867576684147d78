// All evidence of one contact: its own stretches, swept for those people of the level below who were exposing then.

#include <algorithm>
#include <unordered_map>

#include "engines/presence/index/frontier.h"
#include "engines/presence/index/reach.h"
#include "engines/presence/index/sums.h"
#include "engines/presence/risk.h"

namespace luytre::presence {

struct ContactEvidence::Impl {
  Impl(View of, Question asked) : view(std::move(of)), question(std::move(asked)) {}

  struct Member {
    int level = 0;
    Instant since;
  };

  View view;
  Question question;
  TraceRules rules = rules_of_parts(question.rules);
  std::unordered_map<Number, Member> members;                 // those found
  std::unordered_map<Number, std::vector<Interval>> windows;  // of the cases

  // take(Interval) for each window of the person as one of that level.
  template <class Take>
  void each_window(Number person, int level, Take&& take) const {
    if (level == 0) {
      const auto found = windows.find(person);
      if (found != windows.end()) std::for_each(found->second.begin(), found->second.end(), take);
      return;
    }
    const auto found = members.find(person);
    if (found != members.end() && found->second.level == level)
      take(exposing(question, view.person(person), found->second.since));
  }
  void add_visits(Number contact, int level, std::vector<Part>& parts) const;
  void add_encounters(Number contact, int level, std::vector<Part>& parts) const;
};

namespace {

// Of the contact everything may matter; the windows of those below cut it.
Interval all_days(const View& view, const TraceRules& rules) {
  if (view.days().empty()) return {};
  const Interval all{begin_of(view.days().front().day), begin_of(view.days().back().day + 1)};
  const std::chrono::seconds margin = rules.scan_margin.value_or(std::chrono::seconds(0));
  return {all.from - margin, all.to + margin + std::chrono::seconds(1)};
}

}  // namespace

void ContactEvidence::Impl::add_visits(Number contact, int level, std::vector<Part>& parts) const {
  Sweep sweep(view, rules);
  Stretches stretches;
  Estimates estimates;
  sweep.stretches(contact, all_days(view, rules), stretches, estimates);
  for (const Stretch& own : stretches) {
    sweep.links(own, [&](const Shared& other) {
      each_window(other.person, level - 1, [&](Interval window) {
        const Interval when = common(other.when, window);
        if (!lasts(when, rules.min_overlap)) return;
        const bool estimated = any_in(own.estimated(estimates), when) || any_in(other.estimated, when);
        const Evidence evidence{.when = when,
                                .with = view.person(other.person),
                                .place = view.place(own.place),
                                .kind = LinkKind::kVisit,
                                .zone = view.zone(other.zone != kNoZone ? other.zone : own.zone),
                                .same_zone = other.zone != kNoZone && own.zone != kNoZone,
                                .estimated = estimated};
        parts.push_back({other.person, window, evidence, view.names().setting(own.place)});
      });
    });
  }
}

void ContactEvidence::Impl::add_encounters(Number contact, int level, std::vector<Part>& parts) const {
  Sweep sweep(view, rules);
  sweep.encounters(
      contact, all_days(view, rules), [&](Number peer, Interval whole, std::optional<std::int64_t> attenuation) {
        each_window(peer, level - 1, [&](Interval window) {
          const Interval when = common(whole, window);
          if (!lasts(when, rules.min_overlap)) return;
          const Evidence evidence{
              .when = when, .with = view.person(peer), .kind = LinkKind::kEncounter, .attenuation = attenuation};
          parts.push_back({peer, window, evidence, {}});
        });
      });
}

ContactEvidence::ContactEvidence(View view, Question question, const Reach& found) {
  auto impl = std::make_unique<Impl>(std::move(view), std::move(question));
  const Dictionary& persons = impl->view.names().persons;
  for (const Exposer& e : exposers_of(impl->view, impl->question)) {
    if (e.person != kNoNumber) impl->windows[e.person].push_back(e.window);
  }
  impl->members.reserve(found.persons.size());
  for (const Reached& r : found.persons)
    impl->members.emplace(persons.find(r.person.value), Impl::Member{r.level, r.exposed_since});
  impl_ = std::move(impl);
}

ContactEvidence::~ContactEvidence() = default;

std::optional<Contact> ContactEvidence::of(PersonId contact) const {
  const Number number = impl_->view.names().persons.find(contact.value);
  const auto found = impl_->members.find(number);
  if (found == impl_->members.end()) return std::nullopt;
  std::vector<Part> parts;
  impl_->add_visits(number, found->second.level, parts);
  impl_->add_encounters(number, found->second.level, parts);
  keep_those_that_count(parts, impl_->question.rules);
  const std::size_t most = impl_->question.rules.most_evidence;
  const bool by_air = impl_->question.rules.by_air;
  Finding finding;
  for (Part& part : parts) {
    part.evidence.risk = risk(part.evidence, part.setting, by_air);
    finding.add(part.evidence, most);
  }
  return std::move(finding).finish(contact, found->second.level, most);
}

}  // namespace luytre::presence
