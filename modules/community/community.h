// Community teams: volunteers who go from door to door in a residential group of some thirty to seventy households, ask
// how people are, and see to it that nobody is forgotten.
//
// A station sets a team up on the basis of a signed document, until a date: its households with who lives there, and
// its volunteers by phone. A team works only while a decision on declarations has its form switched on there. A
// volunteer signs in as a guard does (modules/gates: a code, a token for one device, twelve hours at most; removed or
// lost phones are out at once) and sees the households of the own teams and nothing else: names, addresses, who
// declared today, yes or no. What a volunteer finds at a door is one of: met, not at home, refused, help needed. The
// middle two are facts and have no consequences. Declarations are written down for a named person, told by a named
// member of the household, by a named volunteer (khai hộ), sent to modules/declarations and not readable here again.
//
// Somebody on the list is a known person, or a name and a birth year: then a record is made when the first declaration
// is written down, not before. Devices work without a network: reports may arrive visits::kLatest after the shift, with
// their own times.
//
// The station reads names, with a row in the access log for each known person once a day; the levels above see counts,
// and no count of fewer than kCountLeast people. What is older than kKept is deleted, and whole teams that long after
// their end, with proof rows. Thread-safe. A call repeated with its idempotency key changes nothing and answers the
// same. Publishes nothing of its own.

#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "modules/declarations/declarations.h"
#include "modules/gates/gates.h"
#include "platform/tables/list.h"

