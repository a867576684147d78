// Ladder: who answers for a unit, and who is called when nobody there does, for every room whose work climbs. Pure.
//
// Three levels: the station of a commune, the health centre above it (of a district, since 2025-07-01 of a region,
// which is no administrative unit), the province. Who belongs to one is said by role and area, never by the depth of
// the administrative tree, so this holds in both administrative versions. A unit above the commune begins at its own
// level. What lies at a level is its task and that of everybody below; whoever stands above sees it, and may not act.

#pragma once

#include <algorithm>
#include <chrono>
#include <optional>
#include <unordered_map>

#include "platform/geography/geography.h"
#include "platform/identity/caller.h"

namespace luytre::referrals {

enum class Level { kStation, kCentre, kProvince };
BOOST_DESCRIBE_ENUM(Level, kStation, kCentre, kProvince)

inline constexpr std::int64_t kTop = static_cast<std::int64_t>(Level::kProvince);

inline constexpr std::chrono::seconds kEscalateEvery{10};  // how late an escalation may be
inline constexpr std::size_t kEscalateMost = 500;          // in one run

// Where what concerns the unit begins.
std::int64_t base_of(const geography::Geography& geography, UnitId unit);
// Who stands at a level above the unit: the nearest unit of that level, or, for regional health centres, the unit
// itself.
UnitId unit_at(const geography::Geography& geography, UnitId unit, std::int64_t level);
// The lowest level that the caller has there; absent: none.
std::optional<std::int64_t> level_of(const geography::Geography& geography, const Caller& caller, UnitId unit);
std::optional<std::int64_t> level_of(Role role);

// What a caller sees: for each unit the lowest level that is theirs there, or the same everywhere.
struct Reach {
  std::optional<std::int64_t> everywhere;
  std::unordered_map<UnitId, std::int64_t> units;
};
// Of the unit and what lies in it; absent: of all that the caller answers for.
Reach reach(const geography::Geography& geography, const Caller& caller, std::optional<UnitId> unit);

// One level up, with the same time again.
template <class Row>
void climb(Row& row, Instant now) {
  row.level = std::min(row.level + 1, kTop);
  row.due_at = now + std::chrono::minutes(row.within_minutes);
}

}  // namespace luytre::referrals
