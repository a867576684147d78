#include "modules/quarantine/storage.h"

#include <algorithm>
#include <stdexcept>
#include <string>
#include <utility>

#include "modules/quarantine/check_storage.h"
#include "modules/quarantine/need_storage.h"
#include "modules/quarantine/site_storage.h"
#include "platform/store/few.h"
#include "platform/store/paged.h"

namespace luytre::quarantine::storage {
namespace {

using store::values;

constexpr store::Query kFind{"quarantine.find", R"sql(
  SELECT id, serial, person, disease, kind, state, unit, case_id, candidate, class, first_day, last_day, place_kind, law,
         rule, days, last_exposure, cut, revision, waiting, waiting_since, signed_at, read_at, created, ended, version,
         windows, checks_from, next_check, site
  FROM quarantine_order
  WHERE id = $1)sql"};

constexpr store::Query kBySerial{"quarantine.by_serial", R"sql(
  SELECT id, serial, person, disease, kind, state, unit, case_id, candidate, class, first_day, last_day, place_kind, law,
         rule, days, last_exposure, cut, revision, waiting, waiting_since, signed_at, read_at, created, ended, version,
         windows, checks_from, next_check, site
  FROM quarantine_order
  WHERE serial = $1)sql"};

constexpr store::Query kOfPerson{"quarantine.of_person", R"sql(
  SELECT id, serial, person, disease, kind, state, unit, case_id, candidate, class, first_day, last_day, place_kind, law,
         rule, days, last_exposure, cut, revision, waiting, waiting_since, signed_at, read_at, created, ended, version,
         windows, checks_from, next_check, site
  FROM quarantine_order
  WHERE person = $1
  ORDER BY id DESC)sql"};

constexpr store::Query kInsert{"quarantine.insert", R"sql(
  INSERT INTO quarantine_order (id, serial, person, disease, kind, state, unit, case_id, candidate, class, first_day,
                                last_day, place_kind, law, rule, days, last_exposure, cut, revision, waiting,
                                waiting_since, signed_at, read_at, created, ended, version, windows, checks_from,
                                next_check, site)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24,
          $25, $26, $27, $28, $29, $30))sql"};

constexpr store::Query kUpdate{"quarantine.update", R"sql(
  UPDATE quarantine_order
  SET state = $2, first_day = $3, last_day = $4, place_kind = $5, revision = $6, waiting = $7, waiting_since = $8,
      signed_at = $9, read_at = $10, ended = $11, version = $12, unit = $13, windows = $14,
      checks_from = $15, next_check = $16, site = $17
  WHERE id = $1)sql"};

constexpr store::Query kDraftsBefore{"quarantine.drafts_before", R"sql(
  SELECT id, serial, person, disease, kind, state, unit, case_id, candidate, class, first_day, last_day, place_kind, law,
         rule, days, last_exposure, cut, revision, waiting, waiting_since, signed_at, read_at, created, ended, version,
         windows, checks_from, next_check, site
  FROM quarantine_order
  WHERE state = 'draft' AND waiting_since < $1
  ORDER BY waiting_since, id
  LIMIT $2)sql"};

constexpr store::Query kMarkRead{"quarantine.mark_read", R"sql(
  UPDATE quarantine_order
  SET read_at = $2
  WHERE id = $1 AND read_at IS NULL)sql"};

constexpr store::Query kSteps{"quarantine.steps", R"sql(
  SELECT id, order_id, kind, state, last_day, proposed_by, proposed_name, proposed_at, decided_by, decided_name,
         decided_at, detail
  FROM quarantine_step
  WHERE order_id = $1
  ORDER BY id)sql"};

constexpr store::Query kProposer{"quarantine.proposer", R"sql(
  SELECT proposed_by
  FROM quarantine_step
  WHERE order_id = $1 AND state = 'waiting')sql"};

constexpr store::Query kInsertStep{"quarantine.insert_step", R"sql(
  INSERT INTO quarantine_step (id, order_id, kind, state, last_day, proposed_by, proposed_name, proposed_at, decided_by,
                               decided_name, decided_at, detail)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12))sql"};

