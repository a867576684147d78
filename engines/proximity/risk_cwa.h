// Risk after the Corona-Warn-App from version 1.15 on (corona-warn-app/cwa-app-android@d98f9c20, DefaultRiskLevels.kt;
// parameters of cwa-server as in its test vectors; the table of transmission risk from
// TransmissionRiskVectorDeterminator.kt).
//
// A window:
//   dropped          when the minutes in an attenuation range fall into a filter's range, or its level into another's
//   level            offset of the kind of report + offset of the infectiousness, 1 … 8, with its value
//   weighted minutes Σ max(seconds since the last scan, 0) / 60 · weight of the range of the *least* attenuation
//   normalized time  value · weighted minutes; its range says low or high risk, or nothing: then the window is left out
// A UTC day: the sum of the normalized times, rounded half up to one decimal (3 · 1.2 is 3.59 in binary; day 9.0 must
// not come out as 8.9), looked up in the day's own ranges. In all: high if any day is.
//
// Encounters are counted at least: windows of one day, level and calibration confidence count once, and in all only
// those of days with a risk. Windows older than `days` are left out. Pure; thread-safe.

#pragma once

#include <boost/describe.hpp>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "engines/proximity/windows.h"

namespace luytre::proximity {

struct CwaRange {
  double min = 0;
  double max = 0;
  std::optional<bool> min_exclusive;  // absent: the end belongs to the range
  std::optional<bool> max_exclusive;

  bool holds(double value) const;
};
BOOST_DESCRIBE_STRUCT(CwaRange, (), (min, max, min_exclusive, max_exclusive))

struct CwaMinutesFilter {
  CwaRange attenuation;
  CwaRange drop_if_minutes;
};
BOOST_DESCRIBE_STRUCT(CwaMinutesFilter, (), (attenuation, drop_if_minutes))

struct CwaWeight {
  CwaRange attenuation;
  double weight = 0;
};
BOOST_DESCRIBE_STRUCT(CwaWeight, (), (attenuation, weight))

enum class CwaLevel : std::uint8_t { kNone = 0, kLow = 1, kHigh = 2 };
BOOST_DESCRIBE_ENUM(CwaLevel, kNone, kLow, kHigh)

struct CwaRiskRange {
  CwaRange normalized_minutes;
  CwaLevel level = CwaLevel::kLow;
};
BOOST_DESCRIBE_STRUCT(CwaRiskRange, (), (normalized_minutes, level))

struct CwaLevelOffsets {
  std::int64_t recursive = 0;
  std::int64_t self_report = 2;
  std::int64_t confirmed_clinical = 4;
  std::int64_t confirmed_test = 6;
  std::int64_t standard = 1;
  std::int64_t high = 2;
};
BOOST_DESCRIBE_STRUCT(CwaLevelOffsets, (), (recursive, self_report, confirmed_clinical, confirmed_test, standard, high))

struct Cwa2 {
  std::vector<CwaMinutesFilter> minutes_filters;
  std::vector<CwaRange> level_filters;
  std::vector<CwaWeight> weights;  // the first range that holds counts
  CwaLevelOffsets offsets;
  std::vector<double> level_values;  // 8, of level 1 first
  std::vector<CwaRiskRange> of_window;
  std::vector<CwaRiskRange> of_day;
  std::int64_t days = 10;
};
BOOST_DESCRIBE_STRUCT(Cwa2, (),
                      (minutes_filters, level_filters, weights, offsets, level_values, of_window, of_day, days))

struct CwaWindowRisk {
  std::int64_t transmission_level = 0;  // 1 … 8
  double normalized_minutes = 0;
  CwaLevel level = CwaLevel::kNone;
};
// Empty: dropped, in no range, or of a kind of report that nobody is told of.
std::optional<CwaWindowRisk> window_risk(const Cwa2& config, const ExposureWindow& window);

struct CwaDayRisk {
  std::int64_t day = 0;           // utc_day
  double normalized_minutes = 0;  // one decimal
  CwaLevel level = CwaLevel::kNone;
  std::int64_t encounters_low = 0;  // at least so many, of windows of that level
  std::int64_t encounters_high = 0;
};
std::vector<CwaDayRisk> day_risks(const Cwa2& config, std::span<const ExposureWindow> windows, std::int64_t today);

struct CwaRisk {
  CwaLevel level = CwaLevel::kLow;  // never none
  std::optional<std::int64_t> last_low_day, last_high_day;
  std::int64_t days_low = 0, days_high = 0;
  std::int64_t encounters_low = 0, encounters_high = 0;
};
CwaRisk total_risk(std::span<const CwaDayRisk> days);

// What a case's own keys told: transmission risk 1 … 8 of the key of `age` days, from what it said of its symptoms.
enum class Symptoms : std::uint8_t {
  kOnsetKnown,  // began `onset` days before the upload
  kOnsetLastSevenDays,
  kOnsetOneToTwoWeeks,
  kOnsetMoreThanTwoWeeks,
  kOnsetNotSaid,
  kNone,
  kNotSaid,
};
std::int64_t transmission_risk(Symptoms symptoms, std::int64_t onset, std::int64_t age);  // age 0 … 14, else 1

}  // namespace luytre::proximity
