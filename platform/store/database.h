// Database: durable transactions over SQLite or PostgreSQL, run on store threads, awaited from coroutines.
//
// URL forms: "sqlite:/path/to/file.db" (WAL, foreign keys on; one writer thread that commits everything which queued
// during the last commit together, each closure in a savepoint; a small pool of readers) and libpq's "postgresql://…"
// (a pool of connections; transactions SERIALIZABLE, retried on serialization failure and deadlock, at most kRetries
// times). What both do about the disk is in durability.h.
//
// A closure gets a Session, may be run more than once, must own its values, and must not touch anything but the
// session. When it answers a Result that holds an Error, its writes are rolled back. `transact`, `once` and
// `Flood::submit` answer only after the commit is durable. Completion resumes on the awaiting coroutine's io_context.
// Thread-safe.
//
// Faults are exceptions (SqlError, Unavailable). Open throws StartError with a text that says what to do.

#pragma once

#include <atomic>
#include <filesystem>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <type_traits>
#include <vector>

#include "platform/base/id.h"
#include "platform/base/json.h"
#include "platform/base/result.h"
#include "platform/base/task.h"
#include "platform/base/time.h"
#include "platform/store/event.h"
#include "platform/store/migration.h"
#include "platform/store/session.h"

namespace luytre::store {

inline constexpr int kRetries = 12;  // of one transaction, after serialization failures

class StartError : public std::runtime_error {
  using std::runtime_error::runtime_error;
};

// Idempotency: who called which route with which key, and a hash of what was sent. Kept 35 days with the answer.
// A repeated call answers the stored answer; the same key with another body is kIdempotencyKeyReused; a concurrent twin
// awaits the first.
struct Once {
  std::string scope;      // 16 bytes: hash of (caller, route, key)
  std::string body_hash;  // 16 bytes
};
Once make_once(std::int64_t caller, std::string_view route, std::string_view key, std::string_view body);

struct Options {
  std::string url;
  unsigned connections = 4;  // PostgreSQL write connections; readers: as many again
};

class Database {
 public:
  // Opens without migrating. Takes a process number lease for ids, at the latest when migrated. Errors: StartError
  // (unreachable, no permission, not a database, too old a server).
  Database(Options options, const Clock& clock);
  ~Database();
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;

  Engine engine() const;
  IdMaker& ids();  // ids of this process; after migrate
  const Clock& clock() const;

  // Applies what is missing, every room in the given order, each file in its own transaction. Errors: StartError
  // (database newer than the program, applied migration changed). `apply` false: only checks, and StartError says "run
  // luytre db migrate".
  void migrate(const std::vector<std::vector<Migration>>& rooms, bool apply = true);
  // What migrate would apply, as "room/file"; empty also for a new database. For the backup before an upgrade.
  std::vector<std::string> pending(const std::vector<std::vector<Migration>>& rooms);

  // F: (Session&) -> R, R a value, a Result, or void.
  template <class F>
  auto transact(F closure) {
    return submit_typed<std::invoke_result_t<F&, Session&>>(Kind::kWrite, std::move(closure));
  }
  template <class F>
  auto read(F closure) const {
    return const_cast<Database*>(this)->submit_typed<std::invoke_result_t<F&, Session&>>(Kind::kRead,
                                                                                         std::move(closure));
  }

  // As transact, with F: (Session&) -> Result<T>, T described: at most once per `once`. An answered Error is not
  // stored.
  template <class F>
  auto once(Once key, F closure) {
    using R = std::invoke_result_t<F&, Session&>;
    auto slot = std::make_shared<Slot<R>>();
    LookUp look_up = [this, key, slot](Session& session) {
      auto earlier = find_once(session, key);
      if (!earlier) return false;
      slot->rolls_back->store(false);
      if (*earlier) {
        slot->value.emplace(replay<typename R::value_type>(**earlier));
      } else {
        slot->value.emplace(earlier->error());
      }
      return true;
    };
    auto wrapped = [this, key = std::move(key), closure = std::move(closure)](Session& session) mutable -> R {
      R answer = closure(session);
      if (answer) keep_once(session, key, json::text(*answer));
      return answer;
    };
    auto job = make_job<R>(slot, std::move(wrapped));
    return await_slot<R>(submit(Kind::kWrite, std::move(job), slot->rolls_back, std::move(look_up)), slot);
  }

  // The same from a thread that is not in the server: command line, start-up, tests. Blocks.
  template <class F>
  auto transact_now(F closure) -> std::invoke_result_t<F&, Session&> {
    return submit_now<std::invoke_result_t<F&, Session&>>(Kind::kWrite, std::move(closure));
  }
  template <class F>
  auto read_now(F closure) -> std::invoke_result_t<F&, Session&> {
    return submit_now<std::invoke_result_t<F&, Session&>>(Kind::kRead, std::move(closure));
  }

