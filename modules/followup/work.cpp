// What officers see of follow-ups, and what they record.

#include <algorithm>
#include <map>

#include "modules/followup/impl.h"
#include "platform/base/noted.h"

namespace luytre::followup {
namespace {

// Of several findings of one day: symptoms count before none, and both before not having reached anybody.
int weight(Finding finding) {
  return finding == Finding::kSymptoms ? 2 : finding == Finding::kNone ? 1 : 0;
}

DayState state_of(Finding finding) {
  switch (finding) {
    case Finding::kSymptoms:
      return DayState::kSymptoms;
    case Finding::kNone:
      return DayState::kNone;
    case Finding::kNotReached:
      break;
  }
  return DayState::kNotReached;
}

std::vector<Day> calendar(const storage::PeriodRow& row, Date first, const std::vector<storage::EntryRow>& entries,
                          Date today) {
  std::map<Date, Finding> found;
  for (const storage::EntryRow& entry : entries) {
    if (entry.replaced) continue;
    const auto [known, fresh] = found.emplace(entry.day, entry.finding);
    if (!fresh && weight(entry.finding) > weight(known->second)) known->second = entry.finding;
  }
  const bool before = row.state == State::kReleased || row.state == State::kBecameCase;
  const std::optional<Date> left = before ? std::optional(local_date(*row.ended)) : std::nullopt;
  std::vector<Day> out;
  for (Date day = first; day <= row.last_day; ++day.days) {
    Day& one = out.emplace_back();
    one.date = day;
    const auto known = found.find(day);
    if (known != found.end()) {
      one.state = state_of(known->second);
    } else if (left && day >= *left) {
      one.state = DayState::kNotNeeded;
    } else if (day < today) {
      one.state = DayState::kMissed;
    } else {
      one.state = day == today ? DayState::kDue : DayState::kLater;
    }
  }
  return out;
}

std::optional<Error> wrong_entry(const NewEntry& entry, const presence::Disease* disease) {
  if (entry.via == Via::kApp) return wrong_field("/via", "unknown");
  if ((entry.finding == Finding::kSymptoms) == entry.symptoms.empty())
    return wrong_field("/symptoms", entry.symptoms.empty() ? "required" : "unknown");
  const presence::Disease nothing;
  for (const std::string& one : entry.symptoms)
    if (!(disease ? *disease : nothing).knows_sign(one)) return wrong_field("/symptoms", "unknown");
  const bool other =
      std::find(entry.symptoms.begin(), entry.symptoms.end(), presence::kOtherSign) != entry.symptoms.end();
  if (other && (!entry.note || entry.note->empty())) return wrong_field("/note", "required");
  return std::nullopt;
}

}  // namespace

FollowUp FollowUps::Impl::view(store::Session& session, const Caller& caller, const storage::PeriodRow& row) const {
  return std::move(views(session, caller, storage::with_joined(session, {row})).front());
}

std::vector<FollowUp> FollowUps::Impl::views(store::Session& session, const Caller& caller,
                                             std::span<const storage::Group> groups) const {
  std::vector<FollowUpId> ids;
  std::vector<PersonId> persons;
  std::vector<CaseId> suspects;
  std::vector<staff::Holding> work;
  for (const auto& [row, joined] : groups) {
    ids.push_back(row.id);
    persons.push_back(row.person);
    if (row.suspect) suspects.push_back(*row.suspect);
    work.push_back(row);
  }
  const auto briefs = people.briefs(session, persons);
  std::map<CaseId, std::string> numbers;
  for (auto& one : cases::Cases::traced(session, suspects)) numbers[one.id] = std::move(one.number);
  const auto entries = storage::entries(session, ids);
  auto assignees = staff::assignees(session, caller, work);
  const auto waiting = storage::waiting(session, ids);
  const auto areas = access.areas(caller, kWork);
  std::vector<FollowUp> out;
  for (std::size_t i = 0; i < groups.size(); ++i) {
    const storage::PeriodRow& row = groups[i].row;
    FollowUp& one = out.emplace_back(view(caller, groups[i], entries[i]));
    if (const auto brief = briefs.find(row.person); brief != briefs.end()) one.person = brief->second;
    if (const auto number = row.suspect ? numbers.find(*row.suspect) : numbers.end(); number != numbers.end())
      one.suspect = cases::CaseLink{number->first, number->second};
    one.assignee = std::move(assignees[i]);
    const auto transfer = waiting.find(row.id);  // why is for those two units
    if (transfer != waiting.end() &&
        (geography.covers(areas, row.unit) || geography.covers(areas, transfer->second.to_unit)))
      one.transfer = view(caller, transfer->second);
  }
  add_tests(session, out);
  return out;
}

FollowUp FollowUps::Impl::view(const Caller& caller, const storage::Group& group,
                               const std::vector<storage::EntryRow>& entries) const {
  const storage::PeriodRow& row = group.row;
  FollowUp out;
  out.id = row.id;
  out.person.id = row.person;
  out.disease = row.disease;
  out.unit = row.unit;
  if (const auto* unit = geography.find(row.unit)) out.unit_name = unit->full_name;
  out.joined = static_cast<std::int64_t>(group.joined.size());
  out.first_day = row.first_day;
  for (const storage::PeriodRow& other : group.joined) out.first_day = std::min(out.first_day, other.first_day);
  out.last_day = row.last_day;
  out.state = row.state;
  out.ended = row.ended;
  if (row.state == State::kOpen && row.waiting_since <= std::min(today(), row.last_day))
    out.waiting_since = row.waiting_since;
  out.level = static_cast<Level>(row.level);
  out.escalated = row.level > row.base;
  const auto mine = referrals::level_of(geography, caller, row.unit);
  out.yours = row.state == State::kOpen && mine && *mine <= row.level;
  out.offered = row.offered > 0;
  out.days = calendar(row, out.first_day, entries, today());
  for (const Day& day : out.days) {
    const bool unanswered = day.state == DayState::kMissed || day.state == DayState::kNotReached;
    if (unanswered && day.date < today()) ++out.missed;
  }
  out.lost = staff::lost(row);
  out.version = row.version;
  return out;
}

Result<Done> FollowUps::Impl::look(store::Session& session, const Caller& caller, const storage::PeriodRow& row,
                                   UnitId unit, const std::string& reason) const {
  std::vector<identity::Subject> shown;
  add_shown(storage::with_joined(session, {row}).front(), unit, reason, shown);
  return access.require_each(session, caller, kWork, shown);
}

void FollowUps::Impl::add_shown(const storage::Group& group, UnitId unit, const std::string& reason,
                                std::vector<identity::Subject>& shown) {
  shown.push_back({group.row.person, unit, reason});
  for (const storage::PeriodRow& other : group.joined) shown.push_back({other.person, unit, reason});
}

// The latest end first; those that count no longer last.
std::vector<Reason> FollowUps::Impl::reasons(store::Session& session, FollowUpId id) const {
  std::vector<Reason> out;
  for (const storage::ReasonRow& reason : storage::reasons(session, id)) {
    Reason one;
    one.candidate = reason.candidate;
    one.case_ = reason.case_id;
    one.class_ = reason.assigned;
    one.last_exposure = reason.last_exposure;
    one.days = reason.days;
    one.rule = reason.rule;
    one.until = reason.until();
    one.counts = reason.counts;
    const auto traced = cases::Cases::traced(session, reason.case_id);
    if (traced) one.case_number = traced->number;
    const bool stands = traced && traced->classification == cases::Classification::kConfirmed;
    if (!reason.counts)
      one.gone = !stands ? Gone::kCase : nobody_by_hand(session, reason) ? Gone::kOfficer : Gone::kClass;
    if (reason.rule == kByOfficer)
      if (const auto said = storage::unruled(session, reason.candidate); said && said->assigned == reason.assigned)
        one.by_hand = said_of(*said);
    out.push_back(std::move(one));
  }
  std::stable_sort(out.begin(), out.end(), [](const Reason& a, const Reason& b) {
    return std::pair(b.counts, b.until) < std::pair(a.counts, a.until);
  });
  return out;
}

std::vector<Exposure> FollowUps::Impl::suspected(store::Session& session, const storage::PeriodRow& row) const {
  std::vector<Exposure> out;
  for (const auto& contact : tracing.contact_of(session, row.person)) {
    if (!contact.suspected || contact.disease != row.disease) continue;
    if (auto one = exposure_of(session, contact)) out.push_back(std::move(*one));
  }
  return out;
}

Result<storage::PeriodRow> FollowUps::Impl::seen(store::Session& session, const Caller& caller, FollowUpId id) const {
  auto row = standing(session, id);
  const auto unit = row ? seen_by(session, caller, *row) : std::nullopt;
  if (!unit) return kNotFound;  // also of one that lies elsewhere: nobody learns what there is
  const auto allowed =
      look(session, caller, *row, *unit, identity::note(identity::LogNote::kFollowUp, to_text(row->id)));
  if (!allowed) return allowed.error();
  return std::move(*row);
}

// What was noted while it ran belongs to it, also when its last day went by before the phone had a network again.
bool FollowUps::Impl::recordable(const storage::PeriodRow& row, Instant at, bool noted) const {
  if (row.state == State::kOpen && today() <= row.last_day) return true;
  if (!noted || (row.state != State::kOpen && row.state != State::kDone)) return false;
  return local_date(at) <= row.last_day && now() - at <= kSentWithin;
}

Result<Recorded> FollowUps::Impl::record(store::Session& session, const Caller& caller, FollowUpId id,
                                         const NewEntry& entry) const {
  auto row = seen(session, caller, id);
  if (!row) return row.error();
  if (entry.noted) {
    if (entry.noted->key.empty()) return wrong_field("/noted/key", "required");
    if (const auto known = storage::noted(session, caller.account, entry.noted->key)) {
      const auto all = storage::entries(session, row->id);
      const bool here = std::any_of(all.begin(), all.end(), [&](const auto& one) { return one.id == *known; });
      if (!here) return wrong_field("/noted/key", "unknown");  // of somebody else: what is said now would be lost
      return Recorded{*known};
    }
  }
  const Instant at = entry.noted ? noted_at(entry.noted->at, entry.noted->sent, row->created, now()) : now();
  if (!recordable(*row, at, entry.noted.has_value())) return kFollowUpEnded;
  if (!geography.covers(access.areas(caller, kWork), row->unit)) return kNotTaken;
  if (auto wrong = wrong_entry(entry, cases.diseases().find(row->disease))) return *wrong;
  const Date day = entry.day.value_or(local_date(at));
  if (day < first_day(session, *row) || day > std::min(today(), row->last_day)) return wrong_field("/day", "range");
  storage::EntryRow made;
  made.period = row->id;
  if (entry.corrects) {
    const auto all = storage::entries(session, row->id);
    const auto wrong = std::find_if(all.begin(), all.end(), [&](const auto& one) { return one.id == *entry.corrects; });
    if (wrong == all.end() || wrong->replaced || wrong->via == Via::kApp) return wrong_field("/corrects", "unknown");
    storage::replace(session, wrong->id);
    made.period = wrong->period;  // of whichever record it is
  }
  made.id = db.ids().make<EntryId>();
  made.day = day;
  made.finding = entry.finding;
  made.via = entry.via;
  made.at = at;
  made.account = caller.account;
  made.by_name = caller.name;
  if (entry.noted) made.noted = entry.noted->key;
  if (!entry.symptoms.empty() || entry.note) {
    Detail detail;
    detail.symptoms = entry.symptoms;
    if (entry.note) detail.note = *entry.note;
    made.detail = store::Bytes{vault.seal(kDetailSeal, std::to_string(made.id.value), json::text(detail))};
  }
  if (!storage::insert(session, made)) {  // its twin came at the same moment
    const auto twin = made.noted ? storage::noted(session, caller.account, *made.noted) : std::nullopt;
    if (twin) return Recorded{*twin};
    return kConflict;
  }
  if (row->taken_by == caller.account && !row->taken_at) {
    row->taken_at = now();
    storage::update(session, *row);
  }
  publish(session, *row, "followup.recorded");
  review(session, std::move(*row), "followup.changed");
  return Recorded{made.id};
}

// By the others of the same person: phones that are not known yet, and an address only if there is none.
void FollowUps::Impl::add_contacts(store::Session& session, std::span<FollowUp> to,
                                   std::span<const storage::Group> groups) const {
  std::vector<PersonId> all;
  for (const auto& [row, joined] : groups) {
    all.push_back(row.person);
    for (const storage::PeriodRow& other : joined) all.push_back(other.person);
  }
  const auto contacts = people.contacts_of(session, all);
  std::size_t next = 0;
  for (std::size_t i = 0; i < groups.size(); ++i) {
    for (std::size_t records = groups[i].joined.size() + 1; records > 0; --records) {
      const auto more = contacts.find(all[next++]);
      if (more == contacts.end()) continue;
      ContactData& known = to[i].contact ? *to[i].contact : to[i].contact.emplace();
      for (const std::string& phone : more->second.phones)
        if (std::find(known.phones.begin(), known.phones.end(), phone) == known.phones.end())
          known.phones.push_back(phone);
      if (!known.address) known.address = more->second.address;
    }
  }
}

Task<Result<FollowUp>> FollowUps::find(const Caller& caller, FollowUpId id) {
  return impl_->db.transact([impl = impl_.get(), caller, id](store::Session& s) -> Result<FollowUp> {
    const auto row = impl->seen(s, caller, id);
    if (!row) return row.error();
    FollowUp out = impl->view(s, caller, *row);
    out.reasons = impl->reasons(s, row->id);
    out.suspected = impl->suspected(s, *row);
    impl->add_transfers(s, caller, out);
    if (auto tests = impl->test_days(s, *row); !tests.empty()) out.test_days = std::move(tests);
    out.entries.emplace();
    for (const storage::EntryRow& entry : storage::entries(s, row->id)) {
      Entry one;
      one.id = entry.id;
      one.day = entry.day;
      one.finding = entry.finding;
      one.via = entry.via;
      one.at = entry.at;
      if (entry.account) one.by = entry.by_name;
      one.colour = entry.colour;
      one.replaced = entry.replaced;
      if (entry.detail) {
        auto detail =
            json::parse<Detail>(impl->vault.unsealed(kDetailSeal, std::to_string(entry.id.value), entry.detail->data));
        if (!detail) throw std::runtime_error("a follow-up's entry cannot be read");
        one.symptoms = std::move(detail->symptoms);
        one.note = std::move(detail->note);
      }
      out.entries->push_back(std::move(one));
    }
    impl->add_contacts(s, std::span(&out, 1), storage::with_joined(s, {*row}));
    return out;
  });
}

Task<Result<http::Page<OfContact>>> FollowUps::of_case(const Caller& caller, CaseId id,
                                                       std::optional<std::string> cursor, std::size_t limit) {
  return impl_->db.transact(
      [impl = impl_.get(), caller, id, cursor, limit](store::Session& s) -> Result<http::Page<OfContact>> {
        const auto traced = cases::Cases::traced(s, id);
        if (!traced) return kNotFound;
        const std::string reason = identity::note(identity::LogNote::kCaseFile, traced->number);
        const auto allowed = impl->access.require(s, caller, kContacts, {traced->person, traced->unit, reason});
        if (!allowed) return allowed.error();
        tracing::CandidateId after;
        if (cursor) {
          const auto given = parse_id(*cursor);
          if (!given) return wrong_field("?cursor", "format");
          after = tracing::CandidateId{*given};
        }
        const auto rows = storage::of_case(s, id, after, limit + 1);
        http::Page<OfContact> page;
        std::vector<identity::Access::Shown> shown;
        std::vector<storage::PeriodRow> periods;
        for (std::size_t i = 0; i < rows.size() && i < limit; ++i) {
          auto row = impl->standing(s, rows[i].period);
          if (!row) continue;
          page.items.push_back({rows[i].candidate, {}});
          shown.push_back({row->person, row->unit});
          periods.push_back(std::move(*row));
        }
        auto seen = impl->views(s, caller, storage::with_joined(s, std::move(periods)));
        for (std::size_t i = 0; i < seen.size(); ++i) page.items[i].follow_up = std::move(seen[i]);
        if (rows.size() > limit) page.next = to_text(rows[limit - 1].candidate);
        impl->access.log_each(s, caller, kContacts, shown, reason);
        return page;
      });
}

}  // namespace luytre::followup
