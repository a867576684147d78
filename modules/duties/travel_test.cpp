#include "modules/duties/travel.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "modules/visits/testing.h"

namespace luytre::duties {
namespace {

using std::chrono::hours;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using visits::testing::geography;
using visits::testing::kHaiLang;
using visits::testing::kQuangTri;

const UnitId kDaNang{2025100048}, kInDaNang{2025320242};
const Instant kNoon = *parse_instant("2026-03-02T05:00:00Z");

Leg leg(UnitId unit, std::optional<UnitId> towards = {}, Instant at = kNoon, Recorded how = Recorded::kCheckpoint) {
  return {how, unit, towards, at};
}

std::vector<Date> days(std::vector<Leg> legs, std::optional<UnitId> home = kHaiLang,
                       Travellers whose = Travellers::kEpidemicArea) {
  const auto areas = [](Instant at) { return at < kNoon + hours(48) ? std::vector{kDaNang} : std::vector<UnitId>{}; };
  std::vector<Date> out;
  for (const auto& one : obliging(whose, std::move(legs), home, areas, geography())) out.push_back(one.day);
  return out;
}

TEST(TravelTest, WhoWasInTheAreaWithoutLivingThereCameThrough) {
  EXPECT_THAT(days({leg(kInDaNang)}), ElementsAre(make_date(2026, 3, 2)));
  EXPECT_THAT(days({leg(kHaiLang)}), IsEmpty());
  EXPECT_THAT(days({leg(kInDaNang)}, kInDaNang), IsEmpty()) << "at home";
  EXPECT_THAT(days({leg(kInDaNang, {}, kNoon + hours(48))}), IsEmpty()) << "the decision had ended";
}

TEST(TravelTest, OnlyAJourneyOutOfTheAreaComesFromIt) {
  EXPECT_THAT(days({leg(kInDaNang, kHaiLang)}, kInDaNang), SizeIs(1)) << "also of who lives in it";
  EXPECT_THAT(days({leg(kHaiLang, kInDaNang)}), IsEmpty()) << "going there";
  EXPECT_THAT(days({leg(kInDaNang, kDaNang)}), IsEmpty()) << "within it";
}

TEST(TravelTest, OneLocalDayIsOneJourney) {
  const Instant midnight = local_midnight(make_date(2026, 3, 3));
  EXPECT_THAT(days({leg(kInDaNang, {}, midnight), leg(kInDaNang, {}, midnight - std::chrono::seconds(1)),
                    leg(kInDaNang, {}, midnight - hours(5))}),
              ElementsAre(make_date(2026, 3, 2), make_date(2026, 3, 3)));
}

TEST(TravelTest, WhoIsListedIsAPassengerWhereverTheyGo) {
  const auto listed = leg(kHaiLang, kQuangTri, kNoon, Recorded::kList);
  EXPECT_THAT(days({listed, leg(kInDaNang)}, kHaiLang, Travellers::kListed), SizeIs(1));
  EXPECT_THAT(days({leg(kInDaNang)}, kHaiLang, Travellers::kListed), IsEmpty());
}

}  // namespace
}  // namespace luytre::duties
