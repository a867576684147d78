#include "modules/arrivals/storage.h"

#include <algorithm>
#include <iterator>

#include "platform/store/few.h"
#include "platform/store/merged.h"
#include "platform/store/paged.h"

namespace luytre::arrivals::storage {
namespace {

using store::Query;
using store::Session;

constexpr Query kInsert{"arrivals.insert", R"sql(
  INSERT INTO arrivals_arrival (id, person, place, unit, towards, decided, outcome, declaration, vehicle, departure, note,
    decided_by, acknowledged, acknowledged_by, within_minutes, due_at, base, level, received, own_code)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20))sql"};

constexpr Query kFind{"arrivals.find", R"sql(
  SELECT id, person, place, unit, towards, decided, outcome, declaration, vehicle, departure, note, decided_by,
    acknowledged, acknowledged_by, within_minutes, due_at, base, level, received, own_code
  FROM arrivals_arrival
  WHERE id = $1)sql"};

struct Shape {
  std::optional<Reached> state;
  bool descending, everywhere;
  std::size_t first;  // as a literal; 0: as many as asked for
  friend auto operator<=>(const Shape&, const Shape&) = default;
};

// As the indexes of migration 008 have it.
const char* left_to_do(std::optional<Reached> state) {
  if (!state) return "";
  switch (*state) {
    case Reached::kWaiting:
      return " AND received IS NULL AND acknowledged IS NULL";
    case Reached::kAcknowledged:
      return " AND received IS NULL AND acknowledged IS NOT NULL";
    case Reached::kDone:
      break;
  }
  return " AND received IS NOT NULL";
}

// Parameters: id after which, outcome, where they go unless everywhere, how many.
const Query& query_of(const Shape& shape) {
  static const store::Queries<Shape> all = [] {
    store::Queries<Shape> out;
    const std::optional<Reached> states[] = {{}, Reached::kWaiting, Reached::kAcknowledged, Reached::kDone};
    for (const auto& state : states)
      for (const bool descending : {false, true})
        for (const bool everywhere : {false, true})
          for (const std::size_t first : store::kLooks) {
            const std::string last = everywhere ? "$3" : "$4";
            out.add({state, descending, everywhere, first},
                    "arrivals.page" + (state ? '_' + json::enum_text(*state) : std::string()) +
                        (descending ? "_down" : "_up") + (everywhere ? "" : "_of_unit") +
                        (first > 0 ? "_first_" + std::to_string(first) : ""),
                    std::string("SELECT id\n  FROM arrivals_arrival\n  WHERE id ") + (descending ? "<" : ">") +
                        " $1 AND (CAST($2 AS text) IS NULL OR outcome = $2)" + left_to_do(state) +
                        (everywhere ? "" : "\n    AND towards = $3") + "\n  ORDER BY id" + (descending ? " DESC" : "") +
                        "\n  LIMIT " + (first > 0 ? std::to_string(first) : last));
          }
    return out;
  }();
  return all.of(shape);
}

struct Spot {
  ArrivalId id;
};
BOOST_DESCRIBE_STRUCT(Spot, (), (id))

constexpr Query kCrossings{"arrivals.crossings", R"sql(
  SELECT place, unit, towards, decided, own_code
  FROM arrivals_arrival
  WHERE person = $1 AND decided >= $2 AND decided < $3
  ORDER BY decided, id
  LIMIT $4)sql"};

constexpr Query kCrossedIn{"arrivals.crossed_in", R"sql(
  SELECT DISTINCT person
  FROM arrivals_arrival
  WHERE unit = $1 AND decided >= $2 AND decided < $3 AND person > $4
  ORDER BY person
  LIMIT $5)sql"};

constexpr Query kAcknowledge{"arrivals.acknowledge", R"sql(
  UPDATE arrivals_arrival
  SET acknowledged = $3, acknowledged_by = $2
  WHERE id = $1 AND acknowledged IS NULL)sql"};

constexpr Query kReceive{"arrivals.receive", R"sql(
  UPDATE arrivals_arrival
  SET received = $2
  WHERE id = $1 AND received IS NULL)sql"};

constexpr Query kInsertReception{"arrivals.insert_reception", R"sql(
  INSERT INTO arrivals_reception (id, arrival, at, recorded_by, outcome, note)
  VALUES ($1, $2, $3, $4, $5, $6))sql"};

constexpr Query kReceptions{"arrivals.receptions", R"sql(
  SELECT id, arrival, at, recorded_by, outcome, note
  FROM arrivals_reception
  WHERE arrival = $1
  ORDER BY id)sql"};

constexpr Query kDeleteReceptions{"arrivals.delete_receptions", R"sql(
  DELETE FROM arrivals_reception
  WHERE arrival IN (
    SELECT id
    FROM arrivals_arrival
    WHERE decided < $1))sql"};

constexpr Query kLate{"arrivals.late", R"sql(
  SELECT id, person, place, unit, towards, decided, outcome, declaration, vehicle, departure, note, decided_by,
    acknowledged, acknowledged_by, within_minutes, due_at, base, level, received, own_code
  FROM arrivals_arrival
  WHERE acknowledged IS NULL AND level < 2 AND due_at <= $1
  ORDER BY due_at, id
  LIMIT $2)sql"};

constexpr Query kLift{"arrivals.lift", R"sql(
  UPDATE arrivals_arrival
  SET level = $2, due_at = $3
  WHERE id = $1)sql"};

constexpr Query kDecided{"arrivals.decided", R"sql(
  SELECT count(DISTINCT person)
  FROM arrivals_arrival
  WHERE vehicle = $1 AND departure = $2)sql"};

constexpr Query kDelete{"arrivals.delete", R"sql(
  DELETE FROM arrivals_arrival
  WHERE decided < $1)sql"};

constexpr Query kExpect{"arrivals.expect", R"sql(
  INSERT INTO arrivals_expected (declaration, person, colour, day, gate, vehicle, label, recorded)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8))sql"};

