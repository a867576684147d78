#include "engines/presence/window.h"

#include <algorithm>

namespace luytre::presence {

std::optional<Instant> window_end(const CaseDates& dates, const WindowRule& rule) {
  const auto days = dates.onset ? rule.days_after_onset : rule.days_after_sample;
  if (!days) return dates.isolated_at;
  const Date last = dates.onset ? *dates.onset : local_date(*dates.sample_at);
  const Instant end = local_midnight(Date{last.days + *days + 1});
  return dates.isolated_at ? std::min(end, *dates.isolated_at) : end;
}

Result<Interval> infectious_window(const CaseDates& dates, const WindowRule& rule, Instant now) {
  if (!dates.onset && !dates.sample_at) return kCaseDatesMissing;
  const Date first = dates.onset ? Date{dates.onset->days - rule.days_before_onset}
                                 : Date{local_date(*dates.sample_at).days - rule.days_before_sample};
  const Interval window{local_midnight(first), window_end(dates, rule).value_or(now)};
  if (window.empty()) return kCaseWindowEmpty;
  return window;
}

}  // namespace luytre::presence
