// SQL of tasks that are handed to another unit. Every function runs in the caller's transaction.

#pragma once

#include <compare>

#include "modules/tracing/task_storage.h"

namespace luytre::tracing {

struct TransferRow {
  TaskTransferId id;
  TaskId task;
  UnitId from_unit, to_unit;
  TaskTransferState state = TaskTransferState::kWaiting;
  Instant at;
  AccountId account;
  std::string by_name;
  std::optional<store::Bytes> reason;  // sealed
  std::int64_t base = 0, level = 0;    // of referrals::Level, of the unit that is to take it
  Instant climb_at;
  std::optional<Instant> ended;
  std::optional<AccountId> ended_account;
  std::optional<std::string> ended_by;  // of an officer
};
BOOST_DESCRIBE_STRUCT(TransferRow, (),
                      (id, task, from_unit, to_unit, state, at, account, by_name, reason, base, level, climb_at, ended,
                       ended_account, ended_by))

void insert_transfer(store::Session& session, const TransferRow& row);
void update_transfer(store::Session& session, const TransferRow& row);
std::optional<TransferRow> select_waiting_transfer(store::Session& session, TaskId task);
std::vector<TransferRow> select_transfers(store::Session& session, TaskId task);  // as they came
std::vector<TransferRow> select_unacknowledged(store::Session& session, Instant now, std::size_t most);

struct TransferPosition {
  Instant at;
  TaskTransferId id;
  friend auto operator<=>(const TransferPosition&, const TransferPosition&) = default;
};
BOOST_DESCRIBE_STRUCT(TransferPosition, (), (at, id))

// That wait for a unit within reach, by when they were asked for; `yours`: that have come to the caller's level. Costs
// a short look into an index for each unit.
std::vector<TransferRow> page_transfers(store::Session& session, const referrals::Reach& reach, bool yours,
                                        bool descending, const TransferPosition& after, std::size_t most);

// The task and its contact belong to another unit from now on.
void move_task(store::Session& session, const TaskRow& task, UnitId to);

}  // namespace luytre::tracing
