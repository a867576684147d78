// Url: the request target taken apart, strictly. What is not valid percent-encoded UTF-8 without NUL is refused, never
// repaired.

#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace luytre::http {

// Empty: a broken escape, a NUL, or bytes that are not UTF-8. `form`: "+" is a space (query strings).
std::optional<std::string> percent_decode(std::string_view text, bool form = false);

// The target of a request line, in origin form ("/path?query"), absolute form ("http://host/path") or "*".
struct Target {
  std::string_view authority;  // of the absolute form only
  std::string_view path;       // still encoded; "*" for OPTIONS *
  std::string_view query;      // still encoded, without "?"
};
std::optional<Target> split_target(std::string_view target);

using Pairs = std::vector<std::pair<std::string, std::string>>;
std::optional<Pairs> parse_query(std::string_view query);  // decoded, in order; empty names are refused

// "name", "1.2.3.4:80", "[::1]:8080"; at most 255 characters, port 1–65535.
bool is_host(std::string_view text);
std::string_view without_port(std::string_view host);

bool iequals(std::string_view a, std::string_view b);  // ASCII
std::string_view trim(std::string_view text);          // spaces and tabs

// Cuts the next item off `list`; blanks around it are trimmed.
std::string_view next_item(std::string_view& list, char separator);

}  // namespace luytre::http
