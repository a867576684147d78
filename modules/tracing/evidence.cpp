// Evidence: what of a trace is copied into the case, and all there is about one contact.

#include <algorithm>
#include <tuple>

#include "modules/tracing/counted.h"
#include "modules/tracing/impl.h"
#include "modules/tracing/presence_follower.h"
#include "modules/tracing/trace.h"

namespace luytre::tracing {
namespace {

// By the presence index, or, when it cannot answer for certain, by SQL; as long as a run may take.
std::optional<presence::Contact> found_again(store::Session& session, const presence::Question& question,
                                             PersonId contact, const Parts& parts) {
  const presence::TraceLimits limits = parts.ceiling.from_now();
  if (parts.presence) {
    auto by_index = parts.presence->contact_with_evidence(session, question, contact, limits);
    if (auto* found = std::get_if<std::optional<presence::Contact>>(&by_index)) return std::move(*found);
  }
  return contact_with_evidence(session, question, contact, place_settings(parts.places), limits);
}

// The question by whom of the level below the candidate was exposed. Some of that level may be there, or be exposed
// since earlier, by a tie alone: the question about the case would not find what comes of it.
presence::Question beyond_below(store::Session& session, CaseId id, std::int64_t level, presence::Question question) {
  question = as_counted(session, std::move(question));
  question.rules.depth = 1;
  if (level == 1) return question;
  auto rows = select_candidates(session, id);
  std::erase_if(rows, [&](const CandidateRow& row) {
    return row.level != level - 1 || row.status == CandidateStatus::kWithdrawn;
  });
  std::vector<PersonId> records;
  for (const CandidateRow& row : rows) records.push_back(row.person);
  const auto persons = counted(session, records);
  question.cases.clear();
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const Interval window = presence::exposing(question, persons[i], rows[i].exposed_since);
    if (!window.empty()) question.cases.push_back({persons[i], window});
  }
  return question;
}

}  // namespace

bool earlier(const EvidenceRow& a, const EvidenceRow& b) {
  const auto order = [](const EvidenceRow& e) {
    return std::tie(e.started, e.ended, e.with_person, e.place, e.kind, e.zone, e.seat, e.seat_of_other, e.declared);
  };
  return order(a) < order(b);
}

bool same_link(const EvidenceRow& a, const EvidenceRow& b) {
  return a.candidate == b.candidate && a.kind == b.kind && a.with_person == b.with_person && a.place == b.place &&
         a.zone == b.zone && a.started == b.started && a.seat == b.seat && a.seat_of_other == b.seat_of_other &&
         a.declared == b.declared;
}

std::vector<EvidenceRow> evidence_rows(CandidateId candidate, const presence::Contact& contact) {
  std::vector<EvidenceRow> out;
  for (const presence::Evidence& e : contact.evidence) {
    EvidenceRow row;
    row.candidate = candidate;
    row.kind = e.kind == presence::LinkKind::kVisit ? EvidenceKind::kVisit : EvidenceKind::kEncounter;
    row.with_person = e.with;
    row.with_level = contact.level - 1;
    row.place = e.place.value_or(PlaceId{});
    row.zone = e.zone.value_or(ZoneId{});
    row.started = e.when.from;
    row.ended = e.when.to;
    row.estimated = e.estimated;
    row.attenuation = e.attenuation;
    row.risk = e.risk;
    out.push_back(row);
  }
  return out;
}

EvidenceRow evidence_row(CandidateId candidate, std::int64_t with_level, const Tie& tie) {
  EvidenceRow row;
  row.candidate = candidate;
  row.kind = tie.kind;
  row.with_person = tie.with;
  row.with_level = with_level;
  row.started = tie.when.from;
  row.ended = tie.when.to;
  row.risk = tie.risk;
  row.estimated = tie.estimated;
  if (tie.kind == EvidenceKind::kDeclared) row.declared = tie.declared;
  if (tie.kind == EvidenceKind::kVehicle) {
    row.place = tie.place;
    row.estimated = true;
    row.seat = tie.seat;
    row.seat_of_other = tie.seat_of_other;
  }
  return row;
}

// What the run copied stays, also when the visits have been deleted by age since or were changed: decisions rest on it.
std::vector<EvidenceRow> Tracing::Impl::all_evidence(store::Session& session, const cases::TracedCase& traced,
                                                     const CandidateRow& candidate) const {
  std::vector<EvidenceRow> kept = select_evidence(session, candidate.id);
  if (static_cast<std::int64_t>(kept.size()) >= candidate.evidence_count || !traced.window_from) return kept;
  const auto runs = select_runs(session, traced.id);
  const auto run = std::find_if(runs.begin(), runs.end(), [](const RunRow& r) { return r.state == RunState::kDone; });
  const auto* rules = run == runs.end() ? nullptr : cases.rule_sets().find(run->rule_set);
  if (!rules) return kept;
  const auto asked = beyond_below(session, traced.id, candidate.level, question(session, traced, *rules, run->at));
  auto found = found_again(session, asked, candidate.person, *this);
  if (!found) return kept;
  found->level = static_cast<int>(candidate.level);
  std::vector<EvidenceRow> rows = evidence_rows(candidate.id, *found);
  std::erase_if(rows, [&](const EvidenceRow& row) {
    return std::any_of(kept.begin(), kept.end(), [&](const EvidenceRow& one) { return same_link(one, row); });
  });
  kept.insert(kept.end(), rows.begin(), rows.end());
  std::sort(kept.begin(), kept.end(), earlier);
  return kept;
}

Task<Result<http::Page<Evidence>>> Tracing::evidence(const Caller& caller, CandidateId id,
                                                     std::optional<std::string> cursor, std::size_t limit) {
  return impl_->db.transact(
      [impl = impl_.get(), caller, id, cursor, limit](store::Session& s) -> Result<http::Page<Evidence>> {
        const auto opened = impl->open(s, caller, kReadContacts, id);
        if (!opened) return opened.error();
        // A place in the list, not a row: ids of whom it is with are not for everybody who may ask.
        const auto parts = parse_cursor(cursor, 1);
        if (!parts) return parts.error();
        const std::size_t from = parts->empty() || parts->front() < 0 ? 0 : static_cast<std::size_t>(parts->front());
        const std::vector<EvidenceRow> all = impl->all_evidence(s, opened->traced, opened->row);
        const std::size_t begin = std::min(from, all.size()), end = std::min(begin + limit, all.size());
        const std::vector<EvidenceRow> shown(all.begin() + static_cast<std::ptrdiff_t>(begin),
                                             all.begin() + static_cast<std::ptrdiff_t>(end));
        http::Page<Evidence> page;
        page.items = impl->view(s, opened->row.person, shown, impl->sees_case(caller, opened->traced.unit));
        impl->log_namers(s, caller, opened->traced, page.items);
        if (end < all.size()) page.next = cursor_text({static_cast<std::int64_t>(end)});
        return page;
      });
}

}  // namespace luytre::tracing
