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
  if (!work.taken_by && !work.team) return std::nullopt;
  Assignee out;
  out.officer = work.taken_by;
  if (work.taken_by) out.name = identity::officer_name(session, *work.taken_by);
  out.team = work.team;
  if (work.team)
    if (auto team = storage::team(session, *work.team)) out.team_name = std::move(team->name);
  out.given_by = work.given_by;
  out.at = work.given_at ? work.given_at : work.taken_at;
  out.noticed = work.taken_at.has_value();
  out.yours = work.taken_by == caller.account;
  return out;
}

std::optional<Lost> lost(const Holding& work) {
  if (!work.lost_by || !work.lost_at) return std::nullopt;
  return Lost{*work.lost_by, *work.lost_at};
}

}  // namespace luytre::staff