constexpr store::Query kUpdateStep{"quarantine.update_step", R"sql(
  UPDATE quarantine_step
  SET state = $2, decided_by = $3, decided_name = $4, decided_at = $5, detail = $6
  WHERE id = $1)sql"};

struct Ordered {
  OrderId id;
};
BOOST_DESCRIBE_STRUCT(Ordered, (), (id))

// Parameters: the order after which, kind of place, site, the unit unless everywhere, how many. `first`: so many, as a
// literal; 0: as many as asked for.
const store::Query& without_bed_query(bool everywhere, std::size_t first) {
  static const store::Queries<std::pair<bool, std::size_t>> all = [] {
    store::Queries<std::pair<bool, std::size_t>> out;
    for (const bool all_units : {false, true})
      for (const std::size_t most : store::kLooks)
        out.add({all_units, most},
                std::string("quarantine.without_bed") + (all_units ? "" : "_of_unit") +
                    (most > 0 ? "_first_" + std::to_string(most) : ""),
                std::string("SELECT id\n  FROM quarantine_order o\n"
                            "  WHERE id > $1 AND state = 'running' AND place_kind = $2"
                            " AND (o.site IS NULL OR o.site = $3)") +
                    (all_units ? "" : " AND unit = $4") +
                    "\n    AND NOT EXISTS (SELECT 1 FROM quarantine_stay s\n"
                    "                    WHERE s.order_id = o.id AND s.left_at IS NULL"
                    " AND (o.site IS NULL OR s.site = o.site))\n"
                    "  ORDER BY id\n  LIMIT " +
                    (most > 0    ? std::to_string(most)
                     : all_units ? "$4"
                                 : "$5"));
    return out;
  }();
  return all.of({everywhere, first});
}

constexpr store::Query kOld{"quarantine.old", R"sql(
  SELECT id
  FROM quarantine_order
  WHERE ended < $1
  ORDER BY ended
  LIMIT $2)sql"};

constexpr store::Query kDeleteSteps{"quarantine.delete_steps", R"sql(
  DELETE FROM quarantine_step
  WHERE order_id = $1)sql"};

constexpr store::Query kDelete{"quarantine.delete", R"sql(
  DELETE FROM quarantine_order
  WHERE id = $1)sql"};

constexpr store::Query kProof{"quarantine.proof", R"sql(
  INSERT INTO quarantine_retention (id, ran, rule, before, deleted)
  VALUES ($1, $2, $3, $4, $5))sql"};

}  // namespace

std::optional<OrderRow> find(store::Session& session, OrderId id) {
  return session.one<OrderRow>(kFind, id);
}

std::vector<OrderRow> find_each(store::Session& session, std::span<const Position> of) {
  std::vector<OrderId> orders;
  for (const Position& position : of) orders.push_back(position.id);
  return find_each(session, orders);
}

std::vector<OrderRow> find_each(store::Session& session, std::span<const OrderId> orders) {
  std::vector<store::Row> ids;
  for (const OrderId order : orders) ids.push_back(values(order));
  std::vector<OrderRow> out;
  for (auto& rows : session.each<OrderRow>(kFind, ids)) out.push_back(std::move(rows.front()));
  return out;
}

std::optional<OrderRow> by_serial(store::Session& session, std::int64_t serial) {
  return session.one<OrderRow>(kBySerial, serial);
}

std::vector<OrderRow> of_person(store::Session& session, PersonId person) {
  return session.all<OrderRow>(kOfPerson, person);
}

void insert(store::Session& session, const OrderRow& r) {
  insert_or_again(session, kInsert, r.id, r.serial, r.person, r.disease, r.kind, r.state, r.unit, r.case_id,
                  r.candidate, r.assigned, r.first_day, r.last_day, r.place_kind, r.law, r.rule, r.days,
                  r.last_exposure, r.cut, r.revision, r.waiting, r.waiting_since, r.signed_at, r.read_at, r.created,
                  r.ended, r.version, r.windows, r.checks_from, r.next_check, r.site);
}

