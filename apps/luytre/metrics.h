// What /metrics says of the database, of those who follow its events, and of the presence index, in Prometheus' text
// format.

#pragma once

#include <string>

#include "apps/luytre/house.h"

namespace luytre::app {

std::string store_metrics(const House& house);

}  // namespace luytre::app
