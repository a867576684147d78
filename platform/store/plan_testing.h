// How SQLite reads what a query asks for, for tests. (PostgreSQL plans by what is in the tables; SQLite without that
// always the same.)

#pragma once

#include <string>
#include <vector>

#include "platform/store/database.h"

namespace luytre::store::testing {

struct PlanRow {
  std::int64_t id = 0, parent = 0, unused = 0;
  std::string detail;
};
BOOST_DESCRIBE_STRUCT(PlanRow, (), (id, parent, unused, detail))

// Of a query with so many parameters, all of them numbers; a line for each step.
inline std::string plan_of(Database& db, const Query& query, std::size_t parameters) {
  const std::string name = std::string("test.plan_") + query.name;
  const std::string sql = std::string("EXPLAIN QUERY PLAN ") + query.sql;
  const std::vector<Row> rows{Row(parameters, to_value(std::int64_t{1}))};
  return db.read_now([&](Session& s) {
    std::string out;
    const auto found = s.each<PlanRow>({name.c_str(), sql.c_str()}, rows);
    for (const PlanRow& one : found.front()) out += one.detail + '\n';
    return out;
  });
}

}  // namespace luytre::store::testing
