// Work: one closure on its way to a store thread and back; WorkQueue: where it waits. Private to the store.

#pragma once

#include <condition_variable>
#include <deque>
#include <exception>
#include <functional>
#include <memory>
#include <mutex>
#include <vector>

#include "platform/store/database.h"

namespace luytre::store {

struct Work {
  Database::LookUp look_up;  // may be empty
  Database::Job job;
  bool repeatable = false;  // look_up finds all of it: it may run again after a commit with an unknown outcome
  std::shared_ptr<std::atomic<bool>> rolls_back;  // null: never
  std::function<void()> committed;                // may be empty; called when others see the commit, before `done`
  std::function<void(std::exception_ptr)> done;   // called once, on a store thread, when durable; null: success

  bool wants_roll_back() const { return rolls_back && rolls_back->load(); }
};

// Thread-safe.
class WorkQueue {
 public:
  // After close the work is answered at once with Unavailable.
  void push(Work work);
  // Waits for work; false: closed and empty.
  bool pop(Work& out);
  bool pop_some(std::vector<Work>& out, std::size_t most);
  void close();
  std::size_t size() const;

 private:
  mutable std::mutex mutex_;
  std::condition_variable more_;
  std::deque<Work> waiting_;
  bool closed_ = false;
};

}  // namespace luytre::store
