// Arrivals: travellers at a place of entry — a border gate, an airport, a station — and where they go on to.
//
// An officer of the place's area reads the code that a traveller shows (it is good for ten minutes, and showing it is
// the traveller's own act), sees the declaration on entry, corrects it together with the traveller, and decides: pass,
// examine, quarantine. A look gives a ticket of the desk, with which that officer does the rest at that place within
// kTicketLasts, though the code has expired in between. Who has no code of ours shows a paper: it is found by its
// number together with the year of birth; nobody whom we know by it is registered there, and declared for by the
// officer. The decision is handed over to the unit where the traveller goes: its officers see who comes to
// them, and acknowledge it. Quarantine decided here is done at the place and proposed to the receiving unit; it is no
// order, which an officer signs elsewhere.
//
// What the receiving unit has not acknowledged by its deadline becomes the task of the level above, too, by the same
// ladder as referrals (modules/referrals/ladder.h): station, health centre, province. Every level sees it at once; only
// whose task it is may acknowledge.
//
// The queue of a vehicle is a carrier's list (modules/passengers), joined to declarations by the paper's number, or, of
// a vehicle without one, the declarations that name this place, that vehicle and that day. For it the words of both are
// kept as keyed hashes, and the vehicle's sealed. A gate is the place that was chosen from the list of points of entry;
// one that was written in words is the place of that name, and written otherwise it is not found.
//
// Every look is in the traveller's access log, with its reason. Nothing is recorded where no decision switches the
// entry form on. Decisions and notes are deleted kKept after they were made, with a proof row; notes are sealed. A call
// repeated with its idempotency key changes nothing and answers the same. Thread-safe. Publishes arrivals.decided,
// arrivals.escalated and arrivals.acknowledged (subject: the arrival; unit: where the traveller goes).

#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "modules/declarations/declarations.h"
#include "modules/passengers/passengers.h"
#include "modules/people/people.h"
#include "modules/places/places.h"
#include "modules/referrals/referrals.h"

