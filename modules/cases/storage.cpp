#include "modules/cases/storage.h"

namespace luytre::cases {
namespace {

constexpr store::Query kCase{"cases.case", R"sql(
  SELECT classification, status, onset, sample_at, result_at, method, isolated_at, window_from, window_to, rule_set,
         diagnosed_at, notify_by, notified_at, published_at, outcome, outcome_on, source, id, number, person, disease, unit, report_unit, note,
         stays, created_by, created_at, version
  FROM cases_case
  WHERE id = $1)sql"};

constexpr store::Query kOpen{"cases.open", R"sql(
  SELECT classification, status, onset, sample_at, result_at, method, isolated_at, window_from, window_to, rule_set,
         diagnosed_at, notify_by, notified_at, published_at, outcome, outcome_on, source, id, number, person, disease, unit, report_unit, note,
         stays, created_by, created_at, version
  FROM cases_case
  WHERE person = $1 AND disease = $2 AND status = 'open')sql"};

constexpr store::Query kIll{"cases.ill", R"sql(
  SELECT id
  FROM cases_case
  WHERE person = $1
  LIMIT 1)sql"};

constexpr store::Query kOfPerson{"cases.of_person", R"sql(
  SELECT id
  FROM cases_case
  WHERE person = $1
  ORDER BY id DESC)sql"};

constexpr store::Query kOpenOf{"cases.open_of", R"sql(
  SELECT id, disease
  FROM cases_case
  WHERE person = $1 AND status = 'open')sql"};

constexpr store::Query kIsSource{"cases.is_source", R"sql(
  SELECT id
  FROM cases_case
  WHERE source = $1
  LIMIT 1)sql"};

constexpr store::Query kIsInvestigated{"cases.is_investigated", R"sql(
  SELECT case_id
  FROM cases_investigation
  WHERE case_id = $1
  LIMIT 1)sql"};

constexpr store::Query kDeleteChanges{"cases.delete_changes", R"sql(
  DELETE FROM cases_change
  WHERE case_id = $1)sql"};

constexpr store::Query kDeleteExternal{"cases.delete_external", R"sql(
  DELETE FROM cases_external
  WHERE case_id = $1)sql"};

constexpr store::Query kDeleteCase{"cases.delete", R"sql(
  DELETE FROM cases_case
  WHERE id = $1)sql"};

// What lists are sorted by (lists.cpp) is written with what it follows from.
constexpr store::Query kInsertCase{"cases.insert", R"sql(
  INSERT INTO cases_case (classification, status, onset, sample_at, result_at, method, isolated_at, window_from, window_to,
                          rule_set, diagnosed_at, notify_by, notified_at, published_at, outcome, outcome_on, id, number,
                          person, disease, unit, report_unit, note, created_by, created_at, version, source,
                          by_onset, by_due)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24,
          $25, $26, $27, COALESCE($3, -1000000), COALESCE($12, 9000000000000)))sql"};

constexpr store::Query kUpdateCase{"cases.update", R"sql(
  UPDATE cases_case
  SET classification = $2, status = $3, onset = $4, sample_at = $5, result_at = $6, method = $7, isolated_at = $8, window_from = $9,
      window_to = $10, rule_set = $11, diagnosed_at = $12, notify_by = $13, notified_at = $14, published_at = $15, outcome = $16,
      outcome_on = $17, stays = $18, source = $19, version = $20, by_onset = COALESCE($4, -1000000),
      by_due = COALESCE($13, 9000000000000)
  WHERE id = $1 AND version = $21)sql"};

constexpr store::Query kInsertChange{"cases.insert_change", R"sql(
  INSERT INTO cases_change (id, case_id, at, account, by_name, what, before_classification, after_classification, reason, before,
                            stays_before, undone)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12))sql"};

constexpr store::Query kChanges{"cases.changes", R"sql(
  SELECT id, at, by_name, what, before_classification, after_classification, reason, before, stays_before, undone
  FROM cases_change
  WHERE case_id = $1
  ORDER BY id DESC)sql"};

constexpr store::Query kMarkUndone{"cases.mark_undone", R"sql(
  UPDATE cases_change
  SET undone = $2
  WHERE id = $1)sql"};

constexpr store::Query kCaused{"cases.caused", R"sql(
  SELECT id, number
  FROM cases_case
  WHERE source = $1 AND classification <> 'discarded'
  ORDER BY id
  LIMIT $2)sql"};

constexpr store::Query kImported{"cases.imported", R"sql(
  SELECT case_id
  FROM cases_external
  WHERE source = $1 AND external = $2)sql"};

constexpr store::Query kInsertExternal{"cases.insert_external", R"sql(
  INSERT INTO cases_external (source, external, case_id)
  VALUES ($1, $2, $3))sql"};

