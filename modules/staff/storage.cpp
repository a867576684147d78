#include "modules/staff/storage.h"

#include <set>

namespace luytre::staff::storage {
namespace {

constexpr store::Query kTeam{"staff.team", R"sql(
  SELECT id, unit, name, made, made_by, ended, version
  FROM staff_team
  WHERE id = $1)sql"};

constexpr store::Query kTeams{"staff.teams", R"sql(
  SELECT id, unit, name, made, made_by, ended, version
  FROM staff_team
  ORDER BY unit, id)sql"};

constexpr store::Query kCount{"staff.count", R"sql(
  SELECT count(*)
  FROM staff_team
  WHERE unit = $1 AND ended IS NULL)sql"};

constexpr store::Query kInsert{"staff.insert_team", R"sql(
  INSERT INTO staff_team (id, unit, name, made, made_by, ended, version)
  VALUES ($1, $2, $3, $4, $5, $6, $7))sql"};

constexpr store::Query kUpdate{"staff.update_team", R"sql(
  UPDATE staff_team
  SET name = $2, ended = $3, version = $4
  WHERE id = $1 AND version = $5)sql"};

constexpr store::Query kMembers{"staff.members", R"sql(
  SELECT account
  FROM staff_member
  WHERE team = $1
  ORDER BY account)sql"};

constexpr store::Query kClear{"staff.clear_members", R"sql(
  DELETE FROM staff_member
  WHERE team = $1)sql"};

constexpr store::Query kAdd{"staff.add_member", R"sql(
  INSERT INTO staff_member (team, account)
  VALUES ($1, $2)
  ON CONFLICT (team, account) DO NOTHING)sql"};

}  // namespace

std::optional<TeamRow> team(store::Session& session, OfficerTeamId id) {
  return session.one<TeamRow>(kTeam, id);
}

std::map<OfficerTeamId, TeamRow> teams(store::Session& session, std::span<const OfficerTeamId> ids) {
  std::vector<store::Row> looks;
  for (const OfficerTeamId id : std::set<OfficerTeamId>(ids.begin(), ids.end())) looks.push_back(store::values(id));
  std::map<OfficerTeamId, TeamRow> out;
  if (looks.empty()) return out;
  for (auto& found : session.each<TeamRow>(kTeam, looks))
    for (TeamRow& row : found) out.emplace(row.id, std::move(row));
  return out;
}

std::vector<TeamRow> teams(store::Session& session) {
  return session.all<TeamRow>(kTeams);
}

std::int64_t count(store::Session& session, UnitId unit) {
  return session.value<std::int64_t>(kCount, unit);
}

void insert(store::Session& session, const TeamRow& r) {
  session.run(kInsert, r.id, r.unit, r.name, r.made, r.made_by, r.ended, r.version);
}

bool update(store::Session& session, const TeamRow& r, std::int64_t version_before) {
  return session.run(kUpdate, r.id, r.name, r.ended, r.version, version_before) == 1;
}

std::vector<AccountId> members(store::Session& session, OfficerTeamId team) {
  return session.all<AccountId>(kMembers, team);
}

void set_members(store::Session& session, OfficerTeamId team, const std::vector<AccountId>& accounts) {
  session.run(kClear, team);
  for (const AccountId account : accounts) session.run(kAdd, team, account);
}

}  // namespace luytre::staff::storage
