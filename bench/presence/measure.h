// Clocks, medians and how figures are told: one JSON object a line, which run.mjs reads.

#pragma once

#include <chrono>
#include <cstdint>
#include <initializer_list>
#include <string_view>
#include <utility>
#include <vector>

namespace luytre::bench {

template <class F>
double seconds(F&& work) {
  const auto start = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

// Of this thread: what neighbours on the machine take is not ours. Costs a third of a microsecond.
double cpu_seconds();
template <class F>
double cpu_seconds(F&& work) {
  const double start = cpu_seconds();
  work();
  return cpu_seconds() - start;
}

struct Spread {
  double median = 0;
  double worst = 0;  // 99th percentile
};
Spread spread(std::vector<double> values);

void figure(std::string_view what, std::int64_t visits,
            std::initializer_list<std::pair<std::string_view, double>> values);

}  // namespace luytre::bench