constexpr store::Query kTraced{"cases.traced", R"sql(
  SELECT id, number, person, disease, classification, method, isolated_at, window_from, window_to, rule_set, unit,
         version, status, onset, sample_at, source
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

std::vector<CaseRow> select_each(store::Session& session, std::span<const CaseId> ids) {
  std::vector<store::Row> looks;
  for (const CaseId id : ids) looks.push_back({store::to_value(id)});
  std::vector<CaseRow> out;
  for (auto& found : session.each<CaseRow>(kCase, looks))
    for (CaseRow& row : found) out.push_back(std::move(row));
  return out;
}

std::optional<CaseRow> select_open(store::Session& session, PersonId person, std::string_view disease) {
  return session.one<CaseRow>(kOpen, person, disease);
}

bool is_ill(store::Session& session, PersonId person) {
  return session.one<CaseId>(kIll, person).has_value();
}

std::vector<CaseId> select_of(store::Session& session, std::span<const PersonId> persons) {
  std::vector<store::Row> looks;
  for (const PersonId person : persons) looks.push_back({store::to_value(person)});
  std::vector<CaseId> out;
  if (looks.empty()) return out;
  for (const auto& found : session.each<CaseId>(kOfPerson, looks)) out.insert(out.end(), found.begin(), found.end());
  return out;
}

std::vector<std::vector<OpenRow>> select_open_of(store::Session& session, std::span<const PersonId> persons) {
  std::vector<store::Row> looks;
  for (const PersonId person : persons) looks.push_back({store::to_value(person)});
  if (looks.empty()) return {};
  return session.each<OpenRow>(kOpenOf, looks);
}

bool is_source(store::Session& session, CaseId id) {
  return session.one<CaseId>(kIsSource, id).has_value();
}

bool is_investigated(store::Session& session, CaseId id) {
  return session.one<CaseId>(kIsInvestigated, id).has_value();
}

void insert_case(store::Session& session, const CaseRow& r) {
  session.run(kInsertCase, r.classification, r.status, r.onset, r.sample_at, r.result_at, r.method, r.isolated_at,
              r.window_from, r.window_to, r.rule_set, r.diagnosed_at, r.notify_by, r.notified_at, r.published_at,
              r.outcome, r.outcome_on, r.id, r.number, r.person, r.disease, r.unit, r.report_unit, r.note, r.created_by,
              r.created_at, r.version, r.source);
}

void delete_case(store::Session& session, CaseId id) {
  session.run(kDeleteChanges, id);
  session.run(kDeleteExternal, id);
  session.run(kDeleteCase, id);
}

bool update_case(store::Session& session, const CaseRow& r, std::int64_t version_before) {
  return session.run(kUpdateCase, r.id, r.classification, r.status, r.onset, r.sample_at, r.result_at, r.method,
                     r.isolated_at, r.window_from, r.window_to, r.rule_set, r.diagnosed_at, r.notify_by, r.notified_at,
                     r.published_at, r.outcome, r.outcome_on, r.stays, r.source, r.version, version_before) == 1;
}

std::vector<CaseLink> select_caused(store::Session& session, CaseId id, std::size_t most) {
  return session.all<CaseLink>(kCaused, id, most);
}

std::optional<CaseId> select_imported(store::Session& session, std::string_view source, std::string_view external) {
  return session.one<CaseId>(kImported, source, external);
}

void insert_external(store::Session& session, std::string_view source, std::string_view external, CaseId id) {
  session.run(kInsertExternal, source, external, id);
}

void insert_change(store::Session& session, CaseId id, AccountId account, const ChangeRow& r) {
  session.run(kInsertChange, r.id, id, r.at, account, r.by_name, r.what, r.before_classification,
              r.after_classification, r.reason, r.before, r.stays_before, r.undone);
}

std::vector<ChangeRow> select_changes(store::Session& session, CaseId id) {
  return session.all<ChangeRow>(kChanges, id);
}

void mark_undone(store::Session& session, std::int64_t change) {
  session.run(kMarkUndone, change, true);
}

std::optional<TracedCase> Cases::traced(store::Session& session, CaseId id) {
  return session.one<TracedCase>(kTraced, id);
}

std::vector<TracedCase> Cases::traced(store::Session& session, std::span<const CaseId> ids) {
  std::vector<store::Row> looks;
  for (const CaseId id : ids) looks.push_back({store::to_value(id)});
  std::vector<TracedCase> out;
  for (auto& found : session.each<TracedCase>(kTraced, looks))
    std::move(found.begin(), found.end(), std::back_inserter(out));
  return out;
}

std::optional<CaseId> Cases::by_number(store::Session& session, std::string_view number) {
  return session.one<CaseId>(kByNumber, number);
}

std::vector<OutbreakCase> Cases::of_outbreak(store::Session& session, std::span<const CaseId> ids) {
  std::vector<OutbreakCase> out;
  for (CaseRow& r : select_each(session, ids)) {
    OutbreakCase& one = out.emplace_back();
    one.id = r.id;
    one.number = std::move(r.number);
    one.person = r.person;
    one.disease = std::move(r.disease);
    one.classification = r.classification;
    one.unit = r.unit;
    one.report_unit = r.report_unit;
    one.onset = r.onset;
    one.sample_at = r.sample_at;
    one.result_at = r.result_at;
    one.method = r.method;
    one.isolated_at = r.isolated_at;
    one.outcome = r.outcome;
    one.outcome_on = r.outcome_on;
    one.source = r.source;
    one.created_at = r.created_at;
    one.diagnosed_at = r.diagnosed_at;
    one.notified_at = r.notified_at;
  }
  return out;
}

}  // namespace luytre::cases
