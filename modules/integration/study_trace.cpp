#include "modules/integration/study_trace.h"

#include <map>
#include <set>

#include "engines/presence/index/index.h"
#include "engines/presence/index/queries.h"
#include "engines/presence/index/trace.h"
#include "modules/integration/imports.h"

namespace luytre::integration {

namespace {

using Steady = std::chrono::steady_clock;

// `found`: Contacts or Origins.
template <class Found>
tracing::Names names_in_files(store::Session& session, const presence::Question& question,
                              const std::vector<Found>& found) {
  std::set<PersonId> persons;
  std::set<PlaceId> places;
  for (const presence::Source& source : question.cases) persons.insert(source.person);
  for (const Found& one : found) {
    persons.insert(one.person);
    for (const presence::Evidence& e : one.evidence) {
      if (e.place) places.insert(*e.place);
    }
  }
  const std::vector<PersonId> person_list(persons.begin(), persons.end());
  const std::vector<PlaceId> place_list(places.begin(), places.end());
  auto person_names = people::People::external_ids(session, person_list);
  auto place_names = places::Places::external_ids(session, place_list);
  return {[names = std::move(person_names)](PersonId person) { return names.at(person); },
          [names = std::move(place_names)](PlaceId place) { return names.at(place); }};
}

Result<presence::Question> question_of(store::Session& session, const StudyTraceOptions& options,
                                       const presence::TraceRules& rules, Instant horizon) {
  presence::Question question;
  const auto found = people::People::imported(session, kSource, options.persons);
  for (std::size_t i = 0; i < found.size(); ++i) {
    if (!found[i]) return Error(kStudyPersonUnknown, {{"person", options.persons[i]}});
    question.cases.push_back({*found[i], {options.from, options.to}});
  }
  question.rules = rules;
  question.horizon = horizon;
  return question;
}

// What both directions check first.
Result<presence::TraceRules> checked(store::Database& db, const StudyTraceOptions& options,
                                     const presence::RuleSets& rule_sets) {
  if (!is_study(db)) return kNotAStudy;
  auto rules = tracing::rules_of(options.overrides, rule_sets);
  if (rules && options.to <= options.from) return kWindowEmpty;
  return rules;
}

void finish(tracing::TraceReport& report, const StudyTraceOptions& options, Steady::time_point began) {
  report.rule_set = options.overrides.rule_set;
  report.elapsed = std::chrono::duration_cast<std::chrono::milliseconds>(Steady::now() - began);
}

}  // namespace

Result<tracing::TraceReport> trace_study(store::Database& db, const StudyTraceOptions& options,
                                         const presence::RuleSets& rule_sets, const tracing::PlaceSettings& settings,
                                         const presence::PresenceIndex* index) {
  const auto rules = checked(db, options, rule_sets);
  if (!rules) return rules.error();
  return db.read_now([&](store::Session& session) -> Result<tracing::TraceReport> {
    const auto began = Steady::now();
    const auto question = question_of(session, options, *rules, options.overrides.until.value_or(options.to));
    if (!question) return question.error();
    const presence::TraceLimits limits = options.overrides.ceiling.from_now();
    const presence::Traced traced = index ? presence::trace(index->view(), *question, limits)
                                          : tracing::trace_within(session, *question, settings, limits);
    tracing::TraceReport report =
        tracing::make_report(*question, traced, names_in_files(session, *question, traced.answer.contacts));
    if (index) report.engine = tracing::kIndexEngine;
    finish(report, options, began);
    return report;
  });
}

Result<tracing::TraceReport> trace_study_back(store::Database& db, const StudyTraceOptions& options,
                                              std::optional<Instant> earliest, const presence::RuleSets& rule_sets,
                                              const tracing::PlaceSettings& settings,
                                              const presence::PresenceIndex* index) {
  const auto rules = checked(db, options, rule_sets);
  if (!rules) return rules.error();
  return db.read_now([&](store::Session& session) -> Result<tracing::TraceReport> {
    const auto began = Steady::now();
    const auto question = question_of(session, options, *rules, earliest.value_or(options.from));
    if (!question) return question.error();
    const presence::TraceLimits limits = options.overrides.ceiling.from_now();
    const presence::Origins found = index ? presence::trace_back(index->view(), *question, limits)
                                          : tracing::trace_back(session, *question, settings, limits);
    tracing::TraceReport report =
        tracing::make_report(*question, found, names_in_files(session, *question, found.origins));
    if (index) report.engine = tracing::kIndexEngine;
    finish(report, options, began);
    return report;
  });
}

Result<tracing::PresentReport> present_in_study(store::Database& db, const places::Places& places,
                                                const std::string& place, Interval when,
                                                const presence::PresenceIndex* index) {
  if (!is_study(db)) return kNotAStudy;
  if (when.empty()) return kWindowEmpty;
  return db.read_now([&](store::Session& session) -> Result<tracing::PresentReport> {
    const auto id = places::Places::imported(session, kSource, std::span(&place, 1)).front();
    if (!id) return Error(places::kPlaceUnknown);
    const auto visits =
        index ? presence::present_at(index->view(), *id, when) : tracing::present_at(session, *id, when);
    std::set<PersonId> persons;
    for (const presence::Visit& v : visits) persons.insert(v.person);
    const std::vector<PersonId> person_list(persons.begin(), persons.end());
    const auto names = people::People::external_ids(session, person_list);
    std::vector<tracing::ReportPresent> present;
    for (const presence::Visit& v : visits) {
      const places::SpotPtr spot = v.zone ? places.spot(*id, v.zone) : nullptr;
      present.push_back({names.at(v.person), spot ? spot->zone_name : std::nullopt, v.when, v.estimated});
    }
    return tracing::make_report(place, when, std::move(present));
  });
}

}  // namespace luytre::integration
