// Visits and encounters are deleted by age; the evidence that was copied from them stays. A trace that is asked for
// later finds less, which says nothing: what it cannot find any more is neither withdrawn nor taken from a candidate.

#include <algorithm>

#include "modules/tracing/impl.h"
#include "modules/visits/visits.h"

namespace luytre::tracing {
namespace {

// Whether somebody exposed then is exposed by the dates that the case has now.
bool within_window(const cases::TracedCase& traced, std::int64_t level, Instant since) {
  return since >= *traced.window_from && (level > 1 || !traced.window_to || since < *traced.window_to);
}

void add(CandidateRow& candidate, const EvidenceRow& row) {
  candidate.level = std::min(candidate.level, row.with_level + 1);
  candidate.exposed_since = std::min(candidate.exposed_since, row.started);
  candidate.risk = std::max(candidate.risk, row.risk);
  ++candidate.evidence_count;
}

}  // namespace

void Tracing::Impl::keep_outlived(store::Session& session, const cases::TracedCase& traced, Merged& merged) const {
  const Instant gone = clock.now() - visits::kKept;  // what ended by then may be deleted
  if (*traced.window_from > gone) return;
  std::erase_if(merged.lost, [&](const CandidateRow& row) {
    return row.exposed_since <= gone && within_window(traced, row.level, row.exposed_since);
  });
  std::vector<CandidateId> ids;
  for (const CandidateRow& row : merged.refreshed) ids.push_back(row.id);
  const auto stored = select_evidence(session, ids);
  std::unordered_map<CandidateId, std::vector<EvidenceRow>> found;
  for (const EvidenceRow& row : merged.evidence) found[row.candidate].push_back(row);
  for (std::size_t i = 0; i < ids.size(); ++i) {
    const auto& now = found[ids[i]];
    for (const EvidenceRow& row : stored[i]) {
      if (row.ended > gone || !within_window(traced, row.with_level + 1, row.started)) continue;
      if (std::any_of(now.begin(), now.end(), [&](const EvidenceRow& one) { return same_link(one, row); })) continue;
      add(merged.refreshed[i], row);
      merged.evidence.push_back(row);
    }
  }
}

}  // namespace luytre::tracing
