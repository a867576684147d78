// The event feed: nothing skipped, nothing out of order, also when commits come late; positions, epochs, retention.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <future>
#include <thread>

#include "platform/store/feed.h"
#include "platform/store/follower.h"
#include "platform/store/testing.h"

namespace luytre::store {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr Query kMark{"events_test.mark", "INSERT INTO test_mark (id) VALUES ($1)"};
constexpr Query kEpoch{"events_test.epoch", "UPDATE store_feed SET epoch = $1"};

const std::vector<std::vector<Migration>>& rooms() {
  static const std::vector<std::vector<Migration>> all{
      {{"test", "001_test.sql", "CREATE TABLE test_mark (id bigint PRIMARY KEY);"}}};
  return all;
}

class EventsTest : public ::testing::TestWithParam<Engine> {
 protected:
  void publish(std::string type, std::int64_t subject) {
    database->transact_now([&](Session& s) { s.publish({.type = type, .subject = subject, .at = clock.now()}); });
  }
  std::optional<std::vector<Event>> after(Position from, std::size_t most = 100) {
    testing::settle(*database);
    return database->read_now([&](Session& s) { return database->events_after(s, from, most); });
  }
  Position newest() {
    testing::settle(*database);
    return database->read_now([&](Session& s) { return database->newest(s); });
  }
  static std::vector<std::int64_t> subjects(const std::vector<Event>& events) {
    std::vector<std::int64_t> out;
    for (const Event& e : events) out.push_back(e.subject);
    return out;
  }

