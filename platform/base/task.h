// Task<T>: a coroutine of this house, running on one io_context (Boost.Asio, concrete executor).
//
// g++ 12.2 destroys twice a temporary that is written inside a `co_await` expression as a capturing lambda or a braced
// aggregate. So: awaitable primitives are ordinary functions that return a Task; in coroutines name such a temporary
// first (tools/lint checks).

#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>

#include "platform/base/result.h"

namespace luytre {

using Executor = boost::asio::io_context::executor_type;

template <class T>
using Task = boost::asio::awaitable<T, Executor>;

// A Task that has nothing to wait for: what an ordinary function returns when it sees at once that the answer is no.
template <class T>
Task<Result<T>> refused(Error error) {
  co_return error;
}

}  // namespace luytre
