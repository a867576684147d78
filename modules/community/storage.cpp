#include "modules/community/storage.h"

#include <set>

namespace luytre::community::storage {
namespace {

using store::Query;
using store::Session;

constexpr Query kInsertTeam{"community.insert_team", R"sql(
  INSERT INTO community_team (id, unit, name, form, basis, made, made_by, until, closed, version)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10))sql"};

constexpr Query kTeam{"community.team", R"sql(
  SELECT id, unit, name, form, basis, made, made_by, until, closed, version
  FROM community_team
  WHERE id = $1)sql"};

constexpr Query kTeams{"community.teams", R"sql(
  SELECT id, unit, name, form, basis, made, made_by, until, closed, version
  FROM community_team
  WHERE id > $1
  ORDER BY id
  LIMIT $2)sql"};

constexpr Query kCountTeams{"community.count_teams", R"sql(
  SELECT count(*)
  FROM community_team
  WHERE unit = $1 AND closed IS NULL)sql"};

constexpr Query kUpdateTeam{"community.update_team", R"sql(
  UPDATE community_team
  SET name = $2, basis = $3, until = $4, closed = $5, version = version + 1
  WHERE id = $1 AND version = $6)sql"};

constexpr Query kInsertVolunteer{"community.insert_volunteer", R"sql(
  INSERT INTO community_volunteer (id, team, name, phone, phone_index, named_by, since)
  VALUES ($1, $2, $3, $4, $5, $6, $7))sql"};

constexpr Query kVolunteers{"community.volunteers", R"sql(
  SELECT id, team, name, phone, phone_index, named_by, since
  FROM community_volunteer
  WHERE team = $1 AND removed IS NULL
  ORDER BY id)sql"};

constexpr Query kOfPhone{"community.of_phone", R"sql(
  SELECT id, team, name, phone, phone_index, named_by, since
  FROM community_volunteer
  WHERE phone_index = $1 AND removed IS NULL
  ORDER BY team)sql"};

constexpr Query kRemoveVolunteer{"community.remove_volunteer", R"sql(
  UPDATE community_volunteer
  SET removed = $3
  WHERE id = $2 AND team = $1 AND removed IS NULL)sql"};

constexpr Query kForgetShifts{"community.forget_shifts", R"sql(
  UPDATE community_volunteer
  SET since = $3
  WHERE id = $2 AND team = $1 AND removed IS NULL)sql"};

constexpr Query kShown{"community.shown", R"sql(
  SELECT person
  FROM community_shown
  WHERE viewer = $1 AND day = $2)sql"};

constexpr Query kShow{"community.show", R"sql(
  INSERT INTO community_shown (viewer, day, person)
  VALUES ($1, $2, $3)
  ON CONFLICT DO NOTHING)sql"};

constexpr Query kInsertHousehold{"community.insert_household", R"sql(
  INSERT INTO community_household (id, team, number, address, added, removed)
  VALUES ($1, $2, $3, $4, $5, $6))sql"};

constexpr Query kHousehold{"community.household", R"sql(
  SELECT id, team, number, address, added, removed
  FROM community_household
  WHERE id = $1)sql"};

constexpr Query kHouseholds{"community.households", R"sql(
  SELECT id, team, number, address, added, removed
  FROM community_household
  WHERE team = $1 AND removed IS NULL
  ORDER BY number, id)sql"};

constexpr Query kUpdateHousehold{"community.update_household", R"sql(
  UPDATE community_household
  SET number = $2, address = $3, removed = $4
  WHERE id = $1)sql"};

constexpr Query kInsertMember{"community.insert_member", R"sql(
  INSERT INTO community_member (id, household, team, content, person, head, added, removed)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8))sql"};

constexpr Query kMember{"community.member", R"sql(
  SELECT id, household, team, content, person, head, added, removed
  FROM community_member
  WHERE id = $1)sql"};

constexpr Query kMembers{"community.members", R"sql(
  SELECT id, household, team, content, person, head, added, removed
  FROM community_member
  WHERE team = $1 AND removed IS NULL
  ORDER BY id)sql"};

constexpr Query kUpdateMember{"community.update_member", R"sql(
  UPDATE community_member
  SET person = $2, head = $3, removed = $4
  WHERE id = $1)sql"};

