// Runs: what a confirmed case, or an officer's wish, sets going; and what an undone case takes back.

#include <algorithm>
#include <chrono>
#include <unordered_map>

#include "modules/tracing/case_trace.h"
#include "modules/tracing/counted.h"
#include "modules/tracing/impl.h"
#include "modules/tracing/index_sql.h"
#include "modules/tracing/presence_follower.h"
#include "modules/tracing/trace.h"
#include "modules/tracing/watched.h"

namespace luytre::tracing {
namespace {

constexpr std::size_t kEvidenceKept = 20;  // the strongest of each contact are copied into the case

std::int64_t& found_at(RunRow& row, int level) {
  switch (level) {
    case 1:
      return row.found1;
    case 2:
      return row.found2;
    case 3:
      return row.found3;
    default:
      return row.found4;
  }
}

// Whether it searched the levels that the rule set asks for.
bool searched_all(const RunRow& row) {
  return row.stopped != presence::Stopped::kCount && row.stopped != presence::Stopped::kTime;
}

Run view(const RunRow& r) {
  Run out{r.id,
          r.at,
          r.state,
          r.rule_set,
          r.engine,
          r.why_sql,
          r.elapsed_microseconds,
          r.links_found,
          {r.found1, r.found2, r.found3, r.found4},
          r.stopped};
  while (!out.found.empty() && out.found.back() == 0) out.found.pop_back();
  return out;
}

}  // namespace

Tied timed_trace(const Parts& parts, RunRow& row, const presence::Question& question, const TiesOf& ties,
                 const ByIndex& by_index, const BySql& by_sql) {
  const auto began = std::chrono::steady_clock::now();
  const presence::TraceLimits limits = parts.ceiling.from_now();
  std::optional<Tied> tied;
  row.why_sql = WhySql::kOff;
  if (parts.presence) {
    const Asking index = [&](const presence::Question& asked, const presence::TraceLimits& within) {
      return by_index(*parts.presence, asked, within);
    };
    auto answer = trace_tied(question, limits, index, ties);
    if (auto* found = std::get_if<Tied>(&answer)) {
      tied = std::move(*found);
      row.why_sql.reset();
    } else {
      row.why_sql = std::get<WhySql>(answer);
    }
  }
  row.engine = tied ? kIndexEngine : kEngine;
  if (!tied) {
    const Asking sql = [&](const presence::Question& asked, const presence::TraceLimits& within) {
      return by_sql(asked, within);
    };
    tied = std::get<Tied>(trace_tied(question, limits, sql, ties));  // SQL always answers
  }
  row.elapsed_microseconds =
      std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - began).count();
  row.links_found = tied->traced.answer.links_found;
  row.stopped = stopped_by(tied->traced.stopped);
  for (const presence::Contact& contact : tied->traced.answer.contacts) ++found_at(row, contact.level);
  return std::move(*tied);
}

std::optional<CaseId> Tracing::Impl::case_of(store::Session& session, const store::Event& event) const {
  if (of_person_merge(event) || of_household(event) || of_declared(event)) return std::nullopt;
  if (event.type != "trace.requested") return CaseId{event.subject};
  const auto queued = select_run(session, RunId{event.subject});
  if (!queued || queued->state != RunState::kQueued) return std::nullopt;  // an event may come twice
  return queued->case_id;
}

void Tracing::Impl::follow(store::Session& session, const store::Event& event) {
  if (of_person_merge(event)) return follow_merge(session, PersonId{event.subject});
  if (of_household(event)) return follow_household(session, PersonId{event.subject});
  if (of_declared(event)) return follow_declared(session, DeclaredId{event.subject});
  const auto id = case_of(session, event);
  const auto traced = id ? cases::Cases::traced(session, *id) : std::nullopt;
  if (!traced) return;
  if (traced->classification != cases::Classification::kConfirmed) {
    withdraw(session, *traced);
    if (traced->classification != cases::Classification::kDiscarded) settle_declared(session, *traced);
    return unwatch(session, traced->id);
  }
  RunRow row;
  if (event.type == "trace.requested") {
    row = select_run(session, RunId{event.subject}).value();
  } else {
    if (traced->version > event.version) return;  // a newer event of this case follows
    row.id = db.ids().make<RunId>();
    row.case_id = *id;
    row.at = clock.now();
    insert_run(session, row);
  }
  run(session, *traced, row);
}

RunRow Tracing::Impl::queue_run(store::Session& session, const cases::TracedCase& traced, AccountId by) {
  RunRow row;
  row.id = db.ids().make<RunId>();
  row.case_id = traced.id;
  row.at = clock.now();
  row.requested_by = by;
  row.rule_set = *traced.rule_set;
  insert_run(session, row);
  session.publish({"trace.requested", row.id.value, row.at, 1, traced.unit.value});
  return row;
}

