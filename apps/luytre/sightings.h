// What the rooms recorded of where somebody was, put before the one that compares it with declarations, and before the
// one that asks travellers to declare.

#pragma once

#include "apps/luytre/house.h"

namespace luytre::app {

void tell_sightings(House& house);
void tell_travel(House& house);

}  // namespace luytre::app
