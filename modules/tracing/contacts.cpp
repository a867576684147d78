// Contacts as other rooms need them.

#include <algorithm>

#include "modules/people/merged.h"
#include "modules/tracing/impl.h"

namespace luytre::tracing {
namespace {

bool answered(const std::optional<Answers>& answers) {
  return answers &&
         std::any_of(answers->begin(), answers->end(), [](const auto& one) { return one.second != Answer::kUnknown; });
}

}  // namespace

std::optional<Tracing::Contact> Tracing::contact(store::Session& session, CandidateId id) const {
  const auto row = select_candidate(session, id);
  const auto traced = row ? cases::Cases::traced(session, row->case_id) : std::nullopt;
  if (!traced) return std::nullopt;
  const bool confirmed = traced->classification == cases::Classification::kConfirmed;
  Contact out;
  out.candidate = id;
  out.case_ = row->case_id;
  out.disease = traced->disease;
  out.person = row->person;
  out.unit = row->unit;
  out.level = row->level;
  out.risk = row->risk;
  out.exposed_since = row->exposed_since;
  out.class_ = row->assigned_class;
  out.assigned_at = row->assigned_at;
  // The case's own word, too: whoever asks may have read of its undoing before the candidates were withdrawn.
  out.suspected = row->status == CandidateStatus::kOpen && confirmed;
  out.stands = row->status == CandidateStatus::kAssigned && row->assigned_class != Class::kNone && confirmed;
  if (!out.suspected && !out.stands) return out;
  // Of many meetings the strongest alone are copied, and the last may be a weak one.
  bool recorded = false;
  for (const EvidenceRow& e : impl_->all_evidence(session, *traced, *row)) {
    out.last_exposure = std::max(out.last_exposure.value_or(e.ended), e.ended);
    recorded |= e.kind != EvidenceKind::kEncounter && !e.estimated;
  }
  out.confirmed_otherwise = out.stands && (recorded || answered(impl_->answers_of(*row)));
  return out;
}

std::vector<Tracing::Contact> Tracing::contact_of(store::Session& session, PersonId person) const {
  std::vector<Contact> out;
  for (const PersonId record : people::known_as(session, person)) {
    for (const CandidateId id : select_candidates_about(session, record)) {
      auto known = contact(session, id);
      if (known && (known->suspected || known->stands)) out.push_back(std::move(*known));
    }
  }
  return out;
}

std::vector<CandidateId> Tracing::assigned(store::Session& session, CaseId id) {
  std::vector<CandidateId> out;
  for (const CandidateRow& row : select_candidates(session, id))
    if (row.status == CandidateStatus::kAssigned) out.push_back(row.id);
  return out;
}

std::optional<CaseId> Tracing::case_of(store::Session& session, RunId id) {
  const auto run = select_run(session, id);
  return run ? std::optional(run->case_id) : std::nullopt;
}

}  // namespace luytre::tracing
