// What is asked of a household today, and by which rules.

#include <algorithm>
#include <iterator>

#include "modules/duties/impl.h"

namespace luytre::duties {
namespace {

using store::Session;

// Why somebody is asked.
struct Cause {
  const command::Decision* decision = nullptr;
  std::vector<std::string> rosters;
  std::optional<PlaceId> place;  // of one of them
  std::optional<UnitId> unit;    // of one that has no place

  void add(const command::Decision* one) {
    if (one && (!decision || decision->end() < one->end())) decision = one;
  }
};

Household household(Session& session, const people::People& people, AccountId account) {
  Household out;
  out.persons = people::People::household_people(session, account);
  out.homes = people.units_of(session, out.persons);
  out.memberships = storage::memberships(session, out.persons);
  for (const auto& row : out.memberships)
    if (auto roster = storage::find(session, row.roster)) out.rosters.emplace(row.roster, std::move(*roster));
  return out;
}

Cause cause_of(const Rule& rule, const Force& force, const Household& home, std::size_t who) {
  Cause out;
  if (rule.residents && home.homes[who]) out.add(force.of(rule, *home.homes[who]));
  for (const auto& row : home.memberships) {
    if (row.person != home.persons[who] && !rule.family) continue;
    const auto roster = home.rosters.find(row.roster);
    if (roster == home.rosters.end() || !rule.binds(roster->second.sector)) continue;
    const auto* decision = force.of(rule, roster->second.unit);
    if (!decision) continue;
    out.add(decision);
    out.rosters.push_back(roster->second.name);
    if (!out.place) out.place = roster->second.place;
    if (!out.unit && !roster->second.place) out.unit = roster->second.unit;
  }
  return out;
}

}  // namespace

State whole(const std::vector<DueWindow>& windows) {
  if (windows.empty()) return State::kJourney;
  for (const State state : {State::kOpen, State::kLater, State::kMissed})
    if (std::any_of(windows.begin(), windows.end(), [&](const auto& one) { return one.state == state; })) return state;
  return State::kDone;
}

Owed Duties::Impl::owed(const Rule& rule, PersonId person, const command::Decision& decision) const {
  Owed out;
  out.rule = rule.id;
  out.person = person;
  out.title = rule.title;
  out.reason = rule.reason;
  out.source = rule.source;
  out.form = rule.form;
  out.unit_name = decision.unit_name;
  out.until = decision.end();
  out.basis = decision.basis;
  return out;
}

std::vector<RuleView> Duties::rules() const {
  const Force force = impl_->force(impl_->now());
  std::vector<RuleView> out;
  for (const Rule& rule : impl_->rules.all()) {
    RuleView& one = out.emplace_back();
    one.id = rule.id;
    one.title = rule.title;
    one.reason = rule.reason;
    one.disease = rule.disease;
    one.form = rule.form;
    one.sectors = rule.sectors;
    one.residents = rule.residents;
    one.travellers = rule.travellers.has_value();
    one.family = rule.family;
    one.rhythm = rule.rhythm;
    if (rule.rhythm == Rhythm::kDays) one.days = rule.days;
    one.valid_from = rule.valid_from;
    one.valid_to = rule.valid_to;
    one.source = rule.source;
    for (const auto* d : force.all_of(rule))
      one.in_force.push_back({d->unit, d->unit_name, d->from, d->end(), d->basis});
  }
  return out;
}

Task<Result<MyDuties>> Duties::mine(const Caller& caller) const {
  return impl_->db.read([impl = impl_.get(), caller](Session& s) -> Result<MyDuties> {
    const auto self = impl->people.member(s, caller, std::nullopt);
    if (!self) return self.error();
    const Household home = household(s, impl->people, caller.account);
    MyDuties out;
    out.now = impl->now();
    const Date today = local_date(out.now);
    const Force force = impl->force(out.now);
    for (const Rule& rule : impl->rules.all()) {
      const auto* form = impl->declarations.catalogue().in_force(rule.form, today);
      if (!form || force.all_of(rule).empty()) continue;
      if (rule.travellers) {
        auto journeys = impl->travelling(s, rule, force, home, caller.account, self->person);
        std::move(journeys.begin(), journeys.end(), std::back_inserter(out.items));
        continue;
      }
      std::vector<std::size_t> asked;
      std::vector<Cause> causes;
      std::vector<PersonId> persons;
      for (std::size_t i = 0; i < home.persons.size(); ++i) {
        Cause cause = cause_of(rule, force, home, i);
        if (!cause.decision) continue;
        asked.push_back(i);
        causes.push_back(std::move(cause));
        persons.push_back(home.persons[i]);
      }
      const auto when = due(rule, today);
      const auto made = declarations::Declarations::declared(s, rule.form, persons, when);
      for (std::size_t k = 0; k < asked.size(); ++k) {
        Owed& one = out.items.emplace_back(impl->owed(rule, persons[k], *causes[k].decision));
        one.rosters = causes[k].rosters;
        for (std::size_t w = 0; w < when.size(); ++w)
          one.windows.push_back({when[w].from, when[w].to, state_of(when[w], made[k][w], out.now)});
        one.state = whole(one.windows);
        const auto at_home = home.homes[asked[k]];
        const auto context = declarations::asked_of(form->form);
        if (at_home && impl->decisions.form_in_force(rule.form, form->form.own_decision, *at_home, out.now, context))
          continue;
        one.place = causes[k].place;
        if (!one.place) one.unit = causes[k].unit;
      }
    }
    return out;
  });
}

}  // namespace luytre::duties
