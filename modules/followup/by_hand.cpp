#include "modules/followup/by_hand.h"

#include <algorithm>

#include "modules/followup/impl.h"
#include "modules/people/merged.h"
#include "platform/base/conflict.h"

namespace luytre::followup {
namespace {

using Contact = tracing::Tracing::Contact;

constexpr std::string_view kGroundSeal = "followup.by_hand";

struct Ground {
  std::string note;
  std::optional<std::string> source;
};
BOOST_DESCRIBE_STRUCT(Ground, (), (note, source))

std::optional<Error> wrong_word(const NewByHand& said, std::optional<Date> last_exposure, Date today) {
  if (said.note.empty()) return wrong_field("/note", "required");
  if (!said.days) return std::nullopt;
  if (*said.days < 1 || *said.days > kByHandMost) return wrong_field("/days", "range");
  if (!last_exposure || Date{last_exposure->days + *said.days} < today) return wrong_field("/days", "range");
  if (!said.source || said.source->empty()) return wrong_field("/source", "required");
  return std::nullopt;
}

}  // namespace

void FollowUps::Impl::note_unruled(store::Session& session, tracing::CandidateId id,
                                   const std::optional<Contact>& contact) const {
  const auto known = storage::unruled(session, id);
  if (!contact || !contact->stands || rule_of(session, *contact)) {
    if (!known || known->gone) return;
    storage::UnruledRow row = *known;
    row.gone = now();
    return storage::put(session, row);
  }
  const Instant since = contact->assigned_at.value_or(now());
  if (!known && since < now() - kKept) return;  // said, and deleted since
  storage::UnruledRow row;
  if (known && known->assigned == *contact->class_) {
    row = *known;
  } else {
    row.candidate = id;
    row.assigned = *contact->class_;
    row.since = since;
    if (known) row.version = known->version + 1;
  }
  row.case_id = contact->case_;
  row.person = contact->person;
  row.disease = contact->disease;
  row.unit = unit_of(*contact);
  row.gone.reset();
  if (!row.own_case) {
    const auto own = cases::Cases::open_of(session, row.person, row.disease);
    if (own && own->classification == cases::Classification::kConfirmed) row.own_case = own->id;
  }
  if (row != known) storage::put(session, row);
}

void FollowUps::Impl::note_own_case(store::Session& session, PersonId record, const cases::TracedCase& traced) const {
  const bool confirmed = traced.classification == cases::Classification::kConfirmed;
  for (storage::UnruledRow& row : storage::unruled_of(session, record)) {
    if (row.disease != traced.disease) continue;
    const bool over_before = traced.status == cases::Status::kClosed && traced.id.value < row.candidate.value;
    if (confirmed && !over_before && !row.own_case) {
      row.own_case = traced.id;
    } else if (!confirmed && row.own_case == traced.id) {
      row.own_case.reset();
    } else {
      continue;
    }
    storage::put(session, row);
  }
}

std::optional<ByHand> FollowUps::Impl::said_of(const storage::UnruledRow& row) const {
  if (!row.settled || !row.ground) return std::nullopt;
  auto ground = json::parse<Ground>(vault.unsealed(kGroundSeal, std::to_string(row.candidate.value), row.ground->data));
  if (!ground) throw std::runtime_error("what was said of a contact without a rule cannot be read");
  ByHand out;
  out.days = row.days;
  out.note = std::move(ground->note);
  out.source = std::move(ground->source);
  out.by = row.by_name.value_or("");
  out.at = *row.settled;
  return out;
}

bool FollowUps::Impl::nobody_by_hand(store::Session& session, const storage::ReasonRow& reason) const {
  if (reason.rule != kByOfficer) return false;
  const auto said = storage::unruled(session, reason.candidate);
  return said && said->settled && !said->days && said->assigned == reason.assigned;
}

// People are held by the follow-up of another of their records, too.
std::vector<storage::UnruledRow> FollowUps::Impl::unsettled(store::Session& session,
                                                            const referrals::Reach& reach) const {
  auto rows = storage::unsettled(session, reach, staff::kWaitingMost);
  std::vector<PersonId> persons;
  for (const auto& row : rows) persons.push_back(row.person);
  const auto known = people::known_as(session, persons);
  std::vector<PersonId> others;
  std::vector<std::size_t> whose;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    for (const PersonId record : known[i]) {
      if (record == rows[i].person) continue;
      others.push_back(record);
      whose.push_back(i);
    }
  }
  std::vector<bool> held(rows.size(), false);
  const auto periods = storage::of_each(session, others);
  for (std::size_t n = 0; n < others.size(); ++n)
    for (const storage::PeriodRow& period : periods[n])
      if (period.state == State::kOpen && period.disease == rows[whose[n]].disease) held[whose[n]] = true;
  std::vector<storage::UnruledRow> out;
  for (std::size_t i = 0; i < rows.size(); ++i)
    if (!held[i]) out.push_back(std::move(rows[i]));
  return out;
}

