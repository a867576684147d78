#include "modules/tracing/declared.h"

#include <algorithm>

#include "modules/tracing/counted.h"
#include "modules/tracing/impl.h"
#include "modules/tracing/soon.h"
#include "platform/base/conflict.h"

namespace luytre::tracing {
namespace {

constexpr std::string_view kStepSeal = "tracing.declared_step";

template <class T>
std::optional<std::string> plain(const std::optional<T>& text) {
  return text && !text->empty() ? std::optional<std::string>(*text) : std::nullopt;
}

void note_step(store::Session& session, store::Database& db, const Vault& vault, DeclaredId id, const Caller* caller,
               const std::string& by_name, bool stands, const std::optional<std::string>& reason) {
  DeclaredStepRow step;
  step.id = db.ids().next();
  step.declared = id;
  step.at = db.clock().now();
  if (caller) step.account = caller->account;
  step.by_name = by_name;
  step.stands = stands;
  if (reason) step.reason = store::Bytes{vault.seal(kStepSeal, std::to_string(step.id), *reason)};
  insert_declared_step(session, step);
}

void tell(store::Session& session, Instant at, const DeclaredRow& row, UnitId unit) {
  session.publish(
      {row.withdrawn_at ? "contact.withdrawn" : "contact.declared", row.id.value, at, row.version, unit.value});
}

void change(store::Session& session, DeclaredRow& row) {
  const std::int64_t before = row.version++;
  update_declared(session, row, before);
}

// The stated interval, or the local day as far as it is over. Errors: invalid.
Result<Interval> stated(const NewContact& contact, Instant now) {
  if (contact.day) {
    if (contact.from || contact.to) return wrong_field("/day", "unknown");
    const Instant midnight = local_midnight(*contact.day);
    if (midnight >= now) return wrong_field("/day", "time_in_future");
    return Interval{midnight, std::min(now, midnight + std::chrono::hours(24))};
  }
  if (!contact.from) return wrong_field("/from", "required");
  if (!contact.to) return wrong_field("/to", "required");
  if (*contact.to <= *contact.from || *contact.to > *contact.from + kLongestDeclared)
    return wrong_field("/to", "range");
  if (*contact.from >= now) return wrong_field("/from", "time_in_future");
  if (*contact.to > now + kDeclaredSkew) return wrong_field("/to", "time_in_future");
  return Interval{*contact.from, std::min(*contact.to, now)};
}

Instant end_of_day(Instant at) {
  return local_midnight(local_date(at)) + std::chrono::hours(24);
}

// Of a list: until the end of today is until now.
NewContact as_far_as_over(NewContact contact, Instant now) {
  if (contact.to && *contact.to == end_of_day(now)) contact.to = now;
  return contact;
}

// A list's interval of the day on which it was taken was cut there: sent again, the list says no other.
bool ends_alike(const DeclaredRow& one, Instant to) {
  const bool cut = one.how == HowTold::kList && one.ended == one.declared_at;
  return one.ended == to || (cut && one.ended < to && to <= end_of_day(one.declared_at));
}

}  // namespace

struct Tracing::Impl::OpenedDeclared {
  DeclaredRow row;
  cases::TracedCase traced;
};

Result<Tracing::Impl::OpenedDeclared> Tracing::Impl::open_declared(store::Session& session, const Caller& caller,
                                                                   const identity::Action& action,
                                                                   DeclaredId id) const {
  auto row = select_declared(session, id);
  auto traced = row ? cases::Cases::traced(session, row->case_id) : std::nullopt;
  if (!traced) return kNotFound;
  // What a contact told belongs to whoever has the contact.
  const auto namer = row->named_by ? select_candidate(session, *row->named_by) : std::nullopt;
  const identity::Subject subject{row->person, namer ? seen_by(session, caller, action, *namer) : traced->unit,
                                  identity::note(identity::LogNote::kCaseFile, traced->number)};
  const auto allowed = access.require(session, caller, action, subject);
  if (!allowed) return allowed.error();
  return OpenedDeclared{std::move(*row), std::move(*traced)};
}

std::optional<Error> Tracing::Impl::unfit_to_declare(store::Session& session, const cases::TracedCase& traced,
                                                     const CandidateRow* namer, std::optional<PersonId> person,
                                                     Interval when, bool whole_day) const {
  const PersonId who = person ? counted(session, *person) : PersonId{};
  const PersonId with = counted(session, namer ? namer->person : traced.person);
  if (person && (who == with || who == counted(session, traced.person))) return wrong_field("/person", "unknown");
  const auto there = select_declared_of_case(session, traced.id);
  for (const DeclaredRow& one : there) {
    const bool same = person && !one.withdrawn_at && one.started == when.from && one.whole_day == whole_day &&
                      (one.whole_day || ends_alike(one, when.to));
    if (same && counted(session, one.person) == who && counted(session, one.with_person) == with)
      return Error(kContactDeclared, {{"contact", to_text(one.id)}});
  }
  if (there.size() >= kMostDeclared) return kTooManyContacts;
  if (namer && when.to <= namer->exposed_since)
    return Error(kContactBeforeExposure, {{"since", to_text(namer->exposed_since)}});
  if (namer) return std::nullopt;
  const presence::Source source = declared_source(session, traced);
  if (when.from >= source.window.to || when.to <= source.window.from) return kContactOutsideWindow;
  return std::nullopt;
}

// The row has the person and when it is written.
void Tracing::Impl::write_declared(store::Session& session, const Caller& by, const cases::TracedCase& traced,
                                   const CandidateRow* namer, const NewContact& contact, Interval when,
                                   DeclaredRow& row) {
  row.id = db.ids().make<DeclaredId>();
  row.case_id = traced.id;
  row.with_person = namer ? namer->person : traced.person;
  if (namer) row.named_by = namer->id;
  row.disease = traced.disease;
  row.started = when.from;
  row.ended = when.to;
  row.whole_day = contact.day.has_value();
  row.how = contact.how;
  row.detail = seal_detail(vault, row.id, {plain(contact.where), plain(contact.relation)});
  row.by_name = by.name;
  insert_declared(session, row);
  note_step(session, db, vault, row.id, &by, by.name, true, std::nullopt);
}

Result<DeclaredId> Tracing::Impl::declare(store::Session& session, const Caller& caller, CaseId id,
                                          const NewContact& contact) {
  const auto traced = cases::Cases::traced(session, id);
  if (!traced) return kNotFound;
  const std::string reason = identity::note(identity::LogNote::kCaseFile, traced->number);
  const auto allowed = access.require(session, caller, kDeclare, {traced->person, traced->unit, reason});
  if (!allowed) return allowed.error();
  return put_down(session, caller, *traced, nullptr, contact);
}

Result<DeclaredId> Tracing::Impl::put_down(store::Session& session, const Caller& caller,
                                           const cases::TracedCase& traced, const CandidateRow* namer,
                                           const NewContact& contact) {
  if (traced.classification == cases::Classification::kDiscarded) return kCaseDiscarded;
  if (contact.person.has_value() == contact.new_person.has_value())
    return Error(kInvalid, std::vector<FieldError>{{"/person", "required", {{"expected", "person or newPerson"}}}});
  const Instant now = clock.now();
  const auto when = stated(contact, now);
  if (!when) return when.error();

  DeclaredRow row;
  if (contact.new_person) {
    // Who lives elsewhere is written down, too: their station is told. Nothing of anybody there is read by it.
    auto unfit = people.check(*contact.new_person);
    if (!unfit.empty()) return Error(kInvalid, std::move(unfit));
    const auto areas = access.areas(caller, kDeclare);
    if (!contact.none_of_these.value_or(false) && may_be_known(session, *contact.new_person, areas))
      return cases::kPersonMayBeKnown;
    auto made = people.create_within(session, *contact.new_person);
    if (!made) return made.error();
    row.person = *made;
  } else {
    const auto brief = people.brief(session, *contact.person);
    if (!brief) return kNotFound;
    const std::string reason = identity::note(identity::LogNote::kCaseFile, traced.number);
    const auto allowed = access.require(session, caller, kDeclare, {*contact.person, brief->unit, reason});
    if (!allowed) return allowed.error();
    row.person = *contact.person;
  }
  const auto unfit = unfit_to_declare(session, traced, namer, row.person, *when, contact.day.has_value());
  if (unfit) return *unfit;
  row.declared_at = now;
  write_declared(session, caller, traced, namer, contact, *when, row);
  tell(session, now, row, traced.unit);
  follow_declared(session, row.id);
  return row.id;
}

std::vector<DeclaredContact> Tracing::Impl::view(store::Session& session, const cases::TracedCase& traced,
                                                 const std::vector<DeclaredRow>& rows) const {
  std::vector<DeclaredId> ids;
  std::vector<PersonId> records;
  for (const DeclaredRow& row : rows) {
    ids.push_back(row.id);
    records.push_back(row.person);
  }
  const auto briefs = people.briefs(session, records);
  const auto steps = select_declared_steps(session, ids);
  const auto who = counted(session, records);

  auto candidates = select_candidates(session, traced.id);
  std::erase_if(candidates, [](const CandidateRow& row) { return row.status == CandidateStatus::kWithdrawn; });
  std::vector<PersonId> found;
  for (const CandidateRow& row : candidates) found.push_back(row.person);
  const auto as = counted(session, found);
  std::map<PersonId, CandidateId> candidate_of;
  for (std::size_t i = 0; i < candidates.size(); ++i) candidate_of.emplace(as[i], candidates[i].id);

  std::vector<DeclaredContact> out;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const DeclaredRow& row = rows[i];
    DeclaredContact one;
    one.id = row.id;
    one.case_ = row.case_id;
    if (const auto brief = briefs.find(row.person); brief != briefs.end()) one.person = brief->second;
    const auto candidate = candidate_of.find(who[i]);
    if (!row.withdrawn_at && candidate != candidate_of.end()) one.candidate = candidate->second;
    one.from = row.started;
    one.to = row.ended;
    one.whole_day = row.whole_day;
    one.how = row.how;
    one.of_milestone = row.milestone.has_value();
    DeclaredDetail detail = detail_of(vault, row);
    one.where = std::move(detail.where);
    one.relation = std::move(detail.relation);
    one.withdrawn = row.withdrawn_at.has_value();
    for (const DeclaredStepRow& step : steps[i]) {
      ContactStep told{step.at, step.by_name, step.stands, std::nullopt};
      if (step.reason) told.reason = vault.unsealed(kStepSeal, std::to_string(step.id), step.reason->data);
      one.steps.push_back(std::move(told));
    }
    one.version = row.version;
    one.named_by = row.named_by;
    out.push_back(std::move(one));
  }
  return out;
}

