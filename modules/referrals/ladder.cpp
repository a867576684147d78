#include "modules/referrals/ladder.h"

namespace luytre::referrals {

std::int64_t base_of(const geography::Geography& geography, UnitId unit) {
  const auto* found = geography.find(unit);
  if (!found || found->level == geography::Level::kCommune) return static_cast<std::int64_t>(Level::kStation);
  return static_cast<std::int64_t>(found->level == geography::Level::kDistrict ? Level::kCentre : Level::kProvince);
}

UnitId unit_at(const geography::Geography& geography, UnitId unit, std::int64_t level) {
  if (level <= base_of(geography, unit)) return unit;
  const auto wanted =
      level == static_cast<std::int64_t>(Level::kCentre) ? geography::Level::kDistrict : geography::Level::kProvince;
  for (const auto* above : geography.ancestors(unit))
    if (above->level == wanted) return above->id;
  return unit;
}

std::optional<std::int64_t> level_of(Role role) {
  switch (role) {
    case Role::kStationOfficer:
      return static_cast<std::int64_t>(Level::kStation);
    case Role::kDistrictOfficer:
      return static_cast<std::int64_t>(Level::kCentre);
    case Role::kProvinceOfficer:
      return static_cast<std::int64_t>(Level::kProvince);
    default:
      return std::nullopt;
  }
}

std::optional<std::int64_t> level_of(const geography::Geography& geography, const Caller& caller, UnitId unit) {
  std::optional<std::int64_t> out;
  for (const Grant& grant : caller.grants) {
    const auto level = level_of(grant.role);
    if (level && geography.covers(grant.area, unit)) out = std::min(out.value_or(*level), *level);
  }
  return out;
}

Reach reach(const geography::Geography& geography, const Caller& caller, std::optional<UnitId> unit) {
  Reach out;
  const auto add = [&](UnitId here, std::int64_t level) {
    const auto [known, fresh] = out.units.emplace(here, level);
    if (!fresh) known->second = std::min(known->second, level);
  };
  for (const Grant& grant : caller.grants) {
    const auto level = level_of(grant.role);
    if (!level) continue;
    if (unit) {
      for (const UnitId covered : geography.covered(*unit))
        if (geography.covers(grant.area, covered)) add(covered, *level);
    } else if (grant.area.value == 0) {
      out.everywhere = std::min(out.everywhere.value_or(*level), *level);
    } else {
      for (const UnitId covered : geography.covered(grant.area)) add(covered, *level);
    }
  }
  return out;
}

}  // namespace luytre::referrals
