// What is called doubtful, and what is not: the rule, and against a second, slower telling of it.

#include "modules/visits/doubts.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
// After gtest.
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <set>

namespace luytre::visits {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

const Instant kNoon = *parse_instant("2026-03-02T05:00:00Z");  // a Monday
const UnitId kHere{1}, kThere{2};

const DoubtRule& rule() {
  static const DoubtRule all = read_doubt_rule(LUYTRE_SOURCE_DIR "/data/visit-doubts.json");
  return all;
}

Seen seen(std::int64_t place, UnitId commune, Instant in, std::chrono::minutes stay = hours(1)) {
  Seen out;
  out.place = PlaceId{place};
  out.commune = commune;
  out.in = in;
  out.out = in + stay;
  return out;
}
Seen left(Seen visit) {
  visit.estimated = false;
  return visit;
}
Seen standing(Seen visit, double latitude, double longitude, double inexact = 0) {
  visit.spotted = Spotted{{latitude, longitude}, inexact};
  return visit;
}
std::vector<std::vector<Flag>> found(const std::vector<Seen>& visits) {
  return doubts(visits, rule());
}

TEST(Doubts, TwoPlacesAtOnce) {
  const Seen all_day = left(seen(1, kHere, kNoon - hours(4), hours(8)));
  EXPECT_THAT(found({all_day, seen(2, kThere, kNoon)}), Each(ElementsAre(Flag::kTwoPlaces)));
  EXPECT_THAT(found({all_day, seen(2, kHere, kNoon)}), Each(IsEmpty())) << "may lie inside the other";
  EXPECT_THAT(found({all_day, seen(1, kThere, kNoon)}), Each(IsEmpty())) << "the same place";
  EXPECT_THAT(found({all_day, seen(2, UnitId{}, kNoon)}), Each(IsEmpty())) << "nobody knows where it is";
}

TEST(Doubts, ACheckOutMayBeForgottenAndAnEstimateProvesNothing) {
  const Seen morning = seen(1, kHere, kNoon - hours(4), hours(8));
  EXPECT_THAT(found({morning, seen(2, kThere, kNoon)}), Each(IsEmpty()));
  const Seen tapped_late = left(seen(1, kHere, kNoon - hours(4), hours(4) + minutes(20)));
  EXPECT_THAT(found({tapped_late, seen(2, kThere, kNoon)}), Each(IsEmpty()));
  EXPECT_THAT(found({left(seen(1, kHere, kNoon - hours(4), hours(4) + minutes(31))), seen(2, kThere, kNoon)}),
              Each(ElementsAre(Flag::kTwoPlaces)));
}

TEST(Doubts, OneGroundIsNotTwoPlaces) {
  const Seen mall = standing(left(seen(1, kHere, kNoon - hours(4), hours(8))), 16.8, 107.1);
  EXPECT_THAT(found({mall, standing(seen(2, kHere, kNoon), 16.802, 107.1)}), Each(IsEmpty())) << "220 metres";
  EXPECT_THAT(found({mall, standing(seen(2, kHere, kNoon), 16.81, 107.1)}), Each(ElementsAre(Flag::kTwoPlaces)))
      << "a kilometre";
  EXPECT_THAT(found({mall, standing(seen(2, kThere, kNoon), 16.802, 107.1)}), Each(IsEmpty()))
      << "across the border of two communes";
}

TEST(Doubts, FasterThanAnybodyTravels) {
  const Seen north = standing(seen(1, kHere, kNoon), 21.03, 105.85);
  const auto south = [](Instant at) { return standing(seen(2, kThere, at), 10.78, 106.70); };
  EXPECT_THAT(found({north, south(kNoon + minutes(90))}), Each(ElementsAre(Flag::kTooFast)));
  EXPECT_THAT(found({north, south(kNoon + minutes(180))}), Each(IsEmpty())) << "flew";
  const auto near = [](Instant at) { return standing(seen(3, kThere, at), 21.03, 106.33); };  // 50 kilometres
  EXPECT_THAT(found({north, near(kNoon + minutes(20))}), Each(ElementsAre(Flag::kTooFast)));
  EXPECT_THAT(found({north, near(kNoon + minutes(26))}), Each(IsEmpty()));
}

TEST(Doubts, ProvincesSpeakOnlyForWhatLiesFarApart) {
  const Seen here = standing(seen(1, kHere, kNoon), 17.2, 106.5, 145);
  EXPECT_THAT(found({here, standing(seen(2, kThere, kNoon + minutes(1)), 16.37, 107.6, 85)}), Each(IsEmpty()))
      << "neighbours";
  EXPECT_THAT(found({here, standing(seen(2, kThere, kNoon + minutes(30)), 20.97, 105.65, 65)}),
              Each(ElementsAre(Flag::kTooFast)));
}

TEST(Doubts, VehiclesDriveElsewhere) {
  Seen bus = standing(left(seen(1, kHere, kNoon - hours(4), hours(8))), 21.03, 105.85);
  bus.vehicle = true;
  EXPECT_THAT(found({bus, standing(seen(2, kThere, kNoon), 10.78, 106.70)}), Each(IsEmpty()));
}

TEST(Doubts, ClosedHoursButForStaff) {
  Seen late = seen(1, kHere, kNoon + hours(7));  // 19 o'clock here
  late.hours = {{1, {std::string("07:00")}, {std::string("17:30")}}};
  EXPECT_THAT(found({late}), ElementsAre(ElementsAre(Flag::kClosedHours)));
  late.in = kNoon + hours(5) + minutes(59);  // half an hour after closing
  EXPECT_THAT(found({late}), Each(IsEmpty()));
  late.in = kNoon + hours(7);
  late.staff = true;
  EXPECT_THAT(found({late}), Each(IsEmpty()));
}

TEST(Doubts, TheRuleSaysWhatItStandsOn) {
  EXPECT_FALSE(rule().about.empty());
  EXPECT_EQ(rule().centres.size(), 34u) << "every province of 2025";
  EXPECT_EQ(rule().islands.size(), 13u) << "every special zone";
  EXPECT_THROW(read_doubt_rule("/nowhere.json"), std::runtime_error);
}

// ---- properties ----

std::vector<Seen> some_visits(int least = 0) {
  std::vector<Seen> out;
  const int count = *rc::gen::inRange(least, 8);
  for (int i = 0; i < count; ++i) {
    Seen one = seen(*rc::gen::inRange(1, 5), UnitId{*rc::gen::inRange(0, 3)},
                    kNoon + minutes(*rc::gen::inRange(0, 24 * 60)), minutes(*rc::gen::inRange(1, 600)));
    one.id = VisitId{i + 1};
    one.estimated = *rc::gen::arbitrary<bool>();
    one.vehicle = *rc::gen::inRange(0, 5) == 0;
    if (*rc::gen::arbitrary<bool>())
      one = standing(one, 8 + *rc::gen::inRange(0, 15), 103 + *rc::gen::inRange(0, 6), *rc::gen::inRange(0, 200));
    out.push_back(std::move(one));
  }
  return out;
}

// The rule told again, one pair at a time, minute by minute.
std::set<Flag> told(const Seen& a, const Seen& b) {
  if (a.place == b.place || a.vehicle || b.vehicle) return {};
  const auto sure = [](const Seen& visit, Instant t) {
    return t == visit.in || (!visit.estimated && visit.in <= t && t < visit.out - minutes(rule().forgotten_minutes));
  };
  double least = 0;
  if (a.spotted && b.spotted)
    least =
        kilometres(a.spotted->point, b.spotted->point) - a.spotted->inexact_kilometres - b.spotted->inexact_kilometres;
  const auto exact = [](const Seen& visit) { return visit.spotted && visit.spotted->inexact_kilometres == 0; };
  const bool communes =
      !(exact(a) && exact(b)) && a.commune.value != 0 && b.commune.value != 0 && a.commune != b.commune;
  const bool far = least > static_cast<double>(rule().ground_metres) / 1000;
  std::int64_t gap = INT64_MAX;  // the shortest way in time from a sure moment of the earlier to the later's scan
  const auto& first = a.in <= b.in ? a : b;
  const auto& second = a.in <= b.in ? b : a;
  for (Instant t = first.in; t <= second.in; t = t + minutes(1))
    if (sure(first, t)) gap = std::min(gap, (second.in - t).count());
  if (gap == 0 && (communes || far)) return {Flag::kTwoPlaces};
  bool possible = !far;
  for (const Way& way : rule().ways)
    if (static_cast<double>(gap) / 3600 >=
        least / static_cast<double>(way.kilometres_per_hour) + static_cast<double>(way.minutes_before) / 60 - 0.02)
      possible = true;
  if (!possible) return {Flag::kTooFast};
  return {};
}

// A minute's difference in the gap of recorded ends is below what the second telling resolves.
bool at_the_edge(const Seen& a, const Seen& b) {
  for (const int shift : {-3, 3}) {
    Seen moved = b;
    moved.in = b.in + minutes(shift);
    if (told(a, moved) != told(a, b)) return true;
  }
  return false;
}

RC_GTEST_PROP(DoubtsProperty, APairIsAsTheSecondTellingSays, ()) {
  const auto all = some_visits(2);
  RC_PRE(!at_the_edge(all[0], all[1]) && !at_the_edge(all[1], all[0]));
  const auto flags = found({all[0], all[1]});
  const auto wanted = told(all[0], all[1]);
  RC_ASSERT(std::set<Flag>(flags[0].begin(), flags[0].end()) == wanted);
  RC_ASSERT(flags[1] == flags[0]);
}

RC_GTEST_PROP(DoubtsProperty, MoreVisitsAreTheSumOfTheirPairs, ()) {
  const auto all = some_visits();
  const auto flags = found(all);
  for (std::size_t i = 0; i < all.size(); ++i) {
    std::set<Flag> wanted;
    for (std::size_t j = 0; j < all.size(); ++j) {
      if (i == j) continue;
      const auto pair = found({all[i], all[j]});
      wanted.insert(pair[0].begin(), pair[0].end());
    }
    RC_ASSERT(std::set<Flag>(flags[i].begin(), flags[i].end()) == wanted);
  }
}

RC_GTEST_PROP(DoubtsProperty, TheOrderLeavesNoTrace, ()) {
  const auto all = some_visits();
  auto turned = all;
  std::reverse(turned.begin(), turned.end());
  auto flags = found(turned);
  std::reverse(flags.begin(), flags.end());
  RC_ASSERT(flags == found(all));
}

}  // namespace
}  // namespace luytre::visits
