#include "engines/proximity/risk_gaen2.h"

#include <algorithm>
#include <map>

namespace luytre::proximity {

namespace {

double weight(const ReportWeights& weights, ReportType reported) {
  switch (reported) {
    case ReportType::kConfirmedTest:
      return weights.confirmed_test;
    case ReportType::kConfirmedClinical:
      return weights.confirmed_clinical;
    case ReportType::kSelfReport:
      return weights.self_report;
    case ReportType::kRecursive:
      return weights.recursive;
    default:
      return 0;
  }
}

void add(ScoreSums& sums, double score, double duration) {
  sums.sum += score;
  sums.maximum = std::max(sums.maximum, score);
  sums.weighted_duration += duration;
}

}  // namespace

double weight(const InfectiousWeights& weights, Infectious infectious) {
  return infectious == Infectious::kHigh ? weights.high : infectious == Infectious::kStandard ? weights.standard : 0;
}

double weighted_seconds(const Gaen2& config, const ExposureWindow& window) {
  std::array<std::int64_t, 4> seconds{};
  for (const ScanInstance& scan : window.scans) {
    const auto bucket = std::lower_bound(config.thresholds.begin(), config.thresholds.end(), scan.typical_attenuation) -
                        config.thresholds.begin();
    seconds[static_cast<std::size_t>(bucket)] += scan.seconds_since_last_scan;
  }
  double sum = 0;
  for (std::size_t i = 0; i < seconds.size(); ++i) sum += static_cast<double>(seconds[i]) * config.bucket_weights[i];
  return sum;
}

double window_score(const Gaen2& config, const ExposureWindow& window) {
  return weighted_seconds(config, window) * weight(config.reports, window.reported) *
         weight(config.infectious, window.infectious);
}

std::vector<DaySummary> day_summaries(const Gaen2& config, std::span<const ExposureWindow> windows,
                                      std::int64_t today) {
  std::map<std::int64_t, DaySummary> days;
  for (const ExposureWindow& window : windows) {
    if (!told(window.reported)) continue;
    const std::int64_t day = utc_day(window.begin);
    if (config.days > 0 && today - day > config.days) continue;
    DaySummary& summary = days.try_emplace(day, DaySummary{.day = day}).first->second;
    const double score = window_score(config, window);
    if (score < config.minimum_window_score) continue;
    const double duration = weighted_seconds(config, window);
    add(summary.by_report[static_cast<std::size_t>(window.reported)], score, duration);
    add(summary.all, score, duration);
  }
  std::vector<DaySummary> out;
  for (auto& [day, summary] : days) out.push_back(summary);
  return out;
}

}  // namespace luytre::proximity
