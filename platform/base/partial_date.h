// A day of which only the year, or the year and the month, may be known, as papers and people's memory have them.
// Nothing is made up.

#pragma once

#include <compare>
#include <optional>
#include <string>

#include "platform/base/time.h"

namespace luytre {

struct PartialDate {
  int year = 0;
  unsigned month = 0;  // 0: not known
  unsigned day = 0;    // 0: not known, as it is when the month is not

  std::optional<Date> whole() const;
  Date first() const;  // of the days that it may be
  Date last() const;
  friend auto operator<=>(const PartialDate&, const PartialDate&) = default;
};

std::string to_text(const PartialDate& date);  // "2021-07-05", "2021-07", "2021"

}  // namespace luytre
