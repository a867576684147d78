// Deriving the identifiers of many keys, and asking a filter about them, as fast as this processor can: one lane of
// code for each set of instructions, all of the same answers (lanes_test), one chosen at run time. Independent of
// OpenSSL, so that it also stands where there is none. For keys that are published, whose secrecy is over: the portable
// lane reads tables by their bytes. A lane is a constant; its functions are pure.

#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace luytre::proximity {

inline constexpr std::size_t kKeysAtOnce = 16;
inline constexpr std::size_t kIdentifiersAtOnce = 144;  // a whole key's
inline constexpr std::size_t kIdentifierBytes = 16;

// The AES round keys of kKeysAtOnce identifier keys, in an order that is the lane's own.
struct alignas(64) KeySchedules {
  std::uint8_t bytes[kKeysAtOnce * 11 * 16];
};

struct alignas(64) KeyIdentifiers {
  std::uint8_t bytes[kIdentifiersAtOnce][kIdentifierBytes];
};

// One bit array in words of 32: an identifier chooses a word by its first four bytes and three bits of it, which need
// not differ, by five bits each of the next four. What was put in passes; what was not, hardly ever does.
struct Filter {
  const std::uint32_t* words;
  std::uint32_t mask;  // number of words, a power of two, less one
};
constexpr std::uint32_t filter_bits(std::uint32_t second) {
  return 1U << (second & 31) | 1U << (second >> 5 & 31) | 1U << (second >> 10 & 31);
}

struct Lane {
  const char* name;
  // From kKeysAtOnce temporary keys, 16 bytes each.
  void (*prepare)(const std::uint8_t* keys, KeySchedules& out);
  // Of key number `which`, for the intervals from `start`.
  void (*identifiers)(const KeySchedules& schedules, std::size_t which, std::uint32_t start, KeyIdentifiers& out);
  // Which of the identifiers from..to−1 pass: their numbers, rising, into `passed`; returns how many.
  std::size_t (*ask)(const Filter& filter, const KeyIdentifiers& identifiers, std::size_t from, std::size_t to,
                     std::uint16_t* passed);
};

// Those that this processor runs, the quickest first; the last is the portable one.
std::span<const Lane* const> lanes();

}  // namespace luytre::proximity
