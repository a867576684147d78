// Follow-ups that nobody has yet, for the list over all rooms.

#include "modules/followup/impl.h"

namespace luytre::followup {

std::vector<staff::Waiting> FollowUps::waiting(store::Session& session, const Caller& caller) const {
  std::vector<staff::Waiting> out;
  const auto& geography = impl_->geography;
  if (impl_->access.areas(caller, kWork).empty()) return out;
  storage::Search search;
  search.reach = referrals::reach(geography, caller, std::nullopt);
  search.today = impl_->today();
  search.escalated = true;
  for (const auto& row : storage::page(session, search, {}, staff::kWaitingMost))
    out.push_back(staff::waiting_at(geography, caller, staff::WaitingKind::kFollowUp, row.id.value, row.unit,
                                    local_midnight({row.waiting_since.days + 1}), row.level));
  search.escalated = false;
  search.among = storage::Among::kToSample;
  for (const auto& row : storage::page(session, search, {}, staff::kWaitingMost)) {
    const Instant late = local_midnight({row.test_day.value_or(search.today).days + 1});
    if (late > impl_->now()) continue;
    out.push_back(staff::waiting(geography, caller, staff::WaitingKind::kTest, row.id.value, row.unit, late,
                                 staff::kComesUpAfter, impl_->now()));
  }
  const storage::TransferPosition first{Instant{INT64_MIN}, {}};
  for (const auto& row : storage::arriving(session, search.reach, false, false, first, staff::kWaitingMost))
    out.push_back(staff::waiting_at(geography, caller, staff::WaitingKind::kFollowUpTransfer, row.period.value,
                                    row.to_unit, row.at, row.level));
  // Work from the moment the class was given: no list has them before.
  for (const auto& row : impl_->unsettled(session, search.reach)) {
    const std::int64_t climbed = (impl_->now() - row.since) / staff::kComesUpAfter;
    out.push_back(staff::waiting_at(geography, caller, staff::WaitingKind::kUnfollowed, row.candidate.value, row.unit,
                                    row.since, referrals::base_of(geography, row.unit) + climbed));
  }
  return out;
}

}  // namespace luytre::followup