const presence::RuleSet& Tracing::Impl::rules_of(const cases::TracedCase& traced) const {
  const auto* rules = cases.rule_sets().find(*traced.rule_set);
  if (!rules) throw std::runtime_error("rule set of a confirmed case is not in data/rulesets: " + *traced.rule_set);
  return *rules;
}

bool Tracing::Impl::in_force(const cases::TracedCase& traced, Instant at) const {
  return decisions.in_force(command::Switch::kTracing, traced.unit, at, traced.disease).has_value();
}

presence::Question Tracing::Impl::question(store::Session& session, const cases::TracedCase& traced,
                                           const presence::RuleSet& rules, Instant at) const {
  presence::Question question = question_about(session, traced, at);
  question.rules = rules.trace_rules();
  question.rules.most_evidence = kEvidenceKept;
  question.rules.by_air = by_air(cases, traced.disease);
  return question;
}

void Tracing::Impl::run(store::Session& session, const cases::TracedCase& traced, RunRow& row) {
  row.at = clock.now();
  row.rule_set = *traced.rule_set;
  if (in_force(traced, row.at)) {
    const Ahead* const known = traced_ahead(session, traced, ahead_of_events);
    settle(session, traced, known ? take_ahead(session, traced, row, *known) : find(session, traced, row));
    row.state = RunState::kDone;
  } else {
    settle_declared(session, traced);
    row.state = RunState::kNotInForce;
  }
  update_run(session, row);
  watch(session, traced, row);
  session.publish({"trace.done", row.id.value, row.at, 2, traced.unit.value});
}

Tracing::Impl::Merged Tracing::Impl::find(store::Session& session, const cases::TracedCase& traced, RunRow& row) {
  const presence::RuleSet& rules = rules_of(traced);
  const presence::Question question_now = as_counted(session, question(session, traced, rules, row.at));
  const auto by_index = [&](PresenceFollower& index, const presence::Question& asked,
                            const presence::TraceLimits& limits) { return index.trace(session, asked, limits); };
  const auto by_sql = [&](const presence::Question& asked, const presence::TraceLimits& limits) {
    return trace_within(session, asked, place_settings(places), limits);
  };
  const auto ties = [&](std::span<const presence::Source> sources, int level, const presence::TraceLimits& limits) {
    return ties_of(session, *this, rules, traced.disease, sources, level, limits);
  };
  return found(session, traced, row, timed_trace(*this, row, question_now, ties, by_index, by_sql));
}

Tracing::Impl::Merged Tracing::Impl::found(store::Session& session, const cases::TracedCase& traced, const RunRow& row,
                                           const Tied& tied) {
  Merged out = merge(session, traced, tied);
  if (!searched_all(row)) out.lost.clear();  // who was not looked for is not lost
  return out;
}

void Tracing::Impl::settle(store::Session& session, const cases::TracedCase& traced, Merged merged) {
  keep_outlived(session, traced, merged);
  write(session, merged);
  withdraw_open(session, merged.lost);
  withdraw_open(session, merged.twice);
  correct_strangers(session, traced);
  open_tasks(session, rules_of(traced), merged);
}

// What nobody has decided on yet; what an officer decided stays.
void Tracing::Impl::withdraw_open(store::Session& session, const std::vector<CandidateRow>& rows) {
  for (CandidateRow candidate : rows) {
    if (candidate.status != CandidateStatus::kOpen) continue;
    withdraw(session, candidate);
    for (const TaskKind kind : {TaskKind::kAssess, TaskKind::kCall, TaskKind::kDoor}) {
      if (const auto task = select_task_of(session, candidate.id, kind))
        end_task(session, *task, TaskState::kWithdrawn, std::nullopt);
    }
  }
}

// For the communes of the address and of the places of exposure, at the levels that the rule set acts on. Who lives
// with the case is asked whatever it acts on, where it counts homes: of a shared place alone the file may make a list
// to ask about (cholera), of a shared table it says that they are the first to ask.
void Tracing::Impl::open_tasks(store::Session& session, const presence::RuleSet& rules, const Merged& merged) {
  std::unordered_map<CandidateId, std::set<UnitId>> exposed_in;
  std::set<CandidateId> at_home;
  for (const EvidenceRow& e : merged.evidence) {
    if (e.kind == EvidenceKind::kHousehold && e.with_level == 0) at_home.insert(e.candidate);
    if (e.place.value == 0) continue;
    if (const auto spot = places.spot(e.place)) exposed_in[e.candidate].insert(commune_of(spot->unit));
  }
  std::vector<const CandidateRow*> found;
  for (const CandidateRow& candidate : merged.fresh) found.push_back(&candidate);
  for (const CandidateRow& candidate : merged.refreshed) found.push_back(&candidate);
  // Strongest first, so that tasks with the same deadline are listed by risk.
  std::stable_sort(found.begin(), found.end(),
                   [](const CandidateRow* a, const CandidateRow* b) { return a->risk > b->risk; });
  for (const CandidateRow* candidate : found) {
    const bool acts = std::find(rules.acts_on_levels.begin(), rules.acts_on_levels.end(), candidate->level) !=
                      rules.acts_on_levels.end();
    if ((acts || at_home.contains(candidate->id)) && candidate->status == CandidateStatus::kOpen)
      open_task(session, *candidate, TaskKind::kAssess, kAssessWithin, exposed_in[candidate->id]);
  }
}

