// The PostgreSQL connection: libpq with binary parameters and results, statements prepared once per name and parameter
// types. Few round trips: BEGIN travels with the first statement, what `insert_at_commit` was given with the COMMIT.
//
// Private to the store.

#pragma once

#include <libpq-fe.h>

#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "platform/store/connection.h"
#include "platform/store/postgres_values.h"

namespace luytre::store {

struct ResultDeleter {
  void operator()(PGresult* r) const { PQclear(r); }
};
using ResultPtr = std::unique_ptr<PGresult, ResultDeleter>;

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
  void commit_without_sync() override { script("SET synchronous_commit = off"); }
  void insert_at_commit(const Query& into, std::span<const Row> rows, Fault unique_means) override;
  void commit() override;
  void rollback() noexcept override;
  bool in_transaction() const override { return PQtransactionStatus(connection_) != PQTRANS_IDLE; }
  bool lives() const override { return PQstatus(connection_) == CONNECTION_OK; }

 private:
  static constexpr std::size_t kInsertMost = 8192;  // rows in one statement: bounds memory

  enum class Form : char { kAsIs = 'q', kInsert = 'i', kEach = 'e' };

  struct Prepared {
    std::string name;
    std::string source;
  };

  // Waits for COMMIT. Owns its parameters.
  struct Late {
    const char* query_name;
    std::string statement;
    PostgresParameters parameters;
    Fault unique_means;
  };

  const std::string* find(Form form, const Query& query);
  const std::string& add(const Query& query, const std::string& text);
  const std::string& prepared_insert(const Query& into);
  ResultPtr execute(const Query& query, std::span<const Value> parameters);
  ResultPtr execute_named(const char* query_name, const std::string& statement, Fault unique_means = Fault::kUnique);
  void check(const char* name, const PGresult* result, Fault unique_means = Fault::kUnique);
  void simple(const char* sql);
  void prepare_to_run(const char* name);
  void refuse_when_broken(const char* name) const;
  bool each_lateral(const Query& query, std::span<const Row> parameters, std::vector<Rows>& out);
  void each_pipelined(const Query& query, std::span<const Row> parameters, std::vector<Rows>& out);

  // A pipeline: open, some sends, close. Closing answers one result per statement, fewer when the connection broke.
  void open_pipeline();
  bool send(const char* sql);
  bool send_prepared(const std::string& statement, const PostgresParameters& parameters);
  std::vector<ResultPtr> close_pipeline(bool sent);
  void wait_for_socket();

  PGconn* connection_;
  PostgresParameters parameters_;
  std::unordered_map<std::string, Prepared> statements_;
  std::string key_;               // reused
  const char* begins_ = nullptr;  // BEGIN …, not yet sent
  std::vector<Late> late_;
};

}  // namespace luytre::store
