#include "apps/luytre/pulse.h"

#include "platform/base/log.h"

namespace luytre::app {

Pulse::Pulse(store::Database& db) : db_(db), thread_([this] { loop(); }) {}

Pulse::~Pulse() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  stop_.notify_all();
  thread_.join();
}

bool Pulse::beats() const {
  const auto answered = answered_.load();
  return answered != Steady::time_point::min() && Steady::now() - answered < kPatience;
}

bool Pulse::look() {
  try {
    db_.read_now([this](store::Session& s) { return db_.newest(s); });
    return true;
  } catch (const std::exception& e) {
    if (answered_.load() != Steady::time_point::min()) log::error("the database does not answer", {{"why", e.what()}});
    return false;
  }
}

void Pulse::loop() {
  std::unique_lock lock(mutex_);
  while (!stopping_) {
    lock.unlock();
    const bool there = look();
    if (there && answered_.load() == Steady::time_point::min()) log::info("the database answers again", {});
    answered_.store(there ? Steady::now() : Steady::time_point::min());
    lock.lock();
    stop_.wait_for(lock, kEvery, [this] { return stopping_; });
  }
}

}  // namespace luytre::app
