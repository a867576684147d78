// Serving: the HTTP server over a house, until SIGINT or SIGTERM.

#pragma once

#include <functional>

#include "apps/luytre/house.h"

namespace luytre::app {

// To be called before any thread starts, so that only the waiting thread gets the signals.
void block_stop_signals();

// Serves until asked to stop, then drains. `serving` runs once the port answers.
void run_house(House& house, const std::function<void(std::uint16_t port)>& serving);

}  // namespace luytre::app
