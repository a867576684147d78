// Tasks: the work lists of the stations. A call or a visit ends when the person is reached or refuses; asking somebody
// ends when an officer has chosen the class. Either ends when the case is taken back.

#include <limits>
#include <unordered_set>

#include "modules/tracing/impl.h"
#include "platform/base/conflict.h"

namespace luytre::tracing {
namespace {

constexpr std::string_view kAttemptSeal = "tracing.attempt";
constexpr std::chrono::hours kAgainAfter{1};  // somebody who did not answer is tried again
constexpr std::chrono::hours kDoorWithin{12};

bool ended(TaskState state) {
  return state == TaskState::kDone || state == TaskState::kWithdrawn;
}

// Since when what is late is this caller's: whoever answers for a province alone comes after the centre.
std::chrono::seconds later_for(const Caller& caller) {
  const bool nearer = std::any_of(caller.grants.begin(), caller.grants.end(), [](const Grant& grant) {
    return grant.role == Role::kStationOfficer || grant.role == Role::kDistrictOfficer;
  });
  return nearer ? std::chrono::seconds(0) : std::chrono::seconds(kClimbsAfter);
}

bool last_word(Outcome outcome) {
  return outcome == Outcome::kReached || outcome == Outcome::kRefused;
}

}  // namespace

UnitId Tracing::Impl::commune_of(UnitId unit) const {
  return geography.responsible_commune(unit, local_date(clock.now())).value_or(unit);
}

void Tracing::Impl::open_task(store::Session& session, const CandidateRow& candidate, TaskKind kind,
                              std::chrono::seconds within, const std::set<UnitId>& places_of_exposure) {
  const Instant now = clock.now();
  auto task = select_task_of(session, candidate.id, kind);
  const bool known = task.has_value();
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
    task->created_at = now;
    static_cast<staff::Holding&>(*task) = {};
    task->due_at = now + within;
    task->outcome.reset();
    update_task(session, *task, before);
    session.publish({"task.opened", task->id.value, now, task->version, task->unit.value});
  }
  insert_task_unit(session, *task, task->unit, "address");
  std::set<UnitId> left;  // who handed it on does not get it back by a place
  for (const TransferRow& one : known ? select_transfers(session, task->id) : std::vector<TransferRow>())
    if (one.state == TaskTransferState::kTaken) left.insert(one.from_unit);
  for (const UnitId unit : places_of_exposure)
    if (!left.contains(unit)) insert_task_unit(session, *task, unit, "place");
}

void Tracing::Impl::end_task(store::Session& session, TaskRow task, TaskState state, std::optional<Outcome> outcome) {
  if (ended(task.state)) return;
  const std::int64_t before = task.version++;
  task.state = state;
  task.outcome = outcome;
  update_task(session, task, before);
  if (auto waiting = select_waiting_transfer(session, task.id))
    close(session, task, std::move(*waiting), TaskTransferState::kWithdrawn, nullptr);
  session.publish({"task.done", task.id.value, clock.now(), task.version, task.unit.value});
}

TaskView Tracing::Impl::view(store::Session& session, const Caller& caller, const TaskRow& row) const {
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
    out.unclassified = candidate->status == CandidateStatus::kOpen;
  }
  out.unit = row.unit;
  if (const auto* unit = geography.find(row.unit)) out.unit_name = unit->full_name;
  out.due_at = row.due_at;
  out.state = row.state;
  out.attempts = row.attempts;
  out.outcome = row.outcome;
  out.overdue = !ended(row.state) && row.due_at < clock.now();
  out.untaken = row.state == TaskState::kOpen && !row.taken_at && waiting_since(row) <= clock.now() - kTakenWithin;
  out.assignee = staff::assignee(session, caller, row);
  out.lost = staff::lost(row);
  if (const auto waiting = select_waiting_transfer(session, row.id)) {
    const auto areas = access.areas(caller, kWork);  // why is for those two units
    if (geography.covers(areas, row.unit) || geography.covers(areas, waiting->to_unit))
      out.transfer = view(caller, *waiting);
  }
  out.version = row.version;
  return out;
}

std::optional<std::vector<UnitId>> Tracing::Impl::work_units(const Caller& caller, std::optional<UnitId> unit) const {
  std::unordered_set<UnitId> own;
  bool everywhere = false;
  for (const UnitId area : access.areas(caller, kWork)) {
    everywhere = everywhere || area.value == 0;
    if (everywhere) break;
    for (const UnitId covered : geography.covered(area)) own.insert(covered);
  }
  if (!unit) return everywhere ? std::nullopt : std::optional(std::vector<UnitId>(own.begin(), own.end()));
  std::vector<UnitId> out = geography.covered(*unit);
  if (!everywhere) std::erase_if(out, [&](UnitId covered) { return !own.contains(covered); });
  return out;
}

