#include "modules/places/where.h"

namespace luytre::places {
namespace {

void add(Where& where, UnitId unit) {
  if (where.set.insert(unit.value).second) where.units.push_back(unit);
}

}  // namespace

Where where_of(std::span<const UnitId> areas, std::optional<UnitId> unit, const geography::Geography& geography) {
  Where all;
  for (const UnitId area : areas) {
    if (area.value == 0) {
      all.everywhere = true;
      continue;
    }
    for (const UnitId covered : geography.covered(area)) add(all, covered);
  }
  if (!unit) return all;
  Where out;
  for (const UnitId covered : geography.covered(*unit)) {
    if (all.contains(covered)) add(out, covered);
  }
  return out;
}

}  // namespace luytre::places
