// When a device changes what it sends (Exposure Notification, Bluetooth Specification v1.2.2; the numbers as in
// google/exposure-notifications-internals).
//
// Identifier and address change together, at random after 10 to 20 minutes, so that neither outlives the other and
// carries a trail over the change. As a change is never sooner than one interval, each interval's identifier is sent in
// one stretch at most, under one address, with one metadata (which its use as a counter demands). Pure: time and
// randomness are given.

#pragma once

#include <chrono>

#include "engines/proximity/payload.h"

namespace luytre::proximity {

// A random non-resolvable address, most significant byte first as it is written: two top bits 0, the other 46 drawn,
// neither all 0 nor all 1 (Bluetooth Core 5.3, volume 6, part B, 1.3.2.2).
using Address = std::array<std::uint8_t, 6>;
Address draw_address(Random& random);

inline constexpr std::chrono::seconds kShortestRotation{600}, kLongestRotation{1200};

struct Broadcast {
  IntervalNumber interval = 0;  // to be remembered across a restart: `last` of the next
  Advertisement advertisement;
  Address address{};
  Interval when;  // the next one is asked for at its end
};

// What to send from `now` on. `last` is the interval of the broadcast before, also of one before a restart. Empty, so
// be silent and ask again later: `now` is still (or, after a clock was put back, again) in an interval that was sent,
// or the key is not of now.
std::optional<Broadcast> next_broadcast(Random& random, const TemporaryKey& key, const Metadata& metadata, Instant now,
                                        std::optional<IntervalNumber> last);

}  // namespace luytre::proximity
