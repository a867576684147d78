#include "modules/duties/travel.h"

#include <algorithm>

#include "modules/command/decisions.h"

namespace luytre::duties {
namespace {

bool leaves(const Leg& leg, UnitId area, std::optional<UnitId> home, const geography::Geography& geography) {
  if (!command::holds_in(geography, area, leg.unit)) return false;
  const auto end = leg.towards ? leg.towards : home;
  return !end || !command::holds_in(geography, area, *end);
}

}  // namespace

std::vector<Journey> obliging(Travellers whose, std::vector<Leg> legs, std::optional<UnitId> home,
                              const EpidemicAreas& areas, const geography::Geography& geography) {
  std::stable_sort(legs.begin(), legs.end(), [](const Leg& a, const Leg& b) { return a.at < b.at; });
  const auto obliges = [&](const Leg& leg) {
    if (whose == Travellers::kListed) return leg.recorded == Recorded::kList;
    const auto known = areas(leg.at);
    return std::any_of(known.begin(), known.end(), [&](UnitId area) { return leaves(leg, area, home, geography); });
  };
  std::vector<Journey> out;
  for (const Leg& leg : legs) {
    if (!obliges(leg)) continue;
    const Date day = local_date(leg.at);
    if (out.empty() || out.back().day != day) out.push_back({day, {}});
    out.back().legs.push_back(leg);
  }
  return out;
}

}  // namespace luytre::duties
