// Crockford base32 of bytes: digits and upper-case letters without I, L, O, U, so that a QR code holds them in its
// alphanumeric mode (5.5 bits a character instead of 8) and a person can read them out. Reading forgives case and takes
// O for 0, I and L for 1. https://www.crockford.com/base32.html (its check symbol is not used: symbols like * and ~ are
// not on every keyboard).

#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace luytre::linkage {

inline constexpr std::string_view kBase32Symbols = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

// 0 … 31, or -1.
int base32_value(char symbol);

std::string base32(std::string_view bytes);
// Nothing if a symbol is not of the alphabet, the length is not that of whole bytes, or the unused last bits are not
// zero.
std::optional<std::string> parse_base32(std::string_view text);

}  // namespace luytre::linkage
