// SQL of the passengers room.

#pragma once

#include <functional>

#include "modules/passengers/passengers.h"

namespace luytre::passengers::storage {

struct SeatRow {
  PlaceId place;
  Instant departure;
  std::string seat;
  UnitId unit, towards;
  Instant recorded;
  AccountId recorded_by;
  store::Bytes content;  // sealed Passenger
};
BOOST_DESCRIBE_STRUCT(SeatRow, (), (place, departure, seat, unit, towards, recorded, recorded_by, content))

// Of a line's phone or paper.
struct KeyRow {
  store::Bytes blind;
  PlaceId place;
  Instant departure;
  std::string seat;
  Instant recorded;
};
BOOST_DESCRIBE_STRUCT(KeyRow, (), (blind, place, departure, seat, recorded))

void insert(store::Session& session, std::span<const KeyRow> keys);
// The lines that have one of the keys, of departures in [from, to), by departure.
std::vector<SeatRow> with_keys(store::Session& session, std::span<const store::Bytes> keys, Instant from, Instant to);

struct TripRow {
  PlaceId place;
  Instant departure;
  UnitId unit, towards;
  std::int64_t seats = 0;
};
BOOST_DESCRIBE_STRUCT(TripRow, (), (place, departure, unit, towards, seats))

// A seat that was taken off.
struct TakenOffRow {
  std::string seat;
  UnitId unit, towards;
  store::Bytes content;
  Instant taken_off;
};
BOOST_DESCRIBE_STRUCT(TakenOffRow, (), (seat, unit, towards, content, taken_off))

std::vector<SeatRow> seats(store::Session& session, PlaceId place, Instant departure);  // by seat
std::optional<SeatRow> find_seat(store::Session& session, PlaceId place, Instant departure, std::string_view seat);
void take_off(store::Session& session, IdMaker& ids, const SeatRow& row, Instant at, AccountId by);  // with its keys
std::vector<TakenOffRow> taken_off(store::Session& session, PlaceId place, Instant departure);       // by seat and time
// Those recorded or taken off then, by departure and seat.
std::vector<SeatRow> told_at(store::Session& session, PlaceId place, Instant recorded);
void remove(store::Session& session, PlaceId place, Instant departure, std::string_view seat);  // with its keys
void insert(store::Session& session, std::span<const SeatRow> rows);
std::vector<TripRow> trips(store::Session& session, PlaceId place, std::size_t most);  // newest first
// All that are kept, newest first, until `more` answers false.
void each_trip(store::Session& session, const std::function<bool(const TripRow&)>& more);
std::vector<Departure> departures(store::Session& session, Interval when);  // oldest first
std::int64_t retain(store::Session& session, IdMaker& ids, Instant now, Instant recorded_before);

}  // namespace luytre::passengers::storage
