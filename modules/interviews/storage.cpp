#include "modules/interviews/storage.h"

#include <algorithm>
#include <iterator>
#include <tuple>

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

constexpr store::Query kCompanion{"interviews.companion", R"sql(
  SELECT id, milestone, case_id, unit, since, who, state, ended_at, ended_by, reason, version
  FROM interviews_companion
  WHERE id = $1)sql"};

constexpr store::Query kCompanionsOfMilestone{"interviews.companions_of_milestone", R"sql(
  SELECT id, milestone, case_id, unit, since, who, state, ended_at, ended_by, reason, version
  FROM interviews_companion
  WHERE milestone = $1
  ORDER BY id)sql"};

constexpr store::Query kCompanionsOfCase{"interviews.companions_of_case", R"sql(
  SELECT id, milestone, case_id, unit, since, who, state, ended_at, ended_by, reason, version
  FROM interviews_companion
  WHERE case_id = $1
  ORDER BY id)sql"};

constexpr store::Query kInsertCompanion{"interviews.insert_companion", R"sql(
  INSERT INTO interviews_companion (id, milestone, case_id, unit, since, who, state, ended_at, ended_by, reason, version)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11))sql"};

constexpr store::Query kUpdateCompanion{"interviews.update_companion", R"sql(
  UPDATE interviews_companion
  SET unit = $2, who = $3, state = $4, ended_at = $5, ended_by = $6, reason = $7, version = $8
  WHERE id = $1)sql"};

constexpr store::Query kOpenOfUnit{"interviews.open_companions_of_unit", R"sql(
  SELECT id, milestone, case_id, unit, since, who, state, ended_at, ended_by, reason, version
  FROM interviews_companion
  WHERE unit = $1 AND state = 'open' AND since <= $2 AND (since > $3 OR (since = $3 AND id > $4))
  ORDER BY since, id
  LIMIT $5)sql"};

constexpr store::Query kOpenOfAll{"interviews.open_companions", R"sql(
  SELECT id, milestone, case_id, unit, since, who, state, ended_at, ended_by, reason, version
  FROM interviews_companion
  WHERE state = 'open' AND since <= $1 AND (since > $2 OR (since = $2 AND id > $3))
  ORDER BY since, id
  LIMIT $4)sql"};

constexpr store::Query kMarkListed{"interviews.mark_listed", R"sql(
  UPDATE interviews_milestone
  SET listed = 1
  WHERE id = $1)sql"};

constexpr store::Query kUnlisted{"interviews.unlisted", R"sql(
  SELECT id
  FROM interviews_milestone
  WHERE listed = 0
  ORDER BY id
  LIMIT $1)sql"};

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

std::optional<CompanionRow> find(store::Session& session, CompanionId id) {
  return session.one<CompanionRow>(kCompanion, id);
}

std::vector<CompanionRow> companions_of(store::Session& session, MilestoneId id) {
  return session.all<CompanionRow>(kCompanionsOfMilestone, id);
}

std::vector<CompanionRow> companions_of(store::Session& session, CaseId id) {
  return session.all<CompanionRow>(kCompanionsOfCase, id);
}

void insert(store::Session& session, const CompanionRow& r) {
  session.run(kInsertCompanion, r.id, r.milestone, r.case_id, r.unit, r.since, r.who, r.state, r.ended_at, r.ended_by,
              r.reason, r.version);
}

void update(store::Session& session, const CompanionRow& r) {
  session.run(kUpdateCompanion, r.id, r.unit, r.who, r.state, r.ended_at, r.ended_by, r.reason, r.version);
}

std::vector<CompanionRow> open_companions(store::Session& session, const std::optional<std::vector<UnitId>>& units,
                                          Instant listed_by, const CompanionPosition& after, std::size_t most) {
  if (!units) return session.all<CompanionRow>(kOpenOfAll, listed_by, after.since, after.id, most);
  std::vector<store::Row> looks;
  for (const UnitId unit : *units)
    looks.push_back({store::to_value(unit), store::to_value(listed_by), store::to_value(after.since),
                     store::to_value(after.id), store::to_value(most)});
  std::vector<CompanionRow> out;
  for (auto& rows : session.each<CompanionRow>(kOpenOfUnit, looks))
    std::move(rows.begin(), rows.end(), std::back_inserter(out));
  std::sort(out.begin(), out.end(), [](const CompanionRow& a, const CompanionRow& b) {
    return std::tie(a.since, a.id) < std::tie(b.since, b.id);
  });
  if (out.size() > most) out.resize(most);
  return out;
}

void mark_listed(store::Session& session, MilestoneId id) {
  session.run(kMarkListed, id);
}

std::vector<MilestoneId> unlisted(store::Session& session, std::size_t most) {
  return session.all<MilestoneId>(kUnlisted, most);
}

}  // namespace luytre::interviews::storage
