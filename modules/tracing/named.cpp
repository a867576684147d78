// Whom a contact of a case met since their exposure, as that contact told an officer, before anybody knows whether they
// fall ill (form 4 of Decision 5053/QD-BYT). Such people are contacts of the same case one level further away, as far
// as its rule set goes, by the declared contact that names them: a trace finds them by it as a tie (declared_ties.cpp);
// what follows where no trace runs, and at once, is here. Beyond the levels of the rule set it is written down all the
// same: when whoever named them becomes a case, they are contacts of that one.

#include <algorithm>

#include "modules/people/merged.h"
#include "modules/tracing/counted.h"
#include "modules/tracing/impl.h"

namespace luytre::tracing {

SettledHere::SettledHere(store::Session& session, CaseId id) {
  for (const DeclaredRow& row : select_declared_of_case(session, id))
    if (row.named_by) named_.insert(row.id);
}

bool SettledHere::operator()(const EvidenceRow& row) const {
  return row.kind == EvidenceKind::kDeclared && (row.with_level == 0 || named_.contains(row.declared.value()));
}

const presence::RuleSet* Tracing::Impl::rules_for(const cases::TracedCase& traced) const {
  return traced.rule_set ? cases.rule_sets().find(*traced.rule_set)
                         : cases.rule_sets().in_force(traced.disease, local_date(clock.now()));
}

// Of a suspect nobody: all that stands was declared.
std::map<PersonId, Tracing::Impl::Reached> Tracing::Impl::reached_otherwise(store::Session& session,
                                                                            const cases::TracedCase& traced,
                                                                            std::span<const Tie> named) const {
  std::map<PersonId, Reached> out;
  if (traced.classification != cases::Classification::kConfirmed) return out;
  std::set<PersonId> asked;
  for (const Tie& tie : named) asked.insert({tie.person, tie.with});
  auto rows = select_candidates(session, traced.id);
  std::erase_if(rows, [](const CandidateRow& row) { return row.status == CandidateStatus::kWithdrawn; });
  std::vector<PersonId> records;
  for (const CandidateRow& row : rows) records.push_back(row.person);
  const auto as = counted(session, records);
  std::vector<CandidateId> ids;
  std::vector<std::size_t> of;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (!asked.contains(as[i])) continue;
    ids.push_back(rows[i].id);
    of.push_back(i);
  }
  const auto stored = select_evidence(session, ids);
  const SettledHere settled_here(session, traced.id);
  for (std::size_t i = 0; i < ids.size(); ++i) {
    auto rest = stored[i];
    std::erase_if(rest, settled_here);
    if (rest.empty()) continue;
    Reached found{rest.front().with_level + 1, rest.front().started};
    for (const EvidenceRow& row : rest) {
      found.level = std::min(found.level, row.with_level + 1);
      found.since = std::min(found.since, row.started);
    }
    // Of many links the strongest alone are kept: the earliest may be none of them.
    if (rest.size() == stored[i].size()) found.since = std::min(found.since, rows[of[i]].exposed_since);
    const auto [at, fresh] = out.try_emplace(as[of[i]], found);
    if (!fresh && found.level < at->second.level) at->second = found;
  }
  return out;
}

void Tracing::Impl::add_named(store::Session& session, const cases::TracedCase& traced, Tied& tied) const {
  const auto named = named_ties(session, traced.id);
  const presence::RuleSet* const rules = named.empty() ? nullptr : rules_for(traced);
  if (!rules) return;
  const Instant now = clock.now();
  presence::Question asked;
  if (traced.classification == cases::Classification::kConfirmed && traced.window_from) {
    asked = as_counted(session, question(session, traced, *rules, now));
  } else {
    asked.rules = rules->trace_rules();
    asked.horizon = now;
  }

  auto reached = reached_otherwise(session, traced, named);
  const auto reach = [&](const presence::Contact& contact) {
    const Reached found{contact.level, contact.exposed_since};
    const auto [at, fresh] = reached.try_emplace(contact.person, found);
    if (fresh) return;
    if (found.level < at->second.level) at->second = found;
    if (found.level == at->second.level) at->second.since = std::min(at->second.since, found.since);
  };
  for (const presence::Contact& contact : tied.traced.answer.contacts) reach(contact);
  reached[counted(session, traced.person)] = {0, {}};
  for (std::int64_t level = 1; level < rules->depth; ++level) {
    std::vector<Tie> ties;
    for (const Tie& told : named) {
      for (const auto& [from, to] : {std::pair(told.with, told.person), std::pair(told.person, told.with)}) {
        const auto source = reached.find(from), known = reached.find(to);
        if (source == reached.end() || source->second.level != level) continue;
        if (known != reached.end() && known->second.level <= level) continue;
        auto tie = clipped(told, {from, presence::exposing(asked, from, source->second.since)});
        if (tie) ties.push_back(std::move(*tie));
      }
    }
    for (presence::Contact& contact : contacts_of(ties, static_cast<int>(level) + 1)) {
      reach(contact);
      tied.traced.answer.contacts.push_back(std::move(contact));
    }
    tied.ties.insert(tied.ties.end(), ties.begin(), ties.end());
  }
}

std::set<CaseId> Tracing::Impl::cases_of_namer(store::Session& session, const DeclaredRow& row) const {
  std::set<CaseId> out;
  for (const PersonId record : people::known_as(session, row.with_person))
    for (const CaseId id : select_cases_around(session, record)) out.insert(id);
  return out;
}

std::vector<DeclaredRow> Tracing::Impl::named_by(store::Session& session, const CandidateRow& namer) const {
  const auto theirs = people::known_as(session, namer.person);
  auto rows = select_declared_of_case(session, namer.case_id);
  std::erase_if(rows, [&](const DeclaredRow& one) {
    return !one.named_by || std::find(theirs.begin(), theirs.end(), one.with_person) == theirs.end();
  });
  return rows;
}

Task<Result<DeclaredContact>> Tracing::name(const Caller& caller, CandidateId id, NewContact contact,
                                            std::optional<store::Once> once) {
  auto write = [impl = impl_.get(), caller, id,
                contact = std::move(contact)](store::Session& s) -> Result<DeclaredMade> {
    const auto opened = impl->open(s, caller, kDeclare, id);
    if (!opened) return opened.error();
    const auto& [row, traced] = *opened;
    if (row.status == CandidateStatus::kWithdrawn || row.status == CandidateStatus::kDismissed)
      return kCandidateWithdrawn;
    const auto made = impl->put_down(s, caller, traced, &row, contact);
    if (!made) return made.error();
    return DeclaredMade{*made};
  };
  return impl_->read_anew(
      caller, once ? impl_->db.once(std::move(*once), std::move(write)) : impl_->db.transact(std::move(write)));
}

Task<Result<http::Page<DeclaredContact>>> Tracing::named(const Caller& caller, CandidateId id) {
  return impl_->db.transact([impl = impl_.get(), caller, id](store::Session& s) -> Result<http::Page<DeclaredContact>> {
    const auto opened = impl->open(s, caller, kReadContacts, id);
    if (!opened) return opened.error();
    const auto& [row, traced] = *opened;
    http::Page<DeclaredContact> page;
    page.items = impl->view(s, traced, impl->named_by(s, row));
    std::vector<identity::Access::Shown> shown;
    for (const DeclaredContact& one : page.items) shown.push_back({one.person.id, one.person.unit});
    impl->access.log_each(s, caller, kReadContacts, shown, identity::note(identity::LogNote::kCaseFile, traced.number));
    return page;
  });
}

}  // namespace luytre::tracing
