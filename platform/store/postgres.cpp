// The PostgreSQL connection: libpq with binary parameters and results, statements prepared once per name and parameter
// types.

#include <libpq-fe.h>
#include <poll.h>

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <unordered_map>

#include "platform/store/connection.h"
#include "platform/store/database.h"
#include "platform/store/postgres_sql.h"
#include "platform/store/postgres_url.h"
#include "platform/store/postgres_values.h"

namespace luytre::store {
namespace {

constexpr int kOldestServer = 150000;
constexpr std::size_t kInsertMost = 8192;   // rows in one statement: bounds memory
constexpr std::size_t kPipelineMost = 256;  // statements in one pipeline

struct ResultDeleter {
  void operator()(PGresult* r) const { PQclear(r); }
};
using ResultPtr = std::unique_ptr<PGresult, ResultDeleter>;

Fault fault_of(std::string_view state) {
  if (state == "23505") return Fault::kUnique;
  if (state == "23503") return Fault::kForeignKey;
  if (state == "23514" || state == "23502") return Fault::kCheck;
  if (state == "40001" || state == "40P01") return Fault::kSerialization;
  // Connection trouble, insufficient resources (disk full), shutdown, a server that is read only or starting.
  if (state.starts_with("08") || state.starts_with("53") || state.starts_with("57P") || state == "25006")
    return Fault::kUnavailable;
  return Fault::kOther;
}

struct Prepared {
  std::string name;
  std::string source;
  const char* seen = nullptr;  // the address of the source last seen, to compare quickly
};

class PostgresConnection final : public EngineConnection {
 public:
  explicit PostgresConnection(PGconn* connection) : connection_(connection) {}
  ~PostgresConnection() override { PQfinish(connection_); }

  Engine engine() const override { return Engine::kPostgres; }
  Rows all(const Query& query, std::span<const Value> parameters) override;
  std::int64_t run(const Query& query, std::span<const Value> parameters) override;
  std::vector<Rows> each(const Query& query, std::span<const Row> parameters) override;
  std::int64_t insert(const Query& into, std::span<const Row> rows) override;
  void script(std::string_view sql) override;

  void begin(Access access) override;
  void commit() override;
  void rollback() noexcept override;
  bool in_transaction() const override { return PQtransactionStatus(connection_) != PQTRANS_IDLE; }
  bool lives() const override { return PQstatus(connection_) == CONNECTION_OK; }
  void mark() override { simple("SAVEPOINT job"); }
  void release_mark() override { simple("RELEASE SAVEPOINT job"); }
  void back_to_mark() override;

 private:
  enum class Form : char { kAsIs = 'q', kInsert = 'i', kEach = 'e' };

  const std::string* find(Form form, const Query& query);
  const std::string& add(const Query& query, const std::string& text);
  ResultPtr execute(const Query& query, std::span<const Value> parameters);
  ResultPtr execute_named(const char* query_name, const std::string& statement);
  void check(const char* name, const PGresult* result);
  Rows read_rows(const char* name, const PGresult* result);
  void simple(const char* sql);
  void refuse_when_broken(const char* name) const;
  bool each_lateral(const Query& query, std::span<const Row> parameters, std::vector<Rows>& out);
  void each_pipelined(const Query& query, std::span<const Row> parameters, std::vector<Rows>& out);
  void read_pipeline(const Query& query, std::span<Rows> out);
  void wait_for_socket();

