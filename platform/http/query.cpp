#include "platform/http/query.h"

#include <algorithm>
#include <charconv>

#include "platform/base/json.h"
#include "platform/base/text.h"

namespace luytre::http {
namespace {

FieldError wrong(std::string_view name, std::string code, std::string expected = "") {
  FieldError out{"?" + std::string(name), std::move(code), {}};
  if (!expected.empty()) out.params["expected"] = std::move(expected);
  return out;
}

std::optional<FieldError> check_integer(const RouteInfo& route, std::string_view name, std::string_view text) {
  std::int64_t value = 0;
  const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (failed == std::errc::result_out_of_range) return wrong(name, "range", "integer");
  if (failed != std::errc{} || end != text.data() + text.size()) return wrong(name, "type", "integer");
  if (route.paged && name == "limit" && (value < 1 || value > static_cast<std::int64_t>(kPageMost))) {
    return wrong(name, "range", "1–" + std::to_string(kPageMost));
  }
  return std::nullopt;
}

std::optional<FieldError> check_choice(std::string_view name, std::string_view text, const std::string& choices) {
  std::string listed;
  for (std::string_view rest = choices; !rest.empty();) {
    const auto end = std::min(rest.find('|'), rest.size());
    if (rest.substr(0, end) == text) return std::nullopt;
    if (!listed.empty()) listed += ", ";
    listed += rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return wrong(name, "choice", listed);
}

std::optional<FieldError> check_value(const RouteInfo& route, const QueryParameter& declared, std::string_view text) {
  const auto& name = declared.name;
  const auto& schema = declared.schema;
  if (schema == "string") return std::nullopt;
  if (schema == "integer") return check_integer(route, name, text);
  if (schema == "boolean")
    return text == "true" || text == "false" ? std::nullopt : std::optional(wrong(name, "type", "boolean"));
  if (schema == "date-time") return parse_instant(text) ? std::nullopt : std::optional(wrong(name, "format", schema));
  if (schema == "date") return parse_date(text) ? std::nullopt : std::optional(wrong(name, "format", schema));
  if (schema == "id") return parse_id(text) ? std::nullopt : std::optional(wrong(name, "format", schema));
  return check_choice(name, text, schema);
}

}  // namespace

Result<Done> check_query(const RouteInfo& route, Pairs& query) {
  std::vector<FieldError> errors;
  Pairs kept;
  for (const auto& item : query) {
    const std::string& name = item.first;
    const std::string& value = item.second;
    const auto same = [&](const auto& other) { return other.first == name; };
    const auto declared =
        std::find_if(route.query.begin(), route.query.end(), [&](const auto& p) { return p.name == name; });
    if (declared == route.query.end()) {
      errors.push_back(wrong(name, "unknown"));
    } else if (std::any_of(kept.begin(), kept.end(), same)) {
      errors.push_back(wrong(name, "repeated"));
    } else if (code_points(value) > kQueryMost) {
      errors.push_back(wrong(name, "too_long", std::to_string(kQueryMost)));
    } else if (auto tidied = tidy(value); !tidied) {
      errors.push_back(wrong(name, "encoding"));
    } else if (!tidied->empty()) {
      if (auto error = check_value(route, *declared, *tidied)) errors.push_back(std::move(*error));
      kept.emplace_back(name, std::move(*tidied));
    }
  }
  for (const auto& declared : route.query) {
    const bool there =
        std::any_of(kept.begin(), kept.end(), [&](const auto& item) { return item.first == declared.name; });
    if (declared.required && !there) errors.push_back(wrong(declared.name, "required"));
  }
  query = std::move(kept);
  if (!errors.empty()) return Error(kInvalid, std::move(errors));
  return Done{};
}

}  // namespace luytre::http