Task<Result<DeclaredContact>> Tracing::Impl::find_declared(const Caller& caller, DeclaredId id) {
  return db.transact([this, caller, id](store::Session& s) -> Result<DeclaredContact> {
    const auto opened = open_declared(s, caller, kReadContacts, id);
    if (!opened) return opened.error();
    return std::move(view(s, opened->traced, {opened->row}).front());
  });
}

// Read anew: of whom, and what was said, nothing is kept for a repeated call.
Task<Result<DeclaredContact>> Tracing::Impl::read_anew(Caller caller, Task<Result<DeclaredMade>> declaring) {
  const Result<DeclaredMade> made = co_await std::move(declaring);
  if (!made) co_return made.error();
  auto reading = find_declared(caller, made->id);
  co_return co_await std::move(reading);
}

void Tracing::set_may_be_known(cases::Cases::MayBeKnown asked) {
  impl_->may_be_known = std::move(asked);
}

Task<Result<DeclaredContact>> Tracing::declare(const Caller& caller, CaseId id, NewContact contact,
                                               std::optional<store::Once> once) {
  auto write = [impl = impl_.get(), caller, id,
                contact = std::move(contact)](store::Session& s) -> Result<DeclaredMade> {
    const auto made = impl->declare(s, caller, id, contact);
    if (!made) return made.error();
    return DeclaredMade{*made};
  };
  return impl_->read_anew(
      caller, once ? impl_->db.once(std::move(*once), std::move(write)) : impl_->db.transact(std::move(write)));
}