constexpr Query kInsertReport{"community.insert_report", R"sql(
  INSERT INTO community_report (id, team, household, volunteer, at, recorded, outcome, note, member, informant, declaration, settled)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12))sql"};

constexpr Query kReport{"community.report", R"sql(
  SELECT id, team, household, volunteer, at, recorded, outcome, note, member, informant, declaration, settled
  FROM community_report
  WHERE id = $1)sql"};

constexpr Query kFound{"community.found", R"sql(
  SELECT household, at, outcome
  FROM community_report
  WHERE team = $1 AND at >= $2 AND at < $3)sql"};

constexpr Query kOpenHelp{"community.open_help", R"sql(
  SELECT id, team, household, volunteer, at, recorded, outcome, note, member, informant, declaration, settled
  FROM community_report
  WHERE team = $1 AND outcome = 'needsHelp' AND settled IS NULL
  ORDER BY id)sql"};

constexpr Query kVolunteerName{"community.volunteer_name", R"sql(
  SELECT name
  FROM community_volunteer
  WHERE id = $1)sql"};

constexpr Query kSettle{"community.settle", R"sql(
  UPDATE community_report
  SET settled = $2, settled_by = $3, answer = $4
  WHERE id = $1 AND outcome = 'needsHelp' AND settled IS NULL)sql"};

constexpr Query kRemoveReports{"community.remove_reports", R"sql(
  DELETE FROM community_report
  WHERE id IN (SELECT id FROM community_report WHERE recorded < $1 ORDER BY recorded LIMIT $2))sql"};

constexpr Query kForgetShown{"community.forget_shown", R"sql(
  DELETE FROM community_shown
  WHERE day < $1)sql"};

constexpr Query kRemoveMembers{"community.remove_members", R"sql(
  DELETE FROM community_member
  WHERE removed < $1 OR household IN (SELECT id FROM community_household WHERE removed < $1))sql"};

constexpr Query kRemoveHouseholds{"community.remove_households", R"sql(
  DELETE FROM community_household
  WHERE removed < $1)sql"};

constexpr Query kRemoveVolunteers{"community.remove_volunteers", R"sql(
  DELETE FROM community_volunteer
  WHERE removed < $1)sql"};

constexpr Query kReportsOfTeam{"community.delete_reports_of_team", R"sql(
  DELETE FROM community_report
  WHERE team = $1)sql"};

constexpr Query kMembersOfTeam{"community.delete_members_of_team", R"sql(
  DELETE FROM community_member
  WHERE team = $1)sql"};

constexpr Query kHouseholdsOfTeam{"community.delete_households_of_team", R"sql(
  DELETE FROM community_household
  WHERE team = $1)sql"};

constexpr Query kVolunteersOfTeam{"community.delete_volunteers_of_team", R"sql(
  DELETE FROM community_volunteer
  WHERE team = $1)sql"};

constexpr Query kDeleteTeam{"community.delete_team", R"sql(
  DELETE FROM community_team
  WHERE id = $1)sql"};

constexpr Query kProve{"community.prove", R"sql(
  INSERT INTO community_retention (id, ran, rule, before, deleted)
  VALUES ($1, $2, $3, $4, $5))sql"};

}  // namespace

void insert(Session& session, const TeamRow& t) {
  session.run(kInsertTeam, t.id, t.unit, t.name, t.form, t.basis, t.made, t.made_by, t.until, t.closed, t.version);
}

std::optional<TeamRow> team(Session& session, TeamId id) {
  return session.one<TeamRow>(kTeam, id);
}

std::vector<TeamRow> teams(Session& session, TeamId after, std::size_t most) {
  return session.all<TeamRow>(kTeams, after, most);
}

std::int64_t count_teams(Session& session, UnitId unit) {
  return session.value<std::int64_t>(kCountTeams, unit);
}

bool update(Session& session, const TeamRow& t, std::int64_t version) {
  return session.run(kUpdateTeam, t.id, t.name, t.basis, t.until, t.closed, version) == 1;
}

void insert(Session& session, const VolunteerRow& v) {
  session.run(kInsertVolunteer, v.id, v.team, v.name, v.phone, v.phone_index, v.named_by, v.since);
}

std::vector<VolunteerRow> volunteers(Session& session, TeamId team) {
  return session.all<VolunteerRow>(kVolunteers, team);
}

