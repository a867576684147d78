// An invented country for measuring: who checks in where, day by day, as many visits as wanted, the same from the same
// seed on every machine.
//
// People live in communes of kCommunePeople, have an age group and with it a school class or a workplace, take buses,
// shop at markets of their commune (sometimes of another), eat out, visit other people's homes. Market and eatery
// popularity falls with rank as Zipf's law has it, but no place draws more than its capacity: who would come too much
// goes elsewhere. On weekends schools are closed and few work. Not every visit is checked in: a person leaves
// kVisitsPerDay check-ins a day on average (measured, not guaranteed), 20 in four weeks, most without a check-out.
// Times are within the Vietnamese day, so that a UTC day holds a night and a day. Schools name rooms as zones.
//
// The numbers are this house's, chosen so that F1, F2 and F3 of a case grow about thirtyfold a level, as in the trace
// that the design speaks of; they are no model of an epidemic. Any day can be made alone; nothing is kept in memory.
// Thread-safe.

#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <vector>

#include "engines/presence/presence.h"

namespace luytre::bench {

inline constexpr std::int64_t kCommunePeople = 10'000;
inline constexpr double kVisitsPerDay = 20.0 / 28;

struct WorldSize {
  std::int64_t visits = 1'000'000;  // about
  std::int64_t days = 28;
  std::uint64_t seed = 1;
};

class World {
 public:
  explicit World(WorldSize size);

  std::int64_t people() const { return people_; }
  std::int64_t days() const { return size_.days; }
  std::uint64_t seed() const { return size_.seed; }
  Instant begin() const;                                     // of the first local day
  PersonId person(std::int64_t number) const;                // 0 … people() - 1
  std::vector<presence::Visit> day(std::int64_t day) const;  // that begin on this local day, by person
  std::map<PlaceId, presence::Setting> settings() const;

  // Who infected whom, where and when: an outbreak on top of the visits. Begins with `seeds` people on day 0; whoever
  // is infectious (days kLatentDays to kLatentDays + kInfectiousDays after infection) and shares a place for at least
  // min_overlap infects with a chance of `permille` in 1000 each. In order of time; nobody twice.
  struct Infection {
    PersonId person;
    PersonId by;  // of seeds: the person itself
    PlaceId place;
    Instant at;
  };
  static constexpr std::int64_t kLatentDays = 2;
  static constexpr std::int64_t kInfectiousDays = 6;
  std::vector<Infection> outbreak(std::int64_t seeds, std::int64_t permille) const;

 private:
  enum Kind : std::int64_t { kHome, kWork, kSchool, kMarket, kEatery, kBus, kKinds };
  struct Spot {
    Kind kind;
    std::int64_t commune;
    std::int64_t number;
  };

  void plan(std::int64_t person, std::int64_t day, std::vector<presence::Visit>& into) const;
  PlaceId place(const Spot& spot) const;
  static std::int64_t popular(std::int64_t places, std::int64_t capacity, std::int64_t visitors, std::uint64_t draw);

  WorldSize size_;
  std::int64_t people_;
  std::int64_t communes_;
};

}  // namespace luytre::bench
