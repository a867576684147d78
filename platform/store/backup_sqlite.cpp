// SQLite: the online backup interface, in one step, which holds a reader's snapshot and keeps no writer waiting.

#include <fcntl.h>
#include <sqlite3.h>
#include <unistd.h>

#include <filesystem>
#include <memory>

#include "platform/store/backup.h"
#include "platform/store/connection.h"
#include "platform/store/database.h"

namespace luytre::store {
namespace {

namespace fs = std::filesystem;

struct Close {
  void operator()(sqlite3* handle) const { sqlite3_close_v2(handle); }
};
using Handle = std::unique_ptr<sqlite3, Close>;

Handle open(const std::string& path, int flags) {
  sqlite3* raw = nullptr;
  const int code = sqlite3_open_v2(path.c_str(), &raw, flags | SQLITE_OPEN_NOMUTEX, nullptr);
  Handle handle(raw);
  if (code != SQLITE_OK) throw Unavailable("cannot open " + path + ": " + sqlite3_errmsg(raw));
  return handle;
}

// The first value of the answer as text; empty when there is none or it failed.
std::string ask(sqlite3* handle, const char* sql) {
  std::string out;
  sqlite3_exec(
      handle, sql,
      [](void* to, int columns, char** values, char**) {
        if (columns > 0 && values[0] != nullptr) *static_cast<std::string*>(to) = values[0];
        return 0;
      },
      &out, nullptr);
  return out;
}

// All of `from` into `to`, which only its owner may read.
void copy(const std::string& from, const std::string& to) {
  fs::remove(to);
  const int made = ::open(to.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (made < 0)
    throw Unavailable("cannot make the file " + to + "; does its folder exist, and may this user write there?");
  ::close(made);
  const Handle source = open(from, SQLITE_OPEN_READONLY);
  const Handle target = open(to, SQLITE_OPEN_READWRITE);
  sqlite3_busy_timeout(source.get(), 15'000);
  sqlite3_backup* backup = sqlite3_backup_init(target.get(), "main", source.get(), "main");
  int code = backup == nullptr ? sqlite3_errcode(target.get()) : sqlite3_backup_step(backup, -1);
  if (backup != nullptr) sqlite3_backup_finish(backup);
  if (code != SQLITE_DONE) {
    fs::remove(to);
    throw Unavailable("the copy " + to + " failed: " + sqlite3_errstr(code));
  }
  // One file, without -wal beside it; a database that is opened goes back to WAL by itself.
  if (ask(target.get(), "PRAGMA journal_mode=DELETE") != "delete")
    throw Unavailable("the copy " + to + " could not be closed");
}

// Throws when somebody else has it open: only the last one can leave WAL mode.
void require_alone(const std::string& path) {
  const Handle handle = open(path, SQLITE_OPEN_READWRITE);
  if (ask(handle.get(), "PRAGMA locking_mode=EXCLUSIVE; PRAGMA journal_mode=DELETE") == "delete") return;
  if (sqlite3_errcode(handle.get()) == SQLITE_NOTADB || sqlite3_errcode(handle.get()) == SQLITE_CORRUPT) return;
  throw StartError("the database " + path + " is in use. Stop the server, then restore");
}

std::int64_t epoch_there(const std::string& path) {
  try {
    const auto connection = open_sqlite(path, Access::kWrite);
    return epoch_of(*connection);
  } catch (const std::exception&) {
    return 0;  // what is broken is replaced
  }
}

}  // namespace

void backup_sqlite(const std::string& path, const std::string& file) {
  const std::string part = file + ".part";
  copy(path, part);
  make_durable(part);
  fs::rename(part, file);
  make_durable(file);
}

void restore_sqlite(const std::string& path, const std::string& file, Instant now) {
  if (!fs::exists(file)) throw StartError("there is no backup file " + file);
  {
    const Handle backup = open(file, SQLITE_OPEN_READONLY);
    if (ask(backup.get(), "PRAGMA quick_check") != "ok" || ask(backup.get(), "SELECT epoch FROM store_feed").empty()) {
      throw StartError("the file " + file + " is not a whole backup of an SQLite database of this program");
    }
  }
  const bool replaces = fs::exists(path) && fs::file_size(path) > 0;
  const std::int64_t replaced = replaces ? epoch_there(path) : 0;
  if (replaces) require_alone(path);
  const std::string part = path + ".restoring";
  copy(file, part);
  {
    const auto connection = open_sqlite(part, Access::kWrite);
    connection->begin(Access::kWrite);
    begin_epoch(*connection, replaced, now);
    connection->commit();
  }  // the last to close it writes the WAL back
  make_durable(part);
  for (const char* beside : {"-wal", "-shm"}) fs::remove(path + beside);  // of a database that was broken
  fs::rename(part, path);
  make_durable(path);
}

}  // namespace luytre::store
