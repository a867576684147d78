// Follow-ups that go to another unit: given, taken notice of, or called for at the level above.

#include <algorithm>

#include "modules/followup/impl.h"
#include "modules/followup/transfer_storage.h"
#include "modules/people/person_line.h"
#include "modules/referrals/referrals.h"
#include "platform/base/conflict.h"
#include "platform/base/sorted_cursor.h"
#include "platform/identity/taken_out.h"

namespace luytre::followup {
namespace {

constexpr std::string_view kReasonSeal = "followup.transfer";

const identity::Action kTakeOutTransfers{
    "followup.take_out_transfers", Purpose::kFollowUp, {Role::kDistrictOfficer, Role::kProvinceOfficer}, true};

std::string name_of(const geography::Geography& geography, UnitId unit) {
  const auto* found = geography.find(unit);
  return found ? found->full_name : "";
}

}  // namespace

Transfer FollowUps::Impl::view(const Caller& caller, const storage::TransferRow& row) const {
  Transfer out;
  out.id = row.id;
  out.from = row.from_unit;
  out.from_name = name_of(geography, row.from_unit);
  out.to = row.to_unit;
  out.to_name = name_of(geography, row.to_unit);
  out.state = row.state;
  out.at = row.at;
  out.by = row.by_name;
  out.reason = vault.unsealed(kReasonSeal, std::to_string(row.id.value), row.reason.data);
  out.level = static_cast<Level>(row.level);
  out.escalated = row.level > row.base;
  const auto mine = referrals::level_of(geography, caller, row.to_unit);
  out.yours = row.state == TransferState::kWaiting && mine && *mine <= row.level;
  out.ended = row.ended;
  out.ended_by = row.ended_by;
  return out;
}

void FollowUps::Impl::add_transfers(store::Session& session, const Caller& caller, FollowUp& to) const {
  to.transfers.emplace();
  for (const auto& row : storage::transfers(session, to.id)) to.transfers->push_back(view(caller, row));
}

std::optional<UnitId> FollowUps::Impl::seen_by(store::Session& session, const Caller& caller,
                                               const storage::PeriodRow& row) const {
  const auto areas = access.areas(caller, kWork);
  if (geography.covers(areas, row.unit)) return row.unit;
  const auto coming = storage::waiting(session, row.id);
  if (coming && geography.covers(areas, coming->to_unit)) return coming->to_unit;
  return std::nullopt;
}

// Whose list it leaves is told, too.
void FollowUps::Impl::close(store::Session& session, storage::TransferRow row, TransferState state,
                            const Caller* by) const {
  row.state = state;
  row.ended = now();
  if (by) {
    row.ended_account = by->account;
    row.ended_by = by->name;
  }
  storage::update(session, row);
  session.publish({"followup.changed", row.period.value, now(), 1, row.to_unit.value});
}

void FollowUps::Impl::withdraw_transfer(store::Session& session, FollowUpId id) const {
  if (auto waiting = storage::waiting(session, id))
    close(session, std::move(*waiting), TransferState::kWithdrawn, nullptr);
}

Result<FollowUp> FollowUps::Impl::transfer(store::Session& session, const Caller& caller, FollowUpId id,
                                           const NewTransfer& to, std::int64_t version) const {
  auto row = seen(session, caller, id);
  if (!row) return row.error();
  if (!geography.covers(access.areas(caller, kWork), row->unit)) return kNotTaken;
  if (row->version != version) return kVersionConflict;
  if (row->state != State::kOpen || row->last_day < today()) return kFollowUpEnded;
  if (to.reason.empty()) return wrong_field("/reason", "required");
  auto before = storage::waiting(session, row->id);
  if (to.unit == row->unit && !before) return wrong_field("/unit", "choice");
  if (before) close(session, std::move(*before), TransferState::kWithdrawn, &caller);
  if (to.unit != row->unit) {
    storage::TransferRow made;
    made.id = db.ids().make<TransferId>();
    made.period = row->id;
    made.from_unit = row->unit;
    made.to_unit = to.unit;
    made.at = now();
    made.account = caller.account;
    made.by_name = caller.name;
    made.reason = store::Bytes{vault.seal(kReasonSeal, std::to_string(made.id.value), to.reason)};
    made.base = made.level = referrals::base_of(geography, to.unit);
    made.climb_at = made.at + kTakenWithin;
    storage::insert(session, made);
    session.publish({"followup.transferred", row->id.value, made.at, 1, to.unit.value});
  }
  storage::update(session, *row);
  publish(session, *row, "followup.changed");
  return view(session, caller, *row);
}

Result<FollowUp> FollowUps::Impl::take(store::Session& session, const Caller& caller, FollowUpId id) const {
  auto row = seen(session, caller, id);
  if (!row) return row.error();
  auto coming = storage::waiting(session, row->id);
  if (!coming) {  // a repeated call, or nothing to take
    const auto all = storage::transfers(session, row->id);
    const bool taken =
        !all.empty() && all.back().state == TransferState::kTaken && all.back().ended_account == caller.account;
    if (!taken) return kNotTransferred;
    return view(session, caller, *row);
  }
  const auto mine = referrals::level_of(geography, caller, coming->to_unit);
  if (!mine) return kNotTransferred;
  if (*mine > coming->level) return referrals::kNotEscalated;
  publish(session, *row, "followup.changed");
  row->unit = coming->to_unit;
  static_cast<staff::Holding&>(*row) = {};  // whose it was there
  row->base = row->level = coming->base;
  row->climb_at = std::max(row->climb_at, local_midnight({today().days + 1}));
  storage::update(session, *row);
  close(session, std::move(*coming), TransferState::kTaken, &caller);
  publish(session, *row, "followup.taken");
  return view(session, caller, *row);
}

void FollowUps::Impl::call_for_transfers(store::Session& session) const {
  for (auto& row : storage::unacknowledged(session, now(), referrals::kEscalateMost)) {
    row.level = std::min(row.level + 1, referrals::kTop);
    row.climb_at = now() + kTakenWithin;
    storage::update(session, row);
    session.publish({"followup.escalated", row.period.value, now(), 1, row.to_unit.value});
  }
}

Task<Result<http::Page<FollowUp>>> FollowUps::arriving(const Caller& caller, Filter filter,
                                                       std::optional<std::string> cursor, std::size_t limit) {
  using Shown = http::Page<FollowUp>;
  if (impl_->access.areas(caller, kWork).empty()) return refused<Shown>(kNotPermitted);
  const bool descending = filter.order == cases::SortOrder::kDescending;
  const std::string sorted = descending ? "asked-descending" : "asked-ascending";
  const auto start = start_of(cursor, sorted, descending);
  if (!start) return refused<Shown>(start.error());
  const storage::TransferPosition after{Instant{start->number}, TransferId{start->id}};
  return impl_->db.transact(
      [impl = impl_.get(), caller, filter, descending, sorted, after, limit](store::Session& s) -> Result<Shown> {
        const auto reach = referrals::reach(impl->geography, caller, filter.unit);
        const auto rows = storage::arriving(s, reach, filter.yours, descending, after, limit + 1);
        Shown page;
        std::vector<storage::Position> periods;
        for (std::size_t i = 0; i < rows.size() && i < limit; ++i) periods.push_back({0, rows[i].period});
        const auto groups = storage::with_joined(s, storage::find_each(s, periods));
        std::vector<identity::Subject> shown;
        for (std::size_t i = 0; i < groups.size(); ++i)
          Impl::add_shown(groups[i], rows[i].to_unit, identity::note(identity::LogNote::kListOfTransfers), shown);
        page.items = impl->views(s, caller, groups);
        if (auto allowed = impl->access.require_each(s, caller, kWork, shown); !allowed) return allowed.error();
        if (rows.size() > limit) page.next = end_of(sorted, {rows[limit - 1].at.seconds, rows[limit - 1].id.value});
        return page;
      });
}

// Why somebody moves is told in words, and left out.
Task<Result<http::Reply>> FollowUps::take_out_transfers(const Caller& caller, UnitId unit, TransfersOut wanted) {
  return impl_->db.transact(
      [impl = impl_.get(), caller, unit, wanted = std::move(wanted)](store::Session& s) -> Result<http::Reply> {
        const auto allowed = impl->access.require(s, caller, kTakeOutTransfers, {PersonId{}, unit, wanted.reason});
        if (!allowed) return allowed.error();
        if (!impl->geography.find(unit)) return kNotFound;
        const auto reach = referrals::reach(impl->geography, caller, unit);
        const Cursor start = outermost(false);
        const auto rows = storage::arriving(s, reach, wanted.yours.value_or(false), false,
                                            {Instant{start.number}, TransferId{start.id}}, kOutMost + 1);
        if (rows.size() > kOutMost) return identity::list_too_long(kOutMost);
        std::vector<storage::Position> periods;
        for (const auto& row : rows) periods.push_back({0, row.period});
        const auto found = storage::with_joined(s, storage::find_each(s, periods));
        std::vector<identity::Subject> shown;
        for (std::size_t i = 0; i < rows.size(); ++i) Impl::add_shown(found[i], rows[i].to_unit, wanted.reason, shown);
        tables::Sheet sheet;
        sheet.columns = people::person_heads({"disease"}, {"from", "to", "askedAt", "level", "lastDay"});
        for (std::size_t i = 0; i < rows.size(); ++i) {
          const storage::PeriodRow& row = found[i].row;
          const auto person = impl->people.written(s, row.person);
          if (!person) continue;
          sheet.rows.push_back(people::person_line(
              {row.disease}, *person,
              {name_of(impl->geography, rows[i].from_unit), name_of(impl->geography, rows[i].to_unit),
               to_text(rows[i].at), json::enum_text(static_cast<Level>(rows[i].level)), row.last_day},
              impl->geography, impl->today()));
        }
        return identity::unit_file(s, impl->access, impl->geography, caller, kTakeOutTransfers,
                                   {unit, "follow-up-transfers", "luytre-follow-up-transfers-", wanted.reason,
                                    wanted.format, std::move(sheet), std::move(shown)},
                                   impl->now());
      });
}

Task<Result<FollowUp>> FollowUps::transfer(const Caller& caller, FollowUpId id, NewTransfer to, std::int64_t version) {
  if (impl_->geography.responsible_commune(to.unit, impl_->today()) != to.unit)
    return refused<FollowUp>(wrong_field("/unit", "choice"));
  auto giving = impl_->db.transact(
      [impl = impl_.get(), caller, id, to = std::move(to), version](store::Session& s) -> Result<FollowUp> {
        return impl->transfer(s, caller, id, to, version);
      });
  return with_current(std::move(giving), [this, caller, id] { return find(caller, id); });
}

Task<Result<FollowUp>> FollowUps::take(const Caller& caller, FollowUpId id) {
  return impl_->db.transact(
      [impl = impl_.get(), caller, id](store::Session& s) -> Result<FollowUp> { return impl->take(s, caller, id); });
}

}  // namespace luytre::followup
