// What every module relies on: values, transactions, answers and faults, on both engines alike.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>
#include <thread>

#include "platform/base/run.h"
#include "platform/store/impl.h"
#include "platform/store/testing.h"

namespace luytre::store {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

enum class Colour { kDarkRed, kGreen };
BOOST_DESCRIBE_ENUM(Colour, kDarkRed, kGreen)

struct Thing {
  PlaceId id;
  std::optional<std::int64_t> number;
  std::optional<bool> yes;
  std::optional<double> real;
  std::optional<std::string> name;
  std::optional<Bytes> data;
  std::optional<Colour> colour;
  std::optional<Instant> at;
  std::optional<Date> day;
  friend bool operator==(const Thing&, const Thing&) = default;
};
BOOST_DESCRIBE_STRUCT(Thing, (), (id, number, yes, real, name, data, colour, at, day))

constexpr Query kInsert{"test.insert", R"(INSERT INTO test_thing (id, number, yes, real, name, data, colour, at, day)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9))"};
constexpr Query kGet{"test.get",
                     "SELECT id, number, yes, real, name, data, colour, at, day FROM test_thing WHERE id = $1"};
constexpr Query kAll{"test.all",
                     "SELECT id, number, yes, real, name, data, colour, at, day FROM test_thing ORDER BY id"};
constexpr Query kCount{"test.count", "SELECT CAST(count(*) AS bigint) FROM test_thing"};
constexpr Query kPut{"test.put", "INSERT INTO test_thing (id, number) VALUES ($1, $2)"};
constexpr Query kOfParent{"test.parent", "INSERT INTO test_child (id, parent) VALUES ($1, $2)"};

const std::vector<std::vector<Migration>>& rooms() {
  static const std::vector<std::vector<Migration>> all{{{"test", "001_test.sql", R"(
CREATE TABLE test_thing (
  id bigint PRIMARY KEY,
  number bigint CHECK (number <> 13),
  yes boolean,
  real double precision,
  name text,
  data bytea,
  colour text,
  at bigint,
  day bigint
);
CREATE TABLE test_child (
  id bigint PRIMARY KEY,
  parent bigint NOT NULL REFERENCES test_thing (id) DEFERRABLE INITIALLY DEFERRED
);
)"}}};
  return all;
}

class StoreTest : public ::testing::TestWithParam<Engine> {
 protected:
  void put(Session& s, const Thing& t) {
    s.run(kInsert, t.id, t.number, t.yes, t.real, t.name, t.data, t.colour, t.at, t.day);
  }
  std::int64_t count() {
    return database->read_now([](Session& s) { return s.value<std::int64_t>(kCount); });
  }

  ManualClock clock{Instant{1'628'000'000}};
  testing::TestDatabase database{GetParam(), rooms(), clock};
};
INSTANTIATE_TEST_SUITE_P(Engines, StoreTest, testing::engines(), testing::engine_name);

TEST_P(StoreTest, ValuesComeBackAsTheyWere) {
  const Thing full{PlaceId{std::numeric_limits<std::int64_t>::max()},
                   std::numeric_limits<std::int64_t>::min(),
                   true,
                   -0.1,
                   "Đặng Thị Ánh 🌾 '; DROP TABLE test_thing; --",
                   Bytes{std::string("\0\1\xff\0", 4)},
                   Colour::kDarkRed,
                   Instant{-1},
                   Date{18843}};
  const Thing empty{PlaceId{2}};
  const Thing zero{PlaceId{3}, 0, false, 0.0, "", Bytes{}, Colour::kGreen, Instant{0}, Date{0}};
  database->transact_now([&](Session& s) {
    put(s, full);
    put(s, empty);
    put(s, zero);
  });
  database->read_now([&](Session& s) {
    EXPECT_EQ(s.one<Thing>(kGet, full.id), full);
    EXPECT_EQ(s.one<Thing>(kGet, empty.id), empty);
    EXPECT_EQ(s.one<Thing>(kGet, zero.id), zero);
    EXPECT_EQ(s.one<Thing>(kGet, PlaceId{4}), std::nullopt);
  });
}

TEST_P(StoreTest, InsertOfManyRowsKeepsEveryType) {
  std::vector<Row> rows;
  for (std::int64_t i = 1; i <= 20'000; ++i) {
    const std::optional<std::string> name =
        i % 2 == 0 ? std::optional<std::string>("n" + std::to_string(i)) : std::nullopt;
    rows.push_back(
        {i, i * 2, i % 3 == 0, 0.5, to_value(name), Bytes{"b"}, std::string("green"), Null{Type::kInteger}, i});
  }
  EXPECT_EQ(database->transact_now([&](Session& s) { return s.insert(kInsert, rows); }), 20'000);
  const auto things = database->read_now([](Session& s) { return s.all<Thing>(kAll); });
  ASSERT_EQ(things.size(), 20'000u);
  EXPECT_EQ(things[5], (Thing{PlaceId{6}, 12, true, 0.5, "n6", Bytes{"b"}, Colour::kGreen, std::nullopt, Date{6}}));
  EXPECT_EQ(things[6].name, std::nullopt);
}

TEST_P(StoreTest, TransactAnswersValuesResultsAndNothing) {
  EXPECT_EQ(run(database->transact([](Session&) { return 7; })), 7);
  run(database->transact([](Session& s) { s.run(kPut, 1, 1); }));
  EXPECT_EQ(count(), 1);
  const auto refused = run(database->transact([](Session& s) -> Result<int> {
    s.run(kPut, 2, 2);
    return kConflict;
  }));
  EXPECT_EQ(refused.error().code, "conflict");
  EXPECT_EQ(count(), 1) << "an answered Error rolls back";
  EXPECT_THROW(run(database->transact([](Session& s) {
                 s.run(kPut, 3, 3);
                 throw std::runtime_error("bug");
               })),
               std::runtime_error);
  EXPECT_EQ(count(), 1) << "an exception rolls back";
}

TEST_P(StoreTest, FaultsSayWhich) {
  const auto fault = [&](auto closure) {
    try {
      database->transact_now(closure);
    } catch (const SqlError& e) {
      return e.fault;
    }
    return Fault::kOther;
  };
  database->transact_now([](Session& s) { s.run(kPut, 1, 1); });
  EXPECT_EQ(fault([](Session& s) { s.run(kPut, 1, 1); }), Fault::kUnique);
  EXPECT_EQ(fault([](Session& s) { s.run(kPut, 2, 13); }), Fault::kCheck);
  EXPECT_EQ(fault([](Session& s) { s.run(kOfParent, 2, 99); }), Fault::kForeignKey) << "deferred to the commit";
}

TEST_P(StoreTest, PublishedEventsAreReadInOrder) {
  database->transact_now([](Session& s) {
    s.publish({.type = "a", .subject = 1});
    s.publish({.type = "b", .subject = 2});
  });
  EXPECT_THROW(database->transact_now([](Session& s) {
    s.publish({.type = "never", .subject = 3});
    throw std::runtime_error("bug");
  }),
               std::runtime_error);
  database->transact_now([](Session& s) { s.publish({.type = "c", .subject = 3}); });
  EXPECT_THAT(testing::event_lines(*database), ElementsAre("a:1", "b:2", "c:3"));
}

struct Answer {
  std::int64_t number = 0;
};
BOOST_DESCRIBE_STRUCT(Answer, (), (number))

TEST_P(StoreTest, OnceIsOnce) {
  const auto ask = [&](const Once& key, std::int64_t id) {
    return run(database->once(key, [id](Session& s) -> Result<Answer> {
      s.run(kPut, id, 1);
      return Answer{id};
    }));
  };
  const Once key = make_once(1, "/visits", "key", "body");
  EXPECT_EQ(ask(key, 5)->number, 5);
  EXPECT_EQ(ask(key, 6)->number, 5) << "the stored answer";
  EXPECT_EQ(ask(make_once(1, "/visits", "key", "other body"), 7).error().code, "idempotency_key_reused");
  EXPECT_EQ(ask(make_once(2, "/visits", "key", "body"), 8)->number, 8);
  EXPECT_EQ(count(), 2);
}

struct LaterAnswer {
  Text<5> name;
  std::int64_t number = 0;
};
BOOST_DESCRIBE_STRUCT(LaterAnswer, (), (name, number))

TEST_P(StoreTest, OnceIsOnceAcrossAnUpgrade) {
  const Once key = make_once(1, "/visits", "key", "body");
  ASSERT_TRUE(run(database->once(key, [](Session&) -> Result<Answer> { return Answer{5}; })));
  const auto again = run(database->once(key, [](Session& s) -> Result<LaterAnswer> {
    s.run(kPut, 6, 1);
    return LaterAnswer{"mới", 6};
  }));
  ASSERT_TRUE(again) << again.error().code;
  EXPECT_EQ(again->number, 5) << "the stored answer, though it lacks a member of today";
  EXPECT_EQ(count(), 0);
}

constexpr Query kNumbersOf{"test.numbers_of", "SELECT id, number FROM test_thing WHERE number = $1 ORDER BY id DESC"};
constexpr Query kFirstOf{"test.first_of", "SELECT id FROM test_thing WHERE number = $1 ORDER BY id LIMIT $2"};
constexpr Query kChange{"test.change", "UPDATE test_thing SET number = $2 WHERE id = $1 RETURNING number"};

struct Pair {
  std::int64_t id = 0;
  std::int64_t number = 0;
  friend bool operator==(const Pair&, const Pair&) = default;
};
BOOST_DESCRIBE_STRUCT(Pair, (), (id, number))

TEST_P(StoreTest, EachAnswersInTheOrderOfItsRows) {
  database->transact_now([](Session& s) {
    for (std::int64_t i = 1; i <= 6; ++i) s.run(kPut, i, i % 3);
  });
  database->transact_now([](Session& s) {
    const std::vector<Row> numbers{{std::int64_t{2}}, {std::int64_t{9}}, {std::int64_t{0}}, {std::int64_t{2}}};
    EXPECT_THAT(s.each<Pair>(kNumbersOf, numbers),
                ElementsAre(ElementsAre(Pair{5, 2}, Pair{2, 2}), ElementsAre(), ElementsAre(Pair{6, 0}, Pair{3, 0}),
                            ElementsAre(Pair{5, 2}, Pair{2, 2})));
    const std::vector<Row> limits{{std::int64_t{2}, std::int64_t{1}}, {std::int64_t{2}, std::int64_t{5}}};
    EXPECT_THAT(s.each<std::int64_t>(kFirstOf, limits), ElementsAre(ElementsAre(2), ElementsAre(2, 5)))
        << "pipelined on PostgreSQL";
    std::vector<Row> changes;
    for (std::int64_t i = 1; i <= 600; ++i) changes.push_back({i, 100 + i});
    const auto changed = s.each<std::int64_t>(kChange, changes);
    ASSERT_EQ(changed.size(), 600u);
    EXPECT_THAT(changed[5], ElementsAre(106));
    EXPECT_THAT(changed[6], ElementsAre());
    EXPECT_THAT(s.each<Pair>(kNumbersOf, {}), ElementsAre());
  });
}

TEST_P(StoreTest, AFaultInsideEachLeavesTheConnectionUsable) {
  database->transact_now([](Session& s) {
    s.run(kPut, 1, 1);
    s.run(kPut, 2, 2);
  });
  const std::vector<Row> changes{
      {std::int64_t{1}, std::int64_t{5}}, {std::int64_t{2}, std::int64_t{13}}, {std::int64_t{1}, std::int64_t{6}}};
  for (int i = 0; i < 6; ++i) {
    EXPECT_THROW(database->transact_now([&](Session& s) { s.each<std::int64_t>(kChange, changes); }), SqlError);
  }
  EXPECT_THAT(database->read_now([](Session& s) { return s.all<Pair>(kNumbersOf, 1); }), ElementsAre(Pair{1, 1}));
}

TEST_P(StoreTest, NothingCanBeDoneAfterASwallowedFault) {
  const auto job = [](Session& s) {
    s.run(kPut, 1, 1);
    try {
      s.run(kPut, 1, 1);
    } catch (const SqlError&) {
    }
  };
  EXPECT_THROW(database->transact_now(job), SqlError) << "else PostgreSQL would roll back what we call a success";
  EXPECT_EQ(count(), 0);
  const auto refused = run(database->transact([](Session& s) -> Result<int> {
    s.run(kPut, 1, 1);
    try {
      s.run(kPut, 1, 1);
    } catch (const SqlError& e) {
      if (e.fault == Fault::kUnique) return kConflict;
    }
    return 1;
  }));
  EXPECT_EQ(refused.error().code, "conflict");
}

TEST_P(StoreTest, TextIsUtf8WithoutNul) {
  static constexpr Query kName{"test.name", "INSERT INTO test_thing (id, name) VALUES ($1, $2)"};
  EXPECT_THROW(database->transact_now([&](Session& s) { s.run(kName, 1, std::string("a\0b", 3)); }), SqlError);
  EXPECT_THROW(database->transact_now([&](Session& s) { s.run(kName, 1, "\xff"); }), SqlError);
  const std::vector<Row> rows{{std::int64_t{1}, std::string("\xc0\x80")}};
  EXPECT_THROW(database->transact_now([&](Session& s) { s.insert(kName, rows); }), SqlError);
  EXPECT_EQ(count(), 0);
}

TEST_P(StoreTest, AReaderCannotWriteAndSeesOneMoment) {
  EXPECT_THROW(database->read_now([](Session& s) { s.run(kPut, 1, 1); }), SqlError);
  database->read_now([&](Session& s) {
    EXPECT_EQ(s.value<std::int64_t>(kCount), 0);
    database->transact_now([](Session& writer) { writer.run(kPut, 1, 1); });
    EXPECT_EQ(s.value<std::int64_t>(kCount), 0) << "its snapshot";
  });
  EXPECT_EQ(count(), 1);
}

TEST_P(StoreTest, BugsAreSaidClearly) {
  static constexpr Query kOther{"test.count", "SELECT 1"};
  EXPECT_THROW(database->transact_now([](Session& s) {
    s.value<std::int64_t>(kCount);
    s.value<std::int64_t>(kOther);
  }),
               std::logic_error)
      << "two queries, one name";
  EXPECT_THROW(database->read_now([](Session& s) { s.one<Pair>(kCount); }), std::runtime_error) << "too few columns";
  static constexpr Query kNull{"test.null", "SELECT number FROM test_thing"};
  database->transact_now([](Session& s) { s.run(kPut, 1, std::optional<std::int64_t>()); });
  EXPECT_THROW(database->read_now([](Session& s) { return s.value<std::int64_t>(kNull); }), std::exception);
  EXPECT_EQ(database->read_now([](Session& s) { return s.value<std::optional<std::int64_t>>(kNull); }), std::nullopt);
}

TEST_P(StoreTest, OneIoContextPerCallerIsWhereItResumes) {
  std::vector<std::thread> threads;
  std::atomic<int> right{0};
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&, t] {
      const auto here = std::this_thread::get_id();
      auto task = [](Database& db, std::int64_t first, std::thread::id expected, std::atomic<int>& hits) -> Task<void> {
        for (std::int64_t i = 0; i < 50; ++i) {
          auto write = [id = first + i](Session& s) { s.run(kPut, id, id); };
          co_await db.transact(write);
          hits += std::this_thread::get_id() == expected ? 1 : 0;
          auto count = [](Session& s) { return s.value<std::int64_t>(kCount); };
          const auto total = co_await db.read(count);
          hits += total > i ? 1 : 0;
        }
      };
      run(task(*database, 1000 * (t + 1), here, right));
    });
  }
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(right, 400);
  EXPECT_EQ(count(), 200);
}

TEST_P(StoreTest, IdsOfTwoProcessesNeverMeet) {
  Database other({.url = database.url(), .connections = 1}, clock);
  const auto process = [](std::int64_t id) { return id >> 12 & 1023; };
  EXPECT_NE(process(other.ids().next()), process(database->ids().next()));
  const auto before = process(database->ids().next());
  database.reopen();
  EXPECT_NE(process(database->ids().next()), before) << "a number rests as long as there are others";
}

TEST_P(StoreTest, AProcessThatLostItsNumberWritesNoMore) {
  static constexpr Query kSteal{"test.steal", "UPDATE store_process SET holder = $1"};
  database->transact_now([&](Session& s) { s.run(kSteal, Bytes{std::string(16, 'x')}); });
  database->transact_now([](Session& s) { s.run(kPut, 1, 1); });
  database->impl().lease.renew_now();
  for (int i = 0; i < 3; ++i) EXPECT_NO_THROW(database->read_now([](Session&) {}));
  EXPECT_THROW(database->transact_now([](Session& s) { s.run(kPut, 2, 2); }), Unavailable);
  EXPECT_THROW(database->transact_now([](Session& s) { s.run(kPut, 2, 2); }), Unavailable);
  EXPECT_EQ(count(), 1);
}

}  // namespace
}  // namespace luytre::store
