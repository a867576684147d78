// One list over the rooms of what nobody has yet.

#include <algorithm>
#include <map>

#include "modules/staff/staff.h"

namespace luytre::staff {
namespace {

const identity::Action kSee{"staff.waiting", Purpose::kFollowUp, kWorkers};

}  // namespace

Waiting waiting_at(const geography::Geography& geography, const Caller& caller, WaitingKind kind, std::int64_t subject,
                   UnitId unit, Instant late, std::int64_t level) {
  Waiting out;
  out.kind = kind;
  out.subject = {subject};
  out.unit = unit;
  if (const auto* found = geography.find(unit)) out.unit_name = found->full_name;
  out.since = late;
  const std::int64_t at = std::min(level, referrals::kTop);
  out.level = static_cast<referrals::Level>(at);
  out.escalated = at > referrals::base_of(geography, unit);
  const auto mine = referrals::level_of(geography, caller, unit);
  out.yours = mine && *mine <= at;
  return out;
}

Waiting waiting(const geography::Geography& geography, const Caller& caller, WaitingKind kind, std::int64_t subject,
                UnitId unit, Instant late, std::chrono::seconds step, Instant now) {
  std::int64_t level = referrals::base_of(geography, unit);
  if (late <= now) level += 1 + (now - late) / step;
  return waiting_at(geography, caller, kind, subject, unit, late, level);
}

Task<Result<WaitingList>> Staff::waiting_list(const Caller& caller, bool yours) const {
  if (access_.areas(caller, kSee).empty()) return refused<WaitingList>(kNotPermitted);
  return db_.read([this, caller, yours](store::Session& s) -> Result<WaitingList> {
    WaitingList out;
    if (rooms_) out.items = rooms_(s, caller);
    if (yours) std::erase_if(out.items, [](const Waiting& one) { return !one.yours; });
    std::sort(out.items.begin(), out.items.end(), [](const Waiting& a, const Waiting& b) {
      return std::tuple(a.since, a.kind, a.subject) < std::tuple(b.since, b.kind, b.subject);
    });
    std::map<WaitingKind, std::int64_t> counts;
    for (const Waiting& one : out.items) ++counts[one.kind];
    for (const auto& [kind, count] : counts) out.counts.push_back({kind, count});
    if (out.items.size() > kWaitingMost) out.items.resize(kWaitingMost);
    return out;
  });
}

}  // namespace luytre::staff