void update(store::Session& session, OrderRow& r) {
  ++r.version;
  session.run(kUpdate, r.id, r.state, r.first_day, r.last_day, r.place_kind, r.revision, r.waiting, r.waiting_since,
              r.signed_at, r.read_at, r.ended, r.version, r.unit, r.windows, r.checks_from, r.next_check, r.site);
}

std::vector<OrderRow> drafts_before(store::Session& session, Instant before, std::size_t most) {
  return session.all<OrderRow>(kDraftsBefore, before, most);
}

void mark_read(store::Session& session, OrderId id, Instant at) {
  session.run(kMarkRead, id, at);
}

std::vector<OrderRow> without_bed(store::Session& session, const referrals::Reach& reach, PlaceKind kind, SiteId site,
                                  std::size_t most) {
  std::vector<UnitId> units;
  for (const auto& [unit, level] : reach.units) units.push_back(unit);
  std::vector<Ordered> found;
  if (reach.everywhere) {
    found = store::one_look<Ordered>(session, without_bed_query(true, 0), values(OrderId{}, kind, site), most);
  } else {
    const auto query = [](std::size_t, std::size_t first) -> const store::Query& {
      return without_bed_query(false, first);
    };
    const auto row = [&](std::size_t at, const Ordered& from) { return values(from.id, kind, site, units[at]); };
    const auto before = [](const Ordered& a, const Ordered& b) { return a.id < b.id; };
    found = store::paged(session, 1, units.size(), most, Ordered{}, query, row, before);
  }
  std::vector<OrderId> ids;
  for (const Ordered& one : found) ids.push_back(one.id);
  return find_each(session, ids);
}

std::vector<StepRow> steps(store::Session& session, OrderId order) {
  return session.all<StepRow>(kSteps, order);
}

std::vector<std::vector<StepRow>> steps(store::Session& session, std::span<const OrderId> orders) {
  std::vector<store::Row> looks;
  for (const OrderId order : orders) looks.push_back(values(order));
  if (looks.empty()) return {};
  return session.each<StepRow>(kSteps, looks);
}

const StepRow& waiting_of(const std::vector<StepRow>& steps) {
  const auto found =
      std::find_if(steps.begin(), steps.end(), [](const StepRow& step) { return step.state == StepState::kWaiting; });
  if (found == steps.end()) throw std::logic_error("nothing of this order waits");
  return *found;
}

std::vector<AccountId> proposers(store::Session& session, std::span<const OrderRow> of) {
  std::vector<store::Row> ids;
  for (const OrderRow& row : of) ids.push_back(values(row.id));
  std::vector<AccountId> out;
  for (const auto& found : session.each<AccountId>(kProposer, ids)) out.push_back(found.at(0));
  return out;
}

void insert(store::Session& session, const StepRow& r) {
  insert_or_again(session, kInsertStep, r.id, r.order_id, r.kind, r.state, r.last_day, r.proposed_by, r.proposed_name,
                  r.proposed_at, r.decided_by, r.decided_name, r.decided_at, r.detail);
}

void update(store::Session& session, const StepRow& r) {
  session.run(kUpdateStep, r.id, r.state, r.decided_by, r.decided_name, r.decided_at, r.detail);
}

std::int64_t retain(store::Session& session, IdMaker& ids, Instant now, Instant before, std::size_t most) {
  const auto old = session.all<OrderId>(kOld, before, most);
  for (const OrderId id : old) {
    remove_stays(session, id);
    remove_needs(session, id);
    remove_checks(session, id);
    session.run(kDeleteSteps, id);
    session.run(kDelete, id);
  }
  const auto deleted = static_cast<std::int64_t>(old.size());
  if (deleted > 0) session.run(kProof, ids.next(), now, "orders: 180 days after the end", before, deleted);
  return deleted;
}

}  // namespace luytre::quarantine::storage
