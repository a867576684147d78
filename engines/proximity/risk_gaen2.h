// Daily summaries of exposure windows after Exposure Notification v2 (google/exposure-notifications-internals@aaada6ce,
// DailySummaryUtils, DailySummariesConfig):
//
//   weighted duration   Σ seconds of each scan instance · weight of its bucket; the bucket by typical attenuation:
//                       immediate ≤ t0 < near ≤ t1 < medium ≤ t2 < other
//   score of a window   weight of the kind of report · weight of the infectiousness · weighted duration;
//                       windows below `minimum_window_score` are left out
//   of a UTC day        sum and maximum of the scores, sum of the weighted durations: in all and by kind of report
//
// Upstream has no default weights. Those of data/proximity/risk come from a public-health recommendation; see there.
// Pure; thread-safe.

#pragma once

#include <array>
#include <boost/describe.hpp>
#include <cstdint>
#include <span>
#include <vector>

#include "engines/proximity/windows.h"

namespace luytre::proximity {

struct ReportWeights {  // 0 … 2.5 each
  double confirmed_test = 0;
  double confirmed_clinical = 0;
  double self_report = 0;
  double recursive = 0;
};
BOOST_DESCRIBE_STRUCT(ReportWeights, (), (confirmed_test, confirmed_clinical, self_report, recursive))

struct InfectiousWeights {
  double standard = 0;
  double high = 0;
};
BOOST_DESCRIBE_STRUCT(InfectiousWeights, (), (standard, high))
double weight(const InfectiousWeights& weights, Infectious infectious);

struct Gaen2 {
  ReportWeights reports;
  InfectiousWeights infectious;
  std::vector<std::int64_t> thresholds;  // t0 < t1 < t2, 0 … 255 dB
  std::vector<double> bucket_weights;    // 4, 0 … 2.5
  std::int64_t days = 0;                 // older windows are left out; 0: none are
  double minimum_window_score = 0;
  double trigger_seconds = 900;  // of a day's sum of scores, from which the person is told
};
BOOST_DESCRIBE_STRUCT(Gaen2, (),
                      (reports, infectious, thresholds, bucket_weights, days, minimum_window_score, trigger_seconds))

struct ScoreSums {  // seconds, as long as the weights stay near 1
  double sum = 0;
  double maximum = 0;
  double weighted_duration = 0;
};

struct DaySummary {
  std::int64_t day = 0;  // utc_day
  ScoreSums all;
  std::array<ScoreSums, kReportedKinds> by_report;  // by ReportType
};

double weighted_seconds(const Gaen2& config, const ExposureWindow& window);
double window_score(const Gaen2& config, const ExposureWindow& window);

// In order of days; days whose windows were all left out for their score are there, with sums of 0, as upstream.
std::vector<DaySummary> day_summaries(const Gaen2& config, std::span<const ExposureWindow> windows, std::int64_t today);

}  // namespace luytre::proximity
