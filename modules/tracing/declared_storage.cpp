#include "modules/tracing/declared_storage.h"

namespace luytre::tracing {
namespace {

using store::Query;
using store::values;

constexpr std::string_view kDetailSeal = "tracing.declared";

constexpr Query kInsert{"tracing.declared_insert", R"sql(
  INSERT INTO tracing_declared (id, case_id, with_person, disease, person, started, ended, whole_day, how, milestone,
                                detail, declared_at, by_name, withdrawn_at, version, named_by)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16))sql"};

constexpr Query kUpdate{"tracing.declared_update", R"sql(
  UPDATE tracing_declared
  SET started = $2, ended = $3, whole_day = $4, detail = $5, withdrawn_at = $6, version = $7
  WHERE id = $1 AND version = $8)sql"};

constexpr Query kFind{"tracing.declared_find", R"sql(
  SELECT id, case_id, with_person, disease, person, started, ended, whole_day, how, milestone, detail, declared_at,
         by_name, withdrawn_at, version, named_by
  FROM tracing_declared
  WHERE id = $1)sql"};

constexpr Query kOfCase{"tracing.declared_of_case", R"sql(
  SELECT id, case_id, with_person, disease, person, started, ended, whole_day, how, milestone, detail, declared_at,
         by_name, withdrawn_at, version, named_by
  FROM tracing_declared
  WHERE case_id = $1
  ORDER BY started, id)sql"};

constexpr Query kOfMilestone{"tracing.declared_of_milestone", R"sql(
  SELECT id, case_id, with_person, disease, person, started, ended, whole_day, how, milestone, detail, declared_at,
         by_name, withdrawn_at, version, named_by
  FROM tracing_declared
  WHERE milestone = $1
  ORDER BY id)sql"};

constexpr Query kLinksAbout{"tracing.declared_links_about", R"sql(
  SELECT d.id, d.person, d.with_person, d.started, d.ended, d.whole_day
  FROM tracing_declared d
  JOIN cases_pub_case c ON c.id = d.case_id
  WHERE d.with_person = $1 AND d.disease = $2 AND d.withdrawn_at IS NULL
    AND (c.classification <> 'discarded' OR d.named_by IS NOT NULL)
  UNION ALL
  SELECT d.id, d.person, d.with_person, d.started, d.ended, d.whole_day
  FROM tracing_declared d
  JOIN cases_pub_case c ON c.id = d.case_id
  WHERE d.person = $1 AND d.disease = $2 AND d.withdrawn_at IS NULL
    AND (c.classification <> 'discarded' OR d.named_by IS NOT NULL))sql"};

constexpr Query kLinks{"tracing.declared_links", R"sql(
  SELECT d.id, d.person, d.with_person, d.started, d.ended, d.whole_day
  FROM tracing_declared d
  JOIN cases_pub_case c ON c.id = d.case_id
  WHERE d.disease = $1 AND d.ended > $2 AND d.withdrawn_at IS NULL
    AND (c.classification <> 'discarded' OR d.named_by IS NOT NULL))sql"};

constexpr Query kInsertStep{"tracing.declared_step_insert", R"sql(
  INSERT INTO tracing_declared_step (id, declared, at, account, by_name, stands, reason)
  VALUES ($1, $2, $3, $4, $5, $6, $7))sql"};

constexpr Query kSteps{"tracing.declared_steps", R"sql(
  SELECT id, declared, at, account, by_name, stands, reason
  FROM tracing_declared_step
  WHERE declared = $1
  ORDER BY id)sql"};

std::string context(DeclaredId id) {
  return std::to_string(id.value);
}

}  // namespace

void insert_declared(store::Session& session, const DeclaredRow& r) {
  session.run(kInsert, r.id, r.case_id, r.with_person, r.disease, r.person, r.started, r.ended, r.whole_day, r.how,
              r.milestone, r.detail, r.declared_at, r.by_name, r.withdrawn_at, r.version, r.named_by);
}

bool update_declared(store::Session& session, const DeclaredRow& r, std::int64_t version_before) {
  return session.run(kUpdate, r.id, r.started, r.ended, r.whole_day, r.detail, r.withdrawn_at, r.version,
                     version_before) == 1;
}

std::optional<DeclaredRow> select_declared(store::Session& session, DeclaredId id) {
  return session.one<DeclaredRow>(kFind, id);
}

std::vector<std::optional<DeclaredRow>> select_declared(store::Session& session, std::span<const DeclaredId> ids) {
  std::vector<store::Row> looks;
  for (const DeclaredId id : ids) looks.push_back(values(id));
  std::vector<std::optional<DeclaredRow>> out;
  for (auto& found : session.each<DeclaredRow>(kFind, looks))
    out.push_back(found.empty() ? std::nullopt : std::optional(std::move(found.front())));
  return out;
}

std::vector<DeclaredRow> select_declared_of_case(store::Session& session, CaseId id) {
  return session.all<DeclaredRow>(kOfCase, id);
}

std::vector<DeclaredRow> select_declared_of_milestone(store::Session& session, std::int64_t milestone) {
  return session.all<DeclaredRow>(kOfMilestone, milestone);
}

std::vector<std::vector<DeclaredLink>> select_links_about(store::Session& session, std::span<const PersonId> records,
                                                          const std::string& disease) {
  std::vector<store::Row> looks;
  for (const PersonId record : records) looks.push_back(values(record, disease));
  return session.each<DeclaredLink>(kLinksAbout, looks);
}

std::vector<DeclaredLink> select_links(store::Session& session, const std::string& disease, Instant since) {
  return session.all<DeclaredLink>(kLinks, disease, since);
}

void insert_declared_step(store::Session& session, const DeclaredStepRow& r) {
  session.run(kInsertStep, r.id, r.declared, r.at, r.account, r.by_name, r.stands, r.reason);
}

std::vector<std::vector<DeclaredStepRow>> select_declared_steps(store::Session& session,
                                                                std::span<const DeclaredId> ids) {
  std::vector<store::Row> looks;
  for (const DeclaredId id : ids) looks.push_back(values(id));
  return session.each<DeclaredStepRow>(kSteps, looks);
}

store::Bytes seal_detail(const Vault& vault, DeclaredId id, const DeclaredDetail& detail) {
  return {vault.seal(kDetailSeal, context(id), json::text(detail))};
}

DeclaredDetail detail_of(const Vault& vault, const DeclaredRow& row) {
  auto detail = json::parse<DeclaredDetail>(vault.unsealed(kDetailSeal, context(row.id), row.detail.data),
                                            json::Reader::Of::kKept);
  if (!detail) throw std::runtime_error("a declared contact cannot be read");
  return std::move(*detail);
}

}  // namespace luytre::tracing
