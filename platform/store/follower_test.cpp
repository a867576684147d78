// Followers and the schedule: effects exactly once in the database, whatever breaks in between.

#include "platform/store/follower.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <stdlib.h>

#include <algorithm>
#include <filesystem>
#include <numeric>
#include <system_error>
#include <thread>

#include "platform/store/lease.h"
#include "platform/store/testing.h"

namespace luytre::store {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr Query kEffect{"follower_test.effect", "INSERT INTO test_effect (id, subject) VALUES ($1, $2)"};
constexpr Query kEffects{"follower_test.effects", "SELECT subject FROM test_effect ORDER BY id"};

const std::vector<std::vector<Migration>>& rooms() {
  static const std::vector<std::vector<Migration>> all{
      {{"test", "001_test.sql", "CREATE TABLE test_effect (id bigint PRIMARY KEY, subject bigint NOT NULL);"}}};
  return all;
}

class FollowerTest : public ::testing::TestWithParam<Engine> {
 protected:
  void publish(std::string type, std::int64_t subject) {
    database->transact_now([&](Session& s) { s.publish({.type = type, .subject = subject, .at = clock.now()}); });
  }
  std::vector<std::int64_t> effects() {
    return database->read_now([](Session& s) { return s.all<std::int64_t>(kEffects); });
  }
  static void effect(Database& db, Session& s, const Event& e) { s.run(kEffect, db.ids().next(), e.subject); }

