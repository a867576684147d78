// Whatever comes as the configuration of a risk engine: what is taken for one answers for any windows, with numbers.

#include <cmath>

#include "engines/proximity/risk_config.h"
#include "platform/base/fuzzing.h"

using namespace luytre::proximity;
using luytre::Instant;
using luytre::require;

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  const auto config = parse_risk_config({reinterpret_cast<const char*>(data), size});
  if (!config) return 0;
  std::vector<ExposureWindow> windows;
  for (int i = 0; i < 12; ++i)
    windows.push_back({Instant{i * 40'000},
                       static_cast<ReportType>(i % 6),
                       static_cast<Infectious>(i % 3),
                       i % 4,
                       {{10 * i, 20 * i, 60 * (i - 1)}, {255, 255, 300}, {0, 0, 0}}});
  const auto days = assess(*config, windows, 8);
  require(days.has_value() == !config->gaen1.has_value());
  if (days)
    for (const AssessedDay& day : *days) require(std::isfinite(day.score) && day.score >= 0);
  if (config->infectiousness)
    for (int day = -20; day <= 20; ++day) (void)infectious(*config->infectiousness, day);
  if (!config->gaen1) return 0;
  for (int i = 0; i < 80; ++i) {
    const ExposureRecord record{{}, 60 * i, i, {i, 2 * i, 3 * i}};
    const ScoredRecord scored{record, score(*config->gaen1, record, i / 4, i % 9)};
    require(scored.score >= 0);
    require(std::isfinite(combined_minutes(*config->gaen1, {&scored, 1})));
  }
  return 0;
}
