// Backup while writes go on; restore, its refusals, and the new epoch.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <thread>

#include "platform/store/program.h"
#include "platform/store/testing.h"

namespace luytre::store {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr Query kPut{"backup_test.put", "INSERT INTO test_pair (id, twin) VALUES ($1, $2)"};
constexpr Query kAlone{"backup_test.alone",
                       "SELECT CAST(count(*) AS bigint) FROM test_pair AS a WHERE NOT EXISTS (SELECT 1 FROM test_pair "
                       "AS b WHERE b.id = a.twin)"};
constexpr Query kIds{"backup_test.ids", "SELECT id FROM test_pair ORDER BY id"};

const std::vector<std::vector<Migration>>& rooms() {
  static const std::vector<std::vector<Migration>> all{
      {{"test", "001_test.sql", "CREATE TABLE test_pair (id bigint PRIMARY KEY, twin bigint NOT NULL);"}}};
  return all;
}

class BackupTest : public ::testing::TestWithParam<Engine> {
 protected:
  BackupTest() { std::filesystem::remove(file); }
  ~BackupTest() override { std::filesystem::remove(file); }

  void put(std::int64_t id) {
    database->transact_now([id](Session& s) {
      s.run(kPut, id, -id);
      s.run(kPut, -id, id);
      s.publish({.type = "pair", .subject = id});
    });
  }
  std::vector<std::int64_t> ids() {
    return database->read_now([](Session& s) { return s.all<std::int64_t>(kIds); });
  }
  Position newest() {
    testing::settle(*database);
    return database->read_now([&](Session& s) { return database->newest(s); });
  }
  std::string refusal() {
    try {
      Database::restore({.url = database.url()}, file, clock);
    } catch (const StartError& e) {
      return e.what();
    }
    return "";
  }

  const std::string file =
      (std::filesystem::temp_directory_path() / ("luytre-backup-" + std::to_string(::getpid()))).string();
  ManualClock clock{Instant{1'628'000'000}};
  testing::TestDatabase database{GetParam(), rooms(), clock};
};
INSTANTIATE_TEST_SUITE_P(Engines, BackupTest, testing::engines(), testing::engine_name);

TEST_P(BackupTest, ComesBackAsItWasWithANewEpoch) {
  put(1);
  put(2);
  const Position before = newest();
  database->backup(file);
  struct stat there {};
  ASSERT_EQ(::stat(file.c_str(), &there), 0);
  EXPECT_EQ(there.st_mode & 0777, 0600u);
  put(3);
  const Position lost = newest();
  EXPECT_THAT(refusal(), HasSubstr("Stop")) << "while it is open";
  EXPECT_THAT(ids(), ElementsAre(-3, -2, -1, 1, 2, 3));
  database.close();
  ASSERT_EQ(refusal(), "");
  database.reopen();
  EXPECT_THAT(ids(), ElementsAre(-2, -1, 1, 2));
  EXPECT_GT(newest().epoch, before.epoch);
  database->read_now([&](Session& s) {
    EXPECT_EQ(database->events_after(s, before, 9), std::nullopt);
    EXPECT_EQ(database->events_after(s, lost, 9), std::nullopt);
  });
  put(4);
  EXPECT_THAT(testing::event_lines(*database), ElementsAre("pair:1", "pair:2", "pair:4"));
  const auto epoch = newest().epoch;
  database.close();
  clock.advance(std::chrono::seconds(1));
  ASSERT_EQ(refusal(), "") << "the same backup again";
  database.reopen();
  EXPECT_GT(newest().epoch, epoch);
  EXPECT_NO_THROW(database->migrate(rooms(), false));
}

TEST_P(BackupTest, IsOfOneMomentWhileWritesGoOn) {
  put(1);
  std::atomic<bool> stop{false};
  std::thread writer([&] {
    for (std::int64_t id = 2; !stop; ++id) put(id);
  });
  database->backup(file);
  database->backup(file);
  stop = true;
  writer.join();
  database.close();
  ASSERT_EQ(refusal(), "");
  database.reopen();
  EXPECT_EQ(database->read_now([](Session& s) { return s.value<std::int64_t>(kAlone); }), 0);
  EXPECT_FALSE(ids().empty());
}

TEST_P(BackupTest, ABadFileChangesNothing) {
  put(1);
  database.close();
  EXPECT_THAT(refusal(), HasSubstr("there is no backup file"));
  std::ofstream(file) << "nonsense";
  EXPECT_THAT(refusal(), HasSubstr("is not a"));
  database.reopen();
  EXPECT_THAT(ids(), ElementsAre(-1, 1));
}

TEST_P(BackupTest, ATornFileChangesNothing) {
  for (std::int64_t id = 1; id <= 300; ++id) put(id);
  database->backup(file);
  const auto all = ids();
  database.close();
  std::filesystem::resize_file(file, std::filesystem::file_size(file) * 2 / 3);
  EXPECT_NE(refusal(), "");
  database.reopen();
  EXPECT_EQ(ids(), all);
}

TEST(ProgramTest, SaysHowItEnded) {
  EXPECT_EQ(run_program({"true"}, {}).status, 0);
  EXPECT_EQ(run_program({"sh", "-c", "echo $SECRET >&2; exit 3"}, {{"SECRET", "x"}}).status, 3);
  EXPECT_EQ(run_program({"sh", "-c", "echo $SECRET >&2; exit 3"}, {{"SECRET", "x"}}).errors, "x\n");
  EXPECT_EQ(run_program({"luytre-no-such-program"}, {}).status, 127);
}

}  // namespace
}  // namespace luytre::store
