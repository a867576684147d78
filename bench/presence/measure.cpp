#include "bench/presence/measure.h"

#include <algorithm>
#include <cstdio>
#include <ctime>

namespace luytre::bench {

double cpu_seconds() {
  timespec now{};
  ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

Spread spread(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return {values[values.size() / 2], values[values.size() * 99 / 100]};
}

void figure(std::string_view what, std::int64_t visits,
            std::initializer_list<std::pair<std::string_view, double>> values) {
  std::printf(R"({"what": "%.*s", "visits": %lld)", static_cast<int>(what.size()), what.data(),
              static_cast<long long>(visits));
  for (const auto& [name, value] : values)
    std::printf(R"(, "%.*s": %.6g)", static_cast<int>(name.size()), name.data(), value);
  std::printf("}\n");
  std::fflush(stdout);
}

}  // namespace luytre::bench
