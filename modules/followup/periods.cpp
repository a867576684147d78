// When follow-ups begin and end, and what becomes of them without anybody.

#include <algorithm>

#include "modules/followup/immune.h"
#include "modules/followup/impl.h"
#include "modules/people/merged.h"

namespace luytre::followup {
namespace {

constexpr std::size_t kEndMost = 500;   // in one run
constexpr std::size_t kWeighMost = 50;  // in one run: each may read visits again

Date after(Date day) {
  return {day.days + 1};
}

}  // namespace

void FollowUps::Impl::publish(store::Session& session, const storage::PeriodRow& row, const char* type) const {
  session.publish({type, row.id.value, now(), row.version, row.unit.value});
}

std::optional<storage::PeriodRow> FollowUps::Impl::open_for(store::Session& session, PersonId person,
                                                            const std::string& disease) const {
  std::optional<storage::PeriodRow> ill;
  for (const PersonId record : people::known_as(session, person)) {
    for (auto& row : storage::of_person(session, record)) {
      if (row.disease != disease) continue;
      if (row.state == State::kOpen) return std::move(row);
      const auto own = row.state == State::kBecameCase ? own_case(session, row) : std::nullopt;
      if (!ill && own && own->status == cases::Status::kOpen) ill = std::move(row);
    }
  }
  return ill;
}

std::optional<cases::TracedCase> FollowUps::Impl::own_case(store::Session& session,
                                                           const storage::PeriodRow& row) const {
  auto own = row.suspect ? cases::Cases::traced(session, *row.suspect) : std::nullopt;
  if (own && own->classification != cases::Classification::kConfirmed) own.reset();
  return own;
}

const presence::FollowUp* FollowUps::Impl::rule_of(store::Session& session,
                                                   const tracing::Tracing::Contact& contact) const {
  const auto* disease = cases.diseases().find(contact.disease);
  if (!contact.stands || !disease) return nullptr;
  const bool immune = is_immune(session, contact, today());
  return disease->follow_up_on(json::enum_text(*contact.class_),
                               immune ? presence::Whom::kImmune : presence::Whom::kOthers,
                               local_date(contact.assigned_at.value_or(now())));
}

std::optional<storage::ReasonRow> FollowUps::Impl::reason_of(store::Session& session,
                                                             const tracing::Tracing::Contact& contact) const {
  if (!contact.stands || !contact.last_exposure) return std::nullopt;
  storage::ReasonRow out;
  out.candidate = contact.candidate;
  out.case_id = contact.case_;
  out.assigned = *contact.class_;
  out.last_exposure = local_date(*contact.last_exposure - std::chrono::seconds(1));  // half-open
  if (const auto* rule = rule_of(session, contact)) {
    out.days = rule->days();
    out.rule = rule->source;
    out.test_days = test_days_text(*rule);
    return out;
  }
  const auto said = storage::unruled(session, contact.candidate);
  if (!said || !said->days || said->assigned != *contact.class_) return std::nullopt;
  out.days = *said->days;
  out.rule = kByOfficer;
  return out;
}

void FollowUps::Impl::weigh(store::Session& session, tracing::CandidateId id) {
  const auto contact = tracing.contact(session, id);
  note_unruled(session, id, contact);
  auto reason = contact ? reason_of(session, *contact) : std::nullopt;
  std::optional<storage::PeriodRow> mine;  // where it is a reason already, and may be one again
  bool stays = false;
  for (storage::ReasonRow& known : storage::of_candidate(session, id)) {
    auto row = storage::find(session, known.period);
    const auto stands_for = row ? standing(session, row->id) : std::nullopt;
    if (!stands_for) continue;
    const State state = stands_for->state;
    const bool again = state == State::kReleased && local_date(*stands_for->ended) == today();
    if (state != State::kOpen && state != State::kBecameCase && !again) continue;
    if (contact && !one_person(session, contact->person, row->person)) {  // they were parted
      storage::drop(session, known);
      settle(session, std::move(*row));
      continue;
    }
    if (reason) {
      mine = std::move(row);
      stays = state == State::kOpen;
      break;
    }
    // A contact whose evidence cannot be read any more is still one: only a decision releases.
    const bool stands = contact && contact->stands && contact->class_ == known.assigned;
    if (!known.counts || (stands && !nobody_by_hand(session, known))) continue;
    known.counts = false;
    storage::put(session, known);
    settle(session, std::move(*row));
  }
  if (!reason) return;
  if (reason->until() < today() && !mine) return;  // over before anybody knew
  if (!stays)
    if (auto open = open_for(session, contact->person, contact->disease)) mine = std::move(open);
  const bool begins = !mine;
  if (begins) {
    storage::PeriodRow row;
    row.id = db.ids().make<FollowUpId>();
    row.person = contact->person;
    row.disease = contact->disease;
    row.unit = geography.responsible_commune(contact->unit, today()).value_or(contact->unit);
    row.first_day = std::max(after(reason->last_exposure), today());
    row.last_day = reason->until();
    row.waiting_since = row.first_day;
    row.base = row.level = referrals::base_of(geography, row.unit);
    row.climb_at = local_midnight(after(row.first_day));
    row.created = now();
    if (const auto reported = cases::Cases::open_of(session, row.person, row.disease)) row.suspect = reported->id;
    storage::insert(session, row);
    mine = std::move(row);
  }
  reason->period = mine->id;
  const auto all = storage::reasons(session, mine->id);
  if (std::find(all.begin(), all.end(), *reason) == all.end()) storage::put(session, *reason);
  if (begins) publish(session, *mine, "followup.began");
  settle(session, *mine);
  if (begins) take_up(session, *mine);
}

std::vector<tracing::CandidateId> FollowUps::Impl::contacts_of(store::Session& session, CaseId id) const {
  std::vector<tracing::CandidateId> all = tracing::Tracing::assigned(session, id);
  for (const storage::ReasonRow& row : storage::of_case(session, id, {}, SIZE_MAX >> 1)) all.push_back(row.candidate);
  for (const tracing::CandidateId candidate : storage::unruled_of_case(session, id)) all.push_back(candidate);
  std::sort(all.begin(), all.end());
  all.erase(std::unique(all.begin(), all.end()), all.end());
  return all;
}

void FollowUps::Impl::weigh(store::Session& session, CaseId id) {
  for (const tracing::CandidateId candidate : contacts_of(session, id)) weigh(session, candidate);
}

void FollowUps::Impl::weigh_soon(store::Session& session, CaseId id) const {
  for (const tracing::CandidateId candidate : contacts_of(session, id)) storage::put_due(session, candidate);
}

// The longest end of what counts; nothing that counts: released. Who is a confirmed case themselves is in other hands,
// until that was a mistake: then they are asked on, and nobody is called for the days between.
void FollowUps::Impl::settle(store::Session& session, storage::PeriodRow row) {
  if (row.joined_to) row = standing(session, row.id).value();
  std::optional<Date> until;
  for (const storage::ReasonRow& reason : storage::reasons(session, row.id))
    if (reason.counts) until = std::max(until.value_or(reason.until()), reason.until());
  const bool ill = own_case(session, row) && (until || row.state == State::kBecameCase);
  const State to = ill ? State::kBecameCase : until ? State::kOpen : State::kReleased;
  if (until) row.last_day = *until;
  read_days(session, row);
  plan_tests(session, row);
  if (to != State::kOpen) row.test_day.reset();
  if (to != State::kOpen && row.state != to) return end(session, row, to);
  const bool resumes = to == State::kOpen && row.state != to;
  if (resumes && other_open(session, row)) {  // began after that case was over: the reasons are its, too
    end(session, row, State::kDone);
    for (const storage::ReasonRow& reason : storage::reasons(session, row.id)) weigh(session, reason.candidate);
    return;
  }
  if (resumes) {
    if (row.state == State::kBecameCase) row.climb_at = std::max(row.climb_at, local_midnight(after(today())));
    row.state = State::kOpen;
    row.ended.reset();
    staff::lose_gone(session, geography, row, {row.unit}, now());
  }
  write(session, row, "followup.changed");
  if (!resumes) return;
  take_up(session, row);
  join(session, row.person);  // another record's may have begun meanwhile
}

void FollowUps::Impl::end(store::Session& session, storage::PeriodRow& row, State state) const {
  row.state = state;
  row.ended = now();
  if (state != State::kDone) row.test_day.reset();
  storage::update(session, row);
  withdraw_transfer(session, row.id);
  publish(session, row, "followup.ended");
}

void FollowUps::Impl::read_days(store::Session& session, storage::PeriodRow& row) const {
  std::optional<Date> answered;
  bool symptoms = false;
  for (const storage::EntryRow& entry : storage::entries(session, row.id)) {
    if (entry.replaced || entry.finding == Finding::kNotReached) continue;
    answered = std::max(answered.value_or(entry.day), entry.day);
    symptoms = symptoms || entry.finding == Finding::kSymptoms;
  }
  const Date first = first_day(session, row);
  const Date waiting = answered ? std::max(after(*answered), first) : first;
  if (waiting != row.waiting_since) {
    row.waiting_since = waiting;
    row.level = row.base;
    row.climb_at = local_midnight(after(waiting));
  }
  row.offered = symptoms && !row.suspect ? 1 : 0;
}

void FollowUps::Impl::write(store::Session& session, storage::PeriodRow& row, const char* type) const {
  if (storage::find(session, row.id) == row) return;
  storage::update(session, row);
  publish(session, row, type);
}

void FollowUps::Impl::review(store::Session& session, storage::PeriodRow row, const char* type) const {
  read_days(session, row);
  write(session, row, type);
}

void FollowUps::Impl::look_again(store::Session& session) {
  for (const auto candidate : storage::take_due(session, kWeighMost)) weigh(session, candidate);
}

void FollowUps::Impl::watch(store::Session& session) const {
  for (auto& row : storage::over(session, today(), kEndMost)) end(session, row, State::kDone);
  const Instant at = now();
  for (auto& row : storage::late(session, at, today(), referrals::kEscalateMost)) {
    row.level = std::min(row.level + 1, referrals::kTop);
    row.climb_at = at + kClimbsAfter;
    storage::update(session, row);
    publish(session, row, "followup.escalated");
  }
  call_for_transfers(session);
}

// A case of somebody who is followed is what was offered, whoever reported it, also after the end. Of several the
// newest: an older one that is only changed now says nothing of what came since, and a newer one nothing of the case
// with which a follow-up ended. Nor does one that was over before the follow-up began.
void FollowUps::Impl::reported(store::Session& session, CaseId id) {
  const auto traced = cases::Cases::traced(session, id);
  if (!traced) return;
  const bool stands = traced->classification != cases::Classification::kDiscarded;
  for (const PersonId record : people::known_as(session, traced->person)) {
    note_own_case(session, record, *traced);
    for (auto& row : storage::of_person(session, record)) {
      if (row.disease != traced->disease || row.joined_to) continue;
      const bool offers = row.state != State::kBecameCase && row.offered != 0;
      if (row.state != State::kOpen && !offers && row.suspect != id) continue;
      const bool over_before = traced->status == cases::Status::kClosed && id.value < row.id.value;
      const bool newest = !row.suspect || *row.suspect < id;
      if (stands && newest && !over_before) {
        row.suspect = id;
      } else if (!stands && row.suspect == id) {
        row.suspect.reset();
      }
      if (row.state == State::kOpen || row.state == State::kBecameCase) {
        settle(session, std::move(row));
      } else {
        review(session, std::move(row), "followup.changed");
      }
    }
  }
}

}  // namespace luytre::followup
