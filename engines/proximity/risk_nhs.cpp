#include "engines/proximity/risk_nhs.h"

namespace luytre::proximity {

double window_risk(const Nhs& config, const ExposureWindow& window) {
  if (!told(window.reported)) return 0;
  const double infectious = weight(config.infectious, window.infectious);
  if (infectious == 0) return 0;
  std::vector<Reading> readings;
  readings.reserve(window.scans.size());
  for (const ScanInstance& scan : window.scans) {
    if (scan.seconds_since_last_scan <= 0) continue;
    readings.push_back({static_cast<double>(scan.seconds_since_last_scan), static_cast<double>(scan.min_attenuation)});
  }
  return 60 * proximity_score(config.smoother, readings) * infectious;
}

}  // namespace luytre::proximity
