// Milestones among the visits: which of them tracing knows.

#include <algorithm>
#include <set>

#include "modules/interviews/impl.h"
#include "modules/tracing/declared.h"
#include "modules/tracing/soon.h"
#include "modules/visits/told.h"
#include "modules/visits/visits.h"

namespace luytre::interviews {
namespace {

constexpr std::size_t kListedAtOnce = 200;

}  // namespace

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

// How long a visit is at least that tracing is sure to look at.
std::chrono::seconds Interviews::Impl::least_shared(const cases::TracedCase& traced) const {
  const presence::RuleSet* rules = traced.rule_set ? rule_sets.find(*traced.rule_set) : nullptr;
  return std::max<std::chrono::seconds>(kLeastShared,
                                        std::chrono::seconds(rules ? rules->min_overlap_seconds : std::int64_t{0}));
}

// Long enough within the window, and not at a home, where a visit among visits says less than that they live or met
// there.
bool Interviews::Impl::visits_suffice(const cases::TracedCase& traced, const storage::MilestoneRow& row) const {
  if (untraced(traced, row)) return false;
  const auto spot = places.spot(*row.place);
  if (spot && spot->kind && spot->kind->home) return false;
  const Instant from = std::max(row.started, *traced.window_from);
  return std::min(row.ended, traced.window_to.value_or(now())) - from >= least_shared(traced);
}

void Interviews::Impl::declare(store::Session& session, const cases::TracedCase& traced,
                               const storage::MilestoneRow& row, const Told& told, bool by_visit) const {
  tracing::OfMilestone what;
  what.milestone = row.id.value;
  what.when = {row.started, row.ended};
  what.whole_day = told.precision == Precision::kDay;
  if (told.where) what.where = std::string(*told.where);
  if (!what.where && row.place) {
    if (const auto spot = places.spot(*row.place)) what.where = spot->place_name;
  }
  what.by_name = row.by_name;
  std::set<PersonId> named;
  const bool stands = !row.struck_at && traced.classification != cases::Classification::kDiscarded;
  for (const Companion& one : told.companions) {
    if (!stands || by_visit || !one.person || !named.insert(*one.person).second) continue;
    what.people.push_back({*one.person, one.note ? std::optional<std::string>(*one.note) : std::nullopt});
  }
  tracing::declare(session, db, vault, traced, what);
}

bool Interviews::Impl::settle(store::Session& session, const cases::TracedCase& traced,
                              const storage::MilestoneRow& row) const {
  const Told told = told_of(row.id, row.told);
  // Where some stand as declared all stay so: a contact who goes and comes again would lose who works on them.
  const bool by_visit = visits_suffice(traced, row) && !tracing::declared_stands(session, row.id.value);
  list_companions(session, traced, row, told);
  declare(session, traced, row, told, by_visit);
  if (untraced(traced, row)) return take_back(session, row.id);
  std::set<PersonId> wanted{traced.person};
  for (const Companion& one : told.companions)
    if (one.person && by_visit) wanted.insert(*one.person);
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
  return {"interviews.retention", std::chrono::hours(1), [impl = impl_.get()](store::Session& s) {
            storage::forget_visits(s, impl->now() - visits::kKept);
            for (const MilestoneId id : storage::unlisted(s, kListedAtOnce)) {
              const auto row = storage::find(s, id);
              const auto traced = row ? cases::Cases::traced(s, row->case_id) : std::nullopt;
              if (traced) impl->list_companions(s, *traced, *row, impl->told_of(id, row->told));
              storage::mark_listed(s, id);
            }
          }};
}

store::Following Interviews::follow() {
  return {
      "interviews.cases",
      {"case.confirmed", "case.changed", "case.unconfirmed", "case.discarded"},
      [impl = impl_.get()](store::Session& s, const store::Event& event) { impl->settle(s, CaseId{event.subject}); },
      {}};
}

}  // namespace luytre::interviews
