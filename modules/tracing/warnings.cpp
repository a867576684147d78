// Warnings: what would be sent, to whom and why in which words; the second officer; sending; corrections; unread ones.

#include <algorithm>

#include "modules/tracing/counted.h"
#include "modules/tracing/impl.h"

namespace luytre::tracing {
namespace {

constexpr std::string_view kReasonSeal = "tracing.release";
constexpr std::size_t kEscalatedAtOnce = 500;

// Evidence with the case itself, at one place, as one stretch of time.
struct Group {
  PlaceId place;  // 0: evidence without a place
  Interval when;
  std::vector<const EvidenceRow*> evidence;
  Mode mode = Mode::kStationOnly;
  std::string why;
  std::int64_t present = 0;
};

// Homes, and what rests on a carrier's word, are told apart from the rest: they are the station's to tell.
int sort_of(const EvidenceRow& row) {
  return row.kind == EvidenceKind::kHousehold ? 0 : row.kind == EvidenceKind::kVehicle ? 1 : 2;
}

// `rows` are ordered by sort, place and start; stretches that overlap or touch become one group.
std::vector<Group> group(const std::vector<EvidenceRow>& rows) {
  std::vector<Group> out;
  for (const EvidenceRow& row : rows) {
    const bool alike =
        !out.empty() && out.back().place == row.place && sort_of(*out.back().evidence.front()) == sort_of(row);
    const bool joins = alike && (row.place.value == 0 || row.started <= out.back().when.to);
    if (!joins) out.push_back({row.place, {row.started, row.ended}, {}, Mode::kStationOnly, "", 0});
    out.back().when.from = std::min(out.back().when.from, row.started);
    out.back().when.to = std::max(out.back().when.to, row.ended);
    out.back().evidence.push_back(&row);
  }
  return out;
}

// Whom the records that the rows are about count as.
template <class Row>
std::vector<PersonId> people_of(store::Session& session, const std::vector<Row>& rows) {
  std::vector<PersonId> records;
  records.reserve(rows.size());
  for (const Row& row : rows) records.push_back(row.person);
  return counted(session, records);
}

}  // namespace

struct Tracing::Impl::Plan {
  std::vector<EvidenceRow> evidence;
  std::vector<Group> groups;
  std::map<CandidateId, CandidateRow>
      candidates;                      // to be warned: level 1, not withdrawn or dismissed, not warned before
  std::map<CandidateId, Reach> reach;  // of each of them
  std::int64_t without_phone = 0;
  std::optional<std::string> why_second;
};

Tracing::Impl::Plan Tracing::Impl::plan(store::Session& session, const cases::TracedCase& traced) const {
  Plan out;
  std::set<PersonId> warned;  // under any of their records
  const auto warnings = select_warnings_of_case(session, traced.id);
  const auto whom = people_of(session, warnings);
  for (std::size_t i = 0; i < warnings.size(); ++i) {
    // A correction closes what was sent before it: after a new confirmation the person is warned again.
    if (warnings[i].kind == WarningKind::kCorrection) {
      warned.erase(whom[i]);
    } else {
      warned.insert(whom[i]);
    }
  }
  auto rows = select_candidates(session, traced.id);
  const auto who = people_of(session, rows);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const bool live = rows[i].status == CandidateStatus::kOpen || rows[i].status == CandidateStatus::kAssigned;
    if (rows[i].level == 1 && live && !warned.contains(who[i])) out.candidates.emplace(rows[i].id, std::move(rows[i]));
  }
  out.evidence = select_direct_evidence(session, traced.id);
  std::erase_if(out.evidence, [&](const EvidenceRow& e) { return !out.candidates.contains(e.candidate); });
  std::stable_sort(out.evidence.begin(), out.evidence.end(),
                   [](const EvidenceRow& a, const EvidenceRow& b) { return sort_of(a) < sort_of(b); });
  out.groups = group(out.evidence);

