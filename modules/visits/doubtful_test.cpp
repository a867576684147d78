// Doubts about recorded visits: the own list, other provinces, stated hours.

#include "modules/visits/doubtful.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "modules/places/duplicates.h"
#include "modules/visits/visits_fixture.h"

namespace luytre::visits {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

const UnitId kInHaNoi{2025300004}, kDongHa{2025319333}, kConCo{2025319742};

class DoubtfulTest : public VisitsTest {
 protected:
  DoubtfulTest() { world_.clock.advance(hours(8)); }  // half past four on a Monday

  PlaceId place(const std::string& name, UnitId unit, const std::string& kind = "restaurant") {
    const std::vector<places::Places::Imported> file{{"test", name, name, kind, unit, {}}};
    const auto made =
        world_.db->transact_now([&](store::Session& s) { return world_.registry.import_places(s, file); });
    world_.registry.start();
    return made.front()->id;
  }
  VisitId stay(PlaceId where, Instant in, std::optional<Instant> out = {}) {
    const auto made = scan(account_, where, in);
    if (!made) throw std::runtime_error(made.error().code);
    if (out && !leave(account_, made->id, *out)) throw std::runtime_error("still there");
    return made->id;
  }
  // All but that it came late.
  std::vector<Flag> flags(VisitId id) {
    auto out = the(id).flags;
    std::erase(out, Flag::kLate);
    return out;
  }
  void state(PlaceId where, places::Statement statement) {
    const auto stated = run(world_.registry.state(world_.station, where, std::move(statement)));
    ASSERT_TRUE(stated) << stated.error().code;
  }
};

TEST_P(DoubtfulTest, TheOwnListSaysWhatContradicts) {
  const auto far = stay(place("Phở Thìn", kInHaNoi), now() - hours(5));
  const auto near = stay(market_, now() - hours(5) + minutes(30));
  const auto next = stay(cafe_, now() - hours(4));
  EXPECT_THAT(flags(far), ElementsAre(Flag::kTooFast));
  EXPECT_THAT(flags(near), ElementsAre(Flag::kTooFast));
  EXPECT_THAT(flags(next), IsEmpty()) << "an hour is enough to fly";
  EXPECT_EQ(the(near).out, now() - hours(4)) << "and changes nothing";
}

TEST_P(DoubtfulTest, TwoCommunesAtOnceButNoVehicleAndNoNeighbourOfTheSameCommune) {
  const auto market = stay(market_, now() - hours(5), now() - hours(1));
  const auto cafe = stay(cafe_, now() - hours(4));
  const auto bus = stay(place("Xe buýt 7", kDongHa, "vehicleTrip"), now() - hours(3));
  EXPECT_THAT(flags(market), IsEmpty()) << "the café may lie inside the market";
  EXPECT_THAT(flags(bus), ElementsAre(Flag::kOverlapsElsewhere));
  const auto away = stay(place("Chợ Đông Hà", kDongHa), now() - hours(2));
  EXPECT_THAT(flags(market), ElementsAre(Flag::kTwoPlaces));
  EXPECT_THAT(flags(away), ElementsAre(Flag::kOverlapsElsewhere, Flag::kTwoPlaces));
  EXPECT_THAT(flags(cafe), ElementsAre(Flag::kOverlapsElsewhere));
}

TEST_P(DoubtfulTest, AnIslandIsNotWhereItsProvincesMiddleIs) {
  const auto island = stay(place("Cảng Cồn Cỏ", kConCo), now() - hours(5));
  stay(place("Phở Thìn", kInHaNoi), now() - hours(5) + minutes(30));
  EXPECT_THAT(flags(island), IsEmpty());
}

TEST_P(DoubtfulTest, HoursAreThoseStatedBefore) {
  const places::Opening morning{1, {std::string("06:30")}, {std::string("11:00")}};
  const auto before = stay(market_, now() - minutes(1));
  state(market_, {{morning}, {}});
  world_.clock.advance(hours(1) + minutes(10));
  const auto after = stay(market_, now());
  EXPECT_NE(before, after);
  EXPECT_THAT(flags(before), IsEmpty());
  EXPECT_THAT(flags(after), ElementsAre(Flag::kClosedHours));
  world_.clock.advance(minutes(1));
  state(market_, {});
  EXPECT_THAT(flags(after), ElementsAre(Flag::kClosedHours)) << "what was stated then";
}

TEST_P(DoubtfulTest, AStatedPointIsExact) {
  state(market_, {{}, places::Point{16.70, 107.24}});
  state(cafe_, {{}, places::Point{16.82, 107.10}});  // some twenty kilometres on
  const auto market = stay(market_, now() - hours(2));
  const auto cafe = stay(cafe_, now() - hours(2) + minutes(5));
  const auto school = stay(school_, now() - hours(2) + minutes(6));
  EXPECT_THAT(flags(market), ElementsAre(Flag::kTooFast));
  EXPECT_THAT(flags(cafe), ElementsAre(Flag::kTooFast));
  EXPECT_THAT(flags(school), IsEmpty()) << "stands nobody knows where in the province";
}

TEST_P(DoubtfulTest, APlaceRegisteredTwiceIsOne) {
  state(market_, {{}, places::Point{16.70, 107.24}});
  state(cafe_, {{}, places::Point{16.82, 107.10}});
  const auto market = stay(market_, now() - hours(3), now() - hours(1));
  const auto cafe = stay(cafe_, now() - hours(2));
  EXPECT_THAT(flags(market), ElementsAre(Flag::kTwoPlaces));
  places::Duplicates duplicates(*world_.db, world_.registry, testing::geography(), world_.house->access, world_.vault);
  ASSERT_TRUE(run(duplicates.merge(world_.station, {cafe_, market_})));
  EXPECT_THAT(flags(market), IsEmpty());
  EXPECT_THAT(flags(cafe), ElementsAre(Flag::kOverlapsElsewhere));
}

TEST_P(DoubtfulTest, WhereThePhoneIsIsComparedAndForgotten) {
  state(market_, {{}, places::Point{16.70, 107.24}});
  const auto market = stay(market_, now() - minutes(5));
  const auto share = [&](const Caller& who, VisitId visit, places::Point where) {
    return run(visits().share(who, visit, where));
  };
  EXPECT_EQ(share(account_, market, {16.701, 107.241})->distance, Distance::kNear);
  EXPECT_EQ(share(account_, market, {16.72, 107.24})->distance, Distance::kAround);
  EXPECT_THAT(flags(market), IsEmpty());
  EXPECT_EQ(code(share(other_, market, {16.70, 107.24})), "not_found");
  EXPECT_EQ(code(share(account_, market, {91, 107.24})), "invalid");
  EXPECT_EQ(share(account_, market, {16.80, 107.24})->distance, Distance::kFar);
  EXPECT_THAT(flags(market), ElementsAre(Flag::kFarAway));
  EXPECT_EQ(share(account_, stay(cafe_, now()), {16.80, 107.24})->distance, Distance::kUnknown);
  world_.clock.advance(minutes(11));
  EXPECT_EQ(code(share(account_, market, {16.70, 107.24})), "too_late_to_share");
}

INSTANTIATE_TEST_SUITE_P(Engines, DoubtfulTest, store::testing::engines(), store::testing::engine_name);

}  // namespace
}  // namespace luytre::visits
