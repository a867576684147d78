// The rows of the work lists and their SQL. Every function runs in the caller's transaction.

#pragma once

#include <compare>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "modules/tracing/tracing.h"

namespace luytre::tracing {

struct TaskRow : staff::Holding {
  TaskId id;
  TaskKind kind = TaskKind::kAssess;
  CaseId case_id;
  CandidateId candidate;
  PersonId person;
  UnitId unit;
  Instant created_at;
  Instant due_at;
  TaskState state = TaskState::kOpen;
  std::int64_t attempts = 0;
  std::optional<Outcome> outcome;
  std::int64_t version = 1;
};
BOOST_DESCRIBE_STRUCT(TaskRow, (staff::Holding),
                      (id, kind, case_id, candidate, person, unit, created_at, due_at, state, attempts, outcome,
                       version))

Instant waiting_since(const TaskRow& row);  // until somebody takes notice: opened or given then

std::optional<TaskRow> select_task(store::Session& session, TaskId id);
std::vector<TaskRow> select_tasks(store::Session& session, const std::vector<TaskId>& ids);  // in their order
std::optional<TaskRow> select_task_of(store::Session& session, CandidateId candidate, TaskKind kind);
std::vector<TaskRow> select_tasks_of_case(store::Session& session, CaseId id);
// Not ended.
std::vector<TaskRow> select_tasks_of_officer(store::Session& session, AccountId officer);
std::vector<TaskRow> select_tasks_of_team(store::Session& session, staff::OfficerTeamId team);
void insert_task(store::Session& session, const TaskRow& row);
bool update_task(store::Session& session, const TaskRow& row, std::int64_t version_before);
void insert_task_unit(store::Session& session, const TaskRow& task, UnitId unit,
                      std::string_view why);                                  // does nothing when there
std::vector<UnitId> select_task_units(store::Session& session, TaskId task);  // by address first

// Which tasks a work list shows.
struct TaskSearch {
  std::optional<std::vector<UnitId>> units;  // shown to one of these; absent: everywhere
  std::vector<TaskState> states;
  std::optional<TaskKind> kind;
  staff::Whose whose;
  // Of either kind: due by then; open, nobody took notice of it, and opened or given by then.
  std::optional<Instant> overdue_at, untaken_since;
  std::optional<std::string> disease = std::nullopt;  // of the case
  std::optional<std::int64_t> level = std::nullopt;   // of the contact
  TaskSort sort = TaskSort::kDue;
  bool descending = false;
};

// Where a task stands in the order of the list.
struct TaskPosition {
  std::int64_t at = 0;  // the seconds of what it is sorted by
  TaskId id;
  friend auto operator<=>(const TaskPosition&, const TaskPosition&) = default;
};
BOOST_DESCRIBE_STRUCT(TaskPosition, (), (at, id))

TaskPosition position_of(const TaskRow& row, TaskSort sort);
std::string task_cursor(const TaskRow& row, const TaskSearch& search);
// Errors: invalid (cursor: format; other_sort: it was given for another one).
Result<TaskPosition> parse_task_cursor(std::string_view cursor, const TaskSearch& search);

// Costs short looks into an index of the order for each unit and state, and the tasks of the page.
std::vector<TaskRow> page_tasks(store::Session& session, const TaskSearch& search,
                                const std::optional<TaskPosition>& after, std::size_t most);
// For tests: how a page is read, and of how many parameters.
struct TaskPageQuery {
  store::Query query;
  std::size_t parameters;
};
TaskPageQuery task_page_query(TaskSort sort, bool descending, bool everywhere);

struct AttemptRow {
  std::int64_t id = 0;
  TaskId task;
  Instant at;
  AccountId account;
  std::string by_name;
  Outcome outcome = Outcome::kReached;
  std::optional<store::Bytes> note;
};
BOOST_DESCRIBE_STRUCT(AttemptRow, (), (id, task, at, account, by_name, outcome, note))

void insert_attempt(store::Session& session, const AttemptRow& row);
std::vector<AttemptRow> select_attempts(store::Session& session, TaskId task);

}  // namespace luytre::tracing
