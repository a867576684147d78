// The lines of a unit's list, each judged by itself.

#pragma once

#include "modules/placelists/placelists.h"
#include "modules/places/kinds.h"

namespace luytre::placelists {

struct Line {
  LineResult result;  // refused, or taken until the database says more
  places::Places::Imported place;
};

struct Reading {
  const geography::Geography& geography;
  const places::Kinds& kinds;
  UnitId area;
  Date today;
};

// Errors: those of tables::read_list.
Result<std::vector<Line>> read_lines(const std::string& list, const Reading& reading);

}  // namespace luytre::placelists
