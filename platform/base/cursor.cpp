#include "platform/base/cursor.h"

#include <charconv>

#include "platform/base/id.h"

namespace luytre {

std::string cursor_text(Cursor at) {
  return std::to_string(at.number) + '.' + id_text(at.id);
}

std::optional<Cursor> parse_cursor(std::string_view text) {
  Cursor out;
  const auto dot = text.find('.');
  if (dot == std::string_view::npos) return std::nullopt;
  const auto [end, failed] = std::from_chars(text.data(), text.data() + dot, out.number);
  const auto id = parse_id(text.substr(dot + 1));
  if (failed != std::errc() || end != text.data() + dot || !id) return std::nullopt;
  out.id = *id;
  return out;
}

}  // namespace luytre
