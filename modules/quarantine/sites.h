// Sites: where people under an order are lodged, and who lies in which bed.
//
// A concentrated site or a hotel has an owner and rooms with numbered beds. Somebody whose running order names a place
// of that kind is given a bed; entering, changing beds and leaving are logged with officer and time. A roll-call is
// begun, answered person by person, and closed; who was absent is then told to the site's station (modules/referrals),
// and who was not called today is marked. A confirmed case of the same disease among those of a room marks the others:
// whether their days begin anew is proposed and signed like any extension. Nobody leaves by the clock, nor because an
// order ended.
//
// The unit of the site is that of its officers. They name accounts of the owner (Role::kSiteKeeper, of an area that has
// the unit) who keep it, and end that at once. Who keeps a site sees who lies there or left: name, birth year, sex, bed
// and last day, never a disease, a measure's reason, a case or a phone; takes in by the signed code of a paper alone;
// and is refused every other site. Every person shown is in the access log. Stays are deleted with their orders.
// Thread-safe. Publishes quarantine.lodged (subject: the site; unit: of the site).

#pragma once

#include <chrono>

#include "modules/quarantine/quarantine.h"
#include "platform/identity/colleagues.h"
#include "platform/tables/sheet.h"

namespace luytre::quarantine {

using RoomId = Id<struct QuarantineRoomTag>;
using StayId = Id<struct QuarantineStayTag>;
using RollCallId = Id<struct QuarantineRollCallTag>;

inline constexpr std::int64_t kBedsMost = 100;  // of a room
inline constexpr std::size_t kRoomsMost = 500;  // of a site
inline constexpr std::size_t kLeftShown = 50;
inline constexpr std::size_t kAwaitedMost = 200;
inline constexpr std::size_t kIntakeMost = 200;   // a few buses
inline constexpr std::size_t kAnswersMost = 500;  // of a roll-call, in one request
inline constexpr std::size_t kKeepersMost = 20;
inline constexpr std::int64_t kLogDaysMost = 92;    // of the log as a file
inline constexpr std::size_t kLogMost = 5000;       // stays
inline constexpr std::size_t kSitesOutMost = 2000;  // lines of the list as a file
// This project's own: who was absent is looked for within the hour.
inline constexpr const char* kAbsentRules = "site-roll-calls-1";
inline constexpr std::chrono::minutes kAbsentWithin{60};

enum class Owner { kHealth, kMilitary, kHotel };
BOOST_DESCRIBE_ENUM(Owner, kHealth, kMilitary, kHotel)

struct NewRoom {
  Text<60> name;
  std::int64_t beds = 0;
};
BOOST_DESCRIBE_STRUCT(NewRoom, (), (name, beds))

struct NewSite {
  PlaceKind kind = PlaceKind::kSite;  // not kHome
  Owner owner = Owner::kHealth;
  Text<200> name, address;
  UnitId unit;
};
BOOST_DESCRIBE_STRUCT(NewSite, (), (kind, owner, name, address, unit))

struct SiteBrief {
  SiteId id;
  PlaceKind kind = PlaceKind::kSite;
  Owner owner = Owner::kHealth;
  std::string name, address;
  UnitId unit;
  std::string unit_name;
  std::int64_t beds = 0, taken = 0;
  std::int64_t leaving = 0;   // whose order ends tomorrow
  std::int64_t uncalled = 0;  // who lies there since before today, and was not called today
};
BOOST_DESCRIBE_STRUCT(SiteBrief, (), (id, kind, owner, name, address, unit, unit_name, beds, taken, leaving, uncalled))

struct Roll {
  bool present = false;
  Instant at;
  std::string by;
};
BOOST_DESCRIBE_STRUCT(Roll, (), (present, at, by))

struct Occupant {
  StayId stay;
  OrderId order;
  std::string number;
  State order_state = State::kRunning;
  people::PersonBrief person;
  std::int64_t bed = 0;
  Instant entered;
  std::string entered_by;
  std::optional<Instant> left;
  std::optional<std::string> left_by;
  Date last_day;
  bool leaving = false;               // the order ends tomorrow
  std::optional<Instant> restart;     // a case of this room was confirmed then, and no extension was signed since
  std::optional<Date> restart_until;  // the last day if its days begin anew then, as far as one extension may go
  std::optional<StepKind> waiting;    // of the order, for a signature
  std::int64_t version = 1;           // of the order; not for who keeps the site, nor is what waits
  std::optional<Roll> roll;           // the last one
  bool uncalled = false;              // today, though there since before
  bool waits_for_call = false;        // in the roll-call that goes on
};
BOOST_DESCRIBE_STRUCT(Occupant, (),
                      (stay, order, number, order_state, person, bed, entered, entered_by, left, left_by, last_day,
                       leaving, restart, restart_until, waiting, version, roll, uncalled, waits_for_call))

struct Room {
  RoomId id;
  std::string name;
  std::int64_t beds = 0;
  std::vector<Occupant> people;  // by bed
};
BOOST_DESCRIBE_STRUCT(Room, (), (id, name, beds, people))

struct RollCall {
  RollCallId id;
  Instant begun;
  std::string begun_by;
  std::optional<Instant> closed;
  std::optional<std::string> closed_by;
  std::int64_t present = 0, absent = 0;
  std::int64_t left = 0;  // who lies there and was not called in it
};
BOOST_DESCRIBE_STRUCT(RollCall, (), (id, begun, begun_by, closed, closed_by, present, absent, left))

struct Site : SiteBrief {
  std::vector<Room> rooms;
  std::vector<Occupant> gone;         // who left last, at most kLeftShown
  std::optional<RollCall> roll_call;  // the last one, open or closed
  bool kept = false;                  // by who reads this: less is shown of everybody
};
BOOST_DESCRIBE_STRUCT(Site, (SiteBrief), (rooms, gone, roll_call, kept))

struct Keeper {
  AccountId account;
  std::string name;
  Instant since;
  std::string named_by;
  bool may = true;  // false: the account is disabled, or has the role for the site's unit no longer
};
BOOST_DESCRIBE_STRUCT(Keeper, (), (account, name, since, named_by, may))

struct Keepers {
  std::vector<Keeper> keepers;              // as they were named
  std::vector<identity::Colleague> others;  // who could be, by name
};
BOOST_DESCRIBE_STRUCT(Keepers, (), (keepers, others))

struct NamedKeeper {
  AccountId account;
};
BOOST_DESCRIBE_STRUCT(NamedKeeper, (), (account))

struct LogFile {
  std::optional<Date> from, to;  // local days, both included; absent: the last kLogDaysMost
  tables::Format format = tables::Format::kCsv;
  std::string language = "vi";
};

// Whose running order names this site, and who does not lie there; or whose order names no site but a place of this
// kind, and who has no bed anywhere.
struct Awaited {
  OrderId order;
  std::string number;
  people::PersonBrief person;
  Date first_day;
};
BOOST_DESCRIBE_STRUCT(Awaited, (), (order, number, person, first_day))

struct Lodging {
  OrderId order;
  RoomId room;
  std::int64_t bed = 0;
  std::optional<Text<300>> code{};  // of the order's paper: of who keeps the site and takes somebody in
};
BOOST_DESCRIBE_STRUCT(Lodging, (), (order, room, bed, code))

struct Bed {
  RoomId room;
  std::int64_t bed = 0;
};
BOOST_DESCRIBE_STRUCT(Bed, (), (room, bed))

// A group that arrives at once: codes of their orders' papers, or the numbers on them.
struct IntakeCodes {
  std::vector<Text<300>> codes;
};
BOOST_DESCRIBE_STRUCT(IntakeCodes, (), (codes))

struct IntakeLine {
  std::string code;
  std::optional<OrderId> order;  // this and what follows: of one that was found
  std::optional<std::string> number;
  std::optional<people::PersonBrief> person;
  std::optional<Date> last_day;
  std::optional<Bed> lies;             // there already
  std::optional<Bed> proposed;         // nothing: no free room by the rule of cohorts
  std::optional<std::string> refused;  // code of the error
};
BOOST_DESCRIBE_STRUCT(IntakeLine, (), (code, order, number, person, last_day, lies, proposed, refused))

struct Lodgings {
  std::vector<Lodging> items;
};
BOOST_DESCRIBE_STRUCT(Lodgings, (), (items))

struct LodgingOutcome {
  OrderId order;
  std::optional<std::string> refused;  // code of the error
};
BOOST_DESCRIBE_STRUCT(LodgingOutcome, (), (order, refused))

struct IntakeTaken {
  std::vector<LodgingOutcome> items;  // in their order
};
BOOST_DESCRIBE_STRUCT(IntakeTaken, (), (items))

struct RollAnswer {
  StayId stay;
  bool present = false;
  std::optional<Instant> at;  // when they were called, if it is sent later; kept within the roll-call and now
};
BOOST_DESCRIBE_STRUCT(RollAnswer, (), (stay, present, at))

struct RollAnswers {
  std::vector<RollAnswer> answers;
  std::optional<Instant> sent{};  // by the clock of the phone, when it sends them: by how much that is wrong
};
BOOST_DESCRIBE_STRUCT(RollAnswers, (), (answers, sent))

struct RollOutcome {
  StayId stay;
  std::optional<std::string> refused;  // code of the error: not_found, site_has_left
  std::optional<Roll> roll;            // what counts now
};
BOOST_DESCRIBE_STRUCT(RollOutcome, (), (stay, refused, roll))

// No names: who keeps it on a phone has them.
struct RollTaken {
  std::vector<RollOutcome> items;  // in their order
  RollCall roll_call;
};
BOOST_DESCRIBE_STRUCT(RollTaken, (), (items, roll_call))

// The list of sites as a file.
struct SitesOut {
  Note<500> reason;
  std::optional<Text<4>> format;  // xlsx; else CSV
};
BOOST_DESCRIBE_STRUCT(SitesOut, (), (reason, format))

inline constexpr ErrorCode kRoomExists{"site_room_exists", 409};
inline constexpr ErrorCode kBedTaken{"site_bed_taken", 409};
inline constexpr ErrorCode kOrderElsewhere{"site_order_elsewhere", 409};  // the order names another kind of place
inline constexpr ErrorCode kOrderOtherSite{"site_order_other_site", 409};
inline constexpr ErrorCode kLiesHere{"site_lies_here", 409};  // in another bed, which somebody else gave them meanwhile
inline constexpr ErrorCode kHasLeft{"site_has_left", 409};

class Sites {
 public:
  explicit Sites(const Parts& parts);
  ~Sites();

