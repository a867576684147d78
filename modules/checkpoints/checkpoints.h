// Checkpoints: vehicles on a road, who is in them, and what was decided.
//
// A checkpoint is a place of kind kKind; its staff are guards on duty (modules/gates/gates.h), with the same shift on
// the same device. A *passage* is a vehicle, or somebody on foot, at a checkpoint: plate, kind, direction, time (the
// device's own, at most visits::kLatest old), its occupants, and the decision: pass, test, isolate, turn back; an
// occupant's may differ from the vehicle's. A turn-back keeps its reason and who decided it. An ambulance passes with
// one tap and is declared later. What is decided here is done on the road by people; it is no order (an officer signs
// those), and what nobody proved is a claim, for a call.
//
// Passing is not a stay: a vehicle's twenty seconds at a barrier make no visit, because a visit's estimated end would
// make contacts of everybody who passed in the same quarter of an hour. Who was sent to be tested and came back has
// waited among others: that stay has both ends and becomes a visit (source "checkpoints"), of people whose own code was
// read.
//
// A *journey* is told ahead by a household: plate, where to, when, who. Its code is a random token, verified by us and
// holding nothing; at the lane it stands for the plate and everybody named, who count as *declared*, not as seen.
// Journeys need the consent to declarations and a decision on declarations where the household lives or where the
// journey leads, passages a decision on check-in where the checkpoint stands.
//
// A printed card names its holder as *claimed*: its light is never green, and it makes no visit.
//
// The staff see a light for each occupant, never a name, a history or a reason. Plates, claims and notes are sealed,
// plates with a blind index. A code that cannot be read when it arrives late counts as an unverified person: the
// vehicle is not lost. Everything is deleted kKept after it happened, with a proof row. A call repeated with its
// idempotency key changes nothing and answers the same. Thread-safe. Publishes checkpoints.passed (subject: the
// passage; version: of its decision; unit: the checkpoint's), again whenever the decision changes.

#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "modules/gates/gates.h"

namespace luytre::identity {
class Consents;
}

