// What an officer takes down, puts right and strikes.

#include "modules/interviews/interviews.h"

#include <algorithm>

#include "modules/interviews/impl.h"
#include "modules/tracing/soon.h"
#include "platform/base/conflict.h"
#include "platform/base/phone.h"

namespace luytre::interviews {
namespace {

const std::vector<Role> kOfficers{Role::kStationOfficer, Role::kDistrictOfficer, Role::kProvinceOfficer};
constexpr std::string_view kToldSeal = "interviews.told";
constexpr std::string_view kReasonSeal = "interviews.reason";
constexpr const char* kMasks = "masks";  // until 23 November 2026 members beside the others
constexpr const char* kNear = "near";

// What stands under `answers` goes before what a client of before sent, and that before what it does not know.
void gather_answers(Told& told, const Answers& before) {
  const bool of_before = !told.answers;
  if (of_before) told.answers.emplace();
  if (told.masks) told.answers->emplace(kMasks, *told.masks);
  if (told.near) told.answers->emplace(kNear, *told.near);
  if (of_before) told.answers->insert(before.begin(), before.end());
  told.masks.reset();
  told.near.reset();
}

std::optional<Answer> answer_to(const Answers& answers, const char* question) {
  const auto found = answers.find(question);
  return found == answers.end() ? std::nullopt : std::optional(found->second);
}

template <class T>
std::optional<std::string> plain(const std::optional<T>& text) {
  return text ? std::optional<std::string>(*text) : std::nullopt;
}

}  // namespace

const identity::Action kRead{"interviews.read", Purpose::kCaseManagement, kOfficers};
const identity::Action kWork{"interviews.work", Purpose::kCaseManagement, kOfficers};

Interviews::Interviews(const Parts& parts) : impl_(std::make_unique<Impl>(parts)) {}
Interviews::~Interviews() = default;

std::string Interviews::Impl::seal(std::string_view purpose, MilestoneId id, std::string_view text) const {
  return vault.seal(purpose, to_text(id), text);
}

Told Interviews::Impl::told_of(MilestoneId id, const store::Bytes& sealed) const {
  auto told = json::parse<Told>(vault.unsealed(kToldSeal, to_text(id), sealed.data));
  if (!told) throw std::runtime_error("a milestone cannot be read");
  gather_answers(*told, {});
  return std::move(*told);
}

Result<cases::TracedCase> Interviews::Impl::seen(store::Session& session, const Caller& caller,
                                                 const identity::Action& action, CaseId id) const {
  auto traced = cases::Cases::traced(session, id);
  if (!traced) return kNotFound;
  const auto facts = cases::Cases::of_outbreak(session, std::span(&id, 1));
  const auto areas = access.areas(caller, action);
  UnitId by = traced->unit;
  if (!geography.covers(areas, by)) by = facts.front().report_unit;
  // Nobody learns what there is elsewhere.
  if (!geography.covers(areas, by)) return kNotFound;
  const auto allowed = access.require(
      session, caller, action, {traced->person, by, identity::note(identity::LogNote::kCaseFile, traced->number)});
  if (!allowed) return allowed.error();
  return std::move(*traced);
}

Result<Interviews::Impl::Opened> Interviews::Impl::opened(store::Session& session, const Caller& caller,
                                                          const identity::Action& action, MilestoneId id) const {
  auto row = storage::find(session, id);
  if (!row) return kNotFound;
  auto traced = seen(session, caller, action, row->case_id);
  if (!traced) return traced.error();
  return Opened{std::move(*row), std::move(*traced)};
}

Result<Interviews::Impl::Opened> Interviews::Impl::editable(store::Session& session, const Caller& caller,
                                                            MilestoneId id, std::int64_t version) const {
  auto found = opened(session, caller, kWork, id);
  if (!found) return found.error();
  if (found->row.version != version) return kVersionConflict;
  if (found->row.struck_at) return kMilestoneStruck;
  return found;
}

std::optional<Error> Interviews::Impl::settle_answers(Told& told, const std::string& disease,
                                                      const Answers& before) const {
  gather_answers(told, before);
  const presence::Disease nothing;
  const presence::Disease* pack = diseases.find(disease);
  for (const auto& [question, answer] : *told.answers)
    if (!(pack ? *pack : nothing).knows_milestone_question(question) && !before.contains(question))
      return wrong_field("/answers", "unknown");
  return std::nullopt;
}

std::optional<Error> Interviews::Impl::tidy(Told& told) const {
  if (told.place && !places.spot(*told.place)) return wrong_field("/place", "unknown");
  if (told.where && told.where->empty()) told.where.reset();
  if (!told.place && !told.where) return wrong_field("/where", "required");
  if (told.place) told.commune.reset();
  if (told.commune && !geography.find(*told.commune)) return wrong_field("/commune", "unknown");
  if (told.from >= told.to) return wrong_field("/to", "range");
  if (told.to > told.from + kLongest) return wrong_field("/to", "range");
  const Instant latest = now() + kClockSkew;
  if (told.to > latest) return wrong_field("/to", "time_in_future");
  if (told.told_at && *told.told_at > latest) return wrong_field("/toldAt", "time_in_future");
  if (told.companions.size() > kMostCompanions) return wrong_field("/companions", "too_long");
  for (std::size_t i = 0; i < told.companions.size(); ++i) {
    Companion& one = told.companions[i];
    const std::string at = "/companions/" + std::to_string(i);
    if (one.name.empty()) return wrong_field(at + "/name", "required");
    if (one.phone && one.phone->empty()) one.phone.reset();
    if (!one.phone) continue;
    auto phone = normalise_phone(*one.phone);
    if (!phone) return wrong_field(at + "/phone", "format");
    one.phone = std::move(*phone);
  }
  return std::nullopt;
}

Result<Done> Interviews::Impl::name_people(store::Session& session, const Caller& caller,
                                           const cases::TracedCase& traced, const Told& told,
                                           const std::vector<Companion>& before) const {
  for (std::size_t i = 0; i < told.companions.size(); ++i) {
    const auto& person = told.companions[i].person;
    const auto is_known = [&](const Companion& one) { return one.person == person; };
    if (!person || std::any_of(before.begin(), before.end(), is_known)) continue;
    const std::string at = "/companions/" + std::to_string(i) + "/person";
    const auto brief = people.brief(session, *person);
    if (!brief) return kNotFound;
    if (*person == traced.person) return wrong_field(at, "unknown");
    const auto allowed = access.require(
        session, caller, kWork, {*person, brief->unit, identity::note(identity::LogNote::kCaseFile, traced.number)});
    if (!allowed) return allowed.error();
  }
  return Done{};
}

void Interviews::Impl::put(storage::MilestoneRow& row, const Told& told) const {
  row.place = told.place;
  row.commune = told.commune;
  row.started = told.from;
  row.ended = told.to;
  row.told = {seal(kToldSeal, row.id, json::text(told))};
}

void Interviews::Impl::keep_version(store::Session& session, const Caller& caller,
                                    const storage::MilestoneRow& row) const {
  storage::insert(session, row.id, caller.account, storage::VersionRow{row.version, now(), caller.name, row.told});
}

void Interviews::Impl::publish(store::Session& session, const cases::TracedCase& traced,
                               const storage::MilestoneRow& row, const char* type) const {
  session.publish({type, row.id.value, now(), row.version, traced.unit.value});
}

Milestone Interviews::Impl::view(store::Session& session, const cases::TracedCase& traced,
                                 const storage::MilestoneRow& row) const {
  Told told = told_of(row.id, row.told);
  Milestone out;
  out.id = row.id;
  out.case_ = row.case_id;
  out.commune = told.commune;
  if (row.place) {
    const auto names = places.names(std::span(&*row.place, 1));
    if (const auto name = names.find(*row.place); name != names.end()) out.place = name->second;
    if (const auto spot = places.spot(*row.place)) out.commune = spot->unit;
    const auto stated = places::stated(session, std::span(&*row.place, 1));
    if (const auto of_place = stated.find(*row.place); of_place != stated.end())
      out.point = of_place->second.back().point;
  }
  if (out.commune)
    if (const auto* unit = geography.find(*out.commune)) out.commune_name = unit->full_name;
  out.where = plain(told.where);
  out.from = told.from;
  out.to = told.to;
  out.precision = told.precision;
  out.doing = plain(told.doing);
  out.masks = answer_to(*told.answers, kMasks);
  out.near = answer_to(*told.answers, kNear);
  out.answers = std::move(*told.answers);
  out.companions = std::move(told.companions);
  out.told_at = row.told_at;
  out.recorded_at = row.recorded_at;
  out.by = row.by_name;
  if (storage::visits(session, row.id).empty()) out.untraced = untraced(traced, row).value_or(Untraced::kTooOld);
  if (row.struck_at)
    out.struck =
        Struck{*row.struck_at, *row.struck_by, vault.unsealed(kReasonSeal, to_text(row.id), row.struck_reason->data)};
  out.version = row.version;
  return out;
}

Task<Result<http::Page<Milestone>>> Interviews::of_case(const Caller& caller, CaseId id) {
  return impl_->db.transact([impl = impl_.get(), caller, id](store::Session& s) -> Result<http::Page<Milestone>> {
    const auto traced = impl->seen(s, caller, kRead, id);
    if (!traced) return traced.error();
    impl->places.refresh(s);
    http::Page<Milestone> out;
    std::vector<identity::Access::Shown> named;
    for (const auto& row : storage::of_case(s, id)) {
      const Milestone& one = out.items.emplace_back(impl->view(s, *traced, row));
      for (const Companion& who : one.companions)
        if (who.person) named.push_back({*who.person, traced->unit});
    }
    impl->access.log_each(s, caller, kRead, named, identity::note(identity::LogNote::kCaseFile, traced->number));
    return out;
  });
}

Task<Result<Milestone>> Interviews::Impl::find(const Caller& caller, MilestoneId id) {
  return db.transact([this, caller, id](store::Session& s) -> Result<Milestone> {
    const auto found = opened(s, caller, kRead, id);
    if (!found) return found.error();
    return view(s, found->traced, found->row);
  });
}

Result<Recorded> Interviews::Impl::record(store::Session& session, const Caller& caller, CaseId id, Told told) const {
  const auto traced = seen(session, caller, kWork, id);
  if (!traced) return traced.error();
  places.refresh(session);
  if (auto wrong = tidy(told)) return *wrong;
  if (auto wrong = settle_answers(told, traced->disease, {})) return *wrong;
  if (storage::of_case(session, id).size() >= kMostMilestones) return kTooManyMilestones;
  storage::MilestoneRow row;
  row.id = db.ids().make<MilestoneId>();
  row.case_id = id;
  row.recorded_at = now();
  row.told_at = told.told_at.value_or(row.recorded_at);
  row.by_name = caller.name;
  put(row, told);
  const auto named = name_people(session, caller, *traced, told, {});
  if (!named) return named.error();
  storage::insert(session, row);
  if (settle(session, *traced, row)) tracing::trace_soon(session, id, row.recorded_at);
  keep_version(session, caller, row);
  publish(session, *traced, row, "milestone.recorded");
  return Recorded{row.id};
}

Result<Done> Interviews::Impl::rewrite(store::Session& session, const Caller& caller, const cases::TracedCase& traced,
                                       storage::MilestoneRow& row, const Told& told) const {
  const bool moved = row.place != told.place || row.started != told.from || row.ended != told.to;
  const auto named = name_people(session, caller, traced, told, told_of(row.id, row.told).companions);
  if (!named) return named.error();
  const bool taken = moved && take_back(session, row.id);
  put(row, told);
  ++row.version;
  const bool written = settle(session, traced, row);
  if (taken || written) tracing::trace_soon(session, row.case_id, now());
  storage::update(session, row);
  keep_version(session, caller, row);
  publish(session, traced, row, "milestone.corrected");
  return Done{};
}

// The milestone is read anew: of what was told nothing is kept for a repeated call.
Task<Result<Milestone>> Interviews::Impl::recorded(Caller caller, Task<Result<Recorded>> recording) {
  const Result<Recorded> done = co_await std::move(recording);
  if (!done) co_return done.error();
  auto reading = find(caller, done->id);
  co_return co_await std::move(reading);
}

Task<Result<Milestone>> Interviews::record(const Caller& caller, CaseId id, Told told,
                                           std::optional<store::Once> once) {
  auto write = [impl = impl_.get(), caller, id, told = std::move(told)](store::Session& s) {
    return impl->record(s, caller, id, told);
  };
  return impl_->recorded(
      caller, once ? impl_->db.once(std::move(*once), std::move(write)) : impl_->db.transact(std::move(write)));
}

Task<Result<Milestone>> Interviews::correct(const Caller& caller, MilestoneId id, Told told, std::int64_t version) {
  Impl* const impl = impl_.get();
  auto editing =
      impl->db.transact([impl, caller, id, given = std::move(told), version](store::Session& s) -> Result<Milestone> {
        auto found = impl->editable(s, caller, id, version);
        if (!found) return found.error();
        impl->places.refresh(s);
        Told told = given;
        if (auto wrong = impl->tidy(told)) return *wrong;
        auto& [row, traced] = *found;
        if (auto wrong = impl->settle_answers(told, traced.disease, *impl->told_of(row.id, row.told).answers))
          return *wrong;
        const auto written = impl->rewrite(s, caller, traced, row, told);
        if (!written) return written.error();
        return impl->view(s, traced, row);
      });
  return with_current(std::move(editing), [impl, caller, id] { return impl->find(caller, id); });
}

Task<Result<Milestone>> Interviews::strike(const Caller& caller, MilestoneId id, Reason reason, std::int64_t version) {
  Impl* const impl = impl_.get();
  auto editing = impl->db.transact(
      [impl, caller, id, reason = std::move(reason), version](store::Session& s) -> Result<Milestone> {
        auto found = impl->editable(s, caller, id, version);
        if (!found) return found.error();
        if (reason.reason.empty()) return wrong_field("/reason", "required");
        auto& [row, traced] = *found;
        row.struck_at = impl->now();
        row.struck_by = caller.name;
        row.struck_reason = store::Bytes{impl->seal(kReasonSeal, id, reason.reason)};
        ++row.version;
        if (impl->settle(s, traced, row)) tracing::trace_soon(s, row.case_id, impl->now());
        storage::update(s, row);
        impl->publish(s, traced, row, "milestone.struck");
        return impl->view(s, traced, row);
      });
  return with_current(std::move(editing), [impl, caller, id] { return impl->find(caller, id); });
}

Task<Result<http::Page<Version>>> Interviews::versions(const Caller& caller, MilestoneId id) {
  return impl_->db.transact([impl = impl_.get(), caller, id](store::Session& s) -> Result<http::Page<Version>> {
    const auto found = impl->opened(s, caller, kRead, id);
    if (!found) return found.error();
    impl->places.refresh(s);
    http::Page<Version> out;
    for (const auto& row : storage::versions(s, id)) {
      Version& one = out.items.emplace_back(Version{row.version, row.at, row.by_name, {}, impl->told_of(id, row.told)});
      if (!one.told.place) continue;
      const auto names = impl->places.names(std::span(&*one.told.place, 1));
      if (const auto name = names.find(*one.told.place); name != names.end()) one.place_name = name->second.name;
    }
    return out;
  });
}

}  // namespace luytre::interviews
