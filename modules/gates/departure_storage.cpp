#include "modules/gates/departure_storage.h"

#include <algorithm>

namespace luytre::gates::storage {
namespace {

using store::Query;
using store::Session;
using store::to_value;

constexpr Query kInsert{"gates.insert_departure", R"sql(
  INSERT INTO gates_departure (id, place, zone, guard, departed, mark, heads, recorded)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8))sql"};

constexpr Query kDepartures{"gates.departures_unmet", R"sql(
  SELECT id, place, zone, guard, departed, mark, heads, recorded
  FROM gates_departure
  WHERE place = $1 AND mark = $2 AND departed > $3 AND departed <= $4
  ORDER BY departed, id)sql"};

constexpr Query kSetUnmet{"gates.set_unmet", R"sql(
  UPDATE gates_departure
  SET heads = $2
  WHERE id = $1)sql"};

constexpr Query kMet{"gates.departure_met", R"sql(
  DELETE FROM gates_departure
  WHERE id = $1)sql"};

constexpr Query kOpen{"gates.open_entries", R"sql(
  SELECT id, place, zone, guard, entered, until, how, visit, heads, claim, recorded, person, asked, mark, departed,
         declared
  FROM gates_entry
  WHERE place = $1 AND mark = $2 AND departed IS NULL AND entered < $3 AND entered >= $4
  ORDER BY entered, id)sql"};

constexpr Query kAfter{"gates.entries_after", R"sql(
  SELECT id, place, zone, guard, entered, until, how, visit, heads, claim, recorded, person, asked, mark, departed,
         declared
  FROM gates_entry
  WHERE place = $1 AND mark = $2 AND departed IS NULL AND visit = $3 AND entered > $4
  ORDER BY entered, id)sql"};

constexpr Query kDepart{"gates.depart", R"sql(
  UPDATE gates_entry
  SET until = $3, departed = $3
  WHERE id = $2 AND place = $1)sql"};

constexpr Query kSetHeads{"gates.set_heads", R"sql(
  UPDATE gates_entry
  SET heads = $3
  WHERE id = $2 AND place = $1)sql"};

constexpr Query kSetVisit{"gates.set_visit", R"sql(
  UPDATE gates_entry
  SET visit = $3
  WHERE id = $2 AND place = $1)sql"};

constexpr Query kDeclare{"gates.declare", R"sql(
  UPDATE gates_entry
  SET heads = $3, claim = $4, declared = $5
  WHERE id = $2 AND place = $1)sql"};

constexpr Query kUndeclared{"gates.undeclared", R"sql(
  SELECT id, place, zone, guard, entered, until, how, visit, heads, claim, recorded, person, asked, mark, departed,
         declared
  FROM gates_entry
  WHERE place = $1 AND how = 'ambulance' AND declared IS NULL AND entered >= $2
  ORDER BY entered DESC
  LIMIT $3)sql"};

constexpr std::chrono::hours kReach{24};  // no usual stay is longer than a day

template <class Found, class Order>
std::vector<Found> of_marks(Session& session, const Query& query, std::span<const Marked> marks, Instant one,
                            Instant other, Order&& order) {
  std::vector<store::Row> keys;
  for (const Marked& marked : marks)
    keys.push_back({to_value(marked.place), to_value(marked.mark), to_value(one), to_value(other)});
  std::vector<Found> out;
  for (auto& rows : session.each<Found>(query, keys))
    for (auto& row : rows) out.push_back(std::move(row));
  std::sort(out.begin(), out.end(), [&](const Found& a, const Found& b) { return order(a) < order(b); });
  return out;
}

}  // namespace

void insert(Session& session, const DepartureRow& d) {
  session.run(kInsert, d.id, d.place, d.zone, d.guard, d.departed, d.mark, d.heads, d.recorded);
}

std::vector<DepartureRow> departures(Session& session, std::span<const Marked> marks, Instant entered) {
  return of_marks<DepartureRow>(session, kDepartures, marks, entered, entered + kReach,
                                [](const auto& row) { return std::pair(row.departed, row.id); });
}

void set_heads(Session& session, const DepartureRow& departure, std::int64_t heads) {
  if (heads > 0) {
    session.run(kSetUnmet, departure.id, heads);
  } else {
    session.run(kMet, departure.id);
  }
}

std::vector<EntryRow> open_entries(Session& session, std::span<const Marked> marks, Instant at) {
  return of_marks<EntryRow>(session, kOpen, marks, at, at - kReach,
                            [](const auto& row) { return std::pair(row.entered, row.id); });
}

std::vector<EntryRow> entries_after(Session& session, PlaceId place, const store::Bytes& mark, VisitId visit,
                                    Instant at) {
  return session.all<EntryRow>(kAfter, place, mark, visit, at);
}

void depart(Session& session, const EntryRow& entry, Instant at) {
  session.run(kDepart, entry.place, entry.id, at);
}

void set_heads(Session& session, const EntryRow& entry, std::int64_t heads) {
  session.run(kSetHeads, entry.place, entry.id, heads);
}

void declare(Session& session, const EntryRow& ambulance, std::int64_t heads, const std::optional<store::Bytes>& claim,
             Instant at) {
  session.run(kDeclare, ambulance.place, ambulance.id, heads, claim, at);
}

std::vector<EntryRow> undeclared(Session& session, PlaceId place, Instant since, std::size_t most) {
  return session.all<EntryRow>(kUndeclared, place, since, static_cast<std::int64_t>(most));
}

void set_visit(Session& session, const EntryRow& entry, VisitId visit) {
  session.run(kSetVisit, entry.place, entry.id, visit);
}

}  // namespace luytre::gates::storage
