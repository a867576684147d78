// Session: SQL inside one transaction, on a store thread. Given to the closures of Database; never kept beyond them.
//
// A query is a named constant with $1… parameters (bigint, boolean, double precision, text, bytea; see value.h) and the
// same text on both engines. Not thread-safe. Constraint violations and broken SQL throw SqlError; serialization
// failures are retried by Database.

#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "platform/store/event.h"
#include "platform/store/value.h"

namespace luytre::store {

struct Query {
  const char* name;  // "visits.of_person": unique, for statement cache, metrics and errors
  const char* sql;
};

enum class Engine { kSqlite, kPostgres };

enum class Fault { kUnique, kForeignKey, kCheck, kSerialization, kUnavailable, kOther };

// After an SqlError nothing more can be done in the transaction, on either engine: let it pass, or catch it and answer
// an Error. Its text names the query and the constraint, never a value.
class SqlError : public std::runtime_error {
 public:
  SqlError(Fault fault, const std::string& what) : std::runtime_error(what), fault(fault) {}
  Fault fault;
};

// The database cannot do it now, whoever asks: disk full, server gone, not started. Nothing was written.
class Unavailable : public SqlError {
 public:
  explicit Unavailable(const std::string& what) : SqlError(Fault::kUnavailable, what) {}
};

// The connection broke while the commit was under way: it may or may not be there. Ask again with the same idempotency
// key.
class CommitUnknown : public Unavailable {
  using Unavailable::Unavailable;
};

// One engine's connection; implemented in sqlite.cpp and postgres.cpp.
class Connection {
 public:
  virtual ~Connection() = default;
  virtual Engine engine() const = 0;
  virtual Rows all(const Query& query, std::span<const Value> parameters) = 0;
  virtual std::int64_t run(const Query& query, std::span<const Value> parameters) = 0;
  // The query once per parameter row, in one round trip where the engine can; answers in order.
  virtual std::vector<Rows> each(const Query& query, std::span<const Row> parameters) = 0;
  // A one-row INSERT for many rows (PostgreSQL: rewritten to one statement with unnest; SQLite: a prepared statement,
  // stepped). Answers how many rows were inserted.
  virtual std::int64_t insert(const Query& into, std::span<const Row> rows) = 0;
  virtual void script(std::string_view sql) = 0;  // several statements, no parameters: migrations

  // What was published in this transaction; Database writes it just before the commit, all in one statement.
  std::vector<NewEvent> outbox;
};

class Session {
 public:
  explicit Session(Connection& connection) : connection_(connection) {}
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;

  template <class T, class... A>
  std::vector<T> all(const Query& query, const A&... arguments) {
    std::vector<T> out;
    for (const Row& row : rows(query, {to_value(arguments)...})) out.push_back(from_row<T>(row));
    return out;
  }

  // The first row, if any.
  template <class T, class... A>
  std::optional<T> one(const Query& query, const A&... arguments) {
    const Rows found = rows(query, {to_value(arguments)...});
    if (found.empty()) return std::nullopt;
    return from_row<T>(found.front());
  }

  // A single value that must be there: count, max, exists.
  template <class T, class... A>
  T value(const Query& query, const A&... arguments) {
    auto found = one<T>(query, arguments...);
    if (!found) throw std::runtime_error(std::string("no row: ") + query.name);
    return std::move(*found);
  }

  // INSERT, UPDATE, DELETE; answers how many rows were touched.
  template <class... A>
  std::int64_t run(const Query& query, const A&... arguments) {
    const std::vector<Value> values{to_value(arguments)...};
    return connection_.run(query, values);
  }

  // The query once per parameter row, answers in the order of the rows; for floods. On PostgreSQL a SELECT becomes one
  // statement (the rows unnested, the query LATERAL to them), anything else is pipelined.
  template <class T>
  std::vector<std::vector<T>> each(const Query& query, std::span<const Row> parameters) {
    std::vector<std::vector<T>> out;
    for (const Rows& found : connection_.each(query, parameters)) {
      auto& list = out.emplace_back();
      for (const Row& row : found) list.push_back(from_row<T>(row));
    }
    return out;
  }

  // `into` is an ordinary `INSERT INTO t (a, b) VALUES ($1, $2) [ON CONFLICT …]` of one row; many rows at the speed of
  // the engine. The tuple may mix parameters, literals and expressions; the tail may not use parameters, and with DO
  // UPDATE no two rows may conflict with each other.
  std::int64_t insert(const Query& into, std::span<const Row> many) {
    return many.empty() ? 0 : connection_.insert(into, many);
  }

  // Writes an event into the feed, in this transaction.
  void publish(const NewEvent& event) { publish(std::span<const NewEvent>(&event, 1)); }
  void publish(std::span<const NewEvent> events);

  Engine engine() const { return connection_.engine(); }
  Connection& connection() { return connection_; }

 private:
  Rows rows(const Query& query, std::vector<Value> values) { return connection_.all(query, values); }
  Connection& connection_;
};

}  // namespace luytre::store