  const auto* disease = cases.diseases().find(traced.disease);
  const bool stigma = disease == nullptr || disease->stigma;
  for (Group& g : out.groups) {
    const auto spot = g.place.value != 0 ? places.spot(g.place) : nullptr;
    if (g.place.value != 0) g.present = count_present(session, g.place, g.when);
    const EvidenceKind kind = g.evidence.front()->kind;
    g.why = kind == EvidenceKind::kHousehold ? "home"
            : kind == EvidenceKind::kVehicle ? "listed"
            : !spot                          ? "noPlace"
            : stigma                         ? "stigma"
            : spot->kind->home               ? "home"
            : g.present < kMinPresent        ? "fewPresent"
                                             : "public";
    g.mode = g.why == "public" ? Mode::kPublic : Mode::kStationOnly;
  }
  std::vector<PersonId> persons;
  for (const auto& [id, row] : out.candidates) persons.push_back(row.person);
  auto reached = reach(session, persons);
  std::size_t next = 0;
  for (const auto& [id, row] : out.candidates) {
    if (reached[next].phones.empty()) ++out.without_phone;
    out.reach.emplace(id, std::move(reached[next++]));
  }
  if (traced.method == cases::Method::kAntigen) out.why_second = "antigenOnly";
  if (static_cast<std::int64_t>(out.candidates.size()) > kMaxAlone) out.why_second = "manyPeople";
  return out;
}

void Tracing::Impl::send(store::Session& session, const cases::TracedCase& traced, ReleaseRow& release) {
  const Plan what = plan(session, traced);
  const Instant now = clock.now();
  std::map<CandidateId, std::vector<WarningRow>> public_ones;
  const auto make = [&](const CandidateRow& candidate, WarningKind kind) {
    WarningRow row;
    row.id = db.ids().make<WarningId>();
    row.case_id = traced.id;
    row.release = release.id;
    row.candidate = candidate.id;
    row.person = candidate.person;
    row.kind = kind;
    row.sent_at = now;
    return row;
  };
  for (const Group& g : what.groups) {
    if (g.mode != Mode::kPublic) continue;
    const auto spot = places.spot(g.place);
    for (const EvidenceRow* e : g.evidence) {
      // The person's own time at the place, not the case's.
      WarningRow row = make(what.candidates.at(e->candidate), WarningKind::kExposure);
      row.place = g.place;
      row.place_name = spot ? std::optional(spot->place_name) : std::nullopt;
      row.started = e->started;
      row.ended = e->ended;
      public_ones[e->candidate].push_back(std::move(row));
    }
  }
  std::vector<Stay> asked;
  for (const auto& [id, reached] : what.reach)
    for (const PersonId record : reached.tell)
      for (const WarningRow& told : public_ones[id]) asked.push_back({record, told.place, {told.started, told.ended}});
  const auto told_there = told_of(session, asked);
  std::size_t next = 0;
  std::vector<WarningRow> rows;
  std::vector<notify::Sms> messages;
  for (const auto& [id, candidate] : what.candidates) {
    const Reach& reached = what.reach.at(id);
    for (const PersonId record : reached.tell) {
      const std::size_t before = rows.size();
      for (const WarningRow& told : public_ones[id]) {
        // An account is told of places where its own record was, and of no other: they may be two people after all. Nor
        // where somebody else said that they were: a household may read it.
        if (told_there[next++].value_or(!reached.alone)) continue;
        rows.push_back(told);
        rows.back().id = db.ids().make<WarningId>();
        rows.back().person = record;
      }
      const bool named = rows.size() > before;
      if (!named) rows.push_back(make(candidate, WarningKind::kStation));
      rows.back().person = record;
      if (const auto phone = reached.phones.find(record); phone != reached.phones.end())
        messages.push_back(text_message(phone->second, named ? "exposure" : "station"));
    }
    if (reached.phones.empty()) open_task(session, candidate, TaskKind::kDoor, kReachWithin);
  }
  deliver(session, rows, messages);
  release.people = static_cast<std::int64_t>(what.candidates.size());
}

void Tracing::Impl::deliver(store::Session& session, std::span<const WarningRow> rows,
                            std::span<const notify::Sms> messages) {
  insert_warnings(session, rows);
  notify.queue(session, messages);
  std::vector<store::NewEvent> events;
  for (const WarningRow& row : rows) events.push_back({"warning.sent", row.id.value, row.sent_at, 1, 0});
  session.publish(events);
}

