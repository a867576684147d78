// SQL of the quarantine room. Every function runs in the caller's transaction.

#pragma once

#include <compare>

#include "modules/quarantine/quarantine.h"
#include "modules/referrals/ladder.h"

namespace luytre::quarantine::storage {

// Of two who write at once, the later may meet a unique index before anything else says so: it is run again, reads what
// the other wrote, and answers that.
template <class... A>
void insert_or_again(store::Session& session, const store::Query& into, const A&... values) {
  try {
    session.run(into, values...);
  } catch (const store::SqlError& e) {
    if (e.fault != store::Fault::kUnique) throw;
    throw store::SqlError(store::Fault::kSerialization, e.what());
  }
}

struct OrderRow {
  OrderId id;
  std::int64_t serial = 0;
  PersonId person;
  std::string disease;
  Kind kind = Kind::kQuarantine;
  State state = State::kDraft;
  UnitId unit;
  CaseId case_id;
  std::optional<tracing::CandidateId> candidate;
  std::optional<tracing::Class> assigned;
  Date first_day, last_day;
  PlaceKind place_kind = PlaceKind::kHome;
  std::string law;
  std::optional<std::string> rule;
  std::optional<std::int64_t> days;
  std::optional<Date> last_exposure;
  bool cut = false;
  std::int64_t revision = 0;
  std::optional<StepKind> waiting;
  std::optional<Instant> waiting_since;
  std::optional<Instant> signed_at, read_at;
  Instant created;
  std::optional<Instant> ended;
  std::int64_t version = 1;
  std::optional<std::string> windows;  // set for this order
  std::optional<Instant> checks_from, next_check;
};
BOOST_DESCRIBE_STRUCT(OrderRow, (),
                      (id, serial, person, disease, kind, state, unit, case_id, candidate, assigned, first_day,
                       last_day, place_kind, law, rule, days, last_exposure, cut, revision, waiting, waiting_since,
                       signed_at, read_at, created, ended, version, windows, checks_from, next_check))

std::optional<OrderRow> find(store::Session& session, OrderId id);
std::optional<OrderRow> by_serial(store::Session& session, std::int64_t serial);
std::vector<OrderRow> of_person(store::Session& session, PersonId person);  // newest first
void insert(store::Session& session, const OrderRow& row);
void update(store::Session& session, OrderRow& row);  // raises the version
std::vector<OrderRow> drafts_before(store::Session& session, Instant before, std::size_t most);
void mark_read(store::Session& session, OrderId id, Instant at);
// Running, for a place of that kind, without a bed; the oldest first.
std::vector<OrderRow> without_bed(store::Session& session, const referrals::Reach& reach, PlaceKind kind,
                                  std::size_t most);

struct StepRow {
  StepId id;
  OrderId order_id;
  StepKind kind = StepKind::kOrder;
  StepState state = StepState::kWaiting;
  std::optional<Date> last_day;
  AccountId proposed_by;
  std::string proposed_name;
  Instant proposed_at;
  std::optional<AccountId> decided_by;
  std::optional<std::string> decided_name;
  std::optional<Instant> decided_at;
  store::Bytes detail;  // sealed
};
BOOST_DESCRIBE_STRUCT(StepRow, (),
                      (id, order_id, kind, state, last_day, proposed_by, proposed_name, proposed_at, decided_by,
                       decided_name, decided_at, detail))

std::vector<StepRow> steps(store::Session& session, OrderId order);  // oldest first
const StepRow& waiting_of(const std::vector<StepRow>& steps);        // of an order where one waits
void insert(store::Session& session, const StepRow& row);
void update(store::Session& session, const StepRow& row);

// By what the view sorts by: since when it waits, the last day, or how long ago it ended (negative seconds).
struct Position {
  std::int64_t at = INT64_MIN;
  OrderId id;
  friend auto operator<=>(const Position&, const Position&) = default;
};
BOOST_DESCRIBE_STRUCT(Position, (), (at, id))

struct Search {
  referrals::Reach reach;
  View view = View::kWaiting;
  Date today;
};
// Costs a short look into an index for each unit.
std::vector<std::pair<Position, OrderRow>> page(store::Session& session, const Search& search, const Position& after,
                                                std::size_t most);

std::int64_t retain(store::Session& session, IdMaker& ids, Instant now, Instant before, std::size_t most);

}  // namespace luytre::quarantine::storage
