// Starting: migrations once and in order, and texts that say what to do when a start is refused.

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <thread>

#include "platform/store/testing.h"

namespace luytre::store {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using Rooms = std::vector<std::vector<Migration>>;

constexpr Query kLog{"migrate_test.log", "SELECT what FROM test_log ORDER BY id"};

const Migration kFirst{"test", "001_first.sql", "CREATE TABLE test_log (id bigint PRIMARY KEY, what text NOT NULL);"};
const Migration kSecond{"test", "002_second.sql", "INSERT INTO test_log VALUES (2, 'both');"};
const Migration kSecondSqlite{"test", "002_second.sqlite.sql", "INSERT INTO test_log VALUES (3, 'engine');"};
const Migration kSecondPostgres{"test", "002_second.postgres.sql", "INSERT INTO test_log VALUES (3, 'engine');"};
const Migration kThird{"test", "003_third.sql",
                       "INSERT INTO test_log VALUES (4, 'third'); INSERT INTO test_log VALUES (5, 'end');"};
const Migration kBroken{"test", "004_broken.sql",
                        "INSERT INTO test_log VALUES (6, 'half'); INSERT INTO nowhere VALUES (1);"};

class MigrateTest : public ::testing::TestWithParam<Engine> {
 protected:
  std::string refusal(const Rooms& rooms, bool apply = true) {
    try {
      database->migrate(rooms, apply);
    } catch (const StartError& e) {
      return e.what();
    }
    return "";
  }
  std::vector<std::string> log() {
    return database->read_now([](Session& s) { return s.all<std::string>(kLog); });
  }

