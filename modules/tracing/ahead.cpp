// Tracing before the transaction that writes what was found: a trace may take seconds, by SQL, or wait for the index to
// have read the feed, and meanwhile nobody could write (SQLite), or whoever writes conflicts with what it reads
// (PostgreSQL).
//
// What it answers is true of the instant at which it was asked, as the run says. Whatever was committed before the
// event is in it; what comes later would come too late in the transaction, too, if only by a moment, and is found by
// the next run. Not so what the case itself is: the transaction asks anew, and when that is another question, or
// another run has written since, whose later answer would be taken back, it traces itself. So it does when there was no
// time.

#include <algorithm>
#include <chrono>

#include "modules/tracing/counted.h"
#include "modules/tracing/impl.h"
#include "modules/tracing/presence_follower.h"
#include "modules/tracing/trace.h"
#include "platform/base/log.h"
#include "platform/store/tail.h"

namespace luytre::tracing {
namespace {

std::vector<std::pair<RunId, RunState>> written_runs(store::Session& session, CaseId id) {
  std::vector<std::pair<RunId, RunState>> written;
  for (const RunRow& row : select_runs(session, id)) {
    if (row.state != RunState::kQueued) written.emplace_back(row.id, row.state);
  }
  return written;
}

}  // namespace

void Tracing::Impl::trace_ahead(Aheads& into, std::chrono::seconds longest, std::size_t cases,
                                const NthCase& nth) const {
  into.clear();
  const auto began = std::chrono::steady_clock::now();
  for (std::size_t n = 0; n < cases; ++n) {
    if (std::chrono::steady_clock::now() - began > longest) return;
    try {
      Ahead known;
      const auto look = [&](store::Session& session) { return ask_ahead(session, nth(session, n), known); };
      const auto id = db.read_now(look);
      if (!id || into.contains(*id)) continue;
      answer_ahead(known);
      into.emplace(*id, std::move(known));
    } catch (const std::exception& reason) {
      log::warn("a case is traced in the transaction that writes what is found", {{"why", reason.what()}});
    }
  }
}

// The case, if it is to be traced as things are.
std::optional<CaseId> Tracing::Impl::ask_ahead(store::Session& session, std::optional<CaseId> id, Ahead& known) const {
  known = {};
  known.run.at = clock.now();
  const auto traced = id ? cases::Cases::traced(session, *id) : std::nullopt;
  if (!traced || traced->classification != cases::Classification::kConfirmed) return std::nullopt;
  const auto* const rules = cases.rule_sets().find(*traced->rule_set);
  if (!rules || !in_force(*traced, known.run.at)) return std::nullopt;
  known.asked = as_counted(session, question(session, *traced, *rules, known.run.at));
  known.disease = traced->disease;
  known.declared = declared_ties(session, *id, declared_source(session, *traced));
  known.named = named_ties(session, *id);
  known.run.rule_set = rules->id;
  known.written = written_runs(session, *id);
  known.horizon = store::horizon(session);
  return id;
}

void Tracing::Impl::answer_ahead(Ahead& known) const {
  const auto by_index = [&](PresenceFollower& index, const presence::Question& asked,
                            const presence::TraceLimits& limits) { return index.trace(known.horizon, asked, limits); };
  const auto by_sql = [&](const presence::Question& asked, const presence::TraceLimits& limits) {
    return db.read_now(
        [&](store::Session& session) { return trace_within(session, asked, place_settings(places), limits); });
  };
  const presence::RuleSet& rules = *cases.rule_sets().find(known.run.rule_set);
  const auto ties = [&](std::span<const presence::Source> sources, int level, const presence::TraceLimits& limits) {
    return db.read_now(
        [&](store::Session& session) { return ties_of(session, *this, rules, known.disease, sources, level, limits); });
  };
  known.tied = timed_trace(*this, known.run, known.asked, ties, by_index, by_sql);
}

const Tracing::Impl::Ahead* Tracing::Impl::traced_ahead(store::Session& session, const cases::TracedCase& traced,
                                                        const Aheads& all) const {
  const auto found = all.find(traced.id);
  if (found == all.end()) return nullptr;
  const Ahead& known = found->second;
  const auto asked = as_counted(session, question(session, traced, rules_of(traced), known.run.at));
  const auto declared_then = declared_ties(session, traced.id, declared_source(session, traced));
  const bool same = asked == known.asked && known.run.rule_set == *traced.rule_set &&
                    written_runs(session, traced.id) == known.written && declared_then == known.declared &&
                    named_ties(session, traced.id) == known.named;
  return same ? &known : nullptr;
}

Tracing::Impl::Merged Tracing::Impl::take_ahead(store::Session& session, const cases::TracedCase& traced, RunRow& row,
                                                const Ahead& known) {
  RunRow run = known.run;
  run.id = row.id;
  run.case_id = row.case_id;
  run.requested_by = row.requested_by;
  run.rule_set = row.rule_set;
  row = std::move(run);
  return found(session, traced, row, known.tied);
}

}  // namespace luytre::tracing
