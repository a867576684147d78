#include "modules/tracing/task_storage.h"

#include <algorithm>

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
                           version)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12))sql"};

constexpr store::Query kUpdateTask{"tracing.update_task", R"sql(
  UPDATE tracing_task
  SET due_at = $2, state = $3, taken_by = $4, attempts = $5, outcome = $6, version = $7, created_at = $9, team = $10,
      given_by = $11, given_at = $12, taken_at = $13, lost_by = $14, lost_at = $15
  WHERE id = $1 AND version = $8)sql"};

constexpr store::Query kInsertTaskUnit{"tracing.insert_task_unit", R"sql(
  INSERT INTO tracing_task_unit (task, unit, why, state, due_at)
  VALUES ($1, $2, $3, $4, $5)
  ON CONFLICT (task, unit) DO NOTHING)sql"};

constexpr store::Query kUpdateTaskUnits{"tracing.update_task_units", R"sql(
  UPDATE tracing_task_unit
  SET state = $2, due_at = $3
  WHERE task = $1)sql"};

constexpr store::Query kTaskUnits{"tracing.task_units", R"sql(
  SELECT unit
  FROM tracing_task_unit
  WHERE task = $1
  ORDER BY why, unit)sql"};

constexpr store::Query kTaskPage{"tracing.task_page", R"sql(
  SELECT due_at, id
  FROM tracing_task
  WHERE state = $1
    AND (due_at, id) > ($2, $3)
    AND ($4 IS NULL OR kind = $4)
    AND ($5 IS NULL OR taken_by = $5)
    AND ($6 IS NULL OR due_at <= $6 OR (state = 'open' AND taken_at IS NULL AND COALESCE(given_at, created_at) <= $7))
    AND ($8 IS NULL OR team = $8)
    AND (CAST($9 AS bigint) = 0 OR (taken_by IS NULL AND team IS NULL))
  ORDER BY due_at, id
  LIMIT $10)sql"};

constexpr store::Query kTaskPageOfUnit{"tracing.task_page_of_unit", R"sql(
  SELECT s.due_at, s.task
  FROM tracing_task_unit s
  JOIN tracing_task t ON t.id = s.task
  WHERE s.unit = $1
    AND s.state = $2
    AND (s.due_at, s.task) > ($3, $4)
    AND ($5 IS NULL OR t.kind = $5)
    AND ($6 IS NULL OR t.taken_by = $6)
    AND ($7 IS NULL OR t.due_at <= $7
         OR (t.state = 'open' AND t.taken_at IS NULL AND COALESCE(t.given_at, t.created_at) <= $8))
    AND ($9 IS NULL OR t.team = $9)
    AND (CAST($10 AS bigint) = 0 OR (t.taken_by IS NULL AND t.team IS NULL))
  ORDER BY s.due_at, s.task
  LIMIT $11)sql"};

constexpr store::Query kInsertAttempt{"tracing.insert_attempt", R"sql(
  INSERT INTO tracing_attempt (id, task, at, account, by_name, outcome, note)
  VALUES ($1, $2, $3, $4, $5, $6, $7))sql"};

constexpr store::Query kAttempts{"tracing.attempts", R"sql(
  SELECT id, task, at, account, by_name, outcome, note
  FROM tracing_attempt
  WHERE task = $1
  ORDER BY id DESC)sql"};

template <class... A>
store::Row values(const A&... items) {
  return {store::to_value(items)...};
}

}  // namespace

std::optional<TaskRow> select_task(store::Session& session, TaskId id) {
  return session.one<TaskRow>(kTask, id);
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
              r.attempts, r.outcome, r.version);
}

bool update_task(store::Session& session, const TaskRow& r, std::int64_t version_before) {
  session.run(kUpdateTaskUnits, r.id, r.state, r.due_at);
  return session.run(kUpdateTask, r.id, r.due_at, r.state, r.taken_by, r.attempts, r.outcome, r.version, version_before,
                     r.created_at, r.team, r.given_by, r.given_at, r.taken_at, r.lost_by, r.lost_at) == 1;
}

void insert_task_unit(store::Session& session, const TaskRow& task, UnitId unit, std::string_view why) {
  session.run(kInsertTaskUnit, task.id, unit, why, task.state, task.due_at);
}

std::vector<UnitId> select_task_units(store::Session& session, TaskId task) {
  return session.all<UnitId>(kTaskUnits, task);
}

std::vector<TaskRow> page_tasks(store::Session& session, const TaskSearch& search, const TaskPosition& after,
                                std::size_t most) {
  std::vector<TaskPosition> found;
  const staff::Whose& whose = search.whose;
  const std::int64_t nobodys = whose.nobodys ? 1 : 0;
  for (const TaskState state : search.states) {
    if (!search.units) {
      const auto some = session.all<TaskPosition>(kTaskPage, state, after.due, after.id, search.kind, whose.officer,
                                                  search.overdue_at, search.untaken_since, whose.team, nobodys, most);
      found.insert(found.end(), some.begin(), some.end());
      continue;
    }
    std::vector<store::Row> looks;
    looks.reserve(search.units->size());
    for (const UnitId unit : *search.units)
      looks.push_back(values(unit, state, after.due, after.id, search.kind, whose.officer, search.overdue_at,
                             search.untaken_since, whose.team, nobodys, most));
    for (const auto& some : session.each<TaskPosition>(kTaskPageOfUnit, looks))
      found.insert(found.end(), some.begin(), some.end());
  }
  // A task may be shown to several of the units.
  std::sort(found.begin(), found.end());
  found.erase(std::unique(found.begin(), found.end()), found.end());
  if (found.size() > most) found.resize(most);

  std::vector<store::Row> ids;
  for (const TaskPosition& position : found) ids.push_back(values(position.id));
  std::vector<TaskRow> out;
  for (auto& rows : session.each<TaskRow>(kTask, ids)) out.push_back(std::move(rows.front()));
  return out;
}

void insert_attempt(store::Session& session, const AttemptRow& r) {
  session.run(kInsertAttempt, r.id, r.task, r.at, r.account, r.by_name, r.outcome, r.note);
}

std::vector<AttemptRow> select_attempts(store::Session& session, TaskId task) {
  return session.all<AttemptRow>(kAttempts, task);
}

}  // namespace luytre::tracing
