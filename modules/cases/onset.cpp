// The onset alone: what the person tells later, as in the form of the investigation. An officer says so; nothing takes
// it over by itself.

#include "modules/cases/dates.h"
#include "modules/cases/impl.h"
#include "platform/base/conflict.h"

namespace luytre::cases {

Task<Result<Case>> Cases::record_onset(const Caller& caller, CaseId id, Onset request, std::int64_t version) {
  auto editing = db_.transact([this, caller, id, request, version](store::Session& s) -> Result<Case> {
    auto stored = editable(s, caller, kReport, id, version);
    if (!stored) return stored.error();
    // Of a confirmed case the window moves with it, which is for those who confirm.
    const CaseRow& row = stored->row;
    const bool confirmed = row.classification == Classification::kConfirmed;
    if (confirmed && !access_.require(s, caller, kConfirm,
                                      {row.person, row.unit, identity::note(identity::LogNote::kCaseFile, row.number)}))
      return kOnsetOfConfirmed;
    const Stored before = *stored;
    CaseRow& now = stored->row;
    if (now.classification == Classification::kDiscarded) return kCaseClosed;
    if (confirmed) {
      if (!now.sample_at || !now.result_at || !now.method) return kNeedsResult;
      Confirmation same{request.onset, *now.sample_at, *now.result_at, *now.method, now.isolated_at, std::nullopt};
      if (now.rule_set) same.rule_set = Text<60>(*now.rule_set);
      if (const auto wrong = check_confirmation(now, same, clock_.now())) return *wrong;
      const auto window = set_window(*stored, same);
      if (!window) return window.error();
      return save(s, caller, before, *stored, What::kCorrected, "");
    }
    if (local_midnight(request.onset) > clock_.now()) return contradiction("onsetInFuture");
    if (now.diagnosed_at && *now.diagnosed_at < local_midnight(request.onset))
      return contradiction("diagnosisBeforeOnset");
    if (now.outcome_on && request.onset > *now.outcome_on) return contradiction("outcomeBeforeOnset");
    now.onset = request.onset;
    return save(s, caller, before, *stored, What::kDated, "");
  });
  return with_current(std::move(editing), [this, caller, id] { return find(caller, id); });
}

}  // namespace luytre::cases