UnitId FollowUps::Impl::unit_of(const Contact& contact) const {
  return geography.responsible_commune(contact.unit, today()).value_or(contact.unit);
}

Result<UnitId> FollowUps::Impl::asked_by(store::Session& session, const Caller& caller, const Contact& contact) const {
  const auto traced = cases::Cases::traced(session, contact.case_);
  if (!traced) return kNotFound;
  const auto areas = access.areas(caller, kWork);
  const UnitId unit = geography.covers(areas, unit_of(contact)) ? unit_of(contact) : traced->unit;
  if (!geography.covers(areas, unit)) return kNotFound;  // nobody learns what there is elsewhere
  const auto allowed = access.require(
      session, caller, kWork, {contact.person, unit, identity::note(identity::LogNote::kCaseFile, traced->number)});
  if (!allowed) return allowed.error();
  return unit;
}

Result<Unruled> FollowUps::Impl::view(store::Session& session, const Caller& caller, const Contact& contact) const {
  const auto traced = cases::Cases::traced(session, contact.case_);
  if (!traced || !contact.stands || rule_of(session, contact)) return kNotByHand;
  const auto row = storage::unruled(session, contact.candidate);
  Unruled out;
  out.since = contact.assigned_at.value_or(now());
  if (!row && out.since < now() - kKept) return kNotByHand;
  out.candidate = contact.candidate;
  out.person = people.brief(session, contact.person).value_or(people::PersonBrief{});
  out.person.id = contact.person;
  out.case_ = traced->id;
  out.case_number = traced->number;
  out.disease = contact.disease;
  out.class_ = *contact.class_;
  out.unit = unit_of(contact);
  if (const auto* unit = geography.find(out.unit)) out.unit_name = unit->full_name;
  if (contact.last_exposure) out.last_exposure = local_date(*contact.last_exposure - std::chrono::seconds(1));
  if (row) {
    const bool same = row->assigned == out.class_;  // the feed may not have told yet
    if (same) out.said = said_of(*row);
    if (same) out.since = row->since;
    out.version = row->version + (same ? 0 : 1);
    out.ill = row->own_case.has_value();
  }
  const auto open = open_for(session, contact.person, contact.disease);
  if (open && open->state == State::kOpen) out.follow_up = open->id;
  out.yours = geography.covers(access.areas(caller, kWork), out.unit);
  return out;
}

Result<Unruled> FollowUps::Impl::say_by_hand(store::Session& session, const Caller& caller, tracing::CandidateId id,
                                             const NewByHand& said, std::int64_t version) {
  const auto contact = tracing.contact(session, id);
  if (!contact) return kNotFound;
  const auto asked = asked_by(session, caller, *contact);
  if (!asked) return asked.error();
  const auto before = view(session, caller, *contact);
  if (!before) return before.error();
  if (!before->yours) return kNotPermitted;
  if (before->version != version) return kVersionConflict;
  if (auto wrong = wrong_word(said, before->last_exposure, today())) return *wrong;
  note_unruled(session, id, contact);
  storage::UnruledRow row = storage::unruled(session, id).value();
  Ground ground{said.note, {}};
  if (said.source && !said.source->empty()) ground.source = *said.source;
  row.settled = now();
  row.days = said.days;
  row.ground = store::Bytes{vault.seal(kGroundSeal, std::to_string(id.value), json::text(ground))};
  row.account = caller.account;
  row.by_name = caller.name;
  ++row.version;
  storage::put(session, row);
  weigh(session, id);
  return view(session, caller, *contact);
}

store::Following FollowUps::follow_unruled() {
  return {"followup.unruled",
          {"candidate.assigned"},
          [impl = impl_.get()](store::Session& s, const store::Event& event) {
            const tracing::CandidateId id{event.subject};
            impl->note_unruled(s, id, impl->tracing.contact(s, id));
          },
          {}};
}

Task<Result<Unruled>> FollowUps::unruled(const Caller& caller, tracing::CandidateId id) {
  return impl_->db.transact([impl = impl_.get(), caller, id](store::Session& s) -> Result<Unruled> {
    const auto contact = impl->tracing.contact(s, id);
    if (!contact) return kNotFound;
    const auto asked = impl->asked_by(s, caller, *contact);
    if (!asked) return asked.error();
    return impl->view(s, caller, *contact);
  });
}

Task<Result<Unruled>> FollowUps::say_by_hand(const Caller& caller, tracing::CandidateId id, NewByHand said,
                                             std::int64_t version) {
  Impl* const impl = impl_.get();
  auto saying =
      impl->db.transact([impl, caller, id, said = std::move(said), version](store::Session& s) -> Result<Unruled> {
        return impl->say_by_hand(s, caller, id, said, version);
      });
  return with_current(std::move(saying), [this, caller, id] { return unruled(caller, id); });
}

}  // namespace luytre::followup