  ManualClock clock{Instant{1'628'000'000}};
  testing::TestDatabase database{GetParam(), rooms(), clock};
};
INSTANTIATE_TEST_SUITE_P(Engines, FollowerTest, testing::engines(), testing::engine_name);

TEST_P(FollowerTest, HandlesItsTypesInOrderAndResumes) {
  std::vector<std::int64_t> after;
  for (int start = 0; start < 2; ++start) {
    Followers followers(*database);
    followers.add({.name = "test",
                   .types = {"a", "c"},
                   .handle = [&](Session& s, const Event& e) { effect(*database, s, e); },
                   .after = [&](const Event& e) { after.push_back(e.subject); }});
    publish("a", start * 10 + 1);
    publish("b", start * 10 + 2);
    publish("c", start * 10 + 3);
    followers.drain();
    followers.drain();
    EXPECT_EQ(followers.figures().at(0).handled, 2);
    EXPECT_EQ(followers.figures().at(0).behind, 0);
    database.reopen();
  }
  EXPECT_THAT(effects(), ElementsAre(1, 3, 11, 13));
  EXPECT_THAT(after, ElementsAre(1, 3, 11, 13));
}

TEST_P(FollowerTest, WhatRunsBeforeATransactionGetsItsEventsAndSeesNoneOfItsEffects) {
  std::vector<std::int64_t> before;
  Followers followers(*database);
  followers.add({.name = "test",
                 .types = {"a"},
                 .handle = [&](Session& s, const Event& e) { effect(*database, s, e); },
                 .after = {},
                 .before =
                     [&](std::span<const Event> events) {
                       EXPECT_THAT(effects(), IsEmpty());
                       for (const Event& e : events) before.push_back(e.subject);
                     }});
  publish("a", 1);
  publish("b", 2);
  publish("a", 3);
  followers.drain();
  EXPECT_THAT(before, ElementsAre(1, 3));
  EXPECT_THAT(effects(), ElementsAre(1, 3));
}

TEST(HolderTest, IsTheSameForWhoFollowsInAFolderAndAnotherForWhoComesBeside) {
  std::string folder = (std::filesystem::temp_directory_path() / "luytre-holder-XXXXXX").string();
  ASSERT_NE(mkdtemp(folder.data()), nullptr);
  Bytes first;
  {
    const Holder holder(folder);
    first = holder.bytes();
    EXPECT_EQ(first.data.size(), 16u);
    EXPECT_NE(Holder(folder).bytes(), first);
  }
  EXPECT_EQ(Holder(folder).bytes(), first);
  EXPECT_NE(Holder().bytes(), first);
  EXPECT_THROW(Holder(folder + "/none"), std::system_error);
  std::filesystem::remove_all(folder);
}

TEST_P(FollowerTest, AKilledOnesTurnIsTakenAtOnceByTheNextInItsFolder) {
  std::string folder = (std::filesystem::temp_directory_path() / "luytre-holder-XXXXXX").string();
  ASSERT_NE(mkdtemp(folder.data()), nullptr);
  const Bytes killed = Holder(folder).bytes();
  const bool held = database->transact_now([&](Session& s) { return hold_lease(s, "follower.test", killed, 100'000); });
  ASSERT_TRUE(held);
  publish("a", 1);
  {
    Followers followers(*database, folder);
    followers.add({.name = "test",
                   .types = {"a"},
                   .handle = [&](Session& s, const Event& e) { effect(*database, s, e); },
                   .after = {}});
    followers.start();
    for (int i = 0; i < 3000 && effects().empty(); ++i) std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  EXPECT_THAT(effects(), ElementsAre(1));
  std::filesystem::remove_all(folder);
}

TEST_P(FollowerTest, ACrashBetweenEffectAndPositionLosesAndDoublesNothing) {
  for (std::int64_t i = 1; i <= 200; ++i) publish("a", i);
  int crashes = 0;
  for (bool done = false; !done;) {
    Followers followers(*database);
    followers.add({.name = "test", .types = {"a"}, .handle = [&](Session& s, const Event& e) {
                     effect(*database, s, e);
                     if (e.subject % 60 == 0 && crashes < e.subject / 60) {
                       ++crashes;
                       throw std::runtime_error("crash");
                     }
                   }});
    try {
      followers.drain();
      done = true;
    } catch (const std::runtime_error&) {
    }
    database.reopen();
  }
  std::vector<std::int64_t> all(200);
  std::iota(all.begin(), all.end(), 1);
  EXPECT_EQ(effects(), all);
  EXPECT_EQ(crashes, 3);
}

TEST_P(FollowerTest, AnEventThatAlwaysFailsHoldsItsFollowerButNotTheOthers) {
  for (std::int64_t i = 1; i <= 5; ++i) publish("a", i);
  std::atomic<int> tries{0};
  std::atomic<int> others{0};
  Followers followers(*database);
  followers.add({.name = "bad", .types = {"a"}, .handle = [&](Session& s, const Event& e) {
                   if (e.subject == 3) {
                     ++tries;
                     throw std::runtime_error("always");
                   }
                   effect(*database, s, e);
                 }});
  followers.add({.name = "good", .types = {}, .handle = [&](Session&, const Event&) { ++others; }});
  followers.start();
  const auto stands = [&] {
    const auto figures = followers.figures();
    return !figures.empty() && figures.at(0).failures > 0;
  };
  for (int i = 0; i < 3000 && (others < 5 || !stands()); ++i)
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  EXPECT_GE(others, 5);
  EXPECT_GE(tries, 2);
  EXPECT_LE(tries, 20) << "it waits longer each time";
  EXPECT_THAT(effects(), ElementsAre(1, 2)) << "what came before got through, nothing behind is touched";
  const auto figures = followers.figures();
  EXPECT_EQ(figures.at(0).name, "bad");
  EXPECT_GE(figures.at(0).failures, 1);
}

TEST_P(FollowerTest, TwoNodesHandleEachEventOnce) {
  Database other({.url = database.url(), .connections = 2}, clock);
  Followers here(*database);
  Followers there(other);
  here.add({.name = "test", .types = {}, .handle = [&](Session& s, const Event& e) { effect(*database, s, e); }});
  there.add({.name = "test", .types = {}, .handle = [&](Session& s, const Event& e) { effect(other, s, e); }});
  here.start();
  there.start();
  for (std::int64_t i = 1; i <= 100; ++i) publish("a", i);
  for (int i = 0; i < 3000 && effects().size() < 100; ++i) std::this_thread::sleep_for(std::chrono::milliseconds(10));
  auto seen = effects();
  std::sort(seen.begin(), seen.end());
  std::vector<std::int64_t> all(100);
  std::iota(all.begin(), all.end(), 1);
  EXPECT_EQ(seen, all);
}

TEST_P(FollowerTest, WithoutALeaseTwoStillCannotDouble) {
  for (std::int64_t i = 1; i <= 300; ++i) publish("a", i);
  Database other({.url = database.url(), .connections = 2}, clock);
  const auto drain = [](Database& db) {
    Followers followers(db);
    followers.add({.name = "test", .types = {}, .handle = [&](Session& s, const Event& e) { effect(db, s, e); }});
    followers.drain();
  };
  std::thread there([&] { drain(other); });
  drain(*database);
  there.join();
  auto seen = effects();
  std::sort(seen.begin(), seen.end());
  EXPECT_EQ(seen.size(), 300u);
  EXPECT_EQ(std::unique(seen.begin(), seen.end()), seen.end());
}

TEST_P(FollowerTest, AHandlerMayPublish) {
  publish("a", 1);
  Followers followers(*database);
  followers.add({.name = "chain", .types = {"a"}, .handle = [&](Session& s, const Event& e) {
                   s.publish({.type = "b", .subject = e.subject});
                 }});
  followers.add(
      {.name = "end", .types = {"b"}, .handle = [&](Session& s, const Event& e) { effect(*database, s, e); }});
  followers.drain();
  EXPECT_THAT(effects(), ElementsAre(1));
}

TEST_P(FollowerTest, AScheduleRunsWhatIsDueOnOneNode) {
  Database other({.url = database.url(), .connections = 1}, clock);
  Schedule here(*database);
  Schedule there(other);
  int runs = 0;
  bool fails = false;
  const Recurring job{.name = "test.job", .every = std::chrono::minutes(10), .run = [&](Session& s) {
                        s.run(kEffect, 1000 + runs, runs);
                        if (fails) throw std::runtime_error("bug");
                        ++runs;
                      }};
  here.add(job);
  there.add(job);
  here.run_due();
  there.run_due();
  EXPECT_EQ(runs, 1);
  clock.advance(std::chrono::minutes(10));
  there.run_due();
  here.run_due();
  EXPECT_EQ(runs, 2);
  clock.advance(std::chrono::minutes(10));
  fails = true;
  EXPECT_THROW(here.run_due(), std::runtime_error);
  EXPECT_THAT(effects(), ElementsAre(0, 1)) << "rolled back";
  fails = false;
  there.run_due();
  EXPECT_EQ(runs, 3) << "a job that failed is still due";
}

TEST_P(FollowerTest, WhatRunsBeforeAJobDoesSoWhenTheJobIsDue) {
  std::vector<std::string> done;
  const Recurring job{.name = "test",
                      .every = std::chrono::seconds(60),
                      .run = [&](Session&) { done.emplace_back("run"); },
                      .before = [&] { done.emplace_back("before"); }};
  Schedule one(*database), other(*database);
  one.add(job);
  other.add(job);
  one.run_due();
  other.run_due();
  one.run_due();
  EXPECT_THAT(done, ElementsAre("before", "run"));
  clock.advance(std::chrono::seconds(60));
  other.run_due();
  EXPECT_THAT(done, ElementsAre("before", "run", "before", "run"));
}

TEST_P(FollowerTest, AScheduleStartsAndStops) {
  std::atomic<int> runs{0};
  {
    Schedule schedule(*database);
    schedule.add({.name = "test.job", .every = std::chrono::minutes(10), .run = [&](Session&) { ++runs; }});
    schedule.start();
    for (int i = 0; i < 3000 && runs == 0; ++i) std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  EXPECT_EQ(runs, 1);
}

}  // namespace
}  // namespace luytre::store
