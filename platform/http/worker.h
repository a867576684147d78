// Worker: one thread, one io_context, one listening socket (SO_REUSEPORT), and the connections that the kernel gave it.
//
// No locks: everything of a connection happens on its worker's thread. Deadlines are kept by one sweep over the
// connections instead of a timer each; kSweep is their precision.

#pragma once

#include <atomic>
#include <boost/asio/executor_work_guard.hpp>
#include <vector>

#include "platform/http/service.h"
#include "platform/http/socket.h"

namespace luytre::http {

class Connection;

class Worker {
 public:
  static constexpr std::chrono::milliseconds kSweep{100};
  static constexpr std::size_t kTurnedAwayMost = 64;  // connections that are being told 503, at a time

  Worker(Service& service, unsigned number);
  ~Worker();

  std::uint16_t listen(const Tcp::endpoint& endpoint);  // answers the port; throws store::StartError
  void run();                                           // on its thread, until let_go()

  // From any thread.
  void stop_accepting();          // and no further request on open connections; streams end
  void cut();                     // closes every connection
  void let_go();                  // run() returns when the last connection is gone
  void abandon() { io_.stop(); }  // run() returns now
  std::size_t open() const { return open_.load(); }

  // For connections.
  Service& service() { return service_; }
  unsigned number() const { return number_; }
  Executor executor() { return io_.get_executor(); }
  bool stopping() const { return stopping_; }
  const std::string& date();  // of now, as a header value
  void enter(Connection& connection);
  void leave(Connection& connection);

 private:
  Task<void> accept();
  Task<void> sweep();
  void admit(Socket socket);

  Service& service_;
  unsigned number_;
  boost::asio::io_context io_{1};
  boost::asio::executor_work_guard<Executor> guard_;
  Acceptor acceptor_;
  Timer sweeper_;
  Timer pause_;
  std::vector<Connection*> connections_;
  std::atomic<std::size_t> open_{0};
  std::size_t turned_away_ = 0;
  bool stopping_ = false;
  bool letting_go_ = false;
  std::int64_t date_second_ = 0;
  std::string date_;
};

}  // namespace luytre::http
