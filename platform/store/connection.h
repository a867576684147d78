// What the store itself needs of an engine's connection beyond SQL: transactions, savepoints, and whether it still
// lives.
//
// Both engines behave alike after a failed statement: the transaction (or savepoint) is broken, every further statement
// throws, and the first fault is kept in `broken`, so that a closure which swallowed it is still treated rightly. Not
// thread-safe. Private to the store.

#pragma once

#include <memory>
#include <optional>
#include <string>

#include "platform/store/session.h"

namespace luytre::store {

enum class Access { kRead, kWrite };

class EngineConnection : public Connection {
 public:
  virtual void begin(Access access) = 0;
  // As insert, but it may wait for the commit, whose fault is then this one's. A duplicate key is the fault that
  // `unique_means`.
  virtual void insert_at_commit(const Query& into, std::span<const Row> rows, Fault unique_means) = 0;
  // From now on a commit is not durable when it returns: durability.h sees to that.
  virtual void commit_without_sync() = 0;
  // Throws CommitUnknown when the connection broke meanwhile; after any other SqlError the transaction is rolled back.
  virtual void commit() = 0;
  virtual void rollback() noexcept = 0;
  virtual bool in_transaction() const = 0;
  virtual bool lives() const = 0;

  std::optional<Fault> broken;
  std::int64_t epoch = 0;  // of the feed, read once per connection; 0: not yet
};

// With one savepoint, for the group commit.
class SavepointConnection : public EngineConnection {
 public:
  virtual void mark() = 0;
  virtual void release_mark() = 0;
  virtual void back_to_mark() = 0;
};

// Throws StartError when `path` cannot be a database. Readers open an existing file.
std::unique_ptr<SavepointConnection> open_sqlite(const std::string& path, Access access);

// Throws Unavailable, or StartError for what waiting cannot mend.
std::unique_ptr<EngineConnection> open_postgres(const std::string& url);

inline constexpr std::string_view kSqlitePrefix = "sqlite:";
Engine engine_of(const std::string& url);  // throws StartError for an unknown scheme
std::unique_ptr<EngineConnection> open_connection(const std::string& url, Access access);

}  // namespace luytre::store
