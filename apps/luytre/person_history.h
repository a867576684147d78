// What each room knows of one person, as moments of a history.

#pragma once

#include "apps/luytre/house.h"

namespace luytre::app {

void tell_histories(House& house);

}  // namespace luytre::app