namespace luytre::checkpoints {

using PassageId = Id<struct PassageTag>;
using JourneyId = Id<struct JourneyTag>;
using PlannedId = Id<struct PlannedTag>;
using gates::Light;

inline constexpr const char* kKind = "checkpoint";  // of the place
inline constexpr std::chrono::hours kKept = visits::kKept;
inline constexpr std::int64_t kUnnamedMost = 60;       // a coach
inline constexpr std::size_t kOccupantsMost = 60;      // of a vehicle, with a code or a phone
inline constexpr std::chrono::hours kAhead{7 * 24};    // how far ahead a journey may begin …
inline constexpr std::chrono::hours kLongest{72};      // … and how long its code is good
inline constexpr std::size_t kJourneysMost = 20;       // of a household at once
inline constexpr std::chrono::minutes kRateOver{15};   // over which the rate of a queue is taken …
inline constexpr std::chrono::minutes kQueueGood{30};  // … and how long a count of waiting vehicles says anything
inline constexpr std::int64_t kWaitingMost = 5'000;
inline constexpr std::size_t kOpenShown = 200, kHandoversShown = 20, kFoundMost = 200, kMineShown = 200;

inline constexpr std::chrono::hours kPlannedLongest{24};  // one shift
inline constexpr std::chrono::hours kPlannedAhead{60 * 24};
inline constexpr std::int64_t kPlannedDaysMost = 31;   // planned at once
inline constexpr std::size_t kPlannedMost = 500;       // of a checkpoint, not over
inline constexpr std::chrono::minutes kLateUntil{15};  // who is not there then is absent
inline constexpr std::chrono::hours kGapAhead{24};
inline constexpr std::chrono::minutes kGapLeast{15};

enum class Vehicle { kCar, kMotorbike, kTruck, kCoach, kBicycle, kFoot, kAmbulance, kOther };
BOOST_DESCRIBE_ENUM(Vehicle, kCar, kMotorbike, kTruck, kCoach, kBicycle, kFoot, kAmbulance, kOther)

enum class Direction { kIn, kOut };
BOOST_DESCRIBE_ENUM(Direction, kIn, kOut)

enum class Decision { kPass, kTest, kIsolate, kTurnBack };
BOOST_DESCRIBE_ENUM(Decision, kPass, kTest, kIsolate, kTurnBack)

// Why somebody was turned back. kOther needs a note.
enum class Why { kColour, kNotDeclared, kNoPermit, kRoadClosed, kRefusedTest, kOther };
BOOST_DESCRIBE_ENUM(Why, kColour, kNotDeclared, kNoPermit, kRoadClosed, kRefusedTest, kOther)

// By what somebody in a vehicle is known; kCard: by a printed card of ours, which anybody can carry; kSlip: as written
// on paper; kUnread: by a code that says nothing.
enum class How {
  kOwnCode,
  kJourney,
  kIdCard,
  kNationalQr,
  kInsuranceCard,
  kPassport,
  kTravelCard,
  kPhone,
  kUnread,
  kUnnamed,
  kCard,
  kSlip
};
BOOST_DESCRIBE_ENUM(How, kOwnCode, kJourney, kIdCard, kNationalQr, kInsuranceCard, kPassport, kTravelCard, kPhone,
                    kUnread, kUnnamed, kCard, kSlip)

// ---- the lane ----

// One of code and phone.
struct Occupant {
  std::optional<Text<3000>> code;    // as scanned; a typed card number
  std::optional<Text<40>> phone;     // as typed
  std::optional<Decision> decision;  // absent: the vehicle's
};
BOOST_DESCRIBE_STRUCT(Occupant, (), (code, phone, decision))

struct NewPassage {
  Text<64> shift;
  PlaceId place;
  Instant at;  // may lie in the past: the device was offline
  Direction direction = Direction::kIn;
  Vehicle vehicle = Vehicle::kCar;
  std::optional<Text<20>> plate;    // absent: on foot, or the journey's
  std::optional<Text<40>> journey;  // the code of a journey told ahead
  std::vector<Occupant> occupants;
  std::int64_t unnamed = 0;  // further people
  Decision decision = Decision::kPass;
  std::optional<Why> why;         // needed to turn back
  std::optional<Text<200>> note;  // needed for kOther
};
BOOST_DESCRIBE_STRUCT(NewPassage, (),
                      (shift, place, at, direction, vehicle, plate, journey, occupants, unnamed, decision, why, note))

struct Passed {
  PassageId id;
  Decision decision = Decision::kPass;
  std::int64_t people = 0;
  std::int64_t verified = 0;  // by their own code
  bool journey_known = false;
};
BOOST_DESCRIBE_STRUCT(Passed, (), (id, decision, people, verified, journey_known))

// What a vehicle's codes say, before deciding; nothing is recorded by looking.
struct Look {
  Text<64> shift;
  PlaceId place;
  Text<3000> code;  // of a journey, a person, a printed card, or a foreign one
};
BOOST_DESCRIBE_STRUCT(Look, (), (shift, place, code))

struct Seen {
  How how = How::kUnread;
  bool verified = false;
  std::vector<Light> lights;         // one for each person that the code stands for
  std::optional<std::string> plate;  // of a journey
  std::optional<Vehicle> vehicle;
  std::optional<Direction> direction;
};
BOOST_DESCRIBE_STRUCT(Seen, (), (how, verified, lights, plate, vehicle, direction))

// The end of a test, or what an ambulance declares later.
struct Settlement {
  Text<64> shift;
  PlaceId place;
  PassageId passage;
  Instant at;
  Decision decision = Decision::kPass;
  std::optional<Why> why;
  std::optional<Text<200>> note;
  std::optional<Text<20>> plate;    // where none was taken
  std::vector<Occupant> occupants;  // further ones
  std::int64_t unnamed = 0;
};
BOOST_DESCRIBE_STRUCT(Settlement, (), (shift, place, passage, at, decision, why, note, plate, occupants, unnamed))

struct QueueCount {
  Text<64> shift;
  PlaceId place;
  Instant at;
  std::int64_t waiting = 0;  // vehicles
};
BOOST_DESCRIBE_STRUCT(QueueCount, (), (shift, place, at, waiting))

struct NewHandover {
  Text<64> shift;
  PlaceId place;
  Instant at;
  Note<1000> note;
};
BOOST_DESCRIBE_STRUCT(NewHandover, (), (shift, place, at, note))

struct LaneAsk {
  Text<64> shift;
  PlaceId place;
};
BOOST_DESCRIBE_STRUCT(LaneAsk, (), (shift, place))

struct OnDuty {
  std::string name;  // as the place's keeper wrote it
  Instant began;
  Instant ends;
};
BOOST_DESCRIBE_STRUCT(OnDuty, (), (name, began, ends))

// kPresent: for a part of it; while it runs: now.
enum class Attendance { kPlanned, kPresent, kAbsent };
BOOST_DESCRIBE_ENUM(Attendance, kPlanned, kPresent, kAbsent)

struct Planned {
  PlannedId id;
  gates::GuardId guard;
  std::string name;
  Instant from;
  Instant until;
  Attendance attendance = Attendance::kPlanned;
};
BOOST_DESCRIBE_STRUCT(Planned, (), (id, guard, name, from, until, attendance))

// Nobody is planned then.
struct Gap {
  Instant from;
  Instant until;
};
BOOST_DESCRIBE_STRUCT(Gap, (), (from, until))

struct Plan {
  std::vector<Planned> shifts;  // that ended at most a day ago, by begin
  std::vector<Gap> gaps;        // within kGapAhead; none where nothing is planned at all
};
BOOST_DESCRIBE_STRUCT(Plan, (), (shifts, gaps))

// The same shift on `days` days, one after the other.
struct NewPlanned {
  gates::GuardId guard;
  Instant from;
  Instant until;
  std::int64_t days = 1;
};
BOOST_DESCRIBE_STRUCT(NewPlanned, (), (guard, from, until, days))

struct Counts {
  std::int64_t vehicles = 0, people = 0;
  std::int64_t pass = 0, test = 0, isolate = 0, turn_back = 0;  // vehicles
};
BOOST_DESCRIBE_STRUCT(Counts, (), (vehicles, people, pass, test, isolate, turn_back))

// A vehicle that is still here: sent to be tested, or an ambulance that has not been declared.
struct Open {
  PassageId id;
  Instant at;
  Vehicle vehicle = Vehicle::kCar;
  Direction direction = Direction::kIn;
  std::optional<std::string> plate;  // for the lane only
  std::int64_t people = 0;
  Decision decision = Decision::kTest;
};
BOOST_DESCRIBE_STRUCT(Open, (), (id, at, vehicle, direction, plate, people, decision))

// Minutes are those that the last of the vehicles counted would wait at the pace of the last kRateOver; absent: nothing
// passed, so nobody knows. The alarm needs a limit, which an officer of the area has set.
struct Queue {
  std::optional<Instant> counted;  // absent: not within kQueueGood
  std::int64_t waiting = 0;
  std::int64_t passed = 0;  // vehicles in the last kRateOver
  std::optional<std::int64_t> minutes;
  std::optional<std::int64_t> limit;  // minutes
  bool alarm = false;
};
BOOST_DESCRIBE_STRUCT(Queue, (), (counted, waiting, passed, minutes, limit, alarm))

struct Handover {
  Instant at;
  std::string guard;
  std::string note;
  std::int64_t vehicles = 0, people = 0;  // of that shift, at this checkpoint
  std::int64_t open = 0;                  // vehicles handed over
};
BOOST_DESCRIBE_STRUCT(Handover, (), (at, guard, note, vehicles, people, open))

struct Lane {
  PlaceId place;
  std::string name;
  std::vector<OnDuty> roster;
  Plan plan;
  Counts counts;           // since this shift began, by everybody here
  std::vector<Open> open;  // oldest first
  Queue queue;
  std::optional<Handover> handover;  // the newest
};
BOOST_DESCRIBE_STRUCT(Lane, (), (place, name, roster, plan, counts, open, queue, handover))

// ---- households ----

struct NewJourney {
  std::optional<Text<20>> plate;
  Vehicle vehicle = Vehicle::kCar;
  Direction direction = Direction::kIn;
  UnitId towards;                // where it leads
  Instant from;                  // the code is good from then …
  Instant until;                 // … until then
  std::vector<PersonId> people;  // of the household
};
BOOST_DESCRIBE_STRUCT(NewJourney, (), (plate, vehicle, direction, towards, from, until, people))

struct Journey {
  JourneyId id;
  std::string code;
  std::string svg;
  std::optional<std::string> plate;
  Vehicle vehicle = Vehicle::kCar;
  Direction direction = Direction::kIn;
  UnitId towards;
  std::string towards_name;
  Instant from;
  Instant until;
  std::vector<PersonId> people;
  std::optional<Instant> used;  // when a lane last read it
};
BOOST_DESCRIBE_STRUCT(Journey, (),
                      (id, code, svg, plate, vehicle, direction, towards, towards_name, from, until, people, used))

struct MyPassage {
  PassageId id;
  PlaceId place;
  std::string place_name;
  Instant at;
  Direction direction = Direction::kIn;
  Vehicle vehicle = Vehicle::kCar;
  How how = How::kOwnCode;
  Decision decision = Decision::kPass;
  std::optional<Why> why;
};
BOOST_DESCRIBE_STRUCT(MyPassage, (), (id, place, place_name, at, direction, vehicle, how, decision, why))

// ---- officers ----

struct Brief {
  PlaceId place;
  std::string name;
  std::string unit_path;
  std::int64_t on_duty = 0;
  Counts day;  // the last 24 hours
  std::int64_t open = 0;
  Queue queue;
};
BOOST_DESCRIBE_STRUCT(Brief, (), (place, name, unit_path, on_duty, day, open, queue))

struct Hour {
  Instant from;
  Direction direction = Direction::kIn;
  Decision decision = Decision::kPass;
  std::int64_t vehicles = 0, people = 0;
};
BOOST_DESCRIBE_STRUCT(Hour, (), (from, direction, decision, vehicles, people))

struct Watch {
  PlaceId place;
  std::string name;
  std::string unit_path;
  std::vector<OnDuty> roster;
  Plan plan;
  std::vector<Hour> hours;  // of the last 24, oldest first
  std::vector<Open> open;   // without plates
  Queue queue;
  std::vector<Handover> handovers;  // newest first
};
BOOST_DESCRIBE_STRUCT(Watch, (), (place, name, unit_path, roster, plan, hours, open, queue, handovers))

struct WaitLimit {
  std::int64_t minutes = 0;  // 1 … 600
  Note<500> basis;           // who said so, and when
};
BOOST_DESCRIBE_STRUCT(WaitLimit, (), (minutes, basis))

// One of plate and person.
struct Search {
  std::optional<Text<20>> plate;
  std::optional<PersonId> person;
  Note<500> reason;  // kept in the access log
};
BOOST_DESCRIBE_STRUCT(Search, (), (plate, person, reason))

// Unproven, unless `how` is kOwnCode.
struct FoundOccupant {
  How how = How::kUnnamed;
  std::optional<PersonId> person;
  std::int64_t people = 1;
  std::optional<std::string> name;
  std::optional<std::string> phone;
  std::vector<std::string> papers;  // as shown: may be masked
  Decision decision = Decision::kPass;
};
BOOST_DESCRIBE_STRUCT(FoundOccupant, (), (how, person, people, name, phone, papers, decision))

struct Found {
  PassageId id;
  PlaceId place;
  std::string place_name;
  Instant at;
  Direction direction = Direction::kIn;
  Vehicle vehicle = Vehicle::kCar;
  std::optional<std::string> plate;
  Decision decision = Decision::kPass;
  std::optional<Why> why;
  std::optional<std::string> note;
  std::string guard;  // who decided
  std::vector<FoundOccupant> occupants;
};
BOOST_DESCRIBE_STRUCT(Found, (),
                      (id, place, place_name, at, direction, vehicle, plate, decision, why, note, guard, occupants))

// ---- other rooms ----

// One passage, for rooms that follow checkpoints.passed. People known by their own code or named by a journey;
// everybody else, holders of printed cards too, is in `heads` only.
struct Facts {
  struct Person {
    PersonId person;
    How how = How::kOwnCode;  // or kJourney: declared, not seen
    Decision decision = Decision::kPass;
  };
  PassageId id;
  PlaceId place;
  UnitId unit;
  Instant at;
  Direction direction = Direction::kIn;
  Vehicle vehicle = Vehicle::kCar;
  Decision decision = Decision::kPass;
  std::optional<UnitId> towards;  // of the journey
  std::int64_t heads = 0;         // everybody
  std::vector<Person> people;
  Instant recorded;  // when we learnt of the decision: a lane without a network tells later
  std::int64_t version = 1;
};

// What a guard wrote on a paper slip, keyed in later by whoever may: this module does not ask.
struct WrittenPassage {
  PlaceId place;
  gates::GuardId guard;  // 0: the keeper
  std::string guard_name;
  Instant at;
  Direction direction = Direction::kIn;
  std::string plate;  // empty: on foot
  Decision decision = Decision::kPass;
  std::optional<Why> why;  // of a turn-back
  gates::StoredClaim claim;
};

// Somebody in a vehicle who is known by a claim alone, as it was shown or said; of a printed card, its holder as we
// know the person.
struct Claimant {
  std::int64_t number = 0;  // within the passage, from 1
  How how = How::kPhone;
  std::optional<std::string> name, phone;
  Decision decision = Decision::kPass;
};

// Where somebody was, for rooms that compare.
struct Passing {
  PlaceId place;
  UnitId unit;
  Instant at;
  How how = How::kOwnCode;  // or kJourney: declared; kCard: the card was there
};
BOOST_DESCRIBE_STRUCT(Passing, (), (place, unit, at, how))

inline constexpr ErrorCode kNotACheckpoint{"not_a_checkpoint", 409};
inline constexpr ErrorCode kJourneyUnknown{"journey_unknown", 422};  // or withdrawn
inline constexpr ErrorCode kJourneyOver{"journey_over", 422};        // or not begun
inline constexpr ErrorCode kTooManyJourneys{"too_many_journeys", 409};
inline constexpr ErrorCode kPassageSettled{"passage_settled", 409};
inline constexpr ErrorCode kPlannedAlready{"planned_already", 409};  // this guard, then
inline constexpr ErrorCode kTooMuchPlanned{"too_much_planned", 409};

struct Settings {
  const identity::Consents* consents = nullptr;  // to declarations; absent: not asked
};

struct Needs {
  store::Database& db;
  const places::Places& places;
  const gates::Gates& gates;
  visits::Visits& visits;
  const people::People& people;
  const command::Decisions& decisions;
  const geography::Geography& geography;
  const identity::Access& access;
  const Vault& vault;
  const Clock& clock;
  Random& random;  // thread-safe
  gates::LightOf light;
  Settings settings;
  gates::HolderOf holder = {};  // absent: no cards
};

class Checkpoints {
 public:
  explicit Checkpoints(Needs needs);
  ~Checkpoints();

