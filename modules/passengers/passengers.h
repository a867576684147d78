// Passengers: who sat where in a bus, train, plane or ship, as its carrier wrote it down.
//
// A vehicle's trip is a place of kind vehicleTrip; its keeper sends one list for one departure, many seats at once, as
// comma-separated values or a workbook (platform/tables/list.h), with a head line that names the columns: seat, name,
// birthYear, and phone or paper (one of them at least). Each line is judged by itself: a bad one is answered with what
// is wrong with it, and the others are taken. A seat that was told before is told anew by the later line, so that a
// list is put right by sending it again; what says the same changes nothing. Who did not board is taken off: no list,
// duty or comparison has that seat any more; officers who open the list see that it was told, and when it was taken
// off.
//
// A line is a claim about somebody, not a person of ours: nobody is created or told by it. It is sealed; keyed hashes
// of its phone and paper let a room that has a right to compare ask whether somebody it knows was listed (listed()).
// Officers of the area where the trip is kept, or where it leads, open a list with a reason, and the look is in the
// access log; the keeper sees counts. Lists are taken only where a decision on declarations asks for them, at the time
// of departure, at either end: one that names no form, or one of Settings::forms. They are deleted kKept after they
// arrived.
//
// Every answered call is durable and, with its idempotency key, happens once. Thread-safe. Publishes passengers.listed
// (subject: the trip's place; unit: where it leads) when seats were told or taken off.

#pragma once

#include <string>
#include <vector>

#include "modules/command/decisions.h"
#include "modules/places/places.h"
#include "platform/base/vault.h"
#include "platform/http/router.h"
#include "platform/identity/access.h"
#include "platform/store/database.h"
#include "platform/store/follower.h"
#include "platform/tables/list.h"

namespace luytre::passengers {

inline constexpr std::chrono::hours kKept{28 * 24};
inline constexpr std::chrono::hours kLatest{14 * 24};  // a list may be sent this long after the departure …
inline constexpr std::chrono::hours kAhead{7 * 24};    // … or before
inline constexpr std::size_t kLinesMost = 2'000;       // more than any train, plane or ship of ours seats
inline constexpr std::size_t kBytesMost = 1024 * 1024;
inline constexpr std::size_t kTripsShown = 200;
inline constexpr const char* kTrip = "vehicleTrip";

struct Passenger {
  std::string seat;
  std::string name;
  std::int64_t birth_year = 0;
  std::optional<std::string> phone;  // E.164
  std::optional<std::string> paper;
};
BOOST_DESCRIBE_STRUCT(Passenger, (), (seat, name, birth_year, phone, paper))

// Somebody of ours, and how a list may know them.
struct Known {
  std::string name;
  std::int64_t birth_year = 0;
  std::vector<std::string> phones;  // E.164
  std::vector<std::string> papers;
};

// A line that may be about them. By a paper's number, or by a phone together with name and year of birth, because
// phones are shared. Still a claim: who is listed need not have travelled.
struct Listed {
  PlaceId place;
  Instant departure;
  UnitId unit, towards;
  std::string seat;
};

// One departure with a list.
struct Departure {
  Instant at;
  PlaceId place;
  UnitId unit;
};
BOOST_DESCRIBE_STRUCT(Departure, (), (at, place, unit))

// A line that came with a list, or was taken off it.
struct Told {
  Instant departure;
  Passenger passenger;
};

enum class LineState { kTaken, kChanged, kSame, kRefused };
BOOST_DESCRIBE_ENUM(LineState, kTaken, kChanged, kSame, kRefused)

struct LineResult {
  std::int64_t line = 0;            // of the file, from 1
  std::optional<std::string> seat;  // as written
  LineState state = LineState::kTaken;
  std::vector<tables::Flaw> errors;  // required, format, range, too_long, repeated, encoding
};
BOOST_DESCRIBE_STRUCT(LineResult, (), (line, seat, state, errors))

struct Report {
  PlaceId place;
  Instant departure;
  std::int64_t taken = 0, changed = 0, same = 0, refused = 0;
  std::vector<LineResult> lines;
};
BOOST_DESCRIBE_STRUCT(Report, (), (place, departure, taken, changed, same, refused, lines))

struct List {
  PlaceId place;
  Instant departure;
  UnitId towards;
  std::string bytes;  // of the file
};

// A seat that was told by mistake.
struct TakeOff {
  Instant departure;
  Text<20> seat;  // as told
};
BOOST_DESCRIBE_STRUCT(TakeOff, (), (departure, seat))

struct TakenOff {
  Instant departure;
  std::string seat;
  Instant at;
};
BOOST_DESCRIBE_STRUCT(TakenOff, (), (departure, seat, at))

// A line as officers see it.
struct ListLine {
  std::string seat;
  std::string name;
  std::int64_t birth_year = 0;
  std::optional<std::string> phone;  // E.164
  std::optional<std::string> paper;
  std::optional<Instant> taken_off;  // by the keeper: told by mistake
};
BOOST_DESCRIBE_STRUCT(ListLine, (), (seat, name, birth_year, phone, paper, taken_off))

struct Trip {
  PlaceId place;
  std::string place_name;
  Instant departure;
  UnitId towards;
  std::string towards_name;
  std::int64_t seats = 0;
};
BOOST_DESCRIBE_STRUCT(Trip, (), (place, place_name, departure, towards, towards_name, seats))

inline constexpr ErrorCode kNotATrip{"not_a_trip", 409};  // the place is no vehicle's trip

struct Settings {
  bool study = false;
  std::vector<std::string> forms{};  // about journeys: where one of them is on, a list is asked for
};

class Passengers {
 public:
  Passengers(store::Database& db, const places::Places& places, const command::Decisions& decisions,
             const geography::Geography& geography, const identity::Access& access, const Vault& vault,
             Settings settings = {});

