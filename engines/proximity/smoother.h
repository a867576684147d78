// Distance to a peer over time, from attenuations that come every few minutes: the unscented Kalman smoother of the NHS
// COVID-19 app (ukhsa-collaboration/riskscore-swift-public@95b2bbda, MIT; UnscentedKalmanSmoother,
// BLEDistanceUnscentedKalmanSmoother, RiskScoreCalculator).
//
//   state        x, distance in metres, one step a second:  x' = |x + q|,  q ~ N(0, step²)
//   observation  ln(attenuation in dB) = slope · ln x + intercept + r,  r ~ N(0, variance)
//   before       x ~ N(mean, spread)
//
// Augmented state (x, q, r), n = 3, seven sigma points with scale α²(n + κ); forward pass over all seconds, those
// without an observation predicted only; backward Rauch–Tung–Striebel pass with the covariance of sigma points before
// and after the step. The distance told for a second is the median of the gamma distribution of the smoothed mean and
// variance. No closed form jumps over seconds, as |x + q| folds: cost is linear in seconds, at most `kMostSeconds`.
// Pure; thread-safe.

#pragma once

#include <boost/describe.hpp>
#include <span>
#include <vector>

namespace luytre::proximity {

struct Smoother {
  double step = 0.1;  // metres a second
  double slope = 0.1270547531082051;
  double intercept = 4.2309333657856945;
  double variance = 0.4947614361027773;
  double mean = 2;     // metres
  double spread = 10;  // variance of it, square metres
  double alpha = 1;
  double beta = 0;
  double kappa = 0;
  double nearest = 1;  // metres, within which nearer is no worse
};
BOOST_DESCRIBE_STRUCT(Smoother, (), (step, slope, intercept, variance, mean, spread, alpha, beta, kappa, nearest))

struct Reading {
  double seconds_since_last = 0;  // of the first reading not looked at: it lies at second 0
  double attenuation = 0;         // dB; below 1 counts as 1
};

struct Distance {
  double mean = 0;      // metres
  double variance = 0;  // square metres
};

inline constexpr std::size_t kMostSeconds = 4 * 3600;  // later readings are left out; windows last 30 min

// One for each second from the first reading to the last, both included.
std::vector<Distance> smooth(const Smoother& smoother, std::span<const Reading> readings);

double median(const Distance& distance);  // of the gamma distribution; 0.001 where there is none

// Σ over seconds of (1/60) · min(1, nearest² / distance²): minutes at `nearest` or less that weigh as much.
double proximity_score(const Smoother& smoother, std::span<const Reading> readings);

}  // namespace luytre::proximity
