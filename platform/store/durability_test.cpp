#include "platform/store/durability.h"

#include <gtest/gtest.h>

#include <atomic>
#include <filesystem>
#include <fstream>
#include <future>
#include <thread>

#include "platform/base/run.h"
#include "platform/store/flood.h"
#include "platform/store/impl.h"
#include "platform/store/testing.h"

namespace luytre::store {
namespace {

// ---- alone ----

struct Drive {
  std::atomic<int> openings{0};
  std::atomic<int> syncs{0};
  std::atomic<bool> fails{false};
  std::atomic<bool> opens{true};
};

class FakeDisk final : public Disk {
 public:
  explicit FakeDisk(Drive& drive) : drive_(drive) {}
  void open() override {
    if (!drive_.opens) throw Unavailable("no disk");
    ++drive_.openings;
  }
  void sync() override {
    if (drive_.fails) throw Unavailable("a broken disk");
    ++drive_.syncs;
  }

 private:
  Drive& drive_;
};

class DurabilityTest : public ::testing::Test {
 protected:
  std::future<bool> wait(std::int64_t ticket) {
    auto promise = std::make_shared<std::promise<bool>>();
    durability.after_sync(ticket, [promise](bool durable) { promise->set_value(durable); });
    return promise->get_future();
  }

  Drive drive;
  Durability durability{std::make_unique<FakeDisk>(drive)};
};

TEST_F(DurabilityTest, OneSyncServesAllThatWasCommittedBeforeIt) {
  durability.hold(true);
  const auto ticket = durability.ticket();
  std::vector<std::future<bool>> all;
  for (int i = 0; i < 20; ++i) all.push_back(wait(ticket));
  EXPECT_EQ(all.front().wait_for(std::chrono::milliseconds(20)), std::future_status::timeout);
  EXPECT_EQ(drive.syncs, 0);
  durability.hold(false);
  for (auto& one : all) EXPECT_TRUE(one.get());
  EXPECT_EQ(drive.syncs, 1);
  EXPECT_TRUE(wait(ticket).get());
  EXPECT_EQ(drive.syncs, 2) << "a later commit is not covered by an earlier sync";
}

TEST_F(DurabilityTest, AFailedSyncLeavesAllOfItsCommitsOpen) {
  const auto ticket = durability.ticket();
  durability.hold(true);
  auto first = wait(ticket);
  auto second = wait(ticket);
  drive.fails = true;
  durability.hold(false);
  EXPECT_FALSE(first.get());
  EXPECT_FALSE(second.get());
  drive.fails = false;
  EXPECT_FALSE(wait(ticket).get()) << "committed before the disk was lost";
  const auto later = durability.ticket();
  EXPECT_EQ(drive.openings, 2);
  EXPECT_FALSE(wait(ticket).get()) << "the new disk knows nothing of it";
  EXPECT_TRUE(wait(later).get());
}

TEST_F(DurabilityTest, WithoutADiskThereIsNoTicket) {
  drive.opens = false;
  EXPECT_THROW(durability.ticket(), Unavailable);
  drive.opens = true;
  EXPECT_TRUE(wait(durability.ticket()).get());
}

TEST(Durability, WhatWaitsAtTheEndIsSynced) {
  Drive drive;
  std::promise<bool> answered;
  {
    Durability durability(std::make_unique<FakeDisk>(drive));
    const auto ticket = durability.ticket();
    durability.hold(true);
    durability.after_sync(ticket, [&](bool durable) { answered.set_value(durable); });
  }
  EXPECT_TRUE(answered.get_future().get());
  EXPECT_EQ(drive.syncs, 1);
}

// ---- in a database ----

constexpr Query kPut{"durability_test.put", "INSERT INTO test_row (id) VALUES ($1)"};
constexpr Query kCount{"durability_test.count", "SELECT CAST(count(*) AS bigint) FROM test_row"};
constexpr Query kLoseOthers{
    "durability_test.lose",
    "SELECT CAST(count(pg_terminate_backend(pid)) AS bigint) FROM pg_stat_activity WHERE datname = current_database() "
    "AND pid <> pg_backend_pid()"};

const std::vector<std::vector<Migration>>& rooms() {
  static const std::vector<std::vector<Migration>> all{
      {{"test", "001_test.sql", "CREATE TABLE test_row (id bigint PRIMARY KEY);"}}};
  return all;
}

class DurableStoreTest : public ::testing::TestWithParam<Engine> {
 protected:
  DurableStoreTest() { put(1).get(); }
  ~DurableStoreTest() override { disk().hold(false); }