namespace luytre::arrivals {

using ArrivalId = Id<struct ArrivalTag>;

inline constexpr std::chrono::hours kKept{28 * 24};
inline constexpr std::chrono::minutes kTicketLasts{30};
inline constexpr std::size_t kFoundMost = 10;       // people of one paper
inline constexpr std::size_t kCrossingsMost = 200;  // of one person
inline constexpr std::int64_t kAheadDays = 3;       // of arrivals shown
inline constexpr std::size_t kVehiclesMost = 500;   // of one place
inline constexpr std::size_t kExpectedMost = 2000;  // of one vehicle
inline constexpr const char* kForm = "entry";
// Within what time the receiving unit is to take notice. As for whom a checkpoint sends on, this project's own; who
// passed with nothing to see to, within a day.
inline constexpr std::chrono::minutes kPassedWithin{24 * 60};

enum class Outcome { kPass, kExamine, kQuarantine };
BOOST_DESCRIBE_ENUM(Outcome, kPass, kExamine, kQuarantine)

// A seat of a carrier's list.
struct SeatOf {
  PlaceId vehicle;
  Instant departure;
  Text<20> seat;
};
BOOST_DESCRIBE_STRUCT(SeatOf, (), (vehicle, departure, seat))

// `code` of all requests: what the traveller shows, or the ticket that a look gave. Of a look also one of the queue: a
// seat, whose paper counts as shown, or a declaration that names this place.
struct Look {
  PlaceId place;
  Note<500> reason;               // kept in the access log
  std::optional<Text<600>> code;  // or a paper: its machine-readable zone, its QR code, its number as typed
  std::optional<SeatOf> seat;
  std::optional<declarations::DeclarationId> declaration;
  std::optional<std::int64_t> birth_year;  // of a number as typed, which says none
  std::optional<PersonId> person;          // of several whom a paper finds
};
BOOST_DESCRIBE_STRUCT(Look, (), (place, reason, code, seat, declaration, birth_year, person))

// What a paper says of its bearer, who is to be registered by it.
struct Claimed {
  std::optional<std::string> name;
  std::optional<Date> birth_date;
  std::optional<std::int64_t> birth_year;
  std::optional<people::Sex> sex;
  std::optional<std::string> nationality;  // three letters, as in passports
  std::optional<people::Paper> paper;
};
BOOST_DESCRIBE_STRUCT(Claimed, (), (name, birth_date, birth_year, sex, nationality, paper))

struct Traveller {
  std::optional<people::PersonBrief> person;             // absent: nobody we know, or one of several
  std::optional<declarations::Declaration> declaration;  // the newest on entry, with answers
  std::optional<std::string> ticket;                     // of the person
  std::optional<Instant> ticket_until;
  std::optional<UnitId> towards;  // where the declaration says the journey leads
  std::vector<people::PersonBrief> several;
  std::optional<Claimed> claim;  // of a paper by which nobody is known
};
BOOST_DESCRIBE_STRUCT(Traveller, (), (person, declaration, ticket, ticket_until, towards, several, claim))

// Somebody without a record.
struct Registration {
  PlaceId place;
  people::NewPerson person;  // without a relation
};
BOOST_DESCRIBE_STRUCT(Registration, (), (place, person))

struct Registered {
  std::string ticket;  // to look with
};
BOOST_DESCRIBE_STRUCT(Registered, (), (ticket))

// What the officer writes down for a traveller, in the version of the form that is in force.
struct Told {
  PlaceId place;
  Text<600> code;
  Text<32> version;
  json::Value response;  // a FHIR QuestionnaireResponse
};
BOOST_DESCRIBE_STRUCT(Told, (), (place, code, version, response))

struct Taken {
  declarations::DeclarationId id;
};
BOOST_DESCRIBE_STRUCT(Taken, (), (id))

// A picture that the declaration at the desk names.
struct PictureLook {
  PlaceId place;
  Text<600> code;
  declarations::PictureId picture;
  Note<500> reason;  // kept in the access log
};
BOOST_DESCRIBE_STRUCT(PictureLook, (), (place, code, picture, reason))

struct Correction {
  PlaceId place;
  Text<600> code;
  declarations::DeclarationId declaration;
  json::Value response;  // a FHIR QuestionnaireResponse to the same form and version
};
BOOST_DESCRIBE_STRUCT(Correction, (), (place, code, declaration, response))

struct NewArrival {
  PlaceId place;
  Text<600> code;
  Outcome outcome = Outcome::kPass;
  UnitId towards;                  // where the traveller goes
  std::optional<PlaceId> vehicle;  // by which trip the traveller came, with `departure`
  std::optional<Instant> departure;
  std::optional<Note<500>> note;
};
BOOST_DESCRIBE_STRUCT(NewArrival, (), (place, code, outcome, towards, vehicle, departure, note))

struct Decided {
  ArrivalId id;
  Outcome outcome = Outcome::kPass;
};
BOOST_DESCRIBE_STRUCT(Decided, (), (id, outcome))

// What came of it where the traveller goes. Only reaching them, a refusal or a stated reason ends it.
struct Reception {
  referrals::Outcome outcome = referrals::Outcome::kReached;
  std::optional<Note<1000>> note;
};
BOOST_DESCRIBE_STRUCT(Reception, (), (outcome, note))

struct Attempt {
  Instant at;
  referrals::Outcome outcome = referrals::Outcome::kReached;
  std::optional<std::string> note;
};
BOOST_DESCRIBE_STRUCT(Attempt, (), (at, outcome, note))

// Whether there is something left to do about somebody: to take notice, to find out what came of it, nothing.
enum class Reached { kWaiting, kAcknowledged, kDone };
BOOST_DESCRIBE_ENUM(Reached, kWaiting, kAcknowledged, kDone)

enum class Order { kAscending, kDescending };
BOOST_DESCRIBE_ENUM(Order, kAscending, kDescending)

struct ComingFilter {
  std::optional<UnitId> unit;  // of the own area, or above; absent: all of it
  std::optional<Outcome> outcome;
  std::optional<Reached> state;
  Order order = Order::kDescending;  // by when it was decided
};

struct ComingOut {
  Note<500> reason;
  std::optional<Outcome> outcome;
  std::optional<Reached> state;
  std::optional<Text<4>> format;  // xlsx; else CSV
};
BOOST_DESCRIBE_STRUCT(ComingOut, (), (reason, outcome, state, format))

// Who comes to us.
struct Coming {
  ArrivalId id;
  people::PersonBrief person;
  std::string place_name;
  Instant at;
  Outcome outcome = Outcome::kPass;
  UnitId towards;
  std::string towards_name;
  std::optional<std::string> note;
  std::optional<declarations::DeclarationId> declaration;
  std::optional<Instant> acknowledged_at;
  std::optional<Instant> due_at;  // to acknowledge; absent: decided before there were deadlines
  referrals::Level level = referrals::Level::kStation;
  bool escalated = false;
  bool yours = false;  // a task of the caller's level, not only seen from above
  bool overdue = false;
  Reached state = Reached::kWaiting;
  std::vector<Attempt> attempts;  // oldest first
};
BOOST_DESCRIBE_STRUCT(Coming, (),
                      (id, person, place_name, at, outcome, towards, towards_name, note, declaration, acknowledged_at,
                       due_at, level, escalated, yours, overdue, state, attempts))

// A vehicle whose passengers were listed, and how many of them were decided about.
struct VehicleQueue {
  PlaceId vehicle;
  std::string vehicle_name;
  Instant departure;
  std::string towards_name;
  std::int64_t seats = 0;
  std::int64_t decided = 0;
};
BOOST_DESCRIBE_STRUCT(VehicleQueue, (), (vehicle, vehicle_name, departure, towards_name, seats, decided))

inline constexpr ErrorCode kDeskTicketExpired{"desk_ticket_expired", 422};  // or of another place or officer
inline constexpr ErrorCode kTravellerKnown{"traveller_known", 409};         // by the paper and the year of birth
inline constexpr ErrorCode kCodeMisread{"code_misread", 422};               // a check digit fails

// Travellers on their way here by one vehicle on one day, as they declared it, whether or not its carrier sent a list.
struct OnTheWay {
  std::string vehicle;  // opaque
  std::string label;    // as one of them wrote it
  Date day;
  std::int64_t declared = 0, red = 0, decided = 0;
};
BOOST_DESCRIBE_STRUCT(OnTheWay, (), (vehicle, label, day, declared, red, decided))

// Whose queue: of a departure with a carrier's list, or of a vehicle on the way.
struct Queue {
  PlaceId place;
  std::optional<PlaceId> vehicle;
  std::optional<Instant> departure;
  std::string on_the_way;
  std::string reason;
};

// Somebody in it. From a list, name and year are as the carrier wrote them.
struct Queued {
  std::optional<std::string> seat;
  std::string name;
  std::int64_t birth_year = 0;
  std::optional<bool> declared;  // absent: the list names no paper to know it by
  std::optional<declarations::DeclarationId> declaration;
  std::optional<forms::Colour> colour;
  std::optional<Outcome> outcome;  // of the decision here, if there is one
};
BOOST_DESCRIBE_STRUCT(Queued, (), (seat, name, birth_year, declared, declaration, colour, outcome))

// Somebody at a place of entry, for rooms that compare.
struct Crossing {
  PlaceId place;
  UnitId unit, towards;
  Instant at;
  bool own_code = false;  // was shown; else the officer knew them by a paper, or the list of a vehicle
};
BOOST_DESCRIBE_STRUCT(Crossing, (), (place, unit, towards, at, own_code))

// Who it was, of one of them.
struct Crosser {
  PersonId person;
  Instant at;
};

struct Needs {
  store::Database& db;
  const places::Places& places;
  people::People& people;
  declarations::Declarations& declarations;
  const passengers::Passengers& passengers;
  const command::Decisions& decisions;
  const geography::Geography& geography;
  const identity::Access& access;
  const Vault& vault;
};

class Arrivals {
 public:
  explicit Arrivals(Needs needs);
  ~Arrivals();

