// Numbers to sort by, each with the position of what it belongs to: sorting moves these instead of the things.

#pragma once

#include <algorithm>
#include <array>
#include <numeric>
#include <vector>

#include "engines/presence/index/large_memory.h"
#include "engines/presence/index/lent.h"
#include "engines/presence/index/stay.h"

namespace luytre::presence {

using Key = std::uint64_t;
using Keys = std::vector<Key, LargeMemory<Key>>;

inline constexpr unsigned kNumberShift = 32;

inline Key key_of(Number number, std::size_t position) {
  return Key{number} << kNumberShift | position;
}
inline Number number_in(Key key) {
  return static_cast<Number>(key >> kNumberShift);
}
inline std::size_t position_in(Key key) {
  return key & 0xffff'ffff;
}

// By number, stable. A pass writes to as few places as the caches hold.
inline void radix_sort(Keys& keys, Keys& spare, Number largest) {
  constexpr unsigned kDigitBits = 8;
  constexpr std::size_t kDigits = std::size_t{1} << kDigitBits;
  spare.resize(keys.size());
  for (unsigned shift = 0; shift < kNumberShift && largest >> shift != 0; shift += kDigitBits) {
    const auto digit = [&](Key key) { return key >> (kNumberShift + shift) & (kDigits - 1); };
    std::array<std::uint32_t, kDigits> next{};
    for (const Key key : keys) ++next[digit(key)];
    std::exclusive_scan(next.begin(), next.end(), next.begin(), 0U);
    for (const Key key : keys) spare[next[digit(key)]++] = key;
    keys.swap(spare);
  }
}

template <class Things>
struct SortMemory {
  Keys keys, spare;
  Things sorted;
  std::size_t bytes() const { return bytes_of(keys, spare, sorted); }
};

// Puts things in order of number_of(thing), stable; worth it when they are many.
template <class Things, class NumberOf>
void sort_by_number(Things& things, NumberOf&& number_of) {
  const Lent<SortMemory<Things>> memory;
  auto& [keys, spare, sorted] = *memory;
  keys.clear();
  keys.reserve(things.size());
  Number largest = 0;
  for (std::size_t i = 0; i < things.size(); ++i) {
    const Number number = number_of(things[i]);
    largest = std::max(largest, number);
    keys.push_back(key_of(number, i));
  }
  radix_sort(keys, spare, largest);
  sorted.clear();
  sorted.reserve(things.size());
  for (const Key key : keys) sorted.push_back(things[position_in(key)]);
  things.swap(sorted);
}

}  // namespace luytre::presence
