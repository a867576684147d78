#include "modules/cases/storage.h"

#include <algorithm>
#include <iterator>

namespace luytre::cases {
namespace {

constexpr store::Query kCase{"cases.case", R"sql(
  SELECT classification, status, onset, sample_at, result_at, method, isolated_at, window_from, window_to, rule_set,
         id, number, person, disease, unit, report_unit, note, created_by, created_at, version
  FROM cases_case
  WHERE id = $1)sql"};

constexpr store::Query kOpen{"cases.open", R"sql(
  SELECT classification, status, onset, sample_at, result_at, method, isolated_at, window_from, window_to, rule_set,
         id, number, person, disease, unit, report_unit, note, created_by, created_at, version
  FROM cases_case
  WHERE person = $1 AND disease = $2 AND status = 'open')sql"};

constexpr store::Query kInsertCase{"cases.insert", R"sql(
  INSERT INTO cases_case (classification, status, onset, sample_at, result_at, method, isolated_at, window_from, window_to,
                          rule_set, id, number, person, disease, unit, report_unit, note, created_by, created_at, version)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20))sql"};

constexpr store::Query kUpdateCase{"cases.update", R"sql(
  UPDATE cases_case
  SET classification = $2, status = $3, onset = $4, sample_at = $5, result_at = $6, method = $7, isolated_at = $8, window_from = $9,
      window_to = $10, rule_set = $11, version = $12
  WHERE id = $1 AND version = $13)sql"};

constexpr store::Query kInsertChange{"cases.insert_change", R"sql(
  INSERT INTO cases_change (id, case_id, at, account, by_name, what, before_classification, after_classification, reason, before, undone)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11))sql"};

constexpr store::Query kChanges{"cases.changes", R"sql(
  SELECT id, at, by_name, what, before_classification, after_classification, reason, before, undone
  FROM cases_change
  WHERE case_id = $1
  ORDER BY id DESC)sql"};

constexpr store::Query kMarkUndone{"cases.mark_undone", R"sql(
  UPDATE cases_change
  SET undone = $2
  WHERE id = $1)sql"};

// Filters that are not asked for are bound as NULL.
constexpr store::Query kListOfUnit{"cases.list_of_unit", R"sql(
  SELECT classification, status, onset, sample_at, result_at, method, isolated_at, window_from, window_to, rule_set,
         id, number, person, disease, unit, report_unit, note, created_by, created_at, version
  FROM cases_case
  WHERE unit = $1 AND id < $2
    AND ($3 IS NULL OR classification = $3)
    AND ($4 IS NULL OR status = $4)
  ORDER BY id DESC
  LIMIT $5)sql"};

constexpr store::Query kListOfReporter{"cases.list_of_reporter", R"sql(
  SELECT classification, status, onset, sample_at, result_at, method, isolated_at, window_from, window_to, rule_set,
         id, number, person, disease, unit, report_unit, note, created_by, created_at, version
  FROM cases_case
  WHERE report_unit = $1 AND report_unit <> unit AND id < $2
    AND ($3 IS NULL OR classification = $3)
    AND ($4 IS NULL OR status = $4)
  ORDER BY id DESC
  LIMIT $5)sql"};

constexpr store::Query kList{"cases.list", R"sql(
  SELECT classification, status, onset, sample_at, result_at, method, isolated_at, window_from, window_to, rule_set,
         id, number, person, disease, unit, report_unit, note, created_by, created_at, version
  FROM cases_case
  WHERE id < $1
    AND ($2 IS NULL OR classification = $2)
    AND ($3 IS NULL OR status = $3)
  ORDER BY id DESC
  LIMIT $4)sql"};

constexpr store::Query kTraced{"cases.traced", R"sql(
  SELECT id, number, person, disease, classification, method, isolated_at, window_from, window_to, rule_set, unit, version
  FROM cases_case
  WHERE id = $1)sql"};

constexpr store::Query kByNumber{"cases.by_number", R"sql(
  SELECT id
  FROM cases_case
  WHERE number = $1)sql"};

}  // namespace

