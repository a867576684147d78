// Duties: who must declare, how often, on whose word; and who sees whether it was done.
//
// A rule (rules.h) binds the members of organisations' rosters, everybody who lives in an area, or who travels. What
// others recorded of a journey (travel.h) comes through sources given at wiring time and is shown to the traveller
// alone, of children also to who represents them; nothing of it is kept here. Epidemic areas are the units for which a
// decision names a rule about residents of the same disease, at the time of the journey. Officers of where somebody
// lives see that they came through an epidemic area, and yes or no; neither when, nor where, nor who recorded it. A
// rule does nothing until a decision on declarations names it, for an area and a time, and goes off with that decision.
//
// A roster is kept by its head: whoever keeps the place it belongs to, or, without a place, the officer who opened it
// in the own area. People come onto it by their own tap alone: by its code, or by accepting an invitation to their
// phone; typing a phone answers the same whether anybody knows it, and counts and shows nobody. They leave when they
// like. Membership ends by itself kIdle after the last duty that the roster served.
//
// The head sees names, and for each day yes or no: never answers, colours or times. Every look at people is in the
// access log that they read. Officers of the area see counts of organisations, no people, and no count of fewer than
// kCountLeast members, which would point at them. Whether somebody declared is asked of the declarations room each
// time, and not kept here. A declaration that was taken back counts as none.
//
// Thread-safe. Publishes nothing.

#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "modules/command/decisions.h"
#include "modules/declarations/declarations.h"
#include "modules/duties/rules.h"
#include "modules/duties/travel.h"
#include "modules/passengers/passengers.h"
#include "modules/places/places.h"
#include "platform/base/random.h"
#include "platform/base/vault.h"
#include "platform/identity/accounts.h"
#include "platform/notify/notify.h"
#include "platform/notify/texts.h"
#include "platform/store/follower.h"

