#include "engines/linkage/base32.h"

#include <array>
#include <cstdint>

namespace luytre::linkage {
namespace {

constexpr std::array<std::int8_t, 256> make_values() {
  std::array<std::int8_t, 256> values{};
  values.fill(-1);
  for (std::size_t i = 0; i < kBase32Symbols.size(); ++i) {
    const char symbol = kBase32Symbols[i];
    values[static_cast<unsigned char>(symbol)] = static_cast<std::int8_t>(i);
    if (symbol >= 'A') values[static_cast<unsigned char>(symbol - 'A' + 'a')] = static_cast<std::int8_t>(i);
  }
  for (const char zero : {'O', 'o'}) values[static_cast<unsigned char>(zero)] = 0;
  for (const char one : {'I', 'i', 'L', 'l'}) values[static_cast<unsigned char>(one)] = 1;
  return values;
}
constexpr std::array<std::int8_t, 256> kValues = make_values();

}  // namespace

int base32_value(char symbol) {
  return kValues[static_cast<unsigned char>(symbol)];
}

std::string base32(std::string_view bytes) {
  std::string out;
  out.reserve((bytes.size() * 8 + 4) / 5);
  unsigned buffer = 0;
  int bits = 0;
  for (const char byte : bytes) {
    buffer = (buffer << 8 | static_cast<unsigned char>(byte)) & 0xFFFFu;
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      out += kBase32Symbols[buffer >> bits & 31];
    }
  }
  if (bits > 0) out += kBase32Symbols[buffer << (5 - bits) & 31];
  return out;
}

std::optional<std::string> parse_base32(std::string_view text) {
  std::string out;
  out.reserve(text.size() * 5 / 8);
  unsigned buffer = 0;
  int bits = 0;
  for (const char symbol : text) {
    const int value = base32_value(symbol);
    if (value < 0) return std::nullopt;
    buffer = (buffer << 5 | static_cast<unsigned>(value)) & 0xFFFFu;
    bits += 5;
    if (bits >= 8) {
      bits -= 8;
      out += static_cast<char>(buffer >> bits & 0xFF);
    }
  }
  if (bits >= 5 || (buffer & ((1u << bits) - 1)) != 0) return std::nullopt;
  return out;
}

}  // namespace luytre::linkage
