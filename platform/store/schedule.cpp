#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <thread>

#include "platform/base/log.h"
#include "platform/store/feed.h"
#include "platform/store/follower.h"

namespace luytre::store {
namespace {

constexpr std::chrono::seconds kLook{1};
constexpr std::chrono::seconds kRetention{60};
constexpr int kPortions = 4;  // of retention, in one run
constexpr std::chrono::seconds kAgainAfterFault{60};

constexpr Query kRan{"store.schedule_ran", "SELECT ran FROM store_schedule WHERE name = $1"};
constexpr Query kRuns{"store.schedule_runs", R"(INSERT INTO store_schedule (name, ran)
VALUES ($1, $2)
ON CONFLICT (name) DO UPDATE SET ran = excluded.ran)"};

struct Planned {
  Recurring job;
  Instant look_at;  // not before: what the database said last, so that it is not asked every second
};

}  // namespace

struct Schedule::Impl {
  explicit Impl(Database& database) : database(database) {}

  void prepare(const Recurring& job, Instant now);
  void run_if_due(Planned& planned);
  void loop();

  Database& database;
  std::vector<Planned> jobs;
  std::mutex mutex;
  std::condition_variable stop;
  bool stopping = false;
  std::thread thread;
};

void Schedule::Impl::prepare(const Recurring& job, Instant now) {
  if (!job.before) return;
  const auto ran = database.read_now([&](Session& s) { return s.one<Instant>(kRan, job.name); });
  if (!ran || now >= *ran + job.every) job.before();
}

void Schedule::Impl::run_if_due(Planned& planned) {
  const Instant now = database.clock().now();
  if (now < planned.look_at) return;
  prepare(planned.job, now);
  const Instant ran = database.transact_now([&](Session& s) {
    const auto before = s.one<Instant>(kRan, planned.job.name);
    if (before && now < *before + planned.job.every) return *before;  // another process was quicker
    s.run(kRuns, planned.job.name, now);
    planned.job.run(s);
    return now;
  });
  planned.look_at = ran + planned.job.every;
}

void Schedule::Impl::loop() {
  std::unique_lock lock(mutex);
  while (!stopping) {
    lock.unlock();
    for (Planned& planned : jobs) {
      try {
        run_if_due(planned);
      } catch (const std::exception& e) {
        planned.look_at = database.clock().now() + std::min(planned.job.every, kAgainAfterFault);
        log::error("recurring job failed", {{"job", planned.job.name}, {"why", e.what()}});
      }
    }
    lock.lock();
    stop.wait_for(lock, kLook, [&] { return stopping; });
  }
}

Schedule::Schedule(Database& database) : impl_(std::make_unique<Impl>(database)) {
  add({.name = "store.retention", .every = kRetention, .run = [&database](Session& s) {
         const Instant now = database.clock().now();
         for (int i = 0; i < kPortions && forget_portion(s, now); ++i) {
         }
       }});
}

Schedule::~Schedule() {
  {
    const std::lock_guard lock(impl_->mutex);
    impl_->stopping = true;
    impl_->stop.notify_all();
  }
  if (impl_->thread.joinable()) impl_->thread.join();
}

void Schedule::add(Recurring job) {
  impl_->jobs.push_back({std::move(job), Instant{}});
}

void Schedule::start() {
  impl_->thread = std::thread([impl = impl_.get()] { impl->loop(); });
}

void Schedule::run_due() {
  for (Planned& planned : impl_->jobs) impl_->run_if_due(planned);
}

}  // namespace luytre::store
