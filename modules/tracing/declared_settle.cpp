// What declared contacts make of a case's candidates where no trace runs: for a suspect, without a decision in force,
// and at once. A trace finds the same through ties_of().

#include <algorithm>
#include <map>

#include "modules/tracing/counted.h"
#include "modules/tracing/impl.h"
#include "modules/tracing/soon.h"

namespace luytre::tracing {
namespace {

bool as_stored(const std::vector<EvidenceRow>& stored, const EvidenceRow& found) {
  return std::any_of(stored.begin(), stored.end(), [&](const EvidenceRow& one) {
    return same_link(one, found) && one.ended == found.ended && one.risk == found.risk &&
           one.with_level == found.with_level && one.estimated == found.estimated;
  });
}

// As these rows say, and what stood before. Of many links the strongest alone are kept: the earliest may be none of
// them, and is as it was, unless it was declared and is no longer.
void put(CandidateRow& candidate, const CandidateRow& was, const std::vector<EvidenceRow>& stored,
         const std::vector<EvidenceRow>& rows, const SettledHere& settled_here) {
  candidate.level = rows.front().with_level + 1;
  candidate.exposed_since = rows.front().started;
  candidate.risk = 0;
  for (const EvidenceRow& row : rows) {
    candidate.level = std::min(candidate.level, row.with_level + 1);
    candidate.exposed_since = std::min(candidate.exposed_since, row.started);
    candidate.risk = std::max(candidate.risk, row.risk);
  }
  const bool cut = was.evidence_count > static_cast<std::int64_t>(stored.size());
  const bool told = std::any_of(stored.begin(), stored.end(), [&](const EvidenceRow& row) {
    return settled_here(row) && row.started == was.exposed_since;
  });
  if (cut && !told) candidate.exposed_since = std::min(candidate.exposed_since, was.exposed_since);
}

}  // namespace

std::vector<presence::Contact> contacts_of(const std::vector<Tie>& ties, int level) {
  std::map<PersonId, presence::Contact> out;
  for (const Tie& tie : ties) {
    const auto [at, fresh] = out.try_emplace(tie.person);
    presence::Contact& contact = at->second;
    contact.person = tie.person;
    contact.level = level;
    contact.exposed_since = fresh ? tie.when.from : std::min(contact.exposed_since, tie.when.from);
    contact.risk = std::max(contact.risk, tie.risk);
    ++contact.evidence_count;
  }
  std::vector<presence::Contact> contacts;
  for (auto& [person, contact] : out) contacts.push_back(std::move(contact));
  return contacts;
}

bool of_declared(const store::Event& event) {
  return event.type == "contact.declared" || event.type == "contact.withdrawn";
}

presence::Source Tracing::Impl::declared_source(store::Session& session, const cases::TracedCase& traced) const {
  presence::Source out{counted(session, traced.person), {Instant{INT64_MIN}, Instant{INT64_MAX}}};
  if (traced.classification != cases::Classification::kConfirmed || !traced.window_from) return out;
  const Instant now = clock.now();
  out.window = {*traced.window_from, std::min(now, traced.window_to.value_or(now))};
  return out;
}

std::set<CandidateId> Tracing::Impl::declared_candidates(store::Session& session,
                                                         const cases::TracedCase& traced) const {
  std::set<CandidateId> out;
  if (traced.classification == cases::Classification::kDiscarded) return out;
  std::set<PersonId> persons;
  const Tied declared = declared_tied(session, traced);
  for (const Tie& tie : declared.ties) persons.insert(tie.person);
  if (persons.empty()) return out;
  const auto rows = select_candidates(session, traced.id);
  std::vector<PersonId> records;
  for (const CandidateRow& row : rows) records.push_back(row.person);
  const auto as = counted(session, records);
  for (std::size_t i = 0; i < rows.size(); ++i)
    if (persons.contains(as[i])) out.insert(rows[i].id);
  return out;
}

void Tracing::Impl::follow_declared(store::Session& session, DeclaredId id) {
  const auto row = select_declared(session, id);
  if (!row) return;
  std::set<CaseId> all;
  if (row->named_by) all = cases_of_namer(session, *row);
  all.insert(row->case_id);
  for (const CaseId one : all) {
    const auto traced = cases::Cases::traced(session, one);
    if (!traced || traced->disease != row->disease || traced->classification == cases::Classification::kDiscarded)
      continue;
    settle_declared(session, *traced);
    // Whom they met since, at further levels. Cases that are not traced by themselves, as those of line lists, are not.
    const bool confirmed = traced->classification == cases::Classification::kConfirmed;
    if (confirmed && !select_runs(session, one).empty()) trace_soon(session, one, clock.now());
  }
}

Tied Tracing::Impl::declared_tied(store::Session& session, const cases::TracedCase& traced) const {
  const presence::Source source = declared_source(session, traced);
  const bool confirmed = traced.classification == cases::Classification::kConfirmed;
  Tied out;
  out.ties = confirmed ? declared_ties(session, traced.disease, std::span(&source, 1))
                       : declared_ties(session, traced.id, source);
  out.traced.answer.contacts = contacts_of(out.ties, 1);
  add_named(session, traced, out);
  return out;
}

void Tracing::Impl::settle_declared(store::Session& session, const cases::TracedCase& traced) {
  const bool confirmed = traced.classification == cases::Classification::kConfirmed;
  const Tied tied = declared_tied(session, traced);
  const SettledHere settled_here(session, traced.id);
  const auto count = [&](const std::vector<EvidenceRow>& rows) -> std::int64_t {
    return std::count_if(rows.begin(), rows.end(), settled_here);
  };

  std::map<CandidateId, CandidateRow> before;
  for (CandidateRow& row : select_candidates(session, traced.id)) {
    const CandidateId id = row.id;
    before.emplace(id, std::move(row));
  }
  if (before.empty() && tied.ties.empty()) return;
  Merged merged = merge(session, traced, tied);
  if (confirmed) merged.twice.clear();  // a trace's to settle
  std::vector<CandidateRow> others = std::exchange(merged.lost, {});

  std::vector<CandidateId> ids;
  for (const CandidateRow& row : merged.refreshed) ids.push_back(row.id);
  std::map<CandidateId, std::vector<EvidenceRow>> found;
  for (const EvidenceRow& row : merged.evidence) found[row.candidate].push_back(row);
  const auto stored = select_evidence(session, ids);
  std::set<CandidateId> unchanged;
  for (std::size_t i = 0; i < ids.size(); ++i) {
    const CandidateRow& was = before.at(ids[i]);
    const auto& now = found[ids[i]];
    const bool stood = was.status != CandidateStatus::kWithdrawn;
    std::vector<EvidenceRow> kept;  // what traces found
    if (confirmed && stood) kept = stored[i];
    std::erase_if(kept, settled_here);
    const bool all_there =
        std::all_of(now.begin(), now.end(), [&](const EvidenceRow& row) { return as_stored(stored[i], row); });
    if (stood && all_there && stored[i].size() == now.size() + kept.size()) {
      unchanged.insert(ids[i]);
      continue;
    }
    if (kept.empty()) continue;
    CandidateRow& candidate = merged.refreshed[i];
    const std::int64_t others_of_it = was.evidence_count - count(stored[i]);
    std::vector<EvidenceRow> all = kept;
    all.insert(all.end(), now.begin(), now.end());
    put(candidate, was, stored[i], all, settled_here);
    candidate.evidence_count = static_cast<std::int64_t>(now.size()) + others_of_it;
    merged.evidence.insert(merged.evidence.end(), kept.begin(), kept.end());
  }
  std::erase_if(merged.refreshed, [&](const CandidateRow& row) { return unchanged.contains(row.id); });
  std::erase_if(merged.evidence, [&](const EvidenceRow& row) { return unchanged.contains(row.candidate); });
  std::vector<CandidateRow> declared = merged.fresh;
  declared.insert(declared.end(), merged.refreshed.begin(), merged.refreshed.end());

  // Who is declared no longer.
  std::erase_if(others, [](const CandidateRow& row) { return row.status == CandidateStatus::kWithdrawn; });
  std::vector<CandidateRow> lost;
  for (CandidateRow& row : others) {
    const auto stored = select_evidence(session, row.id);
    const std::int64_t taken = count(stored);
    if (taken == 0) continue;
    auto rest = stored;
    std::erase_if(rest, settled_here);
    if (!confirmed) rest.clear();
    if (rest.empty()) {
      lost.push_back(std::move(row));
      continue;
    }
    const CandidateRow was = row;
    ++row.version;
    put(row, was, stored, rest, settled_here);
    row.evidence_count -= taken;
    merged.evidence.insert(merged.evidence.end(), rest.begin(), rest.end());
    merged.refreshed.push_back(std::move(row));
  }
  write(session, merged);
  withdraw_open(session, lost);
  withdraw_open(session, merged.twice);
  if (confirmed && !lost.empty()) correct_strangers(session, traced);

  const presence::RuleSet* const rules = rules_for(traced);
  for (const CandidateRow& row : declared) {
    const bool acts = row.level == 1 ||
                      (rules && std::count(rules->acts_on_levels.begin(), rules->acts_on_levels.end(), row.level) > 0);
    if (row.status == CandidateStatus::kOpen && acts) open_task(session, row, TaskKind::kAssess, kAssessWithin);
    // Who is followed up is followed from a later day on.
    if (row.status == CandidateStatus::kAssigned)
      session.publish({"candidate.assigned", row.id.value, clock.now(), row.version, row.unit.value});
  }
}

}  // namespace luytre::tracing
