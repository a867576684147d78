#include "platform/http/request.h"

#include <algorithm>

#include "platform/http/url.h"

namespace luytre::http {
std::size_t Request::count(std::string_view name) const {
  return static_cast<std::size_t>(
      std::count_if(fields.begin(), fields.end(), [&](const Field& f) { return iequals(f.name, name); }));
}

std::optional<std::string_view> Request::field(std::string_view name) const {
  for (const auto& f : fields)
    if (iequals(f.name, name)) return f.value;
  return std::nullopt;
}

std::optional<std::string> Request::cookie(std::string_view name) const {
  for (const auto& f : fields) {
    if (!iequals(f.name, "Cookie")) continue;
    for (std::string_view rest = f.value; !rest.empty();) {
      const auto item = next_item(rest, ';');
      const auto equals = item.find('=');
      if (equals != std::string_view::npos && item.substr(0, equals) == name)
        return std::string(item.substr(equals + 1));
    }
  }
  return std::nullopt;
}

MediaType media_type(std::string_view content_type) {
  MediaType out;
  out.type = next_item(content_type, ';');
  while (!content_type.empty()) {
    const auto parameter = next_item(content_type, ';');
    const auto equals = parameter.find('=');
    if (equals == std::string_view::npos || !iequals(trim(parameter.substr(0, equals)), "charset")) continue;
    auto charset = trim(parameter.substr(equals + 1));
    if (charset.size() >= 2 && charset.front() == '"' && charset.back() == '"')
      charset = charset.substr(1, charset.size() - 2);
    out.utf8 = iequals(charset, "utf-8");
  }
  return out;
}

}  // namespace luytre::http
