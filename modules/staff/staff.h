// Staff: teams of officers, and whose a piece of work is, for every room with a work list.
//
// Whoever answers for a unit, or for one above it, gives its work: to an officer who answers for it too, to a team of
// its, or to both, and takes it back. It is theirs from then on, and counts as untaken until they take notice. Who
// takes work by themselves has it without anybody giving it. When an account ends or moves, and when a team ends, what
// they had is nobody's again, and says whose it was: the rooms follow officer.changed and staff.team_ended.
//
// A team is a named group of accounts of one unit. Who no longer answers for the unit is not shown in it and is given
// nothing. Teams of volunteers are others (modules/community). Publishes staff.team_changed, staff.team_ended (subject:
// the team; unit: its). Thread-safe.

#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "modules/referrals/ladder.h"
#include "platform/geography/geography.h"
#include "platform/http/router.h"
#include "platform/identity/access.h"
#include "platform/identity/colleagues.h"
#include "platform/store/database.h"

namespace luytre::staff {

using OfficerTeamId = Id<struct OfficerTeamTag>;
using identity::Colleague;

inline constexpr std::size_t kTeamsMost = 50;  // of a unit
inline constexpr std::size_t kMembersMost = 50;

struct OfficerTeam {
  OfficerTeamId id;
  UnitId unit;
  std::string unit_name;
  std::string name;
  std::vector<Colleague> members;  // by name
  std::optional<Instant> ended;
  std::int64_t version = 1;
};
BOOST_DESCRIBE_STRUCT(OfficerTeam, (), (id, unit, unit_name, name, members, ended, version))

struct NewOfficerTeam {
  UnitId unit;
  Text<120> name;
  std::vector<AccountId> members;
};
BOOST_DESCRIBE_STRUCT(NewOfficerTeam, (), (unit, name, members))

struct OfficerTeamEdit {
  std::optional<Text<120>> name;
  std::optional<std::vector<AccountId>> members;
  std::optional<bool> ended;  // false: it works again
};
BOOST_DESCRIBE_STRUCT(OfficerTeamEdit, (), (name, members, ended))

inline constexpr ErrorCode kTeamsFull{"officer_teams_full", 409};  // {most}

// Whom work is given to; neither: it is taken back.
struct Hand {
  std::optional<AccountId> officer;
  std::optional<OfficerTeamId> team;  // with an officer: one of its members
};

// Whose it is: the columns of a row of work.
struct Holding {
  std::optional<AccountId> taken_by;
  std::optional<OfficerTeamId> team;
  std::optional<std::string> given_by;  // absent: they took it themselves
  std::optional<Instant> given_at;
  std::optional<Instant> taken_at;     // notice; absent: not yet
  std::optional<std::string> lost_by;  // an account or team that ended or moved, until somebody has it
  std::optional<Instant> lost_at;
  friend bool operator==(const Holding&, const Holding&) = default;
};
BOOST_DESCRIBE_STRUCT(Holding, (), (taken_by, team, given_by, given_at, taken_at, lost_by, lost_at))

// The same as it is shown.
struct Assignee {
  std::optional<AccountId> officer;
  std::optional<std::string> name;
  std::optional<OfficerTeamId> team;
  std::optional<std::string> team_name;
  std::optional<std::string> given_by;
  std::optional<Instant> at;  // given, else taken
  bool noticed = false;
  bool yours = false;
};
BOOST_DESCRIBE_STRUCT(Assignee, (), (officer, name, team, team_name, given_by, at, noticed, yours))

struct Lost {
  std::string name;
  Instant at;
};
BOOST_DESCRIBE_STRUCT(Lost, (), (name, at))

// Why one of several pieces of work was not given. kUnknown: none of the caller's area; kNotTheirs: whom it was to go
// to does not answer for it.
enum class WhyNot { kUnknown, kEnded, kNotTheirs };
BOOST_DESCRIBE_ENUM(WhyNot, kUnknown, kEnded, kNotTheirs)

// Which work a list shows, by whose it is.
struct Whose {
  std::optional<AccountId> officer;
  std::optional<OfficerTeamId> team;
  bool nobodys = false;  // neither an officer's nor a team's
};

// What nobody has yet and somebody should: one list over the rooms. Ids, never people; opening one is a look, and
// logged.
enum class WaitingKind {
  kPositive,
  kNotice,
  kTask,
  kFollowUp,
  kTaskTransfer,
  kFollowUpTransfer,
  kCompanion,
  kTest,
  kOrder,
  kUnfollowed
};
BOOST_DESCRIBE_ENUM(WaitingKind, kPositive, kNotice, kTask, kFollowUp, kTaskTransfer, kFollowUpTransfer, kCompanion,
                    kTest, kOrder, kUnfollowed)

struct Waiting {
  WaitingKind kind = WaitingKind::kTask;
  Id<struct WaitingTag> subject;  // of the room of its kind; of a companion the case, of kUnfollowed the candidate
  UnitId unit;
  std::string unit_name;
  Instant since;                                        // when somebody should have had it
  referrals::Level level = referrals::Level::kStation;  // to which it has come up
  bool escalated = false;
  bool yours = false;  // of the caller's level
};
BOOST_DESCRIBE_STRUCT(Waiting, (), (kind, subject, unit, unit_name, since, level, escalated, yours))

// So much of each kind; at most kWaitingMost are read of each room.
struct WaitingCount {
  WaitingKind kind = WaitingKind::kTask;
  std::int64_t count = 0;
};
BOOST_DESCRIBE_STRUCT(WaitingCount, (), (kind, count))

struct WaitingList {
  std::vector<WaitingCount> counts;  // of all that is shown and of what is left out
  std::vector<Waiting> items;        // the oldest first, at most kWaitingMost
};
BOOST_DESCRIBE_STRUCT(WaitingList, (), (counts, items))

inline constexpr std::size_t kWaitingMost = 200;         // of the list, and read of each room
inline constexpr std::chrono::hours kPositiveWithin{4};  // this project's own, as for work that nobody took
inline constexpr std::chrono::hours kComesUpAfter{24};   // and for each level of what was late before

// One kind's row: `late` is when somebody should have had it, `base` where it begins; it is one level up then, and one
// more after each `step`.
Waiting waiting(const geography::Geography& geography, const Caller& caller, WaitingKind kind, std::int64_t subject,
                UnitId unit, Instant late, std::chrono::seconds step, Instant now);
// The same at a level that the room says itself.
Waiting waiting_at(const geography::Geography& geography, const Caller& caller, WaitingKind kind, std::int64_t subject,
                   UnitId unit, Instant late, std::int64_t level);

// Who works is one definition for all rooms: those who may, and who may give.
extern const std::vector<Role> kWorkers;

namespace storage {
struct Made;
}

class Staff {
 public:
  Staff(store::Database& db, const geography::Geography& geography, const identity::Access& access)
      : db_(db), geography_(geography), access_(access) {}

