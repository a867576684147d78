#include "engines/linkage/short_code.h"

#include <array>

#include "engines/linkage/base32.h"

namespace luytre::linkage {
namespace {

constexpr std::size_t kSymbols = 8;

// a · v in GF(32) with the polynomial x⁵+x²+1.
constexpr unsigned times_a(unsigned v) {
  return (v << 1 & 31) ^ (v & 16 ? 5u : 0u);
}

constexpr unsigned weighted(unsigned value, unsigned power) {
  for (unsigned i = 0; i < power; ++i) value = times_a(value);
  return value;
}

// The sum over the first `count` symbols.
unsigned check_sum(const std::array<unsigned, kSymbols>& values, std::size_t count) {
  unsigned sum = 0;
  for (std::size_t i = 0; i < count; ++i) sum ^= weighted(values[i], static_cast<unsigned>(kSymbols - 1 - i));
  return sum;
}

bool is_filler(char c) {
  return c == ' ' || c == '-' || c == '.' || c == '\t' || c == '_';
}

}  // namespace

std::string short_code(std::uint64_t number) {
  std::array<unsigned, kSymbols> values{};
  for (std::size_t i = kSymbols - 1; i-- > 0; number >>= 5) values[i] = number & 31;
  values[kSymbols - 1] = check_sum(values, kSymbols - 1);  // its weight is 1, and in GF(32) minus is plus
  std::string out;
  for (const unsigned value : values) out += kBase32Symbols[value];
  return out;
}

std::string shown_short_code(std::string_view stored) {
  return std::string(stored.substr(0, 4)) + "-" + std::string(stored.substr(4));
}

std::variant<std::string, ShortCodeFault> parse_short_code(std::string_view typed) {
  std::array<unsigned, kSymbols> values{};
  std::string out;
  for (const char c : typed) {
    if (is_filler(c)) continue;
    const int value = base32_value(c);
    if (value < 0 || out.size() == kSymbols) return ShortCodeFault::kNotOne;
    values[out.size()] = static_cast<unsigned>(value);
    out += kBase32Symbols[static_cast<std::size_t>(value)];
  }
  if (out.size() != kSymbols) return ShortCodeFault::kNotOne;
  if (check_sum(values, kSymbols) != 0) return ShortCodeFault::kMistyped;
  return out;
}

}  // namespace luytre::linkage
