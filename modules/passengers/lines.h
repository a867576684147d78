// The lines of a carrier's list, each judged by itself.

#pragma once

#include "modules/passengers/passengers.h"

namespace luytre::passengers {

struct Line {
  LineResult result;                   // refused, or taken until the database says more
  std::optional<Passenger> passenger;  // unless refused
};

// `year`: no one is born after it. Errors: invalid (pointer "/" and the column that the head line lacks; "" without a
// head line), and those of tables::read_list.
Result<std::vector<Line>> read_lines(const std::string& list, int year);

}  // namespace luytre::passengers
