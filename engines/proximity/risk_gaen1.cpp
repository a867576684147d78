#include "engines/proximity/risk_gaen1.h"

#include <algorithm>
#include <array>

namespace luytre::proximity {

namespace {

using Bounds = std::array<std::int64_t, 7>;
constexpr Bounds kAttenuationAbove{73, 63, 51, 33, 27, 15, 10};
constexpr Bounds kDaysFrom{14, 12, 10, 8, 6, 4, 2};
constexpr Bounds kMinutesTo{0, 5, 10, 15, 20, 25, 30};
constexpr std::int64_t kLevels = 8;

template <class Holds>
std::size_t bucket(const Bounds& bounds, Holds holds) {
  return static_cast<std::size_t>(std::find_if(bounds.begin(), bounds.end(), holds) - bounds.begin());
}

}  // namespace

std::int64_t score(const Gaen1& config, const ExposureRecord& record, std::int64_t days, std::int64_t transmission) {
  const auto far = bucket(kAttenuationAbove, [&](std::int64_t bound) { return record.attenuation > bound; });
  const auto late = bucket(kDaysFrom, [&](std::int64_t bound) { return days >= bound; });
  const auto brief = bucket(kMinutesTo, [&](std::int64_t bound) { return record.duration / 60 <= bound; });
  const std::int64_t level = std::clamp<std::int64_t>(transmission, 0, kLevels);
  const std::int64_t factor = level == 0 ? 1 : config.transmission[static_cast<std::size_t>(level - 1)];
  const std::int64_t product = config.attenuation[far] * config.days[late] * config.duration[brief] * factor;
  return product >= config.minimum ? product : 0;
}

double combined_minutes(const Gaen1& config, std::span<const ScoredRecord> records) {
  double minutes = 0;
  std::int64_t highest = 0;
  for (const ScoredRecord& scored : records) {
    if (scored.score == 0) continue;
    highest = std::max(highest, scored.score);
    for (std::size_t kind = 0; kind < 3; ++kind) minutes += config.weights[kind] * scored.record.seconds[kind] / 60;
  }
  return minutes * static_cast<double>(highest) / config.normal;
}

}  // namespace luytre::proximity
