// Whatever is keyed in from a paper slip: a number that is accepted is accepted as it is shown, and with any one digit
// wrong it is not; a time is one of the day.

#include "modules/cards/slip_number.h"

#include "platform/base/fuzzing.h"

using namespace luytre::cards;
using luytre::require;

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  if (const auto read = parse_slip_number(text); const auto* number = std::get_if<std::int64_t>(&read)) {
    require(*number >= 1 && *number <= kSlipNumberMost);
    const std::string shown = shown_slip_number(*number);
    const auto again = parse_slip_number(shown);
    require(std::holds_alternative<std::int64_t>(again) && std::get<std::int64_t>(again) == *number);
    for (std::size_t at = 0; at < shown.size(); ++at) {
      if (shown[at] == '-') continue;
      std::string wrong = shown;
      wrong[at] = static_cast<char>('0' + (wrong[at] - '0' + 1 + size % 9) % 10);
      require(std::holds_alternative<SlipFault>(parse_slip_number(wrong)));
    }
  }
  if (const auto clock = parse_clock(text)) require(*clock >= std::chrono::hours(0) && *clock < std::chrono::hours(24));
  return 0;
}
