// Deletes what serves nothing any longer.

#include <algorithm>

#include "modules/duties/impl.h"

namespace luytre::duties {
namespace {

constexpr std::chrono::minutes kEvery{60};
constexpr std::size_t kAtOnce = 500;

}  // namespace

store::Recurring Duties::retention() const {
  const auto run = [impl = impl_.get()](store::Session& s) {
    if (impl->settings.study) return;
    const Instant now = impl->now();
    const auto prove = [&](const char* rule, Instant before, std::int64_t deleted) {
      if (deleted > 0) storage::prove(s, impl->db.ids().next(), now, rule, before, deleted);
    };
    prove("duties: invitations not accepted in time", now, storage::forget_invitations(s, now));
    const Date yesterday{local_date(now).days - 1};
    prove("duties: reminders of earlier days", local_midnight(yesterday), storage::forget_reminders(s, yesterday));

    std::vector<Force> days;
    for (auto back = std::chrono::hours(0); back <= kIdle; back += std::chrono::hours(24))
      days.push_back(impl->force(now - back));
    RosterId after{};
    for (;;) {
      const auto rows = storage::all(s, after, kAtOnce);
      for (const auto& row : rows) {
        if (row.opened > now - kIdle) continue;
        const bool served =
            std::any_of(days.begin(), days.end(), [&](const Force& force) { return force.binds(impl->rules, row); });
        if (!served) prove("duties: roster without a duty for 28 days", now - kIdle, storage::close(s, row.id, now));
      }
      if (rows.size() < kAtOnce) return;
      after = rows.back().id;
    }
  };
  return {"duties.retention", kEvery, run};
}

}  // namespace luytre::duties
