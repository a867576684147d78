// Days as line lists have them. A list writes them in one order, which whoever reads it says: 04/08/2021 is two days.
// A name of a month ("18-May-14") and a year in front ("2014-05-18") leave nothing to choose, and are read in any
// order. Pure functions of the text and of the day it is read on.

#pragma once

#include <boost/describe.hpp>
#include <optional>
#include <string_view>

#include "platform/base/time.h"

namespace luytre::linelists {

enum class DayOrder { kDayFirst, kMonthFirst };
BOOST_DESCRIBE_ENUM(DayOrder, kDayFirst, kMonthFirst)

// Parts by "/", "-", "." or a space; what follows the day after a space or a "T" is left out. A year of two digits is
// the last such year that is not after `today`'s.
std::optional<Date> read_day(std::string_view text, DayOrder order, Date today);

// An instant in ISO-8601 with its offset; else the local midnight of a day, or the local time that follows it
// ("18/05/2014 07:30", "2014-05-18T07:30:00").
std::optional<Instant> read_moment(std::string_view text, DayOrder order, Date today);

}  // namespace luytre::linelists
