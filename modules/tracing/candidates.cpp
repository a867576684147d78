// Candidates: lists, one with all its evidence, and the class that an officer assigns after asking.

#include <algorithm>
#include <set>

#include "modules/people/merged.h"
#include "modules/tracing/counted.h"
#include "modules/tracing/impl.h"
#include "platform/base/conflict.h"
#include "platform/base/sorted_cursor.h"

namespace luytre::tracing {
namespace {

constexpr std::string_view kAnswersSeal = "tracing.answers";
constexpr std::string_view kNoteSeal = "tracing.note";

std::vector<visits::Flag> doubts_in(const std::map<PersonId, std::vector<visits::Doubted>>& doubted, PersonId person,
                                    const EvidenceRow& row) {
  const auto found = doubted.find(person);
  if (row.kind != EvidenceKind::kVisit || found == doubted.end()) return {};
  return visits::Doubtful::at(found->second, row.place, {row.started, row.ended});
}

std::vector<std::string> origins_in(const std::map<PersonId, std::vector<visits::Doubted>>& doubted, PersonId person,
                                    const EvidenceRow& row) {
  std::set<std::string> out;
  for (const PersonId one : {person, row.with_person}) {
    const auto found = doubted.find(one);
    if (row.kind != EvidenceKind::kVisit || found == doubted.end()) continue;
    const auto told = visits::Doubtful::origins_at(found->second, row.place, {row.started, row.ended});
    out.insert(told.begin(), told.end());
  }
  return {out.begin(), out.end()};
}

// Of what the disease's file names, whatever the day, or what was answered before: whoever classes anew sends it again.
bool all_known(const presence::Disease* disease, const std::optional<Answers>& before, const Answers& answers) {
  const presence::Disease nothing;
  return std::all_of(answers.begin(), answers.end(), [&](const auto& one) {
    return (disease ? *disease : nothing).knows_question(one.first) || (before && before->contains(one.first));
  });
}

}  // namespace

bool Tracing::Impl::sees_case(const Caller& caller, UnitId case_unit) const {
  for (const UnitId area : access.areas(caller, kReadContacts))
    if (geography.covers(area, case_unit)) return true;
  return false;
}

UnitId Tracing::Impl::seen_by(store::Session& session, const Caller& caller, const identity::Action& action,
                              const CandidateRow& row) const {
  const auto areas = access.areas(caller, action);
  const auto covered = [&](UnitId unit) {
    for (const UnitId area : areas)
      if (geography.covers(area, unit)) return true;
    return false;
  };
  if (covered(row.unit)) return row.unit;
  if (const auto traced = cases::Cases::traced(session, row.case_id); traced && covered(traced->unit))
    return traced->unit;
  for (const TaskKind kind : {TaskKind::kAssess, TaskKind::kCall, TaskKind::kDoor}) {
    const auto task = select_task_of(session, row.id, kind);
    if (!task) continue;
    for (const UnitId unit : select_task_units(session, task->id))
      if (covered(unit)) return unit;
  }
  return row.unit;
}

Tracing::Impl::DoubtsOf Tracing::Impl::doubts(store::Session& session, PersonId person,
                                              const std::vector<EvidenceRow>& rows) const {
  std::set<PersonId> persons;
  for (const EvidenceRow& row : rows)
    if (row.kind == EvidenceKind::kVisit) persons.insert({person, row.with_person});
  if (!doubtful || persons.empty()) return {};
  const std::vector<PersonId> asked(persons.begin(), persons.end());
  const auto known = people::known_as(session, asked);  // their visits under every record
  std::vector<PersonId> records;
  for (const auto& theirs : known) records.insert(records.end(), theirs.begin(), theirs.end());
  const auto doubted = doubtful->of(session, records);
  DoubtsOf out;
  for (std::size_t i = 0; i < asked.size(); ++i) {
    for (const PersonId record : known[i]) {
      const auto found = doubted.find(record);
      if (found == doubted.end()) continue;
      out[asked[i]].insert(out[asked[i]].end(), found->second.begin(), found->second.end());
    }
  }
  return out;
}

// By the rule of the day of the class, as modules/followup begins; who is immune is known there, and later.
bool Tracing::Impl::unruled(const cases::TracedCase& traced, const CandidateRow& row) const {
  if (row.status != CandidateStatus::kAssigned || row.assigned_class == Class::kNone) return false;
  const auto* disease = cases.diseases().find(traced.disease);
  const Date day = local_date(row.assigned_at.value_or(clock.now()));
  return !disease || !disease->follow_up_on(json::enum_text(*row.assigned_class), presence::Whom::kOthers, day);
}

std::optional<Answers> Tracing::Impl::answers_of(const CandidateRow& row) const {
  if (!row.answers) return std::nullopt;
  auto answers = json::parse<Answers>(unseal(kAnswersSeal, row.id.value, row.answers->data));
  if (!answers) return std::nullopt;
  return std::move(*answers);
}

// `names`: whether the reader may know who the evidence is with; a station that only has the contact may not.
Candidate Tracing::Impl::view(store::Session& session, const CandidateRow& row, bool names,
                              std::optional<std::size_t> strongest) const {
  Candidate out;
  out.id = row.id;
  out.case_ = row.case_id;
  if (auto person = people.brief(session, row.person)) out.person = std::move(*person);
  out.level = row.level;
  out.exposed_since = row.exposed_since;
  out.risk = row.risk;
  out.status = row.status;
  out.class_ = row.assigned_class;
  out.answers = answers_of(row);
  if (row.note) out.note = unseal(kNoteSeal, row.id.value, row.note->data);
  out.evidence_count = row.evidence_count;
  out.version = row.version;

  const auto rows = strongest ? select_strongest(session, row.id, *strongest) : select_evidence(session, row.id);
  out.evidence = view(session, row.person, rows, names);
  return out;
}

std::vector<Evidence> Tracing::Impl::view(store::Session& session, PersonId person,
                                          const std::vector<EvidenceRow>& rows, bool names) const {
  std::vector<Evidence> out;
  const auto doubted = doubts(session, person, rows);
  std::vector<DeclaredId> asked;
  for (const EvidenceRow& e : rows)
    if (e.declared) asked.push_back(*e.declared);
  const auto declared = select_declared(session, asked);
  std::vector<PersonId> pairs;  // who told, and whom it is with
  for (std::size_t i = 0, at = 0; i < rows.size(); ++i) {
    if (!rows[i].declared) continue;
    const auto& told = declared[at++];
    if (told && told->named_by) pairs.insert(pairs.end(), {told->with_person, rows[i].with_person});
  }
  const auto as = counted(session, pairs);
  std::size_t next = 0, next_pair = 0;
  for (const EvidenceRow& e : rows) {
    Evidence item;
    item.kind = e.kind;
    item.doubts = doubts_in(doubted, person, e);
    item.doubts_of_other = doubts_in(doubted, e.with_person, e);
    item.origins = origins_in(doubted, person, e);
    item.with.level = e.with_level;
    if (names) {
      item.with.id = e.with_person;
      if (const auto with = people.brief(session, e.with_person)) item.with.name = with->name;
    }
    if (e.place.value != 0) {
      if (const auto spot = places.spot(e.place, e.zone.value != 0 ? std::optional(e.zone) : std::nullopt)) {
        item.place = places::PlaceName{e.place, spot->place_name, spot->kind->kind};
        item.zone = spot->zone_name;
      }
    }
    item.from = e.started;
    item.to = e.ended;
    item.minutes = (e.ended - e.started).count() / 60;
    item.estimated = e.estimated;
    item.attenuation = e.attenuation;
    item.risk = e.risk;
    item.seat = e.seat;
    if (names) item.seat_of_other = e.seat_of_other;
    if (e.declared) {
      if (const auto& told = declared[next++]) {
        item.how = told->how;
        DeclaredDetail detail = detail_of(vault, *told);
        if (names) item.where = std::move(detail.where);
        if (names) item.relation = std::move(detail.relation);
        if (told->named_by) {
          item.named = as[next_pair] == as[next_pair + 1];
          next_pair += 2;
        }
      }
    }
    out.push_back(std::move(item));
  }
  return out;
}

void Tracing::Impl::log_namers(store::Session& session, const Caller& caller, const cases::TracedCase& traced,
                               const std::vector<Evidence>& shown) const {
  std::vector<identity::Access::Shown> namers;  // who are not told to the reader have no id
  for (const Evidence& e : shown)
    if (e.named) namers.push_back({e.with.id, traced.unit});
  access.log_each(session, caller, kReadContacts, namers, identity::note(identity::LogNote::kCaseFile, traced.number));
}

Task<Result<http::Page<Candidate>>> Tracing::candidates(const Caller& caller, CaseId id, CandidateFilter filter,
                                                        std::optional<std::string> cursor, std::size_t limit) {
  return impl_->db.transact(
      [impl = impl_.get(), caller, id, filter, cursor, limit](store::Session& s) -> Result<http::Page<Candidate>> {
        const auto traced = cases::Cases::traced(s, id);
        if (!traced) return kNotFound;
        // The contact history of a named case is opened here: the case's person is the subject, the case the reason.
        const identity::Subject subject{traced->person, traced->unit,
                                        identity::note(identity::LogNote::kCaseFile, traced->number)};
        const auto allowed = impl->access.require(s, caller, kReadContacts, subject);
        if (!allowed) return allowed.error();

        const CandidateSort sort = filter.sort.value_or(CandidateSort::kLevel);
        const bool levels = sort == CandidateSort::kLevel;
        const auto order = filter.order.value_or(levels ? cases::SortOrder::kAscending : cases::SortOrder::kDescending);
        const bool descending = order == cases::SortOrder::kDescending;
        const std::string sorted = json::enum_text(sort) + '-' + json::enum_text(order);
        const auto after = start_of(cursor, sorted, descending);
        if (!after) return after.error();
        const auto rows = page_candidates(s, id, filter, descending, *after, limit + 1);
        http::Page<Candidate> page;
        std::vector<identity::Access::Shown> shown;
        for (std::size_t i = 0; i < rows.size() && i < limit; ++i) {
          Candidate& one = page.items.emplace_back(impl->view(s, rows[i], true, kEvidenceShown));
          one.unruled = impl->unruled(*traced, rows[i]);
          shown.push_back({rows[i].person, rows[i].unit});
          for (const Evidence& e : one.evidence)  // the case's person is in the log above
            if (e.with.id != traced->person) shown.push_back({e.with.id, traced->unit});
        }
        if (rows.size() > limit) page.next = end_of(sorted, spot_of(rows[limit - 1], sort));
        impl->access.log_each(s, caller, kReadContacts, shown, subject.reason);
        return page;
      });
}

Result<Tracing::Impl::Opened> Tracing::Impl::open(store::Session& session, const Caller& caller,
                                                  const identity::Action& action, CandidateId id) const {
  auto row = select_candidate(session, id);
  if (!row) return kNotFound;
  auto traced = cases::Cases::traced(session, row->case_id);
  if (!traced) return kNotFound;
  const identity::Subject subject{row->person, seen_by(session, caller, action, *row),
                                  identity::note(identity::LogNote::kCaseFile, traced->number)};
  const auto allowed = access.require(session, caller, action, subject);
  if (!allowed) return allowed.error();
  return Opened{std::move(*row), std::move(*traced)};
}

Task<Result<Candidate>> Tracing::candidate(const Caller& caller, CandidateId id) {
  return impl_->db.transact([impl = impl_.get(), caller, id](store::Session& s) -> Result<Candidate> {
    const auto opened = impl->open(s, caller, kReadContacts, id);
    if (!opened) return opened.error();
    Candidate out = impl->view(s, opened->row, impl->sees_case(caller, opened->traced.unit), std::nullopt);
    impl->log_namers(s, caller, opened->traced, out.evidence);
    out.unruled = impl->unruled(opened->traced, opened->row);
    out.named = static_cast<std::int64_t>(impl->named_by(s, opened->row).size());
    if (auto contact = impl->people.contact_of(s, opened->row.person)) {
      out.contact = ContactData{std::move(contact->phones), std::move(contact->address)};
    }
    return out;
  });
}

Task<Result<Candidate>> Tracing::assign(const Caller& caller, CandidateId id, Assignment assignment,
                                        std::int64_t version) {
  auto assigning = impl_->db.transact([impl = impl_.get(), caller, id, assignment = std::move(assignment),
                                       version](store::Session& s) -> Result<Candidate> {
    auto opened = impl->open(s, caller, kAssign, id);
    if (!opened) return opened.error();
    CandidateRow& row = opened->row;
    if (row.version != version) return kVersionConflict;
    if (row.status == CandidateStatus::kWithdrawn) return kCandidateWithdrawn;
    if (!all_known(impl->cases.diseases().find(opened->traced.disease), impl->answers_of(row), assignment.answers))
      return wrong_field("/answers", "unknown");

    row.status = assignment.class_ == Class::kNone ? CandidateStatus::kDismissed : CandidateStatus::kAssigned;
    row.assigned_class = assignment.class_;
    row.answers = store::Bytes{impl->seal(kAnswersSeal, id.value, json::text(assignment.answers))};
    row.note.reset();
    if (assignment.note) row.note = store::Bytes{impl->seal(kNoteSeal, id.value, *assignment.note)};
    row.assigned_by = caller.account;
    row.assigned_at = impl->clock.now();
    row.version = version + 1;
    update_candidate(s, row, version);
    // Whoever assigned the class has spoken with the person: every task about this contact is done.
    for (const TaskKind kind : {TaskKind::kAssess, TaskKind::kCall, TaskKind::kDoor}) {
      const auto task = select_task_of(s, id, kind);
      if (!task) continue;
      const bool refused = task->outcome == Outcome::kRefused;
      impl->end_task(s, *task, TaskState::kDone, refused ? Outcome::kRefused : Outcome::kReached);
    }
    s.publish({"candidate.assigned", id.value, impl->clock.now(), row.version, row.unit.value});
    Candidate out = impl->view(s, row, impl->sees_case(caller, opened->traced.unit), std::nullopt);
    out.unruled = impl->unruled(opened->traced, row);
    out.named = static_cast<std::int64_t>(impl->named_by(s, row).size());
    return out;
  });
  return with_current(std::move(assigning), [this, caller, id] { return candidate(caller, id); });
}

}  // namespace luytre::tracing
