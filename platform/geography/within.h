// Within: of somebody's areas, the units that a list is read of, one look into an index for each
// (platform/store/paged.h).

#pragma once

#include <optional>
#include <vector>

#include "platform/geography/geography.h"

namespace luytre::geography {

struct Within {
  std::vector<UnitId> units;  // one may be there twice, where areas overlap
  bool everywhere = false;
};

// Narrowed to the unit asked for. Absent: it is none of theirs.
inline std::optional<Within> within(const Geography& geography, const std::vector<UnitId>& areas,
                                    std::optional<UnitId> asked) {
  Within out;
  for (const UnitId area : areas) {
    if (asked && !geography.covers(area, *asked)) continue;
    const UnitId top = asked.value_or(area);
    out.everywhere = out.everywhere || top.value == 0;
    if (top.value == 0) continue;
    for (const UnitId unit : geography.covered(top)) out.units.push_back(unit);
  }
  if (out.units.empty() && !out.everywhere) return std::nullopt;
  return out;
}

// Likewise, but of a unit above an area, what of it is theirs.
inline std::optional<Within> within_or_above(const Geography& geography, const std::vector<UnitId>& areas,
                                             std::optional<UnitId> asked) {
  if (!asked) return within(geography, areas, asked);
  std::vector<UnitId> common;
  for (const UnitId area : areas) {
    if (geography.covers(area, *asked)) return within(geography, areas, asked);
    if (geography.covers(*asked, area)) common.push_back(area);
  }
  return within(geography, common, std::nullopt);
}

}  // namespace luytre::geography