std::vector<VolunteerRow> of_phone(Session& session, const store::Bytes& phone_index) {
  return session.all<VolunteerRow>(kOfPhone, phone_index);
}

bool remove(Session& session, TeamId team, VolunteerId volunteer, Instant now) {
  return session.run(kRemoveVolunteer, team, volunteer, now) == 1;
}

bool forget_shifts(Session& session, TeamId team, VolunteerId volunteer, Instant since) {
  return session.run(kForgetShifts, team, volunteer, since) == 1;
}

std::vector<PersonId> show(Session& session, std::int64_t viewer, Date day, std::span<const PersonId> persons) {
  const auto before = session.all<PersonId>(kShown, viewer, day);
  const std::set<PersonId> shown(before.begin(), before.end());
  std::vector<PersonId> out;
  std::vector<store::Row> rows;
  for (const PersonId person : persons) {
    if (shown.contains(person)) continue;
    out.push_back(person);
    rows.push_back({store::to_value(viewer), store::to_value(day), store::to_value(person)});
  }
  session.insert(kShow, rows);
  return out;
}

void insert(Session& session, const HouseholdRow& h) {
  session.run(kInsertHousehold, h.id, h.team, h.number, h.address, h.added, h.removed);
}

std::optional<HouseholdRow> household(Session& session, HouseholdId id) {
  return session.one<HouseholdRow>(kHousehold, id);
}

std::vector<HouseholdRow> households(Session& session, TeamId team) {
  return session.all<HouseholdRow>(kHouseholds, team);
}

void update(Session& session, const HouseholdRow& h) {
  session.run(kUpdateHousehold, h.id, h.number, h.address, h.removed);
}

void insert(Session& session, const MemberRow& m) {
  session.run(kInsertMember, m.id, m.household, m.team, m.content, m.person, m.head, m.added, m.removed);
}

std::optional<MemberRow> member(Session& session, MemberId id) {
  return session.one<MemberRow>(kMember, id);
}

std::vector<MemberRow> members(Session& session, TeamId team) {
  return session.all<MemberRow>(kMembers, team);
}

void update(Session& session, const MemberRow& m) {
  session.run(kUpdateMember, m.id, m.person, m.head, m.removed);
}

void insert(Session& session, const ReportRow& r) {
  session.run(kInsertReport, r.id, r.team, r.household, r.volunteer, r.at, r.recorded, r.outcome, r.note, r.member,
              r.informant, r.declaration, r.settled);
}

std::optional<ReportRow> report(Session& session, ReportId id) {
  return session.one<ReportRow>(kReport, id);
}

std::vector<FoundRow> found(Session& session, TeamId team, Interval when) {
  return session.all<FoundRow>(kFound, team, when.from, when.to);
}

std::vector<ReportRow> open_help(Session& session, TeamId team) {
  return session.all<ReportRow>(kOpenHelp, team);
}

std::string volunteer_name(Session& session, VolunteerId volunteer) {
  return session.one<std::string>(kVolunteerName, volunteer).value_or("");
}

bool settle(Session& session, ReportId report, Instant now, AccountId by, const store::Bytes& answer) {
  return session.run(kSettle, report, now, by, answer) == 1;
}

std::int64_t remove_reports(Session& session, Instant before, std::size_t most) {
  return session.run(kRemoveReports, before, most);
}

std::int64_t forget_shown(Session& session, Date before) {
  return session.run(kForgetShown, before);
}

std::int64_t remove_removed(Session& session, Instant before) {
  std::int64_t out = 0;
  for (const Query& query : {kRemoveMembers, kRemoveHouseholds, kRemoveVolunteers}) out += session.run(query, before);
  return out;
}

std::int64_t remove_team(Session& session, TeamId team) {
  std::int64_t out = 0;
  for (const Query& query : {kReportsOfTeam, kMembersOfTeam, kHouseholdsOfTeam, kVolunteersOfTeam, kDeleteTeam})
    out += session.run(query, team);
  return out;
}

void prove(Session& session, std::int64_t id, Instant ran, std::string_view rule, Instant before,
           std::int64_t deleted) {
  session.run(kProve, id, ran, rule, before, deleted);
}

}  // namespace luytre::community::storage
