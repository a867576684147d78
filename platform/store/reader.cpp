// The reading threads of both engines: one job, one snapshot. A read is repeated when its connection broke; it has no
// effect to double.

#include "platform/store/impl.h"

namespace luytre::store {
namespace {

constexpr int kAttempts = 3;

void run_read(Database::Impl& database, std::unique_ptr<EngineConnection>& connection, Work& work) {
  for (int attempt = 1;; ++attempt) {
    std::exception_ptr fault;
    try {
      if (!connection || !connection->lives()) {
        connection.reset();
        connection = open_connection(database.options.url, Access::kRead);
      }
      connection->begin(Access::kRead);
      Session session(*connection);
      work.job(session);
      connection->rollback();  // ends the snapshot; there is nothing to commit
      return work.done(nullptr);
    } catch (const SqlError& e) {
      fault = std::current_exception();
      if (connection) connection->rollback();
      const bool broken = e.fault == Fault::kUnavailable && (!connection || !connection->lives());
      if (broken && attempt < kAttempts) continue;
    } catch (...) {
      fault = std::current_exception();
      if (connection) connection->rollback();
    }
    return work.done(fault);
  }
}

}  // namespace

void run_reads(Database::Impl& database) {
  std::unique_ptr<EngineConnection> connection;
  for (Work work; database.reads.pop(work); work = Work{}) run_read(database, connection, work);
}

}  // namespace luytre::store
