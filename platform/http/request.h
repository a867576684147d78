// Request: one HTTP request as the parser read it, before anybody judged it. Views point into `head`; it does not move.

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace luytre::http {

struct Field {
  std::string_view name;
  std::string_view value;
};

struct Request {
  Request() = default;
  Request(const Request&) = delete;
  Request& operator=(const Request&) = delete;

  std::string head;  // the bytes up to and including the blank line
  std::string_view method;
  std::string_view target;
  bool http11 = true;
  bool keep_alive = true;
  bool chunked = false;
  std::optional<std::uint64_t> content_length;
  std::vector<Field> fields;
  std::string body;

  bool has_body() const { return chunked || content_length.value_or(0) > 0; }
  std::size_t count(std::string_view name) const;
  std::optional<std::string_view> field(std::string_view name) const;  // the first
  std::optional<std::string> cookie(std::string_view name) const;      // the first
};

// The media type of a Content-Type, without parameters, and whether its charset (if any) is UTF-8.
struct MediaType {
  std::string_view type;
  bool utf8 = true;
};
MediaType media_type(std::string_view content_type);

}  // namespace luytre::http
