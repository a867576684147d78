// Inside of Database. Private to the store.

#pragma once

#include <mutex>
#include <thread>
#include <vector>

#include "platform/store/connection.h"
#include "platform/store/durability.h"
#include "platform/store/lease.h"
#include "platform/store/passage.h"
#include "platform/store/work.h"

namespace luytre::store {

struct Database::Impl {
  Impl(Options options, const Clock& clock);

  // Inside a transaction of `connection`, after a job that succeeded: writes what it published.
  void write_outbox(EngineConnection& connection);
  void committed(bool published);  // and durable

  void start();
  void stop();

  Options options;
  std::atomic<bool> group_commit{true};  // one_by_one.h
  const Clock& clock;
  Engine engine;
  ProcessLease lease;
  WorkQueue writes;
  WorkQueue reads;
  std::unique_ptr<Durability> durability;
  std::vector<std::thread> threads;

  Passage passage;  // of PostgreSQL's writers

  std::mutex wake_mutex;
  std::vector<std::function<void()>> wakes;

  std::atomic<std::int64_t> commits{0};
  std::atomic<std::int64_t> jobs{0};
  std::atomic<std::int64_t> retries{0};
};

// Loops of the store threads; each returns when its queue is closed and empty.
void run_group_commits(Database::Impl& database,
                       std::unique_ptr<SavepointConnection> connection);  // SQLite's one writer
void run_serializable(Database::Impl& database,
                      std::unique_ptr<EngineConnection> connection);  // one of PostgreSQL's; null: connect
void run_reads(Database::Impl& database);

}  // namespace luytre::store
