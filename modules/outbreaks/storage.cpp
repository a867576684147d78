#include "modules/outbreaks/storage.h"

namespace luytre::outbreaks::storage {
namespace {

using store::values;

constexpr store::Query kFind{"outbreaks.find", R"sql(
  SELECT id, name, disease, unit, setting, opened_on, status, closed_on, source, version, case_count, last_day,
         counted
  FROM outbreaks_outbreak
  WHERE id = $1)sql"};

constexpr store::Query kInsert{"outbreaks.insert", R"sql(
  INSERT INTO outbreaks_outbreak (id, name, disease, unit, setting, opened_on, status, closed_on, source, version,
         counted)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, true))sql"};

constexpr store::Query kUpdate{"outbreaks.update", R"sql(
  UPDATE outbreaks_outbreak
  SET name = $2, unit = $3, setting = $4, opened_on = $5, status = $6, closed_on = $7, source = $8, version = $9
  WHERE id = $1)sql"};

constexpr store::Query kSetCounts{"outbreaks.set_counts", R"sql(
  UPDATE outbreaks_outbreak
  SET case_count = $2, last_day = $3, counted = true
  WHERE id = $1)sql"};

constexpr store::Query kUncounted{"outbreaks.uncounted", R"sql(
  SELECT id, name, disease, unit, setting, opened_on, status, closed_on, source, version, case_count, last_day,
         counted
  FROM outbreaks_outbreak
  WHERE NOT counted
  ORDER BY id
  LIMIT $1)sql"};

constexpr store::Query kOutbreakOf{"outbreaks.outbreak_of", R"sql(
  SELECT outbreak
  FROM outbreaks_member
  WHERE case_id = $1)sql"};

constexpr store::Query kCases{"outbreaks.cases", R"sql(
  SELECT case_id
  FROM outbreaks_member
  WHERE outbreak = $1
  ORDER BY case_id)sql"};

constexpr store::Query kPut{"outbreaks.put", R"sql(
  INSERT INTO outbreaks_member (case_id, outbreak)
  VALUES ($1, $2))sql"};

constexpr store::Query kTakeOut{"outbreaks.take_out", R"sql(
  DELETE FROM outbreaks_member
  WHERE case_id = $1)sql"};

constexpr store::Query kInCharge{"outbreaks.in_charge", R"sql(
  SELECT account, name, since
  FROM outbreaks_charge
  WHERE outbreak = $1
  ORDER BY since, account)sql"};

constexpr store::Query kTakeCharge{"outbreaks.take_charge", R"sql(
  INSERT INTO outbreaks_charge (outbreak, account, name, since)
  VALUES ($1, $2, $3, $4)
  ON CONFLICT DO NOTHING)sql"};

constexpr store::Query kLeaveCharge{"outbreaks.leave_charge", R"sql(
  DELETE FROM outbreaks_charge
  WHERE outbreak = $1 AND account = $2)sql"};

constexpr store::Query kInsertChange{"outbreaks.insert_change", R"sql(
  INSERT INTO outbreaks_change (id, outbreak, at, account, by_name, what, case_id, reason)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8))sql"};

constexpr store::Query kChanges{"outbreaks.changes", R"sql(
  SELECT id, at, by_name, what, case_id, reason
  FROM outbreaks_change
  WHERE outbreak = $1
  ORDER BY id DESC
  LIMIT $2)sql"};

std::vector<store::Row> ids_of(std::span<const OutbreakRow> rows) {
  std::vector<store::Row> out;
  for (const OutbreakRow& row : rows) out.push_back(values(row.id));
  return out;
}

}  // namespace

std::optional<OutbreakRow> find(store::Session& session, OutbreakId id) {
  return session.one<OutbreakRow>(kFind, id);
}

void insert(store::Session& session, const OutbreakRow& r) {
  session.run(kInsert, r.id, r.name, r.disease, r.unit, r.setting, r.opened_on, r.status, r.closed_on, r.source,
              r.version);
}

void update(store::Session& session, OutbreakRow& r) {
  ++r.version;
  session.run(kUpdate, r.id, r.name, r.unit, r.setting, r.opened_on, r.status, r.closed_on, r.source, r.version);
}

void set_counts(store::Session& session, std::span<const OutbreakRow> rows) {
  std::vector<store::Row> counts;
  for (const OutbreakRow& row : rows) counts.push_back(values(row.id, row.case_count, row.last_day));
  if (!counts.empty()) session.each<std::int64_t>(kSetCounts, counts);
}

std::vector<OutbreakRow> uncounted(store::Session& session, std::size_t most) {
  return session.all<OutbreakRow>(kUncounted, most);
}

std::vector<OutbreakRow> find_each(store::Session& session, std::span<const Spot> of) {
  std::vector<store::Row> ids;
  for (const Spot& spot : of) ids.push_back(values(spot.id));
  std::vector<OutbreakRow> out;
  for (auto& rows : session.each<OutbreakRow>(kFind, ids)) out.push_back(std::move(rows.front()));
  return out;
}

std::optional<OutbreakId> outbreak_of(store::Session& session, CaseId kase) {
  return session.one<OutbreakId>(kOutbreakOf, kase);
}

std::vector<CaseId> cases(store::Session& session, OutbreakId id) {
  return session.all<CaseId>(kCases, id);
}

std::vector<std::vector<CaseId>> cases(store::Session& session, std::span<const OutbreakRow> rows) {
  return session.each<CaseId>(kCases, ids_of(rows));
}

void put(store::Session& session, OutbreakId id, CaseId kase) {
  session.run(kPut, kase, id);
}

void take_out(store::Session& session, CaseId kase) {
  session.run(kTakeOut, kase);
}

std::vector<ChargeRow> in_charge(store::Session& session, OutbreakId id) {
  return session.all<ChargeRow>(kInCharge, id);
}

std::vector<std::vector<ChargeRow>> in_charge(store::Session& session, std::span<const OutbreakRow> rows) {
  return session.each<ChargeRow>(kInCharge, ids_of(rows));
}

bool take_charge(store::Session& session, OutbreakId id, const ChargeRow& r) {
  return session.run(kTakeCharge, id, r.account, r.name, r.since) > 0;
}

bool leave_charge(store::Session& session, OutbreakId id, AccountId account) {
  return session.run(kLeaveCharge, id, account) > 0;
}

void insert(store::Session& session, OutbreakId id, AccountId account, const ChangeRow& r) {
  session.run(kInsertChange, r.id, id, r.at, account, r.by_name, r.what, r.kase, r.reason);
}

std::vector<ChangeRow> changes(store::Session& session, OutbreakId id, std::size_t most) {
  return session.all<ChangeRow>(kChanges, id, most);
}

}  // namespace luytre::outbreaks::storage
