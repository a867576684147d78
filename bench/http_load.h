// Requests over HTTP from keep-alive connections, and how long each took.
//
// Without a rate each connection sends its next request when it has its answer. With one (a second) requests fall due
// at fixed times whether or not earlier ones are answered, and the latency of each counts from when it fell due, so
// that a server that stalls cannot hide it.

#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace luytre::bench {

struct Request {
  std::string text;      // as it goes over the wire
  std::size_t kind = 0;  // of the script's kinds
};

// What is asked. One thread.
class Script {
 public:
  virtual ~Script() = default;
  virtual std::optional<Request> next() = 0;                                 // nothing: that was all
  virtual void answered(std::size_t /*kind*/, std::string_view /*body*/) {}  // with 201
};

struct Plan {
  unsigned short port = 0;
  std::size_t connections = 1;
  std::chrono::duration<double> length{};   // 0: until the script ends
  std::chrono::duration<double> warm_up{};  // not counted
  double rate = 0;                          // 0: as fast as the answers come
};

struct Measured {
  std::vector<std::vector<double>> milliseconds;  // of each kind, ascending; those answered with 201
  std::int64_t failed = 0;                        // answered otherwise; the first is written to stderr
  std::size_t late = 0;                           // fell due and were never sent
  double seconds = 0;                             // counted
};

// At share 0 … 1 of ascending values; 0 of none.
double quantile(const std::vector<double>& ascending, double share);

// Throws boost::system::system_error when a connection fails.
Measured run_load(const Plan& plan, Script& script, std::size_t kinds);

// A POST of JSON by somebody's session, with a random idempotency key.
std::string post(unsigned short port, std::string_view path, std::string_view token, std::string_view body,
                 std::uint64_t key_high, std::uint64_t key_low);

std::string now_text();  // "2021-08-01T00:00:00Z"

}  // namespace luytre::bench