namespace luytre::community {

using TeamId = Id<struct TeamTag>;
using VolunteerId = Id<struct VolunteerTag>;
using HouseholdId = Id<struct HouseholdTag>;
using MemberId = Id<struct MemberTag>;
using ReportId = Id<struct ReportTag>;
using declarations::DeclarationId;

inline constexpr std::chrono::hours kKept{28 * 24};
inline constexpr std::chrono::days kLongest{90};     // as decisions
inline constexpr std::size_t kHouseholdsMost = 150;  // of a team; plans speak of 30 to 70
inline constexpr std::size_t kMembersMost = 30;      // of a household
inline constexpr std::size_t kVolunteersMost = 20;   // of a team; plans speak of 3 to 5
inline constexpr std::size_t kTeamsMost = 500;       // of a commune
inline constexpr std::size_t kTeamsShown = 50;
inline constexpr std::size_t kHelpShown = 200;
inline constexpr std::size_t kLinesMost = 2'000;
inline constexpr std::size_t kBytesMost = 1024 * 1024;
inline constexpr std::int64_t kCountLeast = 5;
inline constexpr std::int64_t kStripDays = 7;
inline constexpr std::size_t kNameMost = people::kNameMost;
inline constexpr std::size_t kNumberMost = 40;

enum class Outcome { kMet, kNotAtHome, kRefused, kNeedsHelp, kDeclared };
BOOST_DESCRIBE_ENUM(Outcome, kMet, kNotAtHome, kRefused, kNeedsHelp, kDeclared)

// Of a household on a day: the best that was found.
enum class DayState { kNotVisited, kNotAtHome, kRefused, kReached };
BOOST_DESCRIBE_ENUM(DayState, kNotVisited, kNotAtHome, kRefused, kReached)

// ---- stations: teams and volunteers ----

struct NewTeam {
  UnitId unit;  // a commune
  Text<kNameMost> name;
  Text<64> form;    // what is asked at the doors
  Note<500> basis;  // number, date and issuer of the document
  Date until;       // the last day
};
BOOST_DESCRIBE_STRUCT(NewTeam, (), (unit, name, form, basis, until))

struct TeamEdit {
  std::optional<Text<kNameMost>> name;
  std::optional<Date> until;
  std::optional<Note<500>> basis;  // needed with `until`
  std::optional<bool> closed;      // false: opened again
};
BOOST_DESCRIBE_STRUCT(TeamEdit, (), (name, until, basis, closed))

// Of a team on a day. `members` and `declared` are absent when they would point at somebody.
struct Coverage {
  Date day;
  std::int64_t households = 0, reached = 0, not_at_home = 0, refused = 0, not_visited = 0;
  std::optional<std::int64_t> members, declared;
};
BOOST_DESCRIBE_STRUCT(Coverage, (), (day, households, reached, not_at_home, refused, not_visited, members, declared))

struct Team {
  TeamId id;
  UnitId unit;
  std::string unit_name, name, form;
  Note<500> basis;
  Date until;
  bool working = false;  // not closed, not over, and its form is switched on
  bool closed = false;
  std::int64_t volunteers = 0;
  std::int64_t never_reached = 0;  // households that nobody was met at in kKept
  std::int64_t help = 0;           // asked for and not settled
  Coverage today;
  std::int64_t version = 1;
};
BOOST_DESCRIBE_STRUCT(Team, (),
                      (id, unit, unit_name, name, form, basis, until, working, closed, volunteers, never_reached, help,
                       today, version))

struct NewVolunteer {
  Text<60> name;
  Text<40> phone;
};
BOOST_DESCRIBE_STRUCT(NewVolunteer, (), (name, phone))

struct Volunteer {
  VolunteerId id;
  std::string name, phone_masked;
  Instant since;
};
BOOST_DESCRIBE_STRUCT(Volunteer, (), (id, name, phone_masked, since))

struct TeamSeen {
  Team team;
  std::vector<Volunteer> volunteers;
  std::vector<Coverage> strip;  // the last kStripDays, oldest first, today the last
};
BOOST_DESCRIBE_STRUCT(TeamSeen, (), (team, volunteers, strip))

// ---- stations: households ----

// A known person of the commune, or who somebody is as far as the station knows.
struct NewMember {
  std::optional<PersonId> person;
  std::optional<Text<kNameMost>> name;
  std::optional<std::int64_t> birth_year;
  std::optional<people::Sex> sex;
  bool head = false;
};
BOOST_DESCRIBE_STRUCT(NewMember, (), (person, name, birth_year, sex, head))

struct NewHousehold {
  Text<kNumberMost> number;
  Text<people::kAddressMost> address;
  std::vector<NewMember> members;
};
BOOST_DESCRIBE_STRUCT(NewHousehold, (), (number, address, members))

struct HouseholdEdit {
  std::optional<Text<kNumberMost>> number;
  std::optional<Text<people::kAddressMost>> address;
  std::optional<bool> removed;  // false: put back
};
BOOST_DESCRIBE_STRUCT(HouseholdEdit, (), (number, address, removed))

struct MemberEdit {
  std::optional<bool> head;     // true: instead of whoever was it
  std::optional<bool> removed;  // false: put back
};
BOOST_DESCRIBE_STRUCT(MemberEdit, (), (head, removed))

struct MemberSeen {
  MemberId id;
  std::string name;
  std::int64_t birth_year = 0;
  bool head = false;
  bool known = false;  // a person with a record
  bool declared = false;
};
BOOST_DESCRIBE_STRUCT(MemberSeen, (), (id, name, birth_year, head, known, declared))

struct HouseholdSeen {
  HouseholdId id;
  std::string number, address;
  DayState state = DayState::kNotVisited;
  std::optional<Date> last_reached;  // within kKept
  bool help = false;                 // asked for and not settled
  std::vector<MemberSeen> members;
};
BOOST_DESCRIBE_STRUCT(HouseholdSeen, (), (id, number, address, state, last_reached, help, members))

enum class Which { kAll, kMissed, kNeverReached };
BOOST_DESCRIBE_ENUM(Which, kAll, kMissed, kNeverReached)

enum class LineState { kTaken, kChanged, kSame, kRefused };
BOOST_DESCRIBE_ENUM(LineState, kTaken, kChanged, kSame, kRefused)

struct LineResult {
  std::int64_t line = 0;                 // of the file, from 1
  std::optional<std::string> household;  // as written
  LineState state = LineState::kTaken;
  bool known = false;  // is somebody with a record
  std::vector<tables::Flaw> errors;
};
BOOST_DESCRIBE_STRUCT(LineResult, (), (line, household, state, known, errors))

struct Report {
  std::int64_t taken = 0, changed = 0, same = 0, refused = 0;
  std::vector<LineResult> lines;
};
BOOST_DESCRIBE_STRUCT(Report, (), (taken, changed, same, refused, lines))

// ---- stations: who asked for help ----

struct Help {
  ReportId id;
  TeamId team;
  std::string team_name, unit_name, household, address;
  std::optional<std::string> who;  // of the household
  std::optional<std::string> note;
  std::string volunteer;
  Instant at;
};
BOOST_DESCRIBE_STRUCT(Help, (), (id, team, team_name, unit_name, household, address, who, note, volunteer, at))

struct Settling {
  Note<500> note;  // what was done
};
BOOST_DESCRIBE_STRUCT(Settling, (), (note))

// ---- volunteers ----

struct MemberAtDoor {
  MemberId id;
  std::string name;
  std::int64_t birth_year = 0;
  bool head = false;
  bool declared = false;  // today
  bool missed = false;    // yesterday, when it was asked
};
BOOST_DESCRIBE_STRUCT(MemberAtDoor, (), (id, name, birth_year, head, declared, missed))

struct HouseholdAtDoor {
  HouseholdId id;
  std::string number, address;
  DayState state = DayState::kNotVisited;
  bool help = false;
  std::vector<MemberAtDoor> members;
};
BOOST_DESCRIBE_STRUCT(HouseholdAtDoor, (), (id, number, address, state, help, members))

struct TeamAtDoor {
  TeamId id;
  std::string name, unit_name, form;
  Date until;
  bool working = false;
  bool duty = false;  // the residents must declare by this form, by a rule in force
  std::vector<HouseholdAtDoor> households;
};
BOOST_DESCRIBE_STRUCT(TeamAtDoor, (), (id, name, unit_name, form, until, working, duty, households))

struct TeamDesk {
  Instant now, began, ends;
  std::vector<TeamAtDoor> teams;
};
BOOST_DESCRIBE_STRUCT(TeamDesk, (), (now, began, ends, teams))

struct Finding {
  Text<64> shift;
  HouseholdId household;
  Instant at;                       // may lie in the past: the device was offline
  Outcome outcome = Outcome::kMet;  // not kDeclared
  std::optional<MemberId> member;   // who needs help
  std::optional<Note<300>> note;    // of kNeedsHelp
};
BOOST_DESCRIBE_STRUCT(Finding, (), (shift, household, at, outcome, member, note))

struct DoorDeclaration {
  Text<64> shift;
  MemberId member;     // for whom
  MemberId informant;  // who said so: the same, or another of the household
  Instant at;
  Text<32> version;      // of the team's form
  json::Value response;  // a FHIR QuestionnaireResponse
};
BOOST_DESCRIBE_STRUCT(DoorDeclaration, (), (shift, member, informant, at, version, response))

// Nothing of what was said.
struct Receipt {
  ReportId id;
  Instant at;
};
BOOST_DESCRIBE_STRUCT(Receipt, (), (id, at))

inline constexpr ErrorCode kTeamOver{"team_over", 403};  // closed, or past its last day
inline constexpr ErrorCode kVolunteerNamed{"volunteer_named", 409};
inline constexpr ErrorCode kHouseholdNumberTaken{"household_number_taken", 409};
inline constexpr ErrorCode kTeamFull{"team_full", 409};  // params: most
inline constexpr ErrorCode kHelpSettled{"help_settled", 409};

// Whether residents of a unit must declare by a form now; given at wiring time.
using DutyOf = std::function<bool(const std::string& form, UnitId unit)>;

struct Needs {
  store::Database& db;
  people::People& people;
  const declarations::Declarations& declarations;
  const gates::Gates& gates;
  const command::Decisions& decisions;
  const geography::Geography& geography;
  const identity::Access& access;
  const Vault& vault;
  DutyOf duty = {};
};

class Community {
 public:
  explicit Community(Needs needs);
  ~Community();

