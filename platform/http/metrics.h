// Metrics: counts and durations per route, in the Prometheus text format (0.0.4).
//
// Each worker writes only its own cells, so counting takes no lock and no shared cache line; reading sums them up.
// Labels are method and route pattern, never a path as sent. Thread-safe.

#pragma once

#include <array>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace luytre::http {

inline constexpr std::array<int, 33> kCountedStatuses{200, 201, 202, 204, 303, 304, 308, 400, 401, 403, 404,
                                                      405, 408, 409, 410, 411, 412, 413, 415, 417, 421, 422,
                                                      423, 426, 428, 429, 431, 500, 502, 503, 504, 505, 0};
inline constexpr std::array<double, 9> kSecondBounds{0.001, 0.0025, 0.005, 0.01, 0.025, 0.1, 0.5, 2.5, 10};

class Metrics {
 public:
  // One slot per route: `method="GET",route="/api/v1/places/{id}"`.
  Metrics(unsigned workers, std::vector<std::string> slots);
  ~Metrics();

  void record(unsigned worker, std::size_t slot, int status, std::chrono::nanoseconds took);
  std::string text() const;

  std::atomic<std::int64_t> connections{0};
  std::atomic<std::int64_t> streams{0};
  std::atomic<std::int64_t> refused{0};  // connections turned away

 private:
  struct Cell;
  std::vector<std::string> slots_;
  std::vector<std::unique_ptr<Cell[]>> workers_;
};

}  // namespace luytre::http
