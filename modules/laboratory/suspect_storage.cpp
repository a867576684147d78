// Suspects whom results reported, and results that reported nobody.

#include "modules/laboratory/of_units.h"
#include "modules/laboratory/storage.h"

namespace luytre::laboratory::storage {
namespace {

using store::Query;
using store::Session;

constexpr Query kInsert{"laboratory.insert_reported", R"sql(
  INSERT INTO laboratory_reported (kase, tube, result, unit, version, recorded, settled, fallen, withdrawn,
         confirmed)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10))sql"};

constexpr Query kUpdate{"laboratory.update_reported", R"sql(
  UPDATE laboratory_reported
  SET tube = $2, result = $3, unit = $4, settled = $5, fallen = $6, withdrawn = $7
  WHERE kase = $1)sql"};

constexpr Query kOfCase{"laboratory.reported_of_case", R"sql(
  SELECT kase, tube, result, unit, version, recorded, settled, fallen, withdrawn, confirmed
  FROM laboratory_reported
  WHERE kase = $1)sql"};

constexpr Query kOfTube{"laboratory.reported_of_tube", R"sql(
  SELECT kase, tube, result, unit, version, recorded, settled, fallen, withdrawn, confirmed
  FROM laboratory_reported
  WHERE tube = $1 AND withdrawn IS NULL
  ORDER BY kase DESC
  LIMIT 1)sql"};

constexpr Query kFallen{"laboratory.reported_fallen", R"sql(
  SELECT kase, tube, result, unit, version, recorded, settled, fallen, withdrawn, confirmed
  FROM laboratory_reported
  WHERE unit = $1 AND kase > $2 AND fallen IS NOT NULL AND withdrawn IS NULL
  ORDER BY kase
  LIMIT $3)sql"};

constexpr Query kPutLate{"laboratory.put_late", R"sql(
  INSERT INTO laboratory_late (result, tube, unit, since)
  VALUES ($1, $2, $3, $4)
  ON CONFLICT (tube) DO UPDATE
  SET result = excluded.result, since = excluded.since, looked = NULL, looked_by = NULL, reason = NULL
  WHERE laboratory_late.result <> excluded.result)sql"};

constexpr Query kLate{"laboratory.late", R"sql(
  SELECT result, tube, unit, since, looked, looked_by, reason
  FROM laboratory_late
  WHERE result = $1)sql"};

constexpr Query kLookAt{"laboratory.look_at_late", R"sql(
  UPDATE laboratory_late
  SET looked = $2, looked_by = $3, reason = $4
  WHERE result = $1)sql"};

constexpr Query kDropLate{"laboratory.drop_late", R"sql(
  DELETE FROM laboratory_late
  WHERE tube = $1 AND looked IS NULL)sql"};

}  // namespace

void insert(Session& session, const ReportedRow& r) {
  session.run(kInsert, r.id, r.tube, r.result, r.unit, r.version, r.recorded, r.settled, r.fallen, r.withdrawn,
              r.confirmed);
}

void update(Session& session, const ReportedRow& r) {
  session.run(kUpdate, r.id, r.tube, r.result, r.unit, r.settled, r.fallen, r.withdrawn);
}

std::optional<ReportedRow> reported(Session& session, CaseId id) {
  return session.one<ReportedRow>(kOfCase, id);
}

std::optional<ReportedRow> reported(Session& session, TubeId tube) {
  return session.one<ReportedRow>(kOfTube, tube);
}

std::map<TubeId, ReportedRow> reported(Session& session, std::span<const TubeId> tubes) {
  std::vector<store::Row> looks;
  for (const TubeId tube : tubes) looks.push_back(store::values(tube));
  std::map<TubeId, ReportedRow> out;
  if (looks.empty()) return out;
  for (auto& found : session.each<ReportedRow>(kOfTube, looks))
    for (ReportedRow& row : found) out.emplace(row.tube, std::move(row));
  return out;
}

void put_late(Session& session, const LateRow& r) {
  session.run(kPutLate, r.id, r.tube, r.unit, r.since);
}

std::optional<LateRow> late(Session& session, ResultId id) {
  return session.one<LateRow>(kLate, id);
}

void look_at(Session& session, const LateRow& r) {
  session.run(kLookAt, r.id, r.looked, r.looked_by, r.reason);
}

void drop_late(Session& session, TubeId tube) {
  session.run(kDropLate, tube);
}

std::vector<ReportedRow> fallen(Session& session, std::span<const UnitId> units, CaseId after, std::size_t most) {
  return of_units<ReportedRow>(session, kFallen, units, store::values(after), most);
}

}  // namespace luytre::laboratory::storage
