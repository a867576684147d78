#include "platform/store/database.h"

#include <boost/asio/associated_executor.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <future>

#include "platform/base/log.h"
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
  std::unique_ptr<EngineConnection> first;
  try {
    first = open_connection(options.url, Access::kWrite);
    lease.take(*first);
  } catch (const Unavailable& e) {
    throw StartError(e.what());  // at the start there is somebody to read it
  }
  if (engine == Engine::kSqlite) {
    threads.emplace_back([this, first = std::move(first)]() mutable { run_group_commits(*this, std::move(first)); });
  } else {
    for (unsigned i = 0; i < std::max(1U, options.connections); ++i) {
      threads.emplace_back([this, first = std::move(first)]() mutable { run_serializable(*this, std::move(first)); });
    }
  }
  for (unsigned i = 0; i < std::max(1U, options.connections); ++i) threads.emplace_back([this] { run_reads(*this); });
}

void Database::Impl::stop() {
  writes.close();
  reads.close();
  for (auto& thread : threads) thread.join();
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

namespace {

// Hands the work over when it is awaited; the handler comes back on the waiting coroutine's own io_context, never on a
// store thread.
struct Handover {
  WorkQueue* queue;
  std::shared_ptr<Work> work;

  template <class Handler>
  void operator()(Handler handler) const {
    namespace asio = boost::asio;
    const auto executor = asio::get_associated_executor(handler);
    auto guard = asio::make_work_guard(executor);
    auto held = std::make_shared<Handler>(std::move(handler));
    work->done = [executor, held, guard = std::move(guard)](std::exception_ptr fault) mutable {
      asio::post(executor, [held = std::move(held), fault = std::move(fault)] { (*held)(fault); });
      guard.reset();
    };
    queue->push(std::move(*work));
  }
};

}  // namespace

Task<void> Database::submit(Kind kind, Job job, std::shared_ptr<std::atomic<bool>> rolls_back, LookUp look_up) {
  auto work = std::make_shared<Work>();
  work->look_up = std::move(look_up);
  work->job = std::move(job);
  work->rolls_back = std::move(rolls_back);
  WorkQueue* queue = kind == Kind::kWrite ? &impl_->writes : &impl_->reads;
  return boost::asio::async_initiate<const boost::asio::use_awaitable_t<Executor>, void(std::exception_ptr)>(
      Handover{queue, std::move(work)}, boost::asio::use_awaitable_t<Executor>());
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
