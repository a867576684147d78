#include "platform/http/server.h"

#include <pthread.h>
#include <signal.h>

#include <boost/asio/ip/address.hpp>
#include <thread>

#include "platform/base/log.h"
#include "platform/http/service.h"
#include "platform/http/worker.h"

namespace luytre::http {
namespace {

constexpr std::chrono::milliseconds kPoll{5};
constexpr std::chrono::seconds kHandlersMost{
    10};  // for handlers that still wait for the store after their connections were cut

boost::asio::ip::address parse_address(const std::string& text) {
  if (text == "localhost") return boost::asio::ip::address_v4::loopback();
  boost::system::error_code failed;
  const auto address = boost::asio::ip::make_address(text, failed);
  if (failed)
    throw store::StartError("not an address to listen on: " + text + "; write it as 127.0.0.1, 0.0.0.0 or ::");
  return address;
}

// SO_REUSEPORT would let a second server of the same user share the port unnoticed. A socket without it finds out.
void check_free(const Tcp::endpoint& endpoint) {
  if (endpoint.port() == 0) return;
  boost::asio::io_context io;
  boost::system::error_code failed;
  Acceptor probe(io.get_executor());
  probe.open(endpoint.protocol(), failed);
  if (!failed) probe.set_option(boost::asio::socket_base::reuse_address(true), failed);
  if (!failed) probe.bind(endpoint, failed);
  if (!failed) probe.listen(1, failed);
  if (failed == boost::asio::error::address_in_use) {
    throw store::StartError(endpoint.address().to_string() + " port " + std::to_string(endpoint.port()) +
                            " is in use: stop the other program, or choose another with --listen");
  }
}

// Signals are for the main thread.
void name_thread(unsigned number) {
  sigset_t all;
  sigfillset(&all);
  for (const int own : {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT}) sigdelset(&all, own);
  pthread_sigmask(SIG_BLOCK, &all, nullptr);
  pthread_setname_np(pthread_self(), ("http-" + std::to_string(number)).c_str());
}

}  // namespace

struct Server::Impl {
  Impl(ServerOptions options, const Router& router, Authenticator& authenticator)
      : service(std::move(options), router, authenticator) {}

  std::size_t open() const {
    std::size_t sum = 0;
    for (const auto& worker : workers) sum += worker->open();
    return sum;
  }
  bool wait_until_closed(std::chrono::milliseconds most) const {
    const auto end = Steady::now() + most;
    while (open() != 0) {
      if (Steady::now() >= end) return false;
      std::this_thread::sleep_for(kPoll);
    }
    return true;
  }

  Service service;
  std::vector<std::unique_ptr<Worker>> workers;
  std::vector<std::thread> threads;
};

Server::Server(ServerOptions options, const Router& router, Authenticator& authenticator)
    : impl_(std::make_unique<Impl>(std::move(options), router, authenticator)) {}

Server::~Server() {
  stop(std::chrono::milliseconds(0));
}

std::uint16_t Server::start() {
  const auto& options = impl_->service.options;
  Tcp::endpoint endpoint(parse_address(options.address), options.port);
  check_free(endpoint);
  for (unsigned i = 0; i < options.threads; ++i) {
    impl_->workers.push_back(std::make_unique<Worker>(impl_->service, i));
    endpoint.port(impl_->workers.back()->listen(endpoint));
  }
  for (unsigned i = 0; i < options.threads; ++i) {
    impl_->threads.emplace_back([worker = impl_->workers[i].get(), i] {
      name_thread(i);
      worker->run();
    });
  }
  return endpoint.port();
}

void Server::stop(std::chrono::milliseconds drain) {
  if (impl_->threads.empty()) return;
  impl_->service.stopping.store(true);
  for (auto& worker : impl_->workers) worker->stop_accepting();
  if (!impl_->wait_until_closed(drain)) {
    for (auto& worker : impl_->workers) worker->cut();
  }
  const bool closed = impl_->wait_until_closed(kHandlersMost);
  for (auto& worker : impl_->workers) {
    if (closed) {
      worker->let_go();
    } else {
      worker->abandon();
    }
  }
  for (auto& thread : impl_->threads) thread.join();
  impl_->threads.clear();
  if (!closed) {
    // A handler still waits for somebody who will resume it on its io_context: that must not be freed.
    log::error("stopped with unfinished requests", {{"count", std::to_string(impl_->open())}});
    for (auto& worker : impl_->workers) static_cast<void>(worker.release());
  }
  impl_->workers.clear();
}

}  // namespace luytre::http