  Durability& disk() { return *database->impl().durability; }
  std::future<std::string> put(std::int64_t id) {
    return std::async(std::launch::async, [this, id]() -> std::string {
      try {
        database->transact_now([id](Session& s) { s.run(kPut, id); });
        return "done";
      } catch (const CommitUnknown&) {
        return "unknown";
      } catch (const SqlError&) {
        return "fault";
      }
    });
  }
  std::int64_t count() {
    return database->read_now([](Session& s) { return s.value<std::int64_t>(kCount); });
  }
  void wait_for_count(std::int64_t wanted) {
    while (count() < wanted) std::this_thread::yield();
  }
  static bool answered(const std::future<std::string>& one) {
    return one.wait_for(std::chrono::milliseconds(30)) == std::future_status::ready;
  }

  ManualClock clock{Instant{1'628'000'000}};
  testing::TestDatabase database{GetParam(), rooms(), clock};
};
INSTANTIATE_TEST_SUITE_P(Engines, DurableStoreTest, testing::engines(), testing::engine_name);

TEST_P(DurableStoreTest, NothingIsAnsweredBeforeTheDiskHasIt) {
  disk().hold(true);
  auto first = put(2);
  wait_for_count(2);
  auto second = put(3);  // its writer does not wait for the first one's disk
  wait_for_count(3);
  EXPECT_FALSE(answered(first));
  EXPECT_FALSE(answered(second));
  disk().hold(false);
  EXPECT_EQ(first.get(), "done");
  EXPECT_EQ(second.get(), "done");
}

TEST_P(DurableStoreTest, WhatWaitsWhenTheDatabaseClosesIsSynced) {
  disk().hold(true);
  auto waiting = put(2);
  wait_for_count(2);
  database.close();
  EXPECT_EQ(waiting.get(), "done");
  database.reopen();
  EXPECT_EQ(count(), 2);
}

TEST_P(DurableStoreTest, AFloodGoesOnWhileItsLastBatchWaitsForTheDisk) {
  Flood<std::int64_t, std::int64_t> flood(*database, "test", [](Session& s, std::span<const std::int64_t> ids) {
    std::vector<Row> rows;
    std::vector<Result<std::int64_t>> answers;
    for (const std::int64_t id : ids) {
      rows.push_back({id});
      answers.emplace_back(id);
    }
    s.insert(kPut, rows);
    return answers;
  });
  const auto submit = [&](std::int64_t id) {
    return std::async(std::launch::async, [&, id]() -> std::string { return run(flood.submit(id, {})) ? "done" : ""; });
  };
  disk().hold(true);
  auto first = submit(10);
  wait_for_count(2);
  auto second = submit(11);
  wait_for_count(3);
  EXPECT_FALSE(answered(first));
  EXPECT_FALSE(answered(second));
  disk().hold(false);
  EXPECT_EQ(first.get(), "done");
  EXPECT_EQ(second.get(), "done");
}

class DurablePostgresTest : public DurableStoreTest {};
INSTANTIATE_TEST_SUITE_P(Engines, DurablePostgresTest, ::testing::Values(Engine::kPostgres), testing::engine_name);

// As after a crash of the server, which may have forgotten what it had not written.
TEST_P(DurablePostgresTest, AServerLostBeforeTheSyncLeavesTheCommitOpen) {
  disk().hold(true);
  auto waiting = put(2);
  wait_for_count(2);
  {
    Database other({.url = database.url(), .connections = 1}, clock);
    other.read_now([](Session& s) { return s.value<std::int64_t>(kLoseOthers); });
  }
  disk().hold(false);
  EXPECT_EQ(waiting.get(), "unknown");
  EXPECT_EQ(put(3).get(), "done");
  EXPECT_EQ(count(), 3);
}

TEST(DurabilityOfSqlite, ALogThatWasDeletedIsNoDisk) {
  const auto file = std::filesystem::temp_directory_path() / "luytre-durability.db-wal";
  std::ofstream(file) << "log";
  const auto disk = open_disk("sqlite:" + (file.parent_path() / "luytre-durability.db").string());
  disk->open();
  disk->sync();
  std::filesystem::remove(file);
  EXPECT_THROW(disk->sync(), Unavailable);
  EXPECT_THROW(disk->open(), Unavailable) << "not before a restart";
}

class DurableSqliteTest : public DurableStoreTest {};
INSTANTIATE_TEST_SUITE_P(Engines, DurableSqliteTest, ::testing::Values(Engine::kSqlite), testing::engine_name);

TEST_P(DurableSqliteTest, TheFileSynchronisedIsTheOneThatHoldsTheCommits) {
  const auto disk = open_disk(database.url());
  disk->open();
  disk->sync();
  database.close();  // the last one out folds the log into the database and removes it
  EXPECT_THROW(open_disk(database.url())->open(), Unavailable);
  database.reopen();
}

}  // namespace
}  // namespace luytre::store
