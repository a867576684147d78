// PostgreSQL: statements, one at a time.

#include <algorithm>
#include <cstdlib>

#include "platform/store/postgres_connection.h"
#include "platform/store/postgres_sql.h"

namespace luytre::store {
namespace {

Fault fault_of(std::string_view state) {
  if (state == "23505") return Fault::kUnique;
  if (state == "23503") return Fault::kForeignKey;
  if (state == "23514" || state == "23502") return Fault::kCheck;
  if (state == "40001" || state == "40P01") return Fault::kSerialization;
  // Connection trouble, insufficient resources (disk full), shutdown, a server that is read only or starting.
  const bool unavailable =
      state.starts_with("08") || state.starts_with("53") || state.starts_with("57P") || state == "25006";
  return unavailable ? Fault::kUnavailable : Fault::kOther;
}

Rows read_rows(const char* name, const PGresult* result) {
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

}  // namespace

void PostgresConnection::refuse_when_broken(const char* name) const {
  if (broken) throw SqlError(*broken, std::string(name) + ": an earlier statement of this transaction failed");
}

// Only the primary message: PostgreSQL's DETAIL repeats values.
void PostgresConnection::check(const char* name, const PGresult* result, Fault unique_means) {
  const auto status = PQresultStatus(result);
  if (status == PGRES_TUPLES_OK || status == PGRES_COMMAND_OK || status == PGRES_EMPTY_QUERY) return;
  const char* state = result == nullptr ? nullptr : PQresultErrorField(result, PG_DIAG_SQLSTATE);
  const char* message = result == nullptr ? nullptr : PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY);
  std::string what = std::string(name) + ": ";
  what += message != nullptr ? message : "the connection to PostgreSQL is gone";
  if (state != nullptr) what += std::string(" (") + state + ")";
  Fault fault = !lives() ? Fault::kUnavailable : fault_of(state == nullptr ? "" : state);
  if (fault == Fault::kUnique) fault = unique_means;
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
  const Prepared& known = found->second;
  if (known.source != query.sql) throw std::logic_error(std::string("two queries share the name ") + query.name);
  return &known.name;
}

// Prepares under the key that `find` has just left in key_.
const std::string& PostgresConnection::add(const Query& query, const std::string& text) {
  Prepared fresh{"s" + std::to_string(statements_.size() + 1), query.sql};
  if (begins_ != nullptr) simple(std::exchange(begins_, nullptr));
  const ResultPtr result(
      PQprepare(connection_, fresh.name.c_str(), text.c_str(), parameters_.count(), parameters_.types()));
  check(query.name, result.get());
  return statements_.emplace(key_, std::move(fresh)).first->second.name;
}

// BEGIN, if it has not been sent yet, goes with it.
ResultPtr PostgresConnection::execute_named(const char* query_name, const std::string& statement, Fault unique_means) {
  ResultPtr result;
  if (begins_ == nullptr) {
    result.reset(PQexecPrepared(connection_, statement.c_str(), parameters_.count(), parameters_.values(),
                                parameters_.lengths(), parameters_.formats(), 1));
  } else {
    open_pipeline();
    const bool sent = send(std::exchange(begins_, nullptr)) && send_prepared(statement, parameters_);
    auto results = close_pipeline(sent);
    results.resize(2);
    check("BEGIN", results[0].get());
    result = std::move(results[1]);
  }
  check(query_name, result.get(), unique_means);
  return result;
}

// Before a statement that answers: what should have waited for the commit must come first.
void PostgresConnection::prepare_to_run(const char* name) {
  refuse_when_broken(name);
  for (Late& late : std::exchange(late_, {})) {
    std::swap(parameters_, late.parameters);
    execute_named(late.query_name, late.statement, late.unique_means);
  }
}

ResultPtr PostgresConnection::execute(const Query& query, std::span<const Value> parameters) {
  prepare_to_run(query.name);
  parameters_.set(parameters);
  const std::string* known = find(Form::kAsIs, query);
  return execute_named(query.name, known != nullptr ? *known : add(query, query.sql));
}

Rows PostgresConnection::all(const Query& query, std::span<const Value> parameters) {
  const ResultPtr result = execute(query, parameters);
  return read_rows(query.name, result.get());
}

std::int64_t PostgresConnection::run(const Query& query, std::span<const Value> parameters) {
  const ResultPtr result = execute(query, parameters);
  return touched(result.get());
}

const std::string& PostgresConnection::prepared_insert(const Query& into) {
  const std::string* known = find(Form::kInsert, into);
  if (known != nullptr) return *known;
  return add(into, unnest_insert(into.name, into.sql, static_cast<std::size_t>(parameters_.count())));
}

std::int64_t PostgresConnection::insert(const Query& into, std::span<const Row> rows) {
  std::int64_t inserted = 0;
  for (std::size_t from = 0; from < rows.size(); from += kInsertMost) {
    prepare_to_run(into.name);
    parameters_.set_columns(into.name, rows.subspan(from, std::min(kInsertMost, rows.size() - from)));
    inserted += touched(execute_named(into.name, prepared_insert(into)).get());
  }
  return inserted;
}

std::vector<Rows> PostgresConnection::each(const Query& query, std::span<const Row> parameters) {
  std::vector<Rows> out(parameters.size());
  if (parameters.empty()) return out;
  prepare_to_run(query.name);
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
  constexpr std::size_t kMost = 256;  // statements in one pipeline
  for (std::size_t from = 0; from < parameters.size(); from += kMost) {
    const auto part = parameters.subspan(from, std::min(kMost, parameters.size() - from));
    // Prepared before the pipeline opens, so that inside it each statement is one message and one result.
    for (const Row& row : part) {
      parameters_.set(row);
      if (find(Form::kAsIs, query) == nullptr) add(query, query.sql);
    }
    if (begins_ != nullptr) simple(std::exchange(begins_, nullptr));
    open_pipeline();
    bool sent = true;
    for (const Row& row : part) {
      parameters_.set(row);
      sent = sent && send_prepared(*find(Form::kAsIs, query), parameters_);
    }
    auto results = close_pipeline(sent);
    results.resize(part.size());
    for (std::size_t i = 0; i < part.size(); ++i) {
      check(query.name, results[i].get());
      out[from + i] = read_rows(query.name, results[i].get());
    }
  }
}

void PostgresConnection::simple(const char* sql) {
  const ResultPtr result(PQexec(connection_, sql));
  check(sql, result.get());
}

void PostgresConnection::script(std::string_view sql) {
  prepare_to_run("script");
  if (begins_ != nullptr) simple(std::exchange(begins_, nullptr));
  const ResultPtr result(PQexec(connection_, std::string(sql).c_str()));
  check("script", result.get());
}

}  // namespace luytre::store
