// The SQLite connection: statement cache, binary binding, and the fence that makes SQLite refuse what PostgreSQL would
// refuse.

#include <fcntl.h>
#include <sqlite3.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <cstring>
#include <unordered_map>

#include "platform/base/text.h"
#include "platform/store/connection.h"
#include "platform/store/database.h"

namespace luytre::store {
namespace {

constexpr int kBusyMilliseconds = 15'000;  // other processes (command line) write too

Fault fault_of(int code) {
  switch (code & 0xff) {
    case SQLITE_CONSTRAINT:
      if (code == SQLITE_CONSTRAINT_FOREIGNKEY) return Fault::kForeignKey;
      if (code == SQLITE_CONSTRAINT_CHECK || code == SQLITE_CONSTRAINT_NOTNULL) return Fault::kCheck;
      return Fault::kUnique;
    case SQLITE_FULL:
    case SQLITE_IOERR:
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
    case SQLITE_NOMEM:
    case SQLITE_CANTOPEN:
    case SQLITE_READONLY:
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
    case SQLITE_PROTOCOL:
      return Fault::kUnavailable;
    default:
      return Fault::kOther;
  }
}

struct StringHash {
  using is_transparent = void;
  std::size_t operator()(std::string_view s) const { return std::hash<std::string_view>{}(s); }
};

struct Statement {
  sqlite3_stmt* handle = nullptr;
  std::vector<std::size_t> number;  // of the parameter at each SQLite index, from 0
  bool reads_only = false;
};

class SqliteConnection final : public SavepointConnection {
 public:
  SqliteConnection(const std::string& path, Access access);
  ~SqliteConnection() override;

  Engine engine() const override { return Engine::kSqlite; }
  Rows all(const Query& query, std::span<const Value> parameters) override;
  std::int64_t run(const Query& query, std::span<const Value> parameters) override;
  std::vector<Rows> each(const Query& query, std::span<const Row> parameters) override;
  std::int64_t insert(const Query& into, std::span<const Row> rows) override;
  void script(std::string_view sql) override;

  void begin(Access access) override;
  void commit_without_sync() override { script("PRAGMA synchronous=NORMAL"); }
  void insert_at_commit(const Query& into, std::span<const Row> rows, Fault unique_means) override;
  void commit() override;
  void rollback() noexcept override;
  bool in_transaction() const override { return sqlite3_get_autocommit(handle_) == 0; }
  bool lives() const override { return true; }
  void mark() override { simple("SAVEPOINT job"); }
  void release_mark() override { simple("RELEASE job"); }
  void back_to_mark() override;

 private:
  Statement& prepare(const Query& query);
  void bind(Statement& statement, const Query& query, std::span<const Value> parameters);
  void bind_one(sqlite3_stmt* handle, int index, const Query& query, const Value& value);
  Row read_row(sqlite3_stmt* handle, int columns);
  std::int64_t step_all(Statement& statement, const Query& query, Rows* rows);
  void simple(const char* sql);
  [[noreturn]] void fail(const char* name, int code);
  void refuse_when_broken(const char* name) const;