  PGconn* connection_;
  PostgresParameters parameters_;
  std::unordered_map<std::string, Prepared> statements_;
  std::string key_;  // reused
};

void PostgresConnection::refuse_when_broken(const char* name) const {
  if (broken) throw SqlError(*broken, std::string(name) + ": an earlier statement of this transaction failed");
}

// Only the primary message and the constraint: PostgreSQL's DETAIL repeats values.
void PostgresConnection::check(const char* name, const PGresult* result) {
  const auto status = PQresultStatus(result);
  if (status == PGRES_TUPLES_OK || status == PGRES_COMMAND_OK || status == PGRES_EMPTY_QUERY) return;
  const char* state = result == nullptr ? nullptr : PQresultErrorField(result, PG_DIAG_SQLSTATE);
  const char* message = result == nullptr ? nullptr : PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY);
  std::string what = std::string(name) + ": ";
  what += message != nullptr ? message : "the connection to PostgreSQL is gone";
  if (state != nullptr) what += std::string(" (") + state + ")";
  const Fault fault = !lives() ? Fault::kUnavailable : fault_of(state == nullptr ? "" : state);
  if (!broken) broken = fault;
  if (fault == Fault::kUnavailable) throw Unavailable(what);
  throw SqlError(fault, what);
}

// The prepared statement of this query for the types that parameters_ now holds, if there is one.
const std::string* PostgresConnection::find(Form form, const Query& query) {
  key_.assign(1, static_cast<char>(form));
  key_ += query.name;
  key_ += '/';
  parameters_.append_signature(key_);
  const auto found = statements_.find(key_);
  if (found == statements_.end()) return nullptr;
  Prepared& known = found->second;
  if (known.seen != query.sql) {
    if (known.source != query.sql) throw std::logic_error(std::string("two queries share the name ") + query.name);
    known.seen = query.sql;
  }
  return &known.name;
}

// Prepares under the key that `find` has just left in key_.
const std::string& PostgresConnection::add(const Query& query, const std::string& text) {
  Prepared fresh{"s" + std::to_string(statements_.size() + 1), query.sql, query.sql};
  const ResultPtr result(
      PQprepare(connection_, fresh.name.c_str(), text.c_str(), parameters_.count(), parameters_.types()));
  check(query.name, result.get());
  return statements_.emplace(key_, std::move(fresh)).first->second.name;
}

ResultPtr PostgresConnection::execute_named(const char* query_name, const std::string& statement) {
  ResultPtr result(PQexecPrepared(connection_, statement.c_str(), parameters_.count(), parameters_.values(),
                                  parameters_.lengths(), parameters_.formats(), 1));
  check(query_name, result.get());
  return result;
}

ResultPtr PostgresConnection::execute(const Query& query, std::span<const Value> parameters) {
  refuse_when_broken(query.name);
  parameters_.set(parameters);
  const std::string* known = find(Form::kAsIs, query);
  return execute_named(query.name, known != nullptr ? *known : add(query, query.sql));
}

Rows PostgresConnection::read_rows(const char* name, const PGresult* result) {
  const int count = PQntuples(result);
  const int columns = PQnfields(result);
  Rows rows(static_cast<std::size_t>(count));
  for (int i = 0; i < count; ++i) {
    Row& row = rows[static_cast<std::size_t>(i)];
    row.reserve(static_cast<std::size_t>(columns));
    for (int j = 0; j < columns; ++j) row.push_back(read_postgres(result, i, j, name));
  }
  return rows;
}

std::int64_t touched(PGresult* result) {
  const char* count = PQcmdTuples(result);
  return *count == '\0' ? 0 : std::strtoll(count, nullptr, 10);
}

Rows PostgresConnection::all(const Query& query, std::span<const Value> parameters) {
  const ResultPtr result = execute(query, parameters);
  return read_rows(query.name, result.get());
}

std::int64_t PostgresConnection::run(const Query& query, std::span<const Value> parameters) {
  const ResultPtr result = execute(query, parameters);
  return touched(result.get());
}

std::int64_t PostgresConnection::insert(const Query& into, std::span<const Row> rows) {
  std::int64_t inserted = 0;
  for (std::size_t from = 0; from < rows.size(); from += kInsertMost) {
    refuse_when_broken(into.name);
    parameters_.set_columns(into.name, rows.subspan(from, std::min(kInsertMost, rows.size() - from)));
    const std::string* known = find(Form::kInsert, into);
    const ResultPtr result = execute_named(
        into.name, known != nullptr
                       ? *known
                       : add(into, unnest_insert(into.name, into.sql, static_cast<std::size_t>(parameters_.count()))));
    inserted += touched(result.get());
  }
  return inserted;
}

std::vector<Rows> PostgresConnection::each(const Query& query, std::span<const Row> parameters) {
  std::vector<Rows> out(parameters.size());
  if (parameters.empty()) return out;
  refuse_when_broken(query.name);
  if (!each_lateral(query, parameters, out)) each_pipelined(query, parameters, out);
  return out;
}

bool PostgresConnection::each_lateral(const Query& query, std::span<const Row> parameters, std::vector<Rows>& out) {
  if (parameters.front().empty()) return false;
  parameters_.set_columns(query.name, parameters);
  const std::string* statement = find(Form::kEach, query);
  if (statement == nullptr) {
    const auto text = unnest_select(query.sql, static_cast<std::size_t>(parameters_.count()));
    if (!text) return false;
    statement = &add(query, *text);
  }
  const ResultPtr result = execute_named(query.name, *statement);
  const int count = PQntuples(result.get());
  const int columns = PQnfields(result.get());
  for (int i = 0; i < count; ++i) {
    const auto number = std::get<std::int64_t>(read_postgres(result.get(), i, 0, query.name));
    Row row;
    row.reserve(static_cast<std::size_t>(columns));
    for (int j = 1; j < columns; ++j) row.push_back(read_postgres(result.get(), i, j, query.name));
    out[static_cast<std::size_t>(number - 1)].push_back(std::move(row));
  }
  return true;
}

void PostgresConnection::each_pipelined(const Query& query, std::span<const Row> parameters, std::vector<Rows>& out) {
  for (std::size_t from = 0; from < parameters.size(); from += kPipelineMost) {
    const std::size_t count = std::min(kPipelineMost, parameters.size() - from);
    // Prepared before the pipeline opens, so that inside it each statement is one message and one result.
    for (std::size_t i = from; i < from + count; ++i) {
      parameters_.set(parameters[i]);
      if (find(Form::kAsIs, query) == nullptr) add(query, query.sql);
    }
    // Not blocking: a server that waits for us to read its answers must not find us waiting for it to read our
    // questions.
    PQsetnonblocking(connection_, 1);
    bool sent = PQenterPipelineMode(connection_) == 1;
    for (std::size_t i = from; sent && i < from + count; ++i) {
      parameters_.set(parameters[i]);
      const std::string* name = find(Form::kAsIs, query);
      sent = PQsendQueryPrepared(connection_, name->c_str(), parameters_.count(), parameters_.values(),
                                 parameters_.lengths(), parameters_.formats(), 1) == 1;
    }
    sent = sent && PQpipelineSync(connection_) == 1;
    if (!sent) {
      broken = Fault::kUnavailable;
      throw Unavailable(std::string(query.name) + ": the connection to PostgreSQL is gone");
    }
    read_pipeline(query, std::span(out).subspan(from, count));
    PQexitPipelineMode(connection_);
    PQsetnonblocking(connection_, 0);
    refuse_when_broken(query.name);
  }
}

// Reads one result per statement and the sync. After a failed statement the rest come as "aborted"; the first fault is
// thrown at the end, when the connection is in step again.
void PostgresConnection::read_pipeline(const Query& query, std::span<Rows> out) {
  std::exception_ptr first;
  std::size_t answered = 0;
  for (bool synced = false; !synced;) {
    wait_for_socket();
    const ResultPtr result(PQgetResult(connection_));
    if (!lives()) {
      broken = Fault::kUnavailable;
      throw Unavailable(std::string(query.name) + ": the connection to PostgreSQL is gone");
    }
    if (result == nullptr) {  // the end of one statement's results
      ++answered;
      continue;
    }
    synced = PQresultStatus(result.get()) == PGRES_PIPELINE_SYNC;
    if (synced || first) continue;
    try {
      check(query.name, result.get());
      if (answered < out.size()) out[answered] = read_rows(query.name, result.get());
    } catch (...) {
      first = std::current_exception();
    }
  }
  if (first) {
    PQexitPipelineMode(connection_);
    PQsetnonblocking(connection_, 0);
    std::rethrow_exception(first);
  }
}

void PostgresConnection::wait_for_socket() {
  while (lives()) {
    const int unsent = PQflush(connection_);
    if (unsent < 0) return;
    if (PQisBusy(connection_) == 0) return;
    pollfd socket{PQsocket(connection_), static_cast<short>(POLLIN | (unsent == 1 ? POLLOUT : 0)), 0};
    ::poll(&socket, 1, -1);
    if ((socket.revents & (POLLIN | POLLERR | POLLHUP)) != 0 && PQconsumeInput(connection_) == 0) return;
  }
}

void PostgresConnection::simple(const char* sql) {
  const ResultPtr result(PQexec(connection_, sql));
  check(sql, result.get());
}

void PostgresConnection::script(std::string_view sql) {
  refuse_when_broken("script");
  const ResultPtr result(PQexec(connection_, std::string(sql).c_str()));
  check("script", result.get());
}

void PostgresConnection::begin(Access access) {
  broken.reset();
  outbox.clear();
  simple(access == Access::kWrite ? "BEGIN ISOLATION LEVEL SERIALIZABLE"
                                  : "BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY");
}

void PostgresConnection::commit() {
  const ResultPtr result(PQexec(connection_, "COMMIT"));
  // The server may have committed and died before it could say so.
  if (!lives()) throw CommitUnknown("the connection to PostgreSQL broke during COMMIT");
  try {
    check("COMMIT", result.get());
  } catch (const SqlError&) {
    rollback();
    throw;
  }
  if (std::strcmp(PQcmdStatus(result.get()), "COMMIT") != 0) {
    const Fault fault = broken.value_or(Fault::kOther);
    broken.reset();
    throw SqlError(fault, "a statement of the transaction had failed; PostgreSQL rolled it back");
  }
}

void PostgresConnection::rollback() noexcept {
  if (lives() && in_transaction()) PQclear(PQexec(connection_, "ROLLBACK"));
  broken.reset();
  outbox.clear();
}

void PostgresConnection::back_to_mark() {
  broken.reset();
  outbox.clear();
  simple("ROLLBACK TO SAVEPOINT job");
  simple("RELEASE SAVEPOINT job");
}

constexpr const char* kSettings =
    // A process that hangs inside a transaction must not hold back the event feed for ever.
    "SET idle_in_transaction_session_timeout = '120s';"
    // Data are in memory or on an SSD; narrow index scans also keep predicate locks, and so false conflicts, few.
    "SET random_page_cost = 1.1;"
    "SET jit = off;"
    "SET client_min_messages = warning";

// Where it is, for texts: never the password.
std::string place_of(const PostgresParts& parts) {
  const auto part = [&](const char* keyword, const char* otherwise) {
    const auto found = parts.find(keyword);
    return found == parts.end() ? std::string(otherwise) : found->second;
  };
  return part("host", "the local socket") + ":" + part("port", "5432") + ", database \"" +
         part("dbname", "of that user") + "\"";
}

}  // namespace

