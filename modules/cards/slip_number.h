// The number on a paper slip: a running number, 1 … 999999, and a check digit by H. Michael Damm's quasigroup of order
// 10 (Total anti-symmetrische Quasigruppen, Marburg 2004), which finds every wrong digit and every exchange of two
// neighbours: the errors of people who key in. Shown as "000412-5". Reading forgives missing zeros, blanks, dots and
// dashes. And the clock times that stand on a slip. Pure functions.

#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

namespace luytre::cards {

inline constexpr std::int64_t kSlipNumberMost = 999'999;

enum class SlipFault { kFormat, kMistyped };

std::string shown_slip_number(std::int64_t number);
std::variant<std::int64_t, SlipFault> parse_slip_number(std::string_view typed);

// "7:30", "07:30", "0730", "730", "7h30", "7h", "7": since local midnight.
std::optional<std::chrono::minutes> parse_clock(std::string_view typed);

}  // namespace luytre::cards