  sqlite3* handle_ = nullptr;
  std::unordered_map<std::string, Statement, StringHash, std::equal_to<>> statements_;
};

// The file is made here and not by SQLite, so that nobody else can read it (SQLite gives -wal and -shm the same mode).
// One that is there is not opened: closing it would take away the locks that this process has on it (POSIX), and the
// next program that opens the database would, when it leaves, think itself the last and delete the WAL beneath us.
void make_private_file(const std::string& path) {
  const int file = ::open(path.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (file >= 0) ::close(file);
  if (file < 0 && (errno != EEXIST || ::access(path.c_str(), R_OK | W_OK) != 0)) {
    throw StartError("cannot open the database file " + path + ": " + std::strerror(errno) +
                     ". Does its folder exist, and may this user write there?");
  }
}

// Every allocation of SQLite would take a lock to count it; nobody asks for the counts.
void quieten_memory_statistics() {
  static const int once = sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
  static_cast<void>(once);
}

SqliteConnection::SqliteConnection(const std::string& path, Access access) {
  if (access == Access::kWrite) make_private_file(path);
  const int flags = (access == Access::kWrite ? SQLITE_OPEN_READWRITE : SQLITE_OPEN_READONLY) | SQLITE_OPEN_NOMUTEX;
  quieten_memory_statistics();
  const int opened = sqlite3_open_v2(path.c_str(), &handle_, flags, nullptr);
  const auto refuse = [&](const std::string& why) {
    sqlite3_close_v2(handle_);
    throw StartError("cannot open the database file " + path + ": " + why);
  };
  if (opened != SQLITE_OK) refuse(sqlite3_errmsg(handle_));
  sqlite3_extended_result_codes(handle_, 1);
  sqlite3_busy_timeout(handle_, kBusyMilliseconds);
  sqlite3_db_config(handle_, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  // 64 MB of cache; checkpoints of 16 MB, because a page that is hit often is then written to the file once, not many
  // times.
  const char* settings =
      access == Access::kWrite
          ? "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA cache_size=-65536;"
            "PRAGMA wal_autocheckpoint=4000; PRAGMA temp_store=MEMORY; PRAGMA trusted_schema=OFF;"
          : "PRAGMA cache_size=-32768; PRAGMA temp_store=MEMORY; PRAGMA trusted_schema=OFF; PRAGMA query_only=ON;";
  if (sqlite3_exec(handle_, settings, nullptr, nullptr, nullptr) != SQLITE_OK) {
    const int code = sqlite3_errcode(handle_);
    refuse(code == SQLITE_NOTADB ? "it is not an SQLite database. Give another file, or restore a backup"
                                 : std::string(sqlite3_errmsg(handle_)));
  }
}

SqliteConnection::~SqliteConnection() {
  for (auto& [name, statement] : statements_) sqlite3_finalize(statement.handle);
  sqlite3_close_v2(handle_);
}

void SqliteConnection::fail(const char* name, int code) {
  const Fault fault = fault_of(code);
  if (!broken) broken = fault;
  const std::string what = std::string(name) + ": " + sqlite3_errmsg(handle_);
  if (fault == Fault::kUnavailable) throw Unavailable(what);
  throw SqlError(fault, what);
}

void SqliteConnection::refuse_when_broken(const char* name) const {
  if (broken) throw SqlError(*broken, std::string(name) + ": an earlier statement of this transaction failed");
}

Statement& SqliteConnection::prepare(const Query& query) {
  const auto found = statements_.find(std::string_view(query.name));
  if (found != statements_.end()) {
    Statement& known = found->second;
    if (std::strcmp(sqlite3_sql(known.handle), query.sql) != 0) {
      throw std::logic_error(std::string("two queries share the name ") + query.name);
    }
    return known;
  }
  Statement fresh;
  const char* rest = nullptr;
  const int code = sqlite3_prepare_v3(handle_, query.sql, -1, SQLITE_PREPARE_PERSISTENT, &fresh.handle, &rest);
  if (code != SQLITE_OK) fail(query.name, code);
  if (fresh.handle == nullptr || std::string_view(rest).find_first_not_of(" \n\t;") != std::string_view::npos) {
    sqlite3_finalize(fresh.handle);
    throw std::logic_error(std::string("a query must be one statement: ") + query.name);
  }
  fresh.reads_only = sqlite3_stmt_readonly(fresh.handle) != 0;
  // SQLite numbers "$2" by first appearance, not by its digit.
  for (int i = 1; i <= sqlite3_bind_parameter_count(fresh.handle); ++i) {
    const char* name = sqlite3_bind_parameter_name(fresh.handle, i);
    std::size_t number = 0;
    if (name != nullptr && name[0] == '$') std::from_chars(name + 1, name + std::strlen(name), number);
    if (number == 0) {
      sqlite3_finalize(fresh.handle);
      throw std::logic_error(std::string("parameters must be $1, $2 …: ") + query.name);
    }
    fresh.number.push_back(number - 1);
  }
  return statements_.emplace(query.name, std::move(fresh)).first->second;
}

void SqliteConnection::bind_one(sqlite3_stmt* handle, int index, const Query& query, const Value& value) {
  int code = SQLITE_OK;
  if (const auto* integer = std::get_if<std::int64_t>(&value)) {
    code = sqlite3_bind_int64(handle, index, *integer);
  } else if (const auto* text = std::get_if<std::string>(&value)) {
    // As PostgreSQL: text is UTF-8 and holds no NUL.
    if (std::memchr(text->data(), 0, text->size()) != nullptr || !is_utf8(*text)) {
      if (!broken) broken = Fault::kOther;
      throw SqlError(Fault::kOther, std::string(query.name) + ": a text is not UTF-8, or holds NUL");
    }
    code = sqlite3_bind_text64(handle, index, text->data(), text->size(), SQLITE_STATIC, SQLITE_UTF8);
  } else if (const auto* bytes = std::get_if<Bytes>(&value)) {
    code = sqlite3_bind_blob64(handle, index, bytes->data.data(), bytes->data.size(), SQLITE_STATIC);
  } else if (const auto* boolean = std::get_if<bool>(&value)) {
    code = sqlite3_bind_int64(handle, index, *boolean ? 1 : 0);
  } else if (const auto* real = std::get_if<double>(&value)) {
    code = sqlite3_bind_double(handle, index, *real);
  } else {
    code = sqlite3_bind_null(handle, index);
  }
  if (code != SQLITE_OK) fail(query.name, code);
}

void SqliteConnection::bind(Statement& statement, const Query& query, std::span<const Value> parameters) {
  for (std::size_t i = 0; i < statement.number.size(); ++i) {
    if (statement.number[i] >= parameters.size())
      throw std::logic_error(std::string("too few parameters for ") + query.name);
    bind_one(statement.handle, static_cast<int>(i) + 1, query, parameters[statement.number[i]]);
  }
}

Row SqliteConnection::read_row(sqlite3_stmt* handle, int columns) {
  Row row;
  row.reserve(static_cast<std::size_t>(columns));
  for (int i = 0; i < columns; ++i) {
    switch (sqlite3_column_type(handle, i)) {
      case SQLITE_INTEGER:
        row.emplace_back(static_cast<std::int64_t>(sqlite3_column_int64(handle, i)));
        break;
      case SQLITE_FLOAT:
        row.emplace_back(sqlite3_column_double(handle, i));
        break;
      case SQLITE_TEXT: {
        const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(handle, i));
        row.emplace_back(std::string(text, static_cast<std::size_t>(sqlite3_column_bytes(handle, i))));
        break;
      }
      case SQLITE_BLOB: {
        const auto* bytes = static_cast<const char*>(sqlite3_column_blob(handle, i));
        const auto size = static_cast<std::size_t>(sqlite3_column_bytes(handle, i));
        row.emplace_back(Bytes{size == 0 ? std::string() : std::string(bytes, size)});
        break;
      }
      default:
        row.emplace_back(Null{Type::kInteger});
    }
  }
  return row;
}

// Steps to the end; answers how many rows were touched, or for a SELECT answered.
std::int64_t SqliteConnection::step_all(Statement& statement, const Query& query, Rows* rows) {
  const int columns = sqlite3_column_count(statement.handle);
  std::int64_t answered = 0;
  for (;;) {
    const int code = sqlite3_step(statement.handle);
    if (code == SQLITE_ROW) {
      ++answered;
      if (rows != nullptr) rows->push_back(read_row(statement.handle, columns));
      continue;
    }
    if (code == SQLITE_DONE) break;
    if (!broken) broken = fault_of(code);
    const std::string what = std::string(query.name) + ": " + sqlite3_errmsg(handle_);
    sqlite3_reset(statement.handle);
    if (fault_of(code) == Fault::kUnavailable) throw Unavailable(what);
    throw SqlError(fault_of(code), what);
  }
  sqlite3_reset(statement.handle);
  return statement.reads_only ? answered : sqlite3_changes64(handle_);
}

Rows SqliteConnection::all(const Query& query, std::span<const Value> parameters) {
  refuse_when_broken(query.name);
  Statement& statement = prepare(query);
  bind(statement, query, parameters);
  Rows rows;
  step_all(statement, query, &rows);
  return rows;
}

std::int64_t SqliteConnection::run(const Query& query, std::span<const Value> parameters) {
  refuse_when_broken(query.name);
  Statement& statement = prepare(query);
  bind(statement, query, parameters);
  return step_all(statement, query, nullptr);
}

std::vector<Rows> SqliteConnection::each(const Query& query, std::span<const Row> parameters) {
  refuse_when_broken(query.name);
  Statement& statement = prepare(query);
  std::vector<Rows> out(parameters.size());
  for (std::size_t i = 0; i < parameters.size(); ++i) {
    bind(statement, query, parameters[i]);
    step_all(statement, query, &out[i]);
  }
  return out;
}

std::int64_t SqliteConnection::insert(const Query& into, std::span<const Row> rows) {
  refuse_when_broken(into.name);
  Statement& statement = prepare(into);
  std::int64_t inserted = 0;
  for (const Row& row : rows) {
    bind(statement, into, row);
    inserted += step_all(statement, into, nullptr);
  }
  return inserted;
}

void SqliteConnection::script(std::string_view sql) {
  refuse_when_broken("script");
  const int code = sqlite3_exec(handle_, std::string(sql).c_str(), nullptr, nullptr, nullptr);
  if (code != SQLITE_OK) fail("script", code);
}

// Prepared once, like any other; also in a transaction that is broken.
void SqliteConnection::simple(const char* sql) {
  const Query query{sql, sql};
  step_all(prepare(query), query, nullptr);
}

void SqliteConnection::insert_at_commit(const Query& into, std::span<const Row> rows, Fault unique_means) {
  try {
    insert(into, rows);
  } catch (const SqlError& e) {
    if (e.fault != Fault::kUnique) throw;
    broken = unique_means;
    throw SqlError(unique_means, e.what());
  }
}

void SqliteConnection::begin(Access access) {
  broken.reset();
  outbox.clear();
  simple(access == Access::kWrite ? "BEGIN IMMEDIATE" : "BEGIN");
}

void SqliteConnection::commit() {
  try {
    simple("COMMIT");
  } catch (const SqlError&) {
    rollback();
    throw;
  }
}

void SqliteConnection::rollback() noexcept {
  if (in_transaction()) sqlite3_exec(handle_, "ROLLBACK", nullptr, nullptr, nullptr);
  broken.reset();
  outbox.clear();
}

void SqliteConnection::back_to_mark() {
  broken.reset();
  outbox.clear();
  simple("ROLLBACK TO job");
  simple("RELEASE job");
}

}  // namespace

std::unique_ptr<SavepointConnection> open_sqlite(const std::string& path, Access access) {
  return std::make_unique<SqliteConnection>(path, access);
}

}  // namespace luytre::store
