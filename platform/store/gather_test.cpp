#include "platform/store/gather.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>

#include "platform/base/run.h"
#include "platform/store/testing.h"

namespace luytre::store {
namespace {

constexpr Query kPut{"gather_test.put", "INSERT INTO test_row (id, number) VALUES ($1, $2)"};
constexpr Query kFind{"gather_test.find", "SELECT number FROM test_row WHERE id = $1"};
constexpr Query kDie{"gather_test.die", "SELECT pg_terminate_backend(pg_backend_pid())"};

const std::vector<std::vector<Migration>>& rooms() {
  static const std::vector<std::vector<Migration>> all{
      {{"test", "001_test.sql", "CREATE TABLE test_row (id bigint PRIMARY KEY, number bigint NOT NULL);"}}};
  return all;
}

constexpr std::int64_t kBug = 666;
constexpr std::int64_t kKills = 1313;

class GatherTest : public ::testing::TestWithParam<Engine> {
 protected:
  GatherTest() {
    database->transact_now([](Session& s) {
      for (std::int64_t id = 0; id < 200; id += 2) s.run(kPut, id, id * 10);
    });
  }

  std::vector<std::optional<std::int64_t>> find(Session& session, std::span<const std::int64_t> ids) {
    ++rounds;
    std::vector<Row> keys;
    for (const std::int64_t id : ids) {
      if (id == kBug) throw std::runtime_error("a bug with this key");
      if (id == kKills && ++deaths == 1) session.run(kDie);
      keys.push_back({id});
    }
    std::vector<std::optional<std::int64_t>> out;
    for (const auto& found : session.each<std::int64_t>(kFind, keys))
      out.push_back(found.empty() ? std::nullopt : std::optional(found.front()));
    return out;
  }

  // Asks for all at once; answers in order, -1 for nothing, -2 for a fault.
  std::vector<std::int64_t> ask(const std::vector<std::int64_t>& ids) {
    std::vector<std::int64_t> out(ids.size());
    boost::asio::io_context io(1);
    for (std::size_t i = 0; i < ids.size(); ++i)
      boost::asio::co_spawn(io.get_executor(), one(ids[i], out[i]), boost::asio::detached);
    io.run();
    return out;
  }
  Task<void> one(std::int64_t id, std::int64_t& out) {
    try {
      const auto found = co_await gather.read(id);
      out = found.value_or(-1);
    } catch (const std::exception&) {
      out = -2;
    }
  }

  ManualClock clock{Instant{1'628'000'000}};
  testing::TestDatabase database{GetParam(), rooms(), clock};
  std::atomic<int> rounds{0};
  int deaths = 0;
  Gather<std::int64_t, std::optional<std::int64_t>> gather{
      *database, [this](Session& s, std::span<const std::int64_t> ids) { return find(s, ids); }};
};
INSTANTIATE_TEST_SUITE_P(Engines, GatherTest, testing::engines(), testing::engine_name);

TEST_P(GatherTest, EachGetsItsOwnAndFewReadsServeMany) {
  std::vector<std::int64_t> ids;
  std::vector<std::int64_t> wanted;
  for (std::int64_t id = 0; id < 200; ++id) {
    ids.push_back(id);
    wanted.push_back(id % 2 == 0 ? id * 10 : -1);
  }
  EXPECT_EQ(ask(ids), wanted);
  EXPECT_LT(rounds, 200);
}

TEST_P(GatherTest, AFaultIsForAllOfItsRoundAndTheNextIsSound) {
  EXPECT_EQ(ask({kBug}), std::vector<std::int64_t>{-2});
  EXPECT_EQ(ask({4, 5}), (std::vector<std::int64_t>{40, -1}));
}

TEST_P(GatherTest, TheSameKeyTwiceIsAnsweredTwice) {
  EXPECT_EQ(ask({8, 8, 8}), (std::vector<std::int64_t>{80, 80, 80}));
}

class PostgresGatherTest : public GatherTest {};
INSTANTIATE_TEST_SUITE_P(Engines, PostgresGatherTest, ::testing::Values(Engine::kPostgres), testing::engine_name);

TEST_P(PostgresGatherTest, ALostConnectionIsMadeAnewAndNobodyForgotten) {
  EXPECT_EQ(ask({2, kKills, 6}), (std::vector<std::int64_t>{20, -1, 60}));
  EXPECT_EQ(deaths, 2);
}

}  // namespace
}  // namespace luytre::store
