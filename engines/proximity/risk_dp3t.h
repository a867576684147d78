// Exposure score of DP-3T and SwissCovid (DP3T - Exposure Score Calculation, 27 May 2020):
//
//   score of a UTC day = Σ weight · min(seconds, cap) over three attenuation ranges: below t1, from t1 to below t2,
//   from t2; t1 = 50 dB, t2 = 55 dB, weights 1, 0.5, 0, cap 30 min (as the interface of v1 told no more)
//   the person is told of a day from 15 min on, if it is one of the last 10
//
// By typical attenuation of the scan instances, as v1's means over a scan. Pure; thread-safe.

#pragma once

#include <boost/describe.hpp>
#include <cstdint>
#include <span>
#include <vector>

#include "engines/proximity/windows.h"

namespace luytre::proximity {

struct Dp3t {
  std::int64_t low = 50;        // t1, dB
  std::int64_t high = 55;       // t2, dB
  std::vector<double> weights;  // 3
  std::int64_t cap_seconds = 1800;
  double trigger_seconds = 900;
  std::int64_t days = 10;
};
BOOST_DESCRIBE_STRUCT(Dp3t, (), (low, high, weights, cap_seconds, trigger_seconds, days))

struct Dp3tDay {
  std::int64_t day = 0;  // utc_day
  double seconds = 0;    // weighted
};

// Of the last `days` days before and with `today`, in order.
std::vector<Dp3tDay> exposure_scores(const Dp3t& config, std::span<const ExposureWindow> windows, std::int64_t today);

}  // namespace luytre::proximity