  ManualClock clock{Instant{1'628'000'000}};
  testing::TestDatabase database{GetParam(), rooms(), clock};
};
INSTANTIATE_TEST_SUITE_P(Engines, EventsTest, testing::engines(), testing::engine_name);

TEST(PositionTest, TextForm) {
  const Position p{1, 0, 4711};
  EXPECT_EQ(to_text(p), "1.0.4711");
  EXPECT_EQ(parse_position("1.0.4711"), p);
  for (const char* wrong :
       {"", "1", "1.2", "1.2.", "1.2.3.", "1.2.3.4", "1.-2.3", " 1.2.3", "1.2.x", "1.2.99999999999999999999"}) {
    EXPECT_EQ(parse_position(wrong), std::nullopt) << wrong;
  }
}

TEST_P(EventsTest, AReaderResumesWhereItWas) {
  const Position start = newest();
  EXPECT_THAT(after(start).value(), IsEmpty());
  for (std::int64_t i = 1; i <= 5; ++i) publish("e", i);
  const auto first = after(Position{}, 2).value();
  EXPECT_THAT(subjects(first), ElementsAre(1, 2));
  EXPECT_THAT(subjects(after(first.back().position()).value()), ElementsAre(3, 4, 5));
  EXPECT_THAT(subjects(after(start).value()), ElementsAre(1, 2, 3, 4, 5));
  EXPECT_THAT(after(newest()).value(), IsEmpty());
  EXPECT_EQ(first.front().at, clock.now());
  EXPECT_EQ(first.front().type, "e");
}

TEST_P(EventsTest, ALateCommitIsNotSkipped) {
  if (GetParam() == Engine::kSqlite) {
    // One writer: a transaction that began earlier has committed earlier.
    publish("a", 1);
    publish("b", 2);
    EXPECT_THAT(subjects(after(Position{}).value()), ElementsAre(1, 2));
    return;
  }
  publish("before", 0);
  const Position start = newest();
  std::promise<void> begun;
  std::promise<void> may_commit;
  auto wait = may_commit.get_future().share();
  std::thread late([&] {
    database->transact_now([&](Session& s) {
      s.run(kMark, 1);  // takes its xid
      begun.set_value();
      wait.wait();
      s.publish({.type = "late", .subject = 1});
    });
  });
  begun.get_future().wait();
  publish("quick", 2);  // began later, commits earlier
  const auto read = [&](Position from) {
    return database->read_now([&](Session& s) { return database->events_after(s, from, 100).value(); });
  };
  EXPECT_THAT(read(start), IsEmpty()) << "the quick one must wait, or the late one would appear behind the reader";
  may_commit.set_value();
  late.join();
  testing::settle(*database);
  EXPECT_THAT(subjects(read(start)), ElementsAre(1, 2)) << "in the order of their transactions";
}

TEST_P(EventsTest, ManyWritersOneReader) {
  constexpr int kWriters = 4;
  constexpr int kEach = 100;
  std::atomic<int> running{kWriters};
  std::vector<std::thread> writers;
  for (int w = 0; w < kWriters; ++w) {
    writers.emplace_back([&, w] {
      for (int i = 0; i < kEach; ++i) publish("w", w * kEach + i);
      --running;
    });
  }
  std::vector<std::int64_t> seen;
  Position at = Position{};
  for (bool last = false;;) {
    const auto events = database->read_now([&](Session& s) { return database->events_after(s, at, 7).value(); });
    for (const Event& e : events) {
      EXPECT_LT(at, e.position());
      at = e.position();
      seen.push_back(e.subject);
    }
    if (!events.empty()) continue;
    if (last) break;
    if (running == 0) {
      testing::settle(*database);
      last = true;
    }
  }
  for (auto& writer : writers) writer.join();
  EXPECT_EQ(seen.size(), static_cast<std::size_t>(kWriters * kEach));
  std::sort(seen.begin(), seen.end());
  EXPECT_EQ(std::unique(seen.begin(), seen.end()), seen.end());
}

TEST_P(EventsTest, OldEventsAndPositionsGo) {
  publish("old", 1);
  const Position old = newest();
  publish("old", 2);
  clock.advance(kEventsKept);
  publish("new", 3);
  clock.advance(std::chrono::hours(1));
  Schedule schedule(*database);
  schedule.run_due();
  EXPECT_EQ(after(old), std::nullopt) << "410";
  EXPECT_THAT(subjects(after(Position{}).value()), ElementsAre(3)) << "from the oldest that is kept";
  clock.advance(kEventsKept);
  schedule.run_due();
  EXPECT_THAT(after(Position{}).value(), IsEmpty());
  EXPECT_THAT(after(newest()).value(), IsEmpty()) << "a position of an empty feed is a position";
  publish("new", 4);
  EXPECT_THAT(subjects(after(Position{}).value()), ElementsAre(4));
}

TEST_P(EventsTest, WhatAFollowerHasNotHandledStays) {
  std::vector<std::int64_t> handled;
  Followers followers(*database);
  followers.add(
      {.name = "test", .types = {"a"}, .handle = [&](Session&, const Event& e) { handled.push_back(e.subject); }});
  publish("a", 1);
  followers.drain();
  publish("a", 2);
  clock.advance(kEventsKept - std::chrono::hours(1));
  publish("a", 3);
  clock.advance(std::chrono::minutes(90));  // the position was stored 35 days and half an hour ago
  database->transact_now([](Session& s) {
    static constexpr Query kTouch{"events_test.touch", "UPDATE store_position SET touched = $1"};
    s.run(kTouch, Instant{1'630'000'000});
  });
  database->transact_now([&](Session& s) { forget_portion(s, clock.now()); });
  EXPECT_THAT(subjects(after(Position{}).value()), ElementsAre(2, 3)) << "1 is old and handled, 2 is old";
  followers.drain();
  EXPECT_THAT(handled, ElementsAre(1, 2, 3));
}

TEST_P(EventsTest, ANewEpochRefusesEarlierPositionsAndForgetsNothing) {
  publish("a", 1);
  const Position earlier = newest();
  database->transact_now([](Session& s) { s.run(kEpoch, 7); });
  database.reopen();
  EXPECT_EQ(after(earlier), std::nullopt);
  EXPECT_EQ(newest().epoch, 7);
  EXPECT_THAT(after(newest()).value(), IsEmpty());
  publish("b", 2);
  EXPECT_EQ(newest().epoch, 7);
  EXPECT_THAT(subjects(after(Position{}).value()), ElementsAre(1, 2));
  EXPECT_EQ(after(Position{8, 0, 0}), std::nullopt) << "of a future epoch";
  std::vector<std::int64_t> handled;
  Followers followers(*database);
  followers.add(
      {.name = "test", .types = {}, .handle = [&](Session&, const Event& e) { handled.push_back(e.subject); }});
  followers.drain();
  EXPECT_THAT(handled, ElementsAre(1, 2)) << "a follower goes on across a restore";
}

}  // namespace
}  // namespace luytre::store
