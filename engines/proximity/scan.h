// When a device listens, as a pure function of time and a seed of its own: asked again after a restart, the answer is
// the same, and nothing needs to be kept.
//
// Time is cut into slots of 225 s; each slot has one scan, drawn from its first 75 s. So from the beginning of one scan
// to that of the next pass at least 151 and at most 299 seconds, within the 2.5 to 5 minutes of the Exposure
// Notification frequently asked questions (May 2020, as remembered; Android's own chain of draws, 300 s less 0 … 89,
// lies within them, too), and devices do not stay in step. The seed is drawn once per device and stays on it.
//
// A scan lasts 4 s, while Bluetooth carries sound 17 (google/exposure-notifications-internals@aaada6ce,
// ContactTracingFeature: scanTimeSeconds, scanTimeExtendForProfileInUseSeconds). Thread-safe.

#pragma once

#include <chrono>
#include <cstdint>

#include "platform/base/time.h"

namespace luytre::proximity {

inline constexpr std::chrono::seconds kScanSlot{225};
inline constexpr std::chrono::seconds kScanSpread{75};
inline constexpr std::chrono::seconds kShortestScanGap{kScanSlot - kScanSpread + std::chrono::seconds(1)};
inline constexpr std::chrono::seconds kLongestScanGap{kScanSlot + kScanSpread - std::chrono::seconds(1)};

// Beginning of the first scan at or after `t`, and of the last before `t`.
Instant scan_from(std::uint64_t seed, Instant t);
Instant scan_before(std::uint64_t seed, Instant t);

std::chrono::seconds scan_length(bool bluetooth_carries_sound);

}  // namespace luytre::proximity
