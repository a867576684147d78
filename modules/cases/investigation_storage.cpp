#include "modules/cases/investigation_storage.h"

namespace luytre::cases {
namespace {

constexpr store::Query kNewest{"cases.investigation", R"sql(
  SELECT version, form, form_version, complete, answers, told_at, at, by_name
  FROM cases_investigation
  WHERE case_id = $1
  ORDER BY version DESC
  LIMIT 1)sql"};

constexpr store::Query kAll{"cases.investigations", R"sql(
  SELECT version, form, form_version, complete, answers, told_at, at, by_name
  FROM cases_investigation
  WHERE case_id = $1
  ORDER BY version DESC)sql"};

constexpr store::Query kInsert{"cases.insert_investigation", R"sql(
  INSERT INTO cases_investigation (case_id, version, form, form_version, complete, answers, told_at, at, account, by_name)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10))sql"};

}  // namespace

std::optional<InvestigationRow> select_investigation(store::Session& session, CaseId id) {
  return session.one<InvestigationRow>(kNewest, id);
}

std::vector<InvestigationRow> select_investigations(store::Session& session, CaseId id) {
  return session.all<InvestigationRow>(kAll, id);
}

void insert_investigation(store::Session& session, CaseId id, AccountId account, const InvestigationRow& r) {
  session.run(kInsert, id, r.version, r.form, r.form_version, r.complete, r.answers, r.told_at, r.at, account,
              r.by_name);
}

}  // namespace luytre::cases
