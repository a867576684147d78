// Temporary keys of a device and what is derived from them (Exposure Notification, Cryptography Specification v1.2,
// Apple and Google, April 2020; constants as in google/exposure-notifications-internals).
//
//   interval number     floor(unix seconds / 600)
//   temporary key       16 random bytes, good for 144 intervals from a multiple of 144: one UTC day
//   identifier key      HKDF-SHA256(key, no salt, "EN-RPIK", 16)
//   rolling identifier  AES-128(identifier key, "EN-RPI" 00 00 00 00 00 00 interval as u32 little-endian)
//   metadata key        HKDF-SHA256(key, no salt, "EN-AEMK", 16)
//   sealed metadata     AES-128-CTR(metadata key, first counter block = rolling identifier, 4 bytes)
//
// Who knows a temporary key can tell all identifiers of its day and no others: days are independent draws, nothing
// links them. By OpenSSL; lanes.h derives the same for matching, many keys at a time. Plain values; thread-safe.

#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "platform/base/random.h"
#include "platform/base/time.h"

namespace luytre::proximity {

using Bytes16 = std::array<std::uint8_t, 16>;
using Identifier = Bytes16;  // as it goes over the air
using SealedMetadata = std::array<std::uint8_t, 4>;
using IntervalNumber = std::uint32_t;

inline constexpr std::int64_t kIntervalSeconds = 600;
inline constexpr std::uint32_t kRollingPeriod = 144;          // intervals of a whole key: 24 hours
inline constexpr IntervalNumber kLastInterval = 0x7FFF'FFFF;  // the formats carry int32

// Good in [start, start + period).
struct TemporaryKey {
  Bytes16 key{};
  IntervalNumber start = 0;
  std::uint32_t period = kRollingPeriod;  // 1 … 144; less where a key was given away before its end

  friend auto operator<=>(const TemporaryKey&, const TemporaryKey&) = default;
};

// A key that can have been anybody's: period 1 … 144, start and end below 2^31. What is none derives and matches
// nothing.
constexpr bool possible(const TemporaryKey& key) {
  return key.period >= 1 && key.period <= kRollingPeriod && key.start <= kLastInterval - kRollingPeriod;
}
constexpr bool covers(const TemporaryKey& key, IntervalNumber interval) {
  return interval >= key.start && interval - key.start < key.period;
}

IntervalNumber interval_at(Instant t);  // throws out_of_range before 1970 and after kLastInterval
constexpr Instant begin_of(IntervalNumber interval) {
  return {static_cast<std::int64_t>(interval) * kIntervalSeconds};
}
constexpr Instant end_of(const TemporaryKey& key) {
  return {(static_cast<std::int64_t>(key.start) + key.period) * kIntervalSeconds};
}

TemporaryKey draw_key(Random& random, Instant now);  // of the UTC day of `now`

Bytes16 identifier_key(const Bytes16& temporary_key);
Bytes16 metadata_key(const Bytes16& temporary_key);

Identifier rolling_identifier(const Bytes16& identifier_key, IntervalNumber interval);
std::vector<Identifier> rolling_identifiers(const TemporaryKey& key);  // of start, start + 1, …; none if not possible

// Seals and opens: the same operation. One identifier seals one metadata only, as it is the counter.
SealedMetadata crypt_metadata(const Bytes16& metadata_key, const Identifier& identifier,
                              const SealedMetadata& metadata);

}  // namespace luytre::proximity
