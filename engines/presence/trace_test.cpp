#include "engines/presence/testing.h"

#include <gmock/gmock.h>
#include <rapidcheck/gtest.h>

#include <algorithm>

namespace luytre::presence {
namespace {

using ::testing::ElementsAre;

constexpr PersonId kAn{1}, kBinh{2}, kChi{3}, kDung{4};
constexpr PlaceId kMarket{1}, kSchool{2};

Instant minute(std::int64_t m) {
  return {1'600'000'000 + 60 * m};
}
Interval between(std::int64_t from, std::int64_t to) {
  return {minute(from), minute(to)};
}
Visit visit(PersonId person, PlaceId place, std::int64_t from, std::int64_t to, std::optional<ZoneId> zone = {}) {
  return {person, place, zone, between(from, to), false};
}

Question about(PersonId person, Interval window, int depth = 1) {
  Question q;
  q.cases = {{person, window}};
  q.horizon = window.to;
  q.rules.depth = depth;
  return q;
}

std::vector<Contact> trace(const World& world, const Question& question) {
  return BruteForce(world).trace(question).contacts;
}

// "2:F1@30[30-50]": person, level, exposed since, evidence; minutes.
std::vector<std::string> lines(const std::vector<Contact>& contacts) {
  const auto text = [](Instant t) { return std::to_string((t.seconds - minute(0).seconds) / 60); };
  std::vector<std::string> out;
  for (const Contact& c : contacts) {
    std::string line = std::to_string(c.person.value) + ":F" + std::to_string(c.level) + "@" + text(c.exposed_since);
    for (const Evidence& e : c.evidence)
      line += "[" + std::to_string(e.with.value) + " " + text(e.when.from) + "-" + text(e.when.to) + "]";
    out.push_back(line);
  }
  return out;
}

TEST(BruteForceTest, SharedStayOfFifteenMinutesCountsAndOneSecondLessDoesNot) {
  World world{{visit(kAn, kMarket, 0, 60), visit(kBinh, kMarket, 45, 90), visit(kChi, kMarket, 46, 90),
               visit(kDung, kSchool, 0, 60)},
              {},
              {}};
  EXPECT_THAT(lines(trace(world, about(kAn, between(0, 100)))), ElementsAre("2:F1@45[1 45-60]"));
  world.visits[1].when.from.seconds += 1;
  EXPECT_TRUE(trace(world, about(kAn, between(0, 100))).empty());
}

TEST(BruteForceTest, TheWindowCutsAndOnlyThePartInsideCounts) {
  const World world{{visit(kAn, kMarket, 0, 60), visit(kBinh, kMarket, 0, 60)}, {}, {}};
  EXPECT_THAT(lines(trace(world, about(kAn, between(20, 35)))), ElementsAre("2:F1@20[1 20-35]"));
  EXPECT_TRUE(trace(world, about(kAn, between(20, 34))).empty());
}

TEST(BruteForceTest, TouchingVisitsAreOneLinkButTwoLinksAreNeverSummed) {
  const World touching{
      {visit(kAn, kMarket, 0, 60), visit(kBinh, kMarket, 0, 10), visit(kBinh, kMarket, 10, 20)}, {}, {}};
  EXPECT_THAT(lines(trace(touching, about(kAn, between(0, 60)))), ElementsAre("2:F1@0[1 0-20]"));
  const World apart{{visit(kAn, kMarket, 0, 60), visit(kBinh, kMarket, 0, 10), visit(kBinh, kMarket, 11, 21)}, {}, {}};
  EXPECT_TRUE(trace(apart, about(kAn, between(0, 60))).empty());
}

TEST(BruteForceTest, TouchingContactRowsAreOneEncounter) {
  const World world{{}, {{kAn, kBinh, between(0, 10), 60}, {kBinh, kAn, between(10, 20), 50}}, {}};
  const auto contacts = trace(world, about(kAn, between(0, 60)));
  EXPECT_THAT(lines(contacts), ElementsAre("2:F1@0[1 0-20]"));
  EXPECT_EQ(contacts[0].evidence[0].attenuation, 50);
}

TEST(BruteForceTest, ZonesKeepPeopleApartOnlyWhenBothNameOne) {
  const ZoneId fish{11}, cloth{12};
  const World world{{visit(kAn, kMarket, 0, 60, fish), visit(kBinh, kMarket, 0, 60, cloth),
                     visit(kChi, kMarket, 0, 60, fish), visit(kDung, kMarket, 0, 60)},
                    {},
                    {}};
  EXPECT_THAT(lines(trace(world, about(kAn, between(0, 60)))), ElementsAre("3:F1@0[1 0-60]", "4:F1@0[1 0-60]"));
}

TEST(BruteForceTest, PathsRespectTime) {
  // Bình met Chi before Bình met the case: Chi is no contact. Dũng came after.
  const World world{{visit(kBinh, kSchool, 0, 20), visit(kChi, kSchool, 0, 20), visit(kAn, kMarket, 30, 60),
                     visit(kBinh, kMarket, 30, 60), visit(kBinh, kSchool, 70, 90), visit(kDung, kSchool, 70, 90)},
                    {},
                    {}};
  EXPECT_THAT(lines(trace(world, about(kAn, between(0, 100), 3))), ElementsAre("2:F1@30[1 30-60]", "4:F2@70[2 70-90]"));
}

TEST(BruteForceTest, LatencyDelaysContactsButNotTheCase) {
  const World world{{visit(kAn, kMarket, 0, 20), visit(kBinh, kMarket, 0, 200), visit(kChi, kMarket, 30, 60)}, {}, {}};
  Question question = about(kAn, between(0, 300), 2);
  EXPECT_THAT(lines(trace(world, question)), ElementsAre("2:F1@0[1 0-20]", "3:F2@30[2 30-60]"));
  question.rules.latent = std::chrono::minutes(45);
  EXPECT_THAT(lines(trace(world, question)), ElementsAre("2:F1@0[1 0-20]", "3:F2@45[2 45-60]"));
  question.rules.latent = std::chrono::minutes(46);
  EXPECT_THAT(lines(trace(world, question)), ElementsAre("2:F1@0[1 0-20]"));
}

TEST(BruteForceTest, ContactsExposeUntilIsolatedElseUntilTheHorizon) {
  const World world{{visit(kAn, kMarket, 0, 20), visit(kBinh, kMarket, 0, 20), visit(kBinh, kSchool, 50, 90),
                     visit(kChi, kSchool, 50, 90)},
                    {},
                    {}};
  Question question = about(kAn, between(0, 40), 2);
  EXPECT_THAT(lines(trace(world, question)), ElementsAre("2:F1@0[1 0-20]"));
  question.horizon = minute(70);
  EXPECT_THAT(lines(trace(world, question)), ElementsAre("2:F1@0[1 0-20]", "3:F2@50[2 50-70]"));
  question.isolated[kBinh] = minute(66);
  EXPECT_THAT(lines(trace(world, question)), ElementsAre("2:F1@0[1 0-20]", "3:F2@50[2 50-66]"));
  question.isolated[kBinh] = minute(64);
  EXPECT_THAT(lines(trace(world, question)), ElementsAre("2:F1@0[1 0-20]"));
}

TEST(BruteForceTest, TheLowestLevelWinsEvenWhenAHigherOneWasEarlier) {
  // Chi is F2 at minute 0 + by way of Bình at 20, but met the case herself at 80.
  const World world{
      {},
      {{kAn, kBinh, between(0, 20), {}}, {kBinh, kChi, between(20, 40), {}}, {kAn, kChi, between(80, 100), {}}},
      {}};
  EXPECT_THAT(lines(trace(world, about(kAn, between(0, 100), 3))), ElementsAre("2:F1@0[1 0-20]", "3:F1@80[1 80-100]"));
}

TEST(BruteForceTest, SinceIsTheEarliestOverAllOfTheLevelBelow) {
  const World world{{},
                    {{kAn, kBinh, between(0, 20), {}},
                     {kAn, kChi, between(0, 20), {}},
                     {kBinh, kDung, between(60, 80), {}},
                     {kChi, kDung, between(30, 50), {}}},
                    {}};
  EXPECT_THAT(lines(trace(world, about(kAn, between(0, 100), 2))),
              ElementsAre("2:F1@0[1 0-20]", "3:F1@0[1 0-20]", "4:F2@30[3 30-50][2 60-80]"));
}

TEST(BruteForceTest, SeveralCasesAreAllF0) {
  const World world{
      {},
      {{kAn, kBinh, between(0, 20), {}}, {kBinh, kChi, between(10, 30), {}}, {kChi, kDung, between(50, 70), {}}},
      {}};
  Question question = about(kAn, between(0, 100), 2);
  question.cases.push_back({kBinh, between(0, 100)});
  EXPECT_THAT(lines(trace(world, question)), ElementsAre("3:F1@10[2 10-30]", "4:F2@50[3 50-70]"));
}

TEST(BruteForceTest, TwoTouchingWindowsOfOneCaseAreOne) {
  const World world{{}, {{kAn, kBinh, between(0, 20), {}}}, {}};
  Question question = about(kAn, between(0, 10));
  question.cases.push_back({kAn, between(10, 20)});
  EXPECT_THAT(lines(trace(world, question)), ElementsAre("2:F1@0[1 0-20]"));
}

TEST(BruteForceTest, TheStrongestEvidenceIsKeptAndAllIsCounted) {
  const World world{
      {},
      {{kAn, kBinh, between(0, 20), {}}, {kAn, kBinh, between(30, 90), {}}, {kAn, kBinh, between(100, 130), {}}},
      {}};
  Question question = about(kAn, between(0, 200));
  question.rules.most_evidence = 2;
  const auto contacts = trace(world, question);
  EXPECT_THAT(lines(contacts), ElementsAre("2:F1@0[1 30-90][1 100-130]"));
  EXPECT_EQ(contacts[0].evidence_count, 3);
  EXPECT_EQ(contacts[0].risk, contacts[0].evidence[0].risk);
}

TEST(BruteForceTest, TheScanRuleReachesOneHourAndNoSecondFurther) {
  Question question = about(kAn, between(-600, 600));
  question.rules.scan_margin = std::chrono::seconds(3600);
  question.rules.min_overlap = std::chrono::seconds(1);
  for (const std::int64_t side : {-1, 1}) {
    World world{{visit(kAn, kMarket, 0, 5), visit(kBinh, kMarket, side * 60, side * 60 + 5)}, {}, {}};
    EXPECT_EQ(trace(world, question).size(), 1U) << side;
    world.visits[1].when.from.seconds += side;
    EXPECT_TRUE(trace(world, question).empty()) << side;
  }
  // However long the stay: only scans count.
  const World long_stay{{visit(kAn, kMarket, 0, 300), visit(kBinh, kMarket, 120, 300)}, {}, {}};
  EXPECT_TRUE(trace(long_stay, question).empty());
}

TEST(BruteForceTest, AnEstimateShowsOnlyWhereItReachesIntoTheLink) {
  World world{{visit(kAn, kMarket, 0, 60), visit(kBinh, kMarket, 0, 30), visit(kBinh, kMarket, 30, 60)}, {}, {}};
  world.visits[2].estimated = true;
  EXPECT_TRUE(trace(world, about(kAn, between(0, 60)))[0].evidence[0].estimated);
  EXPECT_FALSE(trace(world, about(kAn, between(0, 30)))[0].evidence[0].estimated);
}

Question summed(PersonId person, Interval window, int depth = 1) {
  Question q = about(person, window, depth);
  q.rules.sum_within = std::chrono::hours(24);
  return q;
}

TEST(SumRuleTest, ThreeShortMeetingsAtDifferentPlacesWithinADayCount) {
  constexpr int kDay = 24 * 60;
  World world{{visit(kAn, kMarket, 0, 5), visit(kBinh, kMarket, 0, 5), visit(kAn, kSchool, 700, 705),
               visit(kBinh, kSchool, 700, 705)},
              {{kAn, kBinh, between(kDay - 5, kDay), {}}},
              {}};
  const Interval window = between(0, 3 * kDay);
  EXPECT_THAT(lines(trace(world, summed(kAn, window))), ElementsAre("2:F1@0[1 0-5][1 700-705][1 1435-1440]"));
  EXPECT_TRUE(trace(world, about(kAn, window)).empty());
  world.encounters[0].when.from.seconds += 1;  // one second short of a quarter of an hour
  EXPECT_TRUE(trace(world, summed(kAn, window)).empty());
  world.encounters[0].when = {minute(kDay - 5) + std::chrono::seconds(1), minute(kDay) + std::chrono::seconds(1)};
  EXPECT_TRUE(trace(world, summed(kAn, window)).empty()) << "one second beyond the 24 hours";
}

TEST(SumRuleTest, WhatCoversTheSameSecondsCountsOnce) {
  // The telephones met while both sat in the market, and five minutes on.
  World world{{visit(kAn, kMarket, 0, 10), visit(kBinh, kMarket, 0, 10)}, {{kAn, kBinh, between(2, 14), 60}}, {}};
  EXPECT_TRUE(trace(world, summed(kAn, between(0, 100))).empty());
  world.encounters[0].when.to = minute(15);
  EXPECT_THAT(lines(trace(world, summed(kAn, between(0, 100)))), ElementsAre("2:F1@0[1 0-10][1 2-15]"));
}

TEST(SumRuleTest, WhatIsFarFromAnyEnoughIsNoEvidence) {
  constexpr int kDay = 24 * 60;
  const World world{{},
                    {{kAn, kBinh, between(0, 5), {}},
                     {kAn, kBinh, between(2 * kDay, 2 * kDay + 20), {}},
                     {kAn, kBinh, between(3 * kDay + 5, 3 * kDay + 6), {}},
                     {kAn, kBinh, between(3 * kDay + 7, 3 * kDay + 8), {}}},
                    {}};
  // A day may hold 14:59 minutes of the second meeting and a second of the third; none reaches the last with enough.
  EXPECT_THAT(lines(trace(world, summed(kAn, between(0, 5 * kDay)))),
              ElementsAre("2:F1@2880[1 2880-2900][1 4325-4326]"));
}

TEST(SumRuleTest, EachPersonOfTheLevelBelowCountsByItself) {
  const World world{{}, {{kAn, kChi, between(0, 10), {}}, {kBinh, kChi, between(20, 30), {}}}, {}};
  Question question = summed(kAn, between(0, 100));
  question.cases.push_back({kBinh, between(0, 100)});
  EXPECT_TRUE(trace(world, question).empty());
}

TEST(SumRuleTest, EachWindowOfACaseCountsByItself) {
  const World world{{}, {{kAn, kBinh, between(0, 10), {}}, {kAn, kBinh, between(20, 30), {}}}, {}};
  Question question = summed(kAn, between(0, 15));
  question.cases.push_back({kAn, between(16, 100)});
  EXPECT_TRUE(trace(world, question).empty());
  question.cases[0].window.to = minute(16);  // now they touch
  EXPECT_EQ(trace(world, question).size(), 1U);
}

TEST(SumRuleTest, OnlyWhatLiesBetweenLatencyAndIsolationCounts) {
  const World world{{},
                    {{kAn, kBinh, between(0, 8), {}},
                     {kBinh, kChi, between(5, 15), {}},
                     {kAn, kBinh, between(20, 28), {}},
                     {kBinh, kChi, between(40, 50), {}}},
                    {}};
  Question question = summed(kAn, between(0, 100), 2);
  // Bình is exposed since the first of the meetings that count together, and may have passed it on at the next.
  EXPECT_THAT(lines(trace(world, question)), ElementsAre("2:F1@0[1 0-8][1 20-28]", "3:F2@5[2 5-15][2 40-50]"));
  question.isolated[kBinh] = minute(45);
  EXPECT_THAT(lines(trace(world, question)), ElementsAre("2:F1@0[1 0-8][1 20-28]", "3:F2@5[2 5-15][2 40-45]"));
  question.rules.latent = std::chrono::minutes(6);  // 9 minutes of the first, 5 of the second
  EXPECT_THAT(lines(trace(world, question)), ElementsAre("2:F1@0[1 0-8][1 20-28]"));
}

RC_GTEST_PROP(SumRuleProperty, WhoHasOneLinkThatLastsIsFoundToo, ()) {
  testing::Case c = *testing::any_case_of_sums();
  c.question.rules.depth = 1;
  std::vector<PersonId> with;
  for (const Contact& contact : trace(c.world, c.question)) with.push_back(contact.person);
  c.question.rules.sum_within.reset();
  for (const Contact& contact : trace(c.world, c.question))
    RC_ASSERT(std::find(with.begin(), with.end(), contact.person) != with.end());
}

RC_GTEST_PROP(BruteForceProperty, AgreesWithATraceThatGoesSecondBySecond, ()) {
  testing::Case c = *testing::any_case();
  RC_PRE(c.question.horizon.seconds < 1'600'041'600 + 1000);  // steps of one second or it takes for ever
  RC_PRE(std::all_of(c.world.visits.begin(), c.world.visits.end(),
                     [](const Visit& v) { return v.when.to - v.when.from < std::chrono::seconds(30); }));
  c.question.rules.most_evidence = 0;
  std::vector<testing::Second> answer;
  for (const Contact& contact : trace(c.world, c.question)) {
    testing::Second second{contact.person, contact.level, contact.exposed_since, {}};
    for (const Evidence& e : contact.evidence) second.links.push_back(e.when);
    answer.push_back(second);
  }
  std::sort(answer.begin(), answer.end());
  auto expected = testing::trace_by_seconds(c.world, c.question);
  std::sort(expected.begin(), expected.end());
  RC_ASSERT(answer == expected);
}

// The properties below and those of the other implementations are worth what their worlds are worth.
TEST(GeneratorTest, WorldsReachAllLevelsAndUseEveryRule) {
  std::map<int, int> deepest;
  int zones = 0, estimates = 0, scans = 0, long_stays = 0, limited = 0, sums = 0;
  const auto look = [&](const testing::Case& c) {
    const auto contacts = trace(c.world, c.question);
    ++deepest[contacts.empty() ? 0 : contacts.back().level];
    scans += c.question.rules.scan_margin && !contacts.empty();
    for (const Contact& contact : contacts) {
      limited += contact.evidence_count > static_cast<std::int64_t>(contact.evidence.size());
      for (const Evidence& e : contact.evidence) {
        zones += e.same_zone;
        estimates += e.estimated;
      }
    }
    if (c.question.rules.sum_within) {
      Question single = c.question;
      single.rules.sum_within.reset();
      sums += trace(c.world, single).size() < contacts.size();
    }
    for (const Visit& v : c.world.visits) long_stays += v.when.to - v.when.from > std::chrono::hours(24);
  };
  EXPECT_TRUE(rc::check([&] {
    for (int i = 0; i < 8; ++i) look(*testing::any_case());
  }));
  for (int level = 0; level <= 3; ++level) EXPECT_GE(deepest[level], 5) << level;
  for (const int seen : {zones, estimates, scans, long_stays, limited, sums}) EXPECT_GE(seen, 10);
}

RC_GTEST_PROP(BruteForceProperty, ADeeperTraceOnlyAdds, ()) {
  testing::Case c = *testing::any_case();
  c.question.rules.depth = kMostDepth;
  std::vector<Contact> deep = trace(c.world, c.question);
  for (int depth = kMostDepth - 1; depth >= 1; --depth) {
    c.question.rules.depth = depth;
    std::erase_if(deep, [&](const Contact& contact) { return contact.level > depth; });
    RC_ASSERT(trace(c.world, c.question) == deep);
  }
}

}  // namespace
}  // namespace luytre::presence