  ManualClock clock{Instant{1'628'000'000}};
  testing::TestDatabase database{GetParam(), {}, clock};
  // In the order of the folder's listing, not of the running.
  const Rooms all{{kFirst, kSecondPostgres, kSecond, kSecondSqlite, kThird}};
};
INSTANTIATE_TEST_SUITE_P(Engines, MigrateTest, testing::engines(), testing::engine_name);

TEST_P(MigrateTest, AppliesWhatIsMissingOnceAndInOrder) {
  EXPECT_THAT(database->pending({{kFirst}}), ElementsAre("test/001_first.sql"));
  database->migrate({{kFirst}});
  EXPECT_THAT(refusal(all, false), HasSubstr("luytre db migrate"));
  database->migrate(all);
  database->migrate(all);
  EXPECT_EQ(refusal(all, false), "");
  EXPECT_THAT(database->pending(all), IsEmpty());
  EXPECT_THAT(log(), ElementsAre("both", "engine", "third", "end"));
}

TEST_P(MigrateTest, ABrokenOneLeavesTheDatabaseAsBefore) {
  Rooms broken = all;
  broken[0].push_back(kBroken);
  EXPECT_THAT(refusal(broken), AllOf(HasSubstr("test/004_broken.sql"), HasSubstr("as before")));
  EXPECT_THAT(log(), ElementsAre("both", "engine", "third", "end"));
  EXPECT_EQ(refusal(all), "");
}

TEST_P(MigrateTest, RefusesWhatDoesNotBelongTogether) {
  database->migrate(all);
  EXPECT_THAT(refusal({{kFirst}}), AllOf(HasSubstr("newer than this program"), HasSubstr("Install")));
  EXPECT_THAT(refusal({}), HasSubstr("newer than this program"));
  Rooms changed = all;
  changed[0][0].sql = "CREATE TABLE test_log (id bigint PRIMARY KEY, what text);";
  EXPECT_THAT(refusal(changed), AllOf(HasSubstr("test/001_first.sql was changed"), HasSubstr("backup")));
  Rooms between = all;
  between[0].push_back({"test", "002_between.sql", "SELECT 1;"});
  EXPECT_THAT(refusal(between), HasSubstr("test/002_between.sql is missing"));
}

TEST_P(MigrateTest, TwoThatStartAtOnceMigrateOnce) {
  Database other({.url = database.url(), .connections = 1}, clock);
  std::thread there([&] { other.migrate(all); });
  database->migrate(all);
  there.join();
  EXPECT_THAT(log(), ElementsAre("both", "engine", "third", "end"));
  EXPECT_NE(other.ids().next(), database->ids().next());
}

std::string start_error(const std::string& url) {
  try {
    const SystemClock clock;
    Database({.url = url}, clock);
  } catch (const StartError& e) {
    return e.what();
  }
  return "";
}

TEST(StartTest, UnreachablePostgresSaysWhereAndWhatToDoAndNeverThePassword) {
  const auto text = start_error("postgresql://station:bimat123@127.0.0.1:1/luytre");
  EXPECT_THAT(text, AllOf(HasSubstr("127.0.0.1:1"), HasSubstr("luytre"), HasSubstr("Is it running"),
                          Not(HasSubstr("bimat123"))));
  EXPECT_THAT(start_error("postgresql://station:bimat123@127.0.0.1:1/luytre?nonsense=bimat123"),
              AllOf(HasSubstr("postgresql://USER@HOST:PORT/DATABASE"), Not(HasSubstr("bimat123"))));
}

TEST(StartTest, ABadUrlOrFileSaysWhatToDo) {
  EXPECT_THAT(start_error("mysql://x"), HasSubstr("sqlite:/path"));
  EXPECT_THAT(start_error("sqlite:"), HasSubstr("sqlite:/path"));
  EXPECT_THAT(start_error("sqlite:/nowhere/at/all.db"), HasSubstr("Does its folder exist"));
  const auto file = std::filesystem::temp_directory_path() / "luytre-not-a-database";
  std::ofstream(file) << std::string(5000, 'x');
  EXPECT_THAT(start_error("sqlite:" + file.string()), HasSubstr("not an SQLite database"));
  std::filesystem::remove(file);
}

TEST(StartTest, TheFileIsItsOwnersOnly) {
  const auto file = std::filesystem::temp_directory_path() / "luytre-private.db";
  std::filesystem::remove(file);
  const SystemClock clock;
  {
    Database database({.url = "sqlite:" + file.string()}, clock);
    EXPECT_THROW(database.ids(), std::logic_error) << "not migrated yet";
    database.migrate({});
    database.ids().next();
    for (const char* end : {"", "-wal"}) {
      struct stat there {};
      ASSERT_EQ(::stat((file.string() + end).c_str(), &there), 0);
      EXPECT_EQ(there.st_mode & 0777, 0600u) << end;
    }
  }
  std::filesystem::remove(file);
}

// Whether a process of this machine, other than a child made here, holds SQLite's shared lock on the file.
bool locked_by_us(const char* file) {
  const pid_t child = ::fork();
  if (child == 0) {  // nothing but what is safe beside the parent's threads
    struct flock wanted {};
    wanted.l_type = F_WRLCK;
    wanted.l_whence = SEEK_SET;
    wanted.l_start = 0x40000002;  // SQLite's "shared range" (sqlite.org/src, os.h)
    wanted.l_len = 510;
    const int opened = ::open(file, O_RDWR | O_CLOEXEC);
    _exit(opened >= 0 && ::fcntl(opened, F_GETLK, &wanted) == 0 && wanted.l_type != F_UNLCK ? 1 : 0);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  return WIFEXITED(status) && WEXITSTATUS(status) == 1;
}

// Without it another program that opens the database, as `luytre user add` or a backup does, thinks itself the last one
// when it leaves, and deletes the WAL in which this one goes on committing.
TEST(StartTest, WhatIsOpenedLaterLeavesTheLockOnTheFile) {
  const auto file = std::filesystem::temp_directory_path() / "luytre-locked.db";
  std::filesystem::remove(file);
  const SystemClock clock;
  {
    Database database({.url = "sqlite:" + file.string()}, clock);
    database.migrate({});
    database.transact_now([&](Session& s) { s.publish({"test.event", 1, clock.now(), 1, 0}); });
    EXPECT_TRUE(locked_by_us(file.c_str()));
    database.migrate({});
    EXPECT_TRUE(locked_by_us(file.c_str())) << "after another connection of ours came and went";
  }
  std::filesystem::remove(file);
}

}  // namespace
}  // namespace luytre::store
