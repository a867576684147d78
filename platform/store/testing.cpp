#include "platform/store/testing.h"

#include <libpq-fe.h>
#include <sodium.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <map>
#include <mutex>
#include <thread>

#include "platform/base/random.h"
#include "platform/base/text.h"
#include "platform/store/feed.h"
#include "platform/store/postgres_url.h"

namespace luytre::store::testing {
namespace {

namespace fs = std::filesystem;
using Rooms = std::vector<std::vector<Migration>>;

std::string fingerprint(const Rooms& rooms) {
  std::string all;
  const auto add = [&](const std::vector<Migration>& room) {
    for (const Migration& m : room) {
      for (const auto part : {m.room, m.file, m.sql}) all += std::to_string(part.size()) + ":" + std::string(part);
    }
  };
  add(migrations());
  for (const auto& room : rooms) add(room);
  unsigned char hash[10];
  crypto_generichash(hash, sizeof hash, reinterpret_cast<const unsigned char*>(all.data()), all.size(), nullptr, 0);
  return hex(std::string_view(reinterpret_cast<const char*>(hash), sizeof hash));
}

// A folder that goes with this process.
class TemporaryFolder {
 public:
  TemporaryFolder() {
    std::string pattern = (fs::temp_directory_path() / "luytre-test-XXXXXX").string();
    if (::mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("cannot make a temporary folder");
    path_ = pattern;
    owner_ = ::getpid();
  }
  ~TemporaryFolder() {
    std::error_code ignored;
    if (owner_ == ::getpid()) fs::remove_all(path_, ignored);
  }
  const fs::path& path() const { return path_; }

 private:
  fs::path path_;
  pid_t owner_ = 0;
};

const fs::path& folder() {
  static const TemporaryFolder one;
  return one.path();
}

// One migrated file per set of migrations and process; each fixture copies it.
fs::path sqlite_template(const Rooms& rooms, const Clock& clock) {
  static std::mutex mutex;
  static std::map<std::string, fs::path> made;
  const std::lock_guard lock(mutex);
  const std::string print = fingerprint(rooms);
  auto& path = made[print];
  if (path.empty()) {
    const fs::path fresh = folder() / ("template-" + print + ".db");
    Database({.url = "sqlite:" + fresh.string(), .connections = 1}, clock).migrate(rooms);
    path = fresh;
  }
  return path;
}

// A bare connection to the test server, for what is no part of a database: creating and dropping them.
class Admin {
 public:
  explicit Admin(const std::string& url) : connection_(PQconnectdb(url.c_str())) {
    if (PQstatus(connection_) != CONNECTION_OK) {
      const std::string why = PQerrorMessage(connection_);
      PQfinish(connection_);
      throw std::runtime_error("the PostgreSQL of LUYTRE_TEST_POSTGRES does not answer: " + why);
    }
    run("SET client_min_messages = warning");
  }
  ~Admin() { PQfinish(connection_); }
  Admin(const Admin&) = delete;
  Admin& operator=(const Admin&) = delete;

  // Answers the first value, or an empty text.
  std::string run(const std::string& sql) {
    PGresult* result = PQexec(connection_, sql.c_str());
    const auto status = PQresultStatus(result);
    const std::string value = PQntuples(result) > 0 ? PQgetvalue(result, 0, 0) : "";
    PQclear(result);
    if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK) throw std::runtime_error(PQerrorMessage(connection_));
    return value;
  }

 private:
  PGconn* connection_;
};

std::string admin_url() {
  const char* url = std::getenv("LUYTRE_TEST_POSTGRES");
  if (url == nullptr || *url == '\0') {
    throw std::runtime_error("LUYTRE_TEST_POSTGRES is not set: `make test` starts a private PostgreSQL and sets it");
  }
  return url;
}

// The same server, another database.
std::string url_of(const std::string& admin, const std::string& database) {
  auto parts = parse_postgres_url(admin);
  if (!parts) throw std::runtime_error("LUYTRE_TEST_POSTGRES is not a PostgreSQL URL");
  (*parts)["dbname"] = database;
  return postgres_url(*parts);
}

// One migrated database per set of migrations and server, made by whoever comes first.
std::string postgres_template(Admin& admin, const std::string& admin_url, const Rooms& rooms, const Clock& clock) {
  const std::string name = "luytre_template_" + fingerprint(rooms);
  const std::string exists = "SELECT 1 FROM pg_database WHERE datname = '" + name + "'";
  if (!admin.run(exists).empty()) return name;
  admin.run("SELECT pg_advisory_lock(hashtext('" + name + "'))");
  if (admin.run(exists).empty()) {
    const std::string building = name + "_building";
    admin.run("DROP DATABASE IF EXISTS " + building + " WITH (FORCE)");
    admin.run("CREATE DATABASE " + building + " TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C.UTF-8'");
    Database({.url = url_of(admin_url, building), .connections = 1}, clock).migrate(rooms);
    // The last connection of the Database may still be on its way out.
    for (int attempt = 0;; ++attempt) {
      try {
        admin.run("ALTER DATABASE " + building + " RENAME TO " + name);
        break;
      } catch (const std::runtime_error&) {
        if (attempt == 100) throw;
        std::this_thread::sleep_for(std::chrono::milliseconds(50));
      }
    }
  }
  admin.run("SELECT pg_advisory_unlock(hashtext('" + name + "'))");
  return name;
}

}  // namespace

TestDatabase::TestDatabase(Engine engine, const std::vector<std::vector<Migration>>& rooms, const Clock& clock)
    : clock_(clock) {
  name_ = "luytre_test_" + hex(SystemRandom().bytes(8));
  if (engine == Engine::kSqlite) {
    const fs::path file = folder() / name_ / "luytre.db";
    fs::create_directory(file.parent_path());
    fs::copy_file(sqlite_template(rooms, clock), file);
    url_ = "sqlite:" + file.string();
  } else {
    admin_url_ = testing::admin_url();
    Admin admin(admin_url_);
    const std::string from = postgres_template(admin, admin_url_, rooms, clock);
    admin.run("CREATE DATABASE " + name_ + " TEMPLATE " + from);
    url_ = url_of(admin_url_, name_);
  }
  reopen();
}

TestDatabase::~TestDatabase() {
  database_.reset();
  if (admin_url_.empty()) {
    std::error_code ignored;
    fs::remove_all(folder() / name_, ignored);
    return;
  }
  try {
    Admin(admin_url_).run("DROP DATABASE IF EXISTS " + name_ + " WITH (FORCE)");
  } catch (const std::exception& e) {
    ADD_FAILURE() << "the test database was not dropped: " << e.what();
  }
}

void TestDatabase::close() {
  database_.reset();
}

void TestDatabase::reopen() {
  close();
  database_ = std::make_unique<Database>(Options{.url = url_}, clock_);
}

void settle(Database& database) {
  if (!all_events_seen(database)) ADD_FAILURE() << "a transaction holds the event feed back for too long";
}

std::vector<std::string> event_lines(Database& database) {
  settle(database);
  return database.read_now([&](Session& s) {
    std::vector<std::string> out;
    const auto events = database.events_after(s, Position{}, 1'000'000);
    for (const Event& e : *events) out.push_back(e.type + ":" + std::to_string(e.subject));
    return out;
  });
}

}  // namespace luytre::store::testing
