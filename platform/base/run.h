// run(task): drives a Task to its end on an io_context of its own; for tests and the command line, never inside the
// server.

#pragma once

#include <optional>
#include <utility>

#include "platform/base/task.h"

namespace luytre {

template <class T>
Task<void> keep_result(Task<T> task, std::optional<T>& slot) {
  slot.emplace(co_await std::move(task));
}

void run(Task<void> task);

template <class T>
T run(Task<T> task) {
  std::optional<T> slot;
  run(keep_result(std::move(task), slot));
  return std::move(*slot);
}

}  // namespace luytre