  // Of the keeper. Errors: unauthenticated, second_proof_required, not_found, not_permitted, not_a_trip, place_closed,
  // invalid (?departure, ?towards), those of tables::read_list, not_in_force.
  Task<Result<Report>> list(const Caller& caller, List list, std::optional<store::Once> once);
  // Of the keeper, as long after the departure as a list may be sent. Errors: unauthenticated, second_proof_required,
  // not_found, not_permitted, not_a_trip, invalid (/departure, /seat).
  Task<Result<TakenOff>> take_off(const Caller& caller, PlaceId place, TakeOff seat,
                                  std::optional<store::Once> once) const;
  // Departures of a vehicle that have a list, newest first, at most kTripsShown; for its keeper. Errors: not_found,
  // not_permitted.
  Task<Result<std::vector<Trip>>> trips_of(const Caller& caller, PlaceId place) const;
  // Likewise those that begin or end in the officer's area. Errors: not_permitted.
  Task<Result<std::vector<Trip>>> trips_here(const Caller& caller) const;
  // For officers of either end; logged. By seat, and then what was taken off. Errors: not_found, not_permitted,
  // reason_required.
  Task<Result<std::vector<ListLine>>> of_trip(const Caller& caller, PlaceId place, Instant departure,
                                              std::string reason) const;

  // Everybody on the list of one departure, by seat; empty without a list. Within another's transaction, unchecked
  // and not logged: whoever asks has the right, and logs.
  struct Boarded {
    UnitId unit, towards;  // of this seat: one list may lead to several places
    Passenger passenger;
  };
  std::vector<Boarded> boarded(store::Session& session, PlaceId place, Instant departure) const;
  // Departures in the interval, oldest first. Within another's transaction, unchecked and not logged: whoever asks has
  // the right to compare, and logs what it then shows.
  std::vector<Listed> listed(store::Session& session, const Known& known, Interval when) const;
  // Likewise: every departure in the interval, oldest first; and the lines that a passengers.listed of that place and
  // instant tells of, by departure and seat: told then, or taken off.
  static std::vector<Departure> departures(store::Session& session, Interval when);
  std::vector<Told> told_at(store::Session& session, PlaceId place, Instant recorded) const;

  store::Recurring retention() const;

 private:
  struct Checked;
  Result<places::SpotPtr> kept(const Caller& caller, PlaceId place) const;
  Result<Checked> checked(const List& list) const;
  Report record(store::Session& session, AccountId by, const List& list, const Checked& checked, UnitId unit) const;
  std::vector<store::Bytes> keys_of(const std::vector<std::string>& phones,
                                    const std::vector<std::string>& papers) const;
  bool asked_for(const List& list, UnitId leaves) const;
  bool seen_from(const std::vector<UnitId>& areas, UnitId unit, UnitId towards) const;

  store::Database& db_;
  const places::Places& places_;
  const command::Decisions& decisions_;
  const geography::Geography& geography_;
  const identity::Access& access_;
  const Vault& vault_;
  const Settings settings_;
};

void routes(http::Router& router, Passengers& passengers);

const std::vector<store::Migration>& migrations();

}  // namespace luytre::passengers