namespace luytre::duties {

using RosterId = Id<struct RosterTag>;
using InvitationId = Id<struct InvitationTag>;
using Texts = std::map<std::string, std::string>;  // by language

inline constexpr std::chrono::hours kIdle{28 * 24};  // after the last duty; as long as declarations are kept
inline constexpr std::chrono::hours kInvitationFor{14 * 24};
inline constexpr std::int64_t kStripDays = 14;
inline constexpr std::int64_t kExportDaysMost = 28;
inline constexpr std::size_t kMembersMost = 2'000;    // of a roster
inline constexpr std::size_t kInvitationsMost = 200;  // open, of a roster
inline constexpr std::size_t kRostersMost = 50;       // of a head
inline constexpr std::size_t kOrganisationsShown = 50;
inline constexpr std::int64_t kCountLeast = 5;
inline constexpr std::chrono::hours kTravelBack{14 * 24};  // as the forms ask
inline constexpr std::size_t kSeatsAtOnce = 200;
inline constexpr std::size_t kTravellersAtOnce = 100;   // of the own area
inline constexpr std::size_t kRecordedAtOnce = 10'000;  // anywhere, looked at for these
inline constexpr std::size_t kNameMost = 120;
inline constexpr std::size_t kCodeSymbols = 10;  // of 5 bits: not to be guessed

// ---- everybody ----

struct InForce {
  std::optional<UnitId> unit;  // absent: the whole country
  std::optional<std::string> unit_name;
  Instant from, until;
  std::string basis;
};
BOOST_DESCRIBE_STRUCT(InForce, (), (unit, unit_name, from, until, basis))

struct RuleView {
  std::string id;
  Texts title, reason;
  std::string disease, form;
  std::vector<Sector> sectors;
  bool residents = false, travellers = false, family = false;
  Rhythm rhythm = Rhythm::kDaily;
  std::optional<std::int64_t> days;
  Date valid_from;
  std::optional<Date> valid_to;
  std::string source;
  std::vector<InForce> in_force;  // now
};
BOOST_DESCRIBE_STRUCT(RuleView, (),
                      (id, title, reason, disease, form, sectors, residents, travellers, family, rhythm, days,
                       valid_from, valid_to, source, in_force))

// ---- citizens ----

struct DueWindow {
  Instant from, until;
  State state = State::kLater;
};
BOOST_DESCRIBE_STRUCT(DueWindow, (), (from, until, state))

// A journey of which others know.
struct KnownJourney {
  Date day;
  Recorded recorded = Recorded::kList;
  std::string unit_name;  // where it was recorded: an epidemic area, or where the vehicle left
};
BOOST_DESCRIBE_STRUCT(KnownJourney, (), (day, recorded, unit_name))

// One person of the household, one rule.
struct Owed {
  std::string rule;
  PersonId person;
  Texts title, reason;
  std::string source, form;
  std::vector<std::string> rosters;      // whose members are asked; none: by residence, or by travelling
  std::optional<std::string> unit_name;  // where the decision holds; absent: the whole country
  Instant until;                         // when it goes off
  std::string basis;
  std::optional<PlaceId> place;  // to send it with, where the form is not on at home …
  std::optional<UnitId> unit;    // … or, of a roster without a place, this
  State state = State::kOpen;    // of today
  std::vector<DueWindow> windows;
  std::vector<KnownJourney> journeys;  // of a rule about travellers: one for each window
};
BOOST_DESCRIBE_STRUCT(Owed, (),
                      (rule, person, title, reason, source, form, rosters, unit_name, until, basis, place, unit, state,
                       windows, journeys))

struct MyDuties {
  Instant now;
  std::vector<Owed> items;
};
BOOST_DESCRIBE_STRUCT(MyDuties, (), (now, items))

// What somebody reads before joining.
struct RosterBrief {
  RosterId id;
  std::string name;
  Sector sector = Sector::kOther;
  std::string unit_name;
  bool member = false;  // already
};
BOOST_DESCRIBE_STRUCT(RosterBrief, (), (id, name, sector, unit_name, member))

struct Membership {
  RosterId id;
  std::string name;
  Sector sector = Sector::kOther;
  std::string unit_name;
  Instant joined;
};
BOOST_DESCRIBE_STRUCT(Membership, (), (id, name, sector, unit_name, joined))

struct InvitationView {
  InvitationId id;
  std::string name;
  Sector sector = Sector::kOther;
  std::string unit_name;
  Instant expires;
};
BOOST_DESCRIBE_STRUCT(InvitationView, (), (id, name, sector, unit_name, expires))

struct MyRosters {
  std::vector<Membership> memberships;
  std::vector<InvitationView> invitations;
};
BOOST_DESCRIBE_STRUCT(MyRosters, (), (memberships, invitations))

struct Joining {
  Text<40> code;
};
BOOST_DESCRIBE_STRUCT(Joining, (), (code))

// ---- heads ----

struct NewRoster {
  std::optional<PlaceId> place;         // that the caller keeps
  std::optional<UnitId> unit;           // of officers, without a place
  std::optional<Text<kNameMost>> name;  // absent: the place's
  Sector sector = Sector::kOther;
};
BOOST_DESCRIBE_STRUCT(NewRoster, (), (place, unit, name, sector))

struct DayCount {
  Date day;
  std::int64_t declared = 0;
  std::int64_t members = 0;  // of whom something was due
};
BOOST_DESCRIBE_STRUCT(DayCount, (), (day, declared, members))

struct DutyCounts {
  std::string rule;
  Texts title;
  std::string form;
  Instant until;
  DayCount today;
  std::vector<DayCount> strip;  // the last kStripDays, oldest first, today the last
};
BOOST_DESCRIBE_STRUCT(DutyCounts, (), (rule, title, form, until, today, strip))

struct Roster {
  RosterId id;
  std::string name;
  Sector sector = Sector::kOther;
  std::optional<PlaceId> place;
  UnitId unit;
  std::string unit_name;
  std::string code;  // as shown: "7GK2M-0QX4T"
  std::string svg;   // the code as a QR; of find() only
  std::int64_t members = 0;
  std::int64_t invitations = 0;    // open; whose, is in no answer
  std::vector<DutyCounts> duties;  // of find() only
};
BOOST_DESCRIBE_STRUCT(Roster, (), (id, name, sector, place, unit, unit_name, code, svg, members, invitations, duties))

struct Invited {
  Instant expires;
};
BOOST_DESCRIBE_STRUCT(Invited, (), (expires))

struct Invitee {
  Text<40> phone;
};
BOOST_DESCRIBE_STRUCT(Invitee, (), (phone))

struct MemberSeen {
  PersonId person;
  std::string name;
  Instant joined;
  std::optional<bool> declared;  // absent: nothing was due of them that day
};
BOOST_DESCRIBE_STRUCT(MemberSeen, (), (person, name, joined, declared))

struct MemberFilter {
  std::string rule;         // empty: who is on the roster, without what they did
  std::optional<Date> day;  // absent: today
  std::optional<bool> declared;
};

struct Reminding {
  Text<64> rule;
  std::optional<PersonId> person;  // absent: everybody who has not declared
};
BOOST_DESCRIBE_STRUCT(Reminding, (), (rule, person))

struct Reminded {
  std::int64_t reminded = 0;
};
BOOST_DESCRIBE_STRUCT(Reminded, (), (reminded))

// ---- who keeps a vehicle; officers ----

// Of a line of a carrier's list. Nobody whom we know by it, and somebody who has not declared, look the same.
struct SeatSeen {
  std::string seat;
  bool declared = false;
};
BOOST_DESCRIBE_STRUCT(SeatSeen, (), (seat, declared))

// What one rule about such journeys asks of a traveller.
struct TravellerDuty {
  std::string rule;
  Texts title;
  bool declared = false;  // for each journey
};
BOOST_DESCRIBE_STRUCT(TravellerDuty, (), (rule, title, declared))

// Somebody who came through an epidemic area; when, where and how is known is not told.
struct TravellerSeen {
  PersonId person;
  std::string name;
  std::string unit_name;              // of residence
  bool declared = false;              // by every rule
  std::vector<TravellerDuty> duties;  // by id of the rule; of those that oblige them
};
BOOST_DESCRIBE_STRUCT(TravellerSeen, (), (person, name, unit_name, declared, duties))

struct TravellerFilter {
  std::optional<UnitId> unit;    // of the own area; absent: all of it
  std::optional<bool> declared;  // absent: both
  Text<500> reason;              // kept in the access log
};
BOOST_DESCRIBE_STRUCT(TravellerFilter, (), (unit, declared, reason))

struct SeatFilter {
  PlaceId vehicle;
  Instant departure;
  std::optional<bool> declared;  // absent: both
};

// ---- officers ----

struct OrganisationDuty {
  std::string rule;
  Texts title;
  std::optional<std::int64_t> declared;  // absent: too few members to say
};
BOOST_DESCRIBE_STRUCT(OrganisationDuty, (), (rule, title, declared))

struct Organisation {
  RosterId id;
  std::string name;
  Sector sector = Sector::kOther;
  UnitId unit;
  std::string unit_name;
  std::int64_t members = 0;
  std::vector<OrganisationDuty> duties;  // in force now
};
BOOST_DESCRIBE_STRUCT(Organisation, (), (id, name, sector, unit, unit_name, members, duties))

inline constexpr ErrorCode kRosterCodeWrong{"roster_code_wrong", 422};
inline constexpr ErrorCode kRosterExists{"roster_exists", 409};  // of this place and sector
inline constexpr ErrorCode kRosterFull{"roster_full", 409};      // params: most
inline constexpr ErrorCode kTooManyRosters{"too_many_rosters", 409};
inline constexpr ErrorCode kTooManyInvitations{"too_many_invitations", 409};
inline constexpr ErrorCode kDutyNotInForce{"duty_not_in_force", 409};

struct Settings {
  bool study = false;
  std::string public_url = "http://127.0.0.1:8080";  // what the QR codes' links begin with
};

struct Needs {
  store::Database& db;
  const people::People& people;
  const places::Places& places;
  const passengers::Passengers& passengers;
  const declarations::Declarations& declarations;
  const command::Decisions& decisions;
  const geography::Geography& geography;
  const identity::Access& access;
  const identity::Accounts& accounts;
  notify::Notify& notify;
  const notify::Texts& texts;
  const Vault& vault;
  Random& random;  // thread-safe
  const Rules& rules;
  Settings settings{};
};

class Duties {
 public:
  explicit Duties(Needs needs);
  ~Duties();

