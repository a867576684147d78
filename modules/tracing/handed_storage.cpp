#include "modules/tracing/handed_storage.h"

#include <utility>

#include "platform/store/few.h"
#include "platform/store/paged.h"

namespace luytre::tracing {
namespace {

using store::values;

constexpr store::Query kInsert{"tracing.insert_transfer", R"sql(
  INSERT INTO tracing_transfer (id, task, from_unit, to_unit, state, at, account, by_name, reason, base, level, climb_at,
                                ended, ended_account, ended_by)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15))sql"};

constexpr store::Query kUpdate{"tracing.update_transfer", R"sql(
  UPDATE tracing_transfer
  SET state = $2, level = $3, climb_at = $4, ended = $5, ended_account = $6, ended_by = $7
  WHERE id = $1)sql"};

constexpr store::Query kFind{"tracing.find_transfer", R"sql(
  SELECT id, task, from_unit, to_unit, state, at, account, by_name, reason, base, level, climb_at, ended, ended_account,
         ended_by
  FROM tracing_transfer
  WHERE id = $1)sql"};

constexpr store::Query kWaiting{"tracing.waiting_transfer", R"sql(
  SELECT id, task, from_unit, to_unit, state, at, account, by_name, reason, base, level, climb_at, ended, ended_account,
         ended_by
  FROM tracing_transfer
  WHERE task = $1 AND state = 'waiting')sql"};

constexpr store::Query kOfTask{"tracing.transfers_of_task", R"sql(
  SELECT id, task, from_unit, to_unit, state, at, account, by_name, reason, base, level, climb_at, ended, ended_account,
         ended_by
  FROM tracing_transfer
  WHERE task = $1
  ORDER BY id)sql"};

constexpr store::Query kUnacknowledged{"tracing.transfers_unacknowledged", R"sql(
  SELECT id, task, from_unit, to_unit, state, at, account, by_name, reason, base, level, climb_at, ended, ended_account,
         ended_by
  FROM tracing_transfer
  WHERE state = 'waiting' AND level < 2 AND climb_at <= $1
  ORDER BY climb_at, id
  LIMIT $2)sql"};

struct ArrivingShape {
  bool descending, everywhere;
  std::size_t first;  // as a literal; 0: as many as asked for
  friend auto operator<=>(const ArrivingShape&, const ArrivingShape&) = default;
};

// Parameters: when and id after which, level from, the unit unless everywhere, how many.
const store::Query& arriving_query(const ArrivingShape& shape) {
  static const store::Queries<ArrivingShape> all = [] {
    store::Queries<ArrivingShape> out;
    for (const bool descending : {false, true})
      for (const bool everywhere : {false, true})
        for (const std::size_t first : store::kLooks) {
          const std::string turn = descending ? " DESC" : "";
          const std::string last = everywhere ? "$4" : "$5";
          out.add({descending, everywhere, first},
                  std::string("tracing.transfers_arriving") + (descending ? "_down" : "_up") +
                      (everywhere ? "" : "_of_unit") + (first > 0 ? "_first_" + std::to_string(first) : ""),
                  std::string("SELECT at, id\n  FROM tracing_transfer\n  WHERE state = 'waiting'\n    AND (at, id) ") +
                      (descending ? "<" : ">") + " ($1, $2)\n    AND level >= $3\n" +
                      (everywhere ? "" : "    AND to_unit = $4\n") + "  ORDER BY at" + turn + ", id" + turn +
                      "\n  LIMIT " + (first > 0 ? std::to_string(first) : last));
        }
    return out;
  }();
  return all.of(shape);
}

constexpr store::Query kMoveTask{"tracing.move_task", R"sql(
  UPDATE tracing_task
  SET unit = $2
  WHERE id = $1)sql"};

constexpr store::Query kMoveCandidate{"tracing.move_candidate", R"sql(
  UPDATE tracing_candidate
  SET unit = $2
  WHERE id = $1)sql"};

constexpr store::Query kLeaveUnit{"tracing.leave_task_unit", R"sql(
  DELETE FROM tracing_task_unit
  WHERE task = $1 AND unit = $2)sql"};

}  // namespace

void insert_transfer(store::Session& session, const TransferRow& r) {
  session.run(kInsert, r.id, r.task, r.from_unit, r.to_unit, r.state, r.at, r.account, r.by_name, r.reason, r.base,
              r.level, r.climb_at, r.ended, r.ended_account, r.ended_by);
}

void update_transfer(store::Session& session, const TransferRow& r) {
  session.run(kUpdate, r.id, r.state, r.level, r.climb_at, r.ended, r.ended_account, r.ended_by);
}

std::optional<TransferRow> select_waiting_transfer(store::Session& session, TaskId task) {
  return session.one<TransferRow>(kWaiting, task);
}

std::vector<TransferRow> select_transfers(store::Session& session, TaskId task) {
  return session.all<TransferRow>(kOfTask, task);
}

std::vector<TransferRow> select_unacknowledged(store::Session& session, Instant now, std::size_t most) {
  return session.all<TransferRow>(kUnacknowledged, now, most);
}

std::vector<TransferRow> page_transfers(store::Session& session, const referrals::Reach& reach, bool yours,
                                        bool descending, const TransferPosition& after, std::size_t most) {
  const std::vector<std::pair<UnitId, std::int64_t>> units(reach.units.begin(), reach.units.end());
  const auto values_for = [&](std::int64_t level, const TransferPosition& from) {
    return values(from.at, from.id, yours ? level : std::int64_t{0});
  };
  std::vector<TransferPosition> found;
  if (reach.everywhere) {
    found = store::one_look<TransferPosition>(session, arriving_query({descending, true, 0}),
                                              values_for(*reach.everywhere, after), most);
  } else {
    const auto query = [&](std::size_t, std::size_t first) -> const store::Query& {
      return arriving_query({descending, false, first});
    };
    const auto row = [&](std::size_t at, const TransferPosition& from) {
      store::Row look = values_for(units[at].second, from);
      look.push_back(store::to_value(units[at].first));
      return look;
    };
    const auto before = [&](const TransferPosition& a, const TransferPosition& b) {
      return descending ? b < a : a < b;
    };
    found = store::paged(session, 1, units.size(), most, after, query, row, before);
  }
  std::vector<store::Row> ids;
  for (const TransferPosition& position : found) ids.push_back(values(position.id));
  std::vector<TransferRow> out;
  for (auto& rows : session.each<TransferRow>(kFind, ids)) out.push_back(std::move(rows.front()));
  return out;
}

void move_task(store::Session& session, const TaskRow& task, UnitId to) {
  session.run(kLeaveUnit, task.id, task.unit);
  session.run(kMoveTask, task.id, to);
  session.run(kMoveCandidate, task.candidate, to);
  insert_task_unit(session, task, to, "address");
}

}  // namespace luytre::tracing
