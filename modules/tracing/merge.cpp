// What was found of a case against what stood there before: one candidate for each person, whatever record it names.

#include <algorithm>
#include <tuple>
#include <unordered_map>

#include "modules/tracing/counted.h"
#include "modules/tracing/impl.h"

namespace luytre::tracing {
namespace {

// The status of a candidate found again after having been withdrawn: what an officer decided stays.
CandidateStatus status_of(std::optional<Class> decided) {
  if (!decided) return CandidateStatus::kOpen;
  return *decided == Class::kNone ? CandidateStatus::kDismissed : CandidateStatus::kAssigned;
}

bool differs(const CandidateRow& before, const presence::Contact& now) {
  return before.status == CandidateStatus::kWithdrawn || before.level != now.level ||
         before.exposed_since != now.exposed_since || before.evidence_count != now.evidence_count;
}

// By whom their records count as.
std::unordered_map<PersonId, std::vector<CandidateRow>> by_person(store::Session& session,
                                                                  std::vector<CandidateRow> rows) {
  std::vector<PersonId> records;
  records.reserve(rows.size());
  for (const CandidateRow& row : rows) records.push_back(row.person);
  const auto as = counted(session, records);
  std::unordered_map<PersonId, std::vector<CandidateRow>> out;
  for (std::size_t i = 0; i < rows.size(); ++i) out[as[i]].push_back(std::move(rows[i]));
  return out;
}

// Of several about one person: one that an officer decided on, else one that is live, else that of the kept record.
CandidateRow& first_of(std::vector<CandidateRow>& rows, PersonId kept) {
  const auto rank = [&](const CandidateRow& row) {
    return std::tuple(row.assigned_class.has_value(), row.status != CandidateStatus::kWithdrawn, row.person == kept);
  };
  return *std::max_element(rows.begin(), rows.end(), [&](const auto& a, const auto& b) { return rank(a) < rank(b); });
}

}  // namespace

Tracing::Impl::Merged Tracing::Impl::merge(store::Session& session, const cases::TracedCase& traced, const Tied& tied) {
  const presence::Answer& answer = tied.traced.answer;
  std::unordered_map<PersonId, std::vector<const Tie*>> ties;
  for (const Tie& tie : tied.ties) ties[tie.person].push_back(&tie);
  auto known = by_person(session, select_candidates(session, traced.id));
  std::vector<PersonId> persons;
  for (const auto& contact : answer.contacts) persons.push_back(contact.person);
  const auto briefs = people.briefs(session, persons);

  Merged out;
  for (const presence::Contact& contact : answer.contacts) {
    CandidateRow candidate;
    const auto before = known.find(contact.person);
    const bool is_new = before == known.end();
    if (!is_new) {
      std::swap(before->second.front(), first_of(before->second, contact.person));
      candidate = std::move(before->second.front());
      for (std::size_t i = 1; i < before->second.size(); ++i)
        if (before->second[i].status == CandidateStatus::kOpen) out.twice.push_back(std::move(before->second[i]));
      known.erase(before);
      ++candidate.version;
      if (differs(candidate, contact)) out.moved.insert(candidate.id);
      if (candidate.status == CandidateStatus::kWithdrawn) candidate.status = status_of(candidate.assigned_class);
    } else {
      const auto brief = briefs.find(contact.person);
      if (brief == briefs.end()) continue;  // deleted meanwhile
      candidate.id = db.ids().make<CandidateId>();
      candidate.case_id = traced.id;
      candidate.person = contact.person;
      candidate.unit = brief->second.unit;
    }
    candidate.level = contact.level;
    candidate.exposed_since = contact.exposed_since;
    candidate.risk = contact.risk;
    candidate.evidence_count = contact.evidence_count;
    auto rows = evidence_rows(candidate.id, contact);
    for (const Tie* tie : ties[contact.person]) rows.push_back(evidence_row(candidate.id, contact.level - 1, *tie));
    std::sort(rows.begin(), rows.end(), earlier);  // as they are read
    for (EvidenceRow& e : rows) {
      e.id = db.ids().next();
      out.evidence.push_back(std::move(e));
    }
    (is_new ? out.fresh : out.refreshed).push_back(std::move(candidate));
  }
  for (auto& [person, rows] : known) std::move(rows.begin(), rows.end(), std::back_inserter(out.lost));
  return out;
}

void Tracing::Impl::write(store::Session& session, const Merged& merged) {
  std::vector<CandidateId> refreshed;
  for (const CandidateRow& candidate : merged.refreshed) {
    update_candidate(session, candidate, candidate.version - 1);
    refreshed.push_back(candidate.id);
  }
  insert_candidates(session, merged.fresh);
  delete_evidence(session, refreshed);
  insert_evidence(session, merged.evidence);
}

}  // namespace luytre::tracing
