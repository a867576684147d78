#include "platform/store/postgres_sql.h"

#include <gtest/gtest.h>

#include <stdexcept>

namespace luytre::store {
namespace {

TEST(PostgresSqlTest, InsertBecomesUnnest) {
  EXPECT_EQ(unnest_insert("q", "INSERT INTO t (a, b) VALUES ($1, $2)", 2),
            "INSERT INTO t (a, b) SELECT u.p1, u.p2 FROM unnest($1, $2) AS u(p1, p2)");
  EXPECT_EQ(
      unnest_insert("q", "insert into t (a, b)\nvalues ($2, $1)\nON CONFLICT (a) DO UPDATE SET b = excluded.b", 2),
      "insert into t (a, b)\nSELECT u.p2, u.p1 FROM unnest($1, $2) AS u(p1, p2)\n"
      "ON CONFLICT (a) DO UPDATE SET b = excluded.b");
}

TEST(PostgresSqlTest, InsertMixesLiteralsAndExpressions) {
  EXPECT_EQ(
      unnest_insert("q", "INSERT INTO t (a, b, c, d) VALUES ($1, 'it''s $2 (', CAST($2 AS bigint), 7)", 2),
      "INSERT INTO t (a, b, c, d) SELECT u.p1, 'it''s $2 (', CAST(u.p2 AS bigint), 7 FROM unnest($1, $2) AS u(p1, p2)");
}

TEST(PostgresSqlTest, InsertRefusesClearly) {
  for (const char* sql :
       {"INSERT INTO t (a) VALUES ($1), ($2)", "INSERT INTO t (a) SELECT $1", "INSERT INTO t (a) VALUES (DEFAULT)",
        "INSERT INTO t (a) VALUES ($1) ON CONFLICT (a) DO UPDATE SET a = $2", "SELECT $1",
        "INSERT INTO t (a) VALUES ("}) {
    EXPECT_THROW(unnest_insert("q", sql, 2), std::logic_error) << sql;
  }
}

TEST(PostgresSqlTest, SelectBecomesLateral) {
  EXPECT_EQ(unnest_select("SELECT x FROM t WHERE k = $1 AND n = '$1' -- $1\nORDER BY x LIMIT 1", 1),
            "SELECT u.n, q.* FROM unnest($1) WITH ORDINALITY AS u(p1, n) CROSS JOIN LATERAL (\n"
            "SELECT x FROM t WHERE k = u.p1 AND n = '$1' -- $1\nORDER BY x LIMIT 1\n) AS q");
  EXPECT_TRUE(unnest_select("\n WITH a AS (SELECT 1) SELECT $1", 1));
  EXPECT_FALSE(unnest_select("SELECT x FROM t LIMIT $1", 1));
  EXPECT_FALSE(unnest_select("UPDATE t SET x = $1", 1));
  EXPECT_FALSE(unnest_select("SELECT 1", 0));
}

}  // namespace
}  // namespace luytre::store
