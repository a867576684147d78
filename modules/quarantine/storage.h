// SQL of the quarantine room. Every function runs in the caller's transaction.

#pragma once

#include <array>
#include <compare>
#include <span>

#include "modules/quarantine/quarantine.h"
#include "modules/referrals/ladder.h"
#include "platform/base/cursor.h"

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
  std::optional<SiteId> site;  // of place_kind
};
BOOST_DESCRIBE_STRUCT(OrderRow, (),
                      (id, serial, person, disease, kind, state, unit, case_id, candidate, assigned, first_day,
                       last_day, place_kind, law, rule, days, last_exposure, cut, revision, waiting, waiting_since,
                       signed_at, read_at, created, ended, version, windows, checks_from, next_check, site))

std::optional<OrderRow> find(store::Session& session, OrderId id);
std::optional<OrderRow> by_serial(store::Session& session, std::int64_t serial);
std::vector<OrderRow> of_person(store::Session& session, PersonId person);  // newest first
void insert(store::Session& session, const OrderRow& row);
void update(store::Session& session, OrderRow& row);  // raises the version
std::vector<OrderRow> drafts_before(store::Session& session, Instant before, std::size_t most);
void mark_read(store::Session& session, OrderId id, Instant at);
// Running, for that site and not lying there, or for a place of that kind and without a bed anywhere; the oldest first.
std::vector<OrderRow> without_bed(store::Session& session, const referrals::Reach& reach, PlaceKind kind, SiteId site,
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

std::vector<StepRow> steps(store::Session& session, OrderId order);                                 // oldest first
std::vector<std::vector<StepRow>> steps(store::Session& session, std::span<const OrderId> orders);  // of each
const StepRow& waiting_of(const std::vector<StepRow>& steps);                             // of an order where one waits
std::vector<AccountId> proposers(store::Session& session, std::span<const OrderRow> of);  // of what waits of each
void insert(store::Session& session, const StepRow& row);
void update(store::Session& session, const StepRow& row);

// Where one stands in a list: by the day or second that it is sorted by.
struct Position {
  std::int64_t at = 0;
  OrderId id;
  friend auto operator<=>(const Position&, const Position&) = default;
};
BOOST_DESCRIBE_STRUCT(Position, (), (at, id))

std::vector<OrderRow> find_each(store::Session& session, std::span<const Position> of);  // in their order
std::vector<OrderRow> find_each(store::Session& session, std::span<const OrderId> orders);

struct Search {
  referrals::Reach reach;
  View view = View::kWaiting;
  Date today;
  std::optional<std::string> disease;
  std::optional<Kind> kind;
  std::optional<PlaceKind> place;
  Sort sort = Sort::kWaiting;  // one of the view's (sorts_of)
  bool descending = false;
};
// What that view can be sorted by; the first unless asked otherwise.
std::array<Sort, 2> sorts_of(View view);
Cursor cursor_of(const OrderRow& row, Sort sort);
// Costs a short look into an index for each unit (lists.cpp).
std::vector<OrderRow> page(store::Session& session, const Search& search, Cursor after, std::size_t most);
// For tests: how a page is read, and how many parameters that has.
struct PageQuery {
  const store::Query& query;
  std::size_t parameters;
};
PageQuery page_query(View view, Sort sort, bool descending, bool everywhere);

std::int64_t retain(store::Session& session, IdMaker& ids, Instant now, Instant before, std::size_t most);

}  // namespace luytre::quarantine::storage