constexpr Query kPaper{"arrivals.paper", R"sql(
  INSERT INTO arrivals_paper (blind, declaration)
  VALUES ($1, $2))sql"};

constexpr Query kForget{"arrivals.forget", R"sql(
  DELETE FROM arrivals_expected
  WHERE declaration = $1)sql"};

constexpr Query kForgetPapers{"arrivals.forget_papers", R"sql(
  DELETE FROM arrivals_paper
  WHERE declaration = $1)sql"};

constexpr Query kExpected{"arrivals.expected", R"sql(
  SELECT declaration, person, colour, day, gate, vehicle, label, recorded
  FROM arrivals_expected
  WHERE declaration = $1)sql"};

constexpr Query kAtGate{"arrivals.at_gate", R"sql(
  SELECT e.day, e.vehicle, min(e.declaration), count(*),
    CAST(sum(CASE WHEN e.colour = 'red' THEN 1 ELSE 0 END) AS bigint),
    CAST(sum(CASE WHEN EXISTS (
      SELECT 1
      FROM arrivals_arrival a
      WHERE a.person = e.person AND a.place = $5 AND a.decided >= $6) THEN 1 ELSE 0 END) AS bigint)
  FROM arrivals_expected e
  WHERE e.gate IN ($1, $2) AND e.day >= $3 AND e.day <= $4
  GROUP BY e.day, e.vehicle
  ORDER BY e.day, e.vehicle
  LIMIT $7)sql"};

constexpr Query kOnVehicle{"arrivals.on_vehicle", R"sql(
  SELECT declaration, person, colour, day, gate, vehicle, label, recorded
  FROM arrivals_expected
  WHERE gate IN ($1, $2) AND vehicle = $3 AND day >= $4 AND day <= $5
  ORDER BY declaration
  LIMIT $6)sql"};

