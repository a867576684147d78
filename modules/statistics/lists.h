// The lines of a list of denominators, each judged by itself.

#pragma once

#include <utility>

#include "modules/statistics/statistics.h"

namespace luytre::statistics {

struct Line {
  LineResult result;  // refused, or taken until the database says more
  UnitId unit;
  Date as_of;
  std::string source;
  std::vector<std::pair<Measure, std::int64_t>> values;
};

struct Reading {
  const geography::Geography& geography;
  std::vector<UnitId> areas;  // of whoever sends it
  Date today;
};

// Errors: those of tables::read_list.
Result<std::vector<Line>> read_lines(const std::string& list, const Reading& reading);

}  // namespace luytre::statistics