std::unique_ptr<EngineConnection> open_postgres(const std::string& url) {
  const auto parts = parse_postgres_url(url);
  if (!parts)
    throw StartError("the database URL is not one that PostgreSQL understands: postgresql://USER@HOST:PORT/DATABASE");
  const char* keywords[] = {"connect_timeout", "keepalives_idle",           "dbname",
                            "client_encoding", "fallback_application_name", nullptr};
  const char* values[] = {"10", "30", url.c_str(), "UTF8", "luytre", nullptr};
  PGconn* raw = PQconnectdbParams(keywords, values, 1);
  auto connection = std::make_unique<PostgresConnection>(raw);
  if (!connection->lives()) {
    std::string why = PQerrorMessage(raw);
    if (const auto password = parts->find("password"); password != parts->end() && !password->second.empty()) {
      for (std::size_t at = 0; (at = why.find(password->second, at)) != std::string::npos;)
        why.replace(at, password->second.size(), "***");
    }
    while (!why.empty() && why.back() == '\n') why.pop_back();
    throw Unavailable("cannot reach PostgreSQL at " + place_of(*parts) + ": " + why +
                      ". Is it running, and are host, port, user, password and database in the URL right?");
  }
  if (PQserverVersion(raw) < kOldestServer) {
    throw StartError("PostgreSQL 15 or newer is needed; the one at " + place_of(*parts) + " is " +
                     std::to_string(PQserverVersion(raw) / 10000));
  }
  const char* encoding = PQparameterStatus(raw, "server_encoding");
  if (encoding == nullptr || std::string_view(encoding) != "UTF8") {
    throw StartError("the PostgreSQL database at " + place_of(*parts) + " must be made with ENCODING 'UTF8'");
  }
  PQsetNoticeProcessor(
      raw, [](void*, const char*) {}, nullptr);  // notices may repeat values
  connection->script(kSettings);
  return connection;
}

}  // namespace luytre::store
