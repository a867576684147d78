// Passage: many together, or one alone; who wants to be alone does not wait for those who come later. Thread-safe.
// Private to the store.

#pragma once

#include <condition_variable>
#include <mutex>

namespace luytre::store {

class Passage {
 public:
  void enter(bool alone) {
    std::unique_lock lock(mutex_);
    if (alone) ++wanting_;
    changed_.wait(lock, [&] { return alone ? inside_ == 0 : !taken_ && wanting_ == 0; });
    if (alone) --wanting_;
    ++inside_;
    taken_ = alone;
  }
  void leave() {
    const std::lock_guard lock(mutex_);
    --inside_;
    taken_ = false;
    changed_.notify_all();
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  int inside_ = 0;
  int wanting_ = 0;
  bool taken_ = false;
};

}  // namespace luytre::store
