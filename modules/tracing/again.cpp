// Tracing again by itself. A confirmed case is watched while a new trace can find more: people stay with a case that
// nobody has isolated yet, and visits made offline arrive late. Whether there is anything new is not asked beforehand:
// that question reads what the trace reads. The load is bounded: a case every few minutes, less often if its trace
// takes long; the longest due first, so many a run, most of them before its transaction, and none begun after a moment
// within it; what is left over is due in the next one.

#include <algorithm>
#include <chrono>
#include <tuple>
#include <unordered_map>

#include "modules/tracing/impl.h"
#include "modules/tracing/watched.h"
#include "modules/visits/visits.h"
#include "platform/base/log.h"

namespace luytre::tracing {
namespace {

constexpr std::size_t kMostOfARun = 50;
constexpr std::chrono::seconds kLongestAhead{2};  // before the transaction
constexpr std::chrono::milliseconds kLongestRun{250};
constexpr std::chrono::minutes kWorthWriting{15};  // of an overlap that is still going on
constexpr int kRest = 20;  // so many times as long as a trace took nothing is traced for its case

bool worth_tracing(const cases::TracedCase& traced, Instant now) {
  if (traced.classification != cases::Classification::kConfirmed) return false;
  // From then on visits of the window are deleted by age. A trace would find fewer people, which says nothing of them.
  return *traced.window_from > now - visits::kKept;
}

// Absent: no more, unless asked to (soon.h).
std::optional<std::chrono::seconds> next_in(const cases::TracedCase& traced, Instant now) {
  if (!worth_tracing(traced, now)) return std::nullopt;
  if (!traced.window_to || *traced.window_to > now) return kAgainOpen;
  if (*traced.window_to > now - visits::kLatest) return kAgainLate;
  return std::nullopt;
}

// An overlap that is still going on is longer at every look: that alone would be a new version of the candidate, and a
// line in the list of runs, every few minutes for as long as two people share a ward.
bool as_before(const EvidenceRow& stored, const EvidenceRow& found, Instant now) {
  const auto fixed = [](const EvidenceRow& e) {
    return std::tie(e.kind, e.with_person, e.with_level, e.place, e.zone, e.started, e.estimated, e.attenuation, e.seat,
                    e.seat_of_other, e.declared);
  };
  if (fixed(stored) != fixed(found)) return false;
  if (stored.ended == found.ended) return true;
  if (found.ended != now || found.ended < stored.ended) return false;
  // Days are what counts of a home that goes on to be shared.
  return found.kind == EvidenceKind::kHousehold ? local_date(found.ended) == local_date(stored.ended)
                                                : found.ended < stored.ended + kWorthWriting;
}

}  // namespace

bool traced_by_itself(const cases::TracedCase& traced, Instant now) {
  return next_in(traced, now).has_value();
}

void Tracing::Impl::watch(store::Session& session, const cases::TracedCase& traced, const RunRow& row) {
  const auto wait = next_in(traced, row.at);
  if (!wait) return unwatch(session, traced.id);
  const std::chrono::microseconds took(row.elapsed_microseconds);
  watch_until(session, traced.id,
              row.at + std::max(*wait, std::chrono::duration_cast<std::chrono::seconds>(kRest * took)));
}

void Tracing::Impl::trace_due_ahead() {
  const auto due = db.read_now([&](store::Session& session) { return select_due(session, clock.now(), kMostOfARun); });
  trace_ahead(ahead_of_due, kLongestAhead, due.size(),
              [&](store::Session&, std::size_t n) { return std::optional(due[n]); });
}

void Tracing::Impl::trace_due(store::Session& session) {
  const auto began = std::chrono::steady_clock::now();
  for (const CaseId id : select_due(session, clock.now(), kMostOfARun)) {
    trace_again(session, id);
    if (std::chrono::steady_clock::now() - began > kLongestRun) return;
  }
}

void Tracing::Impl::trace_again(store::Session& session, CaseId id) {
  const auto traced = cases::Cases::traced(session, id);
  RunRow row;
  row.at = clock.now();
  if (!traced || !worth_tracing(*traced, row.at)) return unwatch(session, id);
  if (!cases.rule_sets().find(*traced->rule_set)) {  // a fault here would stop all other cases, too
    log::error("a case is not traced again: its rule set is not in data/rulesets", {{"ruleSet", *traced->rule_set}});
    return watch(session, *traced, row);
  }
  if (!in_force(*traced, row.at)) return watch(session, *traced, row);
  const Ahead* const known = traced_ahead(session, *traced, ahead_of_due);
  Merged merged = known ? take_ahead(session, *traced, row, *known) : find(session, *traced, row);
  watch(session, *traced, row);
  keep_changed(session, merged, row.at);
  if (merged.fresh.empty() && merged.refreshed.empty() && merged.lost.empty() && merged.twice.empty()) return;
  row.id = db.ids().make<RunId>();
  row.case_id = id;
  row.rule_set = *traced->rule_set;
  row.state = RunState::kDone;
  insert_run(session, row);
  settle(session, *traced, std::move(merged));
  session.publish({"trace.done", row.id.value, row.at, 2, traced->unit.value});
}

// Leaves of what a trace at that instant found only what officers would see change.
void Tracing::Impl::keep_changed(store::Session& session, Merged& merged, Instant at) const {
  std::erase_if(merged.lost, [](const CandidateRow& row) { return row.status != CandidateStatus::kOpen; });
  std::unordered_map<CandidateId, std::vector<EvidenceRow>> found;
  for (const EvidenceRow& e : merged.evidence) found[e.candidate].push_back(e);
  std::vector<CandidateId> asked;
  for (const CandidateRow& row : merged.refreshed) {
    if (!merged.moved.contains(row.id)) asked.push_back(row.id);
  }
  const auto stored = select_evidence(session, asked);
  std::set<CandidateId> same;
  for (std::size_t i = 0; i < asked.size(); ++i) {
    const auto& now = found[asked[i]];
    const bool equal = std::equal(stored[i].begin(), stored[i].end(), now.begin(), now.end(),
                                  [at](const EvidenceRow& a, const EvidenceRow& b) { return as_before(a, b, at); });
    if (equal) same.insert(asked[i]);
  }
  std::erase_if(merged.refreshed, [&](const CandidateRow& row) { return same.contains(row.id); });
  std::erase_if(merged.evidence, [&](const EvidenceRow& row) { return same.contains(row.candidate); });
}

}  // namespace luytre::tracing