Result<Done> Tracing::Impl::look(store::Session& session, const Caller& caller, const TaskRow& row, UnitId unit) const {
  const auto traced = cases::Cases::traced(session, row.case_id);
  const std::string reason = traced ? identity::note(identity::LogNote::kCaseFile, traced->number) : std::string();
  return access.require(session, caller, kWork, {row.person, unit, reason});
}

Result<TaskRow> Tracing::Impl::workable(store::Session& session, const Caller& caller, TaskId id) const {
  auto row = select_task(session, id);
  if (!row) return kNotFound;
  const auto areas = access.areas(caller, kWork);
  for (const UnitId unit : select_task_units(session, id)) {
    const bool own = geography.covers(areas, unit);
    if (!own) continue;
    const auto allowed = look(session, caller, *row, unit);
    if (!allowed) return allowed.error();
    return std::move(*row);
  }
  return kNotFound;
}

TaskSearch Tracing::Impl::search_of(const Caller& caller, const TaskFilter& filter) const {
  TaskSearch out{work_units(caller, filter.unit),
                 {TaskState::kOpen, TaskState::kAcknowledged},
                 filter.kind,
                 {filter.mine ? std::optional(caller.account) : std::nullopt, filter.team, filter.nobodys},
                 std::nullopt,
                 std::nullopt};
  out.disease = filter.disease;
  out.level = filter.level;
  if (filter.state) out.states = {*filter.state};
  if (filter.late) {
    out.overdue_at = clock.now() - later_for(caller);
    out.untaken_since = *out.overdue_at - kTakenWithin;
  }
  if (filter.overdue) {
    std::erase_if(out.states, ended);
    if (!out.overdue_at) out.overdue_at = clock.now();
    out.untaken_since = Instant{std::numeric_limits<std::int64_t>::min()};  // who was not asked in time is not meant
  }
  out.sort = filter.sort.value_or(TaskSort::kDue);
  out.descending = filter.order == cases::SortOrder::kDescending;
  return out;
}

Task<Result<http::Page<TaskView>>> Tracing::tasks(const Caller& caller, TaskFilter filter,
                                                  std::optional<std::string> cursor, std::size_t limit) {
  return impl_->db.transact(
      [impl = impl_.get(), caller, filter, cursor, limit](store::Session& s) -> Result<http::Page<TaskView>> {
        if (impl->access.areas(caller, kWork).empty()) return kNotPermitted;
        const TaskSearch search = impl->search_of(caller, filter);
        std::optional<TaskPosition> after;
        if (cursor) {
          const auto at = parse_task_cursor(*cursor, search);
          if (!at) return at.error();
          after = *at;
        }
        const auto rows = page_tasks(s, search, after, limit + 1);

        http::Page<TaskView> page;
        std::vector<identity::Access::Shown> shown;
        for (std::size_t i = 0; i < rows.size() && i < limit; ++i) {
          TaskView& one = page.items.emplace_back(impl->view(s, caller, rows[i]));
          if (filter.names) {
            shown.push_back({rows[i].person, rows[i].unit});
          } else {
            one.person = {};
            one.transfer.reset();  // its words may tell who that is
          }
        }
        if (rows.size() > limit) page.next = task_cursor(rows[limit - 1], search);
        impl->access.log_each(s, caller, kWork, shown, identity::note(identity::LogNote::kListOfTasks));
        if (!filter.names) impl->access.log_list(s, caller, kWork, 0, "tasks, numbers alone");
        return page;
      });
}

Task<Result<TaskView>> Tracing::task(const Caller& caller, TaskId id) {
  return impl_->db.transact([impl = impl_.get(), caller, id](store::Session& s) -> Result<TaskView> {
    const auto row = impl->seen_task(s, caller, id);
    if (!row) return row.error();
    TaskView out = impl->view(s, caller, *row);
    if (auto contact = impl->people.contact_of(s, row->person)) {
      out.contact = ContactData{std::move(contact->phones), std::move(contact->address)};
    }
    out.transfers.emplace();
    for (const TransferRow& one : select_transfers(s, id)) out.transfers->push_back(impl->view(caller, one));
    out.log.emplace();
    for (const AttemptRow& a : select_attempts(s, id)) {
      Attempt attempt{a.at, a.by_name, a.outcome, std::nullopt};
      if (a.note) attempt.note = impl->unseal(kAttemptSeal, a.id, a.note->data);
      out.log->push_back(std::move(attempt));
    }
    return out;
  });
}

TaskView Tracing::Impl::take(store::Session& session, const Caller& caller, TaskRow row) {
  const std::int64_t before = row.version++;
  row.state = TaskState::kAcknowledged;
  staff::take(row, caller, clock.now());
  update_task(session, row, before);
  session.publish({"task.acknowledged", row.id.value, clock.now(), row.version, row.unit.value});
  return view(session, caller, row);
}

