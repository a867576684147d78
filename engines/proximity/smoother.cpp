#include "engines/proximity/smoother.h"

#include <algorithm>
#include <array>
#include <boost/math/special_functions/gamma.hpp>
#include <cmath>
#include <optional>

namespace luytre::proximity {

namespace {

constexpr std::size_t kPoints = 7;  // of an augmented state of 3
constexpr double kDimensions = 3;
constexpr double kNoDistance = 0.001;    // metres
constexpr double kLeastVariance = 1e-9;  // keeps rounding from making it negative

using Values = std::array<double, kPoints>;

struct Weights {
  double scale;  // of a standard deviation, out to the sigma points
  Values mean;
  Values covariance;
};

Weights weights_of(const Smoother& smoother) {
  const double alpha2 = smoother.alpha * smoother.alpha;
  const double lambda = alpha2 * (kDimensions + smoother.kappa) - kDimensions;
  Weights weights;
  weights.scale = std::sqrt(kDimensions + lambda);
  weights.mean.fill(1 / (2 * (kDimensions + lambda)));
  weights.mean[0] = lambda / (kDimensions + lambda);
  weights.covariance = weights.mean;
  weights.covariance[0] += 1 - alpha2 + smoother.beta;
  return weights;
}

double weigh(const Values& weights, const Values& values) {
  double sum = 0;
  for (std::size_t i = 0; i < kPoints; ++i) sum += weights[i] * values[i];
  return sum;
}

double covariance(const Weights& weights, const Values& a, double mean_a, const Values& b, double mean_b) {
  double sum = 0;
  for (std::size_t i = 0; i < kPoints; ++i) sum += weights.covariance[i] * (a[i] - mean_a) * (b[i] - mean_b);
  return sum;
}

// The sigma points of (x, q, r): the middle, then x, q and r off it one way, then the other.
struct Spread {
  Values state;
  Values noise;
  Values error;
};

Spread spread_of(const Smoother& smoother, const Weights& weights, const Distance& from) {
  Spread spread;
  spread.state.fill(from.mean);
  spread.noise.fill(0);
  spread.error.fill(0);
  const double x = weights.scale * std::sqrt(std::max(from.variance, kLeastVariance));
  const double q = weights.scale * smoother.step;
  const double r = weights.scale * std::sqrt(smoother.variance);
  spread.state[1] += x, spread.state[4] -= x;
  spread.noise[2] = q, spread.noise[5] = -q;
  spread.error[3] = r, spread.error[6] = -r;
  return spread;
}

struct Step {
  Values points;
  Distance told;
};

Step predict(const Weights& weights, const Spread& spread) {
  Step step;
  for (std::size_t i = 0; i < kPoints; ++i) step.points[i] = std::abs(spread.state[i] + spread.noise[i]);
  step.told.mean = weigh(weights.mean, step.points);
  step.told.variance =
      std::max(covariance(weights, step.points, step.told.mean, step.points, step.told.mean), kLeastVariance);
  return step;
}

Distance correct(const Smoother& smoother, const Weights& weights, const Step& step, const Values& error,
                 double attenuation) {
  Values seen;
  for (std::size_t i = 0; i < kPoints; ++i) {
    const double distance = std::max(std::abs(step.points[i]), kNoDistance);
    seen[i] = smoother.slope * std::log(distance) + smoother.intercept + error[i];
  }
  const double expected = weigh(weights.mean, seen);
  const double variance = std::max(covariance(weights, seen, expected, seen, expected), kLeastVariance);
  const double gain = covariance(weights, step.points, step.told.mean, seen, expected) / variance;
  const double off = std::log(std::max(attenuation, 1.0)) - expected;
  return {step.told.mean + gain * off, std::max(step.told.variance - gain * gain * variance, kLeastVariance)};
}

std::vector<std::optional<double>> by_second(std::span<const Reading> readings) {
  std::vector<std::optional<double>> seconds;
  double at = 0;
  for (std::size_t i = 0; i < readings.size(); ++i) {
    if (i > 0) at += std::max(readings[i].seconds_since_last, 0.0);
    if (!(at < static_cast<double>(kMostSeconds))) break;
    const auto second = static_cast<std::size_t>(at);
    if (seconds.size() <= second) seconds.resize(second + 1);
    seconds[second] = readings[i].attenuation;
  }
  return seconds;
}

}  // namespace

std::vector<Distance> smooth(const Smoother& smoother, std::span<const Reading> readings) {
  const auto seen = by_second(readings);
  if (seen.empty()) return {};
  const Weights weights = weights_of(smoother);

  std::vector<Distance> told(seen.size());
  Distance last{smoother.mean, smoother.spread};
  for (std::size_t t = 0; t < seen.size(); ++t) {
    const Spread spread = spread_of(smoother, weights, last);
    const Step step = t == 0 ? Step{spread.state, last} : predict(weights, spread);
    last = seen[t] ? correct(smoother, weights, step, spread.error, *seen[t]) : step.told;
    told[t] = last;
  }
  for (std::size_t t = seen.size() - 1; t-- > 0;) {
    const Spread spread = spread_of(smoother, weights, told[t]);
    const Step next = predict(weights, spread);
    const double gain =
        covariance(weights, next.points, next.told.mean, spread.state, told[t].mean) / next.told.variance;
    told[t].mean += gain * (told[t + 1].mean - next.told.mean);
    told[t].variance =
        std::max(told[t].variance + gain * gain * (told[t + 1].variance - next.told.variance), kLeastVariance);
  }
  return told;
}

double median(const Distance& distance) {
  if (!(distance.mean > 0) || !(distance.variance > 0) || !std::isfinite(distance.mean / distance.variance))
    return kNoDistance;
  using Quiet =
      boost::math::policies::policy<boost::math::policies::promote_double<false>,  // long double costs the most of the
                                                                                   // time, and changes nothing
                                    boost::math::policies::domain_error<boost::math::policies::ignore_error>,
                                    boost::math::policies::overflow_error<boost::math::policies::ignore_error>,
                                    boost::math::policies::evaluation_error<boost::math::policies::ignore_error>>;
  const double shape = distance.mean * distance.mean / distance.variance;
  const double found = boost::math::gamma_p_inv(shape, 0.5, Quiet()) * distance.variance / distance.mean;
  return std::isfinite(found) && found > 0 ? found : kNoDistance;
}

double proximity_score(const Smoother& smoother, std::span<const Reading> readings) {
  double minutes = 0;
  for (const Distance& distance : smooth(smoother, readings)) {
    const double nearer = smoother.nearest / median(distance);
    minutes += std::min(1.0, nearer * nearer) / 60;
  }
  return minutes;
}

}  // namespace luytre::proximity