  // Given at wiring time. Tells what another room recorded of somebody's journeys in the interval.
  using Travel = std::function<std::vector<Leg>(store::Session&, PersonId, Interval)>;
  void add_travel(Travel travel);
  // Likewise, everybody whom another room recorded in these units in the interval: by id, after that one, at most so
  // many.
  using Seen =
      std::function<std::vector<PersonId>(store::Session&, std::span<const UnitId>, Interval, PersonId, std::size_t)>;
  void add_seen(Seen seen);

  std::vector<RuleView> rules() const;

  // ---- citizens; errors of all: unauthenticated, second_proof_required, no_own_record ----

  // What is asked today of the people of the household.
  Task<Result<MyDuties>> mine(const Caller& caller) const;
  Task<Result<MyRosters>> my_rosters(const Caller& caller) const;
  // Errors: roster_code_wrong.
  Task<Result<RosterBrief>> preview(const Caller& caller, std::string code) const;
  // The caller's own record. Again: the same answer. Errors: roster_code_wrong, not_in_force, roster_full.
  Task<Result<Membership>> join(const Caller& caller, Joining joining);
  // Errors: not_found, not_in_force, roster_full.
  Task<Result<Membership>> accept(const Caller& caller, InvitationId invitation);
  // The head is not told: the invitation counts as waiting until it expires.
  Task<Result<Done>> decline(const Caller& caller, InvitationId invitation);
  Task<Result<Done>> leave(const Caller& caller, RosterId roster);