  // ---- at the place of entry; errors of all: not_found (the place), place_closed, not_permitted, not_in_force, those
  // of the code: desk_ticket_expired, person_code_expired, person_code_forged, code_foreign ----
  // Errors: also reason_required; of papers code_misread, invalid (/birthYear).
  Task<Result<Traveller>> look(const Caller& caller, Look look) const;
  // image/jpeg, of the newest declaration. Errors: also not_found (the picture), reason_required.
  Task<Result<http::Reply>> picture(const Caller& caller, PictureLook look) const;
  // Errors: also invalid (pointers below /person), traveller_known.
  Task<Result<Registered>> register_traveller(const Caller& caller, Registration registration, std::string key);
  // Errors: also form_not_in_force, invalid (pointers below /response).
  Task<Result<Taken>> declare(const Caller& caller, Told told, std::string key);
  // Errors: also not_found (the declaration), declaration_replaced, invalid (pointers below /response).
  Task<Result<declarations::Declaration>> correct(const Caller& caller, Correction correction, std::string key);
  // Errors: also invalid.
  Task<Result<Decided>> decide(const Caller& caller, NewArrival arrival, std::string key);
  // Departures with a passenger list that begin or end in the own area, newest first.
  Task<Result<std::vector<VehicleQueue>>> vehicles(const Caller& caller) const;

