#include "platform/store/postgres_url.h"

#include <libpq-fe.h>

#include <cctype>

#include "platform/base/text.h"

namespace luytre::store {
namespace {

std::string percent_encoded(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (std::isalnum(static_cast<unsigned char>(c)) != 0) {
      out += c;
    } else {
      out += "%" + hex(std::string_view(&c, 1));
    }
  }
  return out;
}

}  // namespace

std::optional<PostgresParts> parse_postgres_url(const std::string& url) {
  PQconninfoOption* options = PQconninfoParse(url.c_str(), nullptr);
  if (options == nullptr) return std::nullopt;
  PostgresParts out;
  for (const PQconninfoOption* o = options; o->keyword != nullptr; ++o) {
    if (o->val != nullptr) out[o->keyword] = o->val;
  }
  PQconninfoFree(options);
  return out;
}

std::string postgres_url(const PostgresParts& parts) {
  std::string out = "postgresql://";
  char separator = '?';
  for (const auto& [keyword, value] : parts) {
    out += separator + keyword + "=" + percent_encoded(value);
    separator = '&';
  }
  return out;
}

}  // namespace luytre::store
