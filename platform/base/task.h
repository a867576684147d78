// Task<T>: a coroutine of this house, running on one io_context (Boost.Asio, concrete executor).
//
// g++ 12.2 destroys twice a temporary that is written inside a `co_await` expression as a capturing lambda or a braced
// aggregate. So: awaitable primitives are ordinary functions that return a Task; in coroutines name such a temporary
// first (tools/lint checks).

#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>

namespace luytre {

using Executor = boost::asio::io_context::executor_type;

template <class T>
using Task = boost::asio::awaitable<T, Executor>;

}  // namespace luytre
