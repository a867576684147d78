// Contacts who live elsewhere: their tasks are handed to the commune there, taken notice of, or called for at the level
// above; in the shape of modules/followup/transfers.cpp.

#include <algorithm>
#include <map>
#include <span>

#include "modules/people/person_line.h"
#include "modules/referrals/referrals.h"
#include "modules/tracing/impl.h"
#include "platform/base/sorted_cursor.h"
#include "platform/identity/taken_out.h"

namespace luytre::tracing {
namespace {

using tables::Cell;

constexpr std::string_view kReasonSeal = "tracing.transfer";

const identity::Action kTakeOutTransfers{
    "tracing.take_out_transfers", Purpose::kFollowUp, {Role::kDistrictOfficer, Role::kProvinceOfficer}, true};

std::string name_of(const geography::Geography& geography, UnitId unit) {
  const auto* found = geography.find(unit);
  return found ? found->full_name : "";
}

bool ended(TaskState state) {
  return state == TaskState::kDone || state == TaskState::kWithdrawn;
}

std::map<CaseId, cases::TracedCase> traced_of(store::Session& session, std::span<const TaskRow> tasks) {
  std::vector<CaseId> ids;
  for (const TaskRow& task : tasks) ids.push_back(task.case_id);
  std::sort(ids.begin(), ids.end());
  ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
  std::map<CaseId, cases::TracedCase> out;
  for (auto& one : cases::Cases::traced(session, ids)) {
    const CaseId id = one.id;
    out.emplace(id, std::move(one));
  }
  return out;
}

std::vector<TaskRow> tasks_of(store::Session& session, std::span<const TransferRow> rows) {
  std::vector<TaskId> ids;
  for (const TransferRow& row : rows) ids.push_back(row.task);
  return select_tasks(session, ids);
}

}  // namespace

TaskTransfer Tracing::Impl::view(const Caller& caller, const TransferRow& row) const {
  TaskTransfer out;
  out.id = row.id;
  out.from = row.from_unit;
  out.from_name = name_of(geography, row.from_unit);
  out.to = row.to_unit;
  out.to_name = name_of(geography, row.to_unit);
  out.state = row.state;
  out.at = row.at;
  out.by = row.by_name;
  if (row.reason) out.reason = unseal(kReasonSeal, row.id.value, row.reason->data);
  out.level = static_cast<referrals::Level>(row.level);
  out.escalated = row.level > row.base;
  const auto mine = referrals::level_of(geography, caller, row.to_unit);
  out.yours = row.state == TaskTransferState::kWaiting && mine && *mine <= row.level;
  out.ended = row.ended;
  out.ended_by = row.ended_by;
  return out;
}

Result<TaskRow> Tracing::Impl::seen_task(store::Session& session, const Caller& caller, TaskId id) const {
  const auto areas = access.areas(caller, kWork);
  const auto coming = select_waiting_transfer(session, id);
  const auto units = select_task_units(session, id);
  const bool listed =
      std::any_of(units.begin(), units.end(), [&](UnitId unit) { return geography.covers(areas, unit); });
  if (listed || !coming || !geography.covers(areas, coming->to_unit)) return workable(session, caller, id);
  auto row = select_task(session, id);
  if (!row) return kNotFound;
  const auto allowed = look(session, caller, *row, coming->to_unit);
  if (!allowed) return allowed.error();
  return std::move(*row);
}

// Whose list it leaves is told, too.
void Tracing::Impl::close(store::Session& session, const TaskRow& task, TransferRow row, TaskTransferState state,
                          const Caller* by) const {
  row.state = state;
  row.ended = clock.now();
  if (by) {
    row.ended_account = by->account;
    row.ended_by = by->name;
  }
  update_transfer(session, row);
  session.publish({"task.transfer_ended", task.id.value, clock.now(), task.version, row.to_unit.value});
}

std::optional<Error> Tracing::Impl::wrong_outcome(const TaskOutcome& outcome) const {
  if (!outcome.unit) return std::nullopt;
  if (outcome.outcome != Outcome::kMoved) return wrong_field("/unit", "choice");
  if (geography.responsible_commune(*outcome.unit, local_date(clock.now())) != *outcome.unit)
    return wrong_field("/unit", "choice");
  return std::nullopt;
}

void Tracing::Impl::hand_over(store::Session& session, const Caller& caller, const TaskRow& task,
                              const TaskOutcome& outcome) const {
  if (auto before = select_waiting_transfer(session, task.id))
    close(session, task, std::move(*before), TaskTransferState::kWithdrawn, &caller);
  if (*outcome.unit == task.unit) return;  // it stays
  TransferRow made;
  made.id = db.ids().make<TaskTransferId>();
  made.task = task.id;
  made.from_unit = task.unit;
  made.to_unit = *outcome.unit;
  made.at = clock.now();
  made.account = caller.account;
  made.by_name = caller.name;
  if (outcome.note) made.reason = store::Bytes{seal(kReasonSeal, made.id.value, *outcome.note)};
  made.base = made.level = referrals::base_of(geography, made.to_unit);
  made.climb_at = made.at + kTakenWithin;
  insert_transfer(session, made);
  session.publish({"task.transferred", task.id.value, made.at, task.version, made.to_unit.value});
}

void Tracing::Impl::call_for_transfers(store::Session& session) const {
  for (auto& row : select_unacknowledged(session, clock.now(), referrals::kEscalateMost)) {
    row.level = std::min(row.level + 1, referrals::kTop);
    row.climb_at = clock.now() + kTakenWithin;
    update_transfer(session, row);
    session.publish({"task.transferred", row.task.value, clock.now(), 1, row.to_unit.value});
  }
}

Result<TaskView> Tracing::Impl::take_over(store::Session& session, const Caller& caller, TaskId id) {
  auto row = seen_task(session, caller, id);
  if (!row) return row.error();
  const auto coming = select_waiting_transfer(session, id);
  if (!coming) {  // a repeated call, or nothing to take
    const auto all = select_transfers(session, id);
    const bool taken =
        !all.empty() && all.back().state == TaskTransferState::kTaken && all.back().ended_account == caller.account;
    if (!taken) return kTaskNotTransferred;
    return view(session, caller, *row);
  }
  const auto mine = referrals::level_of(geography, caller, coming->to_unit);
  if (!mine) return kTaskNotTransferred;
  if (*mine > coming->level) return referrals::kNotEscalated;
  // Whatever is to be done about this contact goes along.
  for (const TaskKind kind : {TaskKind::kAssess, TaskKind::kCall, TaskKind::kDoor}) {
    auto task = select_task_of(session, row->candidate, kind);
    if (!task || ended(task->state)) continue;
    if (auto waiting = select_waiting_transfer(session, task->id)) {
      const bool this_one = task->id == id;
      close(session, *task, std::move(*waiting), this_one ? TaskTransferState::kTaken : TaskTransferState::kWithdrawn,
            &caller);
    }
    session.publish({"task.taken", task->id.value, clock.now(), task->version + 1, task->unit.value});
    move_task(session, *task, coming->to_unit);
    const std::int64_t before = task->version++;
    task->unit = coming->to_unit;
    static_cast<staff::Holding&>(*task) = {};
    task->state = TaskState::kOpen;
    task->created_at = clock.now();
    task->due_at = std::max(task->due_at, clock.now() + kReachWithin);
    update_task(session, *task, before);
    session.publish({"task.opened", task->id.value, clock.now(), task->version, task->unit.value});
  }
  return view(session, caller, *select_task(session, id));
}

Task<Result<TaskView>> Tracing::take_over(const Caller& caller, TaskId id) {
  return impl_->db.transact([impl = impl_.get(), caller, id](store::Session& s) -> Result<TaskView> {
    return impl->take_over(s, caller, id);
  });
}

Task<Result<TaskView>> Tracing::keep(const Caller& caller, TaskId id) {
  return impl_->db.transact([impl = impl_.get(), caller, id](store::Session& s) -> Result<TaskView> {
    const auto row = impl->workable(s, caller, id);
    if (!row) return row.error();
    auto waiting = select_waiting_transfer(s, id);
    if (!waiting) return kTaskNotTransferred;
    impl->close(s, *row, std::move(*waiting), TaskTransferState::kWithdrawn, &caller);
    s.publish({"task.given", id.value, impl->clock.now(), row->version, row->unit.value});
    return impl->view(s, caller, *row);
  });
}

Task<Result<http::Page<TaskView>>> Tracing::arriving(const Caller& caller, TransferFilter filter,
                                                     std::optional<std::string> cursor, std::size_t limit) {
  using Shown = http::Page<TaskView>;
  const bool descending = filter.order == cases::SortOrder::kDescending;
  const std::string sorted = descending ? "asked-descending" : "asked-ascending";
  const auto start = start_of(cursor, sorted, descending);
  if (!start) return refused<Shown>(start.error());
  const TransferPosition after{Instant{start->number}, TaskTransferId{start->id}};
  return impl_->db.transact(
      [impl = impl_.get(), caller, filter, descending, sorted, after, limit](store::Session& s) -> Result<Shown> {
        if (impl->access.areas(caller, kWork).empty()) return kNotPermitted;
        const auto reach = referrals::reach(impl->geography, caller, filter.unit);
        auto rows = page_transfers(s, reach, filter.yours, descending, after, limit + 1);
        Shown page;
        if (rows.size() > limit) {
          rows.resize(limit);
          page.next = end_of(sorted, {rows.back().at.seconds, rows.back().id.value});
        }
        const auto tasks = tasks_of(s, rows);
        const auto traced = traced_of(s, tasks);
        std::vector<identity::Subject> shown;
        for (std::size_t i = 0; i < tasks.size(); ++i) {
          const auto of = traced.find(tasks[i].case_id);
          shown.push_back({tasks[i].person, rows[i].to_unit,
                           of == traced.end() ? "" : identity::note(identity::LogNote::kCaseFile, of->second.number)});
          page.items.push_back(impl->view(s, caller, tasks[i]));
        }
        if (auto allowed = impl->access.require_each(s, caller, kWork, shown); !allowed) return allowed.error();
        return page;
      });
}

// What was noted when somebody was handed over is told in words, and left out.
Task<Result<http::Reply>> Tracing::take_out_transfers(const Caller& caller, UnitId unit, TaskTransfersOut wanted) {
  return impl_->db.transact(
      [impl = impl_.get(), caller, unit, wanted = std::move(wanted)](store::Session& s) -> Result<http::Reply> {
        const auto allowed = impl->access.require(s, caller, kTakeOutTransfers, {PersonId{}, unit, wanted.reason});
        if (!allowed) return allowed.error();
        if (!impl->geography.find(unit)) return kNotFound;
        const auto reach = referrals::reach(impl->geography, caller, unit);
        const Cursor start = outermost(false);
        const auto rows = page_transfers(s, reach, wanted.yours.value_or(false), false,
                                         {Instant{start.number}, TaskTransferId{start.id}}, kTasksOutMost + 1);
        if (rows.size() > kTasksOutMost) return identity::list_too_long(kTasksOutMost);
        const auto tasks = tasks_of(s, rows);
        const auto traced = traced_of(s, tasks);
        const Date today = local_date(impl->clock.now());
        std::vector<identity::Subject> shown;
        tables::Sheet sheet;
        sheet.columns = people::person_heads({"case", "disease"}, {"task", "from", "to", "askedAt", "level", "dueAt"});
        for (std::size_t i = 0; i < tasks.size(); ++i) {
          shown.push_back({tasks[i].person, rows[i].to_unit, wanted.reason});
          const auto person = impl->people.written(s, tasks[i].person);
          if (!person) continue;
          const auto of = traced.find(tasks[i].case_id);
          const bool known = of != traced.end();
          sheet.rows.push_back(people::person_line(
              {known ? Cell(of->second.number) : Cell(), known ? Cell(of->second.disease) : Cell()}, *person,
              {json::enum_text(tasks[i].kind), name_of(impl->geography, rows[i].from_unit),
               name_of(impl->geography, rows[i].to_unit), to_text(rows[i].at),
               json::enum_text(static_cast<referrals::Level>(rows[i].level)), to_text(tasks[i].due_at)},
              impl->geography, today));
        }
        return identity::unit_file(s, impl->access, impl->geography, caller, kTakeOutTransfers,
                                   {unit, "task-transfers", "luytre-task-transfers-", wanted.reason, wanted.format,
                                    std::move(sheet), std::move(shown)},
                                   impl->clock.now());
      });
}

}  // namespace luytre::tracing
