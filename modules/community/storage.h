// SQL of community.

#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "modules/community/community.h"
#include "platform/store/session.h"

namespace luytre::community::storage {

struct TeamRow {
  TeamId id;
  UnitId unit;
  std::string name, form, basis;
  Instant made;
  AccountId made_by;
  Instant until;
  std::optional<Instant> closed;
  std::int64_t version = 1;
};
BOOST_DESCRIBE_STRUCT(TeamRow, (), (id, unit, name, form, basis, made, made_by, until, closed, version))

void insert(store::Session& session, const TeamRow& team);
std::optional<TeamRow> team(store::Session& session, TeamId id);
// By id; ended ones too, until they are deleted.
std::vector<TeamRow> teams(store::Session& session, TeamId after, std::size_t most);
std::int64_t count_teams(store::Session& session, UnitId unit);
// False: somebody else was faster.
bool update(store::Session& session, const TeamRow& team, std::int64_t version);

struct VolunteerRow {
  VolunteerId id;
  TeamId team;
  std::string name;
  store::Bytes phone;
  store::Bytes phone_index;
  AccountId named_by;
  Instant since;
};
BOOST_DESCRIBE_STRUCT(VolunteerRow, (), (id, team, name, phone, phone_index, named_by, since))

// Of those who are not removed.
void insert(store::Session& session, const VolunteerRow& volunteer);
std::vector<VolunteerRow> volunteers(store::Session& session, TeamId team);
std::vector<VolunteerRow> of_phone(store::Session& session, const store::Bytes& phone_index);
bool remove(store::Session& session, TeamId team, VolunteerId volunteer, Instant now);
bool forget_shifts(store::Session& session, TeamId team, VolunteerId volunteer, Instant since);
// Of these, whom the viewer has not been shown on this day; from now on they have been.
std::vector<PersonId> show(store::Session& session, std::int64_t viewer, Date day, std::span<const PersonId> persons);

struct HouseholdRow {
  HouseholdId id;
  TeamId team;
  std::string number;
  store::Bytes address;
  Instant added;
  std::optional<Instant> removed;
};
BOOST_DESCRIBE_STRUCT(HouseholdRow, (), (id, team, number, address, added, removed))

void insert(store::Session& session, const HouseholdRow& household);
std::optional<HouseholdRow> household(store::Session& session, HouseholdId id);
std::vector<HouseholdRow> households(store::Session& session, TeamId team);  // not removed, by number
void update(store::Session& session, const HouseholdRow& household);

struct MemberRow {
  MemberId id;
  HouseholdId household;
  TeamId team;
  store::Bytes content;
  std::optional<PersonId> person;
  bool head = false;
  Instant added;
  std::optional<Instant> removed;
};
BOOST_DESCRIBE_STRUCT(MemberRow, (), (id, household, team, content, person, head, added, removed))

void insert(store::Session& session, const MemberRow& member);
std::optional<MemberRow> member(store::Session& session, MemberId id);
std::vector<MemberRow> members(store::Session& session, TeamId team);  // not removed
void update(store::Session& session, const MemberRow& member);

struct ReportRow {
  ReportId id;
  TeamId team;
  HouseholdId household;
  VolunteerId volunteer;
  Instant at, recorded;
  Outcome outcome = Outcome::kMet;
  std::optional<store::Bytes> note;
  std::optional<MemberId> member, informant;
  std::optional<DeclarationId> declaration;
  std::optional<Instant> settled;
};
BOOST_DESCRIBE_STRUCT(ReportRow, (),
                      (id, team, household, volunteer, at, recorded, outcome, note, member, informant, declaration,
                       settled))

void insert(store::Session& session, const ReportRow& report);
std::optional<ReportRow> report(store::Session& session, ReportId id);
// What was found where and when.
struct FoundRow {
  HouseholdId household;
  Instant at;
  Outcome outcome = Outcome::kMet;
};
BOOST_DESCRIBE_STRUCT(FoundRow, (), (household, at, outcome))
std::vector<FoundRow> found(store::Session& session, TeamId team, Interval when);
std::vector<ReportRow> open_help(store::Session& session, TeamId team);
std::string volunteer_name(store::Session& session, VolunteerId volunteer);
bool settle(store::Session& session, ReportId report, Instant now, AccountId by, const store::Bytes& answer);

// Each deletes and says how many.
std::int64_t remove_reports(store::Session& session, Instant before, std::size_t most);
std::int64_t forget_shown(store::Session& session, Date before);
std::int64_t remove_removed(store::Session& session, Instant before);  // households, members, volunteers
std::int64_t remove_team(store::Session& session, TeamId team);
void prove(store::Session& session, std::int64_t id, Instant ran, std::string_view rule, Instant before,
           std::int64_t deleted);

}  // namespace luytre::community::storage