Task<Result<TaskView>> Tracing::acknowledge(const Caller& caller, TaskId id) {
  return impl_->db.transact([impl = impl_.get(), caller, id](store::Session& s) -> Result<TaskView> {
    auto row = impl->workable(s, caller, id);
    if (!row) return row.error();
    if (ended(row->state)) return kTaskEnded;
    return impl->take(s, caller, std::move(*row));
  });
}

Task<Result<TasksTaken>> Tracing::acknowledge_all(const Caller& caller, TaskChoice choice) {
  if (choice.tasks.empty()) return refused<TasksTaken>(wrong_field("/tasks", "required"));
  if (choice.tasks.size() > kTakenAtOnce) return refused<TasksTaken>(wrong_field("/tasks", "too_long"));
  return impl_->db.transact(
      [impl = impl_.get(), caller, choice = std::move(choice)](store::Session& s) -> Result<TasksTaken> {
        TasksTaken out;
        for (const TaskId id : choice.tasks) {
          auto row = impl->workable(s, caller, id);
          if (!row) return row.error();
          if (ended(row->state)) {
            ++out.ended;
          } else if (row->state == TaskState::kOpen &&
                     (row->taken_at || row->taken_by.value_or(caller.account) == caller.account)) {
            out.items.push_back(impl->take(s, caller, std::move(*row)));
          } else if (row->taken_by == caller.account) {
            out.items.push_back(impl->view(s, caller, *row));  // told twice
          } else {
            ++out.taken;
          }
        }
        return out;
      });
}

// What came of the last attempt; that somebody was spoken with, or refused, is not forgotten by one that follows.
void Tracing::Impl::note_outcome(TaskRow& task, Outcome outcome) {
  if (!task.outcome || !last_word(*task.outcome) || last_word(outcome)) task.outcome = outcome;
}

// Writes down the attempt, and what it means for the task. To have spoken with somebody is not to have chosen the
// class: until then the task of asking them stays as it is, due when it was due.
void Tracing::Impl::attempt(store::Session& session, const Caller& caller, TaskRow& task, const TaskOutcome& outcome) {
  AttemptRow row;
  row.id = db.ids().next();
  row.task = task.id;
  row.at = clock.now();
  row.account = caller.account;
  row.by_name = caller.name;
  row.outcome = outcome.outcome;
  if (outcome.note) row.note = store::Bytes{seal(kAttemptSeal, row.id, *outcome.note)};
  insert_attempt(session, row);

  const auto candidate = select_candidate(session, task.candidate);
  const bool unclassified = candidate && candidate->status == CandidateStatus::kOpen;
  const bool asks = task.kind == TaskKind::kAssess && unclassified;
  // A number that leads nowhere needs somebody at the door.
  const bool to_the_door = outcome.outcome == Outcome::kWrongNumber && task.kind != TaskKind::kDoor && candidate;
  if (to_the_door) open_task(session, *candidate, TaskKind::kDoor, kDoorWithin);

  const std::int64_t before = task.version++;
  task.attempts += 1;
  staff::take(task, caller, row.at);
  note_outcome(task, outcome.outcome);
  if (last_word(outcome.outcome) || to_the_door) {
    task.state = asks ? TaskState::kAcknowledged : TaskState::kDone;
  } else {
    task.state = TaskState::kOpen;
    task.due_at = row.at + kAgainAfter;
  }
  update_task(session, task, before);
  if (last_word(outcome.outcome) && unclassified && !asks) {  // whoever is to choose the class reads it, too
    auto asking = select_task_of(session, task.candidate, TaskKind::kAssess);
    if (asking && !ended(asking->state)) {
      const std::int64_t version = asking->version++;
      note_outcome(*asking, outcome.outcome);
      update_task(session, *asking, version);
    }
  }
  if (outcome.unit) hand_over(session, caller, task, outcome);
  if (ended(task.state))
    if (auto waiting = select_waiting_transfer(session, task.id))
      close(session, task, std::move(*waiting), TaskTransferState::kWithdrawn, nullptr);
  session.publish(
      {ended(task.state) ? "task.done" : "task.attempted", task.id.value, row.at, task.version, task.unit.value});
}

Task<Result<TaskView>> Tracing::close(const Caller& caller, TaskId id, TaskOutcome outcome, std::int64_t version) {
  auto closing = impl_->db.transact(
      [impl = impl_.get(), caller, id, outcome = std::move(outcome), version](store::Session& s) -> Result<TaskView> {
        auto row = impl->workable(s, caller, id);
        if (!row) return row.error();
        if (row->version != version) return kVersionConflict;
        if (ended(row->state)) return kTaskEnded;
        if (const auto wrong = impl->wrong_outcome(outcome)) return *wrong;
        impl->attempt(s, caller, *row, outcome);
        return impl->view(s, caller, *row);
      });
  return with_current(std::move(closing), [this, caller, id] { return task(caller, id); });
}

}  // namespace luytre::tracing