std::optional<CaseRow> select_case(store::Session& session, CaseId id) {
  return session.one<CaseRow>(kCase, id);
}

std::optional<CaseRow> select_open(store::Session& session, PersonId person, std::string_view disease) {
  return session.one<CaseRow>(kOpen, person, disease);
}

void insert_case(store::Session& session, const CaseRow& r) {
  session.run(kInsertCase, r.classification, r.status, r.onset, r.sample_at, r.result_at, r.method, r.isolated_at,
              r.window_from, r.window_to, r.rule_set, r.id, r.number, r.person, r.disease, r.unit, r.report_unit,
              r.note, r.created_by, r.created_at, r.version);
}

bool update_case(store::Session& session, const CaseRow& r, std::int64_t version_before) {
  return session.run(kUpdateCase, r.id, r.classification, r.status, r.onset, r.sample_at, r.result_at, r.method,
                     r.isolated_at, r.window_from, r.window_to, r.rule_set, r.version, version_before) == 1;
}

void insert_change(store::Session& session, CaseId id, AccountId account, const ChangeRow& r) {
  session.run(kInsertChange, r.id, id, r.at, account, r.by_name, r.what, r.before_classification,
              r.after_classification, r.reason, r.before, r.undone);
}

std::vector<ChangeRow> select_changes(store::Session& session, CaseId id) {
  return session.all<ChangeRow>(kChanges, id);
}

void mark_undone(store::Session& session, std::int64_t change) {
  session.run(kMarkUndone, change, true);
}

namespace {

std::vector<CaseRow> of_number(store::Session& session, const Filter& filter, const std::vector<UnitId>& units,
                               bool everywhere, CaseId before) {
  const auto id = Cases::by_number(session, *filter.number);
  auto row = id ? select_case(session, *id) : std::nullopt;
  const auto lies_in = [&](UnitId unit) { return std::find(units.begin(), units.end(), unit) != units.end(); };
  if (!row || row->id >= before || filter.classification.value_or(row->classification) != row->classification ||
      filter.status.value_or(row->status) != row->status ||
      !(everywhere || lies_in(row->unit) || lies_in(row->report_unit)))
    return {};
  return {std::move(*row)};
}

}  // namespace

std::vector<CaseRow> select_cases(store::Session& session, const Filter& filter, const std::vector<UnitId>& units,
                                  bool everywhere, CaseId before, std::size_t most) {
  if (filter.number) return of_number(session, filter, units, everywhere, before);
  if (everywhere) return session.all<CaseRow>(kList, before, filter.classification, filter.status, most);
  // One short look into the index for each unit; an area is up to some thousands.
  std::vector<store::Row> looks;
  looks.reserve(units.size());
  for (const UnitId unit : units) {
    looks.push_back({store::to_value(unit), store::to_value(before), store::to_value(filter.classification),
                     store::to_value(filter.status), store::to_value(most)});
  }
  std::vector<CaseRow> out;
  for (const auto& query : {kListOfUnit, kListOfReporter}) {
    for (auto& found : session.each<CaseRow>(query, looks))
      out.insert(out.end(), std::make_move_iterator(found.begin()), std::make_move_iterator(found.end()));
  }
  // Somebody's areas may overlap, and both units of a case lie in one.
  std::sort(out.begin(), out.end(), [](const CaseRow& a, const CaseRow& b) { return a.id > b.id; });
  const auto same = [](const CaseRow& a, const CaseRow& b) { return a.id == b.id; };
  out.erase(std::unique(out.begin(), out.end(), same), out.end());
  if (out.size() > most) out.resize(most);
  return out;
}

std::optional<TracedCase> Cases::traced(store::Session& session, CaseId id) {
  return session.one<TracedCase>(kTraced, id);
}

std::optional<CaseId> Cases::by_number(store::Session& session, std::string_view number) {
  return session.one<CaseId>(kByNumber, number);
}

}  // namespace luytre::cases
