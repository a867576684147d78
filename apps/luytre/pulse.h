// Pulse: whether the database answers. A thread of its own looks once a second, so that /readyz, which is polled by
// many and often, only reads a number, whatever state the database is in. Thread-safe.

#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>

#include "platform/store/database.h"

namespace luytre::app {

class Pulse {
 public:
  explicit Pulse(store::Database& db);  // of a database that has just been opened
  ~Pulse();
  Pulse(const Pulse&) = delete;
  Pulse& operator=(const Pulse&) = delete;

  // False once a look has failed, or none has come back for kPatience.
  bool beats() const;

  static constexpr std::chrono::seconds kEvery{1};
  static constexpr std::chrono::seconds kPatience{5};

 private:
  using Steady = std::chrono::steady_clock;

  void loop();
  bool look();

  store::Database& db_;
  std::atomic<Steady::time_point> answered_{Steady::now()};  // min(): it failed
  std::mutex mutex_;
  std::condition_variable stop_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace luytre::app
