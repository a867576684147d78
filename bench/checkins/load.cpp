// Check-ins over HTTP from keep-alive connections, by random people at random places. Prints one line of JSON.
//
//   checkins_load PORT CAST CONNECTIONS SECONDS [RATE]
//
// Without RATE each connection sends its next request when it has its answer. With RATE (per second) requests fall due
// at fixed times whether or not earlier ones are answered, and the latency of each counts from when it fell due, so
// that a server that stalls cannot hide it. The first tenth of the time is not counted.

#include <algorithm>
#include <boost/asio.hpp>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <deque>
#include <iostream>
#include <memory>
#include <random>

#include "bench/checkins/cast.h"

namespace luytre::bench {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using Steady = std::chrono::steady_clock;
using Seconds = std::chrono::duration<double>;

struct Plan {
  unsigned short port;
  std::size_t connections;
  Seconds length;
  double rate;  // 0: closed loop
};

class Load;

class Connection {
 public:
  Connection(Load& load, asio::io_context& io) : load_(load), socket_(io) {}
  void connect(unsigned short port) {
    socket_.connect({asio::ip::address_v4::loopback(), port});
    socket_.set_option(tcp::no_delay(true));
  }
  void send(Steady::time_point due);

 private:
  void receive();
  bool complete() const;

  Load& load_;
  tcp::socket socket_;
  std::string request_, answer_;
  std::array<char, 4096> buffer_;
  Steady::time_point due_;
};

class Load {
 public:
  Load(Plan plan, Cast cast) : plan_(plan), cast_(std::move(cast)), timer_(io_) {}

  void run();
  std::string request();
  void answered(Connection& connection, Steady::time_point due, const std::string& answer);

 private:
  void tick();
  void print() const;