  // ---- the lane; errors of all: shift_over, not_a_guard, time_in_future, place_closed, place_not_approved,
  // not_in_force, not_a_checkpoint
  // Errors: also those of the code, code_unknown, code_misread, journey_unknown, journey_over, those of
  // gates::HolderOf.
  Task<Result<Seen>> look(Look look) const;
  // Errors: also invalid.
  Task<Result<Passed>> pass(NewPassage passage, std::string key);
  // Errors: also invalid, not_found, passage_settled.
  Task<Result<Passed>> settle(Settlement settlement, std::string key);
  Task<Result<Queue>> count(QueueCount count, std::string key);
  Task<Result<Handover>> hand_over(NewHandover handover, std::string key);
  Task<Result<Lane>> lane(LaneAsk ask) const;

  // ---- the keeper, and officers of the area; errors of all: those of Places::require_keeping ----
  Task<Result<Plan>> planned(const Caller& caller, PlaceId place) const;
  // Errors: also not_a_checkpoint, invalid, planned_already, too_much_planned.
  Task<Result<Plan>> plan(const Caller& caller, PlaceId place, NewPlanned planned, std::optional<store::Once> once);
  Task<Result<Plan>> unplan(const Caller& caller, PlaceId place, PlannedId planned);

  // ---- households ----
  // Errors: unauthenticated, second_proof_required, invalid, not_in_household, not_in_force, consent_required,
  // too_many_journeys.
  Task<Result<Journey>> tell(const Caller& caller, NewJourney journey, std::optional<store::Once> once);
  Task<Result<std::vector<Journey>>> journeys(const Caller& caller) const;  // not over for longer than a day
  // The code is worth nothing from now on, and nothing of the journey is kept but what lanes recorded. Errors:
  // not_found.
  Task<Result<Done>> withdraw(const Caller& caller, JourneyId journey);
  // Newest first. Errors: not_in_household, no_own_record, adults_own_affair.
  Task<Result<std::vector<MyPassage>>> mine(const Caller& caller, std::optional<PersonId> person) const;

