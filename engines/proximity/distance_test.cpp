// The estimate of distance: on hand-made beacons, on simulated ones, and on the DP-3T measurements, which it must rank
// better than a threshold does. LUYTRE_SHARED_DATA names the folder of the measurements; where they are missing that
// test is skipped, and says so.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
// gtest first: rapidcheck looks for it.
#include <rapidcheck/gtest.h>

#include <cmath>
#include <fstream>
#include <random>
#include <sstream>

#include "engines/proximity/distance_testing.h"
#include "platform/base/json.h"
#include "platform/base/result_testing.h"

namespace luytre::proximity {
namespace {

namespace fs = std::filesystem;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::string shipped_text() {
  std::ifstream in(LUYTRE_SOURCE_DIR "/data/proximity/distance/published.json");
  std::ostringstream out;
  out << in.rdbuf();
  return std::move(out).str();
}

DistanceTable shipped() {
  auto table = parse_distance_table(shipped_text());
  if (!table) throw std::runtime_error(::testing::PrintToString(fields(table)));
  return std::move(*table);
}

std::vector<Beacon> steady(double attenuation, std::int64_t seconds, std::int64_t every = 20) {
  std::vector<Beacon> out;
  for (std::int64_t t = 0; t <= seconds; t += every) out.push_back({{t}, attenuation, 1});
  return out;
}

TEST(DistanceTable, WhatIsWrongIsRefusedWithItsPlace) {
  const auto with = [](const std::string& from, const std::string& to) {
    std::string text = shipped_text();
    const auto place = text.find(from);
    EXPECT_NE(place, std::string::npos) << from;
    return fields(parse_distance_table(text.replace(place, from.size(), to)));
  };
  EXPECT_THAT(with("\"slope\": 8.74", "\"slope\": 0"), ElementsAre("/slope range"));
  EXPECT_THAT(with("\"reach\": 300", "\"reach\": 1e9"), ElementsAre("/reach range"));
  EXPECT_THAT(with("\"probability\": 0.5", "\"probability\": 1"), ElementsAre("/near/5/probability order"));
  EXPECT_THAT(with("\"evidence\": 62.8", "\"evidence\": 56.8"), ElementsAre("/near/1/evidence order"));
  EXPECT_THAT(with("\"models\": [],", ""), ElementsAre("/models required"));
}

TEST(Distance, OffsetsOfModelsAreOfTheirSide) {
  DistanceTable table = shipped();
  table.models = {{"A", 1, 10}, {"B", 2, 20}};
  EXPECT_EQ(offset(table, "A", "B"), 21);
  EXPECT_EQ(offset(table, "B", "A"), 12);
  EXPECT_EQ(offset(table, "A", "C"), 1);
  EXPECT_EQ(offset(table, "C", "D"), 0);
}

TEST(Distance, ReadsThePublishedRegression) {
  DistanceTable table = shipped();
  table.per_log_count = 0;
  const auto beacons = steady(table.intercept + table.slope * std::log(2.0), 600);
  const auto told = PairDistance(table, beacons).at({300});
  ASSERT_TRUE(told);
  EXPECT_NEAR(told->metres, 2, 1e-9);
  EXPECT_NEAR(told->near, 0.5, 0.01);
  EXPECT_FALSE(PairDistance(table, beacons).at({901}));
  EXPECT_TRUE(PairDistance(table, beacons).at({900}));
}

RC_GTEST_PROP(Distance, SofterOrFewerIsFartherAndNothingLeavesItsBounds, ()) {
  const DistanceTable table = shipped();
  const double db = *rc::gen::inRange(-10, 150);
  const Instant t{*rc::gen::inRange(0, 600)};
  const auto told = [&](const std::vector<Beacon>& beacons) { return *PairDistance(table, beacons).at(t); };
  const auto here = told(steady(db, 600)), softer = told(steady(db + 3, 600)), fewer = told(steady(db, 600, 60));
  RC_ASSERT(softer.metres >= here.metres && softer.near <= here.near);
  RC_ASSERT(fewer.metres >= here.metres && fewer.near <= here.near);
  RC_ASSERT(here.metres >= 0.1 && here.metres <= 50 && here.near >= 0 && here.near <= 1);
}

TEST(Closeness, CountsMinutesWithSomethingHeard) {
  DistanceTable table = shipped();
  auto beacons = steady(50, 600);
  for (const Beacon& later : steady(100, 300)) beacons.push_back({{later.at.seconds + 3600}, later.attenuation, 1});
  const Closeness told = closeness(table, beacons);
  // 0 … 600 and 150 s after, 150 s before 3600 … 3900, each on whole minutes.
  EXPECT_EQ(told.seconds, (13 + 8) * 60);
  EXPECT_NEAR(told.near_seconds, 13 * 60, 5);
  EXPECT_LT(told.metres, 1);
  EXPECT_EQ(closeness(table, {}).seconds, 0);
}

// Rooms of pairs at drawn distances: phones of three models, bodies between that stay for a while.
std::vector<MeasuredPair> simulated(unsigned seed, std::size_t pairs) {
  std::mt19937 random(seed);
  std::normal_distribution<double> noise(0, 5), body(0, 4);
  std::uniform_real_distribution<double> any(0, 1);
  const std::string models[] = {"A", "B", "C"};
  constexpr double kReceiving[] = {-6, 0, 6}, kSending[] = {4, 0, -4};
  std::vector<MeasuredPair> out;
  for (std::size_t i = 0; i < pairs; ++i) {
    const std::size_t receiver = i % 3, sender = i / 3 % 3;
    const double metres = std::exp(any(random) * 3 - 0.7), shadow = body(random);
    MeasuredPair pair;
    for (std::int64_t t = 0; t < 900; t += 15) {
      if (any(random) < 0.1 * std::log1p(metres)) continue;
      pair.push_back({{t},
                      60 + 9 * std::log(metres) + kReceiving[receiver] + kSending[sender] + shadow + noise(random),
                      models[receiver],
                      models[sender],
                      metres});
    }
    out.push_back(std::move(pair));
  }
  return out;
}

double offset_between(const DistanceTable& table, const std::string& a, const std::string& b) {
  return offset(table, a, "") - offset(table, b, "");
}

TEST(Fit, FindsWhatTheSimulationWasMadeOf) {
  const auto pairs = simulated(1, 900);
  DistanceTable named;
  named.id = named.source = "simulated";
  named.date = make_date(2026, 11, 24);
  const DistanceTable table = fit(named, pairs);
  EXPECT_NEAR(table.slope, 9, 0.7);
  EXPECT_NEAR(table.intercept, 60, 1.5);
  EXPECT_NEAR(offset_between(table, "C", "A"), 12, 1.5);
  EXPECT_NEAR(offset_between(table, "B", "A"), 6, 1.5);
  // What it fitted is a table that can be kept and read again.
  const auto again = parse_distance_table(json::text(table));
  EXPECT_THAT(fields(again), IsEmpty());
}

TEST(Fit, ProbabilitiesAreTheSharesOfThoseNear) {
  const DistanceTable table = fit(shipped(), simulated(1, 900));
  double told = 0, near = 0, count = 0, sure_near = 0, sure = 0;
  for (const MeasuredPair& pair : simulated(2, 900)) {
    const auto beacons = corrected(table, pair);
    const auto estimate = PairDistance(table, beacons).at({450});
    if (!estimate) continue;
    count += 1, told += estimate->near, near += pair.front().metres <= kNearMetres;
    if (estimate->near > 0.9) sure += 1, sure_near += pair.front().metres <= kNearMetres;
  }
  EXPECT_NEAR(told / count, near / count, 0.05);
  EXPECT_GT(sure, 50);
  EXPECT_GT(sure_near / sure, 0.85);
}

TEST(Fit, NeedsBeaconsNearAndFar) {
  EXPECT_THROW((void)fit(shipped(), {}), std::invalid_argument);
  auto pairs = simulated(1, 9);
  for (auto& pair : pairs)
    for (auto& beacon : pair) beacon.metres = 1;
  EXPECT_THROW((void)fit(shipped(), pairs), std::invalid_argument);
}

TEST(Curves, PrecisionAndRecallByHand) {
  const auto curve = precision_recall({{3, true}, {2, false}, {2, true}, {1, true}, {0, false}});
  ASSERT_EQ(curve.size(), 4u);
  EXPECT_DOUBLE_EQ(curve[0].precision, 1);
  EXPECT_DOUBLE_EQ(curve[0].recall, 1.0 / 3);
  EXPECT_DOUBLE_EQ(curve[1].precision, 2.0 / 3);
  EXPECT_DOUBLE_EQ(curve[1].recall, 2.0 / 3);
  EXPECT_DOUBLE_EQ(curve[2].precision, 3.0 / 4);
  EXPECT_DOUBLE_EQ(average_precision(curve), (1 + 2.0 / 3 + 3.0 / 4) / 3);
  EXPECT_DOUBLE_EQ(precision_at(curve, 0.5), 3.0 / 4);
  EXPECT_DOUBLE_EQ(precision_at(curve, 1.1), 0);
}

// A scenario is scored by a table that was calibrated without it. The peer is the best that one threshold for each
// beacon can do, on the same beacons.
class Measurements : public ::testing::TestWithParam<const char*> {};

TEST_P(Measurements, AreRankedBetterThanByAThreshold) {
  const fs::path folder = fs::path(LUYTRE_SHARED_DATA) / "contacts/dp3t-bt-measurements" / GetParam();
  if (!fs::exists(folder)) GTEST_SKIP() << "NOT TESTED: " << folder << " is missing";
  for (const auto ways : {testing::Ways::kOne, testing::Ways::kBoth}) {
    const auto scenarios = testing::read_experiment(folder, ways);
    ASSERT_GE(scenarios.size(), 3u);
    const auto found = testing::cross_validate(scenarios, shipped());
    EXPECT_GT(found.beacons, 16'000u);
    EXPECT_GT(average_precision(found.table), average_precision(found.threshold) + 0.03);
    EXPECT_GT(average_precision(found.untrained), average_precision(found.threshold) + 0.02);
    for (const double recall : {.132, .261, .475, .595, .680, .865, .936})
      EXPECT_GT(precision_at(found.table, recall), precision_at(found.threshold, recall)) << recall;
  }
}
INSTANTIATE_TEST_SUITE_P(Dp3t, Measurements, ::testing::Values("exp05-epfl-soldiers", "exp34-epfl-soldiers"));

}  // namespace
}  // namespace luytre::proximity
