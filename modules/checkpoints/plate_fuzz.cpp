// Whatever somebody types for a plate: what is one in letters of ours has one form, and reads back from how it is
// shown.

#include <algorithm>

#include "modules/checkpoints/plate.h"
#include "platform/base/fuzzing.h"

using luytre::require;

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  const std::string_view typed(reinterpret_cast<const char*>(data), size);
  const auto plate = luytre::checkpoints::normalise_plate(typed);
  if (!plate) return 0;
  const std::string shown = luytre::checkpoints::plate_text(*plate);
  if (std::any_of(plate->begin(), plate->end(), [](char c) { return static_cast<unsigned char>(c) >= 0x80; })) return 0;
  require(luytre::checkpoints::normalise_plate(*plate) == plate);
  require(luytre::checkpoints::normalise_plate(shown) == plate);
  return 0;
}
