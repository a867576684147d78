// Where an officer looks for places: a set of units, or everywhere. Private to this module.

#pragma once

#include <optional>
#include <span>
#include <unordered_set>
#include <vector>

#include "platform/geography/geography.h"

namespace luytre::places {

struct Where {
  bool everywhere = false;
  std::vector<UnitId> units;
  std::unordered_set<std::int64_t> set;

  bool contains(UnitId unit) const { return everywhere || set.contains(unit.value); }
};

// What the areas cover, an area of 0 being the whole country; with `unit`, what of it lies within that.
Where where_of(std::span<const UnitId> areas, std::optional<UnitId> unit, const geography::Geography& geography);

}  // namespace luytre::places