Task<Result<http::Page<DeclaredContact>>> Tracing::declared(const Caller& caller, CaseId id) {
  return impl_->db.transact([impl = impl_.get(), caller, id](store::Session& s) -> Result<http::Page<DeclaredContact>> {
    const auto traced = cases::Cases::traced(s, id);
    if (!traced) return kNotFound;
    const std::string reason = identity::note(identity::LogNote::kCaseFile, traced->number);
    const auto allowed = impl->access.require(s, caller, kReadContacts, {traced->person, traced->unit, reason});
    if (!allowed) return allowed.error();
    http::Page<DeclaredContact> page;
    auto rows = select_declared_of_case(s, id);
    std::erase_if(rows, [](const DeclaredRow& row) { return row.named_by.has_value(); });
    page.items = impl->view(s, *traced, rows);
    std::vector<identity::Access::Shown> shown;
    for (const DeclaredContact& one : page.items) shown.push_back({one.person.id, one.person.unit});
    impl->access.log_each(s, caller, kReadContacts, shown, reason);
    return page;
  });
}

Task<Result<DeclaredContact>> Tracing::withdraw(const Caller& caller, DeclaredId id, Refusal why,
                                                std::int64_t version) {
  Impl* const impl = impl_.get();
  auto taking_back = impl->db.transact(
      [impl, caller, id, why = std::move(why), version](store::Session& s) -> Result<DeclaredContact> {
        auto opened = impl->open_declared(s, caller, kDeclare, id);
        if (!opened) return opened.error();
        auto& [row, traced] = *opened;
        if (row.version != version) return kVersionConflict;
        if (why.reason.empty()) return wrong_field("/reason", "required");
        if (row.milestone) return kContactOfMilestone;
        if (row.withdrawn_at) return kContactSettled;
        row.withdrawn_at = impl->clock.now();
        change(s, row);
        note_step(s, impl->db, impl->vault, id, &caller, caller.name, false, std::string(why.reason));
        tell(s, *row.withdrawn_at, row, traced.unit);
        impl->follow_declared(s, id);
        return std::move(impl->view(s, traced, {row}).front());
      });
  return with_current(std::move(taking_back), [impl, caller, id] { return impl->find_declared(caller, id); });
}

