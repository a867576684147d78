#include "engines/presence/risk.h"

#include <algorithm>
#include <array>

namespace luytre::presence {

namespace {

constexpr std::int64_t kHalfSeconds = 3600;  // effective exposure of risk 500
constexpr std::int64_t kLongestSeconds = 100LL * 86400;
constexpr std::array<std::int64_t, 3> kVentilation{250, 1000, 2000};
constexpr std::array<std::int64_t, 3> kCrowding{300, 600, 1000};
constexpr std::int64_t kEstimated = 700;

std::int64_t step(std::int64_t grade) {
  return std::clamp<std::int64_t>(grade, 1, 3) - 1;
}

std::int64_t attenuation_factor(std::optional<std::int64_t> attenuation) {
  if (!attenuation) return 1000;
  if (*attenuation <= 55) return 1500;
  if (*attenuation <= 63) return 1000;
  if (*attenuation <= 70) return 400;
  return 100;
}

std::int64_t mask_factor(Masks masks) {
  switch (masks) {
    case Masks::kBoth:
      return 250;
    case Masks::kOne:
      return 500;
    default:
      return 1000;
  }
}

}  // namespace

std::int64_t risk(const Exposure& exposure) {
  // In thousandths of a second, so that cutting off after each factor does not show.
  std::int64_t effective = std::clamp<std::int64_t>(exposure.duration.count(), 0, kLongestSeconds) * 1000;
  const auto weigh = [&](std::int64_t permille) { effective = effective * permille / 1000; };
  if (exposure.kind == LinkKind::kVisit) {
    if (exposure.by_air) weigh(kVentilation[step(exposure.setting.ventilation)]);
    weigh(kCrowding[step(exposure.setting.crowding + (exposure.same_zone ? 1 : 0))]);
    if (exposure.estimated) weigh(kEstimated);
  } else {
    weigh(attenuation_factor(exposure.attenuation));
  }
  if (exposure.by_air) weigh(mask_factor(exposure.masks));
  return 1000 * effective / (effective + kHalfSeconds * 1000);
}

std::int64_t risk(const Evidence& evidence, const Setting& setting, bool by_air) {
  return risk(Exposure{.kind = evidence.kind,
                       .duration = evidence.when.to - evidence.when.from,
                       .setting = setting,
                       .same_zone = evidence.same_zone,
                       .estimated = evidence.estimated,
                       .attenuation = evidence.attenuation,
                       .by_air = by_air});
}

}  // namespace luytre::presence
