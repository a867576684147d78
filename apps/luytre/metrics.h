// What /metrics says of the database and of those who follow its events, in Prometheus' text format.

#pragma once

#include <string>

#include "apps/luytre/house.h"

namespace luytre::app {

std::string store_metrics(const House& house);

}  // namespace luytre::app
