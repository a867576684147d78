// Floods: batches, twins, replays, bisection; on both engines.

#include "platform/store/flood.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>

#include "platform/base/run.h"
#include "platform/store/one_by_one.h"
#include "platform/store/testing.h"

namespace luytre::store {
namespace {

using ::testing::ElementsAre;

constexpr Query kPut{"flood_test.put", "INSERT INTO test_row (id, number) VALUES ($1, $2)"};
constexpr Query kCount{"flood_test.count", "SELECT CAST(count(*) AS bigint) FROM test_row"};
constexpr Query kNumbers{"flood_test.numbers", "SELECT number FROM test_row ORDER BY number"};

const std::vector<std::vector<Migration>>& rooms() {
  static const std::vector<std::vector<Migration>> all{
      {{"test", "001_test.sql",
        "CREATE TABLE test_row (id bigint PRIMARY KEY, number bigint NOT NULL CHECK (number <> 13));"}}};
  return all;
}

struct Request {
  std::int64_t number = 0;
};
struct Answer {
  std::int64_t id = 0;
  std::int64_t number = 0;
};
BOOST_DESCRIBE_STRUCT(Answer, (), (id, number))

constexpr std::int64_t kRefused = 404;
constexpr std::int64_t kThrown = 500;

class FloodTest : public ::testing::TestWithParam<Engine> {
 protected:
  std::vector<Result<Answer>> write(Session& session, std::span<const Request> requests) {
    {
      const std::lock_guard lock(sizes_mutex);  // one by one, several connections write at once
      sizes.push_back(requests.size());
    }
    std::vector<Row> rows;
    std::vector<Result<Answer>> answers;
    for (const Request& r : requests) {
      if (r.number == kThrown) throw std::runtime_error("a bug with this request");
      if (r.number == kRefused) {
        answers.emplace_back(kNotFound);
        continue;
      }
      const std::int64_t id = database->ids().next();
      rows.push_back({id, r.number});
      session.publish({.type = "row", .subject = r.number});
      answers.emplace_back(Answer{id, r.number});
    }
    session.insert(kPut, rows);
    return answers;
  }

  // Submits all at once, from one io_context; answers as text, in order: the number, an error code, or "fault".
  std::vector<std::string> submit(const std::vector<std::pair<std::int64_t, std::optional<Once>>>& requests) {
    std::vector<std::string> out(requests.size());
    boost::asio::io_context io(1);
    for (std::size_t i = 0; i < requests.size(); ++i) {
      auto task = one(requests[i].first, requests[i].second, out[i]);
      boost::asio::co_spawn(io.get_executor(), std::move(task), boost::asio::detached);
    }
    io.run();
    return out;
  }

  Task<void> one(std::int64_t number, std::optional<Once> once, std::string& out) {
    Request request;
    request.number = number;
    try {
      const auto answer = co_await flood.submit(request, std::move(once));
      out = answer ? std::to_string(answer->number) : answer.error().code;
    } catch (const std::exception&) {
      out = "fault";
    }
  }

  static Once key(std::string_view name, std::string_view body = "body") { return make_once(1, "/flood", name, body); }
  std::int64_t count() {
    return database->read_now([](Session& s) { return s.value<std::int64_t>(kCount); });
  }

