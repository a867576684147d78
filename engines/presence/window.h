// The infectious window of a case, from its dates and a rule set's window rule.
//
// Dates that people give are Vietnamese local days: the window begins at local midnight, `days_before_onset` days
// before the first symptoms, or, for a case without symptoms, `days_before_sample` days before the day of the positive
// sample. It ends at the instant of isolation; earlier, when the rule says that nobody is infectious for longer: at the
// end of the local day so many days after onset, or after the sample; else now.

#pragma once

#include <optional>

#include "platform/base/json.h"
#include "platform/base/result.h"
#include "platform/base/time.h"

namespace luytre::presence {

struct WindowRule {
  std::int64_t days_before_onset = 0;
  std::int64_t days_before_sample = 0;
  std::optional<std::int64_t> days_after_onset;   // absent: until isolated
  std::optional<std::int64_t> days_after_sample;  // of a case without symptoms
};
BOOST_DESCRIBE_STRUCT(WindowRule, (), (days_before_onset, days_before_sample, days_after_onset, days_after_sample))

struct CaseDates {
  std::optional<Date> onset;  // absent: no symptoms
  std::optional<Instant> sample_at;
  std::optional<Instant> isolated_at;
};

inline constexpr ErrorCode kCaseDatesMissing{"case_dates_missing", 422};  // neither onset nor sample is known
inline constexpr ErrorCode kCaseWindowEmpty{"case_window_empty", 422};    // isolated, or now, before the window begins

// When the window closes; absent: not yet known. It may lie ahead. The case has an onset or a sample.
std::optional<Instant> window_end(const CaseDates& dates, const WindowRule& rule);

Result<Interval> infectious_window(const CaseDates& dates, const WindowRule& rule, Instant now);

}  // namespace luytre::presence
