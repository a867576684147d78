// What the sources of duties share.

#pragma once

#include "modules/duties/storage.h"

namespace luytre::duties {

// The decisions of one moment.
class Force {
 public:
  Force(const command::Decisions& decisions, const geography::Geography& geography, Instant at)
      : geography_(geography), day_(local_date(at)), decisions_(decisions.all_in_force(at)) {}

  // The one that makes the rule hold there, for the longest; null: none.
  const command::Decision* of(const Rule& rule, UnitId unit) const;
  // Anywhere.
  std::vector<const command::Decision*> all_of(const Rule& rule) const;
  // Whether any rule is in force there for such an organisation.
  bool binds(const Rules& rules, const storage::RosterRow& roster) const;

 private:
  const geography::Geography& geography_;
  Date day_;
  std::vector<command::Decision> decisions_;
};

// What a rule asks of a roster's members on consecutive days.
struct Plan {
  struct Day {
    Date day;
    bool on = false;  // a decision was in force when the day's last window ended
    std::size_t first = 0;
    std::vector<Interval> due;
  };
  std::vector<Day> days;
  std::vector<Interval> all;  // of all days, in order

  // Nothing: nothing was due that day of somebody who joined then.
  std::optional<bool> done(const Day& day, const std::vector<bool>& made, Instant joined, Instant now) const;
};

// What is kept of an answer for a repeat: who has the code joins, so it is read anew.
struct Opened {
  RosterId id;
};
BOOST_DESCRIBE_STRUCT(Opened, (), (id))

// At whose people somebody looked.
struct Looked {
  std::string name;
  UnitId unit;
};

// The people of an account, in one order.
struct Household {
  std::vector<PersonId> persons;
  std::vector<std::optional<UnitId>> homes;
  std::vector<storage::MemberRow> memberships;
  std::map<RosterId, storage::RosterRow> rosters;
};

struct Duties::Impl : Needs {
  explicit Impl(Needs needs) : Needs(std::move(needs)) {}

  std::vector<Travel> travel;
  std::vector<Seen> seen;

  Instant now() const { return db.clock().now(); }
  Force force(Instant at) const { return {decisions, geography, at}; }
  Plan plan(const Rule& rule, UnitId unit, Date from, Date to) const;
  // By member and interval of the plan.
  static std::vector<std::vector<bool>> made(store::Session& session, const Rule& rule, const Plan& plan,
                                             std::span<const storage::MemberRow> members);

  Owed owed(const Rule& rule, PersonId person, const command::Decision& decision) const;
  // By a rule about travellers: each known journey of those whose affairs the account sees; told to `self`, if none is.
  std::vector<Owed> travelling(store::Session& session, const Rule& rule, const Force& force, const Household& home,
                               AccountId account, PersonId self) const;
  std::vector<UnitId> epidemic_areas(std::string_view disease, Instant at) const;
  // What the sources know of where somebody was, and is going.
  std::vector<Leg> legs(store::Session& session, PersonId person) const;
  // Of these, the journeys that oblige by the rule, each with the decision that asks.
  struct Obliging {
    Journey journey;
    const command::Decision* decision;
  };
  std::vector<Obliging> journeys(const Rule& rule, const Force& force, std::vector<Leg> legs,
                                 std::optional<UnitId> home) const;

  // The open roster, if the caller is its head. Errors: unauthenticated, second_proof_required, not_found.
  Result<storage::RosterRow> kept(store::Session& session, const Caller& caller, RosterId roster) const;
  bool heads(const Caller& caller, const storage::RosterRow& roster) const;
  // Everybody whom the head sees, in the access log that they read.
  void log_look(store::Session& session, const Caller& caller, const identity::Action& action, const Looked& at,
                std::span<const PersonId> persons) const;

  Result<Membership> add(store::Session& session, const storage::RosterRow& roster, PersonId person) const;
  Roster view(store::Session& session, const storage::RosterRow& row) const;
  Task<Result<Roster>> shown(Caller caller, Task<Result<Opened>> opening) const;
  std::vector<DutyCounts> counts(store::Session& session, const storage::RosterRow& row) const;
  std::string draw_code() const;
  std::vector<InvitationView> invited(store::Session& session, const Caller& caller) const;
};

inline const identity::Action kSeeMembers{
    "duties.members",
    Purpose::kDeclarationReview,
    {Role::kCitizen, Role::kStationOfficer, Role::kDistrictOfficer, Role::kProvinceOfficer}};
inline const identity::Action kTakeOut{
    "duties.export",
    Purpose::kDeclarationReview,
    {Role::kCitizen, Role::kStationOfficer, Role::kDistrictOfficer, Role::kProvinceOfficer}};
inline const identity::Action kKeep{"duties.keep",
                                    Purpose::kDeclarationReview,
                                    {Role::kStationOfficer, Role::kDistrictOfficer, Role::kProvinceOfficer}};
inline const identity::Action kCount{
    "duties.count",
    Purpose::kDeclarationReview,
    {Role::kStationOfficer, Role::kDistrictOfficer, Role::kProvinceOfficer, Role::kCommander}};

inline const identity::Action kSeeTravellers{"duties.travellers",
                                             Purpose::kDeclarationReview,
                                             {Role::kStationOfficer, Role::kDistrictOfficer, Role::kProvinceOfficer},
                                             true};

inline const identity::Action kSeeSeats{
    "duties.seats",
    Purpose::kDeclarationReview,
    {Role::kCitizen, Role::kStationOfficer, Role::kDistrictOfficer, Role::kProvinceOfficer}};

// Of windows on one day, or of journeys; without any: kJourney.
State whole(const std::vector<DueWindow>& windows);

// As typed or scanned; nothing if it cannot be one.
std::optional<std::string> tidy_code(std::string_view text);
std::string shown_code(std::string_view code);

}  // namespace luytre::duties
