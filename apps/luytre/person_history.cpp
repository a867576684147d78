#include "apps/luytre/person_history.h"

namespace luytre::app {
namespace {

using histories::Moment;
using histories::MomentKind;
using Moments = std::vector<Moment>;
using Told = Result<Moments>;

template <class T>
Moment moment(MomentKind kind, Instant at, T subject, std::optional<std::string> disease) {
  Moment out;
  out.kind = kind;
  out.at = at;
  if (subject.value != 0) out.subject = Id<histories::MomentTag>{subject.value};
  out.disease = std::move(disease);
  return out;
}

template <class T>
Moment days(MomentKind kind, Date from, std::optional<Date> to, T subject, std::optional<std::string> disease) {
  Moment out = moment(kind, local_midnight(from), subject, std::move(disease));
  out.day = true;
  if (to) out.to = local_midnight(*to);
  return out;
}

Told of_cases(const House& house, store::Session& s, const Caller& caller, PersonId person, const std::string& reason) {
  const auto cases = house.cases.of_person(s, caller, person, reason);
  if (!cases) return cases.error();
  Moments out;
  for (const auto& one : *cases) {
    const auto add = [&](Moment what) {
      what.number = one.number;
      if (!what.says) what.says = json::enum_text(one.classification);
      out.push_back(std::move(what));
    };
    add(moment(MomentKind::kReported, one.created_at, one.id, one.disease));
    if (one.onset) add(days(MomentKind::kOnset, *one.onset, {}, one.id, one.disease));
    if (one.diagnosed_at) add(moment(MomentKind::kDiagnosed, *one.diagnosed_at, one.id, one.disease));
    if (one.isolated_at) add(moment(MomentKind::kIsolated, *one.isolated_at, one.id, one.disease));
    if (one.outcome && one.outcome_on) {
      Moment end = days(MomentKind::kOutcome, *one.outcome_on, {}, one.id, one.disease);
      end.says = json::enum_text(*one.outcome);
      add(std::move(end));
    }
  }
  return out;
}

Told of_follow_ups(const House& house, store::Session& s, const Caller& caller, PersonId person,
                   const std::string& reason) {
  const auto told = house.follow_ups.of_person(s, caller, person, reason);
  if (!told) return told.error();
  Moments out;
  for (const auto& [exposure, disease] : told->exposures) {
    Moment one = moment(MomentKind::kExposure, exposure.exposed_since, exposure.case_, disease);
    one.to = exposure.last_exposure;
    if (!exposure.case_number.empty()) one.number = exposure.case_number;
    if (exposure.class_) one.says = json::enum_text(*exposure.class_);
    out.push_back(std::move(one));
  }
  for (const auto& period : told->follow_ups) {
    Moment one = days(MomentKind::kFollowUp, period.first_day, period.last_day, period.id, period.disease);
    one.state = json::enum_text(period.state);
    out.push_back(std::move(one));
  }
  return out;
}

Told of_orders(const House& house, store::Session& s, const Caller& caller, PersonId person,
               const std::string& reason) {
  const auto orders = house.orders.of_person(s, caller, person, reason);
  if (!orders) return orders.error();
  Moments out;
  for (const auto& order : *orders) {
    Moment one = days(MomentKind::kOrder, order.first_day, order.last_day, order.id, order.disease);
    one.number = order.number;
    one.says = json::enum_text(order.kind);
    one.state = json::enum_text(order.state);
    out.push_back(std::move(one));
  }
  return out;
}

Told of_tests(const House& house, store::Session& s, const Caller& caller, PersonId person, const std::string& reason) {
  const auto tests = house.laboratory.of_person_within(s, caller, person, reason);
  if (!tests) return tests.error();
  Moments out;
  for (const auto& test : *tests) {
    Moment sample = moment(MomentKind::kSampled, test.sampled_at, PersonId{}, test.disease);
    sample.says = test.specimen;
    if (test.state != laboratory::OwnState::kResult) sample.state = json::enum_text(test.state);
    out.push_back(std::move(sample));
    if (!test.at || !test.method || !test.outcome) continue;
    Moment result = moment(MomentKind::kResult, *test.at, PersonId{}, test.disease);
    result.says = json::enum_text(*test.method);
    result.state = json::enum_text(*test.outcome);
    result.detail = test.lineage;
    out.push_back(std::move(result));
  }
  return out;
}

Told of_declarations(const House& house, store::Session& s, const Caller& caller, PersonId person,
                     const std::string& reason) {
  const auto declared = house.declarations.told_of(s, caller, person, reason);
  if (!declared) return declared.error();
  Moments out;
  for (const auto& declaration : *declared) {
    Moment one = moment(MomentKind::kDeclared, declaration.at, declaration.id, std::nullopt);
    one.says = declaration.form;
    one.state = json::enum_text(declaration.colour);
    out.push_back(std::move(one));
  }
  return out;
}

}  // namespace

void tell_histories(House& house) {
  for (const auto source : {of_cases, of_follow_ups, of_orders, of_tests, of_declarations})
    house.histories.add(
        [&house, source](store::Session& s, const Caller& caller, PersonId person, const std::string& reason) {
          return source(house, s, caller, person, reason);
        });
}

}  // namespace luytre::app
