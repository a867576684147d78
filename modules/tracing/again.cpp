// Tracing again by itself. A confirmed case is watched while a new trace can find more: people stay with a case that
// nobody has isolated yet, and visits made offline arrive late. Whether there is anything new is not asked beforehand:
// that question reads what the trace reads. The load is bounded: a case every few minutes, the longest due first, so
// many a run, and no longer than a moment of one transaction; what is left over is due in the next one.

#include <algorithm>
#include <chrono>
#include <tuple>
#include <unordered_map>

#include "modules/tracing/impl.h"
#include "modules/tracing/watched.h"
#include "modules/visits/visits.h"

namespace luytre::tracing {
namespace {

constexpr std::size_t kMostOfARun = 50;
constexpr std::chrono::milliseconds kLongestRun{250};
constexpr std::chrono::minutes kWorthWriting{15};  // of an overlap that is still going on

// Absent: no more.
std::optional<std::chrono::seconds> next_in(const cases::TracedCase& traced, Instant now) {
  if (traced.classification != cases::Classification::kConfirmed) return std::nullopt;
  // From then on visits of the window are deleted by age. A trace would find fewer people, which says nothing of them.
  if (*traced.window_from <= now - visits::kKept) return std::nullopt;
  if (!traced.window_to || *traced.window_to > now) return kAgainOpen;
  if (*traced.window_to > now - visits::kLatest) return kAgainLate;
  return std::nullopt;
}

// An overlap that is still going on is longer at every look: that alone would be a new version of the candidate, and a
// line in the list of runs, every few minutes for as long as two people share a ward.
bool as_before(const EvidenceRow& stored, const EvidenceRow& found, Instant now) {
  const auto fixed = [](const EvidenceRow& e) {
    return std::tie(e.kind, e.with_person, e.with_level, e.place, e.zone, e.started, e.estimated, e.attenuation);
  };
  if (fixed(stored) != fixed(found)) return false;
  return stored.ended == found.ended || (found.ended == now && found.ended < stored.ended + kWorthWriting);
}

}  // namespace

void Tracing::Impl::watch(store::Session& session, const cases::TracedCase& traced) {
  const Instant now = clock.now();
  if (const auto wait = next_in(traced, now)) {
    watch_until(session, traced.id, now + *wait);
  } else {
    unwatch(session, traced.id);
  }
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
  if (!traced) return unwatch(session, id);
  watch(session, *traced);
  RunRow row;
  row.at = clock.now();
  if (!next_in(*traced, row.at) || !in_force(*traced, row.at)) return;
  Merged merged = find(session, *traced, row);
  keep_changed(session, merged);
  if (merged.fresh.empty() && merged.refreshed.empty() && merged.lost.empty()) return;
  row.id = db.ids().make<RunId>();
  row.case_id = id;
  row.rule_set = *traced->rule_set;
  row.state = RunState::kDone;
  insert_run(session, row);
  settle(session, *traced, std::move(merged));
  session.publish({"trace.done", row.id.value, row.at, 2, traced->unit.value});
}

// Leaves of what was found only what officers would see change.
void Tracing::Impl::keep_changed(store::Session& session, Merged& merged) const {
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
    const bool equal =
        std::equal(stored[i].begin(), stored[i].end(), now.begin(), now.end(),
                   [at = clock.now()](const EvidenceRow& a, const EvidenceRow& b) { return as_before(a, b, at); });
    if (equal) same.insert(asked[i]);
  }
  std::erase_if(merged.refreshed, [&](const CandidateRow& row) { return same.contains(row.id); });
  std::erase_if(merged.evidence, [&](const EvidenceRow& row) { return same.contains(row.candidate); });
}

}  // namespace luytre::tracing
