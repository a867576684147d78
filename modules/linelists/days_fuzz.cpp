// Any text: a day that is read is one that exists, and written in ISO-8601 it is read as itself in either order.

#include <cstdint>
#include <string_view>

#include "modules/linelists/days.h"
#include "platform/base/fuzzing.h"

using luytre::require;
using namespace luytre::linelists;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const luytre::Date today = luytre::make_date(2026, 3, 2);
  for (const DayOrder order : {DayOrder::kDayFirst, DayOrder::kMonthFirst}) {
    if (const auto day = read_day(text, order, today)) {
      const std::string written = luytre::to_text(*day);
      require(read_day(written, order, today) == day);
      require(luytre::parse_date(written) == day);
    }
    if (const auto at = read_moment(text, order, today)) require(read_moment(luytre::to_text(*at), order, today) == at);
  }
  return 0;
}
