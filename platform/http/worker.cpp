#include "platform/http/worker.h"

#include <sys/socket.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/post.hpp>
#include <chrono>

#include "platform/base/log.h"
#include "platform/http/connection.h"

namespace luytre::http {
namespace {

constexpr std::chrono::milliseconds kPauseWithoutFiles{100};  // accept fails: usually no descriptors left

void set_option(Acceptor& acceptor, int level, int name) {
  const int on = 1;
  if (::setsockopt(acceptor.native_handle(), level, name, &on, sizeof on) != 0) {
    throw store::StartError("cannot set a socket option; is this Linux 3.9 or newer?");
  }
}

std::string advice(const Tcp::endpoint& endpoint, const boost::system::error_code& failed) {
  const std::string where = endpoint.address().to_string() + " port " + std::to_string(endpoint.port());
  if (failed == boost::asio::error::address_in_use)
    return where + " is in use: stop the other program, or choose another with --listen";
  if (failed == boost::asio::error::access_denied)
    return "no permission for " + where + ": ports below 1024 need it; choose another with --listen";
  return "cannot listen on " + where + ": " + failed.message() + "; is this an address of this machine?";
}

}  // namespace

Worker::Worker(Service& service, unsigned number)
    : service_(service),
      number_(number),
      guard_(io_.get_executor()),
      acceptor_(io_.get_executor()),
      sweeper_(io_.get_executor()),
      pause_(io_.get_executor()) {}

Worker::~Worker() = default;

std::uint16_t Worker::listen(const Tcp::endpoint& endpoint) {
  boost::system::error_code failed;
  acceptor_.open(endpoint.protocol(), failed);
  if (failed) throw store::StartError(advice(endpoint, failed));
  set_option(acceptor_, SOL_SOCKET, SO_REUSEADDR);
  set_option(acceptor_, SOL_SOCKET, SO_REUSEPORT);
  acceptor_.bind(endpoint, failed);
  if (!failed) acceptor_.listen(boost::asio::socket_base::max_listen_connections, failed);
  if (failed) throw store::StartError(advice(endpoint, failed));
  return acceptor_.local_endpoint().port();
}

void Worker::run() {
  boost::asio::co_spawn(io_.get_executor(), accept(), boost::asio::detached);
  boost::asio::co_spawn(io_.get_executor(), sweep(), boost::asio::detached);
  for (;;) {
    try {
      io_.run();
      return;
    } catch (const std::exception&) {
      service_.explain(std::current_exception(), "", "worker");
    }
  }
}

Task<void> Worker::accept() {
  while (!stopping_) {
    auto [failed, socket] = co_await acceptor_.async_accept(kAwait);
    if (!failed) {
      admit(std::move(socket));
    } else if (!stopping_) {
      log::warn("cannot accept connections", {{"why", failed.message()}});
      pause_.expires_after(kPauseWithoutFiles);
      co_await pause_.async_wait(kAwait);
    }
  }
}

void Worker::admit(Socket socket) {
  boost::system::error_code failed;
  socket.non_blocking(true, failed);
  if (!failed) socket.set_option(Tcp::no_delay(true), failed);
  if (failed) return;  // the client is gone already
  const bool full = service_.metrics.connections.load() >= static_cast<std::int64_t>(service_.options.connections);
  if (full) ++service_.metrics.refused;
  if (full && turned_away_ >= kTurnedAwayMost) return;
  auto connection = std::make_unique<Connection>(std::move(socket), *this, full);
  boost::asio::co_spawn(io_.get_executor(), Connection::run(std::move(connection)), boost::asio::detached);
}

Task<void> Worker::sweep() {
  while (!letting_go_) {
    sweeper_.expires_after(kSweep);
    co_await sweeper_.async_wait(kAwait);
    const auto now = Steady::now();
    for (Connection* connection : connections_) connection->expire(now);
  }
}

void Worker::enter(Connection& connection) {
  connection.index = connections_.size();
  connections_.push_back(&connection);
  ++open_;
  if (connection.turned_away()) {
    ++turned_away_;
  } else {
    ++service_.metrics.connections;
  }
}

void Worker::leave(Connection& connection) {
  connections_.back()->index = connection.index;
  connections_[connection.index] = connections_.back();
  connections_.pop_back();
  --open_;
  if (connection.turned_away()) {
    --turned_away_;
  } else {
    --service_.metrics.connections;
  }
}

void Worker::stop_accepting() {
  boost::asio::post(io_, [this] {
    stopping_ = true;
    boost::system::error_code ignored;
    acceptor_.close(ignored);
    pause_.cancel();
    for (Connection* connection : connections_) connection->stop();
  });
}

void Worker::cut() {
  boost::asio::post(io_, [this] {
    for (Connection* connection : connections_) connection->cut();
  });
}

void Worker::let_go() {
  boost::asio::post(io_, [this] {
    letting_go_ = true;
    sweeper_.cancel();
    guard_.reset();
  });
}

const std::string& Worker::date() {
  const auto now =
      std::chrono::duration_cast<std::chrono::seconds>(std::chrono::system_clock::now().time_since_epoch()).count();
  if (now != date_second_) {
    date_second_ = now;
    date_ = http_date(now);
  }
  return date_;
}

}  // namespace luytre::http
