// Whose a piece of work is.

#include <algorithm>

#include "modules/staff/storage.h"

namespace luytre::staff {
namespace {

bool answers_for_one(store::Session& session, const geography::Geography& geography, AccountId account,
                     const std::vector<UnitId>& units) {
  return std::any_of(units.begin(), units.end(),
                     [&](UnitId unit) { return identity::answers_for(session, geography, account, kWorkers, unit); });
}

void lose(Holding& work, std::string name, Instant now) {
  work = Holding{};
  work.lost_by = std::move(name);
  work.lost_at = now;
}

}  // namespace

const std::vector<Role> kWorkers{Role::kStationOfficer, Role::kDistrictOfficer, Role::kProvinceOfficer};

bool fits(store::Session& session, const geography::Geography& geography, const Hand& hand,
          const std::vector<UnitId>& units) {
  if (hand.officer && !answers_for_one(session, geography, *hand.officer, units)) return false;
  if (!hand.team) return true;
  const auto team = storage::team(session, *hand.team);
  if (!team || team->ended) return false;
  const bool theirs =
      std::any_of(units.begin(), units.end(), [&](UnitId unit) { return geography.covers(team->unit, unit); });
  if (!theirs || !hand.officer) return theirs;
  const auto members = storage::members(session, *hand.team);
  return std::find(members.begin(), members.end(), *hand.officer) != members.end();
}

void give(Holding& work, const Hand& hand, const Caller& by, Instant now) {
  const bool has = hand.officer == work.taken_by && hand.team == work.team && !work.lost_by;
  if (has && (work.taken_at || hand.officer != by.account)) return;  // sent again: notice taken stays taken
  work = Holding{};
  if (!hand.officer && !hand.team) return;
  work.taken_by = hand.officer;
  work.team = hand.team;
  work.given_by = by.name;
  work.given_at = now;
  if (hand.officer == by.account) work.taken_at = now;
}

void take(Holding& work, const Caller& by, Instant now) {
  const bool theirs = !work.taken_by || *work.taken_by == by.account;
  if (!theirs) {
    work.given_by.reset();
    work.given_at.reset();
  }
  work.taken_by = by.account;
  work.taken_at = now;
  work.lost_by.reset();
  work.lost_at.reset();
}

bool lose_officer(store::Session& session, const geography::Geography& geography, Holding& work,
                  const std::vector<UnitId>& units, Instant now) {
  if (!work.taken_by || answers_for_one(session, geography, *work.taken_by, units)) return false;
  const auto team = work.team;
  lose(work, identity::officer_name(session, *work.taken_by).value_or(""), now);
  work.team = team;  // the others of it have it still
  return true;
}

void lose_team(store::Session& session, Holding& work, Instant now) {
  if (!work.team) return;
  const auto team = storage::team(session, *work.team);
  if (work.taken_by) {
    work.team.reset();
  } else {
    lose(work, team ? team->name : "", now);
  }
}

void lose_gone(store::Session& session, const geography::Geography& geography, Holding& work,
               const std::vector<UnitId>& units, Instant now) {
  lose_officer(session, geography, work, units, now);
  if (!work.team) return;
  const auto team = storage::team(session, *work.team);
  if (!team || team->ended) lose_team(session, work, now);
}

std::optional<Assignee> assignee(store::Session& session, const Caller& caller, const Holding& work) {
  return assignees(session, caller, std::span(&work, 1)).front();
}

std::vector<std::optional<Assignee>> assignees(store::Session& session, const Caller& caller,
                                               std::span<const Holding> work) {
  std::vector<AccountId> officers;
  std::vector<OfficerTeamId> of_teams;
  for (const Holding& one : work) {
    if (one.taken_by) officers.push_back(*one.taken_by);
    if (one.team) of_teams.push_back(*one.team);
  }
  const auto names = identity::officer_names(session, officers);
  const auto teams = storage::teams(session, of_teams);
  std::vector<std::optional<Assignee>> out;
  for (const Holding& one : work) {
    auto& shown = out.emplace_back();
    if (!one.taken_by && !one.team) continue;
    shown.emplace();
    shown->officer = one.taken_by;
    if (const auto name = one.taken_by ? names.find(*one.taken_by) : names.end(); name != names.end())
      shown->name = name->second;
    shown->team = one.team;
    if (const auto team = one.team ? teams.find(*one.team) : teams.end(); team != teams.end())
      shown->team_name = team->second.name;
    shown->given_by = one.given_by;
    shown->at = one.given_at ? one.given_at : one.taken_at;
    shown->noticed = one.taken_at.has_value();
    shown->yours = one.taken_by == caller.account;
  }
  return out;
}

std::optional<Lost> lost(const Holding& work) {
  if (!work.lost_by || !work.lost_at) return std::nullopt;
  return Lost{*work.lost_by, *work.lost_at};
}

}  // namespace luytre::staff
