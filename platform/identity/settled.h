// Settled<T>: a Result whose writes are kept even when it is an Error.
//
// Database rolls a closure back that answers an Error. A wrong code must be counted although it is refused, so such
// closures answer a Settled, which the store takes for a plain value and commits; settle() gives the Result back to the
// caller.

#pragma once

#include <utility>

#include "platform/base/result.h"
#include "platform/base/task.h"

namespace luytre::identity {

template <class T>
struct Settled {
  Result<T> result;
};

template <class T>
Task<Result<T>> settle(Task<Settled<T>> task) {
  Settled<T> settled = co_await std::move(task);
  co_return std::move(settled.result);
}

}  // namespace luytre::identity
