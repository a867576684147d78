#include "modules/passengers/storage.h"

#include <limits>
#include <map>
#include <tuple>

namespace luytre::passengers::storage {
namespace {

constexpr store::Query kSeats{"passengers.seats", R"sql(
  SELECT place, departure, seat, unit, towards, recorded, recorded_by, content
  FROM passengers_seat
  WHERE place = $1 AND departure = $2
  ORDER BY seat)sql"};

constexpr store::Query kSeat{"passengers.seat", R"sql(
  SELECT place, departure, seat, unit, towards, recorded, recorded_by, content
  FROM passengers_seat
  WHERE place = $1 AND departure = $2 AND seat = $3)sql"};

constexpr store::Query kTakeOff{"passengers.take_off", R"sql(
  INSERT INTO passengers_taken_off (id, place, departure, seat, unit, towards, recorded, recorded_by, content,
    taken_off, taken_off_by)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11))sql"};

constexpr store::Query kTakenOff{"passengers.taken_off", R"sql(
  SELECT seat, unit, towards, content, taken_off
  FROM passengers_taken_off
  WHERE place = $1 AND departure = $2
  ORDER BY seat, taken_off, id)sql"};

constexpr store::Query kRemove{"passengers.remove", R"sql(
  DELETE FROM passengers_seat
  WHERE place = $1 AND departure = $2 AND seat = $3)sql"};

constexpr store::Query kRemoveKeys{"passengers.remove_keys", R"sql(
  DELETE FROM passengers_key
  WHERE place = $1 AND departure = $2 AND seat = $3)sql"};

constexpr store::Query kInsertKey{"passengers.insert_key", R"sql(
  INSERT INTO passengers_key (blind, place, departure, seat, recorded)
  VALUES ($1, $2, $3, $4, $5))sql"};

constexpr store::Query kWithKey{"passengers.with_key", R"sql(
  SELECT s.place, s.departure, s.seat, s.unit, s.towards, s.recorded, s.recorded_by, s.content
  FROM passengers_key k
  JOIN passengers_seat s ON s.place = k.place AND s.departure = k.departure AND s.seat = k.seat
  WHERE k.blind = $1 AND k.departure >= $2 AND k.departure < $3
  ORDER BY s.departure, s.place, s.seat
  LIMIT $4)sql"};

constexpr std::size_t kWithKeyMost = 200;

constexpr store::Query kDeleteKeys{"passengers.delete_keys", R"sql(
  DELETE FROM passengers_key
  WHERE recorded < $1)sql"};

constexpr store::Query kInsert{"passengers.insert", R"sql(
  INSERT INTO passengers_seat (place, departure, seat, unit, towards, recorded, recorded_by, content)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8))sql"};

constexpr store::Query kToldAt{"passengers.told_at", R"sql(
  SELECT place, departure, seat, unit, towards, recorded, recorded_by, content
  FROM passengers_seat
  WHERE place = $1 AND recorded = $2
  UNION ALL
  SELECT place, departure, seat, unit, towards, recorded, recorded_by, content
  FROM passengers_taken_off
  WHERE place = $1 AND taken_off = $2
  ORDER BY departure, seat)sql"};

constexpr store::Query kTrips{"passengers.trips", R"sql(
  SELECT place, departure, unit, towards, count(*)
  FROM passengers_seat
  WHERE place = $1
  GROUP BY place, departure, unit, towards
  ORDER BY departure DESC, towards
  LIMIT $2)sql"};

constexpr store::Query kTripsBefore{"passengers.trips_before", R"sql(
  SELECT place, departure, unit, towards, count(*)
  FROM passengers_seat
  WHERE departure < $1
  GROUP BY departure, place, unit, towards
  ORDER BY departure DESC, place DESC, unit DESC, towards DESC
  LIMIT $2)sql"};  // in the index's order: no more is read than asked for

constexpr std::size_t kTripsAtOnce = 500;

constexpr store::Query kDepartures{"passengers.departures", R"sql(
  SELECT DISTINCT departure, place, unit
  FROM passengers_seat
  WHERE departure >= $1 AND departure < $2
  ORDER BY departure, place, unit)sql"};

constexpr store::Query kDelete{"passengers.delete", R"sql(
  DELETE FROM passengers_seat
  WHERE recorded < $1)sql"};

constexpr store::Query kDeleteTakenOff{"passengers.delete_taken_off", R"sql(
  DELETE FROM passengers_taken_off
  WHERE recorded < $1)sql"};

