// The socket types of this room: concrete executors (type-erased ones cost, and had faults: Beast issue 2926).

#pragma once

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/basic_socket_acceptor.hpp>
#include <boost/asio/basic_stream_socket.hpp>
#include <boost/asio/basic_waitable_timer.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <chrono>

#include "platform/base/task.h"

namespace luytre::http {

using Tcp = boost::asio::ip::tcp;
using Steady = std::chrono::steady_clock;
using Socket = boost::asio::basic_stream_socket<Tcp, Executor>;
using Acceptor = boost::asio::basic_socket_acceptor<Tcp, Executor>;
using Timer = boost::asio::basic_waitable_timer<Steady, boost::asio::wait_traits<Steady>, Executor>;

// Awaiting with error codes instead of exceptions. Named, because a temporary would stand in the co_await expression.
inline constexpr auto kAwait = boost::asio::as_tuple(boost::asio::use_awaitable_t<Executor>());

}  // namespace luytre::http
