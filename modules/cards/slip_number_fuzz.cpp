// Whatever somebody keys in from a slip: a number is one that a sheet can have, and a time is one of a day.

#include "modules/cards/slip_number.h"
#include "platform/base/fuzzing.h"

using namespace luytre::cards;
using luytre::require;

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  const std::string_view typed(reinterpret_cast<const char*>(data), size);
  if (const auto read = parse_slip_number(typed); const auto* number = std::get_if<std::int64_t>(&read)) {
    require(*number >= 1 && *number <= kSlipNumberMost);
    const auto again = parse_slip_number(shown_slip_number(*number));
    require(std::get<std::int64_t>(again) == *number);
  }
  if (const auto clock = parse_clock(typed)) {
    require(*clock >= std::chrono::minutes{0} && *clock <= std::chrono::hours{24});
  }
  return 0;
}
