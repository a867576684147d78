// Whatever comes as a distance table: what is taken for one tells distances and probabilities that can be.

#include "engines/proximity/distance.h"
#include "platform/base/fuzzing.h"

using namespace luytre::proximity;
using luytre::Instant;
using luytre::require;

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  const auto table = parse_distance_table({reinterpret_cast<const char*>(data), size});
  if (!table) return 0;
  std::vector<Beacon> beacons;
  for (int i = 0; i < 40; ++i)
    beacons.push_back({Instant{i * i * 10}, 4.0 * i - offset(*table, "A", "B"), static_cast<double>(i % 3)});
  const PairDistance pair(*table, beacons);
  for (std::int64_t t = -4000; t < 20'000; t += 333) {
    const auto told = pair.at({t});
    if (told) require(told->metres >= 0.1 && told->metres <= 50 && told->near >= 0 && told->near <= 1);
  }
  const Closeness close = closeness(*table, beacons);
  require(close.seconds >= 0 && close.near_seconds >= 0 && close.near_seconds <= static_cast<double>(close.seconds));
  return 0;
}
