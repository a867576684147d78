// What every module relies on: values, transactions, answers and faults, on both engines alike.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>

#include "platform/base/run.h"
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

}  // namespace
}  // namespace luytre::store