  // Of travellers who declared that they come here from yesterday to kAheadDays ahead; counts only.
  Task<Result<std::vector<OnTheWay>>> on_the_way(const Caller& caller, PlaceId place) const;
  // Who is to be seen to first comes first: red, yellow, not declared, green; then whoever has been decided about.
  // Those whom we know are logged one by one. Errors: also invalid (?vehicle), reason_required.
  Task<Result<std::vector<Queued>>> queue(const Caller& caller, Queue queue) const;

  // ---- where travellers go ----
  // Everybody on the page is logged. Errors: not_permitted, invalid (?cursor: format, other_sort).
  Task<Result<http::Page<Coming>>> coming(const Caller& caller, ComingFilter filter, std::optional<std::string> cursor,
                                          std::size_t limit) const;
  // Who comes to the unit, newest first, as a file without notes, marked with who took it out; everybody in it is
  // logged. Errors: not_found (the unit), not_permitted, reason_required, list_too_long.
  Task<Result<http::Reply>> take_out(const Caller& caller, UnitId unit, ComingOut wanted) const;
  // Again: nothing changes. Errors: not_found, not_permitted, referral_not_escalated.
  Task<Result<Done>> acknowledge(const Caller& caller, ArrivalId arrival);
  // Takes notice, too. Errors: as acknowledge, invalid (/note: kNotNeeded without one).
  Task<Result<Done>> receive(const Caller& caller, ArrivalId arrival, Reception reception, std::string key);

  // Oldest first, at most kCrossingsMost. Within another's transaction, unchecked and not logged: whoever asks has the
  // right.
  static std::vector<Crossing> crossings(store::Session& session, PersonId person, Interval when);
  // Likewise: of arrivals.decided. Nothing: deleted.
  static std::optional<Crosser> crosser(store::Session& session, ArrivalId arrival);
  // Likewise: who was decided about in these units, by id, after that one, at most so many.
  static std::vector<PersonId> crossed_in(store::Session& session, std::span<const UnitId> units, Interval when,
                                          PersonId after, std::size_t most);

  // Keeps who comes where, of declaration.submitted and declaration.withdrawn.
  store::Following follow();
  store::Recurring escalate() const;
  store::Recurring retention() const;

  struct Impl;

 private:
  std::unique_ptr<Impl> impl_;
};

void routes(http::Router& router, Arrivals& arrivals);

const std::vector<store::Migration>& migrations();

}  // namespace luytre::arrivals
