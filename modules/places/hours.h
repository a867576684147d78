// Hours: when a place is open, as it states itself: for each day of the week from when to when, Vietnamese local time.
// Pure.

#pragma once

#include <chrono>
#include <vector>

#include "platform/base/json.h"

namespace luytre::places {

struct Opening {
  std::int64_t day = 1;  // 1 Monday … 7 Sunday
  Text<5> from;          // "07:00"
  Text<5> to;            // "17:30"; not later than `from`: of the next day
};
BOOST_DESCRIBE_STRUCT(Opening, (), (day, from, to))

inline constexpr std::size_t kOpeningsMost = 42;  // six a day

// Errors with pointers below /hours.
std::vector<FieldError> check(const std::vector<Opening>& hours);

// Whether somebody who comes at that time comes while it is open, or within `slack` of it. No hours: always.
bool open_at(const std::vector<Opening>& hours, Instant at, std::chrono::seconds slack);

}  // namespace luytre::places
