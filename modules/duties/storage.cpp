#include "modules/duties/storage.h"

#include <iterator>

namespace luytre::duties::storage {
namespace {

using store::Query;
using store::Session;

constexpr Query kInsertRoster{"duties.insert_roster", R"sql(
  INSERT INTO duties_roster (id, place, unit, name, sector, keeper, code, opened)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8))sql"};

constexpr Query kFind{"duties.find", R"sql(
  SELECT id, place, unit, name, sector, keeper, code, opened, closed
  FROM duties_roster
  WHERE id = $1)sql"};

constexpr Query kByCode{"duties.by_code", R"sql(
  SELECT id, place, unit, name, sector, keeper, code, opened, closed
  FROM duties_roster
  WHERE code = $1 AND closed IS NULL)sql"};

constexpr Query kOfPlace{"duties.of_place", R"sql(
  SELECT id, place, unit, name, sector, keeper, code, opened, closed
  FROM duties_roster
  WHERE place = $1 AND sector = $2 AND closed IS NULL)sql"};

constexpr Query kOfKeeper{"duties.of_keeper", R"sql(
  SELECT id, place, unit, name, sector, keeper, code, opened, closed
  FROM duties_roster
  WHERE keeper = $1 AND closed IS NULL
  ORDER BY id
  LIMIT $2)sql"};

constexpr Query kAll{"duties.all", R"sql(
  SELECT id, place, unit, name, sector, keeper, code, opened, closed
  FROM duties_roster
  WHERE id > $1 AND closed IS NULL
  ORDER BY id
  LIMIT $2)sql"};

constexpr Query kSetCode{"duties.set_code", R"sql(
  UPDATE duties_roster
  SET code = $2
  WHERE id = $1 AND closed IS NULL)sql"};

constexpr Query kClose{"duties.close", R"sql(
  UPDATE duties_roster
  SET closed = $2
  WHERE id = $1 AND closed IS NULL)sql"};

constexpr Query kRemoveMembers{"duties.remove_members", R"sql(
  DELETE FROM duties_member
  WHERE roster = $1)sql"};

constexpr Query kRemoveInvitations{"duties.remove_invitations", R"sql(
  DELETE FROM duties_invitation
  WHERE roster = $1)sql"};

constexpr Query kInsertMember{"duties.insert_member", R"sql(
  INSERT INTO duties_member (roster, person, joined)
  VALUES ($1, $2, $3)
  ON CONFLICT DO NOTHING)sql"};

constexpr Query kMember{"duties.member", R"sql(
  SELECT roster, person, joined
  FROM duties_member
  WHERE roster = $1 AND person = $2)sql"};

constexpr Query kMembers{"duties.members", R"sql(
  SELECT roster, person, joined
  FROM duties_member
  WHERE roster = $1
  ORDER BY person)sql"};

constexpr Query kCountMembers{"duties.count_members", R"sql(
  SELECT count(*)
  FROM duties_member
  WHERE roster = $1)sql"};

constexpr Query kMemberships{"duties.memberships", R"sql(
  SELECT m.roster, m.person, m.joined
  FROM duties_member m
  JOIN duties_roster r ON r.id = m.roster
  WHERE m.person = $1 AND r.closed IS NULL
  ORDER BY m.roster)sql"};

constexpr Query kRemoveMember{"duties.remove_member", R"sql(
  DELETE FROM duties_member
  WHERE roster = $1 AND person = $2)sql"};

constexpr Query kInsertInvitation{"duties.insert_invitation", R"sql(
  INSERT INTO duties_invitation (id, roster, phone_index, invited, expires, declined)
  VALUES ($1, $2, $3, $4, $5, FALSE)
  ON CONFLICT (roster, phone_index) DO UPDATE SET expires = excluded.expires)sql"};

constexpr Query kInvitations{"duties.invitations", R"sql(
  SELECT id, roster, phone_index, invited, expires
  FROM duties_invitation
  WHERE phone_index = $1 AND expires > $2 AND NOT declined
  ORDER BY id)sql"};

constexpr Query kCountInvitations{"duties.count_invitations", R"sql(
  SELECT count(*)
  FROM duties_invitation
  WHERE roster = $1 AND expires > $2)sql"};

constexpr Query kRemoveInvitation{"duties.remove_invitation", R"sql(
  DELETE FROM duties_invitation
  WHERE id = $1)sql"};

constexpr Query kDecline{"duties.decline", R"sql(
  UPDATE duties_invitation
  SET declined = TRUE
  WHERE id = $1)sql"};

constexpr Query kRemind{"duties.remind", R"sql(
  INSERT INTO duties_reminder (person, day)
  VALUES ($1, $2)
  ON CONFLICT DO NOTHING)sql"};

constexpr Query kForgetInvitations{"duties.forget_invitations", R"sql(
  DELETE FROM duties_invitation
  WHERE expires < $1)sql"};

constexpr Query kForgetReminders{"duties.forget_reminders", R"sql(
  DELETE FROM duties_reminder
  WHERE day < $1)sql"};

constexpr Query kProve{"duties.prove", R"sql(
  INSERT INTO duties_retention (id, ran, rule, before, deleted)
  VALUES ($1, $2, $3, $4, $5))sql"};

}  // namespace