constexpr store::Query kProof{"passengers.proof", R"sql(
  INSERT INTO passengers_retention (id, ran, rule, recorded_before, deleted)
  VALUES ($1, $2, $3, $4, $5))sql"};

}  // namespace

std::vector<SeatRow> seats(store::Session& session, PlaceId place, Instant departure) {
  return session.all<SeatRow>(kSeats, place, departure);
}

std::optional<SeatRow> find_seat(store::Session& session, PlaceId place, Instant departure, std::string_view seat) {
  return session.one<SeatRow>(kSeat, place, departure, std::string(seat));
}

void take_off(store::Session& session, IdMaker& ids, const SeatRow& row, Instant at, AccountId by) {
  session.run(kTakeOff, ids.next(), row.place, row.departure, row.seat, row.unit, row.towards, row.recorded,
              row.recorded_by, row.content, at, by);
  remove(session, row.place, row.departure, row.seat);
}

std::vector<TakenOffRow> taken_off(store::Session& session, PlaceId place, Instant departure) {
  return session.all<TakenOffRow>(kTakenOff, place, departure);
}

std::vector<SeatRow> told_at(store::Session& session, PlaceId place, Instant recorded) {
  return session.all<SeatRow>(kToldAt, place, recorded);
}

void remove(store::Session& session, PlaceId place, Instant departure, std::string_view seat) {
  session.run(kRemoveKeys, place, departure, std::string(seat));
  session.run(kRemove, place, departure, std::string(seat));
}

void insert(store::Session& session, std::span<const KeyRow> keys) {
  std::vector<store::Row> values;
  values.reserve(keys.size());
  for (const KeyRow& k : keys)
    values.push_back({store::to_value(k.blind), store::to_value(k.place), store::to_value(k.departure),
                      store::to_value(k.seat), store::to_value(k.recorded)});
  session.insert(kInsertKey, values);
}

std::vector<SeatRow> with_keys(store::Session& session, std::span<const store::Bytes> keys, Instant from, Instant to) {
  std::vector<store::Row> looks;
  for (const store::Bytes& key : keys)
    looks.push_back({store::to_value(key), store::to_value(from), store::to_value(to), store::to_value(kWithKeyMost)});
  if (looks.empty()) return {};
  std::map<std::tuple<Instant, PlaceId, std::string>, SeatRow> found;  // once, though it has two of the keys
  for (auto& rows : session.each<SeatRow>(kWithKey, looks))
    for (auto& row : rows) found.try_emplace({row.departure, row.place, row.seat}, row);
  std::vector<SeatRow> out;
  for (auto& [key, row] : found) out.push_back(std::move(row));
  return out;
}

void insert(store::Session& session, std::span<const SeatRow> rows) {
  std::vector<store::Row> values;
  values.reserve(rows.size());
  for (const SeatRow& r : rows)
    values.push_back({store::to_value(r.place), store::to_value(r.departure), store::to_value(r.seat),
                      store::to_value(r.unit), store::to_value(r.towards), store::to_value(r.recorded),
                      store::to_value(r.recorded_by), store::to_value(r.content)});
  session.insert(kInsert, values);
}

std::vector<TripRow> trips(store::Session& session, PlaceId place, std::size_t most) {
  return session.all<TripRow>(kTrips, place, most);
}

void each_trip(store::Session& session, const std::function<bool(const TripRow&)>& more) {
  Instant before{std::numeric_limits<std::int64_t>::max()};
  for (;;) {
    auto rows = session.all<TripRow>(kTripsBefore, before, kTripsAtOnce);
    const bool full = rows.size() == kTripsAtOnce;
    // The last departure of a full page may go on: it is read again from its beginning.
    if (full && rows.front().departure != rows.back().departure) {
      const Instant last = rows.back().departure;
      std::erase_if(rows, [&](const TripRow& row) { return row.departure == last; });
    }
    for (const TripRow& row : rows)
      if (!more(row)) return;
    if (!full) return;
    before = rows.back().departure;
  }
}

std::vector<Departure> departures(store::Session& session, Interval when) {
  return session.all<Departure>(kDepartures, when.from, when.to);
}

std::int64_t retain(store::Session& session, IdMaker& ids, Instant now, Instant recorded_before) {
  session.run(kDeleteKeys, recorded_before);
  const std::int64_t deleted = session.run(kDelete, recorded_before) + session.run(kDeleteTakenOff, recorded_before);
  if (deleted > 0) session.run(kProof, ids.next(), now, "passengers: 28 days after arrival", recorded_before, deleted);
  return deleted;
}

}  // namespace luytre::passengers::storage
