// Which reports of laboratories' systems were taken, what they said, and what corrections overturned.

#include "modules/laboratory/of_units.h"
#include "modules/laboratory/storage.h"

namespace luytre::laboratory::storage {
namespace {

using store::Query;
using store::Session;

constexpr Query kInsert{"laboratory.insert_report", R"sql(
  INSERT INTO laboratory_report (report, content, laboratory, said, recorded)
  VALUES ($1, $2, $3, $4, $5)
  ON CONFLICT DO NOTHING)sql"};

constexpr Query kTaken{"laboratory.report_taken", R"sql(
  SELECT count(*)
  FROM laboratory_report
  WHERE report = $1 AND content = $2)sql"};

constexpr Query kNewest{"laboratory.report_newest", R"sql(
  SELECT said
  FROM laboratory_report
  WHERE report = $1
  ORDER BY said DESC
  LIMIT 1)sql"};

constexpr Query kResults{"laboratory.results_of_report", R"sql(
  SELECT id, tube, unit, laboratory, method, outcome, ct, at, recorded, recorded_by, recorder, reason, replaced,
         offered, kase, report, lineage
  FROM laboratory_result
  WHERE report = $1 AND replaced IS NULL
  ORDER BY id)sql"};

constexpr Query kOverturned{"laboratory.overturned", R"sql(
  SELECT id, tube, unit, laboratory, method, outcome, ct, at, recorded, recorded_by, recorder, reason, replaced,
         offered, kase, report, lineage
  FROM laboratory_result AS made
  WHERE unit = $1 AND kase IS NOT NULL AND id > $2
        AND NOT EXISTS (SELECT 1
                        FROM laboratory_result AS other
                        WHERE other.kase = made.kase AND other.replaced IS NULL AND other.outcome = 'positive'
                              AND EXISTS (SELECT 1 FROM laboratory_sample WHERE laboratory_sample.tube = other.tube))
  ORDER BY id
  LIMIT $3)sql"};

constexpr Query kUnmatched{"laboratory.unmatched_of_report", R"sql(
  SELECT id, laboratory, code, method, outcome, ct, at, whole_day, recorded, recorded_by, recorder, report,
         disease, lineage
  FROM laboratory_unmatched
  WHERE report = $1
  ORDER BY id)sql"};

constexpr Query kRemove{"laboratory.remove_reports", R"sql(
  DELETE FROM laboratory_report
  WHERE recorded < $1)sql"};

}  // namespace

void insert(Session& session, const ReportRow& r) {
  session.run(kInsert, r.report, r.content, r.laboratory, r.said, r.recorded);
}

bool taken(Session& session, const store::Bytes& report, const store::Bytes& content) {
  return session.value<std::int64_t>(kTaken, report, content) > 0;
}

std::optional<Instant> newest(Session& session, const store::Bytes& report) {
  return session.one<Instant>(kNewest, report);
}

std::vector<ResultRow> results(Session& session, const store::Bytes& report) {
  return session.all<ResultRow>(kResults, report);
}

std::vector<ResultRow> overturned(Session& session, std::span<const UnitId> units, ResultId after, std::size_t most) {
  return of_units<ResultRow>(session, kOverturned, units, store::values(after), most);
}

std::vector<UnmatchedRow> unmatched(Session& session, const store::Bytes& report) {
  return session.all<UnmatchedRow>(kUnmatched, report);
}

std::int64_t remove_reports(Session& session, Instant before) {
  return session.run(kRemove, before);
}

}  // namespace luytre::laboratory::storage
