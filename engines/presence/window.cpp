#include "engines/presence/window.h"

namespace luytre::presence {

Result<Interval> infectious_window(const CaseDates& dates, const WindowRule& rule, Instant now) {
  if (!dates.onset && !dates.sample_at) return kCaseDatesMissing;
  const Date first = dates.onset ? Date{dates.onset->days - rule.days_before_onset}
                                 : Date{local_date(*dates.sample_at).days - rule.days_before_sample};
  const Interval window{local_midnight(first), dates.isolated_at.value_or(now)};
  if (window.empty()) return kCaseWindowEmpty;
  return window;
}

}  // namespace luytre::presence
