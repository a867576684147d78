#include "engines/proximity/risk_dp3t.h"

#include <algorithm>
#include <array>
#include <map>

namespace luytre::proximity {

std::vector<Dp3tDay> exposure_scores(const Dp3t& config, std::span<const ExposureWindow> windows, std::int64_t today) {
  std::map<std::int64_t, std::array<std::int64_t, 3>> days;
  for (const ExposureWindow& window : windows) {
    const std::int64_t day = utc_day(window.begin);
    if (!told(window.reported) || today - day > config.days) continue;
    auto& seconds = days[day];
    for (const ScanInstance& scan : window.scans) {
      const std::int32_t far = scan.typical_attenuation;
      seconds[far < config.low ? 0 : far < config.high ? 1 : 2] += std::max(scan.seconds_since_last_scan, 0);
    }
  }
  std::vector<Dp3tDay> out;
  for (const auto& [day, seconds] : days) {
    double weighted = 0;
    for (std::size_t i = 0; i < seconds.size(); ++i)
      weighted += config.weights[i] * static_cast<double>(std::min(seconds[i], config.cap_seconds));
    out.push_back({day, weighted});
  }
  return out;
}

}  // namespace luytre::proximity
