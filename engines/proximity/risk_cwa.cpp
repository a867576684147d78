#include "engines/proximity/risk_cwa.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <set>
#include <utility>

namespace luytre::proximity {

namespace {

double minutes_in(const CwaRange& attenuation, const ExposureWindow& window) {
  std::int64_t seconds = 0;
  for (const ScanInstance& scan : window.scans)
    if (attenuation.holds(scan.min_attenuation)) seconds += std::max(scan.seconds_since_last_scan, 0);
  return static_cast<double>(seconds) / 60;
}

std::optional<std::int64_t> transmission_level(const CwaLevelOffsets& offsets, const ExposureWindow& window) {
  std::int64_t level = window.infectious == Infectious::kHigh ? offsets.high : offsets.standard;
  switch (window.reported) {
    case ReportType::kRecursive:
      return level + offsets.recursive;
    case ReportType::kSelfReport:
      return level + offsets.self_report;
    case ReportType::kConfirmedClinical:
      return level + offsets.confirmed_clinical;
    case ReportType::kConfirmedTest:
      return level + offsets.confirmed_test;
    default:
      return std::nullopt;
  }
}

double weight_of(const std::vector<CwaWeight>& weights, std::int32_t attenuation) {
  for (const CwaWeight& each : weights)
    if (each.attenuation.holds(attenuation)) return each.weight;
  return 0;
}

CwaLevel level_of(const std::vector<CwaRiskRange>& ranges, double minutes) {
  for (const CwaRiskRange& each : ranges)
    if (each.normalized_minutes.holds(minutes)) return each.level;
  return CwaLevel::kNone;
}

// Half up as the decimal fraction that was meant: 5.85 is 5.8499…, and 9.0 may have come out as 8.999….
double one_decimal(double value) {
  return std::floor(value * 10 + 0.5 + 1e-9) / 10;
}

// By the days from the onset to the key's day: the upstream table's 21 rows hold this one on their diagonals.
std::int64_t by_onset(std::int64_t days_after_onset) {
  constexpr std::int64_t kFirst = -5;
  constexpr std::array<std::int64_t, 12> kRisk{2, 4, 6, 7, 8, 8, 8, 6, 5, 3, 2, 2};
  const std::int64_t at = days_after_onset - kFirst;
  return at < 0 || at >= static_cast<std::int64_t>(kRisk.size()) ? 1 : kRisk[static_cast<std::size_t>(at)];
}

using Ages = std::array<std::int64_t, 15>;
constexpr Ages kLastSevenDays{4, 5, 6, 7, 7, 7, 6, 5, 4, 3, 2, 1, 1, 1, 1};
constexpr Ages kOneToTwoWeeks{1, 1, 1, 1, 2, 3, 4, 5, 6, 6, 7, 7, 6, 6, 4};
constexpr Ages kMoreThanTwoWeeks{1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 2, 3, 4, 5};
constexpr Ages kOnsetNotSaid{5, 6, 8, 8, 8, 7, 5, 3, 2, 1, 1, 1, 1, 1, 1};
constexpr Ages kNoSymptoms{4, 4, 3, 2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1};
constexpr Ages kNotSaid{5, 6, 7, 7, 7, 6, 4, 3, 2, 1, 1, 1, 1, 1, 1};

}  // namespace

bool CwaRange::holds(double value) const {
  if (min_exclusive.value_or(false) ? value <= min : value < min) return false;
  return max_exclusive.value_or(false) ? value < max : value <= max;
}

std::optional<CwaWindowRisk> window_risk(const Cwa2& config, const ExposureWindow& window) {
  for (const CwaMinutesFilter& filter : config.minutes_filters)
    if (filter.drop_if_minutes.holds(minutes_in(filter.attenuation, window))) return std::nullopt;
  const auto level = transmission_level(config.offsets, window);
  if (!level || *level < 1 || *level > static_cast<std::int64_t>(config.level_values.size())) return std::nullopt;
  for (const CwaRange& filter : config.level_filters)
    if (filter.holds(static_cast<double>(*level))) return std::nullopt;

  double seconds = 0;
  for (const ScanInstance& scan : window.scans)
    seconds += std::max(scan.seconds_since_last_scan, 0) * weight_of(config.weights, scan.min_attenuation);
  CwaWindowRisk risk;
  risk.transmission_level = *level;
  risk.normalized_minutes = config.level_values[static_cast<std::size_t>(*level - 1)] * (seconds / 60);
  risk.level = level_of(config.of_window, risk.normalized_minutes);
  if (risk.level == CwaLevel::kNone) return std::nullopt;
  return risk;
}

std::vector<CwaDayRisk> day_risks(const Cwa2& config, std::span<const ExposureWindow> windows, std::int64_t today) {
  using Distinct = std::set<std::pair<std::int64_t, std::int32_t>>;  // transmission level, confidence
  struct Day {
    double minutes = 0;
    Distinct low, high;
  };
  std::map<std::int64_t, Day> days;
  for (const ExposureWindow& window : windows) {
    const std::int64_t day = utc_day(window.begin);
    if (today - day > config.days) continue;
    const auto risk = window_risk(config, window);
    if (!risk) continue;
    Day& sums = days[day];
    sums.minutes += risk->normalized_minutes;
    (risk->level == CwaLevel::kHigh ? sums.high : sums.low).emplace(risk->transmission_level, window.confidence);
  }
  std::vector<CwaDayRisk> out;
  for (const auto& [day, sums] : days) {
    const double minutes = one_decimal(sums.minutes);
    out.push_back({day, minutes, level_of(config.of_day, minutes), static_cast<std::int64_t>(sums.low.size()),
                   static_cast<std::int64_t>(sums.high.size())});
  }
  return out;
}

CwaRisk total_risk(std::span<const CwaDayRisk> days) {
  CwaRisk total;
  for (const CwaDayRisk& day : days) {
    if (day.level == CwaLevel::kHigh) {
      total.level = CwaLevel::kHigh;
      total.last_high_day = std::max(total.last_high_day.value_or(day.day), day.day);
      ++total.days_high;
    } else if (day.level == CwaLevel::kLow) {
      total.last_low_day = std::max(total.last_low_day.value_or(day.day), day.day);
      ++total.days_low;
    } else {
      continue;
    }
    total.encounters_low += day.encounters_low;
    total.encounters_high += day.encounters_high;
  }
  return total;
}

std::int64_t transmission_risk(Symptoms symptoms, std::int64_t onset, std::int64_t age) {
  if (age < 0 || age >= static_cast<std::int64_t>(Ages{}.size())) return 1;
  const auto at = static_cast<std::size_t>(age);
  switch (symptoms) {
    case Symptoms::kOnsetKnown:
      return onset < 0 ? 1 : by_onset(onset - age);
    case Symptoms::kOnsetLastSevenDays:
      return kLastSevenDays[at];
    case Symptoms::kOnsetOneToTwoWeeks:
      return kOneToTwoWeeks[at];
    case Symptoms::kOnsetMoreThanTwoWeeks:
      return kMoreThanTwoWeeks[at];
    case Symptoms::kOnsetNotSaid:
      return kOnsetNotSaid[at];
    case Symptoms::kNone:
      return kNoSymptoms[at];
    case Symptoms::kNotSaid:
      return kNotSaid[at];
  }
  return 1;
}

}  // namespace luytre::proximity
