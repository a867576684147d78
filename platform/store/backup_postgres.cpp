// PostgreSQL: its own pg_dump and pg_restore, which know every type and version. The old schema is put aside and comes
// back when the restore fails.

#include <fcntl.h>
#include <unistd.h>

#include <filesystem>

#include "platform/store/backup.h"
#include "platform/store/connection.h"
#include "platform/store/database.h"
#include "platform/store/postgres_url.h"
#include "platform/store/program.h"

namespace luytre::store {
namespace {

namespace fs = std::filesystem;

constexpr Query kOthers{"store.other_sessions", R"(SELECT CAST(count(*) AS bigint)
FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend')"};

struct Target {
  std::string url;  // without password
  std::vector<std::pair<std::string, std::string>> environment;
};

Target target_of(const std::string& url) {
  auto parts = parse_postgres_url(url);
  if (!parts)
    throw StartError("the database URL is not one that PostgreSQL understands: postgresql://USER@HOST:PORT/DATABASE");
  Target target;
  if (const auto password = parts->find("password"); password != parts->end()) {
    target.environment.emplace_back("PGPASSWORD", password->second);
    parts->erase(password);
  }
  target.url = postgres_url(*parts);
  return target;
}

void run_or_throw(const std::vector<std::string>& arguments, const Target& target) {
  const ProgramResult result = run_program(arguments, target.environment);
  if (result.status == 0) return;
  if (result.status == 127)
    throw Unavailable(arguments.front() + " is not installed here: it comes with postgresql-client");
  throw Unavailable(arguments.front() + " failed: " + result.errors);
}

}  // namespace

void backup_postgres(const std::string& url, const std::string& file) {
  const Target target = target_of(url);
  const std::string part = file + ".part";
  // Made here, so that at no time anybody but its owner can read it; pg_dump writes into what is there.
  fs::remove(part);
  const int made = ::open(part.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (made < 0)
    throw Unavailable("cannot make the file " + part + "; does its folder exist, and may this user write there?");
  ::close(made);
  run_or_throw(
      {"pg_dump", "--format=custom", "--no-owner", "--no-privileges", "--file=" + part, "--dbname=" + target.url},
      target);
  make_durable(part);
  fs::rename(part, file);
  make_durable(file);
}

void restore_postgres(const std::string& url, const std::string& file, Instant now) {
  if (!fs::exists(file)) throw StartError("there is no backup file " + file);
  const Target target = target_of(url);
  if (run_program({"pg_restore", "--list", file}, {}).status != 0) {
    throw StartError("the file " + file +
                     " is not a PostgreSQL backup of this program (or pg_restore is not installed)");
  }
  const auto connection = open_postgres(url);
  Session session(*connection);
  if (session.value<std::int64_t>(kOthers) != 0) {
    throw StartError("somebody else is connected to the database. Stop every server that uses it, then restore");
  }
  const std::int64_t replaced = epoch_of(*connection);
  connection->script(
      "DROP SCHEMA IF EXISTS before_restore CASCADE; ALTER SCHEMA public RENAME TO before_restore; CREATE SCHEMA "
      "public");
  try {
    run_or_throw({"pg_restore", "--exit-on-error", "--single-transaction", "--no-owner", "--no-privileges",
                  "--dbname=" + target.url, file},
                 target);
    connection->begin(Access::kWrite);
    begin_epoch(*connection, replaced, now);
    connection->commit();
  } catch (...) {
    connection->rollback();
    connection->script("DROP SCHEMA public CASCADE; ALTER SCHEMA before_restore RENAME TO public");
    throw;
  }
  connection->script("DROP SCHEMA before_restore CASCADE");
}

}  // namespace luytre::store
