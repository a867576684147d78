// Plates of vehicles, as people write them, into the one form that is stored (sealed) and found again (blind index).
//
// "74a-123.45", "74A 12345" and "74A12345" are one plate: upper case, without blanks, dots and dashes. Vietnamese ones
// (Circular 58/2020/TT-BCA) are two digits of the province, a series of one or two letters that may have a digit, four
// or five digits; military ones two letters and four digits. Plates of other countries keep their letters. Pure
// functions.

#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace luytre::checkpoints {

// Nothing: no plate (3 to 12 letters and digits, a digit among them).
std::optional<std::string> normalise_plate(std::string_view written);

// "74A-123.45"; what is not Vietnamese as it is.
std::string plate_text(std::string_view normalised);

}  // namespace luytre::checkpoints