void Tracing::Impl::correct(store::Session& session, const cases::TracedCase& traced,
                            const std::optional<std::set<PersonId>>& only) {
  std::map<PersonId, WarningRow> last;  // what each person was told last
  for (WarningRow& row : select_warnings_of_case(session, traced.id)) last.insert_or_assign(row.person, std::move(row));
  const Instant now = clock.now();
  std::vector<WarningRow> rows;
  for (const auto& [person, told] : last) {
    if (told.kind == WarningKind::kCorrection || (only && !only->contains(person))) continue;
    WarningRow row = told;
    row.id = db.ids().make<WarningId>();
    row.kind = WarningKind::kCorrection;
    row.place = PlaceId{};
    row.place_name.reset();
    row.started = now;  // several corrections of one case are different ones
    row.ended = now;
    row.sent_at = now;
    row.read_at.reset();
    row.escalated = false;
    rows.push_back(std::move(row));
  }
  std::vector<PersonId> persons;
  for (const WarningRow& row : rows) persons.push_back(row.person);
  std::vector<notify::Sms> messages;
  for (const auto& phone : people.phones_of(session, persons))
    if (phone) messages.push_back(text_message(*phone, "correction"));
  deliver(session, rows, messages);
}

// So whoever was found is no longer, or was told for a record that no longer counts as theirs.
void Tracing::Impl::correct_strangers(store::Session& session, const cases::TracedCase& traced) {
  const auto warnings = select_warnings_of_case(session, traced.id);
  if (warnings.empty()) return;
  auto rows = select_candidates(session, traced.id);
  std::erase_if(rows, [](const CandidateRow& row) { return row.status == CandidateStatus::kWithdrawn; });
  const auto found = people_of(session, rows);
  const std::set<PersonId> candidates(found.begin(), found.end());
  const auto whom = people_of(session, warnings);
  std::set<PersonId> strangers;
  for (std::size_t i = 0; i < warnings.size(); ++i)
    if (!candidates.contains(whom[i])) strangers.insert(warnings[i].person);
  if (!strangers.empty()) correct(session, traced, strangers);
}

void Tracing::Impl::escalate(store::Session& session) {
  for (const WarningRow& row : select_unread(session, clock.now() - kUnreadAfter, kEscalatedAtOnce)) {
    mark_escalated(session, row.id);
    const auto candidate = select_candidate(session, row.candidate);
    // Whoever has a class has been spoken with; whoever is withdrawn gets a correction.
    if (!candidate || candidate->status != CandidateStatus::kOpen) continue;
    open_task(session, *candidate, has_phone(session, row.person) ? TaskKind::kCall : TaskKind::kDoor, kReachWithin);
  }
}

Release Tracing::Impl::view(store::Session& session, const Caller& caller, const ReleaseRow& row) const {
  Release out;
  out.id = row.id;
  out.case_ = row.case_id;
  if (const auto traced = cases::Cases::traced(session, row.case_id)) out.case_number = traced->number;
  out.state = row.state;
  out.people = row.people;
  out.needs_second = row.needs_second;
  out.requested_by = row.requested_name;
  out.requested_at = row.requested_at;
  out.decided_by = row.decided_name;
  out.decided_at = row.decided_at;
  if (row.reason) out.reason = unseal(kReasonSeal, row.id.value, row.reason->data);
  out.mine = row.requested_by == caller.account;
  out.version = row.version;
  return out;
}

Task<Result<Preview>> Tracing::preview(const Caller& caller, CaseId id) {
  return impl_->db.transact([impl = impl_.get(), caller, id](store::Session& s) -> Result<Preview> {
    const auto traced = cases::Cases::traced(s, id);
    if (!traced) return kNotFound;
    const auto allowed = impl->access.require(
        s, caller, kWarn, {traced->person, traced->unit, identity::note(identity::LogNote::kCaseFile, traced->number)});
    if (!allowed) return allowed.error();
    if (traced->classification != cases::Classification::kConfirmed) return kCaseNotConfirmed;
    const Impl::Plan what = impl->plan(s, *traced);
    Preview out;
    for (const Group& g : what.groups) {
      std::set<CandidateId> who;
      for (const EvidenceRow* e : g.evidence) who.insert(e->candidate);
      PreviewItem item;
      if (const auto spot = g.place.value != 0 ? impl->places.spot(g.place) : nullptr) {
        item.place = g.place;
        item.place_name = spot->place_name;
      }
      item.from = g.when.from;
      item.to = g.when.to;
      item.present = g.present;
      item.people = static_cast<std::int64_t>(who.size());
      item.mode = g.mode;
      item.why = g.why;
      out.items.push_back(std::move(item));
    }
    out.people = static_cast<std::int64_t>(what.candidates.size());
    out.without_phone = what.without_phone;
    out.needs_second_officer = what.why_second.has_value();
    out.why_second = what.why_second;
    return out;
  });
}