  // ---- counts, for the officers of an area and the command; by id. Errors: not_permitted, invalid. ----
  Task<Result<http::Page<Team>>> teams(const Caller& caller, std::optional<UnitId> unit,
                                       std::optional<std::string> cursor) const;

  // ---- stations; errors of all: not_found (also of another's), unauthenticated, second_proof_required ----

  // Errors: not_permitted, invalid, form_not_in_force (switched on by no decision there), team_full.
  Task<Result<Team>> make(const Caller& caller, NewTeam team, std::optional<store::Once> once = {});
  Task<Result<TeamSeen>> find(const Caller& caller, TeamId team) const;
  // Errors: invalid, version_conflict.
  Task<Result<Team>> edit(const Caller& caller, TeamId team, TeamEdit edit, std::int64_t version);
  // Errors: invalid, phone_gets_no_messages, volunteer_named, team_full.
  Task<Result<Volunteer>> name_volunteer(const Caller& caller, TeamId team, NewVolunteer volunteer);
  Task<Result<Done>> remove_volunteer(const Caller& caller, TeamId team, VolunteerId volunteer);
  // Ends the volunteer's shifts; a new one begins with a new code.
  Task<Result<Done>> phone_lost(const Caller& caller, TeamId team, VolunteerId volunteer);

  // By number; with names, and so logged. `day`: absent is today. Errors: invalid.
  Task<Result<http::Page<HouseholdSeen>>> households(const Caller& caller, TeamId team, Which which,
                                                     std::optional<Date> day) const;
  // Errors: invalid, household_number_taken, team_full, and those of Access::require about known persons.
  Task<Result<HouseholdSeen>> add(const Caller& caller, TeamId team, NewHousehold household);
  Task<Result<HouseholdSeen>> edit(const Caller& caller, TeamId team, HouseholdId household, HouseholdEdit edit);
  Task<Result<HouseholdSeen>> add_member(const Caller& caller, TeamId team, HouseholdId household, NewMember member,
                                         std::optional<store::Once> once = {});
  Task<Result<HouseholdSeen>> edit_member(const Caller& caller, TeamId team, HouseholdId household, MemberId member,
                                          MemberEdit edit);
  // Comma-separated, a line for each person: household, address, name, birthYear, and sex, head, phone, paper if
  // wanted. Errors: invalid (a head line without a column), too_many_lines.
  Task<Result<Report>> list(const Caller& caller, TeamId team, std::string csv);

  // Open ones of the area, oldest first, at most kHelpShown; with names, and so logged.
  Task<Result<http::Page<Help>>> help(const Caller& caller) const;
  // Errors: help_settled, invalid.
  Task<Result<Done>> settle(const Caller& caller, ReportId report, Settling settling);

  // ---- volunteers ----
  // Whether the phone is one of a team's that is not over; for gates::Needs.
  static bool names(store::Session& session, const store::Bytes& phone, Instant now);
  // Errors: shift_over, not_a_guard.
  Task<Result<TeamDesk>> desk(gates::ShiftToken shift) const;
  // Errors: invalid, shift_over, not_a_guard, time_in_future, team_over, not_in_force, not_found.
  Task<Result<Receipt>> found(Finding finding, std::string key);
  // Errors: the same, and those of Declarations::take.
  Task<Result<Receipt>> declare(DoorDeclaration declaration, std::string key);

  // To be run every few minutes.
  store::Recurring retention() const;

  struct Impl;

 private:
  std::unique_ptr<Impl> impl_;
};

void routes(http::Router& router, Community& community);

const std::vector<store::Migration>& migrations();

}  // namespace luytre::community
