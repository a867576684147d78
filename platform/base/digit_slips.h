// What is written most often in place of a number: one digit that is another, or two neighbouring digits swapped.

#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace luytre {

// Each once, without the text itself; what is no digit stays. Of n digits at most 9n + n - 1.
std::vector<std::string> digit_slips(std::string_view text);

}  // namespace luytre
