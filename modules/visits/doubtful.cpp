#include "modules/visits/doubtful.h"

#include <algorithm>
#include <set>

#include "modules/visits/storage.h"

namespace luytre::visits {
namespace {

constexpr Instant kEver{INT64_MAX};

// The statement that was in force then.
std::vector<places::Opening> hours_at(const std::vector<places::Stated>& stated, Instant at) {
  std::vector<places::Opening> out;
  for (const auto& one : stated)
    if (one.since <= at) out = one.hours;
  return out;
}

}  // namespace

Doubtful::Doubtful(DoubtRule rule, const geography::Geography& geography, const places::Places& places)
    : rule_(std::move(rule)), geography_(geography), places_(places) {
  for (const Centre& centre : rule_.centres) {
    const auto within = static_cast<double>(centre.within_kilometres);
    centres_[centre.province] = {{centre.latitude, centre.longitude}, within};
  }
}

UnitId Doubtful::commune_now(UnitId unit) const {
  constexpr Date kLastDay{2'932'896};  // 9999-12-31: what is in force without an end
  return geography_.responsible_commune(unit, kLastDay).value_or(UnitId{});
}

std::optional<Spotted> Doubtful::centre_of(UnitId commune) const {
  const auto& islands = rule_.islands;
  if (std::find(islands.begin(), islands.end(), commune.value) != islands.end()) return std::nullopt;
  for (const auto* above : geography_.ancestors(commune)) {
    if (above->level != geography::Level::kProvince) continue;
    const auto found = centres_.find(above->code);
    if (found != centres_.end()) return found->second;
  }
  return std::nullopt;
}

std::map<PersonId, std::vector<Doubted>> Doubtful::of(store::Session& session,
                                                      std::span<const PersonId> persons) const {
  std::vector<storage::Around> wanted;
  for (const PersonId person : persons) wanted.push_back({person, Instant{0}, kEver});
  const auto rows = storage::around(session, wanted);
  std::set<PlaceId> visited;
  for (const auto& of_one : rows)
    for (const auto& row : of_one) visited.insert(row.place);
  places_.refresh(session);
  const auto stated = places::stated(session, std::vector(visited.begin(), visited.end()));

  std::map<PersonId, std::vector<Doubted>> out;
  for (const auto& of_one : rows) {
    std::vector<Seen> seen;
    for (const auto& row : of_one) {
      Seen one{row.id,
               row.place,
               commune_now(row.unit),
               row.entered,
               row.departed,
               row.estimated,
               false,
               row.capacity == Capacity::kStaff,
               {},
               {}};
      const auto spot = places_.spot(row.place);
      one.vehicle = spot && spot->kind->kind == kVehicleTrip;
      one.spotted = centre_of(one.commune);
      if (const auto told = stated.find(row.place); told != stated.end()) {
        one.hours = hours_at(told->second, row.entered);
        if (told->second.back().point) one.spotted = Spotted{*told->second.back().point, 0};
      }
      seen.push_back(std::move(one));
    }
    auto flags = doubts(seen, rule_);
    for (std::size_t i = 0; i < of_one.size(); ++i) {
      const auto& row = of_one[i];
      // Stated hours say better when somebody may be there than the kind does.
      if ((row.flags & storage::bit_of(Flag::kOddHours)) != 0 && seen[i].hours.empty())
        flags[i].push_back(Flag::kOddHours);
      if ((row.flags & storage::bit_of(Flag::kFarAway)) != 0) flags[i].push_back(Flag::kFarAway);
      std::sort(flags[i].begin(), flags[i].end());
      out[row.person].push_back({row.id, row.place, {row.entered, row.departed}, std::move(flags[i])});
    }
  }
  return out;
}

std::vector<Flag> Doubtful::at(std::span<const Doubted> visits, PlaceId place, Interval when) {
  std::set<Flag> found;
  for (const Doubted& one : visits)
    if (one.place == place && one.when.from < when.to && when.from < one.when.to)
      found.insert(one.doubts.begin(), one.doubts.end());
  return {found.begin(), found.end()};
}

}  // namespace luytre::visits