  // Of the own area, and those that the caller keeps, by name. Errors: not_permitted, invalid (?cursor: format).
  Task<Result<http::Page<SiteBrief>>> list(const Caller& caller, std::optional<std::string> cursor, std::size_t limit);
  // Of the unit and what lies in it, as a file of counts, marked with who took it out; with a reason. Errors:
  // not_permitted, reason_required, list_too_long.
  Task<Result<http::Reply>> take_out(const Caller& caller, UnitId unit, SitesOut wanted);
  // Errors: invalid, not_permitted.
  Task<Result<SiteBrief>> add(const Caller& caller, NewSite site, std::optional<store::Once> once);
  // Everybody shown is logged. Errors of this and what follows: not_found, those of Access::require.
  Task<Result<Site>> find(const Caller& caller, SiteId id);
  // Of the caller's area, who is to be given a bed, the first ordered first, at most kAwaitedMost. Everybody is logged.
  Task<Result<http::Page<Awaited>>> awaited(const Caller& caller, SiteId id);
  // Errors: invalid, site_room_exists.
  Task<Result<Site>> add_room(const Caller& caller, SiteId id, NewRoom room);
  // Who lies there already, in this bed or another, changes beds. Errors: invalid, order_not_running,
  // site_order_elsewhere, site_order_other_site, site_bed_taken.
  Task<Result<Site>> lodge(const Caller& caller, SiteId id, Lodging lodging);
  // Who of them may be lodged there, and which beds are proposed (beds.h); nothing is written but the log. Errors:
  // invalid.
  Task<Result<http::Page<IntakeLine>>> look_intake(const Caller& caller, SiteId id, IntakeCodes codes);
  // Each as by lodge, judged alone, and the rest stands; but who lies at the site already is left where they lie
  // (site_lies_here). Errors: invalid.
  Task<Result<IntakeTaken>> intake(const Caller& caller, SiteId id, Lodgings lodgings, std::optional<store::Once> once);
  Task<Result<Site>> leave(const Caller& caller, StayId id);  // errors: site_has_left
  // The one that goes on, if there is one of today; one that was left open before is closed.
  Task<Result<Site>> begin_call(const Caller& caller, SiteId id);
  // Each is judged alone, and the rest stands; sent again, nothing changes. Also of one that is closed: what a phone
  // without a network had noted. Errors: invalid.
  Task<Result<RollTaken>> answer(const Caller& caller, RollCallId id, RollAnswers answers);
  // Who was absent is told; closed already, nothing changes.
  Task<Result<Site>> close_call(const Caller& caller, RollCallId id);

  // ---- by officers of the site's unit ----
  Task<Result<Keepers>> keepers(const Caller& caller, SiteId id);
  // Who keeps it already, does. Errors: invalid (/account: unknown, not such an account; range: enough).
  Task<Result<Keepers>> name_keeper(const Caller& caller, SiteId id, AccountId account);
  Task<Result<Keepers>> end_keeper(const Caller& caller, SiteId id, AccountId account);
  // Who entered and left, as a file marked with who took it out. Errors: invalid (?from: too many days, or too many
  // people).
  Task<Result<http::Reply>> take_out(const Caller& caller, SiteId id, LogFile file);

  store::Following follow();

  struct Impl;

 private:
  std::unique_ptr<Impl> impl_;
};

void routes(http::Router& router, Sites& sites);

}  // namespace luytre::quarantine