  // Events after `from`, oldest first, at most `most`. Errors: nullopt when `from` is older than the feed keeps, or of
  // an epoch that is not the present one (HTTP 410). Position{} means: from the oldest that is kept.
  std::optional<std::vector<Event>> events_after(Session& session, Position from, std::size_t most) const;
  Position newest(Session& session) const;
  // Each `wake` is called on a store thread after commits that published; it must only signal, and live as long as the
  // Database.
  void on_commit(std::function<void()> wake);

  void backup(const std::string& file);  // while running; SQLite: online backup; PostgreSQL: pg_dump custom format
  // Into an empty or replaced database that nobody has open; begins a new epoch. Errors: StartError, and then nothing
  // was changed.
  static void restore(const Options& options, const std::string& file, const Clock& clock);

  struct Figures {
    std::int64_t commits = 0;  // transactions that wrote
    std::int64_t jobs = 0;     // closures and flood batches in them
    std::int64_t retries = 0;  // after serialization failures and deadlocks
    std::int64_t waiting = 0;  // jobs that wait now
  };
  Figures figures() const;

  // Below: for the templates above, Flood and the other rooms of the store.
  using Job = std::function<void(Session&)>;
  // Finds an earlier answer of an idempotent job; true: the job need not run. PostgreSQL: before the transaction, and
  // again when the job ended in an Error or a fault, because a concurrent twin may have been the cause. SQLite: in the
  // transaction.
  using LookUp = std::function<bool(Session&)>;
  enum class Kind { kWrite, kRead };

  struct Impl;
  Impl& impl() { return *impl_; }

  // Runs the job; resumes the caller after the commit. `rolls_back` is read after the job: true means roll back
  // instead.
  Task<void> submit(Kind kind, Job job, std::shared_ptr<std::atomic<bool>> rolls_back, LookUp look_up = {});
  void submit_blocking(Kind kind, Job job, std::shared_ptr<std::atomic<bool>> rolls_back);

  std::optional<Result<std::string>> find_once(Session& session, const Once& key);
  void keep_once(Session& session, const Once& key, const std::string& answer);

  template <class T>
  static Result<T> replay(const std::string& answer) {
    if constexpr (std::is_same_v<T, Done>) {
      return Done{};
    } else {
      return json::parse<T>(answer, json::Reader::Of::kKept);
    }
  }

 private:
  template <class R>
  struct Slot {
    std::optional<R> value;
    std::shared_ptr<std::atomic<bool>> rolls_back = std::make_shared<std::atomic<bool>>(false);
  };

  template <class R, class F>
  static Job make_job(std::shared_ptr<Slot<R>> slot, F closure) {
    auto owned = std::make_shared<F>(std::move(closure));
    return [slot, owned](Session& session) {
      slot->rolls_back->store(false);
      slot->value.emplace((*owned)(session));
      if constexpr (kIsResult<R>) slot->rolls_back->store(!slot->value->ok());
    };
  }

  template <class R, class F>
  auto submit_typed(Kind kind, F closure) {
    if constexpr (std::is_void_v<R>) {
      auto wrapped = [closure = std::move(closure)](Session& s) mutable {
        closure(s);
        return Done{};
      };
      auto slot = std::make_shared<Slot<Done>>();
      auto job = make_job<Done>(slot, std::move(wrapped));
      return submit(kind, std::move(job), slot->rolls_back);
    } else {
      auto slot = std::make_shared<Slot<R>>();
      auto job = make_job<R>(slot, std::move(closure));
      return await_slot<R>(submit(kind, std::move(job), slot->rolls_back), slot);
    }
  }

  template <class R>
  static Task<R> await_slot(Task<void> done, std::shared_ptr<Slot<R>> slot) {
    co_await std::move(done);
    co_return std::move(*slot->value);
  }

  template <class R, class F>
  R submit_now(Kind kind, F closure) {
    if constexpr (std::is_void_v<R>) {
      Job job = [owned = std::make_shared<F>(std::move(closure))](Session& s) { (*owned)(s); };
      submit_blocking(kind, std::move(job), std::make_shared<std::atomic<bool>>(false));
    } else {
      auto slot = std::make_shared<Slot<R>>();
      submit_blocking(kind, make_job<R>(slot, std::move(closure)), slot->rolls_back);
      return std::move(*slot->value);
    }
  }

  std::unique_ptr<Impl> impl_;
};

}  // namespace luytre::store
