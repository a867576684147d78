#include "platform/base/log.h"

#include <spdlog/sinks/stdout_color_sinks.h>
#include <spdlog/spdlog.h>

#include <memory>

namespace luytre::log {
namespace {

spdlog::logger& logger() {
  static const std::shared_ptr<spdlog::logger> the = [] {
    auto made = spdlog::stderr_color_mt("luytre");
    made->set_pattern("%Y-%m-%dT%H:%M:%S.%eZ %^%l%$ %v", spdlog::pattern_time_type::utc);
    return made;
  }();
  return *the;
}

// Values with blanks, quotes or line breaks are quoted, so that a line stays one line and can be taken apart again.
void append_value(std::string& out, std::string_view value) {
  if (!value.empty() && value.find_first_of(" \"=\n\r\t") == std::string_view::npos) {
    out += value;
    return;
  }
  out += '"';
  for (const char c : value) {
    if (c == '"' || c == '\\') out += '\\';
    out += c == '\n' || c == '\r' || c == '\t' ? ' ' : c;
  }
  out += '"';
}

void write(spdlog::level::level_enum level, std::string_view what, Fields fields) {
  if (!logger().should_log(level)) return;
  std::string line(what);
  for (const auto& [key, value] : fields) {
    line.append(1, ' ').append(key).append(1, '=');
    append_value(line, value);
  }
  logger().log(level, spdlog::string_view_t(line.data(), line.size()));
}

}  // namespace

void debug(std::string_view what, Fields fields) {
  write(spdlog::level::debug, what, fields);
}
void info(std::string_view what, Fields fields) {
  write(spdlog::level::info, what, fields);
}
void warn(std::string_view what, Fields fields) {
  write(spdlog::level::warn, what, fields);
}
void error(std::string_view what, Fields fields) {
  write(spdlog::level::err, what, fields);
}

void set_level(std::string_view name) {
  logger().set_level(spdlog::level::from_str(name == "error" ? "err" : std::string(name)));
}

}  // namespace luytre::log