  // What the rooms say is nobody's; given at wiring time.
  using Rooms = std::function<std::vector<Waiting>(store::Session&, const Caller&)>;
  void set_rooms(Rooms rooms) { rooms_ = std::move(rooms); }

  // Of the caller's area; `yours`: what has come to the caller's level alone. Errors: not_permitted.
  Task<Result<WaitingList>> waiting_list(const Caller& caller, bool yours) const;
  // Officers who answer for the unit. Errors of this and what follows: those of Access::require.
  Task<Result<http::Page<Colleague>>> colleagues(const Caller& caller, UnitId unit) const;
  // Of units of the caller's area, and of this one if given; ended ones after the others.
  Task<Result<http::Page<OfficerTeam>>> teams(const Caller& caller, std::optional<UnitId> unit) const;
  // Errors: invalid (/unit, /name, /members), officer_teams_full.
  Task<Result<OfficerTeam>> make(const Caller& caller, NewOfficerTeam team,
                                 std::optional<store::Once> once = std::nullopt) const;
  // Errors: not_found, invalid (/name, /members), officer_teams_full, version_conflict.
  Task<Result<OfficerTeam>> edit(const Caller& caller, OfficerTeamId id, OfficerTeamEdit edit,
                                 std::int64_t version) const;

 private:
  std::vector<AccountId> proper(store::Session& session, UnitId unit, const std::vector<AccountId>& members) const;
  OfficerTeam view(store::Session& session, OfficerTeamId id) const;
  Task<Result<OfficerTeam>> shown(Task<Result<storage::Made>> making) const;

  store::Database& db_;
  const geography::Geography& geography_;
  const identity::Access& access_;
  Rooms rooms_;
};

// ---- for rooms, in their transactions ----

// Whether work of one of the units can be given so.
bool fits(store::Session& session, const geography::Geography& geography, const Hand& hand,
          const std::vector<UnitId>& units);
// Nothing changes for whoever has it.
void give(Holding& work, const Hand& hand, const Caller& by, Instant now);
void take(Holding& work, const Caller& by, Instant now);
// Nobody's again, if it was this account's and they do not answer for any of the units any more. False: nothing
// changed.
bool lose_officer(store::Session& session, const geography::Geography& geography, Holding& work,
                  const std::vector<UnitId>& units, Instant now);
void lose_team(store::Session& session, Holding& work, Instant now);
// Both, of work that begins again: its officer or team may have gone meanwhile.
void lose_gone(store::Session& session, const geography::Geography& geography, Holding& work,
               const std::vector<UnitId>& units, Instant now);
// Absent: nobody's.
std::optional<Assignee> assignee(store::Session& session, const Caller& caller, const Holding& work);
std::vector<std::optional<Assignee>> assignees(store::Session& session, const Caller& caller,
                                               std::span<const Holding> work);  // of each
std::optional<Lost> lost(const Holding& work);

void routes(http::Router& router, Staff& staff);

const std::vector<store::Migration>& migrations();

}  // namespace luytre::staff