  ManualClock clock{Instant{1'628'000'000}};
  testing::TestDatabase database{GetParam(), rooms(), clock};
  std::mutex sizes_mutex;
  std::vector<std::size_t> sizes;  // of the batches, as the function saw them
  Flood<Request, Answer> flood{*database, "test.flood",
                               [this](Session& s, std::span<const Request> r) { return write(s, r); }};
};
INSTANTIATE_TEST_SUITE_P(Engines, FloodTest, testing::engines(), testing::engine_name);

TEST_P(FloodTest, ManyRequestsFewTransactions) {
  std::vector<std::pair<std::int64_t, std::optional<Once>>> requests;
  for (std::int64_t i = 1000; i < 3000; ++i) requests.emplace_back(i, key(std::to_string(i)));
  const auto answers = submit(requests);
  for (std::size_t i = 0; i < answers.size(); ++i) EXPECT_EQ(answers[i], std::to_string(1000 + i));
  EXPECT_EQ(count(), 2000);
  EXPECT_LT(sizes.size(), 40u);
  for (const std::size_t size : sizes) EXPECT_LE(size, kFloodMost);
  EXPECT_EQ(testing::event_lines(*database).size(), 2000u);
  EXPECT_EQ(submit(requests), answers) << "the same keys again: the same answers";
  EXPECT_EQ(count(), 2000);
}

TEST_P(FloodTest, ReplayAndReuseOfAKey) {
  EXPECT_THAT(submit({{1, key("a")}}), ElementsAre("1"));
  EXPECT_THAT(submit({{2, key("a")}, {3, key("a", "other")}, {4, key("b")}, {5, std::nullopt}}),
              ElementsAre("1", "idempotency_key_reused", "4", "5"));
  EXPECT_EQ(count(), 3);
}

TEST_P(FloodTest, TwinsInABatchAreAnsweredOnce) {
  EXPECT_THAT(submit({{1, key("a")},
                      {1, key("a")},
                      {1, key("a", "other")},
                      {1, key("a")},
                      {kRefused, key("r")},
                      {kRefused, key("r")}}),
              ElementsAre("1", "1", "idempotency_key_reused", "1", "not_found", "not_found"));
  EXPECT_EQ(count(), 1);
}

TEST_P(FloodTest, ARefusedRequestMayComeAgain) {
  EXPECT_THAT(submit({{kRefused, key("a")}}), ElementsAre("not_found"));
  EXPECT_THAT(submit({{7, key("a")}}), ElementsAre("7")) << "an Error is not kept";
}

TEST_P(FloodTest, OneBadRequestFailsAlone) {
  std::vector<std::pair<std::int64_t, std::optional<Once>>> requests;
  for (std::int64_t i = 1000; i < 1100; ++i) requests.emplace_back(i, key(std::to_string(i)));
  requests[17].first = kThrown;
  requests[60].first = 13;  // the database refuses it
  requests[61].first = kRefused;
  const auto answers = submit(requests);
  for (std::size_t i = 0; i < answers.size(); ++i) {
    EXPECT_EQ(answers[i], i == 17 || i == 60 ? "fault" : i == 61 ? "not_found" : std::to_string(1000 + i));
  }
  EXPECT_EQ(count(), 97);
  EXPECT_EQ(testing::event_lines(*database).size(), 97u);
}

TEST_P(FloodTest, OneByOneAnswersTheSame) {
  commit_one_by_one(*database);
  std::vector<std::pair<std::int64_t, std::optional<Once>>> requests;
  for (std::int64_t i = 1000; i < 1100; ++i) requests.emplace_back(i, key(std::to_string(i)));
  requests[17].first = kThrown;
  requests[60].first = 13;
  requests[61].first = kRefused;
  const auto before = database->figures().jobs;
  const auto answers = submit(requests);
  for (std::size_t i = 0; i < answers.size(); ++i) {
    EXPECT_EQ(answers[i], i == 17 || i == 60 ? "fault" : i == 61 ? "not_found" : std::to_string(1000 + i));
  }
  EXPECT_THAT(sizes, ::testing::Each(1u));
  EXPECT_GE(database->figures().jobs - before, 97) << "each in a transaction of its own";
  EXPECT_EQ(count(), 97);
  EXPECT_THAT(submit({{1, key("1000")}, {1, key("1001")}}), ElementsAre("1000", "1001")) << "answered before";
}

TEST_P(FloodTest, RequestsOfManyThreads) {
  constexpr int kThreads = 4;
  constexpr int kEach = 250;
  std::vector<std::thread> threads;
  std::atomic<int> right{0};
  for (int t = 0; t < kThreads; ++t) {
    threads.emplace_back([&, t] {
      std::vector<std::pair<std::int64_t, std::optional<Once>>> requests;
      for (int i = 0; i < kEach; ++i) requests.emplace_back(10'000 * (t + 1) + i, key(std::to_string(t * kEach + i)));
      const auto answers = submit(requests);
      for (int i = 0; i < kEach; ++i)
        right += answers[static_cast<std::size_t>(i)] == std::to_string(10'000 * (t + 1) + i) ? 1 : 0;
    });
  }
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(right, kThreads * kEach);
  EXPECT_EQ(count(), kThreads * kEach);
}

}  // namespace
}  // namespace luytre::store
