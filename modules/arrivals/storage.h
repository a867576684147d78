// SQL of arrivals.

#pragma once

#include <functional>
#include <map>
#include <span>

#include "modules/arrivals/arrivals.h"
#include "platform/geography/within.h"

namespace luytre::arrivals::storage {

struct ArrivalRow {
  ArrivalId id;
  PersonId person;
  PlaceId place;
  UnitId unit, towards;
  Instant decided;
  Outcome outcome = Outcome::kPass;
  std::optional<declarations::DeclarationId> declaration;
  std::optional<PlaceId> vehicle;
  std::optional<Instant> departure;
  std::optional<store::Bytes> note;
  AccountId decided_by;
  std::optional<Instant> acknowledged;
  std::optional<AccountId> acknowledged_by;
  std::int64_t within_minutes = 0;
  std::optional<Instant> due_at;
  std::int64_t base = 0, level = 0;  // of referrals::Level
  std::optional<Instant> received;   // nothing is left to do
  bool own_code = false;             // was shown
};
BOOST_DESCRIBE_STRUCT(ArrivalRow, (),
                      (id, person, place, unit, towards, decided, outcome, declaration, vehicle, departure, note,
                       decided_by, acknowledged, acknowledged_by, within_minutes, due_at, base, level, received,
                       own_code))

void insert(store::Session& session, const ArrivalRow& arrival);
std::optional<ArrivalRow> find(store::Session& session, ArrivalId id);

struct Search {
  geography::Within of;  // where they go
  std::optional<Outcome> outcome;
  std::optional<Reached> state;
  bool descending = true;
};
// Those after an id in that order. Costs a short look into an index for each unit.
std::vector<ArrivalRow> page(store::Session& session, const Search& search, ArrivalId after, std::size_t most);
const store::Query& page_query(std::optional<Reached> state, bool descending, bool everywhere);  // for tests
std::vector<Crossing> crossings(store::Session& session, PersonId person, Interval when, std::size_t most);
std::vector<PersonId> crossed_in(store::Session& session, std::span<const UnitId> units, Interval when, PersonId after,
                                 std::size_t most);
bool acknowledge(store::Session& session, ArrivalId id, AccountId by, Instant now);
// Those that nobody acknowledged in time and that can go further, the longest waiting first.
std::vector<ArrivalRow> late(store::Session& session, Instant now, std::size_t most);
void lift(store::Session& session, const ArrivalRow& arrival);                      // level and deadline
std::int64_t decided(store::Session& session, PlaceId vehicle, Instant departure);  // persons
void retain(store::Session& session, IdMaker& ids, Instant now, Instant before);

bool receive(store::Session& session, ArrivalId id, Instant now);  // unless it is received

using ReceptionId = Id<struct ReceptionTag>;

struct ReceptionRow {
  ReceptionId id;
  ArrivalId arrival;
  Instant at;
  AccountId recorded_by;
  referrals::Outcome outcome = referrals::Outcome::kReached;
  std::optional<store::Bytes> note;
};
BOOST_DESCRIBE_STRUCT(ReceptionRow, (), (id, arrival, at, recorded_by, outcome, note))

void insert(store::Session& session, const ReceptionRow& reception);
std::map<ArrivalId, std::vector<ReceptionRow>> receptions(store::Session& session,
                                                          std::span<const ArrivalRow> arrivals);  // oldest first

// Who declared that they come. Gate, vehicle and papers as keyed hashes.
struct ExpectedRow {
  declarations::DeclarationId declaration;
  PersonId person;
  forms::Colour colour = forms::Colour::kGreen;
  Date day;
  store::Bytes gate, vehicle;
  store::Bytes label;  // sealed: the vehicle's words
  Instant recorded;
};
BOOST_DESCRIBE_STRUCT(ExpectedRow, (), (declaration, person, colour, day, gate, vehicle, label, recorded))

void expect(store::Session& session, const ExpectedRow& row, std::span<const store::Bytes> papers);  // in its place
void forget(store::Session& session, declarations::DeclarationId declaration);
std::optional<ExpectedRow> expected(store::Session& session, declarations::DeclarationId declaration);

struct VehicleDay {
  Date day;
  store::Bytes vehicle;
  declarations::DeclarationId first;  // of them
  std::int64_t declared = 0, red = 0, decided = 0;
};
BOOST_DESCRIBE_STRUCT(VehicleDay, (), (day, vehicle, first, declared, red, decided))
// By day; both days included. Decided: at the place, since the first of them.
// By which a gate is found: chosen from the list, or written in words.
struct GateKeys {
  store::Bytes chosen, written;
};
std::vector<VehicleDay> at_gate(store::Session& session, const GateKeys& gate, PlaceId place, Date from, Date to,
                                std::size_t most);
// By one vehicle; `vehicle` holds its day.
std::vector<ExpectedRow> on_vehicle(store::Session& session, const GateKeys& gate, const store::Bytes& vehicle,
                                    Date from, Date to, std::size_t most);
// For each key, those who come within the days, the newest declaration first.
std::vector<std::vector<ExpectedRow>> with_papers(store::Session& session, std::span<const store::Bytes> papers,
                                                  Date from, Date to);
// For each person, the last decision at the place since then, if any.
std::vector<std::optional<Outcome>> outcomes(store::Session& session, std::span<const PersonId> persons, PlaceId place,
                                             Instant since);

}  // namespace luytre::arrivals::storage
