// Whose a task is: given, taken back, and lost with an account or a team.

#include "modules/tracing/impl.h"

namespace luytre::tracing {

std::optional<staff::WhyNot> Tracing::Impl::give(store::Session& session, const Caller& caller, TaskId id,
                                                 const staff::Hand& hand, TasksGiven& out) {
  auto row = workable(session, caller, id);
  if (!row) return staff::WhyNot::kUnknown;
  if (row->state == TaskState::kDone || row->state == TaskState::kWithdrawn) return staff::WhyNot::kEnded;
  if (!staff::fits(session, geography, hand, select_task_units(session, id))) return staff::WhyNot::kNotTheirs;
  const std::int64_t before = row->version++;
  staff::give(*row, hand, caller, clock.now());
  row->state = row->taken_at ? TaskState::kAcknowledged : TaskState::kOpen;
  update_task(session, *row, before);
  session.publish({"task.given", id.value, clock.now(), row->version, row->unit.value});
  out.items.push_back(view(session, caller, *row));
  return std::nullopt;
}

Task<Result<TasksGiven>> Tracing::give(const Caller& caller, TaskGift gift) {
  if (gift.tasks.empty()) return refused<TasksGiven>(wrong_field("/tasks", "required"));
  if (gift.tasks.size() > kTakenAtOnce) return refused<TasksGiven>(wrong_field("/tasks", "too_long"));
  return impl_->db.transact(
      [impl = impl_.get(), caller, gift = std::move(gift)](store::Session& s) -> Result<TasksGiven> {
        if (impl->access.areas(caller, kWork).empty()) return kNotPermitted;
        TasksGiven out;
        for (const TaskId id : gift.tasks)
          if (const auto why = impl->give(s, caller, id, {gift.officer, gift.team}, out))
            out.refused.push_back({id, *why});
        return out;
      });
}

void Tracing::Impl::lose(store::Session& session, AccountId officer) {
  for (TaskRow& row : select_tasks_of_officer(session, officer)) {
    if (!staff::lose_officer(session, geography, row, select_task_units(session, row.id), clock.now())) continue;
    const std::int64_t before = row.version++;
    row.state = TaskState::kOpen;
    update_task(session, row, before);
    session.publish({"task.given", row.id.value, clock.now(), row.version, row.unit.value});
  }
}

void Tracing::Impl::lose(store::Session& session, staff::OfficerTeamId team) {
  for (TaskRow& row : select_tasks_of_team(session, team)) {
    const std::int64_t before = row.version++;
    staff::lose_team(session, row, clock.now());
    update_task(session, row, before);
    session.publish({"task.given", row.id.value, clock.now(), row.version, row.unit.value});
  }
}

store::Following Tracing::follow_staff() {
  return {"tracing.staff",
          {"officer.changed", "staff.team_ended"},
          [impl = impl_.get()](store::Session& s, const store::Event& event) {
            if (event.type == "officer.changed") impl->lose(s, AccountId{event.subject});
            if (event.type == "staff.team_ended") impl->lose(s, staff::OfficerTeamId{event.subject});
          },
          {}};
}

}  // namespace luytre::tracing
