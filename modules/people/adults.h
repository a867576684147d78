// Whose affairs the keeper of a household may see. People are declared for by somebody else; that never opens an
// adult's visits, warnings or results. Children act through those who represent them, so theirs are open. A child is
// under 16 (Law on Children 102/2016/QH13, art. 1), judged by the year of birth alone, in favour of who may have grown
// up; an unknown year is an adult's.

#pragma once

#include "modules/people/people.h"

namespace luytre::people {

inline constexpr std::int64_t kAdultAge = 16;

inline constexpr ErrorCode kAdultsOwnAffair{"adults_own_affair", 403};

// `today` is the local day.
inline bool sees_affairs(Relation relation, std::int64_t birth_year, Date today) {
  const std::chrono::year_month_day day{std::chrono::sys_days(std::chrono::days(today.days))};
  return relation == Relation::kSelf || static_cast<int>(day.year()) - birth_year < kAdultAge;
}

}  // namespace luytre::people
