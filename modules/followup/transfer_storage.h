// SQL of transfers of follow-ups to another unit. Every function runs in the caller's transaction.

#pragma once

#include <map>

#include "modules/followup/storage.h"

namespace luytre::followup::storage {

struct TransferRow {
  TransferId id;
  FollowUpId period;
  UnitId from_unit, to_unit;
  TransferState state = TransferState::kWaiting;
  Instant at;
  AccountId account;
  std::string by_name;
  store::Bytes reason;               // sealed
  std::int64_t base = 0, level = 0;  // of Level, of the unit that is to take it
  Instant climb_at;
  std::optional<Instant> ended;
  std::optional<AccountId> ended_account;
  std::optional<std::string> ended_by;  // of an officer
};
BOOST_DESCRIBE_STRUCT(TransferRow, (),
                      (id, period, from_unit, to_unit, state, at, account, by_name, reason, base, level, climb_at,
                       ended, ended_account, ended_by))

void insert(store::Session& session, const TransferRow& row);
void update(store::Session& session, const TransferRow& row);
std::optional<TransferRow> waiting(store::Session& session, FollowUpId period);
std::map<FollowUpId, TransferRow> waiting(store::Session& session, std::span<const FollowUpId> periods);
std::vector<TransferRow> transfers(store::Session& session, FollowUpId period);                   // as they came
std::vector<TransferRow> unacknowledged(store::Session& session, Instant now, std::size_t most);  // whose time is over

struct TransferPosition {
  Instant at;
  TransferId id;
  friend auto operator<=>(const TransferPosition&, const TransferPosition&) = default;
};
BOOST_DESCRIBE_STRUCT(TransferPosition, (), (at, id))

// That wait for a unit within reach, by when they were asked for; `yours`: that have come to the caller's level. Costs
// a short look into an index for each unit.
std::vector<TransferRow> arriving(store::Session& session, const referrals::Reach& reach, bool yours, bool descending,
                                  const TransferPosition& after, std::size_t most);

void remove_transfers(store::Session& session, FollowUpId period);

}  // namespace luytre::followup::storage