  // ---- heads; errors of all: not_found (also of another's) ----

  // Errors: invalid, not_permitted, not_in_force (no rule in force there is about this sector), roster_exists,
  // too_many_rosters.
  Task<Result<Roster>> open(const Caller& caller, NewRoster roster, std::optional<store::Once> once = {});
  Task<Result<http::Page<Roster>>> kept(const Caller& caller) const;
  Task<Result<Roster>> find(const Caller& caller, RosterId roster) const;
  // The old code ends.
  Task<Result<Roster>> new_code(const Caller& caller, RosterId roster);
  // Deletes who is on it.
  Task<Result<Done>> close(const Caller& caller, RosterId roster);
  // The same answer for every phone. Errors: invalid, not_in_force, too_many_invitations.
  Task<Result<Invited>> invite(const Caller& caller, RosterId roster, Invitee invitee);
  Task<Result<Done>> remove(const Caller& caller, RosterId roster, PersonId person);
  // By joining. Everybody on the page is logged. Errors: invalid, duty_not_in_force (on that day).
  Task<Result<http::Page<MemberSeen>>> members(const Caller& caller, RosterId roster, MemberFilter filter,
                                               std::optional<std::string> cursor, std::size_t limit) const;
  // Once a day and person, whoever reminds. Errors: duty_not_in_force.
  Task<Result<Reminded>> remind(const Caller& caller, RosterId roster, Reminding reminding);
  // Comma-separated: people by days, 1, 0 or nothing; marked with who took it out and when. Logged as members() is.
  // Errors: invalid, reason_required, duty_not_in_force.
  Task<Result<http::Reply>> taken_out(const Caller& caller, RosterId roster, std::string rule, std::int64_t days,
                                      std::string reason) const;

  // ---- who keeps a vehicle, and officers at either end of the journey ----

  // Of one departure with a list, by seat: whether declarations were made as every rule about listed passengers that is
  // in force at an end of the seat's journey asks. Officers see the seats that lead to or leave from their area.
  // Everybody found is logged. At most kSeatsAtOnce seats are looked at, so that a page may be short, and is the last
  // only without a cursor. Errors: unauthenticated, second_proof_required, not_found (also of another's),
  // duty_not_in_force.
  Task<Result<http::Page<SeatSeen>>> aboard(const Caller& caller, SeatFilter filter, std::optional<std::string> cursor,
                                            std::size_t limit) const;

  // Whom we know that a carrier's line may be about: by a paper's number and year of birth, or by a phone with name and
  // year, because phones are shared; with all that officers merged with them. Within another's transaction, unchecked.
  static std::vector<PersonId> known_as(store::Session& session, const people::People& people,
                                        const passengers::Passenger& passenger);

  // ---- officers ----

  // Of the own area, or a unit in it; by id. Errors: not_permitted, invalid.
  Task<Result<http::Page<Organisation>>> organisations(const Caller& caller, std::optional<UnitId> unit,
                                                       std::optional<std::string> cursor) const;

  // Who lives in the own area and was recorded as coming through an epidemic area, by the rules about such journeys
  // that are in force, of whichever diseases; by id. Carriers' lists alone do not bring anybody here: aboard() is for
  // them. Everybody shown is logged with the reason. At most kTravellersAtOnce of them are looked at, among
  // kRecordedAtOnce of everybody recorded, so that a page may be short or empty, and is the last only without a cursor.
  // Errors: not_permitted, invalid, reason_required, duty_not_in_force.
  Task<Result<http::Page<TravellerSeen>>> travellers(const Caller& caller, TravellerFilter filter,
                                                     std::optional<std::string> cursor) const;

  // Deletes what serves nothing any longer, with proof rows. To be run every few minutes.
  store::Recurring retention() const;

  struct Impl;

 private:
  std::unique_ptr<Impl> impl_;
};

void routes(http::Router& router, Duties& duties);

const std::vector<store::Migration>& migrations();

}  // namespace luytre::duties
