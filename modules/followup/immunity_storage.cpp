#include "modules/followup/immunity_storage.h"

namespace luytre::followup::storage {
namespace {

constexpr store::Query kOfPeriod{"followup.immunities", R"sql(
  SELECT id, period, kind, proof, at, account, by_name, ended, ended_account, ended_by, ended_why
  FROM followup_immunity
  WHERE period IN (SELECT CAST($1 AS bigint) UNION ALL SELECT id FROM followup_period WHERE joined_to = $1)
  ORDER BY id)sql"};

constexpr store::Query kIsSaid{"followup.is_immunity_said", R"sql(
  SELECT id
  FROM followup_immunity
  WHERE period IN (SELECT CAST($1 AS bigint) UNION ALL SELECT id FROM followup_period WHERE joined_to = $1)
    AND ended IS NULL
  LIMIT 1)sql"};

constexpr store::Query kInsert{"followup.insert_immunity", R"sql(
  INSERT INTO followup_immunity (id, period, kind, proof, at, account, by_name, ended, ended_account, ended_by, ended_why)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11))sql"};

constexpr store::Query kUpdate{"followup.update_immunity", R"sql(
  UPDATE followup_immunity
  SET ended = $2, ended_account = $3, ended_by = $4, ended_why = $5
  WHERE id = $1)sql"};

constexpr store::Query kRemove{"followup.remove_immunities", R"sql(
  DELETE FROM followup_immunity
  WHERE period = $1)sql"};

}  // namespace

std::vector<ImmunityRow> immunities(store::Session& session, FollowUpId period) {
  return session.all<ImmunityRow>(kOfPeriod, period);
}

bool is_immunity_said(store::Session& session, FollowUpId period) {
  return session.one<std::int64_t>(kIsSaid, period).has_value();
}

void insert(store::Session& session, const ImmunityRow& r) {
  session.run(kInsert, r.id, r.period, r.kind, r.proof, r.at, r.account, r.by_name, r.ended, r.ended_account,
              r.ended_by, r.ended_why);
}

void update(store::Session& session, const ImmunityRow& r) {
  session.run(kUpdate, r.id, r.ended, r.ended_account, r.ended_by, r.ended_why);
}

void remove_immunities(store::Session& session, FollowUpId period) {
  session.run(kRemove, period);
}

}  // namespace luytre::followup::storage