constexpr Query kWithPaper{"arrivals.with_paper", R"sql(
  SELECT e.declaration, e.person, e.colour, e.day, e.gate, e.vehicle, e.label, e.recorded
  FROM arrivals_paper p
  JOIN arrivals_expected e ON e.declaration = p.declaration
  WHERE p.blind = $1 AND e.day >= $2 AND e.day <= $3
  ORDER BY e.declaration DESC
  LIMIT 20)sql"};

constexpr Query kOutcome{"arrivals.outcome", R"sql(
  SELECT outcome
  FROM arrivals_arrival
  WHERE person = $1 AND place = $2 AND decided >= $3
  ORDER BY decided DESC, id DESC
  LIMIT 1)sql"};

constexpr Query kDeletePapers{"arrivals.delete_papers", R"sql(
  DELETE FROM arrivals_paper
  WHERE declaration IN (
    SELECT declaration
    FROM arrivals_expected
    WHERE recorded < $1))sql"};

constexpr Query kDeleteExpected{"arrivals.delete_expected", R"sql(
  DELETE FROM arrivals_expected
  WHERE recorded < $1)sql"};

constexpr Query kProof{"arrivals.proof", R"sql(
  INSERT INTO arrivals_retention (id, ran, rule, decided_before, deleted)
  VALUES ($1, $2, $3, $4, $5))sql"};

}  // namespace

void insert(Session& session, const ArrivalRow& a) {
  session.run(kInsert, a.id, a.person, a.place, a.unit, a.towards, a.decided, a.outcome, a.declaration, a.vehicle,
              a.departure, a.note, a.decided_by, a.acknowledged, a.acknowledged_by, a.within_minutes, a.due_at, a.base,
              a.level, a.received, a.own_code);
}

std::optional<ArrivalRow> find(Session& session, ArrivalId id) {
  return session.one<ArrivalRow>(kFind, id);
}

const Query& page_query(std::optional<Reached> state, bool descending, bool everywhere) {
  return query_of({state, descending, everywhere, 0});
}

std::vector<ArrivalRow> page(Session& session, const Search& search, ArrivalId after, std::size_t most) {
  std::vector<Spot> found;
  if (search.of.everywhere) {
    found = store::one_look<Spot>(session, page_query(search.state, search.descending, true),
                                  store::values(after, search.outcome), most);
  } else {
    const auto query = [&](std::size_t, std::size_t first) -> const Query& {
      return query_of({search.state, search.descending, false, first});
    };
    const auto row = [&](std::size_t at, const Spot& from) {
      return store::values(from.id, search.outcome, search.of.units[at]);
    };
    const auto before = [&](const Spot& a, const Spot& b) { return search.descending ? b.id < a.id : a.id < b.id; };
    found = store::paged(session, 1, search.of.units.size(), most, Spot{after}, query, row, before);
  }
  std::vector<store::Row> ids;
  for (const Spot& one : found) ids.push_back(store::values(one.id));
  std::vector<ArrivalRow> out;
  for (auto& rows : session.each<ArrivalRow>(kFind, ids)) out.push_back(std::move(rows.front()));
  return out;
}

std::vector<Crossing> crossings(Session& session, PersonId person, Interval when, std::size_t most) {
  return session.all<Crossing>(kCrossings, person, when.from, when.to, most);
}

std::vector<PersonId> crossed_in(Session& session, std::span<const UnitId> units, Interval when, PersonId after,
                                 std::size_t most) {
  std::vector<store::Row> looks;
  for (const UnitId unit : units)
    looks.push_back({store::to_value(unit), store::to_value(when.from), store::to_value(when.to),
                     store::to_value(after), store::to_value(most)});
  return store::merged<PersonId>(session, kCrossedIn, looks, most);
}

bool acknowledge(Session& session, ArrivalId id, AccountId by, Instant now) {
  return session.run(kAcknowledge, id, by, now) == 1;
}

bool receive(Session& session, ArrivalId id, Instant now) {
  return session.run(kReceive, id, now) == 1;
}

