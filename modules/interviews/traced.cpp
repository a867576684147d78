// Milestones among the visits: which of them tracing knows.

#include <set>

#include "modules/interviews/impl.h"
#include "modules/tracing/soon.h"
#include "modules/visits/told.h"
#include "modules/visits/visits.h"

namespace luytre::interviews {

std::optional<Untraced> Interviews::Impl::untraced(const cases::TracedCase& traced,
                                                   const storage::MilestoneRow& row) const {
  if (row.struck_at) return Untraced::kStruck;
  if (!row.place) return Untraced::kInWords;
  if (traced.classification != cases::Classification::kConfirmed || !traced.window_from) return Untraced::kNotConfirmed;
  const Instant at = now();
  if (row.ended <= *traced.window_from || row.started >= traced.window_to.value_or(at)) return Untraced::kOutsideWindow;
  if (row.ended > row.started + kMostTraced) return Untraced::kTooVague;
  if (row.ended < at - visits::kKept) return Untraced::kTooOld;
  if (!decisions.in_force(command::Switch::kTracing, traced.unit, at, traced.disease)) return Untraced::kNotInForce;
  return std::nullopt;
}

bool Interviews::Impl::take_back(store::Session& session, MilestoneId id) const {
  const auto all = storage::visits(session, id);
  for (const auto& one : all) {
    visits::untell(session, one.visit, now());
    storage::remove(session, id, one.person);
  }
  return !all.empty();
}

bool Interviews::Impl::settle(store::Session& session, const cases::TracedCase& traced,
                              const storage::MilestoneRow& row) const {
  if (untraced(traced, row)) return take_back(session, row.id);
  std::set<PersonId> wanted{traced.person};
  const Told told = told_of(row.id, row.told);
  for (const Companion& one : told.companions)
    if (one.person) wanted.insert(*one.person);
  bool changed = false;
  for (const auto& one : storage::visits(session, row.id)) {
    if (wanted.erase(one.person) > 0) continue;  // it stands already
    visits::untell(session, one.visit, now());
    storage::remove(session, row.id, one.person);
    changed = true;
  }
  for (const PersonId person : wanted) {
    const auto visit = visits::tell(session, db, places, {person, *row.place, row.started, row.ended});
    if (!visit) continue;
    storage::insert(session, row.id, storage::VisitRow{person, *visit});
    changed = true;
  }
  return changed;
}

void Interviews::Impl::settle(store::Session& session, CaseId id) const {
  const auto traced = cases::Cases::traced(session, id);
  if (!traced) return;
  bool changed = false;
  for (const auto& row : storage::of_case(session, id)) changed = settle(session, *traced, row) || changed;
  if (changed) tracing::trace_soon(session, id, now());
}

store::Recurring Interviews::retention() const {
  return {"interviews.retention", std::chrono::hours(1),
          [impl = impl_.get()](store::Session& s) { storage::forget_visits(s, impl->now() - visits::kKept); }};
}

store::Following Interviews::follow() {
  return {
      "interviews.cases",
      {"case.confirmed", "case.changed", "case.unconfirmed", "case.discarded"},
      [impl = impl_.get()](store::Session& s, const store::Event& event) { impl->settle(s, CaseId{event.subject}); },
      {}};
}

}  // namespace luytre::interviews
