#include "platform/store/database.h"

#include <future>

#include "platform/store/handover.h"
#include "platform/store/impl.h"

namespace luytre::store {

Engine engine_of(const std::string& url) {
  if (url.starts_with(kSqlitePrefix) && url.size() > kSqlitePrefix.size()) return Engine::kSqlite;
  if (url.starts_with("postgresql://") || url.starts_with("postgres://")) return Engine::kPostgres;
  throw StartError("the database URL must be sqlite:/path/to/file.db or postgresql://USER@HOST:PORT/DATABASE");
}

std::unique_ptr<EngineConnection> open_connection(const std::string& url, Access access) {
  if (engine_of(url) == Engine::kSqlite) return open_sqlite(url.substr(kSqlitePrefix.size()), access);
  return open_postgres(url);
}

Database::Impl::Impl(Options given, const Clock& clock)
    : options(std::move(given)), clock(clock), engine(engine_of(options.url)) {}

void Database::Impl::committed(bool published) {
  ++commits;
  if (!published) return;
  const std::lock_guard lock(wake_mutex);
  for (const auto& wake : wakes) wake();
}

void Database::Impl::start() {
  durability = std::make_unique<Durability>(open_disk(options.url));
  const unsigned count = std::max(1U, options.connections);
  try {
    if (engine == Engine::kSqlite) {
      auto writer = open_sqlite(options.url.substr(kSqlitePrefix.size()), Access::kWrite);
      lease.take(*writer);
      threads.emplace_back(
          [this, writer = std::move(writer)]() mutable { run_group_commits(*this, std::move(writer)); });
    } else {
      auto first = open_postgres(options.url);
      lease.take(*first);
      for (unsigned i = 0; i < count; ++i) {
        threads.emplace_back([this, first = std::move(first)]() mutable { run_serializable(*this, std::move(first)); });
      }
    }
  } catch (const Unavailable& e) {
    throw StartError(e.what());  // at the start there is somebody to read it
  }
  for (unsigned i = 0; i < count; ++i) threads.emplace_back([this] { run_reads(*this); });
}

void Database::Impl::stop() {
  writes.close();
  reads.close();
  for (auto& thread : threads) thread.join();
  durability.reset();
}

Database::Database(Options options, const Clock& clock) : impl_(std::make_unique<Impl>(std::move(options), clock)) {
  impl_->start();
}

Database::~Database() {
  impl_->stop();
}

Engine Database::engine() const {
  return impl_->engine;
}
IdMaker& Database::ids() {
  return impl_->lease.ids();
}
const Clock& Database::clock() const {
  return impl_->clock;
}

void Database::on_commit(std::function<void()> wake) {
  const std::lock_guard lock(impl_->wake_mutex);
  impl_->wakes.push_back(std::move(wake));
}

Database::Figures Database::figures() const {
  Figures out;
  out.commits = impl_->commits;
  out.jobs = impl_->jobs;
  out.retries = impl_->retries;
  out.waiting = static_cast<std::int64_t>(impl_->writes.size() + impl_->reads.size());
  return out;
}

Task<void> Database::submit(Kind kind, Job job, std::shared_ptr<std::atomic<bool>> rolls_back, LookUp look_up) {
  auto work = std::make_shared<Work>();
  work->repeatable = static_cast<bool>(look_up);
  work->look_up = std::move(look_up);
  work->job = std::move(job);
  work->rolls_back = std::move(rolls_back);
  WorkQueue* queue = kind == Kind::kWrite ? &impl_->writes : &impl_->reads;
  return hand_over([queue, work = std::move(work)](std::function<void(std::exception_ptr)> done) {
    work->done = std::move(done);
    queue->push(std::move(*work));
  });
}

void Database::submit_blocking(Kind kind, Job job, std::shared_ptr<std::atomic<bool>> rolls_back) {
  auto finished = std::make_shared<std::promise<void>>();
  auto future = finished->get_future();
  Work work;
  work.job = std::move(job);
  work.rolls_back = std::move(rolls_back);
  work.done = [finished](std::exception_ptr fault) {
    if (fault) {
      finished->set_exception(fault);
    } else {
      finished->set_value();
    }
  };
  (kind == Kind::kWrite ? impl_->writes : impl_->reads).push(std::move(work));
  future.get();
}

}  // namespace luytre::store
