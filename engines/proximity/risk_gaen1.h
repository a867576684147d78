// Risk of an exposure record after Exposure Notification v1 (google/exposure-notifications-internals@aaada6ce,
// RiskScoreCalculator; bucket bounds from ContactTracingFeature):
//
//   score = attenuation · days · duration · transmission,  each 0 … 8;  0 if below `minimum`
//
//   attenuation   dB       > 73, > 63, > 51, > 33, > 27, > 15, > 10, the rest
//   days          since    ≥ 14, ≥ 12, ≥ 10, ≥ 8, ≥ 6, ≥ 4, ≥ 2, the rest
//   duration      minutes  ≤ 0, ≤ 5, ≤ 10, ≤ 15, ≤ 20, ≤ 25, ≤ 30, the rest (whole minutes)
//   transmission  level    1 … 8; the factor of level 0, not told, is 1
//
// And what the first Corona-Warn-App made of it (cwa-app-android, docs; its worked example is a test): the minutes of
// all records by attenuation, weighted, times the highest score over `normal`; warned from `trigger` minutes.
// Pure; thread-safe.

#pragma once

#include <boost/describe.hpp>
#include <cstdint>
#include <span>
#include <vector>

#include "engines/proximity/windows.h"

namespace luytre::proximity {

struct Gaen1 {
  std::vector<std::int64_t> attenuation;  // 8 scores each, in the order above
  std::vector<std::int64_t> days;
  std::vector<std::int64_t> duration;
  std::vector<std::int64_t> transmission;
  std::int64_t minimum = 1;
  std::int64_t low = 55;        // dB: minutes are told below it,
  std::int64_t high = 63;       // from it to below this, and from this on
  std::vector<double> weights;  // of these three kinds of minutes
  double normal = 25;           // the score that leaves the minutes as they are
  double trigger_minutes = 15;
};
BOOST_DESCRIBE_STRUCT(Gaen1, (),
                      (attenuation, days, duration, transmission, minimum, low, high, weights, normal, trigger_minutes))

// `days` since the UTC day of the key, `transmission` as the key tells it, 0 … 8.
std::int64_t score(const Gaen1& config, const ExposureRecord& record, std::int64_t days, std::int64_t transmission);

struct ScoredRecord {
  ExposureRecord record;
  std::int64_t score = 0;
};

// Weighted minutes; records of score 0 do not count.
double combined_minutes(const Gaen1& config, std::span<const ScoredRecord> records);

}  // namespace luytre::proximity
