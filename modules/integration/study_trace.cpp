#include "modules/integration/study_trace.h"

#include <map>
#include <set>

#include "modules/integration/imports.h"

namespace luytre::integration {

namespace {

tracing::Names names_in_files(store::Session& session, const presence::Question& question,
                              const presence::Answer& answer) {
  std::set<PersonId> persons;
  std::set<PlaceId> places;
  for (const presence::Source& source : question.cases) persons.insert(source.person);
  for (const presence::Contact& contact : answer.contacts) {
    persons.insert(contact.person);
    for (const presence::Evidence& e : contact.evidence) {
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

}  // namespace

Result<tracing::TraceReport> trace_study(store::Database& db, const StudyTraceOptions& options,
                                         const presence::RuleSets& rule_sets, const tracing::PlaceSettings& settings) {
  if (!is_study(db)) return kNotAStudy;
  const auto rules = tracing::rules_of(options.overrides, rule_sets);
  if (!rules) return rules.error();
  if (options.to <= options.from) return kWindowEmpty;
  return db.read_now([&](store::Session& session) -> Result<tracing::TraceReport> {
    const auto began = std::chrono::steady_clock::now();
    const auto person = people::People::imported(session, kSource, std::span(&options.person, 1)).front();
    if (!person) return Error(kStudyPersonUnknown, {{"person", options.person}});
    presence::Question question;
    question.cases = {{*person, {options.from, options.to}}};
    question.rules = *rules;
    question.horizon = options.overrides.until.value_or(options.to);
    const presence::Answer answer = tracing::trace(session, question, settings);
    tracing::TraceReport report = tracing::make_report(question, answer, names_in_files(session, question, answer));
    report.rule_set = options.overrides.rule_set;
    report.elapsed = std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - began);
    return report;
  });
}

}  // namespace luytre::integration
