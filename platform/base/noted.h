// When something was noted on a phone that was sent later, by a clock that may be wrong.

#pragma once

#include <algorithm>
#include <chrono>
#include <optional>

#include "platform/base/time.h"

namespace luytre {

// `at` and `sent` by the phone's clock: what is more between `sent` and now than a request may take is how far that
// clock is off, so that one which is late does not make everything of it older than what stands. Never before `first`,
// nor after now.
inline Instant noted_at(Instant at, std::optional<Instant> sent, Instant first, Instant now) {
  constexpr std::chrono::seconds kOnTheWay{30};
  auto off = now - sent.value_or(now);
  if (std::chrono::abs(off) <= kOnTheWay) off = {};
  return std::min(std::max(at + off, first), now);
}

}  // namespace luytre
