#include "modules/visits/doubtful.h"

#include <algorithm>

#include "modules/places/merged.h"
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

// Of those that another system told.
std::map<VisitId, std::optional<std::string>> origins_of(store::Session& session,
                                                         const std::vector<std::vector<storage::VisitRow>>& rows) {
  std::vector<VisitId> foreign;
  for (const auto& of_one : rows)
    for (const auto& row : of_one)
      if ((row.flags & storage::bit_of(Flag::kForeign)) != 0) foreign.push_back(row.id);
  auto found = storage::origins(session, foreign);
  std::map<VisitId, std::optional<std::string>> out;
  for (std::size_t i = 0; i < foreign.size(); ++i) out.emplace(foreign[i], std::move(found[i]));
  return out;
}

bool shares(const Doubted& one, PlaceId place, Interval when) {
  return (one.place == place || one.counts_as == place) && one.when.from < when.to && when.from < one.when.to;
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

Seen Doubtful::seen(const storage::VisitRow& row, const Known& known) const {
  Seen out;
  out.id = row.id;
  const auto merged = known.counts_as.find(row.place);
  out.place = merged == known.counts_as.end() ? row.place : merged->second;
  out.commune = commune_now(row.unit);
  out.in = row.entered;
  out.out = row.departed;
  out.estimated = row.estimated;
  const auto spot = places_.spot(row.place);
  out.vehicle = spot && spot->kind->kind == kVehicleTrip;
  out.staff = row.capacity == Capacity::kStaff;
  out.spotted = centre_of(out.commune);
  auto stated = known.stated.find(row.place);
  if (stated == known.stated.end()) stated = known.stated.find(out.place);
  if (stated == known.stated.end()) return out;
  out.hours = hours_at(stated->second, row.entered);
  if (const auto& point = stated->second.back().point) out.spotted = Spotted{*point, 0};
  return out;
}

Doubtful::Known Doubtful::known(store::Session& session, std::set<PlaceId> visited) const {
  places_.refresh(session);
  Known out;
  out.counts_as = places::counts_as(session, std::vector(visited.begin(), visited.end()));
  for (const auto& [place, kept] : out.counts_as) visited.insert(kept);
  out.stated = places::stated(session, std::vector(visited.begin(), visited.end()));
  return out;
}

std::map<PersonId, std::vector<Doubted>> Doubtful::of(store::Session& session,
                                                      std::span<const PersonId> persons) const {
  std::vector<storage::Around> wanted;
  for (const PersonId person : persons) wanted.push_back({person, Instant{0}, kEver});
  const auto rows = storage::around(session, wanted);
  std::set<PlaceId> visited;
  for (const auto& of_one : rows)
    for (const auto& row : of_one) visited.insert(row.place);
  const Known known = this->known(session, std::move(visited));
  auto origins = origins_of(session, rows);

  std::map<PersonId, std::vector<Doubted>> out;
  for (const auto& of_one : rows) {
    std::vector<Seen> all;
    for (const auto& row : of_one) {
      all.push_back(seen(row, known));
      // What was told approximately contradicts nothing.
      if ((row.flags & storage::bit_of(Flag::kTold)) != 0) all.back().vehicle = true;
    }
    auto flags = doubts(all, rule_);
    for (std::size_t i = 0; i < of_one.size(); ++i) {
      const auto& row = of_one[i];
      // Stated hours say better when somebody may be there than the kind does.
      if ((row.flags & storage::bit_of(Flag::kOddHours)) != 0 && all[i].hours.empty())
        flags[i].push_back(Flag::kOddHours);
      if ((row.flags & storage::bit_of(Flag::kFarAway)) != 0) flags[i].push_back(Flag::kFarAway);
      if ((row.flags & storage::bit_of(Flag::kForeign)) != 0) flags[i].push_back(Flag::kForeign);
      if ((row.flags & storage::bit_of(Flag::kTold)) != 0) flags[i].push_back(Flag::kTold);
      std::sort(flags[i].begin(), flags[i].end());
      out[row.person].push_back({row.id,
                                 row.place,
                                 all[i].place,
                                 {row.entered, row.departed},
                                 std::move(flags[i]),
                                 std::move(origins[row.id])});
    }
  }
  return out;
}

std::vector<Flag> Doubtful::at(std::span<const Doubted> visits, PlaceId place, Interval when) {
  std::set<Flag> found;
  for (const Doubted& one : visits)
    if (shares(one, place, when)) found.insert(one.doubts.begin(), one.doubts.end());
  return {found.begin(), found.end()};
}

std::vector<std::string> Doubtful::origins_at(std::span<const Doubted> visits, PlaceId place, Interval when) {
  std::set<std::string> found;
  for (const Doubted& one : visits)
    if (one.origin && shares(one, place, when)) found.insert(*one.origin);
  return {found.begin(), found.end()};
}

}  // namespace luytre::visits
