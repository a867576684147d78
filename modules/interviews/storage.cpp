#include "modules/interviews/storage.h"

namespace luytre::interviews::storage {
namespace {

constexpr store::Query kFind{"interviews.find", R"sql(
  SELECT id, case_id, place, commune, started, ended, told, told_at, recorded_at, by_name, struck_at, struck_by,
         struck_reason, version
  FROM interviews_milestone
  WHERE id = $1)sql"};

constexpr store::Query kOfCase{"interviews.of_case", R"sql(
  SELECT id, case_id, place, commune, started, ended, told, told_at, recorded_at, by_name, struck_at, struck_by,
         struck_reason, version
  FROM interviews_milestone
  WHERE case_id = $1
  ORDER BY started, id)sql"};

constexpr store::Query kInsert{"interviews.insert", R"sql(
  INSERT INTO interviews_milestone (id, case_id, place, commune, started, ended, told, told_at, recorded_at,
                                    by_name, struck_at, struck_by, struck_reason, version)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14))sql"};

constexpr store::Query kUpdate{"interviews.update", R"sql(
  UPDATE interviews_milestone
  SET place = $2, commune = $3, started = $4, ended = $5, told = $6, struck_at = $7, struck_by = $8,
      struck_reason = $9, version = $10
  WHERE id = $1)sql"};

constexpr store::Query kVisits{"interviews.visits", R"sql(
  SELECT person, visit
  FROM interviews_visit
  WHERE milestone = $1
  ORDER BY person)sql"};

constexpr store::Query kInsertVisit{"interviews.insert_visit", R"sql(
  INSERT INTO interviews_visit (milestone, person, visit)
  VALUES ($1, $2, $3))sql"};

constexpr store::Query kRemoveVisit{"interviews.remove_visit", R"sql(
  DELETE FROM interviews_visit
  WHERE milestone = $1 AND person = $2)sql"};

constexpr store::Query kForgetVisits{"interviews.forget_visits", R"sql(
  DELETE FROM interviews_visit
  WHERE EXISTS (SELECT 1 FROM interviews_milestone m WHERE m.id = milestone AND m.ended < $1))sql"};

constexpr store::Query kInsertVersion{"interviews.insert_version", R"sql(
  INSERT INTO interviews_version (milestone, version, at, account, by_name, told)
  VALUES ($1, $2, $3, $4, $5, $6))sql"};

constexpr store::Query kVersions{"interviews.versions", R"sql(
  SELECT version, at, by_name, told
  FROM interviews_version
  WHERE milestone = $1
  ORDER BY version)sql"};

}  // namespace

std::optional<MilestoneRow> find(store::Session& session, MilestoneId id) {
  return session.one<MilestoneRow>(kFind, id);
}

std::vector<MilestoneRow> of_case(store::Session& session, CaseId id) {
  return session.all<MilestoneRow>(kOfCase, id);
}

void insert(store::Session& session, const MilestoneRow& r) {
  session.run(kInsert, r.id, r.case_id, r.place, r.commune, r.started, r.ended, r.told, r.told_at, r.recorded_at,
              r.by_name, r.struck_at, r.struck_by, r.struck_reason, r.version);
}

void update(store::Session& session, const MilestoneRow& r) {
  session.run(kUpdate, r.id, r.place, r.commune, r.started, r.ended, r.told, r.struck_at, r.struck_by, r.struck_reason,
              r.version);
}

std::vector<VisitRow> visits(store::Session& session, MilestoneId id) {
  return session.all<VisitRow>(kVisits, id);
}

void insert(store::Session& session, MilestoneId id, const VisitRow& r) {
  session.run(kInsertVisit, id, r.person, r.visit);
}

void remove(store::Session& session, MilestoneId id, PersonId person) {
  session.run(kRemoveVisit, id, person);
}

void forget_visits(store::Session& session, Instant ended_before) {
  session.run(kForgetVisits, ended_before);
}

void insert(store::Session& session, MilestoneId id, AccountId account, const VersionRow& r) {
  session.run(kInsertVersion, id, r.version, r.at, account, r.by_name, r.told);
}

std::vector<VersionRow> versions(store::Session& session, MilestoneId id) {
  return session.all<VersionRow>(kVersions, id);
}

}  // namespace luytre::interviews::storage
