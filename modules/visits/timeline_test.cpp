// The rule by which visits end, against a second, slower telling of it, for check-ins in any order.

#include "modules/visits/timeline.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
// After gtest.
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <map>

namespace luytre::visits {
namespace {

constexpr std::int64_t kHour = 3600;

Instant at(std::int64_t seconds) {
  return {seconds};
}
const Spot kMarket{PlaceId{1}, std::nullopt}, kSchool{PlaceId{2}, std::nullopt};
const Spot kRoom1{PlaceId{2}, ZoneId{21}}, kRoom2{PlaceId{2}, ZoneId{22}};

class Day {
 public:
  // Answers the id of the visit that the scan belongs to.
  std::int64_t scan(const Spot& spot, std::int64_t t, std::int64_t stay) {
    if (const Stay* open = line_.open_at(spot, at(t))) return open->id.value;
    line_.check_in(VisitId{next_}, spot, at(t), at(t + stay));
    return next_++;
  }
  void leave(std::int64_t id, std::int64_t t) { line_.check_out(VisitId{id}, at(t)); }
  void undo(std::int64_t id) { line_.cancel(VisitId{id}); }
  std::int64_t out(std::int64_t id) const { return line_.find(VisitId{id})->out.seconds; }
  bool estimated(std::int64_t id) const { return line_.find(VisitId{id})->estimated; }
  const Timeline& line() const { return line_; }

