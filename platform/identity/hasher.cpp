#include "platform/identity/hasher.h"

#include <sodium.h>

#include <boost/asio/associated_executor.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <condition_variable>
#include <deque>
#include <exception>
#include <mutex>
#include <optional>
#include <stdexcept>
#include <thread>

#include "platform/base/text.h"

namespace luytre::identity {
namespace {

constexpr std::int64_t kRetrySeconds = 5;

}  // namespace

struct Hasher::Impl {
  Impl(const Vault& vault, unsigned threads, std::size_t waiting)
      : key(vault.derive("identity.secret")), most(waiting) {
    for (unsigned i = 0; i < threads; ++i) pool.emplace_back([this] { work(); });
  }

  ~Impl() {
    {
      const std::lock_guard lock(mutex);
      stopping = true;
    }
    ready.notify_all();
    for (auto& thread : pool) thread.join();
  }

  bool push(std::function<void()> job) {
    {
      const std::lock_guard lock(mutex);
      if (jobs.size() >= most) return false;
      jobs.push_back(std::move(job));
    }
    ready.notify_one();
    return true;
  }

  void work() {
    while (true) {
      std::function<void()> job;
      {
        std::unique_lock lock(mutex);
        ready.wait(lock, [this] { return stopping || !jobs.empty(); });
        if (stopping) return;
        job = std::move(jobs.front());
        jobs.pop_front();
      }
      job();
    }
  }

  // What is hashed is not the secret but its keyed digest.
  std::string keyed(std::string_view secret) const {
    std::string digest(crypto_generichash_BYTES, '\0');
    crypto_generichash(reinterpret_cast<unsigned char*>(digest.data()), digest.size(),
                       reinterpret_cast<const unsigned char*>(secret.data()), secret.size(), key.data(), key.size());
    return base64url(digest);
  }

  std::string hash(std::string_view secret, HashCost cost) const {
    const std::string text = keyed(secret);
    char out[crypto_pwhash_STRBYTES] = {};
    if (crypto_pwhash_str_alg(out, text.data(), text.size(), cost.operations, cost.memory,
                              crypto_pwhash_ALG_ARGON2ID13) != 0) {
      throw std::runtime_error("no memory for hashing a password");
    }
    return out;
  }

  std::optional<std::size_t> match(std::string_view secret, const std::vector<std::string>& stored,
                                   HashCost cost) const {
    if (stored.empty()) {
      hash(secret, cost);  // the time that a real comparison would have taken
      return std::nullopt;
    }
    const std::string text = keyed(secret);
    std::optional<std::size_t> found;
    for (std::size_t i = 0; i < stored.size(); ++i) {
      if (crypto_pwhash_str_verify(stored[i].c_str(), text.data(), text.size()) == 0 && !found) found = i;
    }
    return found;
  }

  // Runs `job` on the pool; resumes the caller on its own io_context. False: the queue is full.
  Task<bool> run(std::function<void()> job) {
    return boost::asio::async_initiate<const boost::asio::use_awaitable_t<Executor>, void(std::exception_ptr, bool)>(
        [this](auto handler, std::function<void()> work) {
          const auto executor = boost::asio::get_associated_executor(handler);
          auto shared = std::make_shared<decltype(handler)>(std::move(handler));
          auto finish = [shared, executor, guard = boost::asio::make_work_guard(executor)](std::exception_ptr fault,
                                                                                           bool ran) {
            boost::asio::post(executor, [shared, fault, ran]() { std::move (*shared)(fault, ran); });
          };
          const bool queued = push([finish, work = std::move(work)] {
            std::exception_ptr fault;
            try {
              work();
            } catch (...) {
              fault = std::current_exception();
            }
            finish(fault, true);
          });
          if (!queued) finish(nullptr, false);
        },
        boost::asio::use_awaitable_t<Executor>(), std::move(job));
  }

  std::array<unsigned char, Vault::kKeyBytes> key;
  std::size_t most;
  std::mutex mutex;
  std::condition_variable ready;
  std::deque<std::function<void()>> jobs;
  bool stopping = false;
  std::vector<std::thread> pool;
};

namespace {

template <class T>
Task<Result<T>> answer(Task<bool> running, std::shared_ptr<T> slot) {
  const bool ran = co_await std::move(running);
  if (!ran) co_return Error(kTooMany, {{"seconds", std::to_string(kRetrySeconds)}});
  co_return std::move(*slot);
}

}  // namespace

Hasher::Hasher(const Vault& vault, unsigned threads, std::size_t waiting)
    : impl_(std::make_unique<Impl>(vault, threads, waiting)) {}
Hasher::~Hasher() = default;

Task<Result<std::string>> Hasher::hash(std::string secret, HashCost cost) {
  auto slot = std::make_shared<std::string>();
  return answer(
      impl_->run([impl = impl_.get(), slot, secret = std::move(secret), cost] { *slot = impl->hash(secret, cost); }),
      slot);
}

Task<Result<std::optional<std::size_t>>> Hasher::match(std::string secret, std::vector<std::string> stored,
                                                       HashCost cost) {
  auto slot = std::make_shared<std::optional<std::size_t>>();
  return answer(impl_->run([impl = impl_.get(), slot, secret = std::move(secret), stored = std::move(stored), cost] {
    *slot = impl->match(secret, stored, cost);
  }),
                slot);
}

std::string Hasher::hash_now(std::string_view secret, HashCost cost) const {
  return impl_->hash(secret, cost);
}

}  // namespace luytre::identity
