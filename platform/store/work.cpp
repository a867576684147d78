#include "platform/store/work.h"

#include <algorithm>
#include <iterator>

namespace luytre::store {

void WorkQueue::push(Work work) {
  {
    const std::lock_guard lock(mutex_);
    if (!closed_) {
      waiting_.push_back(std::move(work));
      more_.notify_one();
      return;
    }
  }
  work.done(std::make_exception_ptr(Unavailable("the database is closing")));
}

bool WorkQueue::pop(Work& out) {
  std::unique_lock lock(mutex_);
  more_.wait(lock, [&] { return closed_ || !waiting_.empty(); });
  if (waiting_.empty()) return false;
  out = std::move(waiting_.front());
  waiting_.pop_front();
  return true;
}

bool WorkQueue::pop_some(std::vector<Work>& out, std::size_t most) {
  out.clear();
  std::unique_lock lock(mutex_);
  more_.wait(lock, [&] { return closed_ || !waiting_.empty(); });
  const auto end = waiting_.begin() + static_cast<std::ptrdiff_t>(std::min(most, waiting_.size()));
  out.assign(std::make_move_iterator(waiting_.begin()), std::make_move_iterator(end));
  waiting_.erase(waiting_.begin(), end);
  return !out.empty();
}

void WorkQueue::close() {
  const std::lock_guard lock(mutex_);
  closed_ = true;
  more_.notify_all();
}

std::size_t WorkQueue::size() const {
  const std::lock_guard lock(mutex_);
  return waiting_.size();
}

}  // namespace luytre::store
