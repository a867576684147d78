#include "modules/cards/slip_number.h"

#include <array>
#include <cstdio>

namespace luytre::cards {
namespace {

constexpr std::size_t kDigitsMost = 7;  // with the check digit

// Damm's example of a totally anti-symmetric quasigroup of order 10.
constexpr std::array<std::array<unsigned, 10>, 10> kDamm{{{0, 3, 1, 7, 5, 9, 8, 6, 4, 2},
                                                          {7, 0, 9, 2, 1, 5, 4, 8, 6, 3},
                                                          {4, 2, 0, 6, 8, 7, 1, 3, 5, 9},
                                                          {1, 7, 5, 0, 9, 8, 3, 4, 2, 6},
                                                          {6, 1, 2, 3, 0, 4, 5, 9, 7, 8},
                                                          {3, 6, 7, 4, 2, 0, 9, 5, 8, 1},
                                                          {5, 8, 6, 9, 7, 2, 0, 1, 3, 4},
                                                          {8, 9, 4, 5, 3, 6, 2, 0, 1, 7},
                                                          {9, 4, 3, 8, 6, 1, 7, 2, 0, 5},
                                                          {2, 5, 8, 1, 4, 3, 6, 7, 9, 0}}};

// 0 for digits whose last is the right check digit; leading zeros change nothing.
unsigned damm(std::string_view digits) {
  unsigned interim = 0;
  for (const char digit : digits) interim = kDamm[interim][static_cast<unsigned>(digit - '0')];
  return interim;
}

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

std::optional<int> number_of(std::string_view digits) {
  if (digits.empty() || digits.size() > 2) return std::nullopt;
  int out = 0;
  for (const char c : digits) {
    if (!is_digit(c)) return std::nullopt;
    out = out * 10 + (c - '0');
  }
  return out;
}

}  // namespace

std::string shown_slip_number(std::int64_t number) {
  char digits[16];
  std::snprintf(digits, sizeof digits, "%06lld", static_cast<long long>(number));
  return std::string(digits) + '-' + static_cast<char>('0' + damm(digits));
}

std::variant<std::int64_t, SlipFault> parse_slip_number(std::string_view typed) {
  std::string digits;
  for (const char c : typed) {
    if (c == ' ' || c == '-' || c == '.') continue;
    if (!is_digit(c) || digits.size() == kDigitsMost) return SlipFault::kFormat;
    digits += c;
  }
  if (digits.size() < 2) return SlipFault::kFormat;
  if (damm(digits) != 0) return SlipFault::kMistyped;
  const std::int64_t number = std::stoll(digits.substr(0, digits.size() - 1));
  if (number == 0) return SlipFault::kFormat;
  return number;
}

std::optional<std::chrono::minutes> parse_clock(std::string_view typed) {
  while (!typed.empty() && typed.front() == ' ') typed.remove_prefix(1);
  while (!typed.empty() && typed.back() == ' ') typed.remove_suffix(1);
  const auto split = typed.find_first_of(":hH.");
  std::string_view hours = typed, minutes;
  if (split != std::string_view::npos) {
    hours = typed.substr(0, split);
    minutes = typed.substr(split + 1);
    if (minutes.empty() && typed[split] != 'h' && typed[split] != 'H') return std::nullopt;
  } else if (typed.size() > 2) {
    hours = typed.substr(0, typed.size() - 2);
    minutes = typed.substr(typed.size() - 2);
  }
  const auto hour = number_of(hours);
  const auto minute = minutes.empty() ? std::optional(0) : number_of(minutes);
  if (!hour || !minute || *hour > 23 || *minute > 59) return std::nullopt;
  return std::chrono::hours(*hour) + std::chrono::minutes(*minute);
}

}  // namespace luytre::cards
