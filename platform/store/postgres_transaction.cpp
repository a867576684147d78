// PostgreSQL: transactions, and the pipelines that save round trips at both their ends.

#include <poll.h>

#include <algorithm>
#include <cstring>
#include <utility>

#include "platform/store/postgres_connection.h"

namespace luytre::store {

// Not blocking: a server that waits for us to read its answers must not find us waiting for it to read our questions.
void PostgresConnection::open_pipeline() {
  PQsetnonblocking(connection_, 1);
  PQenterPipelineMode(connection_);
}

bool PostgresConnection::send(const char* sql) {
  return PQsendQueryParams(connection_, sql, 0, nullptr, nullptr, nullptr, nullptr, 1) == 1;
}

bool PostgresConnection::send_prepared(const std::string& statement, const PostgresParameters& parameters) {
  return PQsendQueryPrepared(connection_, statement.c_str(), parameters.count(), parameters.values(),
                             parameters.lengths(), parameters.formats(), 1) == 1;
}

// After a statement that failed the others answer PGRES_PIPELINE_ABORTED, which `check` takes for a fault like any
// other; the connection is in step again at the end.
std::vector<ResultPtr> PostgresConnection::close_pipeline(bool sent) {
  std::vector<ResultPtr> results;
  bool synced = !(sent && PQpipelineSync(connection_) == 1);
  while (!synced && lives()) {
    wait_for_socket();
    ResultPtr result(PQgetResult(connection_));
    if (result == nullptr) continue;  // the end of one statement's results
    synced = PQresultStatus(result.get()) == PGRES_PIPELINE_SYNC;
    if (!synced) results.push_back(std::move(result));
  }
  PQexitPipelineMode(connection_);
  PQsetnonblocking(connection_, 0);
  return results;
}

void PostgresConnection::wait_for_socket() {
  while (lives()) {
    const int unsent = PQflush(connection_);
    if (unsent < 0 || PQisBusy(connection_) == 0) return;
    pollfd socket{PQsocket(connection_), static_cast<short>(POLLIN | (unsent == 1 ? POLLOUT : 0)), 0};
    ::poll(&socket, 1, -1);
    if ((socket.revents & (POLLIN | POLLERR | POLLHUP)) != 0 && PQconsumeInput(connection_) == 0) return;
  }
}

void PostgresConnection::begin(Access access) {
  broken.reset();
  outbox.clear();
  late_.clear();
  begins_ = access == Access::kWrite ? "BEGIN ISOLATION LEVEL SERIALIZABLE"
                                     : "BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY";
}

void PostgresConnection::insert_at_commit(const Query& into, std::span<const Row> rows, Fault unique_means) {
  for (std::size_t from = 0; from < rows.size(); from += kInsertMost) {
    refuse_when_broken(into.name);
    parameters_.set_columns(into.name, rows.subspan(from, std::min(kInsertMost, rows.size() - from)));
    const std::string& statement = prepared_insert(into);
    late_.push_back({into.name, statement, std::move(parameters_), unique_means});
    parameters_ = PostgresParameters();
  }
}

void PostgresConnection::commit() {
  const auto late = std::exchange(late_, {});
  if (begins_ != nullptr && late.empty()) {  // nothing was done
    begins_ = nullptr;
    return;
  }
  refuse_when_broken("COMMIT");
  // Alone, so that a connection that died while it was idle is known before anything could have been committed.
  if (begins_ != nullptr) simple(std::exchange(begins_, nullptr));
  open_pipeline();
  bool sent = true;
  for (const Late& l : late) sent = sent && send_prepared(l.statement, l.parameters);
  sent = sent && send("COMMIT");
  auto results = close_pipeline(sent);
  try {
    for (std::size_t i = 0; i < late.size() && i < results.size(); ++i) {
      check(late[i].query_name, results[i].get(), late[i].unique_means);
    }
    // The server may have committed and died before it could say so.
    if (!lives()) throw CommitUnknown("the connection to PostgreSQL broke during COMMIT");
    results.resize(late.size() + 1);
    check("COMMIT", results.back().get());
  } catch (const CommitUnknown&) {
    throw;
  } catch (const SqlError&) {
    rollback();
    throw;
  }
  if (std::strcmp(PQcmdStatus(results.back().get()), "COMMIT") != 0) {
    throw SqlError(Fault::kOther, "a statement of the transaction had failed; PostgreSQL rolled it back");
  }
}

void PostgresConnection::rollback() noexcept {
  begins_ = nullptr;
  late_.clear();
  if (lives() && in_transaction()) PQclear(PQexec(connection_, "ROLLBACK"));
  broken.reset();
  outbox.clear();
}

}  // namespace luytre::store
