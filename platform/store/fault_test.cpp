// What breaks: conflicts, full disks, failing commits, lost connections, a killed process. Nothing that was answered as
// done may be missing or there twice, and the server goes on.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <condition_variable>
#include <filesystem>
#include <future>
#include <mutex>
#include <set>
#include <thread>

#include "platform/base/run.h"
#include "platform/store/flood.h"
#include "platform/store/testing.h"

namespace luytre::store {
namespace {

using ::testing::ElementsAre;

constexpr Query kPut{"fault_test.put", "INSERT INTO test_row (id, number) VALUES ($1, $2)"};
constexpr Query kPutData{"fault_test.data", "INSERT INTO test_row (id, number, data) VALUES ($1, $2, $3)"};
constexpr Query kCount{"fault_test.count", "SELECT CAST(count(*) AS bigint) FROM test_row"};
constexpr Query kNumbers{"fault_test.numbers", "SELECT number FROM test_row ORDER BY number"};
constexpr Query kChild{"fault_test.child", "INSERT INTO test_child (id, parent) VALUES ($1, $2)"};
constexpr Query kOnDuty{"fault_test.on_duty", "SELECT CAST(sum(number) AS bigint) FROM test_row"};
constexpr Query kOffDuty{"fault_test.off_duty", "UPDATE test_row SET number = 0 WHERE id = $1"};
constexpr Query kDie{"fault_test.die", "SELECT pg_terminate_backend(pg_backend_pid())"};

const std::vector<std::vector<Migration>>& rooms() {
  static const std::vector<std::vector<Migration>> all{{{"test", "001_test.sql", R"(
CREATE TABLE test_row (id bigint PRIMARY KEY, number bigint NOT NULL, data bytea);
CREATE TABLE test_child (id bigint PRIMARY KEY, parent bigint NOT NULL REFERENCES test_row (id) DEFERRABLE INITIALLY DEFERRED);
)"}}};
  return all;
}

struct Answer {
  std::int64_t number = 0;
};
BOOST_DESCRIBE_STRUCT(Answer, (), (number))

// Opens when so many are there, or after a while.
class Gate {
 public:
  explicit Gate(int count, std::chrono::seconds patience = std::chrono::seconds(5))
      : missing_(count), patience_(patience) {}
  void pass() {
    std::unique_lock lock(mutex_);
    --missing_;
    changed_.notify_all();
    changed_.wait_for(lock, patience_, [&] { return missing_ <= 0; });
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  int missing_;
  std::chrono::seconds patience_;
};

class FaultTest : public ::testing::TestWithParam<Engine> {
 protected:
  std::int64_t count() {
    return database->read_now([](Session& s) { return s.value<std::int64_t>(kCount); });
  }
  std::vector<std::int64_t> numbers() {
    return database->read_now([](Session& s) { return s.all<std::int64_t>(kNumbers); });
  }
  template <class F>
  std::future<std::string> start(F closure) {
    return std::async(std::launch::async, [this, closure]() -> std::string {
      try {
        database->transact_now(closure);
        return "done";
      } catch (const Unavailable&) {
        return "unavailable";
      } catch (const SqlError&) {
        return "sql error";
      } catch (const std::exception&) {
        return "exception";
      }
    });
  }

  ManualClock clock{Instant{1'628'000'000}};
  testing::TestDatabase database{GetParam(), rooms(), clock};
};
INSTANTIATE_TEST_SUITE_P(Engines, FaultTest, testing::engines(), testing::engine_name);

// Two on duty, each may leave while another stays: both look, both leave. Serializable forbids it; one is run again,
// and stays.
TEST_P(FaultTest, AWriteSkewIsRunAgain) {
  database->transact_now([](Session& s) {
    s.run(kPut, 1, 1);
    s.run(kPut, 2, 1);
  });
  Gate gate(2, std::chrono::seconds(60));  // both do come
  std::atomic<int> runs{0};
  std::atomic<int> left{0};
  const auto leave = [&](std::int64_t id) {
    return [&, id](Session& s) -> Result<Done> {
      const bool first = ++runs <= 2;
      const auto on_duty = s.value<std::int64_t>(kOnDuty);
      if (first && GetParam() == Engine::kPostgres) gate.pass();
      if (on_duty < 2) return kConflict;
      s.run(kOffDuty, id);
      return Done{};
    };
  };
  std::thread other([&] { left += database->transact_now(leave(2)).ok() ? 1 : 0; });
  left += database->transact_now(leave(1)).ok() ? 1 : 0;
  other.join();
  EXPECT_EQ(left, 1);
  EXPECT_EQ(database->read_now([](Session& s) { return s.value<std::int64_t>(kOnDuty); }), 1);
  if (GetParam() == Engine::kPostgres) {
    EXPECT_EQ(runs, 3);
    EXPECT_GE(database->figures().retries, 1);
  }
}

TEST_P(FaultTest, ManyConflictsEndInOrder) {
  database->transact_now([](Session& s) { s.run(kPut, 1, 0); });
  static constexpr Query kGet{"fault_test.get", "SELECT number FROM test_row WHERE id = 1"};
  static constexpr Query kSet{"fault_test.set", "UPDATE test_row SET number = $1 WHERE id = 1"};
  std::vector<std::thread> threads;
  std::atomic<int> done{0};
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&] {
      for (int i = 0; i < 25; ++i) {
        database->transact_now([&](Session& s) { s.run(kSet, s.value<std::int64_t>(kGet) + 1); });
        ++done;
      }
    });
  }
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(done, 100);
  EXPECT_THAT(numbers(), ElementsAre(100)) << "no update is lost";
}

// As people who register in a young table: each looks where the others write, so any two at the same time conflict.
TEST_P(FaultTest, EverybodyGetsTheirTurn) {
  static constexpr Query kAll{"fault_test.all", "SELECT CAST(count(*) AS bigint) FROM test_row WHERE number >= 0"};
  constexpr int kThreads = 8;
  constexpr int kEach = 10;
  std::vector<std::thread> threads;
  std::atomic<int> refused{0};
  for (int t = 0; t < kThreads; ++t) {
    threads.emplace_back([&, t] {
      for (int i = 0; i < kEach; ++i) {
        try {
          database->transact_now([&](Session& s) {
            s.value<std::int64_t>(kAll);
            std::this_thread::sleep_for(std::chrono::milliseconds(30));  // so that they do meet
            s.run(kPut, 1 + t * kEach + i, 0);
          });
        } catch (const SqlError&) {
          ++refused;
        }
      }
    });
  }
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(refused, 0);
  EXPECT_EQ(numbers().size(), static_cast<std::size_t>(kThreads * kEach));
}

TEST_P(FaultTest, WhatQueuedTogetherCommitsTogetherAndFailsAlone) {
  std::promise<void> held;
  std::promise<void> release;
  auto wait = release.get_future().share();
  auto holder = start([&](Session&) {
    held.set_value();
    wait.wait();
  });
  held.get_future().wait();
  const auto before = database->figures().commits;
  std::vector<std::future<std::string>> jobs;
  for (std::int64_t i = 0; i < 20; ++i) {
    jobs.push_back(start([i](Session& s) {
      s.run(kPut, 100 + i, i);
      s.publish({.type = "row", .subject = i});
      if (i == 7) throw std::runtime_error("bug");
      if (i == 9) s.run(kPut, 100 + i, i);  // twice
    }));
  }
  for (int i = 0; i < 3000 && database->figures().waiting < 20 && GetParam() == Engine::kSqlite; ++i) {
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  release.set_value();
  EXPECT_EQ(holder.get(), "done");
  for (std::size_t i = 0; i < jobs.size(); ++i) {
    EXPECT_EQ(jobs[i].get(), i == 7 ? "exception" : i == 9 ? "sql error" : "done");
  }
  EXPECT_EQ(count(), 18);
  EXPECT_EQ(testing::event_lines(*database).size(), 18u);
  if (GetParam() == Engine::kSqlite) {
    EXPECT_EQ(database->figures().commits - before, 2) << "the holder's, and one for all twenty";
  }
}

TEST_P(FaultTest, ADeferredKeyFailsOnlyItsOwnJob) {
  std::promise<void> held;
  std::promise<void> release;
  auto wait = release.get_future().share();
  auto holder = start([&](Session&) {
    held.set_value();
    wait.wait();
  });
  held.get_future().wait();
  std::vector<std::future<std::string>> jobs;
  for (std::int64_t i = 0; i < 5; ++i) {
    jobs.push_back(start([i](Session& s) {
      s.run(kPut, i, i);
      s.run(kChild, i, i == 2 ? 999 : i);  // only the commit can know
    }));
  }
  std::this_thread::sleep_for(std::chrono::milliseconds(100));
  release.set_value();
  holder.get();
  for (std::size_t i = 0; i < jobs.size(); ++i) EXPECT_EQ(jobs[i].get(), i == 2 ? "sql error" : "done");
  EXPECT_THAT(numbers(), ElementsAre(0, 1, 3, 4));
}

class SqliteFaultTest : public FaultTest {};
INSTANTIATE_TEST_SUITE_P(Engines, SqliteFaultTest, ::testing::Values(Engine::kSqlite), testing::engine_name);

TEST_P(SqliteFaultTest, AFullDiskIsAFaultAndThenPasses) {
  const auto limit = [&](std::int64_t pages) {
    database->transact_now(
        [&](Session& s) { s.connection().script("PRAGMA max_page_count = " + std::to_string(pages)); });
  };
  static constexpr Query kPages{"fault_test.pages", "PRAGMA page_count"};
  limit(database->transact_now([](Session& s) { return s.value<std::int64_t>(kPages); }) + 20);
  std::vector<std::future<std::string>> jobs;
  for (std::int64_t i = 0; i < 40; ++i) {
    jobs.push_back(start([i](Session& s) {
      s.run(kPut, 1000 + i, -1);  // without the row after it this would be half a job
      s.run(kPutData, i, i, Bytes{std::string(8000, 'x')});
    }));
  }
  std::set<std::int64_t> done;
  int unavailable = 0;
  for (std::int64_t i = 0; i < 40; ++i) {
    const std::string answer = jobs[static_cast<std::size_t>(i)].get();
    if (answer == "done") done.insert(i);
    unavailable += answer == "unavailable" ? 1 : 0;
  }
  EXPECT_GT(unavailable, 0);
  EXPECT_EQ(static_cast<int>(done.size()) + unavailable, 40);
  std::set<std::int64_t> there;
  for (const auto n : numbers()) {
    if (n >= 0) there.insert(n);
  }
  EXPECT_EQ(there, done) << "exactly what was answered as done";
  EXPECT_EQ(count(), static_cast<std::int64_t>(2 * done.size())) << "no half jobs";
  limit(1'000'000);
  EXPECT_EQ(start([](Session& s) { s.run(kPut, 5000, 5000); }).get(), "done");
}

// The disk refuses the write-ahead log at the very commit: a limit on the size of files of this process.
TEST_P(SqliteFaultTest, AFailingCommitIsAFaultForAllOfItsGroup) {
  database->transact_now([](Session& s) { s.run(kPut, 1, 1); });
  const std::string wal = database.url().substr(std::string("sqlite:").size()) + "-wal";
  rlimit before{};
  ::getrlimit(RLIMIT_FSIZE, &before);
  ::signal(SIGXFSZ, SIG_IGN);
  rlimit small = before;
  small.rlim_cur = std::filesystem::file_size(wal) + 10'000;
  ::setrlimit(RLIMIT_FSIZE, &small);
  std::promise<void> held;
  std::promise<void> release;
  auto wait = release.get_future().share();
  auto holder = start([&](Session&) {
    held.set_value();
    wait.wait();
  });
  held.get_future().wait();
  std::vector<std::future<std::string>> jobs;
  for (std::int64_t i = 0; i < 10; ++i) {
    jobs.push_back(start([i](Session& s) { s.run(kPutData, 10 + i, 10 + i, Bytes{std::string(20'000, 'x')}); }));
  }
  std::this_thread::sleep_for(std::chrono::milliseconds(100));
  release.set_value();
  EXPECT_EQ(holder.get(), "done");
  for (auto& job : jobs) EXPECT_EQ(job.get(), "unavailable");
  ::setrlimit(RLIMIT_FSIZE, &before);
  EXPECT_THAT(numbers(), ElementsAre(1));
  EXPECT_EQ(start([](Session& s) { s.run(kPut, 2, 2); }).get(), "done") << "space has returned";
  database.reopen();
  EXPECT_THAT(numbers(), ElementsAre(1, 2));
}

// A closure that takes a conflict for an answer: it must be run again all the same.
TEST_P(FaultTest, ASwallowedConflictIsRunAgain) {
  database->transact_now([](Session& s) { s.run(kPut, 1, 0); });
  static constexpr Query kGet{"fault_test.get", "SELECT number FROM test_row WHERE id = 1"};
  static constexpr Query kSet{"fault_test.set", "UPDATE test_row SET number = $1 WHERE id = 1"};
  std::atomic<int> done{0};
  std::vector<std::thread> threads;
  for (int t = 0; t < 3; ++t) {
    threads.emplace_back([&] {
      for (int i = 0; i < 20; ++i) {
        const auto answer = database->transact_now([&](Session& s) -> Result<Done> {
          try {
            s.run(kSet, s.value<std::int64_t>(kGet) + 1);
            return Done{};
          } catch (const SqlError&) {
            return kConflict;
          }
        });
        done += answer.ok() ? 1 : 0;
      }
    });
  }
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(done, 60);
  EXPECT_THAT(numbers(), ElementsAre(60));
}

class PostgresFaultTest : public FaultTest {
 protected:
  // The server dies during COMMIT, as often as `times` says: a deferred trigger ends its own backend.
  void die_at_commit(int times) {
    database->transact_now([&](Session& s) {
      s.connection().script(R"(CREATE SEQUENCE test_deaths;
CREATE FUNCTION test_die() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF nextval('test_deaths') <= )" +
                            std::to_string(times) + R"( THEN PERFORM pg_terminate_backend(pg_backend_pid()); END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER test_die AFTER INSERT ON test_row DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION test_die())");
    });
  }
};
INSTANTIATE_TEST_SUITE_P(Engines, PostgresFaultTest, ::testing::Values(Engine::kPostgres), testing::engine_name);

TEST_P(PostgresFaultTest, AConnectionLostBeforeTheCommitIsMadeAnew) {
  std::atomic<int> runs{0};
  EXPECT_EQ(start([&](Session& s) {
              s.run(kPut, runs.load(), runs.load());
              if (++runs == 1) s.run(kDie);
            }).get(),
            "done");
  EXPECT_EQ(runs, 2);
  EXPECT_THAT(numbers(), ElementsAre(1));
  std::atomic<int> reads{0};
  EXPECT_EQ(database->read_now([&](Session& s) {
    if (++reads == 1) s.run(kDie);
    return s.value<std::int64_t>(kCount);
  }),
            1);
}

TEST_P(PostgresFaultTest, AnUnknownCommitIsAFaultAndNotRepeated) {
  die_at_commit(1);
  std::atomic<int> runs{0};
  EXPECT_EQ(start([&](Session& s) {
              ++runs;
              s.run(kPut, 1, 1);
            }).get(),
            "unavailable");
  EXPECT_EQ(runs, 1);
  EXPECT_EQ(start([](Session& s) { s.run(kPut, 2, 2); }).get(), "done");
}

TEST_P(PostgresFaultTest, AnUnknownCommitIsRepeatedWhenItIsIdempotent) {
  die_at_commit(2);
  std::atomic<int> runs{0};
  const auto answer = run(database->once(make_once(1, "/r", "k", ""), [&](Session& s) -> Result<Answer> {
    ++runs;
    s.run(kPut, 1, 1);
    return Answer{1};
  }));
  EXPECT_EQ(answer->number, 1);
  EXPECT_EQ(runs, 3);
  EXPECT_EQ(count(), 1);
}

TEST_P(PostgresFaultTest, AFloodRepeatsThoseWithAKeyOnly) {
  die_at_commit(1);
  Flood<std::int64_t, Answer> flood(*database, "test", [&](Session& s, std::span<const std::int64_t> requests) {
    std::vector<Row> rows;
    std::vector<Result<Answer>> answers;
    for (const auto n : requests) {
      rows.push_back({database->ids().next(), n});
      answers.emplace_back(Answer{n});
    }
    s.insert(kPut, rows);
    return answers;
  });
  boost::asio::io_context io(1);
  std::vector<std::string> out(4);
  const auto ask = [&](std::int64_t n) -> Task<void> {
    std::optional<Once> once;
    if (n % 2 == 0) once = make_once(1, "/r", std::to_string(n), "");
    try {
      const auto answer = co_await flood.submit(n, std::move(once));
      out[static_cast<std::size_t>(n)] = std::to_string(answer->number);
    } catch (const CommitUnknown&) {
      out[static_cast<std::size_t>(n)] = "unknown";
    }
  };
  for (std::int64_t n = 0; n < 4; ++n) boost::asio::co_spawn(io.get_executor(), ask(n), boost::asio::detached);
  io.run();
  EXPECT_THAT(numbers(), ::testing::Contains(0));
  EXPECT_EQ(out[0], "0");
  EXPECT_EQ(out[2], "2");
  const auto there = numbers();
  for (const std::int64_t n : {1, 3}) {
    EXPECT_EQ(std::count(there.begin(), there.end(), n), out[static_cast<std::size_t>(n)] == "unknown" ? 0 : 1);
  }
  EXPECT_GE(std::count(out.begin(), out.end(), "unknown"), 1);
}

// Two nodes get the same request at once: one effect, one answer, for both.
TEST_P(PostgresFaultTest, TwinsOnTwoNodesGetOneAnswer) {
  Database other({.url = database.url(), .connections = 2}, clock);
  for (int round = 0; round < 10; ++round) {
    Gate gate(2);
    std::atomic<int> runs{0};
    const Once key = make_once(1, "/r", std::to_string(round), "");
    const auto ask = [&](Database& db, std::int64_t number) {
      return run(db.once(key, [&, number](Session& s) -> Result<Answer> {
        const bool first = ++runs <= 2;
        if (s.value<std::int64_t>(kCount) > round) return kConflict;  // caused by the twin's own row
        if (first) gate.pass();
        s.run(kPut, round, number);
        return Answer{number};
      }));
    };
    auto there = std::async(std::launch::async, [&] { return ask(other, 2); });
    const auto here = ask(*database, 1);
    const auto second = there.get();
    ASSERT_TRUE(here.ok() && second.ok());
    EXPECT_EQ(here->number, second->number);
    EXPECT_EQ(count(), round + 1);
  }
}

// ---- a process killed in the middle of its writes ----

std::vector<Result<Answer>> write_rows(Database& db, Session& s, std::span<const std::int64_t> requests) {
  std::vector<Row> rows;
  std::vector<Result<Answer>> answers;
  for (const auto n : requests) {
    rows.push_back({db.ids().next(), n});
    s.publish({.type = "row", .subject = n});
    answers.emplace_back(Answer{n});
  }
  s.insert(kPut, rows);
  return answers;
}

// Writes numbers by flood (even) and by once (odd), as fast as it can, and says each that was answered on `out`.
Task<void> write_some(Database& db, Flood<std::int64_t, Answer>& flood, std::int64_t first, std::int64_t step,
                      std::int64_t end, int out) {
  for (std::int64_t n = first; n < end; n += step) {
    std::optional<Once> key = make_once(1, "/r", std::to_string(n), "");
    if (n % 2 == 0) {
      const auto answer = co_await flood.submit(n, std::move(key));
      if (!answer) ::_exit(3);
    } else {
      auto write = [&db, n](Session& s) -> Result<Answer> { return write_rows(db, s, std::span(&n, 1)).front(); };
      const auto answer = co_await db.once(*std::move(key), write);
      if (!answer) ::_exit(4);
    }
    if (out >= 0 && ::write(out, &n, sizeof n) != sizeof n) ::_exit(5);
  }
}

constexpr std::int64_t kWriters = 16;

void write_all(const std::string& url, const Clock& clock, std::int64_t end, int out) {
  Database db({.url = url}, clock);
  Flood<std::int64_t, Answer> flood(db, "test",
                                    [&](Session& s, std::span<const std::int64_t> r) { return write_rows(db, s, r); });
  boost::asio::io_context io(1);
  for (std::int64_t w = 0; w < kWriters; ++w) {
    boost::asio::co_spawn(io.get_executor(), write_some(db, flood, w, kWriters, end, out), boost::asio::detached);
  }
  io.run();
}

TEST_P(FaultTest, KilledInTheMiddleNothingAnsweredIsLostOrDoubled) {
  database.close();  // no thread and no open file may be forked
  for (int round = 0; round < 3; ++round) {
    int ends[2];
    ASSERT_EQ(::pipe(ends), 0);
    const pid_t child = ::fork();
    ASSERT_GE(child, 0);
    if (child == 0) {
      ::close(ends[0]);
      try {
        write_all(database.url(), clock, 1'000'000, ends[1]);
      } catch (...) {
      }
      ::_exit(6);
    }
    ::close(ends[1]);
    std::set<std::int64_t> acknowledged;
    std::int64_t n = 0;
    while (::read(ends[0], &n, sizeof n) == sizeof n) {
      acknowledged.insert(n);
      if (acknowledged.size() == 500u + 100u * static_cast<unsigned>(round)) ::kill(child, SIGKILL);
    }
    ::close(ends[0]);
    int status = 0;
    ::waitpid(child, &status, 0);
    ASSERT_TRUE(WIFSIGNALED(status)) << "the child ended by itself: " << WEXITSTATUS(status);
    database.reopen();
    const auto there = numbers();
    const std::set<std::int64_t> distinct(there.begin(), there.end());
    EXPECT_EQ(distinct.size(), there.size()) << "a number is there twice";
    for (const auto a : acknowledged) EXPECT_TRUE(distinct.contains(a)) << a << " was answered and is lost";
    EXPECT_EQ(testing::event_lines(*database).size(), there.size()) << "each row has its event";
    database.close();
  }
  // The callers ask again, with the same keys: everything is there once.
  write_all(database.url(), clock, 2000, -1);
  database.reopen();
  const auto there = numbers();
  for (std::int64_t n = 0; n < 2000; ++n) EXPECT_EQ(std::count(there.begin(), there.end(), n), 1) << n;
}

}  // namespace
}  // namespace luytre::store
