// What reports are written with: strings of JSON, fields of CSV, cells of a table. Private to this module.

#pragma once

#include <ostream>
#include <string>
#include <string_view>

#include "platform/base/json.h"

namespace luytre::tracing {

inline std::string json_string(std::string_view text) {
  std::string out;
  json::write_string(out, text);
  return out;
}

// A field of CSV (RFC 4180).
inline std::string field(std::string_view text) {
  if (text.find_first_of(",\"\r\n") == std::string_view::npos) return std::string(text);
  std::string out = "\"";
  for (const char c : text) out += c == '"' ? "\"\"" : std::string(1, c);
  return out + '"';
}

inline void write_cell(std::ostream& out, std::string_view text, std::size_t width) {
  out << text << std::string(width > text.size() ? width - text.size() : 0, ' ') << "  ";
}

}  // namespace luytre::tracing
