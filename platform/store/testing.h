// For tests of modules: a fresh, migrated database on each engine. Tests are TEST_P over store::testing::engines(). The
// first of a set of migrations makes a template, the others copy it, so that hundreds of tests stay quick.
//
// PostgreSQL: the URL of a running private server is in LUYTRE_TEST_POSTGRES (make test starts one); each fixture makes
// and drops a database of its own there. Without that variable the PostgreSQL tests FAIL, saying so.

#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "platform/store/database.h"

namespace luytre::store::testing {

class TestDatabase {
 public:
  TestDatabase(Engine engine, const std::vector<std::vector<Migration>>& rooms, const Clock& clock);
  ~TestDatabase();
  Database& operator*() { return *database_; }
  Database* operator->() { return database_.get(); }
  const std::string& url() const { return url_; }
  void close();
  void reopen();  // as after a restart

 private:
  std::string url_;
  std::string admin_url_;
  std::string name_;
  const Clock& clock_;
  std::unique_ptr<Database> database_;
};

inline auto engines() {
  return ::testing::Values(Engine::kSqlite, Engine::kPostgres);
}
inline std::string engine_name(const ::testing::TestParamInfo<Engine>& info) {
  return info.param == Engine::kSqlite ? "Sqlite" : "Postgres";
}

// Waits until every committed event can be read: on PostgreSQL a transaction of any database of the server may hold the
// newest back.
void settle(Database& database);

// Events of the feed as "type:subject", oldest first.
std::vector<std::string> event_lines(Database& database);

}  // namespace luytre::store::testing
