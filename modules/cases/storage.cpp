#include "modules/cases/storage.h"

#include <algorithm>
#include <charconv>
#include <iterator>
#include <tuple>

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

constexpr store::Query kIsSource{"cases.is_source", R"sql(
  SELECT id
  FROM cases_case
  WHERE source = $1
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

constexpr store::Query kInsertCase{"cases.insert", R"sql(
  INSERT INTO cases_case (classification, status, onset, sample_at, result_at, method, isolated_at, window_from, window_to,
                          rule_set, diagnosed_at, notify_by, notified_at, published_at, outcome, outcome_on, id, number,
                          person, disease, unit, report_unit, note, created_by, created_at, version, source)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24,
          $25, $26, $27))sql"};

constexpr store::Query kUpdateCase{"cases.update", R"sql(
  UPDATE cases_case
  SET classification = $2, status = $3, onset = $4, sample_at = $5, result_at = $6, method = $7, isolated_at = $8, window_from = $9,
      window_to = $10, rule_set = $11, diagnosed_at = $12, notify_by = $13, notified_at = $14, published_at = $15, outcome = $16,
      outcome_on = $17, stays = $18, source = $19, version = $20
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

// Filters that are not asked for are bound as NULL.
constexpr store::Query kListOfUnit{"cases.list_of_unit", R"sql(
  SELECT classification, status, onset, sample_at, result_at, method, isolated_at, window_from, window_to, rule_set,
         diagnosed_at, notify_by, notified_at, published_at, outcome, outcome_on, source, id, number, person, disease, unit, report_unit, note,
         stays, created_by, created_at, version
  FROM cases_case
  WHERE unit = $1 AND id < $2
    AND ($3 IS NULL OR classification = $3)
    AND ($4 IS NULL OR status = $4)
  ORDER BY id DESC
  LIMIT $5)sql"};

constexpr store::Query kListOfReporter{"cases.list_of_reporter", R"sql(
  SELECT classification, status, onset, sample_at, result_at, method, isolated_at, window_from, window_to, rule_set,
         diagnosed_at, notify_by, notified_at, published_at, outcome, outcome_on, source, id, number, person, disease, unit, report_unit, note,
         stays, created_by, created_at, version
  FROM cases_case
  WHERE report_unit = $1 AND report_unit <> unit AND id < $2
    AND ($3 IS NULL OR classification = $3)
    AND ($4 IS NULL OR status = $4)
  ORDER BY id DESC
  LIMIT $5)sql"};

constexpr store::Query kList{"cases.list", R"sql(
  SELECT classification, status, onset, sample_at, result_at, method, isolated_at, window_from, window_to, rule_set,
         diagnosed_at, notify_by, notified_at, published_at, outcome, outcome_on, source, id, number, person, disease, unit, report_unit, note,
         stays, created_by, created_at, version
  FROM cases_case
  WHERE id < $1
    AND ($2 IS NULL OR classification = $2)
    AND ($3 IS NULL OR status = $3)
  ORDER BY id DESC
  LIMIT $4)sql"};

// Awaiting notification; the conditions are those of the partial indexes.
constexpr store::Query kDueOfUnit{"cases.due_of_unit", R"sql(
  SELECT classification, status, onset, sample_at, result_at, method, isolated_at, window_from, window_to, rule_set,
         diagnosed_at, notify_by, notified_at, published_at, outcome, outcome_on, source, id, number, person, disease, unit, report_unit, note,
         stays, created_by, created_at, version
  FROM cases_case
  WHERE unit = $1 AND classification <> 'discarded' AND notified_at IS NULL AND notify_by IS NOT NULL AND (notify_by, id) > ($2, $3)
    AND ($4 IS NULL OR classification = $4)
    AND ($5 IS NULL OR status = $5)
  ORDER BY notify_by, id
  LIMIT $6)sql"};

constexpr store::Query kDueOfReporter{"cases.due_of_reporter", R"sql(
  SELECT classification, status, onset, sample_at, result_at, method, isolated_at, window_from, window_to, rule_set,
         diagnosed_at, notify_by, notified_at, published_at, outcome, outcome_on, source, id, number, person, disease, unit, report_unit, note,
         stays, created_by, created_at, version
  FROM cases_case
  WHERE report_unit = $1 AND report_unit <> unit AND classification <> 'discarded' AND notified_at IS NULL AND notify_by IS NOT NULL
    AND (notify_by, id) > ($2, $3)
    AND ($4 IS NULL OR classification = $4)
    AND ($5 IS NULL OR status = $5)
  ORDER BY notify_by, id
  LIMIT $6)sql"};

constexpr store::Query kDue{"cases.due", R"sql(
  SELECT classification, status, onset, sample_at, result_at, method, isolated_at, window_from, window_to, rule_set,
         diagnosed_at, notify_by, notified_at, published_at, outcome, outcome_on, source, id, number, person, disease, unit, report_unit, note,
         stays, created_by, created_at, version
  FROM cases_case
  WHERE classification <> 'discarded' AND notified_at IS NULL AND notify_by IS NOT NULL AND (notify_by, id) > ($1, $2)
    AND ($3 IS NULL OR classification = $3)
    AND ($4 IS NULL OR status = $4)
  ORDER BY notify_by, id
  LIMIT $5)sql"};

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

bool is_source(store::Session& session, CaseId id) {
  return session.one<CaseId>(kIsSource, id).has_value();
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

namespace {

bool awaits(const CaseRow& row) {
  return row.classification != Classification::kDiscarded && row.notify_by && !row.notified_at;
}

std::vector<CaseRow> of_number(store::Session& session, const Filter& filter, const std::vector<UnitId>& units,
                               bool everywhere) {
  const auto id = Cases::by_number(session, *filter.number);
  auto row = id ? select_case(session, *id) : std::nullopt;
  const auto lies_in = [&](UnitId unit) { return std::find(units.begin(), units.end(), unit) != units.end(); };
  if (!row || filter.classification.value_or(row->classification) != row->classification ||
      filter.status.value_or(row->status) != row->status || (filter.awaiting && !awaits(*row)) ||
      !(everywhere || lies_in(row->unit) || lies_in(row->report_unit)))
    return {};
  return {std::move(*row)};
}

// One short look into the index for each unit, by where people live and by who reported; an area is up to some
// thousands. `first` says which of two comes first.
template <class First>
std::vector<CaseRow> gather(store::Session& session, const store::Query& of_unit, const store::Query& of_reporter,
                            const std::vector<store::Row>& looks, std::size_t most, First first) {
  std::vector<CaseRow> out;
  for (const auto& query : {of_unit, of_reporter}) {
    for (auto& found : session.each<CaseRow>(query, looks))
      out.insert(out.end(), std::make_move_iterator(found.begin()), std::make_move_iterator(found.end()));
  }
  // Somebody's areas may overlap, and both units of a case lie in one.
  std::sort(out.begin(), out.end(), first);
  const auto same = [](const CaseRow& a, const CaseRow& b) { return a.id == b.id; };
  out.erase(std::unique(out.begin(), out.end(), same), out.end());
  if (out.size() > most) out.resize(most);
  return out;
}

}  // namespace

std::vector<CaseRow> select_cases(store::Session& session, const Filter& filter, const std::vector<UnitId>& units,
                                  bool everywhere, std::optional<CaseId> after, std::size_t most) {
  if (filter.number) return after ? std::vector<CaseRow>{} : of_number(session, filter, units, everywhere);
  const CaseId below = after.value_or(CaseId{INT64_MAX});
  if (everywhere) return session.all<CaseRow>(kList, below, filter.classification, filter.status, most);
  std::vector<store::Row> looks;
  looks.reserve(units.size());
  for (const UnitId unit : units) {
    looks.push_back({store::to_value(unit), store::to_value(below), store::to_value(filter.classification),
                     store::to_value(filter.status), store::to_value(most)});
  }
  return gather(session, kListOfUnit, kListOfReporter, looks, most,
                [](const CaseRow& a, const CaseRow& b) { return a.id > b.id; });
}

std::string to_cursor(const DueAfter& at) {
  return to_text(at.id) + '.' + std::to_string(at.due.seconds);
}

std::optional<DueAfter> parse_due(std::string_view cursor) {
  const auto dot = std::min(cursor.find('.'), cursor.size());
  const auto id = parse_id(cursor.substr(0, dot));
  const std::string_view seconds = cursor.substr(std::min(dot + 1, cursor.size()));
  DueAfter out;
  const auto read = std::from_chars(seconds.data(), seconds.data() + seconds.size(), out.due.seconds);
  if (!id || read.ec != std::errc{} || read.ptr != seconds.data() + seconds.size()) return std::nullopt;
  out.id = CaseId{*id};
  return out;
}

std::vector<CaseRow> select_due(store::Session& session, const Filter& filter, const std::vector<UnitId>& units,
                                bool everywhere, std::optional<DueAfter> after, std::size_t most) {
  if (filter.number) return after ? std::vector<CaseRow>{} : of_number(session, filter, units, everywhere);
  const auto [due, last] = after.value_or(DueAfter{Instant{INT64_MIN}, CaseId{0}});
  if (everywhere) return session.all<CaseRow>(kDue, due, last, filter.classification, filter.status, most);
  std::vector<store::Row> looks;
  looks.reserve(units.size());
  for (const UnitId unit : units) {
    looks.push_back({store::to_value(unit), store::to_value(due), store::to_value(last),
                     store::to_value(filter.classification), store::to_value(filter.status), store::to_value(most)});
  }
  return gather(session, kDueOfUnit, kDueOfReporter, looks, most, [](const CaseRow& a, const CaseRow& b) {
    return std::tie(*a.notify_by, a.id) < std::tie(*b.notify_by, b.id);
  });
}

std::optional<TracedCase> Cases::traced(store::Session& session, CaseId id) {
  return session.one<TracedCase>(kTraced, id);
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