  Plan plan_;
  Cast cast_;
  asio::io_context io_;
  asio::steady_timer timer_;
  std::vector<std::unique_ptr<Connection>> connections_;
  std::deque<Connection*> idle_;
  std::deque<Steady::time_point> due_;
  std::mt19937_64 random_{std::random_device{}()};
  Steady::time_point began_, counts_from_, ends_;
  std::int64_t scheduled_ = 0, failed_ = 0;
  std::vector<double> latencies_;  // milliseconds
};

void Connection::send(Steady::time_point due) {
  due_ = due;
  request_ = load_.request();
  answer_.clear();
  asio::async_write(socket_, asio::buffer(request_), [this](boost::system::error_code e, std::size_t) {
    if (e) throw boost::system::system_error(e);
    receive();
  });
}

void Connection::receive() {
  socket_.async_read_some(asio::buffer(buffer_), [this](boost::system::error_code e, std::size_t size) {
    if (e) throw boost::system::system_error(e);
    answer_.append(buffer_.data(), size);
    if (!complete()) return receive();
    load_.answered(*this, due_, answer_);
  });
}

bool Connection::complete() const {
  const auto head = answer_.find("\r\n\r\n");
  if (head == std::string::npos) return false;
  const auto length = answer_.find("Content-Length: ");
  if (length == std::string::npos || length > head) throw std::runtime_error("an answer without Content-Length");
  return answer_.size() >= head + 4 + std::strtoul(answer_.c_str() + length + 16, nullptr, 10);
}

std::string Load::request() {
  const Place& place = cast_.places[random_() % cast_.places.size()];
  const Person& person = cast_.people[random_() % cast_.people.size()];
  const std::time_t now = std::time(nullptr);
  std::tm parts;
  gmtime_r(&now, &parts);
  char at[24];
  std::strftime(at, sizeof at, "%Y-%m-%dT%H:%M:%SZ", &parts);
  const std::string body =
      R"({"placeCode":")" + place.code + R"(","person":")" + person.id_text + R"(","at":")" + at + R"("})";
  char key[40];
  std::snprintf(key, sizeof key, "%016llx%016llx", static_cast<unsigned long long>(random_()),
                static_cast<unsigned long long>(random_()));
  return "POST /api/v1/visits HTTP/1.1\r\nHost: 127.0.0.1:" + std::to_string(plan_.port) +
         "\r\nCookie: luytre_session=" + person.token +
         "\r\nX-Requested-With: luytre\r\nContent-Type: application/json\r\nIdempotency-Key: " + key +
         "\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}

void Load::answered(Connection& connection, Steady::time_point due, const std::string& answer) {
  const auto now = Steady::now();
  if (!answer.starts_with("HTTP/1.1 201")) {
    if (failed_++ == 0) std::cerr << answer << '\n';
  } else if (due >= counts_from_ && now <= ends_) {
    latencies_.push_back(std::chrono::duration<double, std::milli>(now - due).count());
  }
  if (now >= ends_) return;
  if (plan_.rate == 0) return connection.send(now);
  if (due_.empty()) return idle_.push_back(&connection);
  const auto next = due_.front();
  due_.pop_front();
  connection.send(next);
}

// What has fallen due since the last tick is sent, or waits for a connection.
void Load::tick() {
  const auto now = Steady::now();
  for (;;) {
    const auto due = began_ + std::chrono::duration_cast<Steady::duration>(Seconds(scheduled_ / plan_.rate));
    if (due > now || due >= ends_) break;
    ++scheduled_;
    if (idle_.empty()) {
      due_.push_back(due);
    } else {
      Connection* connection = idle_.front();
      idle_.pop_front();
      connection->send(due);
    }
  }
  if (now >= ends_) return;
  timer_.expires_after(std::chrono::microseconds(500));
  timer_.async_wait([this](boost::system::error_code) { tick(); });
}

void Load::print() const {
  auto sorted = latencies_;
  std::sort(sorted.begin(), sorted.end());
  const auto at = [&](double share) {
    return sorted.empty() ? 0.0 : sorted[static_cast<std::size_t>(share * static_cast<double>(sorted.size() - 1))];
  };
  const double seconds = Seconds(ends_ - counts_from_).count();
  std::printf(R"({"answered":%zu,"failed":%lld,"late":%zu,"perSecond":%.1f,"p50Ms":%.3f,"p99Ms":%.3f,"mostMs":%.3f})"
              "\n",
              sorted.size(), static_cast<long long>(failed_), due_.size(), static_cast<double>(sorted.size()) / seconds,
              at(0.5), at(0.99), at(1));
}

void Load::run() {
  for (std::size_t i = 0; i < plan_.connections; ++i) {
    connections_.push_back(std::make_unique<Connection>(*this, io_));
    connections_.back()->connect(plan_.port);
  }
  began_ = Steady::now();
  counts_from_ = began_ + std::chrono::duration_cast<Steady::duration>(plan_.length / 10);
  ends_ = began_ + std::chrono::duration_cast<Steady::duration>(plan_.length);
  for (auto& connection : connections_) {
    if (plan_.rate == 0) {
      connection->send(began_);
    } else {
      idle_.push_back(connection.get());
    }
  }
  if (plan_.rate > 0) tick();
  io_.run();
  print();
}

}  // namespace
}  // namespace luytre::bench

int main(int count, char** arguments) {
  if (count != 5 && count != 6) {
    std::cerr << "checkins_load PORT CAST CONNECTIONS SECONDS [RATE]\n";
    return 2;
  }
  try {
    luytre::bench::Plan plan{static_cast<unsigned short>(std::atoi(arguments[1])),
                             static_cast<std::size_t>(std::atoi(arguments[3])),
                             luytre::bench::Seconds(std::atof(arguments[4])), count == 6 ? std::atof(arguments[5]) : 0};
    luytre::bench::Load(plan, luytre::bench::read_cast(arguments[2])).run();
  } catch (const std::exception& e) {
    std::cerr << e.what() << '\n';
    return 1;
  }
}
