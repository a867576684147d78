#include "modules/followup/transfer_storage.h"

#include "platform/store/merged.h"

namespace luytre::followup::storage {
namespace {

using store::values;

constexpr store::Query kInsert{"followup.insert_transfer", R"sql(
  INSERT INTO followup_transfer (id, period, from_unit, to_unit, state, at, account, by_name, reason, base, level,
                                 climb_at, ended, ended_account, ended_by)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15))sql"};

constexpr store::Query kUpdate{"followup.update_transfer", R"sql(
  UPDATE followup_transfer
  SET state = $2, level = $3, climb_at = $4, ended = $5, ended_account = $6, ended_by = $7
  WHERE id = $1)sql"};

constexpr store::Query kFind{"followup.find_transfer", R"sql(
  SELECT id, period, from_unit, to_unit, state, at, account, by_name, reason, base, level, climb_at, ended,
         ended_account, ended_by
  FROM followup_transfer
  WHERE id = $1)sql"};

constexpr store::Query kWaiting{"followup.waiting_transfer", R"sql(
  SELECT id, period, from_unit, to_unit, state, at, account, by_name, reason, base, level, climb_at, ended,
         ended_account, ended_by
  FROM followup_transfer
  WHERE period = $1 AND state = 'waiting')sql"};

constexpr store::Query kOfPeriod{"followup.transfers", R"sql(
  SELECT id, period, from_unit, to_unit, state, at, account, by_name, reason, base, level, climb_at, ended,
         ended_account, ended_by
  FROM followup_transfer
  WHERE period = $1
  ORDER BY id)sql"};

constexpr store::Query kUnacknowledged{"followup.unacknowledged", R"sql(
  SELECT id, period, from_unit, to_unit, state, at, account, by_name, reason, base, level, climb_at, ended,
         ended_account, ended_by
  FROM followup_transfer
  WHERE state = 'waiting' AND level < 2 AND climb_at <= $1
  ORDER BY climb_at, id
  LIMIT $2)sql"};

constexpr store::Query kArriving{"followup.arriving", R"sql(
  SELECT at, id
  FROM followup_transfer
  WHERE state = 'waiting' AND (at, id) > ($1, $2) AND level >= $3
  ORDER BY at, id
  LIMIT $4)sql"};

constexpr store::Query kArrivingAt{"followup.arriving_at", R"sql(
  SELECT at, id
  FROM followup_transfer
  WHERE to_unit = $5 AND state = 'waiting' AND (at, id) > ($1, $2) AND level >= $3
  ORDER BY at, id
  LIMIT $4)sql"};

constexpr store::Query kRemove{"followup.remove_transfers", R"sql(
  DELETE FROM followup_transfer
  WHERE period = $1)sql"};

}  // namespace

void insert(store::Session& session, const TransferRow& r) {
  session.run(kInsert, r.id, r.period, r.from_unit, r.to_unit, r.state, r.at, r.account, r.by_name, r.reason, r.base,
              r.level, r.climb_at, r.ended, r.ended_account, r.ended_by);
}

void update(store::Session& session, const TransferRow& r) {
  session.run(kUpdate, r.id, r.state, r.level, r.climb_at, r.ended, r.ended_account, r.ended_by);
}

std::optional<TransferRow> waiting(store::Session& session, FollowUpId period) {
  return session.one<TransferRow>(kWaiting, period);
}

std::vector<TransferRow> transfers(store::Session& session, FollowUpId period) {
  return session.all<TransferRow>(kOfPeriod, period);
}

std::vector<TransferRow> unacknowledged(store::Session& session, Instant now, std::size_t most) {
  return session.all<TransferRow>(kUnacknowledged, now, most);
}

std::vector<TransferRow> arriving(store::Session& session, const referrals::Reach& reach, bool yours,
                                  const TransferPosition& after, std::size_t most) {
  const auto values_for = [&](std::int64_t level) {
    const std::int64_t from = yours ? level : 0;
    return values(after.at, after.id, from, most);
  };
  std::vector<store::Row> looks;
  if (reach.everywhere) looks.push_back(values_for(*reach.everywhere));
  for (const auto& [unit, level] : reach.units) {
    if (reach.everywhere) break;
    looks.push_back(values_for(level));
    looks.back().push_back(store::to_value(unit));
  }
  const store::Query& query = reach.everywhere ? kArriving : kArrivingAt;
  std::vector<store::Row> ids;
  for (const TransferPosition& position : store::merged<TransferPosition>(session, query, looks, most))
    ids.push_back(values(position.id));
  std::vector<TransferRow> out;
  for (auto& rows : session.each<TransferRow>(kFind, ids)) out.push_back(std::move(rows.front()));
  return out;
}

void remove_transfers(store::Session& session, FollowUpId period) {
  session.run(kRemove, period);
}

}  // namespace luytre::followup::storage
