// Evidence: what of a trace is copied into the case, and all there is about one contact.

#include <algorithm>
#include <tuple>

#include "modules/tracing/impl.h"
#include "modules/tracing/presence_follower.h"
#include "modules/tracing/trace.h"

namespace luytre::tracing {
namespace {

// The same link, however strong it is thought to be.
auto link_of(const EvidenceRow& e) {
  return std::tie(e.started, e.ended, e.with_person, e.place, e.kind, e.zone);
}

bool earlier(const EvidenceRow& a, const EvidenceRow& b) {
  return link_of(a) < link_of(b);
}

// By the presence index, or, when it cannot answer for certain, by SQL.
std::optional<presence::Contact> found_again(store::Session& session, const presence::Question& question,
                                             PersonId contact, const Parts& parts) {
  if (parts.presence) {
    auto by_index = parts.presence->contact_with_evidence(session, question, contact);
    if (auto* found = std::get_if<std::optional<presence::Contact>>(&by_index)) return std::move(*found);
  }
  return contact_with_evidence(session, question, contact, place_settings(parts.places));
}

}  // namespace

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

// What the run copied stays, also when the visits have been deleted by age since or were changed: decisions rest on it.
std::vector<EvidenceRow> Tracing::Impl::all_evidence(store::Session& session, const cases::TracedCase& traced,
                                                     const CandidateRow& candidate) const {
  std::vector<EvidenceRow> kept = select_evidence(session, candidate.id);
  if (static_cast<std::int64_t>(kept.size()) >= candidate.evidence_count || !traced.window_from) return kept;
  const auto runs = select_runs(session, traced.id);
  const auto run = std::find_if(runs.begin(), runs.end(), [](const RunRow& r) { return r.state == RunState::kDone; });
  const auto* rules = run == runs.end() ? nullptr : cases.rule_sets().find(run->rule_set);
  if (!rules) return kept;
  presence::Question asked = question(session, traced, *rules, run->at);
  asked.rules.depth = static_cast<int>(candidate.level);
  const auto found = found_again(session, asked, candidate.person, *this);
  if (!found || found->level != candidate.level) return kept;
  std::sort(kept.begin(), kept.end(), earlier);
  for (EvidenceRow& row : evidence_rows(candidate.id, *found)) {
    const auto at = std::lower_bound(kept.begin(), kept.end(), row, earlier);
    if (at == kept.end() || link_of(*at) != link_of(row)) kept.insert(at, std::move(row));
  }
  return kept;
}

Task<Result<http::Page<Evidence>>> Tracing::evidence(const Caller& caller, CandidateId id,
                                                     std::optional<std::string> cursor, std::size_t limit) {
  return impl_->db.transact(
      [impl = impl_.get(), caller, id, cursor, limit](store::Session& s) -> Result<http::Page<Evidence>> {
        const auto row = select_candidate(s, id);
        if (!row) return kNotFound;
        const auto traced = cases::Cases::traced(s, row->case_id);
        if (!traced) return kNotFound;
        const identity::Subject subject{row->person, impl->seen_by(s, caller, kReadContacts, *row),
                                        "case " + traced->number};
        const auto allowed = impl->access.require(s, caller, kReadContacts, subject);
        if (!allowed) return allowed.error();
        // A place in the list, not a row: ids of whom it is with are not for everybody who may ask.
        const auto parts = parse_cursor(cursor, 1);
        if (!parts) return parts.error();
        const std::size_t from = parts->empty() || parts->front() < 0 ? 0 : static_cast<std::size_t>(parts->front());
        const std::vector<EvidenceRow> all = impl->all_evidence(s, *traced, *row);
        const std::size_t begin = std::min(from, all.size()), end = std::min(begin + limit, all.size());
        const std::vector<EvidenceRow> shown(all.begin() + static_cast<std::ptrdiff_t>(begin),
                                             all.begin() + static_cast<std::ptrdiff_t>(end));
        http::Page<Evidence> page;
        page.items = impl->view(s, row->person, shown, impl->sees_case(caller, traced->unit));
        if (end < all.size()) page.next = cursor_text({static_cast<std::int64_t>(end)});
        return page;
      });
}

}  // namespace luytre::tracing
