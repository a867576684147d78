// SQL of the duties room.

#pragma once

#include "modules/duties/duties.h"

namespace luytre::duties::storage {

struct RosterRow {
  RosterId id;
  std::optional<PlaceId> place;
  UnitId unit;
  std::string name;
  Sector sector = Sector::kOther;
  AccountId keeper;
  std::string code;
  Instant opened;
  std::optional<Instant> closed;
};
BOOST_DESCRIBE_STRUCT(RosterRow, (), (id, place, unit, name, sector, keeper, code, opened, closed))

void insert(store::Session& session, const RosterRow& row);
std::optional<RosterRow> find(store::Session& session, RosterId id);
std::optional<RosterRow> by_code(store::Session& session, const std::string& code);        // open ones
std::optional<RosterRow> of_place(store::Session& session, PlaceId place, Sector sector);  // likewise
std::vector<RosterRow> of_keeper(store::Session& session, AccountId keeper, std::size_t most);
// Open ones, by id, above `after`.
std::vector<RosterRow> all(store::Session& session, RosterId after, std::size_t most);
void set_code(store::Session& session, RosterId id, const std::string& code);
// Deletes its members and invitations. Answers how many.
std::int64_t close(store::Session& session, RosterId id, Instant at);

struct MemberRow {
  RosterId roster;
  PersonId person;
  Instant joined;
};
BOOST_DESCRIBE_STRUCT(MemberRow, (), (roster, person, joined))

bool insert(store::Session& session, const MemberRow& row);  // false: was there
std::optional<MemberRow> member(store::Session& session, RosterId roster, PersonId person);
std::vector<MemberRow> members(store::Session& session, RosterId roster);  // by person
std::int64_t count_members(store::Session& session, RosterId roster);
// Of open rosters, for each of these people.
std::vector<MemberRow> memberships(store::Session& session, std::span<const PersonId> persons);
bool remove(store::Session& session, RosterId roster, PersonId person);

struct InvitationRow {
  InvitationId id;
  RosterId roster;
  store::Bytes phone_index;
  Instant invited, expires;
};
BOOST_DESCRIBE_STRUCT(InvitationRow, (), (id, roster, phone_index, invited, expires))

// Anew to the same phone: lasts longer; one that was declined stays so.
void insert(store::Session& session, const InvitationRow& row);
std::vector<InvitationRow> invitations(store::Session& session, const store::Bytes& phone_index, Instant now);
std::int64_t count_invitations(store::Session& session, RosterId roster, Instant now);
void remove(store::Session& session, InvitationId invitation);
void decline(store::Session& session, InvitationId invitation);  // counted on, but not shown to its holder

// Whether it is the first of that day.
bool remind(store::Session& session, PersonId person, Date day);

std::int64_t forget_invitations(store::Session& session, Instant before);
std::int64_t forget_reminders(store::Session& session, Date before);
void prove(store::Session& session, std::int64_t id, Instant ran, const std::string& rule, Instant before,
           std::int64_t deleted);

}  // namespace luytre::duties::storage
