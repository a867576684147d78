// The process number that makes ids unique: leased from store_process, renewed while the process lives.
//
// A number is ours while its row holds our random holder. Whoever takes a number over needs the lease to have run out,
// and takes the one that ran out longest ago; so a process that slept through its lease nearly always finds its number
// still its own, and when not, it writes nothing any more. Every write asks `check` first, so no id of a lost number is
// ever committed. Times are of the database's machine (PostgreSQL) or this one (SQLite), not of the passed-in Clock:
// other processes do not share that. Thread-safe.

#pragma once

#include <atomic>
#include <filesystem>
#include <memory>
#include <mutex>
#include <string>

#include "platform/store/connection.h"
#include "platform/store/database.h"

namespace luytre::store {

class ProcessLease {
 public:
  static constexpr std::int64_t kSeconds = 300;
  static constexpr std::int64_t kRenewAfter = 60;
  static constexpr std::int64_t kMargin = 60;  // no write begins so near to the end

  // In a transaction of its own; nothing happens when it is taken already, or the table is not there yet (not
  // migrated).
  void take(EngineConnection& connection);
  bool taken() const { return ids_.load() != nullptr; }
  IdMaker& ids() const;  // throws std::logic_error before `take`

  // Outside a transaction, before one that writes: renews when it is about time. Throws Unavailable when the number is
  // lost.
  void check(EngineConnection& connection);
  void renew_now() { renew_at_ = 0; }  // at the next check
  void give_back(EngineConnection& connection) noexcept;

 private:
  bool try_take(EngineConnection& connection);
  void renew(EngineConnection& connection);

  std::mutex mutex_;
  std::unique_ptr<IdMaker> made_;
  std::atomic<IdMaker*> ids_{nullptr};
  std::int64_t number_ = -1;
  std::string holder_;
  std::atomic<std::int64_t> renew_at_{0};  // on lease_clock()
  std::int64_t ends_at_ = 0;               // on lease_clock()
};

// Who takes leases by name: sixteen random bytes. With a folder they are kept in its file `holder`, so that the process
// that follows a killed one there finds its leases its own and need not wait for their end. The file is locked (flock)
// while we live: another process in the same folder, or one without any, has bytes of its own. A folder copied to
// another machine makes two holders of the same bytes, who get in each other's way and do no harm: what is done under
// such a lease is safe without it. Errors: std::system_error.
class Holder {
 public:
  explicit Holder(const std::filesystem::path& folder = {});
  ~Holder();
  Holder(const Holder&) = delete;
  Holder& operator=(const Holder&) = delete;

  const Bytes& bytes() const { return bytes_; }

 private:
  Bytes bytes_;
  int file_ = -1;
};

// Seconds that count on while the machine sleeps.
std::int64_t lease_clock();
// Now, on the clock that all processes of this database share.
std::int64_t shared_now(Connection& connection);
// Takes or renews the lease of `name` (store_lease) for `holder`, within a write transaction. False: somebody else has
// it.
bool hold_lease(Session& session, std::string_view name, const Bytes& holder, std::int64_t seconds);
void release_lease(Session& session, std::string_view name, const Bytes& holder);

}  // namespace luytre::store
