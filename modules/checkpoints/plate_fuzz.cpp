// Whatever is written down as a plate: what is accepted is short and found again as it is shown.

#include "modules/checkpoints/plate.h"

#include <algorithm>

#include "platform/base/fuzzing.h"
#include "platform/base/text.h"

using namespace luytre::checkpoints;
using luytre::require;

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  (void)plate_text(text);
  const auto plate = normalise_plate(text);
  if (!plate) return 0;
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  require(luytre::is_utf8(*plate) && luytre::code_points(*plate) >= 3 && luytre::code_points(*plate) <= 12);
  require(std::any_of(plate->begin(), plate->end(), is_digit));
  // Letters of other alphabets keep no case that could be relied on.
  const bool latin =
      std::all_of(plate->begin(), plate->end(), [&](char c) { return is_digit(c) || (c >= 'A' && c <= 'Z'); });
  if (latin) require(normalise_plate(plate_text(*plate)) == *plate);
  return 0;
}
