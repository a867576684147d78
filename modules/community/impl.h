// What the sources of community share.

#pragma once

#include <map>

#include "modules/community/storage.h"

namespace luytre::community {

// As the station wrote somebody down.
struct Written {
  std::string name;
  std::int64_t birth_year = 0;
  people::Sex sex = people::Sex::kOther;
};
BOOST_DESCRIBE_STRUCT(Written, (), (name, birth_year, sex))

// What was found at the doors of a team within kKept.
class Doors {
 public:
  explicit Doors(const std::vector<storage::FoundRow>& rows);
  DayState state(HouseholdId household, Date day) const;
  std::optional<Date> last_reached(HouseholdId household) const;

 private:
  std::map<std::pair<HouseholdId, std::int64_t>, DayState> days_;
};

// A member as shown.
struct Resident {
  storage::MemberRow row;
  std::string name;
  std::int64_t birth_year = 0;
};

// Who looks.
struct Viewer {
  std::int64_t id = 0;  // of the account or the volunteer
  AccountId account;
  std::string name;
  Role role = Role::kAnyone;
};

// A volunteer at work.
struct Standing {
  gates::Bearer bearer;
  storage::VolunteerRow volunteer;
  storage::TeamRow team;
};

struct Community::Impl : Needs {
  explicit Impl(Needs needs) : Needs(std::move(needs)) {}

  Instant now() const { return db.clock().now(); }
  Date today() const { return local_date(now()); }

  // The team, if the caller is an officer of its station. Errors: unauthenticated, second_proof_required, not_found.
  Result<storage::TeamRow> kept(store::Session& session, const Caller& caller, TeamId team) const;
  bool switched_on(const std::string& form, UnitId unit, Instant at) const;
  bool working(const storage::TeamRow& team, Instant at) const;

  // ---- people ----
  store::Bytes seal(const char* what, std::int64_t id, std::string_view plain) const;
  std::string unseal(const char* what, std::int64_t id, const store::Bytes& sealed) const;
  Written written(const storage::MemberRow& member) const;
  std::vector<Resident> residents(store::Session& session, TeamId team) const;
  // By resident and interval; nobody without a record has declared.
  static std::vector<std::vector<bool>> declared(store::Session& session, const std::string& form,
                                                 const std::vector<Resident>& residents,
                                                 const std::vector<Interval>& when);
  // A row of the access log for everybody with a record whom the viewer has not been shown today.
  void log_look(store::Session& session, const Viewer& viewer, const identity::Action& action,
                const storage::TeamRow& team, const std::vector<Resident>& residents) const;

  void log(store::Session& session, const Viewer& viewer, const identity::Action& action, const storage::TeamRow& team,
           PersonId person) const;

  // ---- counts ----
  Doors doors(store::Session& session, TeamId team) const;
  std::vector<Coverage> coverage(store::Session& session, const storage::TeamRow& team, Date from, Date to) const;
  Team view(store::Session& session, const storage::TeamRow& team) const;
  Volunteer view(const storage::VolunteerRow& volunteer) const;

  // ---- households ----
  std::vector<HouseholdSeen> households(store::Session& session, const storage::TeamRow& team, Date day,
                                        std::vector<Resident>* shown) const;
  // After it was written.
  Task<Result<HouseholdSeen>> shown(Caller caller, TeamId id, HouseholdId household, Task<Result<Done>> written) const;
  Result<HouseholdSeen> shown(store::Session& session, const Caller& caller, const storage::TeamRow& team,
                              HouseholdId household) const;
  // Errors: invalid (below `pointer`), those of Access::require.
  Result<storage::MemberRow> member_of(store::Session& session, const Caller& caller, const storage::TeamRow& team,
                                       HouseholdId household, const NewMember& asked, const std::string& pointer) const;
  Result<storage::HouseholdRow> household_of(store::Session& session, TeamId team, HouseholdId household) const;

  // ---- doors ----
  // Errors: shift_over, time_in_future, not_found, not_a_guard, team_over, not_in_force.
  Result<Standing> standing(store::Session& session, std::string_view shift, HouseholdId household, Instant at) const;
};

inline const identity::Action kManage{"community.manage", Purpose::kDeclarationReview, {Role::kStationOfficer}};
inline const identity::Action kCount{
    "community.count",
    Purpose::kDeclarationReview,
    {Role::kStationOfficer, Role::kDistrictOfficer, Role::kProvinceOfficer, Role::kCommander}};
// Of these the team is judged, not Access::require(): they are what the log calls them.
inline const identity::Action kSee{"community.see", Purpose::kDeclarationReview, {}};
inline const identity::Action kAtDoor{"community.door", Purpose::kDeclarationReview, {}};
inline const identity::Action kWroteDown{"community.declare", Purpose::kDeclarationReview, {}};

inline Viewer viewer_of(const Caller& caller) {
  return {caller.account.value, caller.account, caller.name, Role::kStationOfficer};
}

}  // namespace luytre::community
