// Follower: reacts to the event feed, from its own stored position, at least once, in order.
//
// `handle` runs in the same transaction that stores the position, so effect and position move together; it may run
// again after a fault and must not await anything. `after` (optional) runs on `io` once the transaction is durable: for
// what leaves the database (send an SMS, wake a stream). A follower that keeps failing on one event waits longer each
// time (1 s … 5 min), logs, and is visible in /metrics; it never skips. Only one process runs a follower's batch at a
// time (a lease row), so several nodes are safe.

#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "platform/store/database.h"

namespace luytre::store {

struct Following {
  std::string name;                // "tracing.cases": identifies the stored position
  std::vector<std::string> types;  // empty: all
  std::function<void(Session&, const Event&)> handle;
  std::function<void(const Event&)> after;
};

class Followers {
 public:
  Followers(Database& database);
  ~Followers();                   // stops and waits
  void add(Following following);  // before start
  void start();                   // one thread for all
  void drain();  // tests and command line: handles all that is there now, on this thread; not while started

  struct Impl;

 private:
  std::unique_ptr<Impl> impl_;
};

// Jobs that run by the clock (retention, reminders, escalation): `run` in its own transaction, on one node at a time (a
// lease row).
struct Recurring {
  std::string name;  // "visits.retention"
  std::chrono::seconds every;
  std::function<void(Session&)> run;
};

class Schedule {
 public:
  Schedule(Database& database);
  ~Schedule();
  void add(Recurring job);
  void start();
  void run_due();  // tests: runs what is due now, on this thread

  struct Impl;

 private:
  std::unique_ptr<Impl> impl_;
};

}  // namespace luytre::store