Task<Result<Release>> Tracing::release(const Caller& caller, CaseId id) {
  return impl_->db.transact([impl = impl_.get(), caller, id](store::Session& s) -> Result<Release> {
    const auto traced = cases::Cases::traced(s, id);
    if (!traced) return kNotFound;
    const auto allowed = impl->access.require(
        s, caller, kWarn, {traced->person, traced->unit, identity::note(identity::LogNote::kCaseFile, traced->number)});
    if (!allowed) return allowed.error();
    if (traced->classification != cases::Classification::kConfirmed) return kCaseNotConfirmed;
    // One request at a time: asking again answers the one that waits.
    for (const ReleaseRow& row : select_releases_of_case(s, id))
      if (row.state == ReleaseState::kAwaiting) return impl->view(s, caller, row);
    const Impl::Plan what = impl->plan(s, *traced);
    if (what.candidates.empty()) return kNobodyToWarn;

    const Instant now = impl->clock.now();
    ReleaseRow row;
    row.id = impl->db.ids().make<ReleaseId>();
    row.case_id = id;
    row.unit = traced->unit;
    row.people = static_cast<std::int64_t>(what.candidates.size());
    row.needs_second = what.why_second;
    row.requested_by = caller.account;
    row.requested_name = caller.name;
    row.requested_at = now;
    if (!what.why_second) {
      row.state = ReleaseState::kReleased;
      row.decided_by = caller.account;
      row.decided_name = caller.name;
      row.decided_at = now;
    }
    insert_release(s, row);
    if (row.state == ReleaseState::kReleased) impl->send(s, *traced, row);
    s.publish({row.state == ReleaseState::kReleased ? "release.released" : "release.requested", row.id.value, now,
               row.version, row.unit.value});
    return impl->view(s, caller, row);
  });
}

// What the caller may decide on, and its case. Errors: not_found, those of Access::require, release_decided.
Result<Tracing::Impl::Awaited> Tracing::Impl::awaited(store::Session& session, const Caller& caller,
                                                      ReleaseId id) const {
  auto row = select_release(session, id);
  if (!row) return kNotFound;
  auto traced = cases::Cases::traced(session, row->case_id);
  if (!traced) return kNotFound;
  const auto note = identity::note(identity::LogNote::kCaseFile, traced->number);
  const auto allowed = access.require(session, caller, kWarn, {traced->person, row->unit, note});
  if (!allowed) return allowed.error();
  if (row->state != ReleaseState::kAwaiting) return kReleaseDecided;
  return Awaited{std::move(*row), std::move(*traced)};
}

Task<Result<Release>> Tracing::approve(const Caller& caller, ReleaseId id) {
  return impl_->db.transact([impl = impl_.get(), caller, id](store::Session& s) -> Result<Release> {
    auto awaited = impl->awaited(s, caller, id);
    if (!awaited) return awaited.error();
    auto& [row, traced] = *awaited;
    if (row.requested_by == caller.account) return kSecondOfficerNeeded;
    if (traced.classification != cases::Classification::kConfirmed) return kCaseNotConfirmed;
    row.state = ReleaseState::kReleased;
    row.decided_by = caller.account;
    row.decided_name = caller.name;
    row.decided_at = impl->clock.now();
    const std::int64_t before = row.version++;
    impl->send(s, traced, row);
    update_release(s, row, before);
    s.publish({"release.released", id.value, *row.decided_at, row.version, row.unit.value});
    return impl->view(s, caller, row);
  });
}

Task<Result<Release>> Tracing::reject(const Caller& caller, ReleaseId id, Refusal refusal) {
  return impl_->db.transact(
      [impl = impl_.get(), caller, id, refusal = std::move(refusal)](store::Session& s) -> Result<Release> {
        auto awaited = impl->awaited(s, caller, id);
        if (!awaited) return awaited.error();
        auto& [row, traced] = *awaited;
        if (refusal.reason.empty()) return wrong_field("/reason", "required");
        row.state = ReleaseState::kRejected;
        row.decided_by = caller.account;
        row.decided_name = caller.name;
        row.decided_at = impl->clock.now();
        row.reason = store::Bytes{impl->seal(kReasonSeal, id.value, refusal.reason)};
        const std::int64_t before = row.version++;
        update_release(s, row, before);
        s.publish({"release.rejected", id.value, *row.decided_at, row.version, row.unit.value});
        return impl->view(s, caller, row);
      });
}

}  // namespace luytre::tracing