void Tracing::Impl::withdraw(store::Session& session, CandidateRow& candidate) {
  candidate.status = CandidateStatus::kWithdrawn;
  const std::int64_t version = candidate.version++;
  update_candidate(session, candidate, version);
}

void Tracing::Impl::withdraw(store::Session& session, const cases::TracedCase& traced) {
  const Instant now = clock.now();
  const auto declared = declared_candidates(session, traced);
  for (CandidateRow& candidate : select_candidates(session, traced.id)) {
    if (candidate.status != CandidateStatus::kWithdrawn && !declared.contains(candidate.id))
      withdraw(session, candidate);
  }
  for (const TaskRow& task : select_tasks_of_case(session, traced.id)) {
    if (task.kind != TaskKind::kAssess || !declared.contains(task.candidate))
      end_task(session, task, TaskState::kWithdrawn, std::nullopt);
  }
  for (ReleaseRow& release : select_releases_of_case(session, traced.id)) {
    if (release.state != ReleaseState::kAwaiting) continue;
    release.state = ReleaseState::kWithdrawn;
    const std::int64_t version = release.version++;
    update_release(session, release, version);
    session.publish({"release.withdrawn", release.id.value, now, release.version, release.unit.value});
  }
  for (RunRow& run : select_runs(session, traced.id)) {
    if (run.state == RunState::kWithdrawn) continue;
    run.state = RunState::kWithdrawn;
    update_run(session, run);
  }
  correct(session, traced);
}

Task<Result<Run>> Tracing::request(const Caller& caller, CaseId id) {
  return impl_->db.transact([impl = impl_.get(), caller, id](store::Session& s) -> Result<Run> {
    const auto traced = cases::Cases::traced(s, id);
    if (!traced) return kNotFound;
    const auto allowed = impl->access.require(
        s, caller, kReadContacts,
        {traced->person, traced->unit, identity::note(identity::LogNote::kCaseFile, traced->number)});
    if (!allowed) return allowed.error();
    if (traced->classification != cases::Classification::kConfirmed) return kCaseNotConfirmed;
    return view(impl->queue_run(s, *traced, caller.account));
  });
}

Result<RunId> Tracing::queue(store::Session& session, const cases::TracedCase& traced, AccountId by) const {
  if (traced.classification != cases::Classification::kConfirmed) return kCaseNotConfirmed;
  return impl_->queue_run(session, traced, by).id;
}

std::optional<Run> Tracing::find_run(store::Session& session, RunId id) {
  const auto row = select_run(session, id);
  return row ? std::optional(view(*row)) : std::nullopt;
}

Task<Result<http::Page<Run>>> Tracing::runs(const Caller& caller, CaseId id) {
  return impl_->db.transact([impl = impl_.get(), caller, id](store::Session& s) -> Result<http::Page<Run>> {
    const auto traced = cases::Cases::traced(s, id);
    if (!traced) return kNotFound;
    const auto allowed = impl->access.require(
        s, caller, kReadContacts,
        {traced->person, traced->unit, identity::note(identity::LogNote::kCaseFile, traced->number)});
    if (!allowed) return allowed.error();
    http::Page<Run> page;
    for (const RunRow& row : select_runs(s, id)) page.items.push_back(view(row));
    return page;
  });
}

bool Tracing::knows(store::Session& session, PersonId record) {
  return select_known(session, record);
}

cases::Counts Tracing::counts(store::Session& session, CaseId id) {
  cases::Counts out;
  for (const CandidateRow& row : select_candidates(session, id)) {
    if (row.status == CandidateStatus::kWithdrawn) continue;
    if (row.level == 1) ++out.level1;
    if (row.level == 2) ++out.level2;
    if (row.status == CandidateStatus::kAssigned) ++out.assigned;
    if (row.status == CandidateStatus::kOpen) ++out.open;
  }
  return out;
}

}  // namespace luytre::tracing
