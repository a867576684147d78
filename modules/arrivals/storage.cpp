#include "modules/arrivals/storage.h"

namespace luytre::arrivals::storage {
namespace {

using store::Query;
using store::Session;

constexpr Query kInsert{"arrivals.insert", R"sql(
  INSERT INTO arrivals_arrival (id, person, place, unit, towards, decided, outcome, declaration, vehicle, departure, note,
    decided_by, acknowledged, acknowledged_by, within_minutes, due_at, base, level)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18))sql"};

constexpr Query kFind{"arrivals.find", R"sql(
  SELECT id, person, place, unit, towards, decided, outcome, declaration, vehicle, departure, note, decided_by,
    acknowledged, acknowledged_by, within_minutes, due_at, base, level
  FROM arrivals_arrival
  WHERE id = $1)sql"};

constexpr Query kBefore{"arrivals.before", R"sql(
  SELECT id, person, place, unit, towards, decided, outcome, declaration, vehicle, departure, note, decided_by,
    acknowledged, acknowledged_by, within_minutes, due_at, base, level
  FROM arrivals_arrival
  WHERE id < $1
  ORDER BY id DESC
  LIMIT $2)sql"};

constexpr Query kAcknowledge{"arrivals.acknowledge", R"sql(
  UPDATE arrivals_arrival
  SET acknowledged = $3, acknowledged_by = $2
  WHERE id = $1 AND acknowledged IS NULL)sql"};

constexpr Query kLate{"arrivals.late", R"sql(
  SELECT id, person, place, unit, towards, decided, outcome, declaration, vehicle, departure, note, decided_by,
    acknowledged, acknowledged_by, within_minutes, due_at, base, level
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

constexpr Query kProof{"arrivals.proof", R"sql(
  INSERT INTO arrivals_retention (id, ran, rule, decided_before, deleted)
  VALUES ($1, $2, $3, $4, $5))sql"};

}  // namespace

void insert(Session& session, const ArrivalRow& a) {
  session.run(kInsert, a.id, a.person, a.place, a.unit, a.towards, a.decided, a.outcome, a.declaration, a.vehicle,
              a.departure, a.note, a.decided_by, a.acknowledged, a.acknowledged_by, a.within_minutes, a.due_at, a.base,
              a.level);
}

std::optional<ArrivalRow> find(Session& session, ArrivalId id) {
  return session.one<ArrivalRow>(kFind, id);
}

std::vector<ArrivalRow> before(Session& session, ArrivalId id, std::size_t most) {
  return session.all<ArrivalRow>(kBefore, id, most);
}

bool acknowledge(Session& session, ArrivalId id, AccountId by, Instant now) {
  return session.run(kAcknowledge, id, by, now) == 1;
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

std::int64_t retain(Session& session, IdMaker& ids, Instant now, Instant decided_before) {
  const std::int64_t deleted = session.run(kDelete, decided_before);
  if (deleted > 0) session.run(kProof, ids.next(), now, "arrivals: 28 days", decided_before, deleted);
  return deleted;
}

}  // namespace luytre::arrivals::storage