  // ---- officers of the area ----
  Task<Result<std::vector<Brief>>> all(const Caller& caller) const;      // those that were ever at work or planned
  Task<Result<Watch>> watch(const Caller& caller, PlaceId place) const;  // Errors: not_found, not_permitted
  Task<Result<Queue>> set_limit(const Caller& caller, PlaceId place, WaitLimit limit);
  // Newest first, at most kFoundMost; of somebody also what was written to records merged with theirs
  // (people/merged.h). Errors: not_permitted, invalid, reason_required.
  Task<Result<std::vector<Found>>> search(const Caller& caller, Search search) const;

  // Within another's transaction, unchecked. Nothing: not there any more.
  static std::optional<Facts> passage(store::Session& session, PassageId passage);
  std::vector<Claimant> claimants(store::Session& session, PassageId passage) const;
  // Unchecked. Errors: not_a_checkpoint, place_closed, place_not_approved, not_in_force, time_in_future, time_too_old,
  // invalid (/plate, /why).
  Result<PassageId> write_down(store::Session& session, const WrittenPassage& written) const;
  static void strike(store::Session& session, PassageId passage);  // written down wrongly
  // Of somebody known by the own code or card or named by a journey, oldest first, at most kMineShown.
  static std::vector<Passing> passings(store::Session& session, PersonId person, Interval when);
  // Likewise: who passed in these units, by id, after that one, at most so many.
  static std::vector<PersonId> passed_in(store::Session& session, std::span<const UnitId> units, Interval when,
                                         PersonId after, std::size_t most);

  // Deletes what is older than kKept, with a proof row. To be run every few minutes.
  store::Recurring retention() const;

  struct Impl;

 private:
  std::unique_ptr<Impl> impl_;
};

void routes(http::Router& router, Checkpoints& checkpoints);

const std::vector<store::Migration>& migrations();

}  // namespace luytre::checkpoints
