// Times as the command line takes them.

#pragma once

#include <charconv>
#include <optional>
#include <string>

#include "platform/base/time.h"

namespace luytre::app {

// ISO-8601 with an offset, or epoch seconds.
inline std::optional<Instant> parse_time(const std::string& text) {
  std::int64_t seconds = 0;
  const char* end = text.data() + text.size();
  const auto [stop, failed] = std::from_chars(text.data(), end, seconds);
  if (failed == std::errc() && stop == end) return Instant{seconds};
  return parse_instant(text);
}

}  // namespace luytre::app
