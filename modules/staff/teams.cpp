#include <algorithm>

#include "modules/staff/storage.h"
#include "platform/base/conflict.h"

namespace luytre::staff {
namespace {

// Who may see the teams and officers of a unit, set teams up, and give work.
const identity::Action kGive{"staff.give", Purpose::kFollowUp, kWorkers};

bool full(store::Session& session, UnitId unit) {
  return storage::count(session, unit) >= static_cast<std::int64_t>(kTeamsMost);
}

Error too_many() {
  return Error(kTeamsFull, {{"most", std::to_string(kTeamsMost)}});
}

}  // namespace

OfficerTeam Staff::view(store::Session& session, OfficerTeamId id) const {
  const auto row = storage::team(session, id).value();
  OfficerTeam out{row.id, row.unit, "", row.name, {}, row.ended, row.version};
  if (const auto* unit = geography_.find(row.unit)) out.unit_name = unit->full_name;
  for (const AccountId account : storage::members(session, id)) {
    if (!identity::answers_for(session, geography_, account, kWorkers, row.unit)) continue;
    out.members.push_back({account, identity::officer_name(session, account).value_or("")});
  }
  std::sort(out.members.begin(), out.members.end(),
            [](const Colleague& a, const Colleague& b) { return std::pair(a.name, a.id) < std::pair(b.name, b.id); });
  return out;
}

// Empty: not all of them answer for the unit, or they are too many.
std::vector<AccountId> Staff::proper(store::Session& session, UnitId unit,
                                     const std::vector<AccountId>& members) const {
  std::vector<AccountId> out = members;
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  if (out.size() > kMembersMost) return {};
  for (const AccountId account : out)
    if (!identity::answers_for(session, geography_, account, kWorkers, unit)) return {};
  return out;
}

Task<Result<http::Page<Colleague>>> Staff::colleagues(const Caller& caller, UnitId unit) const {
  using Shown = http::Page<Colleague>;
  return db_.transact([this, caller, unit](store::Session& s) -> Result<Shown> {
    const auto allowed = access_.require(s, caller, kGive, {PersonId{}, unit, ""});
    if (!allowed) return allowed.error();
    Shown page;
    page.items = identity::answering_for(s, geography_, kWorkers, unit);
    return page;
  });
}

Task<Result<http::Page<OfficerTeam>>> Staff::teams(const Caller& caller, std::optional<UnitId> unit) const {
  using Shown = http::Page<OfficerTeam>;
  const auto areas = access_.areas(caller, kGive);
  if (areas.empty()) return refused<Shown>(kNotPermitted);
  return db_.read([this, areas, unit](store::Session& s) -> Result<Shown> {
    Shown page;
    for (const auto& row : storage::teams(s)) {
      const bool asked = !unit || geography_.covers(*unit, row.unit);
      if (asked && geography_.covers(areas, row.unit)) page.items.push_back(view(s, row.id));
    }
    std::stable_partition(page.items.begin(), page.items.end(), [](const OfficerTeam& one) { return !one.ended; });
    return page;
  });
}

Task<Result<OfficerTeam>> Staff::make(const Caller& caller, NewOfficerTeam team,
                                      std::optional<store::Once> once) const {
  auto write = [this, caller, team = std::move(team)](store::Session& s) -> Result<storage::Made> {
    const auto allowed = access_.require(s, caller, kGive, {PersonId{}, team.unit, ""});
    if (!allowed) return allowed.error();
    if (!geography_.find(team.unit)) return wrong_field("/unit", "unknown");
    if (team.name.empty()) return wrong_field("/name", "required");
    const auto members = proper(s, team.unit, team.members);
    if (members.empty()) return wrong_field("/members", "choice");
    if (full(s, team.unit)) return too_many();
    storage::TeamRow row;
    row.id = db_.ids().make<OfficerTeamId>();
    row.unit = team.unit;
    row.name = team.name;
    row.made = db_.clock().now();
    row.made_by = caller.account;
    storage::insert(s, row);
    storage::set_members(s, row.id, members);
    s.publish({"staff.team_changed", row.id.value, row.made, row.version, row.unit.value});
    return storage::Made{row.id};
  };
  if (once) return shown(db_.once(std::move(*once), std::move(write)));
  return shown(db_.transact(std::move(write)));
}

Task<Result<OfficerTeam>> Staff::shown(Task<Result<storage::Made>> making) const {
  const Result<storage::Made> done = co_await std::move(making);
  if (!done) co_return done.error();
  auto reading = db_.read([this, id = done->team](store::Session& s) -> Result<OfficerTeam> { return view(s, id); });
  co_return co_await std::move(reading);
}

Task<Result<OfficerTeam>> Staff::edit(const Caller& caller, OfficerTeamId id, OfficerTeamEdit edit,
                                      std::int64_t version) const {
  return db_.transact([this, caller, id, edit = std::move(edit), version](store::Session& s) -> Result<OfficerTeam> {
    auto row = storage::team(s, id);
    const auto areas = access_.areas(caller, kGive);
    if (!row || !geography_.covers(areas, row->unit)) return kNotFound;
    const auto allowed = access_.require(s, caller, kGive, {PersonId{}, row->unit, ""});
    if (!allowed) return allowed.error();
    if (row->version != version) return version_conflict(view(s, id));
    if (edit.name && edit.name->empty()) return wrong_field("/name", "required");
    if (edit.members) {
      const auto members = proper(s, row->unit, *edit.members);
      if (members.empty()) return wrong_field("/members", "choice");
      storage::set_members(s, id, members);
    }
    const bool ends = edit.ended.value_or(false) && !row->ended;
    const bool again = row->ended && !edit.ended.value_or(true);
    if (again && full(s, row->unit)) return too_many();
    if (edit.name) row->name = *edit.name;
    if (edit.ended) row->ended = *edit.ended ? std::optional(row->ended.value_or(db_.clock().now())) : std::nullopt;
    ++row->version;
    storage::update(s, *row, version);
    const char* type = ends ? "staff.team_ended" : "staff.team_changed";
    s.publish({type, id.value, db_.clock().now(), row->version, row->unit.value});
    return view(s, id);
  });
}

}  // namespace luytre::staff