Task<Result<DeclaredContact>> Tracing::restore(const Caller& caller, DeclaredId id, std::int64_t version) {
  Impl* const impl = impl_.get();
  auto putting_up = impl->db.transact([impl, caller, id, version](store::Session& s) -> Result<DeclaredContact> {
    auto opened = impl->open_declared(s, caller, kDeclare, id);
    if (!opened) return opened.error();
    auto& [row, traced] = *opened;
    if (row.version != version) return kVersionConflict;
    if (row.milestone) return kContactOfMilestone;
    if (!row.withdrawn_at) return kContactSettled;
    if (traced.classification == cases::Classification::kDiscarded) return kCaseDiscarded;
    row.withdrawn_at.reset();
    change(s, row);
    note_step(s, impl->db, impl->vault, id, &caller, caller.name, true, std::nullopt);
    tell(s, impl->clock.now(), row, traced.unit);
    impl->follow_declared(s, id);
    return std::move(impl->view(s, traced, {row}).front());
  });
  return with_current(std::move(putting_up), [impl, caller, id] { return impl->find_declared(caller, id); });
}

std::optional<Error> Tracing::wrong_with(store::Session& session, CaseId id, const NewContact& contact) const {
  const auto traced = cases::Cases::traced(session, id);
  if (!traced) return kNotFound;
  if (traced->classification == cases::Classification::kDiscarded) return kCaseDiscarded;
  const Instant now = impl_->clock.now();
  const auto when = stated(as_far_as_over(contact, now), now);
  if (!when) return when.error();
  return impl_->unfit_to_declare(session, *traced, nullptr, contact.person, *when, contact.day.has_value());
}