 private:
  Timeline line_;
  std::int64_t next_ = 1;
};

TEST(Timeline, AnEstimateIsTheUsualStay) {
  Day day;
  const auto market = day.scan(kMarket, 8 * kHour, kHour);
  EXPECT_EQ(day.out(market), 9 * kHour);
  EXPECT_TRUE(day.estimated(market));
}

TEST(Timeline, TheNextCheckInElsewhereCutsIt) {
  Day day;
  const auto market = day.scan(kMarket, 8 * kHour, kHour);
  const auto school = day.scan(kSchool, 8 * kHour + 600, 5 * kHour);
  EXPECT_EQ(day.out(market), 8 * kHour + 600);
  EXPECT_EQ(day.out(school), 13 * kHour + 600);
}

TEST(Timeline, AlsoWhenItArrivesLate) {
  Day day;
  const auto school = day.scan(kSchool, 9 * kHour, 5 * kHour);
  const auto market = day.scan(kMarket, 8 * kHour, 3 * kHour);
  EXPECT_EQ(day.out(market), 9 * kHour) << "the late one is cut by what is known already";
  const auto shop = day.scan({PlaceId{3}, {}}, 8 * kHour + 1800, kHour);
  EXPECT_EQ(day.out(market), 8 * kHour + 1800);
  EXPECT_EQ(day.out(shop), 9 * kHour);
  EXPECT_EQ(day.out(school), 14 * kHour);
}

TEST(Timeline, ARealCheckOutAlwaysWins) {
  Day day;
  const auto market = day.scan(kMarket, 8 * kHour, kHour);
  day.leave(market, 8 * kHour + 300);
  EXPECT_EQ(day.out(market), 8 * kHour + 300);
  EXPECT_FALSE(day.estimated(market));
  const auto school = day.scan(kSchool, 9 * kHour, kHour);
  day.leave(school, 12 * kHour);
  day.scan(kMarket, 10 * kHour, kHour);
  EXPECT_EQ(day.out(school), 12 * kHour) << "a later check-in elsewhere does not move it";
}

TEST(Timeline, TheSameSpotWhileOpenIsTheSameVisit) {
  Day day;
  const auto market = day.scan(kMarket, 8 * kHour, kHour);
  EXPECT_EQ(day.scan(kMarket, 8 * kHour, kHour), market);
  EXPECT_EQ(day.scan(kMarket, 9 * kHour - 1, kHour), market);
  EXPECT_NE(day.scan(kMarket, 9 * kHour, kHour), market) << "half-open: at its end it is over";
  EXPECT_NE(day.scan(kMarket, 8 * kHour - 1, kHour), market) << "nor before it began";
}

TEST(Timeline, AnotherRoomIsElsewhere) {
  Day day;
  const auto gate = day.scan(kSchool, 7 * kHour, 5 * kHour);
  const auto first = day.scan(kRoom1, 8 * kHour, 5 * kHour);
  const auto second = day.scan(kRoom2, 9 * kHour, 5 * kHour);
  EXPECT_EQ(day.out(gate), 8 * kHour);
  EXPECT_EQ(day.out(first), 9 * kHour);
  EXPECT_EQ(day.out(second), 14 * kHour);
}

TEST(Timeline, TheSameSecondElsewhereCutsNothing) {
  Day day;
  const auto market = day.scan(kMarket, 8 * kHour, kHour);
  const auto school = day.scan(kSchool, 8 * kHour, kHour);
  EXPECT_EQ(day.out(market), 9 * kHour);
  EXPECT_EQ(day.out(school), 9 * kHour);
  EXPECT_TRUE(day.line().overlaps_elsewhere(*day.line().find(VisitId{school})));
}

TEST(Timeline, UndoingGivesBackWhatWasCut) {
  Day day;
  const auto market = day.scan(kMarket, 8 * kHour, 3 * kHour);
  const auto school = day.scan(kSchool, 9 * kHour, kHour);
  const auto shop = day.scan({PlaceId{3}, {}}, 10 * kHour, kHour);
  day.undo(school);
  EXPECT_EQ(day.out(market), 10 * kHour) << "now the next one cuts it";
  day.undo(shop);
  EXPECT_EQ(day.out(market), 11 * kHour);
}

// The rule told again: from the set of all stays, in no order, one at a time.
struct Told {
  Spot spot;
  std::int64_t in, expected;
  std::optional<std::int64_t> out;
};

std::int64_t end_of(const std::map<std::int64_t, Told>& all, std::int64_t id) {
  const Told& stay = all.at(id);
  if (stay.out) return *stay.out;
  for (std::int64_t t = stay.in + 1; t < stay.expected; ++t) {
    for (const auto& [other, told] : all)
      if (told.spot != stay.spot && told.in == t) return t;
  }
  return stay.expected;
}

// Few spots and a short day, so that everything meets everything.
RC_GTEST_PROP(TimelineProperty, EndsAreThoseOfTheRuleAfterEveryStep, ()) {
  Day day;
  std::map<std::int64_t, Told> told;
  const int steps = *rc::gen::inRange(1, 25);
  for (int i = 0; i < steps; ++i) {
    const int what = *rc::gen::inRange(0, 10);
    if (what < 7 || told.empty()) {
      const Spot spot{PlaceId{*rc::gen::inRange(1, 4)},
                      *rc::gen::element<std::optional<ZoneId>>(std::nullopt, std::nullopt, ZoneId{1}, ZoneId{2})};
      const std::int64_t t = *rc::gen::inRange(0, 60), stay = *rc::gen::inRange(1, 30);
      std::optional<std::int64_t> open;
      for (const auto& [id, other] : told)
        if (other.spot == spot && other.in <= t && t < end_of(told, id) && (!open || told.at(*open).in < other.in))
          open = id;
      const std::int64_t id = day.scan(spot, t, stay);
      RC_ASSERT(open.has_value() == told.contains(id));
      if (open) {
        RC_ASSERT(id == *open);
      } else {
        told.emplace(id, Told{spot, t, t + stay, std::nullopt});
      }
    } else {
      auto chosen = told.begin();
      std::advance(chosen, *rc::gen::inRange<std::size_t>(0, told.size()));
      if (what < 9) {
        chosen->second.out = chosen->second.in + *rc::gen::inRange(1, 60);
        day.leave(chosen->first, *chosen->second.out);
      } else {
        day.undo(chosen->first);
        told.erase(chosen);
      }
    }
    for (const auto& [id, stay] : told) RC_ASSERT(day.out(id) == end_of(told, id));
  }
}

// Scans at different spots, none while its own spot is open: then the order in which they arrive leaves no trace.
RC_GTEST_PROP(TimelineProperty, TheOrderOfArrivalLeavesNoTrace, ()) {
  struct Scan {
    Spot spot;
    std::int64_t in, stay;
  };
  std::vector<Scan> scans;
  const int count = *rc::gen::inRange(1, 12);
  for (int i = 0; i < count; ++i)
    scans.push_back({Spot{PlaceId{i + 1}, std::nullopt}, *rc::gen::inRange(0, 60), *rc::gen::inRange(1, 40)});
  const auto ends = [&](const std::vector<Scan>& order) {
    Day day;
    std::map<std::int64_t, std::int64_t> out;
    std::map<std::int64_t, std::int64_t> ids;
    for (const Scan& scan : order) ids[scan.spot.place.value] = day.scan(scan.spot, scan.in, scan.stay);
    for (const auto& [place, id] : ids) out[place] = day.out(id);
    return out;
  };
  const auto first = ends(scans);
  auto shuffled = scans;
  for (std::size_t i = shuffled.size(); i > 1; --i)
    std::swap(shuffled[i - 1], shuffled[*rc::gen::inRange<std::size_t>(0, i)]);
  RC_ASSERT(ends(shuffled) == first);
}

}  // namespace
}  // namespace luytre::visits
