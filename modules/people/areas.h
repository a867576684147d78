// The units that an officer's areas cover, for what is read of many records. Private to this module.

#pragma once

#include <algorithm>
#include <optional>
#include <vector>

#include "platform/geography/geography.h"

namespace luytre::people {

class Areas {
 public:
  // `unit`: of these areas only what lies in it.
  Areas(const geography::Geography& geography, const std::vector<UnitId>& areas,
        std::optional<UnitId> unit = std::nullopt)
      : everywhere_(!unit && std::any_of(areas.begin(), areas.end(), [](UnitId area) { return area.value == 0; })) {
    if (everywhere_) return;
    for (const UnitId area : unit ? std::vector<UnitId>{*unit} : areas) {
      for (const UnitId covered : geography.covered(area))
        if (!unit || geography.covers(areas, covered)) units_.push_back(covered);
    }
    std::sort(units_.begin(), units_.end());
    units_.erase(std::unique(units_.begin(), units_.end()), units_.end());
  }
  bool everywhere() const { return everywhere_; }
  bool contain(UnitId unit) const { return everywhere_ || std::binary_search(units_.begin(), units_.end(), unit); }
  const std::vector<UnitId>& units() const { return units_; }  // sorted; none if everywhere

 private:
  bool everywhere_;
  std::vector<UnitId> units_;
};

}  // namespace luytre::people
