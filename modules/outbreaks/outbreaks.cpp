// What officers do with an outbreak.

#include "modules/outbreaks/outbreaks.h"

#include <algorithm>
#include <set>

#include "modules/outbreaks/impl.h"
#include "platform/base/conflict.h"

namespace luytre::outbreaks {
namespace {

const std::vector<Role> kOfficers{Role::kStationOfficer, Role::kDistrictOfficer, Role::kProvinceOfficer};
constexpr std::string_view kReasonSeal = "outbreaks.reason";

bool discarded(const cases::OutbreakCase& one) {
  return one.classification == cases::Classification::kDiscarded;
}

}  // namespace

const identity::Action kRead{"outbreaks.read", Purpose::kCaseManagement, kOfficers};
const identity::Action kWork{"outbreaks.work", Purpose::kCaseManagement, kOfficers};
const identity::Action kShared{"outbreaks.shared", Purpose::kTracing, kOfficers, true};
const identity::Action kTakeOut{"outbreaks.takeOut", Purpose::kCaseManagement, kOfficers};
const identity::Action kGraph{"outbreaks.graph", Purpose::kTracing, kOfficers};

Outbreaks::Outbreaks(const Parts& parts) : impl_(std::make_unique<Impl>(parts)) {}
Outbreaks::~Outbreaks() = default;

std::string Outbreaks::Impl::seal(std::int64_t change, std::string_view reason) const {
  return vault.seal(kReasonSeal, std::to_string(change), reason);
}

std::string Outbreaks::Impl::unseal(std::int64_t change, std::string_view sealed) const {
  return vault.unsealed(kReasonSeal, std::to_string(change), sealed);
}

Result<storage::OutbreakRow> Outbreaks::Impl::seen(store::Session& session, const Caller& caller,
                                                   const identity::Action& action, OutbreakId id) const {
  auto row = storage::find(session, id);
  // Also of one that lies elsewhere: nobody learns what there is.
  if (!row || !geography.covers(access.areas(caller, action), row->unit)) return kNotFound;
  const auto allowed = access.require(
      session, caller, action, {PersonId{}, row->unit, identity::note(identity::LogNote::kOutbreak, to_text(id))});
  if (!allowed) return allowed.error();
  return std::move(*row);
}

Result<storage::OutbreakRow> Outbreaks::Impl::editable(store::Session& session, const Caller& caller, OutbreakId id,
                                                       std::int64_t version) const {
  auto row = seen(session, caller, kWork, id);
  if (row && row->version != version) return version_conflict(view(session, caller, *row, false));
  return row;
}

bool Outbreaks::Impl::in_charge(store::Session& session, const Caller& caller, OutbreakId id) const {
  const auto all = storage::in_charge(session, id);
  return std::any_of(all.begin(), all.end(), [&](const auto& one) { return one.account == caller.account; });
}

std::optional<UnitId> Outbreaks::Impl::seen_by(const Caller& caller, const identity::Action& action,
                                               const cases::OutbreakCase& one) const {
  const auto areas = access.areas(caller, action);
  if (geography.covers(areas, one.unit)) return one.unit;
  if (geography.covers(areas, one.report_unit)) return one.report_unit;
  return std::nullopt;
}

void Outbreaks::Impl::publish(store::Session& session, const storage::OutbreakRow& row, const char* type) const {
  session.publish({type, row.id.value, now(), row.version, row.unit.value});
}

void Outbreaks::Impl::record(store::Session& session, const Caller& caller, OutbreakId id, What what,
                             std::optional<CaseId> kase, std::string_view reason) const {
  storage::ChangeRow change;
  change.id = db.ids().next();
  change.at = now();
  change.by_name = caller.name;
  change.what = what;
  change.kase = kase;
  if (!reason.empty()) change.reason = store::Bytes{seal(change.id, reason)};
  storage::insert(session, id, caller.account, change);
}

Result<Outbreak> Outbreaks::Impl::save(store::Session& session, const Caller& caller, storage::OutbreakRow& row,
                                       What what, std::string_view reason) const {
  storage::update(session, row);
  record(session, caller, row.id, what, {}, reason);
  publish(session, row, what == What::kClosed ? "outbreak.closed" : "outbreak.changed");
  return view(session, caller, row, true);
}

std::optional<Error> Outbreaks::Impl::wrong_facts(const std::string& name, UnitId unit,
                                                  const std::optional<Text<40>>& setting,
                                                  const std::optional<Date>& opened_on) const {
  if (name.empty()) return wrong_field("/name", "required");
  if (!geography.find(unit)) return wrong_field("/unit", "unknown");
  if (setting && !kinds.find(*setting)) return wrong_field("/setting", "unknown");
  if (opened_on && *opened_on > today()) return wrong_field("/openedOn", "time_in_future");
  return std::nullopt;
}

Result<Opened> Outbreaks::Impl::open(store::Session& session, const Caller& caller, const NewOutbreak& request) const {
  if (auto wrong = wrong_facts(request.name, request.unit, request.setting, request.opened_on)) return *wrong;
  if (!diseases.find(request.disease)) return cases::kDiseaseUnknown;
  const auto allowed = access.require(session, caller, kWork, {PersonId{}, request.unit, "new outbreak"});
  if (!allowed) return allowed.error();
  storage::OutbreakRow row;
  row.id = db.ids().make<OutbreakId>();
  row.name = request.name;
  row.disease = request.disease;
  row.unit = request.unit;
  if (request.setting) row.setting = *request.setting;
  row.opened_on = request.opened_on.value_or(today());
  storage::insert(session, row);
  storage::take_charge(session, row.id, {caller.account, caller.name, now()});
  record(session, caller, row.id, What::kOpened);
  publish(session, row, "outbreak.opened");
  return Opened{row.id};
}

Task<Result<Outbreak>> Outbreaks::Impl::opened(Caller caller, Task<Result<Opened>> opening) {
  const Result<Opened> made = co_await std::move(opening);
  if (!made) co_return made.error();
  auto reading = db.transact([this, caller, id = made->id](store::Session& s) -> Result<Outbreak> {
    const auto row = seen(s, caller, kRead, id);
    if (!row) return row.error();
    return view(s, caller, *row, true);
  });
  co_return co_await std::move(reading);
}

Task<Result<Outbreak>> Outbreaks::open(const Caller& caller, NewOutbreak request, std::optional<store::Once> once) {
  auto write = [impl = impl_.get(), caller, request = std::move(request)](store::Session& s) {
    return impl->open(s, caller, request);
  };
  return impl_->opened(
      caller, once ? impl_->db.once(std::move(*once), std::move(write)) : impl_->db.transact(std::move(write)));
}

Task<Result<Outbreak>> Outbreaks::edit(const Caller& caller, OutbreakId id, Facts facts, std::int64_t version) {
  return impl_->db.transact(
      [impl = impl_.get(), caller, id, facts = std::move(facts), version](store::Session& s) -> Result<Outbreak> {
        auto row = impl->editable(s, caller, id, version);
        if (!row) return row.error();
        if (auto wrong = impl->wrong_facts(facts.name, facts.unit, facts.setting, facts.opened_on)) return *wrong;
        const auto allowed = impl->access.require(s, caller, kWork, {PersonId{}, facts.unit, "outbreak"});
        if (!allowed) return allowed.error();
        row->name = facts.name;
        row->unit = facts.unit;
        row->setting.reset();
        if (facts.setting) row->setting = *facts.setting;
        row->opened_on = facts.opened_on.value_or(row->opened_on);
        if (row->closed_on && *row->closed_on < row->opened_on) return wrong_field("/openedOn", "range");
        row->source.reset();
        if (facts.source) {
          const auto source = cases::Cases::by_number(s, *facts.source);
          if (!source || storage::outbreak_of(s, *source) != id) return cases::kSourceUnknown;
          row->source = *source;
        }
        return impl->save(s, caller, *row, What::kEdited, {});
      });
}

Task<Result<Outbreak>> Outbreaks::close(const Caller& caller, OutbreakId id, Closing closing, std::int64_t version) {
  return impl_->db.transact(
      [impl = impl_.get(), caller, id, closing = std::move(closing), version](store::Session& s) -> Result<Outbreak> {
        auto row = impl->editable(s, caller, id, version);
        if (!row) return row.error();
        if (row->status == Status::kClosed) return kOutbreakClosed;
        if (closing.reason.empty()) return wrong_field("/reason", "required");
        const Date on = closing.on.value_or(impl->today());
        if (on > impl->today()) return wrong_field("/on", "time_in_future");
        if (on < row->opened_on) return wrong_field("/on", "range");
        row->status = Status::kClosed;
        row->closed_on = on;
        return impl->save(s, caller, *row, What::kClosed, closing.reason);
      });
}

Task<Result<Outbreak>> Outbreaks::reopen(const Caller& caller, OutbreakId id, Reason reason, std::int64_t version) {
  return impl_->db.transact(
      [impl = impl_.get(), caller, id, reason = std::move(reason), version](store::Session& s) -> Result<Outbreak> {
        auto row = impl->editable(s, caller, id, version);
        if (!row) return row.error();
        if (row->status == Status::kOpen) return kOutbreakOpen;
        if (reason.reason.empty()) return wrong_field("/reason", "required");
        row->status = Status::kOpen;
        row->closed_on.reset();
        return impl->save(s, caller, *row, What::kReopened, reason.reason);
      });
}

std::optional<Unfit> Outbreaks::Impl::unfit(const storage::OutbreakRow& row, const cases::OutbreakCase& one,
                                            const std::optional<OutbreakId>& known) const {
  if (one.disease != row.disease) return Unfit::kOtherDisease;
  if (discarded(one)) return Unfit::kDiscarded;
  if (known) return Unfit::kInAnother;
  return std::nullopt;
}

Result<Put> Outbreaks::Impl::put(store::Session& session, const Caller& caller, OutbreakId id,
                                 const std::vector<CaseId>& chosen) const {
  const auto row = seen(session, caller, kWork, id);
  if (!row) return row.error();
  if (row->status == Status::kClosed) return kOutbreakClosed;
  if (chosen.empty() || chosen.size() > kPutMost)
    return wrong_field("/cases", chosen.empty() ? "required" : "too_long");
  const std::size_t there = storage::cases(session, id).size();
  Put out;
  for (const CaseId kase : std::set<CaseId>(chosen.begin(), chosen.end())) {
    const auto facts = cases::Cases::of_outbreak(session, std::span(&kase, 1));
    const auto by = facts.empty() ? std::nullopt : seen_by(caller, kWork, facts.front());
    if (!by) {
      out.refused.push_back({kase, {}, Unfit::kUnknown, {}});
      continue;
    }
    const cases::OutbreakCase& one = facts.front();
    const auto known = storage::outbreak_of(session, kase);
    if (known == id) {
      ++out.known;
      continue;
    }
    auto why = unfit(*row, one, known);
    if (!why && there + static_cast<std::size_t>(out.added) >= kMostCases) why = Unfit::kFull;
    if (why) {
      Refused& refused = out.refused.emplace_back(Refused{kase, one.number, *why, {}});
      if (*why != Unfit::kInAnother) continue;
      const auto other = storage::find(session, *known);
      if (other && geography.covers(access.areas(caller, kRead), other->unit)) refused.outbreak = link(*other);
      continue;
    }
    const auto allowed = access.require(session, caller, kWork,
                                        {one.person, *by, identity::note(identity::LogNote::kOutbreak, to_text(id))});
    if (!allowed) return allowed.error();
    storage::put(session, id, kase);
    record(session, caller, id, What::kPut, kase);
    ++out.added;
  }
  if (out.added > 0) {
    count(session, id);
    publish(session, *row, "outbreak.changed");
  }
  return out;
}

Task<Result<Put>> Outbreaks::put(const Caller& caller, OutbreakId id, Chosen chosen) {
  return impl_->db.transact([impl = impl_.get(), caller, id, chosen = std::move(chosen)](store::Session& s) {
    return impl->put(s, caller, id, chosen.cases);
  });
}

Result<Done> Outbreaks::Impl::take_out(store::Session& session, const Caller& caller, OutbreakId id, CaseId kase,
                                       const std::string& reason) const {
  auto row = seen(session, caller, kWork, id);
  if (!row) return row.error();
  const auto facts = cases::Cases::of_outbreak(session, std::span(&kase, 1));
  const auto by = facts.empty() ? std::nullopt : seen_by(caller, kWork, facts.front());
  if (storage::outbreak_of(session, kase) != id || !by) return kNotFound;
  if (row->status == Status::kClosed) return kOutbreakClosed;
  if (reason.empty()) return wrong_field("/reason", "required");
  const auto allowed = access.require(
      session, caller, kWork, {facts.front().person, *by, identity::note(identity::LogNote::kOutbreak, to_text(id))});
  if (!allowed) return allowed.error();
  storage::take_out(session, kase);
  count(session, id);
  if (row->source == kase) {
    row->source.reset();
    storage::update(session, *row);
  }
  record(session, caller, id, What::kTaken, kase, reason);
  publish(session, *row, "outbreak.changed");
  return Done{};
}

Task<Result<Done>> Outbreaks::take_out(const Caller& caller, OutbreakId id, CaseId kase, Reason reason) {
  return impl_->db.transact([impl = impl_.get(), caller, id, kase, reason = std::move(reason)](store::Session& s) {
    return impl->take_out(s, caller, id, kase, reason.reason);
  });
}

Task<Result<Outbreak>> Outbreaks::take_charge(const Caller& caller, OutbreakId id, bool charge) {
  return impl_->db.transact([impl = impl_.get(), caller, id, charge](store::Session& s) -> Result<Outbreak> {
    const auto row = impl->seen(s, caller, kWork, id);
    if (!row) return row.error();
    const bool changed = charge ? storage::take_charge(s, id, {caller.account, caller.name, impl->now()})
                                : storage::leave_charge(s, id, caller.account);
    if (changed) {
      impl->record(s, caller, id, charge ? What::kTookCharge : What::kLeftCharge);
      impl->publish(s, *row, "outbreak.changed");
    }
    return impl->view(s, caller, *row, true);
  });
}

}  // namespace luytre::outbreaks
