// Arrivals: travellers at a place of entry — a border gate, an airport, a station — and where they go on to.
//
// An officer of the place's area reads the code that a traveller shows (it is good for ten minutes, and showing it is
// the traveller's own act), sees the declaration on entry, corrects it together with the traveller, and decides: pass,
// examine, quarantine. The decision is handed over to the unit where the traveller goes: its officers see who comes to
// them, and acknowledge it. Quarantine decided here is done at the place and proposed to the receiving unit; it is no
// order, which an officer signs elsewhere.
//
// What the receiving unit has not acknowledged by its deadline becomes the task of the level above, too, by the same
// ladder as referrals (modules/referrals/ladder.h): station, health centre, province. Every level sees it at once; only
// whose task it is may acknowledge.
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
inline constexpr std::size_t kShown = 200;
inline constexpr const char* kForm = "entry";
// Within what time the receiving unit is to take notice. As for whom a checkpoint sends on, this project's own; who
// passed with nothing to see to, within a day.
inline constexpr std::chrono::minutes kPassedWithin{24 * 60};

enum class Outcome { kPass, kExamine, kQuarantine };
BOOST_DESCRIBE_ENUM(Outcome, kPass, kExamine, kQuarantine)

struct Look {
  PlaceId place;
  Text<600> code;    // as the traveller shows it
  Note<500> reason;  // kept in the access log
};
BOOST_DESCRIBE_STRUCT(Look, (), (place, code, reason))

struct Traveller {
  people::PersonBrief person;
  std::optional<declarations::Declaration> declaration;  // the newest on entry, with answers
};
BOOST_DESCRIBE_STRUCT(Traveller, (), (person, declaration))

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
};
BOOST_DESCRIBE_STRUCT(Coming, (),
                      (id, person, place_name, at, outcome, towards, towards_name, note, declaration, acknowledged_at,
                       due_at, level, escalated, yours, overdue))

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

struct Needs {
  store::Database& db;
  const places::Places& places;
  const people::People& people;
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
  // of the code ---- Errors: also reason_required.
  Task<Result<Traveller>> look(const Caller& caller, Look look) const;
  // Errors: also not_found (the declaration), declaration_replaced, invalid (pointers below /response).
  Task<Result<declarations::Declaration>> correct(const Caller& caller, Correction correction, std::string key);
  // Errors: also invalid.
  Task<Result<Decided>> decide(const Caller& caller, NewArrival arrival, std::string key);
  // Departures with a passenger list that begin or end in the own area, newest first.
  Task<Result<std::vector<VehicleQueue>>> vehicles(const Caller& caller) const;

  // ---- where travellers go ----
  // Newest first, at most kShown; everybody on the list is logged. Errors: not_permitted.
  Task<Result<std::vector<Coming>>> coming(const Caller& caller) const;
  // Again: nothing changes. Errors: not_found, not_permitted, referral_not_escalated.
  Task<Result<Done>> acknowledge(const Caller& caller, ArrivalId arrival);

  store::Recurring escalate() const;
  store::Recurring retention() const;

  struct Impl;

 private:
  std::unique_ptr<Impl> impl_;
};

void routes(http::Router& router, Arrivals& arrivals);

const std::vector<store::Migration>& migrations();

}  // namespace luytre::arrivals
