// From a coroutine to a store thread and back: the handler comes back on the waiting coroutine's own io_context, never
// on a store thread, and that io_context does not run out of work meanwhile. Private to the store.

#pragma once

#include <boost/asio/associated_executor.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <exception>
#include <functional>
#include <memory>
#include <utility>

#include "platform/base/task.h"

namespace luytre::store {

// `start` is called when the task is awaited, with what to call once, from any thread.
inline Task<void> hand_over(std::function<void(std::function<void(std::exception_ptr)>)> start) {
  namespace asio = boost::asio;
  auto initiation = [start = std::move(start)]<class Handler>(Handler handler) {
    const auto executor = asio::get_associated_executor(handler);
    struct Waiting {
      Handler handler;
      asio::executor_work_guard<Executor> guard;
    };
    auto waiting = std::make_shared<Waiting>(Waiting{std::move(handler), asio::make_work_guard(executor)});
    start([waiting = std::move(waiting)](std::exception_ptr fault) mutable {
      const auto executor = waiting->guard.get_executor();
      asio::post(executor, [waiting = std::move(waiting), fault = std::move(fault)] {
        waiting->guard.reset();
        waiting->handler(fault);
      });
    });
  };
  return asio::async_initiate<const asio::use_awaitable_t<Executor>, void(std::exception_ptr)>(
      std::move(initiation), asio::use_awaitable_t<Executor>());
}

}  // namespace luytre::store
