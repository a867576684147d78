// Migrations: what the database has, what the program knows, and the difference.

#include <sodium.h>

#include <algorithm>
#include <map>
#include <set>

#include "platform/base/log.h"
#include "platform/base/text.h"
#include "platform/store/impl.h"

namespace luytre::store {
namespace {

constexpr Query kAppliedQuery{"store.migrations", "SELECT room, file, hash FROM store_migration ORDER BY room, file"};
constexpr Query kRecord{"store.migration_record",
                        "INSERT INTO store_migration (room, file, hash, applied) VALUES ($1, $2, $3, $4)"};
constexpr Query kHasTableSqlite{"store.migration_table_sqlite",
                                "SELECT count(*) FROM sqlite_master WHERE name = 'store_migration'"};
constexpr Query kHasTablePostgres{
    "store.migration_table_postgres",
    "SELECT CAST(count(*) AS bigint) FROM pg_class WHERE oid = to_regclass('store_migration')"};
// Any number that nobody else locks: "luytre" in ASCII.
constexpr Query kLock{"store.migration_lock", "SELECT pg_advisory_lock(119195637212261)"};
constexpr const char* kCreateTable = R"(CREATE TABLE IF NOT EXISTS store_migration (
  room text NOT NULL,
  file text NOT NULL,
  hash text NOT NULL,
  applied bigint NOT NULL,
  PRIMARY KEY (room, file)
))";

struct Applied {
  std::string room;
  std::string file;
  std::string hash;
};
BOOST_DESCRIBE_STRUCT(Applied, (), (room, file, hash))

std::string hash_of(std::string_view sql) {
  unsigned char out[16];
  crypto_generichash(out, sizeof out, reinterpret_cast<const unsigned char*>(sql.data()), sql.size(), nullptr, 0);
  return hex(std::string_view(reinterpret_cast<const char*>(out), sizeof out));
}

// "001_x.sql" comes before its dialect part "001_x.sqlite.sql".
std::pair<std::string_view, std::string_view> order(std::string_view file) {
  const std::size_t dot = file.find('.');
  return {file.substr(0, dot), file.substr(dot) == ".sql" ? std::string_view() : file.substr(dot)};
}

bool is_for(Engine engine, std::string_view file) {
  if (file.ends_with(".sqlite.sql")) return engine == Engine::kSqlite;
  if (file.ends_with(".postgres.sql")) return engine == Engine::kPostgres;
  return true;
}

// All rooms, the store's own first, each once, its files in order.
std::vector<Migration> plan(Engine engine, const std::vector<std::vector<Migration>>& rooms) {
  std::vector<Migration> out;
  std::set<std::string_view> seen;
  const auto add = [&](std::vector<Migration> room) {
    if (room.empty() || !seen.insert(room.front().room).second) return;
    std::erase_if(room, [&](const Migration& m) { return !is_for(engine, m.file); });
    std::stable_sort(room.begin(), room.end(),
                     [](const auto& a, const auto& b) { return order(a.file) < order(b.file); });
    out.insert(out.end(), room.begin(), room.end());
  };
  add(migrations());
  for (const auto& room : rooms) add(room);
  return out;
}

std::string name_of(std::string_view room, std::string_view file) {
  return std::string(room) + "/" + std::string(file);
}

// Throws StartError unless what is applied is a beginning of what the program has. Answers what is missing.
std::vector<Migration> compare(const std::vector<Migration>& known, const std::vector<Applied>& applied) {
  std::map<std::string, std::string> hashes;
  for (const Applied& a : applied) hashes[name_of(a.room, a.file)] = a.hash;
  std::vector<Migration> missing;
  std::map<std::string_view, std::string> first_missing;  // by room
  for (const Migration& m : known) {
    const auto found = hashes.find(name_of(m.room, m.file));
    if (found == hashes.end()) {
      first_missing.emplace(m.room, name_of(m.room, m.file));
      missing.push_back(m);
      continue;
    }
    if (found->second != hash_of(m.sql)) {
      throw StartError("migration " + found->first +
                       " was changed after it had been applied to this database. Install the program that belongs to " +
                       "the database, or restore a backup made by this one");
    }
    if (const auto gap = first_missing.find(m.room); gap != first_missing.end()) {
      throw StartError(
          "migration " + gap->second + " is missing in this database, although the later " + found->first +
          " is applied. Install the program that belongs to the database, or restore a backup made by this one");
    }
    hashes.erase(found);
  }
  if (!hashes.empty()) {
    throw StartError(
        "the database is newer than this program: it has the migration " + hashes.begin()->first +
        ", which this program does not know. Install the newer program, or restore a backup made by this one");
  }
  return missing;
}

std::vector<Applied> read_applied(EngineConnection& connection) {
  Session session(connection);
  const Query& table = connection.engine() == Engine::kSqlite ? kHasTableSqlite : kHasTablePostgres;
  if (session.value<std::int64_t>(table) == 0) return {};
  return session.all<Applied>(kAppliedQuery);
}

template <class F>
auto in_transaction(EngineConnection& connection, F body) {
  connection.begin(Access::kWrite);
  try {
    auto result = body();
    connection.commit();
    return result;
  } catch (...) {
    connection.rollback();
    throw;
  }
}

// Applies the first missing one, unless another process has meanwhile. False: nothing was missing.
bool apply_next(EngineConnection& connection, const std::vector<Migration>& known, Instant now) {
  return in_transaction(connection, [&] {
    connection.script(kCreateTable);
    const auto missing = compare(known, read_applied(connection));
    if (missing.empty()) return false;
    const Migration& m = missing.front();
    try {
      connection.script(m.sql);
    } catch (const Unavailable&) {
      throw;
    } catch (const SqlError& e) {
      throw StartError("migration " + name_of(m.room, m.file) +
                       " failed, and the database is as before it: " + e.what());
    }
    Session session(connection);
    session.run(kRecord, m.room, m.file, hash_of(m.sql), now);
    log::info("migration applied", {{"file", name_of(m.room, m.file)}});
    return true;
  });
}

}  // namespace

std::vector<std::string> Database::pending(const std::vector<std::vector<Migration>>& rooms) {
  const auto connection = open_connection(impl_->options.url, Access::kWrite);
  const auto applied = read_applied(*connection);
  std::vector<std::string> out;
  if (applied.empty()) return out;
  for (const Migration& m : compare(plan(impl_->engine, rooms), applied)) out.push_back(name_of(m.room, m.file));
  return out;
}

void Database::migrate(const std::vector<std::vector<Migration>>& rooms, bool apply) {
  const auto known = plan(impl_->engine, rooms);
  try {
    const auto connection = open_connection(impl_->options.url, Access::kWrite);
    if (!apply) {
      if (!compare(known, read_applied(*connection)).empty()) {
        throw StartError("the database is older than this program. Run: luytre db migrate");
      }
    } else {
      // SQLite: BEGIN IMMEDIATE of each file is lock enough.
      if (impl_->engine == Engine::kPostgres) connection->all(kLock, {});
      while (apply_next(*connection, known, impl_->clock.now())) {
      }
    }
    impl_->lease.take(*connection);
  } catch (const SqlError& e) {
    throw StartError(std::string("the database cannot be migrated: ") + e.what());
  }
}

}  // namespace luytre::store
