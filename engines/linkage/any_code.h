// What a camera, a USB reader or a keyboard gave: one of our codes, a code of another system that we can read, or
// something else. Only looks: whether a code of ours is signed and in time, place_code.h, person_code.h and card_code.h
// say.

#pragma once

#include <optional>
#include <string_view>

#include "engines/linkage/claim.h"

namespace luytre::linkage {

enum class CodeKind { kPlace, kPerson, kCard, kForeign, kUnknown };

struct AnyCode {
  CodeKind kind = CodeKind::kUnknown;
  std::optional<Claim> claim;  // of a foreign code
};

// `today` tells the centuries of a passport's years.
AnyCode read_code(std::string_view text, Date today);

}  // namespace luytre::linkage
