// Lists of tasks: in which order they are read, and the same as a file.

#include <limits>
#include <map>
#include <utility>

#include "modules/people/person_line.h"
#include "modules/tracing/impl.h"
#include "platform/base/cursor.h"
#include "platform/identity/taken_out.h"
#include "platform/store/paged.h"

namespace luytre::tracing {
namespace {

using tables::Cell;

struct Shape {
  TaskSort sort;
  bool descending, everywhere;
  std::size_t first;  // as a literal; 0: as many as asked for
  friend auto operator<=>(const Shape&, const Shape&) = default;
};

struct Sql {
  std::string name, text;
  store::Query query{};
};

// Parameters: when and id after which, kind, officer, overdue at, untaken since, team, 1 for nobody's, disease, level,
// state, the unit unless everywhere, how many.
Sql sql_of(const Shape& shape) {
  const std::string of = shape.everywhere ? "t" : "s";
  const std::string key = of + (shape.sort == TaskSort::kDue ? ".due_at" : ".waiting_since");
  const std::string id = shape.everywhere ? "t.id" : "s.task";
  const std::string turn = shape.descending ? " DESC" : "";
  Sql out;
  out.name = "tracing.task_page_" + json::enum_text(shape.sort) + (shape.descending ? "_down" : "_up") +
             (shape.everywhere ? "" : "_of_unit") + (shape.first > 0 ? "_first_" + std::to_string(shape.first) : "");
  out.text = "SELECT " + key + ", " + id +
             (shape.everywhere ? "\n  FROM tracing_task t\n  WHERE t.state = $11"
                               : "\n  FROM tracing_task_unit s\n  JOIN tracing_task t ON t.id = s.task\n"
                                 "  WHERE s.state = $11\n    AND s.unit = $12") +
             "\n    AND (" + key + ", " + id + ") " + (shape.descending ? "<" : ">") +
             " ($1, $2)\n"
             "    AND ($3 IS NULL OR t.kind = $3)\n"
             "    AND ($4 IS NULL OR t.taken_by = $4)\n"
             "    AND ($5 IS NULL OR t.due_at <= $5\n"
             "         OR (t.state = 'open' AND t.taken_at IS NULL AND t.waiting_since <= $6))\n"
             "    AND ($7 IS NULL OR t.team = $7)\n"
             "    AND (CAST($8 AS bigint) = 0 OR (t.taken_by IS NULL AND t.team IS NULL))\n"
             "    AND ($9 IS NULL OR (SELECT c.disease FROM cases_pub_case c WHERE c.id = t.case_id) = $9)\n"
             "    AND ($10 IS NULL OR (SELECT c.level FROM tracing_candidate c WHERE c.id = t.candidate) = $10)\n"
             "  ORDER BY " +
             key + turn + ", " + id + turn + "\n  LIMIT " +
             (shape.first > 0    ? std::to_string(shape.first)
              : shape.everywhere ? "$12"
                                 : "$13");
  return out;
}

const store::Query& query_of(const Shape& shape) {
  static const std::map<Shape, Sql> all = [] {
    std::map<Shape, Sql> out;
    for (const TaskSort sort : {TaskSort::kDue, TaskSort::kWaiting})
      for (const bool descending : {false, true})
        for (const bool everywhere : {false, true})
          for (const std::size_t first : store::kLooks) {
            const Shape one{sort, descending, everywhere, first};
            Sql& sql = out.emplace(one, sql_of(one)).first->second;
            sql.query = {sql.name.c_str(), sql.text.c_str()};
          }
    return out;
  }();
  return all.at(shape).query;
}

const identity::Action kTakeOut{
    "tracing.take_out_tasks", Purpose::kFollowUp, {Role::kDistrictOfficer, Role::kProvinceOfficer}, true};

std::string sorted_by(const TaskSearch& search) {
  return json::enum_text(search.sort) + (search.descending ? "-descending" : "-ascending");
}

}  // namespace

TaskPageQuery task_page_query(TaskSort sort, bool descending, bool everywhere) {
  return {query_of({sort, descending, everywhere, 0}), everywhere ? 12U : 13U};
}

TaskPosition position_of(const TaskRow& row, TaskSort sort) {
  return {(sort == TaskSort::kDue ? row.due_at : waiting_since(row)).seconds, row.id};
}

std::string task_cursor(const TaskRow& row, const TaskSearch& search) {
  const TaskPosition at = position_of(row, search.sort);
  return sorted_by(search) + '.' + luytre::cursor_text({at.at, at.id.value});
}

Result<TaskPosition> parse_task_cursor(std::string_view cursor, const TaskSearch& search) {
  const auto point = cursor.find('.');
  const auto at = point == std::string_view::npos ? std::nullopt : luytre::parse_cursor(cursor.substr(point + 1));
  if (!at) return wrong_field("?cursor", "format");
  if (cursor.substr(0, point) != sorted_by(search)) return wrong_field("?cursor", "other_sort");
  return TaskPosition{at->number, TaskId{at->id}};
}

std::vector<TaskRow> page_tasks(store::Session& session, const TaskSearch& search,
                                const std::optional<TaskPosition>& after, std::size_t most) {
  const TaskPosition start = after.value_or(TaskPosition{
      search.descending ? std::numeric_limits<std::int64_t>::max() : std::numeric_limits<std::int64_t>::min(), {}});
  const auto values = [&](TaskState state, const TaskPosition& from) {
    const staff::Whose& whose = search.whose;
    return store::Row{store::to_value(from.at),
                      store::to_value(from.id),
                      store::to_value(search.kind),
                      store::to_value(whose.officer),
                      store::to_value(search.overdue_at),
                      store::to_value(search.untaken_since),
                      store::to_value(whose.team),
                      store::to_value(whose.nobodys ? std::int64_t{1} : std::int64_t{0}),
                      store::to_value(search.disease),
                      store::to_value(search.level),
                      store::to_value(state)};
  };
  const auto before = [&](const TaskPosition& a, const TaskPosition& b) { return search.descending ? b < a : a < b; };
  std::vector<TaskPosition> found;
  if (!search.units) {
    std::vector<store::Row> looks;
    for (const TaskState state : search.states) {
      looks.push_back(values(state, start));
      looks.back().push_back(store::to_value(most));
    }
    const auto answers = session.each<TaskPosition>(query_of({search.sort, search.descending, true, 0}), looks);
    for (const auto& some : answers) found.insert(found.end(), some.begin(), some.end());
    std::sort(found.begin(), found.end(), before);
    if (found.size() > most) found.resize(most);
  } else {
    std::vector<std::pair<UnitId, TaskState>> parts;  // a task may be shown to several of the units
    for (const UnitId unit : *search.units)
      for (const TaskState state : search.states) parts.emplace_back(unit, state);
    const auto query = [&](std::size_t, std::size_t first) -> const store::Query& {
      return query_of({search.sort, search.descending, false, first});
    };
    const auto row = [&](std::size_t at, const TaskPosition& from) {
      store::Row look = values(parts[at].second, from);
      look.push_back(store::to_value(parts[at].first));
      return look;
    };
    found = store::paged(session, 1, parts.size(), most, start, query, row, before);
  }
  std::vector<TaskId> ids;
  for (const TaskPosition& position : found) ids.push_back(position.id);
  return select_tasks(session, ids);
}

Task<Result<http::Reply>> Tracing::take_out_tasks(const Caller& caller, UnitId unit, TasksOut wanted) {
  return impl_->db.transact([impl = impl_.get(), caller, unit,
                             wanted = std::move(wanted)](store::Session& s) -> Result<http::Reply> {
    const auto allowed = impl->access.require(s, caller, kTakeOut, {PersonId{}, unit, wanted.reason});
    if (!allowed) return allowed.error();
    TaskFilter filter;
    filter.state = wanted.state;
    filter.kind = wanted.kind;
    filter.nobodys = wanted.nobodys.value_or(false);
    filter.late = wanted.late.value_or(false);
    filter.overdue = wanted.overdue.value_or(false);
    if (wanted.disease) filter.disease = std::string(*wanted.disease);
    filter.level = wanted.level;
    TaskSearch search = impl->search_of(caller, filter);
    search.units = impl->geography.covered(unit);
    const auto rows = page_tasks(s, search, std::nullopt, kTasksOutMost + 1);
    if (rows.size() > kTasksOutMost) return identity::list_too_long(kTasksOutMost);
    std::vector<identity::Subject> shown;  // by the unit asked for: who is in its list by a place may live elsewhere
    for (const TaskRow& row : rows) shown.push_back({row.person, unit, wanted.reason});
    const Date today = local_date(impl->clock.now());
    std::map<CaseId, std::optional<cases::TracedCase>> known;
    tables::Sheet sheet;
    sheet.columns = people::person_heads({"case", "disease"},
                                         {"level", "risk", "task", "state", "dueAt", "waitingSince", "attempts"});
    for (const TaskRow& row : rows) {
      const auto person = impl->people.written(s, row.person);
      const auto candidate = select_candidate(s, row.candidate);
      if (!person || !candidate) continue;
      const auto [of, fresh] = known.try_emplace(row.case_id);
      if (fresh) of->second = cases::Cases::traced(s, row.case_id);
      const auto& traced = of->second;
      sheet.rows.push_back(people::person_line(
          {traced ? Cell(traced->number) : Cell(), traced ? Cell(traced->disease) : Cell()}, *person,
          {candidate->level, candidate->risk, json::enum_text(row.kind), json::enum_text(row.state),
           to_text(row.due_at), to_text(waiting_since(row)), row.attempts},
          impl->geography, today));
    }
    return identity::unit_file(
        s, impl->access, impl->geography, caller, kTakeOut,
        {unit, "tasks", "luytre-tasks-", wanted.reason, wanted.format, std::move(sheet), std::move(shown)},
        impl->clock.now());
  });
}

}  // namespace luytre::tracing
