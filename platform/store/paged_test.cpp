#include "platform/store/paged.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <random>

#include "platform/store/testing.h"

namespace luytre::store {
namespace {

constexpr Query kPutPlace{"paged_test.put", "INSERT INTO test_place (id, unit, key) VALUES ($1, $2, $3)"};

const std::vector<std::vector<Migration>>& tables() {
  static const std::vector<std::vector<Migration>> all{
      {{"test", "001_test.sql",
        "CREATE TABLE test_place (id bigint PRIMARY KEY, unit bigint NOT NULL, key bigint NOT NULL);\n"
        "CREATE INDEX test_place_order ON test_place (unit, key, id);"}}};
  return all;
}

struct Spot {
  std::int64_t key = 0, id = 0;
  friend auto operator<=>(const Spot&, const Spot&) = default;
};
BOOST_DESCRIBE_STRUCT(Spot, (), (key, id))

std::string text_of(std::size_t first) {
  return "SELECT key, id FROM test_place WHERE unit = $1 AND (key, id) > ($2, $3) ORDER BY key, id LIMIT " +
         (first > 0 ? std::to_string(first) : "$4");
}

class PagedTest : public ::testing::TestWithParam<Engine> {
 protected:
  PagedTest() {
    for (const std::size_t first : kLooks) {
      names_[first] = "paged_test.first_" + std::to_string(first);
      texts_[first] = text_of(first);
    }
  }
  // Of some units most of the rows, of others hardly any, and the keys often alike.
  void fill(std::int64_t rows, std::int64_t units) {
    std::vector<Row> all;
    for (std::int64_t id = 1; id <= rows; ++id) {
      const std::int64_t unit = any(0, any(0, units - 1));
      const std::int64_t key = unit % 3 == 0 ? any(0, 50) : any(0, rows);
      all.push_back(values(id, unit, key));
      where_[id] = unit;
      spots_.push_back({key, id});
    }
    std::sort(spots_.begin(), spots_.end());
    database->transact_now([&](Session& s) { return s.insert(kPutPlace, all); });
  }
  std::vector<Spot> page(const std::vector<std::int64_t>& units, std::size_t most, const Spot& start) {
    return database->read_now([&](Session& s) {
      const auto query = [&](std::size_t, std::size_t first) {
        return Query{names_.at(first).c_str(), texts_.at(first).c_str()};
      };
      const auto row = [&](std::size_t unit, const Spot& after) { return values(units[unit], after.key, after.id); };
      return paged(s, 1, units.size(), most, start, query, row, std::less<>());
    });
  }
  std::vector<Spot> all_of_them(const std::vector<std::int64_t>& units, std::size_t most, const Spot& start) {
    std::vector<Spot> out;
    for (const Spot& spot : spots_)
      if (start < spot && out.size() < most && std::count(units.begin(), units.end(), where_.at(spot.id)) > 0)
        out.push_back(spot);
    return out;
  }
  std::int64_t any(std::int64_t from, std::int64_t to) {
    return std::uniform_int_distribution<std::int64_t>(from, to)(random_);
  }

  ManualClock clock{Instant{1'628'000'000}};
  testing::TestDatabase database{GetParam(), tables(), clock};
  std::mt19937 random_{20261123};
  std::map<std::size_t, std::string> names_, texts_;
  std::map<std::int64_t, std::int64_t> where_;
  std::vector<Spot> spots_;
};
INSTANTIATE_TEST_SUITE_P(Engines, PagedTest, testing::engines(), testing::engine_name);

TEST_P(PagedTest, IsTheBeginningOfAllOfThem) {
  fill(6000, 40);
  for (const std::int64_t count : {0, 1, 2, 7, 40})
    for (const std::size_t most : {1, 2, 3, 9, 51, 65, 500, 1000, 7000}) {
      std::vector<std::int64_t> units;
      while (units.size() < static_cast<std::size_t>(count)) units.push_back(any(0, 45));  // twice, or without rows
      const Spot start = any(0, 1) ? Spot{} : spots_[static_cast<std::size_t>(any(0, 5999))];
      EXPECT_EQ(page(units, most, start), all_of_them(units, most, start)) << count << " units, " << most;
    }
}

}  // namespace
}  // namespace luytre::store
