// run(task): drives a Task to its end on an io_context of its own; for tests and the command line, never inside the
// server.

#pragma once

#include <boost/asio/co_spawn.hpp>
#include <exception>
#include <optional>
#include <type_traits>
#include <utility>

#include "platform/base/task.h"

namespace luytre {

template <class T>
Task<void> keep_result(Task<T> task, std::optional<T>& slot) {
  slot.emplace(co_await std::move(task));
}

inline void run(Task<void> task) {
  boost::asio::io_context io(1);
  std::exception_ptr fault;
  boost::asio::co_spawn(io.get_executor(), std::move(task), [&](std::exception_ptr e) { fault = e; });
  io.run();
  if (fault) std::rethrow_exception(fault);
}

template <class T>
T run(Task<T> task) {
  std::optional<T> slot;
  run(keep_result(std::move(task), slot));
  return std::move(*slot);
}

}  // namespace luytre
