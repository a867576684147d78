// SQL of teams of officers. Every function runs in the caller's transaction.

#pragma once

#include "modules/staff/staff.h"

namespace luytre::staff::storage {

struct TeamRow {
  OfficerTeamId id;
  UnitId unit;
  std::string name;
  Instant made;
  AccountId made_by;
  std::optional<Instant> ended;
  std::int64_t version = 1;
};
BOOST_DESCRIBE_STRUCT(TeamRow, (), (id, unit, name, made, made_by, ended, version))

// What is kept of a call that may be sent again: no names.
struct Made {
  OfficerTeamId team;
};
BOOST_DESCRIBE_STRUCT(Made, (), (team))

std::optional<TeamRow> team(store::Session& session, OfficerTeamId id);
std::map<OfficerTeamId, TeamRow> teams(store::Session& session, std::span<const OfficerTeamId> ids);
std::vector<TeamRow> teams(store::Session& session);       // by unit and id
std::int64_t count(store::Session& session, UnitId unit);  // not ended
void insert(store::Session& session, const TeamRow& row);
bool update(store::Session& session, const TeamRow& row, std::int64_t version_before);
std::vector<AccountId> members(store::Session& session, OfficerTeamId team);
void set_members(store::Session& session, OfficerTeamId team, const std::vector<AccountId>& accounts);

}  // namespace luytre::staff::storage
