// The short code printed below a poster's QR, for cameras that fail: eight Crockford base32 symbols, shown as
// "7GK2-M0QX".
//
// Seven symbols are drawn at random; the eighth is a check symbol: with w(i) = a^(7-i) in GF(32) (a a root of x⁵+x²+1),
// the sum of w(i)·symbol(i) is 0. As all weights differ, every single wrong symbol and every exchange of two symbols is
// found; other errors slip through one time in 32. Reading forgives case, O for 0, I and L for 1, blanks, dots and
// dashes.

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

namespace luytre::linkage {

inline constexpr std::uint64_t kShortCodes = 1ull << 35;  // how many there are

enum class ShortCodeFault {
  kNotOne,    // not eight symbols of the alphabet
  kMistyped,  // the check symbol does not fit
};

std::string short_code(std::uint64_t number);           // number < kShortCodes; "7GK2M0QX", as stored
std::string shown_short_code(std::string_view stored);  // "7GK2-M0QX"
// The stored form.
std::variant<std::string, ShortCodeFault> parse_short_code(std::string_view typed);

}  // namespace luytre::linkage
