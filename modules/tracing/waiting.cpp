// Tasks that nobody has yet, for the list over all rooms.

#include "modules/tracing/impl.h"

namespace luytre::tracing {

std::vector<staff::Waiting> Tracing::waiting(store::Session& session, const Caller& caller) const {
  std::vector<staff::Waiting> out;
  if (impl_->access.areas(caller, kWork).empty()) return out;
  const Instant now = impl_->clock.now();
  TaskSearch search;
  search.units = impl_->work_units(caller, std::nullopt);
  search.states = {TaskState::kOpen, TaskState::kAcknowledged};
  search.overdue_at = now;
  search.untaken_since = now - kTakenWithin;
  for (const TaskRow& row : page_tasks(session, search, std::nullopt, staff::kWaitingMost)) {
    const Instant untaken = waiting_since(row) + kTakenWithin;
    const bool nobody = row.state == TaskState::kOpen && !row.taken_at;
    const Instant late = nobody ? std::min(row.due_at, untaken) : row.due_at;
    out.push_back(staff::waiting(impl_->geography, caller, staff::WaitingKind::kTask, row.id.value, row.unit, late,
                                 kClimbsAfter, now));
  }
  const auto reach = referrals::reach(impl_->geography, caller, std::nullopt);
  const TransferPosition first{Instant{INT64_MIN}, {}};
  for (const TransferRow& row : page_transfers(session, reach, false, false, first, staff::kWaitingMost))
    out.push_back(staff::waiting_at(impl_->geography, caller, staff::WaitingKind::kTaskTransfer, row.task.value,
                                    row.to_unit, row.at, row.level));
  return out;
}

}  // namespace luytre::tracing
