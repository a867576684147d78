// Risk after the NHS COVID-19 app, second engine: the proximity score of smoother.h over a window's scan instances,
// times 60 and a weight of the infectiousness; the person is told when one window reaches the threshold
// (ukhsa-collaboration/riskscore-swift-public@95b2bbda and the app's published configuration: weights 0, 0.4, 1;
// threshold 120; days since onset −5 … −3 standard, −2 … 3 high, 4 … 9 standard, others none). By least attenuation,
// and of instances with time since the last scan, as the app read them (CalculateExposureRisk). Pure; thread-safe.

#pragma once

#include <boost/describe.hpp>

#include "engines/proximity/risk_gaen2.h"
#include "engines/proximity/smoother.h"

namespace luytre::proximity {

struct Nhs {
  Smoother smoother;
  InfectiousWeights infectious;
  double threshold = 120;  // of one window
};
BOOST_DESCRIBE_STRUCT(Nhs, (), (smoother, infectious, threshold))

double window_risk(const Nhs& config, const ExposureWindow& window);

}  // namespace luytre::proximity
