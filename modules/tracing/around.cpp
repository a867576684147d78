// Cases around a person: what changes about people themselves traces them again.

#include <algorithm>

#include "modules/people/merged.h"
#include "modules/tracing/impl.h"
#include "modules/tracing/index_sql.h"
#include "modules/visits/visits.h"

namespace luytre::tracing {

void Tracing::Impl::follow_merge(store::Session& session, PersonId record) {
  std::set<PersonId> records{record};
  for (const PersonId as : ever_counted_as(session, record)) records.insert(as);
  // One at a time: none of them delays the others' writers.
  for (const cases::TracedCase& traced : traceable_around(session, records)) queue_run(session, traced, AccountId{});
  // A suspect's are those who were declared, whom no trace makes one.
  std::set<CaseId> all;
  for (const PersonId one : records)
    for (const CaseId id : select_cases_around(session, one)) all.insert(id);
  for (const CaseId id : all) {
    const auto traced = cases::Cases::traced(session, id);
    if (!traced || traced->classification == cases::Classification::kConfirmed) continue;
    if (traced->classification != cases::Classification::kDiscarded) settle_declared(session, *traced);
  }
}

void Tracing::Impl::follow_household(store::Session& session, PersonId record) {
  const auto mates = housemates(session, record);
  if (mates.empty()) return;
  std::set<PersonId> records;
  for (const PersonId mate : mates)
    for (const PersonId as : people::ever_known_as(session, mate)) records.insert(as);
  for (const PersonId as : people::ever_known_as(session, record)) records.insert(as);
  for (const cases::TracedCase& traced : traceable_around(session, records)) {
    const presence::RuleSet& rules = rules_of(traced);
    if (!rules.household.value_or(false)) continue;
    // Of a household that only a contact belongs to nobody is traced at the last level. Else a case that is traced
    // again by itself finds them soon: contacts are many, their families change all the time, and a run that is queued
    // writes all of them anew.
    const bool own = records.contains(traced.person);
    if (!own && (rules.depth == 1 || traced_by_itself(traced, clock.now()))) continue;
    const auto runs = select_runs(session, traced.id);
    const bool waits =
        std::any_of(runs.begin(), runs.end(), [](const RunRow& r) { return r.state == RunState::kQueued; });
    if (!waits) queue_run(session, traced, AccountId{});  // one that waits finds this, too
  }
}

std::vector<cases::TracedCase> Tracing::Impl::traceable_around(store::Session& session,
                                                               const std::set<PersonId>& records) const {
  std::vector<cases::TracedCase> out;
  std::set<CaseId> all;
  for (const PersonId one : records) {
    for (const CaseId id : select_cases_around(session, one)) all.insert(id);
  }
  const Instant gone = clock.now() - visits::kKept;
  for (const CaseId id : all) {
    auto traced = cases::Cases::traced(session, id);
    if (!traced || traced->classification != cases::Classification::kConfirmed || *traced->window_from <= gone)
      continue;
    if (!cases.rule_sets().find(*traced->rule_set)) continue;  // as in again.cpp, which says so in the log
    out.push_back(std::move(*traced));
  }
  return out;
}

}  // namespace luytre::tracing
