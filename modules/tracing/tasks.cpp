// Tasks: the work lists of the stations. A task ends only when the person is reached, refuses, or the case is taken
// back.

#include <algorithm>
#include <unordered_set>

#include "modules/tracing/impl.h"

namespace luytre::tracing {
namespace {

constexpr std::string_view kAttemptSeal = "tracing.attempt";
constexpr std::size_t kScan = 500;
constexpr std::chrono::hours kAgainAfter{1};  // somebody who did not answer is tried again
constexpr std::chrono::hours kDoorWithin{12};

bool ended(TaskState state) {
  return state == TaskState::kDone || state == TaskState::kWithdrawn;
}

Error version_conflict(const TaskView& current) {
  Error error(kVersionConflict);
  error.current = json::text(current);
  return error;
}

}  // namespace

UnitId Tracing::Impl::commune_of(UnitId unit) const {
  return geography.responsible_commune(unit, local_date(clock.now())).value_or(unit);
}

void Tracing::Impl::open_task(store::Session& session, const CandidateRow& candidate, TaskKind kind,
                              std::chrono::seconds within, const std::set<UnitId>& places_of_exposure) {
  const Instant now = clock.now();
  auto task = select_task_of(session, candidate.id, kind);
  if (!task) {
    task.emplace();
    task->id = db.ids().make<TaskId>();
    task->kind = kind;
    task->case_id = candidate.case_id;
    task->candidate = candidate.id;
    task->person = candidate.person;
    task->unit = commune_of(candidate.unit);
    task->created_at = now;
    task->due_at = now + within;
    insert_task(session, *task);
    session.publish({"task.opened", task->id.value, now, 1, task->unit.value});
  } else if (task->state == TaskState::kWithdrawn) {
    const std::int64_t before = task->version++;
    task->state = TaskState::kOpen;
    task->due_at = now + within;
    task->outcome.reset();
    update_task(session, *task, before);
    session.publish({"task.opened", task->id.value, now, task->version, task->unit.value});
  }
  insert_task_unit(session, task->id, task->unit, "address");
  for (const UnitId unit : places_of_exposure) insert_task_unit(session, task->id, unit, "place");
}

void Tracing::Impl::end_task(store::Session& session, TaskRow task, TaskState state, std::optional<Outcome> outcome) {
  if (ended(task.state)) return;
  const std::int64_t before = task.version++;
  task.state = state;
  task.outcome = outcome;
  update_task(session, task, before);
  session.publish({"task.done", task.id.value, clock.now(), task.version, task.unit.value});
}

TaskView Tracing::Impl::view(store::Session& session, const TaskRow& row) const {
  TaskView out;
  out.id = row.id;
  out.kind = row.kind;
  out.case_ = row.case_id;
  if (const auto traced = cases::Cases::traced(session, row.case_id)) {
    out.case_number = traced->number;
    out.disease = traced->disease;
  }
  out.candidate = row.candidate;
  if (auto person = people.brief(session, row.person)) out.person = std::move(*person);
  if (const auto candidate = select_candidate(session, row.candidate)) {
    out.level = candidate->level;
    out.risk = candidate->risk;
  }
  out.unit = row.unit;
  if (const auto* unit = geography.find(row.unit)) out.unit_name = unit->full_name;
  out.due_at = row.due_at;
  out.state = row.state;
  out.attempts = row.attempts;
  out.overdue = !ended(row.state) && row.due_at < clock.now();
  out.version = row.version;
  return out;
}

bool Tracing::Impl::may_work(store::Session& session, const Caller& caller, const TaskRow& row) const {
  const auto areas = access.areas(caller, kWork);
  for (const UnitId unit : select_task_units(session, row.id))
    for (const UnitId area : areas)
      if (geography.covers(area, unit)) return true;
  return false;
}

Task<Result<http::Page<TaskView>>> Tracing::tasks(const Caller& caller, TaskFilter filter,
                                                  std::optional<std::string> cursor, std::size_t limit) {
  return impl_->db.transact([impl = impl_.get(), caller, filter, cursor,
                             limit](store::Session& s) -> Result<http::Page<TaskView>> {
    const auto areas = impl->access.areas(caller, kWork);
    if (areas.empty()) return kNotPermitted;
    TaskPosition after;
    if (const auto parts = parse_cursor(cursor, 2); !parts.empty()) after = {Instant{parts[0]}, TaskId{parts[1]}};
    const auto shown = [&](const TaskRow& row) {
      if (!filter.state && ended(row.state)) return false;
      if (filter.kind && row.kind != *filter.kind) return false;
      if (filter.mine && row.taken_by != caller.account) return false;
      if (filter.unit) {
        const auto units = select_task_units(s, row.id);
        const bool here =
            std::any_of(units.begin(), units.end(), [&](UnitId u) { return impl->geography.covers(*filter.unit, u); });
        if (!here) return false;
      }
      return impl->may_work(s, caller, row);
    };

    http::Page<TaskView> page;
    for (bool more = true; more;) {
      const auto rows = page_tasks(s, filter.state, after, kScan);
      more = rows.size() == kScan;
      for (const TaskRow& row : rows) {
        if (page.items.size() == limit) {
          page.next = cursor_text({after.due.seconds, after.id.value});
          more = false;
          break;
        }
        after = {row.due_at, row.id};
        if (shown(row)) page.items.push_back(impl->view(s, row));
      }
    }
    impl->access.log_list(s, caller, kWork, static_cast<std::int64_t>(page.items.size()), "tasks");
    return page;
  });
}

Task<Result<TaskView>> Tracing::task(const Caller& caller, TaskId id) {
  return impl_->db.transact([impl = impl_.get(), caller, id](store::Session& s) -> Result<TaskView> {
    const auto row = select_task(s, id);
    if (!row || !impl->may_work(s, caller, *row)) return kNotFound;
    TaskView out = impl->view(s, *row);
    const auto candidate = select_candidate(s, row->candidate);
    const UnitId unit = candidate ? impl->seen_by(s, caller, kWork, *candidate) : row->unit;
    const auto allowed = impl->access.require(s, caller, kWork, {row->person, unit, "case " + out.case_number});
    if (!allowed) return allowed.error();
    if (auto contact = impl->people.contact_of(s, row->person)) {
      out.contact = ContactData{std::move(contact->phones), std::move(contact->address)};
    }
    out.log.emplace();
    for (const AttemptRow& a : select_attempts(s, id)) {
      Attempt attempt{a.at, a.by_name, a.outcome, std::nullopt};
      if (a.note) attempt.note = impl->unseal(kAttemptSeal, a.id, a.note->data);
      out.log->push_back(std::move(attempt));
    }
    return out;
  });
}

Task<Result<TaskView>> Tracing::acknowledge(const Caller& caller, TaskId id) {
  return impl_->db.transact([impl = impl_.get(), caller, id](store::Session& s) -> Result<TaskView> {
    auto row = select_task(s, id);
    if (!row || !impl->may_work(s, caller, *row)) return kNotFound;
    if (ended(row->state)) return kTaskEnded;
    const std::int64_t before = row->version++;
    row->state = TaskState::kAcknowledged;
    row->taken_by = caller.account;
    update_task(s, *row, before);
    s.publish({"task.acknowledged", id.value, impl->clock.now(), row->version, row->unit.value});
    return impl->view(s, *row);
  });
}

Task<Result<TaskView>> Tracing::close(const Caller& caller, TaskId id, TaskOutcome outcome, std::int64_t version) {
  return impl_->db.transact(
      [impl = impl_.get(), caller, id, outcome = std::move(outcome), version](store::Session& s) -> Result<TaskView> {
        auto row = select_task(s, id);
        if (!row || !impl->may_work(s, caller, *row)) return kNotFound;
        if (row->version != version) return version_conflict(impl->view(s, *row));
        if (ended(row->state)) return kTaskEnded;

        AttemptRow attempt;
        attempt.id = impl->db.ids().next();
        attempt.task = id;
        attempt.at = impl->clock.now();
        attempt.account = caller.account;
        attempt.by_name = caller.name;
        attempt.outcome = outcome.outcome;
        if (outcome.note) attempt.note = store::Bytes{impl->seal(kAttemptSeal, attempt.id, *outcome.note)};
        insert_attempt(s, attempt);

        row->attempts += 1;
        row->taken_by = caller.account;
        row->outcome = outcome.outcome;
        row->version = version + 1;
        if (outcome.outcome == Outcome::kReached || outcome.outcome == Outcome::kRefused) {
          row->state = TaskState::kDone;
        } else {
          row->state = TaskState::kOpen;
          row->due_at = impl->clock.now() + kAgainAfter;
        }
        update_task(s, *row, version);
        // A number that leads nowhere needs somebody at the door.
        const bool no_phone = outcome.outcome == Outcome::kWrongNumber && row->kind != TaskKind::kDoor;
        if (no_phone) {
          if (const auto candidate = select_candidate(s, row->candidate))
            impl->open_task(s, *candidate, TaskKind::kDoor, kDoorWithin);
          row->state = TaskState::kDone;
          const std::int64_t before = row->version++;
          update_task(s, *row, before);
        }
        s.publish(
            {ended(row->state) ? "task.done" : "task.attempted", id.value, attempt.at, row->version, row->unit.value});
        return impl->view(s, *row);
      });
}

}  // namespace luytre::tracing
