// SQL of checks. Every function runs in the caller's transaction.

#pragma once

#include "modules/quarantine/storage.h"

namespace luytre::quarantine::storage {

// A window that is over, or in which something came.
struct CheckRow {
  std::int64_t id = 0;
  OrderId order_id;
  Instant due, ends;
  CheckState state = CheckState::kDone;  // done, late or missed
  bool symptoms = false;
  std::optional<forms::Colour> colour;
  std::optional<declarations::DeclarationId> declaration;
  std::optional<AlertId> alert;  // of a missed one; or kSymptoms
};
BOOST_DESCRIBE_STRUCT(CheckRow, (), (id, order_id, due, ends, state, symptoms, colour, declaration, alert))

inline bool overlaps(const CheckRow& row, const forms::Due& due) {
  return row.due < due.until && due.from < row.ends;
}

std::vector<CheckRow> checks(store::Session& session, OrderId order);  // oldest first
void insert(store::Session& session, const CheckRow& row);
void update(store::Session& session, const CheckRow& row);

struct AlertRow {
  AlertId id;
  OrderId order_id;
  UnitId unit;  // of the station that is told
  AlertKind kind = AlertKind::kMissed;
  Instant at, recorded;
  std::string rule_set;
  std::int64_t within_minutes = 0;
  std::optional<std::int64_t> metres, accuracy;  // of kAway
  std::optional<Instant> withdrawn;
};
BOOST_DESCRIBE_STRUCT(AlertRow, (),
                      (id, order_id, unit, kind, at, recorded, rule_set, within_minutes, metres, accuracy, withdrawn))

std::optional<AlertRow> alert(store::Session& session, AlertId id);
std::vector<AlertRow> alerts(store::Session& session, OrderId order);  // oldest first
void insert(store::Session& session, const AlertRow& row);
void withdraw(store::Session& session, AlertId id, Instant at);
void hand_over(store::Session& session, AlertId id, UnitId unit);

struct PointRow {
  OrderId order_id;
  AccountId account;   // which agreed
  store::Bytes point;  // sealed
  Instant marked;
  std::optional<Instant> compared;
  std::optional<std::int64_t> metres, accuracy;
};
BOOST_DESCRIBE_STRUCT(PointRow, (), (order_id, account, point, marked, compared, metres, accuracy))

std::optional<PointRow> point(store::Session& session, OrderId order);
void put_point(store::Session& session, const PointRow& row);  // instead of the one before
void remove_point(store::Session& session, OrderId order);
// Of which the consent was not looked at since then, the longest first; they count as looked at.
std::vector<PointRow> points_to_look_at(store::Session& session, Instant before, Instant now, std::size_t most);

// Orders of which a window should be looked at, and when the next is.
std::vector<OrderRow> to_check(store::Session& session, Instant now, std::size_t most);
void set_next_check(store::Session& session, OrderId id, std::optional<Instant> at);
void begin_checks(store::Session& session, OrderId id, Instant from);

void remove_checks(store::Session& session, OrderId order);

}  // namespace luytre::quarantine::storage
