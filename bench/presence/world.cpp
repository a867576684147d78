#include "bench/presence/world.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <tuple>
#include <unordered_map>

namespace luytre::bench {

namespace {

constexpr std::int64_t kFirstDay = 18'843;  // 2021-08-04, a Wednesday
constexpr std::int64_t kMinute = 60;
constexpr std::int64_t kHour = 3600;

// Per commune.
constexpr std::int64_t kHomes = kCommunePeople / 4;
constexpr std::int64_t kWorkplaces = 320;
constexpr std::int64_t kSchools = 4;
constexpr std::int64_t kClasses = 16;  // of a school
constexpr std::int64_t kMarkets = 12;
constexpr std::int64_t kMarketCapacity = 260;  // check-ins a day
constexpr std::int64_t kEateries = 60;
constexpr std::int64_t kEateryCapacity = 60;
constexpr std::int64_t kBusTrips = 64;  // a day

// Check-ins in a thousand person-days.
constexpr std::uint64_t kChildren = 220;  // of a thousand people
constexpr std::uint64_t kWorking = 550;
constexpr std::uint64_t kGoesToSchool = 600;
constexpr std::uint64_t kGoesToWork = 430;
constexpr std::uint64_t kGoesToWorkOnWeekends = 90;
constexpr std::uint64_t kGoesToMarket = 190;
constexpr std::uint64_t kEatsOut = 110;
constexpr std::uint64_t kTakesBus = 60;  // and back
constexpr std::uint64_t kVisitsHome = 40;
constexpr std::uint64_t kElsewhere = 40;   // of a thousand outings: to another commune
constexpr std::uint64_t kEstimated = 650;  // of a thousand visits

// splitmix64 (Steele, Lea, Flood 2014): a good stream from any seed.
class Draw {
 public:
  explicit Draw(std::uint64_t seed) : state_(seed) {}
  std::uint64_t next() {
    std::uint64_t z = state_ += 0x9e37'79b9'7f4a'7c15U;
    z = (z ^ z >> 30) * 0xbf58'476d'1ce4'e5b9U;
    z = (z ^ z >> 27) * 0x94d0'49bb'1331'11ebU;
    return z ^ z >> 31;
  }
  std::int64_t below(std::int64_t bound) {  // at most 2^32
    return static_cast<std::int64_t>((next() >> 32) * static_cast<std::uint64_t>(bound) >> 32);
  }
  std::int64_t between(std::int64_t low, std::int64_t high) { return low + below(high - low + 1); }
  bool chance(std::uint64_t permille) { return below(1000) < static_cast<std::int64_t>(permille); }