void insert(Session& session, const ReceptionRow& r) {
  session.run(kInsertReception, r.id, r.arrival, r.at, r.recorded_by, r.outcome, r.note);
}

std::map<ArrivalId, std::vector<ReceptionRow>> receptions(Session& session, std::span<const ArrivalRow> arrivals) {
  std::vector<store::Row> looks;
  for (const ArrivalRow& one : arrivals) looks.push_back(store::values(one.id));
  std::map<ArrivalId, std::vector<ReceptionRow>> out;
  for (auto& found : session.each<ReceptionRow>(kReceptions, looks))
    for (ReceptionRow& row : found) out[row.arrival].push_back(std::move(row));
  return out;
}

std::vector<ArrivalRow> late(Session& session, Instant now, std::size_t most) {
  return session.all<ArrivalRow>(kLate, now, most);
}

void lift(Session& session, const ArrivalRow& arrival) {
  session.run(kLift, arrival.id, arrival.level, arrival.due_at);
}

std::int64_t decided(Session& session, PlaceId vehicle, Instant departure) {
  return session.value<std::int64_t>(kDecided, vehicle, departure);
}

void retain(Session& session, IdMaker& ids, Instant now, Instant before) {
  const auto proved = [&](std::string_view rule, std::int64_t deleted) {
    if (deleted > 0) session.run(kProof, ids.next(), now, std::string(rule), before, deleted);
  };
  session.run(kDeleteReceptions, before);
  proved("arrivals: 28 days", session.run(kDelete, before));
  session.run(kDeletePapers, before);
  proved("expected: 28 days", session.run(kDeleteExpected, before));
}

void expect(Session& session, const ExpectedRow& row, std::span<const store::Bytes> papers) {
  forget(session, row.declaration);
  session.run(kExpect, row.declaration, row.person, row.colour, row.day, row.gate, row.vehicle, row.label,
              row.recorded);
  std::vector<store::Row> values;
  for (const auto& paper : papers) values.push_back({store::to_value(paper), store::to_value(row.declaration)});
  session.insert(kPaper, values);
}

void forget(Session& session, declarations::DeclarationId declaration) {
  session.run(kForgetPapers, declaration);
  session.run(kForget, declaration);
}

std::optional<ExpectedRow> expected(Session& session, declarations::DeclarationId declaration) {
  return session.one<ExpectedRow>(kExpected, declaration);
}

std::vector<VehicleDay> at_gate(Session& session, const GateKeys& gate, PlaceId place, Date from, Date to,
                                std::size_t most) {
  return session.all<VehicleDay>(kAtGate, gate.chosen, gate.written, from, to, place, local_midnight(from), most);
}

std::vector<ExpectedRow> on_vehicle(Session& session, const GateKeys& gate, const store::Bytes& vehicle, Date from,
                                    Date to, std::size_t most) {
  return session.all<ExpectedRow>(kOnVehicle, gate.chosen, gate.written, vehicle, from, to, most);
}

std::vector<std::vector<ExpectedRow>> with_papers(Session& session, std::span<const store::Bytes> papers, Date from,
                                                  Date to) {
  std::vector<store::Row> looks;
  for (const auto& paper : papers)
    looks.push_back({store::to_value(paper), store::to_value(from), store::to_value(to)});
  if (looks.empty()) return {};
  return session.each<ExpectedRow>(kWithPaper, looks);
}

std::vector<std::optional<Outcome>> outcomes(Session& session, std::span<const PersonId> persons, PlaceId place,
                                             Instant since) {
  std::vector<store::Row> looks;
  for (const PersonId person : persons)
    looks.push_back({store::to_value(person), store::to_value(place), store::to_value(since)});
  std::vector<std::optional<Outcome>> out;
  if (looks.empty()) return out;
  for (const auto& found : session.each<Outcome>(kOutcome, looks))
    out.push_back(found.empty() ? std::nullopt : std::optional(found.front()));
  return out;
}

}  // namespace luytre::arrivals::storage
