#include "modules/quarantine/check_storage.h"

namespace luytre::quarantine::storage {
namespace {

constexpr store::Query kChecks{"quarantine.checks", R"sql(
  SELECT id, order_id, due, ends, state, symptoms, colour, declaration, alert
  FROM quarantine_check
  WHERE order_id = $1
  ORDER BY due, id)sql"};

constexpr store::Query kInsertCheck{"quarantine.insert_check", R"sql(
  INSERT INTO quarantine_check (id, order_id, due, ends, state, symptoms, colour, declaration, alert)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9))sql"};

constexpr store::Query kUpdateCheck{"quarantine.update_check", R"sql(
  UPDATE quarantine_check
  SET state = $2, symptoms = $3, colour = $4, declaration = $5, alert = $6
  WHERE id = $1)sql"};

constexpr store::Query kAlert{"quarantine.alert", R"sql(
  SELECT id, order_id, unit, kind, at, recorded, rule_set, within_minutes, metres, accuracy, withdrawn
  FROM quarantine_alert
  WHERE id = $1)sql"};

constexpr store::Query kAlerts{"quarantine.alerts", R"sql(
  SELECT id, order_id, unit, kind, at, recorded, rule_set, within_minutes, metres, accuracy, withdrawn
  FROM quarantine_alert
  WHERE order_id = $1
  ORDER BY id)sql"};

constexpr store::Query kInsertAlert{"quarantine.insert_alert", R"sql(
  INSERT INTO quarantine_alert (id, order_id, unit, kind, at, recorded, rule_set, within_minutes, metres, accuracy,
                                withdrawn)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11))sql"};

constexpr store::Query kWithdraw{"quarantine.withdraw_alert", R"sql(
  UPDATE quarantine_alert
  SET withdrawn = $2
  WHERE id = $1)sql"};

constexpr store::Query kHandOverAlert{"quarantine.hand_over_alert", R"sql(
  UPDATE quarantine_alert
  SET unit = $2
  WHERE id = $1)sql"};

constexpr store::Query kToCheck{"quarantine.to_check", R"sql(
  SELECT id
  FROM quarantine_order
  WHERE next_check <= $1
  ORDER BY next_check, id
  LIMIT $2)sql"};

constexpr store::Query kSetNext{"quarantine.set_next_check", R"sql(
  UPDATE quarantine_order
  SET next_check = $2
  WHERE id = $1)sql"};

constexpr store::Query kBegin{"quarantine.begin_checks", R"sql(
  UPDATE quarantine_order
  SET checks_from = $2, next_check = $2
  WHERE id = $1)sql"};

constexpr store::Query kDeleteChecks{"quarantine.delete_checks", R"sql(
  DELETE FROM quarantine_check
  WHERE order_id = $1)sql"};

constexpr store::Query kPoint{"quarantine.point", R"sql(
  SELECT order_id, account, point, marked, compared, metres, accuracy
  FROM quarantine_point
  WHERE order_id = $1)sql"};

constexpr store::Query kInsertPoint{"quarantine.insert_point", R"sql(
  INSERT INTO quarantine_point (order_id, account, point, marked, compared, metres, accuracy, looked)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $4))sql"};

constexpr store::Query kPoints{"quarantine.points", R"sql(
  SELECT order_id, account, point, marked, compared, metres, accuracy
  FROM quarantine_point
  WHERE looked < $1
  ORDER BY looked, order_id
  LIMIT $2)sql"};

constexpr store::Query kLooked{"quarantine.looked", R"sql(
  UPDATE quarantine_point
  SET looked = $2
  WHERE order_id = $1)sql"};

constexpr store::Query kDeletePoint{"quarantine.delete_point", R"sql(
  DELETE FROM quarantine_point
  WHERE order_id = $1)sql"};

constexpr store::Query kDeleteAlerts{"quarantine.delete_alerts", R"sql(
  DELETE FROM quarantine_alert
  WHERE order_id = $1)sql"};

}  // namespace

std::vector<CheckRow> checks(store::Session& session, OrderId order) {
  return session.all<CheckRow>(kChecks, order);
}

void insert(store::Session& session, const CheckRow& r) {
  insert_or_again(session, kInsertCheck, r.id, r.order_id, r.due, r.ends, r.state, r.symptoms, r.colour, r.declaration,
                  r.alert);
}

void update(store::Session& session, const CheckRow& r) {
  session.run(kUpdateCheck, r.id, r.state, r.symptoms, r.colour, r.declaration, r.alert);
}

std::optional<AlertRow> alert(store::Session& session, AlertId id) {
  return session.one<AlertRow>(kAlert, id);
}

std::vector<AlertRow> alerts(store::Session& session, OrderId order) {
  return session.all<AlertRow>(kAlerts, order);
}

void insert(store::Session& session, const AlertRow& r) {
  session.run(kInsertAlert, r.id, r.order_id, r.unit, r.kind, r.at, r.recorded, r.rule_set, r.within_minutes, r.metres,
              r.accuracy, r.withdrawn);
}

void withdraw(store::Session& session, AlertId id, Instant at) {
  session.run(kWithdraw, id, at);
}

void hand_over(store::Session& session, AlertId id, UnitId unit) {
  session.run(kHandOverAlert, id, unit);
}

std::optional<PointRow> point(store::Session& session, OrderId order) {
  return session.one<PointRow>(kPoint, order);
}

void put_point(store::Session& session, const PointRow& r) {
  session.run(kDeletePoint, r.order_id);
  insert_or_again(session, kInsertPoint, r.order_id, r.account, r.point, r.marked, r.compared, r.metres, r.accuracy);
}

void remove_point(store::Session& session, OrderId order) {
  session.run(kDeletePoint, order);
}

std::vector<PointRow> points_to_look_at(store::Session& session, Instant before, Instant now, std::size_t most) {
  auto out = session.all<PointRow>(kPoints, before, most);
  for (const PointRow& row : out) session.run(kLooked, row.order_id, now);
  return out;
}

std::vector<OrderRow> to_check(store::Session& session, Instant now, std::size_t most) {
  std::vector<OrderRow> out;
  for (const OrderId id : session.all<OrderId>(kToCheck, now, most))
    if (auto row = find(session, id)) out.push_back(std::move(*row));
  return out;
}

void set_next_check(store::Session& session, OrderId id, std::optional<Instant> at) {
  session.run(kSetNext, id, at);
}

void begin_checks(store::Session& session, OrderId id, Instant from) {
  session.run(kBegin, id, from);
}

void remove_checks(store::Session& session, OrderId order) {
  session.run(kDeleteChecks, order);
  session.run(kDeleteAlerts, order);
  session.run(kDeletePoint, order);
}

}  // namespace luytre::quarantine::storage
