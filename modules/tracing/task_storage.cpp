#include "modules/tracing/task_storage.h"

namespace luytre::tracing {
namespace {

constexpr store::Query kTask{"tracing.task", R"sql(
  SELECT taken_by, team, given_by, given_at, taken_at, lost_by, lost_at, id, kind, case_id, candidate, person, unit,
         created_at, due_at, state, attempts, outcome, version
  FROM tracing_task
  WHERE id = $1)sql"};

constexpr store::Query kTaskOf{"tracing.task_of", R"sql(
  SELECT taken_by, team, given_by, given_at, taken_at, lost_by, lost_at, id, kind, case_id, candidate, person, unit,
         created_at, due_at, state, attempts, outcome, version
  FROM tracing_task
  WHERE candidate = $1 AND kind = $2)sql"};

constexpr store::Query kTasksOfCase{"tracing.tasks_of_case", R"sql(
  SELECT taken_by, team, given_by, given_at, taken_at, lost_by, lost_at, id, kind, case_id, candidate, person, unit,
         created_at, due_at, state, attempts, outcome, version
  FROM tracing_task
  WHERE case_id = $1
  ORDER BY id)sql"};

constexpr store::Query kTasksOfOfficer{"tracing.tasks_of_officer", R"sql(
  SELECT taken_by, team, given_by, given_at, taken_at, lost_by, lost_at, id, kind, case_id, candidate, person, unit,
         created_at, due_at, state, attempts, outcome, version
  FROM tracing_task
  WHERE taken_by = $1 AND state IN ('open', 'acknowledged')
  ORDER BY id)sql"};

constexpr store::Query kTasksOfTeam{"tracing.tasks_of_team", R"sql(
  SELECT taken_by, team, given_by, given_at, taken_at, lost_by, lost_at, id, kind, case_id, candidate, person, unit,
         created_at, due_at, state, attempts, outcome, version
  FROM tracing_task
  WHERE team = $1 AND state IN ('open', 'acknowledged')
  ORDER BY id)sql"};

constexpr store::Query kInsertTask{"tracing.insert_task", R"sql(
  INSERT INTO tracing_task (id, kind, case_id, candidate, person, unit, created_at, due_at, state, attempts, outcome,
                           version, waiting_since)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13))sql"};

constexpr store::Query kUpdateTask{"tracing.update_task", R"sql(
  UPDATE tracing_task
  SET due_at = $2, state = $3, taken_by = $4, attempts = $5, outcome = $6, version = $7, created_at = $9, team = $10,
      given_by = $11, given_at = $12, taken_at = $13, lost_by = $14, lost_at = $15, waiting_since = $16
  WHERE id = $1 AND version = $8)sql"};

constexpr store::Query kInsertTaskUnit{"tracing.insert_task_unit", R"sql(
  INSERT INTO tracing_task_unit (task, unit, why, state, due_at, waiting_since)
  VALUES ($1, $2, $3, $4, $5, $6)
  ON CONFLICT (task, unit) DO NOTHING)sql"};

constexpr store::Query kUpdateTaskUnits{"tracing.update_task_units", R"sql(
  UPDATE tracing_task_unit
  SET state = $2, due_at = $3, waiting_since = $4
  WHERE task = $1)sql"};

constexpr store::Query kTaskUnits{"tracing.task_units", R"sql(
  SELECT unit
  FROM tracing_task_unit
  WHERE task = $1
  ORDER BY why, unit)sql"};

constexpr store::Query kInsertAttempt{"tracing.insert_attempt", R"sql(
  INSERT INTO tracing_attempt (id, task, at, account, by_name, outcome, note)
  VALUES ($1, $2, $3, $4, $5, $6, $7))sql"};

constexpr store::Query kAttempts{"tracing.attempts", R"sql(
  SELECT id, task, at, account, by_name, outcome, note
  FROM tracing_attempt
  WHERE task = $1
  ORDER BY id DESC)sql"};

}  // namespace

Instant waiting_since(const TaskRow& row) {
  return row.given_at.value_or(row.created_at);
}

std::optional<TaskRow> select_task(store::Session& session, TaskId id) {
  return session.one<TaskRow>(kTask, id);
}

std::vector<TaskRow> select_tasks(store::Session& session, const std::vector<TaskId>& ids) {
  std::vector<store::Row> looks;
  for (const TaskId id : ids) looks.push_back({store::to_value(id)});
  std::vector<TaskRow> out;
  for (auto& rows : session.each<TaskRow>(kTask, looks)) out.push_back(std::move(rows.front()));
  return out;
}

std::optional<TaskRow> select_task_of(store::Session& session, CandidateId candidate, TaskKind kind) {
  return session.one<TaskRow>(kTaskOf, candidate, kind);
}

std::vector<TaskRow> select_tasks_of_case(store::Session& session, CaseId id) {
  return session.all<TaskRow>(kTasksOfCase, id);
}

std::vector<TaskRow> select_tasks_of_officer(store::Session& session, AccountId officer) {
  return session.all<TaskRow>(kTasksOfOfficer, officer);
}

std::vector<TaskRow> select_tasks_of_team(store::Session& session, staff::OfficerTeamId team) {
  return session.all<TaskRow>(kTasksOfTeam, team);
}

void insert_task(store::Session& session, const TaskRow& r) {
  session.run(kInsertTask, r.id, r.kind, r.case_id, r.candidate, r.person, r.unit, r.created_at, r.due_at, r.state,
              r.attempts, r.outcome, r.version, waiting_since(r));
}

bool update_task(store::Session& session, const TaskRow& r, std::int64_t version_before) {
  session.run(kUpdateTaskUnits, r.id, r.state, r.due_at, waiting_since(r));
  return session.run(kUpdateTask, r.id, r.due_at, r.state, r.taken_by, r.attempts, r.outcome, r.version, version_before,
                     r.created_at, r.team, r.given_by, r.given_at, r.taken_at, r.lost_by, r.lost_at,
                     waiting_since(r)) == 1;
}

void insert_task_unit(store::Session& session, const TaskRow& task, UnitId unit, std::string_view why) {
  session.run(kInsertTaskUnit, task.id, unit, why, task.state, task.due_at, waiting_since(task));
}

std::vector<UnitId> select_task_units(store::Session& session, TaskId task) {
  return session.all<UnitId>(kTaskUnits, task);
}

void insert_attempt(store::Session& session, const AttemptRow& r) {
  session.run(kInsertAttempt, r.id, r.task, r.at, r.account, r.by_name, r.outcome, r.note);
}

std::vector<AttemptRow> select_attempts(store::Session& session, TaskId task) {
  return session.all<AttemptRow>(kAttempts, task);
}

}  // namespace luytre::tracing