void insert(Session& session, const RosterRow& r) {
  session.run(kInsertRoster, r.id, r.place, r.unit, r.name, r.sector, r.keeper, r.code, r.opened);
}

std::optional<RosterRow> find(Session& session, RosterId id) {
  return session.one<RosterRow>(kFind, id);
}

std::optional<RosterRow> by_code(Session& session, const std::string& code) {
  return session.one<RosterRow>(kByCode, code);
}

std::optional<RosterRow> of_place(Session& session, PlaceId place, Sector sector) {
  return session.one<RosterRow>(kOfPlace, place, sector);
}

std::vector<RosterRow> of_keeper(Session& session, AccountId keeper, std::size_t most) {
  return session.all<RosterRow>(kOfKeeper, keeper, most);
}

std::vector<RosterRow> all(Session& session, RosterId after, std::size_t most) {
  return session.all<RosterRow>(kAll, after, most);
}

void set_code(Session& session, RosterId id, const std::string& code) {
  session.run(kSetCode, id, code);
}

std::int64_t close(Session& session, RosterId id, Instant at) {
  session.run(kClose, id, at);
  return session.run(kRemoveMembers, id) + session.run(kRemoveInvitations, id);
}

bool insert(Session& session, const MemberRow& r) {
  return session.run(kInsertMember, r.roster, r.person, r.joined) == 1;
}

std::optional<MemberRow> member(Session& session, RosterId roster, PersonId person) {
  return session.one<MemberRow>(kMember, roster, person);
}

std::vector<MemberRow> members(Session& session, RosterId roster) {
  return session.all<MemberRow>(kMembers, roster);
}

std::int64_t count_members(Session& session, RosterId roster) {
  return session.value<std::int64_t>(kCountMembers, roster);
}

std::vector<MemberRow> memberships(Session& session, std::span<const PersonId> persons) {
  std::vector<store::Row> looks;
  for (const PersonId person : persons) looks.push_back({store::to_value(person)});
  std::vector<MemberRow> out;
  for (const auto& found : session.each<MemberRow>(kMemberships, looks))
    out.insert(out.end(), found.begin(), found.end());
  return out;
}

bool remove(Session& session, RosterId roster, PersonId person) {
  return session.run(kRemoveMember, roster, person) == 1;
}

void insert(Session& session, const InvitationRow& r) {
  session.run(kInsertInvitation, r.id, r.roster, r.phone_index, r.invited, r.expires);
}

std::vector<InvitationRow> invitations(Session& session, const store::Bytes& phone_index, Instant now) {
  return session.all<InvitationRow>(kInvitations, phone_index, now);
}

std::int64_t count_invitations(Session& session, RosterId roster, Instant now) {
  return session.value<std::int64_t>(kCountInvitations, roster, now);
}

void remove(Session& session, InvitationId invitation) {
  session.run(kRemoveInvitation, invitation);
}

void decline(Session& session, InvitationId invitation) {
  session.run(kDecline, invitation);
}

bool remind(Session& session, PersonId person, Date day) {
  return session.run(kRemind, person, day.days) == 1;
}

std::int64_t forget_invitations(Session& session, Instant before) {
  return session.run(kForgetInvitations, before);
}

std::int64_t forget_reminders(Session& session, Date before) {
  return session.run(kForgetReminders, before.days);
}

void prove(Session& session, std::int64_t id, Instant ran, const std::string& rule, Instant before,
           std::int64_t deleted) {
  session.run(kProve, id, ran, rule, before, deleted);
}

}  // namespace luytre::duties::storage
