#include "bench/http_load.h"

#include <algorithm>
#include <array>
#include <boost/asio.hpp>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <deque>
#include <iostream>
#include <memory>

namespace luytre::bench {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using Steady = std::chrono::steady_clock;
using Seconds = std::chrono::duration<double>;

Steady::duration ticks(Seconds seconds) {
  return std::chrono::duration_cast<Steady::duration>(seconds);
}

class Load;

class Connection {
 public:
  Connection(Load& load, asio::io_context& io) : load_(load), socket_(io) {}
  void connect(unsigned short port) {
    socket_.connect({asio::ip::address_v4::loopback(), port});
    socket_.set_option(tcp::no_delay(true));
  }
  void send(Request request, Steady::time_point due);

 private:
  void receive();
  bool complete() const;

  Load& load_;
  tcp::socket socket_;
  Request request_;
  std::string answer_;
  std::array<char, 4096> buffer_;
  Steady::time_point due_;
};

class Load {
 public:
  Load(const Plan& plan, Script& script, std::size_t kinds) : plan_(plan), script_(script), timer_(io_) {
    measured_.milliseconds.resize(kinds);
  }

  Measured run();
  void answered(Connection& connection, std::size_t kind, Steady::time_point due, const std::string& answer);

 private:
  void send(Connection& connection, Steady::time_point due);
  void tick();

  const Plan plan_;
  Script& script_;
  asio::io_context io_;
  asio::steady_timer timer_;
  std::vector<std::unique_ptr<Connection>> connections_;
  std::deque<Connection*> idle_;
  std::deque<Steady::time_point> due_;
  Steady::time_point began_, counts_from_, ends_, last_;
  std::int64_t scheduled_ = 0;
  Measured measured_;
};

void Connection::send(Request request, Steady::time_point due) {
  due_ = due;
  request_ = std::move(request);
  answer_.clear();
  asio::async_write(socket_, asio::buffer(request_.text), [this](boost::system::error_code e, std::size_t) {
    if (e) throw boost::system::system_error(e);
    receive();
  });
}

void Connection::receive() {
  socket_.async_read_some(asio::buffer(buffer_), [this](boost::system::error_code e, std::size_t size) {
    if (e) throw boost::system::system_error(e);
    answer_.append(buffer_.data(), size);
    if (!complete()) return receive();
    load_.answered(*this, request_.kind, due_, answer_);
  });
}

bool Connection::complete() const {
  const auto head = answer_.find("\r\n\r\n");
  if (head == std::string::npos) return false;
  const auto length = answer_.find("Content-Length: ");
  if (length == std::string::npos || length > head) throw std::runtime_error("an answer without Content-Length");
  return answer_.size() >= head + 4 + std::strtoul(answer_.c_str() + length + 16, nullptr, 10);
}

void Load::send(Connection& connection, Steady::time_point due) {
  if (auto request = script_.next()) connection.send(std::move(*request), due);
}

void Load::answered(Connection& connection, std::size_t kind, Steady::time_point due, const std::string& answer) {
  const auto now = last_ = Steady::now();
  if (!answer.starts_with("HTTP/1.1 201")) {
    if (measured_.failed++ == 0) std::cerr << answer << '\n';
  } else {
    script_.answered(kind, std::string_view(answer).substr(answer.find("\r\n\r\n") + 4));
    if (due >= counts_from_ && now <= ends_)
      measured_.milliseconds[kind].push_back(std::chrono::duration<double, std::milli>(now - due).count());
  }
  if (now >= ends_) return;
  if (plan_.rate == 0) return send(connection, now);
  if (due_.empty()) return idle_.push_back(&connection);
  const auto next = due_.front();
  due_.pop_front();
  send(connection, next);
}

// What has fallen due since the last tick is sent, or waits for a connection.
void Load::tick() {
  const auto now = Steady::now();
  for (;;) {
    const auto due = began_ + ticks(Seconds(static_cast<double>(scheduled_) / plan_.rate));
    if (due > now || due >= ends_) break;
    ++scheduled_;
    if (idle_.empty()) {
      due_.push_back(due);
    } else {
      Connection* connection = idle_.front();
      idle_.pop_front();
      send(*connection, due);
    }
  }
  if (now >= ends_) return;
  timer_.expires_after(std::chrono::microseconds(500));
  timer_.async_wait([this](boost::system::error_code) { tick(); });
}

Measured Load::run() {
  for (std::size_t i = 0; i < plan_.connections; ++i) {
    connections_.push_back(std::make_unique<Connection>(*this, io_));
    connections_.back()->connect(plan_.port);
  }
  const bool timed = plan_.length.count() > 0;
  began_ = Steady::now();
  counts_from_ = began_ + ticks(plan_.warm_up);
  ends_ = timed ? began_ + ticks(plan_.length) : Steady::time_point::max();
  for (auto& connection : connections_) {
    if (plan_.rate == 0) {
      send(*connection, began_);
    } else {
      idle_.push_back(connection.get());
    }
  }
  if (plan_.rate > 0) tick();
  io_.run();
  for (auto& kind : measured_.milliseconds) std::sort(kind.begin(), kind.end());
  measured_.late = due_.size();
  measured_.seconds = Seconds((timed ? ends_ : last_) - counts_from_).count();
  return std::move(measured_);
}

}  // namespace

double quantile(const std::vector<double>& ascending, double share) {
  if (ascending.empty()) return 0;
  return ascending[static_cast<std::size_t>(share * static_cast<double>(ascending.size() - 1))];
}

Measured run_load(const Plan& plan, Script& script, std::size_t kinds) {
  return Load(plan, script, kinds).run();
}

std::string post(unsigned short port, std::string_view path, std::string_view token, std::string_view body,
                 std::uint64_t key_high, std::uint64_t key_low) {
  char key[40];
  std::snprintf(key, sizeof key, "%016llx%016llx", static_cast<unsigned long long>(key_high),
                static_cast<unsigned long long>(key_low));
  std::string out = "POST ";
  out.append(path).append(" HTTP/1.1\r\nHost: 127.0.0.1:").append(std::to_string(port));
  out.append("\r\nCookie: luytre_session=").append(token);
  out.append("\r\nX-Requested-With: luytre\r\nContent-Type: application/json\r\nIdempotency-Key: ").append(key);
  out.append("\r\nContent-Length: ").append(std::to_string(body.size())).append("\r\n\r\n").append(body);
  return out;
}

std::string now_text() {
  const std::time_t now = std::time(nullptr);
  std::tm parts;
  gmtime_r(&now, &parts);
  char out[24];
  std::strftime(out, sizeof out, "%Y-%m-%dT%H:%M:%SZ", &parts);
  return out;
}

}  // namespace luytre::bench