 private:
  std::uint64_t state_;
};

std::uint64_t mix(std::uint64_t a, std::uint64_t b) {
  return Draw(a ^ Draw(b).next()).next();
}

}  // namespace

World::World(WorldSize size)
    : size_(size),
      people_(std::max<std::int64_t>(
          1, std::llround(static_cast<double>(size.visits) / (kVisitsPerDay * static_cast<double>(size.days))))),
      communes_((people_ + kCommunePeople - 1) / kCommunePeople) {}

Instant World::begin() const {
  return local_midnight({kFirstDay});
}

PersonId World::person(std::int64_t number) const {
  // As ids are made: time-ordered, unevenly spaced (platform/base/id.h).
  return {(number + 1) << 12 | static_cast<std::int64_t>(mix(size_.seed, static_cast<std::uint64_t>(number)) & 0xfff)};
}

PlaceId World::place(const Spot& spot) const {
  constexpr std::int64_t kMostOfAKind = 4096;
  return {((spot.commune + 1) * kKinds + spot.kind) * kMostOfAKind + spot.number};
}

// Zipf's law with exponent 1 by inversion: rank = n^u; a place that would draw more than its capacity sends the rest to
// any other.
std::int64_t World::popular(std::int64_t places, std::int64_t capacity, std::int64_t visitors, std::uint64_t draw) {
  Draw d(draw);
  constexpr double kScale = 1.0 / 18'446'744'073'709'551'616.0;
  const double u = static_cast<double>(d.next()) * kScale;
  const auto rank = std::min(places - 1, static_cast<std::int64_t>(std::pow(static_cast<double>(places), u)) - 1);
  const double share = std::log1p(1.0 / static_cast<double>(rank + 1)) / std::log(static_cast<double>(places));
  const auto expected = static_cast<std::int64_t>(share * static_cast<double>(visitors));
  return expected <= capacity || d.below(expected) < capacity ? std::max<std::int64_t>(rank, 0) : d.below(places);
}

void World::plan(std::int64_t number, std::int64_t day, std::vector<presence::Visit>& into) const {
  Draw fixed(mix(size_.seed, static_cast<std::uint64_t>(number) * 2));
  Draw today(mix(size_.seed + static_cast<std::uint64_t>(day), static_cast<std::uint64_t>(number) * 2 + 1));
  const std::int64_t home = number / kCommunePeople;
  const std::uint64_t age = static_cast<std::uint64_t>(fixed.below(1000));
  const std::int64_t work = fixed.below(kWorkplaces), school = fixed.below(kSchools), room = fixed.below(kClasses);
  const std::int64_t weekday = (day + 2) % 7;  // 0: Monday
  const bool weekend = weekday >= 5;
  const Instant midnight = local_midnight({kFirstDay + day});
  const auto visit = [&](const Spot& spot, std::int64_t in, std::int64_t stay, std::optional<ZoneId> zone = {}) {
    const Instant from = midnight + std::chrono::seconds(in);
    into.push_back(
        {person(number), place(spot), zone, {from, from + std::chrono::seconds(stay)}, today.chance(kEstimated)});
  };
  const auto commune = [&] { return today.chance(kElsewhere) ? today.below(communes_) : home; };
  const bool bus = today.chance(kTakesBus);
  const std::int64_t trip = today.below(kBusTrips);
  const auto ride = [&](std::int64_t hour) {
    visit({kBus, home, trip}, hour * kHour + trip * kMinute + today.between(0, 5 * kMinute),
          today.between(15 * kMinute, 40 * kMinute));
  };
  if (bus) ride(6);
  if (age < kChildren) {
    if (!weekend && today.chance(kGoesToSchool))
      visit({kSchool, home, school}, 7 * kHour + today.between(0, 30 * kMinute), today.between(4 * kHour, 8 * kHour),
            ZoneId{(home * kSchools + school) * kClasses + room + 1});
  } else if (age < kChildren + kWorking && today.chance(weekend ? kGoesToWorkOnWeekends : kGoesToWork)) {
    visit({kWork, home, work}, 7 * kHour + today.between(0, 2 * kHour), today.between(3 * kHour, 9 * kHour));
  }
  if (today.chance(kGoesToMarket))
    visit({kMarket, commune(), popular(kMarkets, kMarketCapacity, kCommunePeople * kGoesToMarket / 1000, today.next())},
          today.between(6 * kHour, 18 * kHour), today.between(10 * kMinute, 50 * kMinute));
  if (today.chance(kEatsOut))
    visit({kEatery, commune(), popular(kEateries, kEateryCapacity, kCommunePeople * kEatsOut / 1000, today.next())},
          today.between(11 * kHour, 20 * kHour), today.between(20 * kMinute, 90 * kMinute));
  if (today.chance(kVisitsHome))
    visit({kHome, commune(), today.below(kHomes)}, today.between(17 * kHour, 21 * kHour),
          today.between(kHour, 10 * kHour));  // some stay the night
  if (bus) ride(17);
}

std::vector<presence::Visit> World::day(std::int64_t day) const {
  std::vector<presence::Visit> visits;
  visits.reserve(static_cast<std::size_t>(static_cast<double>(people_) * kVisitsPerDay * 1.3));
  for (std::int64_t number = 0; number < people_; ++number) plan(number, day, visits);
  return visits;
}

std::map<PlaceId, presence::Setting> World::settings() const {
  constexpr std::array<presence::Setting, kKinds> kSettings{
      {{2, 2}, {2, 2}, {2, 3}, {1, 3}, {2, 2}, {3, 3}}};  // by Kind
  constexpr std::array<std::int64_t, kKinds> kCounts{kHomes, kWorkplaces, kSchools, kMarkets, kEateries, kBusTrips};
  std::map<PlaceId, presence::Setting> settings;
  for (std::int64_t commune = 0; commune < communes_; ++commune) {
    for (std::size_t kind = 0; kind < kKinds; ++kind) {
      for (std::int64_t n = 0; n < kCounts[kind]; ++n)
        settings.emplace(place({static_cast<Kind>(kind), commune, n}), kSettings[kind]);
    }
  }
  return settings;
}

std::vector<World::Infection> World::outbreak(std::int64_t seeds, std::int64_t permille) const {
  std::vector<Infection> infections;
  std::unordered_map<PersonId, Instant> infected;
  Draw draw(mix(size_.seed, 0x0b5e'55edU));
  for (std::int64_t i = 0; i < seeds; ++i) {
    const PersonId who = person(draw.below(people_));
    if (infected.emplace(who, begin() - std::chrono::days(kLatentDays)).second)
      infections.push_back({who, who, {}, begin()});
  }
  const auto infectious = [&](PersonId who, Instant at) {
    const auto found = infected.find(who);
    if (found == infected.end()) return false;
    const std::chrono::seconds since = at - found->second;
    return since >= std::chrono::days(kLatentDays) && since < std::chrono::days(kLatentDays + kInfectiousDays);
  };
  for (std::int64_t d = 0; d < days(); ++d) {
    std::vector<presence::Visit> visits = day(d);
    std::sort(visits.begin(), visits.end(), [](const presence::Visit& a, const presence::Visit& b) {
      return std::tie(a.place, a.when, a.person) < std::tie(b.place, b.when, b.person);
    });
    std::vector<Infection> fresh;
    for (auto first = visits.begin(); first != visits.end();) {
      const auto end = std::find_if(first, visits.end(), [&](const auto& v) { return v.place != first->place; });
      for (auto source = first; source != end; ++source) {
        if (!infectious(source->person, source->when.from)) continue;
        for (auto other = first; other != end; ++other) {
          const Instant from = std::max(source->when.from, other->when.from);
          const bool together = std::min(source->when.to, other->when.to) - from >= presence::kMinOverlap;
          const bool apart = source->zone && other->zone && *source->zone != *other->zone;
          if (together && !apart && !infected.contains(other->person) && draw.below(1000) < permille)
            fresh.push_back({other->person, source->person, source->place, from});
        }
      }
      first = end;
    }
    std::sort(fresh.begin(), fresh.end(), [](const Infection& a, const Infection& b) {
      return std::tie(a.at, a.person) < std::tie(b.at, b.person);
    });
    for (const Infection& i : fresh) {
      if (infected.emplace(i.person, i.at).second) infections.push_back(i);
    }
  }
  return infections;
}

}  // namespace luytre::bench
