#include "engines/proximity/scan.h"

namespace luytre::proximity {

namespace {

constexpr std::int64_t kSlot = kScanSlot.count();
constexpr std::int64_t kSpread = kScanSpread.count();

std::int64_t slot_of(Instant t) {
  return t.seconds / kSlot - (t.seconds % kSlot < 0 ? 1 : 0);
}

// SplitMix64 (Steele, Lea, Flood 2014): spreads neighbouring numbers over all of 64 bits.
std::uint64_t mixed(std::uint64_t x) {
  x += 0x9E37'79B9'7F4A'7C15;
  x = (x ^ x >> 30) * 0xBF58'476D'1CE4'E5B9;
  x = (x ^ x >> 27) * 0x94D0'49BB'1331'11EB;
  return x ^ x >> 31;
}

Instant scan_in(std::uint64_t seed, std::int64_t slot) {
  const std::int64_t begin = slot * kSlot;
  const std::uint64_t draw = mixed(mixed(seed) + static_cast<std::uint64_t>(slot));
  return {begin + static_cast<std::int64_t>(draw % static_cast<std::uint64_t>(kSpread))};
}

}  // namespace

Instant scan_from(std::uint64_t seed, Instant t) {
  const std::int64_t slot = slot_of(t);
  const Instant here = scan_in(seed, slot);
  return here >= t ? here : scan_in(seed, slot + 1);
}

Instant scan_before(std::uint64_t seed, Instant t) {
  const std::int64_t slot = slot_of(t);
  const Instant here = scan_in(seed, slot);
  return here < t ? here : scan_in(seed, slot - 1);
}

std::chrono::seconds scan_length(bool bluetooth_carries_sound) {
  return std::chrono::seconds(bluetooth_carries_sound ? 17 : 4);
}

}  // namespace luytre::proximity
