// What the rooms recorded of where somebody was, put before the one that compares it with declarations.

#pragma once

#include "apps/luytre/house.h"

namespace luytre::app {

void tell_sightings(House& house);

}  // namespace luytre::app