Result<DeclaredId> Tracing::declare_listed(store::Session& session, const Caller& by, CaseId id,
                                           const NewContact& contact) {
  auto wrong = wrong_with(session, id, contact);
  if (wrong) return std::move(*wrong);
  DeclaredRow row;
  row.person = contact.person.value();
  row.declared_at = impl_->clock.now();
  const auto when = stated(as_far_as_over(contact, row.declared_at), row.declared_at);
  if (!when) return when.error();
  impl_->write_declared(session, by, cases::Cases::traced(session, id).value(), nullptr, contact, *when, row);
  return row.id;
}

Result<Done> Tracing::withdraw_listed(store::Session& session, const Caller& by, DeclaredId id, std::int64_t version,
                                      const std::string& reason) {
  auto row = select_declared(session, id);
  const auto traced = row ? cases::Cases::traced(session, row->case_id) : std::nullopt;
  if (!traced) return kNotFound;
  if (row->version != version) return kVersionConflict;
  row->withdrawn_at = impl_->clock.now();
  change(session, *row);
  note_step(session, impl_->db, impl_->vault, id, &by, by.name, false, reason);
  return Done{};
}

void Tracing::tell_listed(store::Session& session, DeclaredId id) const {
  const auto row = select_declared(session, id);
  const auto traced = row ? cases::Cases::traced(session, row->case_id) : std::nullopt;
  if (traced) tell(session, impl_->clock.now(), *row, traced->unit);
}

bool declare(store::Session& session, store::Database& db, const Vault& vault, const cases::TracedCase& traced,
             const OfMilestone& what) {
  const Instant now = db.clock().now();
  std::map<PersonId, DeclaredRow> there;
  for (DeclaredRow& row : select_declared_of_milestone(session, what.milestone)) {
    const PersonId person = row.person;
    there.emplace(person, std::move(row));
  }
  const Interval when{what.when.from, std::min(what.when.to, now)};
  bool changed = false;
  for (const OfMilestone::Named& named : what.people) {
    if (named.person == traced.person || when.empty()) continue;
    const DeclaredDetail detail{what.where, named.relation};
    const auto known = there.find(named.person);
    if (known == there.end()) {
      DeclaredRow row;
      row.id = db.ids().make<DeclaredId>();
      row.case_id = traced.id;
      row.with_person = traced.person;
      row.disease = traced.disease;
      row.person = named.person;
      row.started = when.from;
      row.ended = when.to;
      row.whole_day = what.whole_day;
      row.how = HowTold::kInterview;
      row.milestone = what.milestone;
      row.detail = seal_detail(vault, row.id, detail);
      row.declared_at = now;
      row.by_name = what.by_name;
      insert_declared(session, row);
      note_step(session, db, vault, row.id, nullptr, what.by_name, true, std::nullopt);
      tell(session, now, row, traced.unit);
      changed = true;
      continue;
    }
    DeclaredRow row = std::move(known->second);
    there.erase(known);
    const bool stood = !row.withdrawn_at;
    const bool same = row.started == when.from && row.ended == when.to && row.whole_day == what.whole_day &&
                      detail_of(vault, row) == detail;
    if (stood && same) continue;
    row.started = when.from;
    row.ended = when.to;
    row.whole_day = what.whole_day;
    row.detail = seal_detail(vault, row.id, detail);
    row.withdrawn_at.reset();
    change(session, row);
    if (!stood) note_step(session, db, vault, row.id, nullptr, what.by_name, true, std::nullopt);
    tell(session, now, row, traced.unit);
    changed = true;
  }
  for (auto& [person, row] : there) {
    if (row.withdrawn_at) continue;
    row.withdrawn_at = now;
    change(session, row);
    note_step(session, db, vault, row.id, nullptr, what.by_name, false, std::nullopt);
    tell(session, now, row, traced.unit);
    changed = true;
  }
  return changed;
}

bool declared_stands(store::Session& session, std::int64_t milestone) {
  const auto rows = select_declared_of_milestone(session, milestone);
  return std::any_of(rows.begin(), rows.end(), [](const DeclaredRow& row) { return !row.withdrawn_at; });
}

}  // namespace luytre::tracing
