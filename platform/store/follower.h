// Follower: reacts to the event feed, from its own stored position, at least once, in order.
//
// `handle` runs in the same transaction that stores the position, so effect and position move together; it may run
// again after a fault and must not await anything. `after` (optional) runs on the follower's thread once the
// transaction is durable: to wake something in this process. It is lost when the process dies in between; what must
// leave the database for certain is a row that `handle` writes. `before` (optional) runs on that thread before each
// transaction, with the events that it is about to handle: for long work while nobody waits to write. It has no
// transaction; `handle` looks in its own whether what was prepared still holds, and does without. A follower that keeps
// failing on one event waits longer each time (1 s … 5 min), logs, and is visible in its figures; it never skips. A new
// follower begins with the oldest event that is kept. Only one process runs a follower at a time (a lease row), and a
// batch whose position another has moved is rolled back, so several nodes are safe.

#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "platform/store/database.h"

namespace luytre::store {

struct Following {
  std::string name;                // "tracing.cases": identifies the stored position
  std::vector<std::string> types;  // empty: all
  std::function<void(Session&, const Event&)> handle;
  std::function<void(const Event&)> after;
  std::function<void(std::span<const Event>)> before = {};
};

class Followers {
 public:
  // `folder`: the data directory of this node. A process killed in it leaves its turn to the next one there at once;
  // without, the next one waits until the lease has run out (20 s).
  explicit Followers(Database& database, const std::filesystem::path& folder = {});
  ~Followers();                   // stops and waits
  void add(Following following);  // before start
  void start();                   // one thread for all
  // Tests and command line: handles all that is there now, and what that publishes, on this thread; not while started.
  // Throws what `handle` throws.
  void drain();

  struct Figures {
    std::string name;
    std::int64_t failures = 0;  // in a row, on the event where it stands
    std::int64_t handled = 0;   // events, since the start
    std::int64_t behind = 0;    // seconds since the event where it stands happened; 0: at the end
  };
  std::vector<Figures> figures() const;

  struct Impl;

 private:
  std::unique_ptr<Impl> impl_;
};

// Jobs that run by the clock (retention, reminders, escalation): `run` in the transaction that also stores when it ran,
// so on one node at a time, and not again when it succeeded. A job that throws is rolled back, logged, and tried again
// a minute later. The first run is at once. Large work goes in portions, a portion a run: a transaction must stay
// short. `before` (optional) runs on the same thread before each transaction, perhaps on several nodes: as a
// follower's. The store's own retention (events and idempotency answers, 35 days) is in every Schedule.
struct Recurring {
  std::string name;  // "visits.retention"
  std::chrono::seconds every;
  std::function<void(Session&)> run;
  std::function<void()> before = {};
};

class Schedule {
 public:
  explicit Schedule(Database& database);
  ~Schedule();
  void add(Recurring job);
  void start();
  void run_due();  // tests and command line: runs what is due now, on this thread; throws what a job throws

  struct Impl;

 private:
  std::unique_ptr<Impl> impl_;
};

}  // namespace luytre::store
