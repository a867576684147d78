// Cursors of lists that are sorted in several ways: "sort-order.number.id". One goes on with the sort it was given for.

#pragma once

#include <limits>
#include <optional>
#include <string>
#include <string_view>

#include "platform/base/cursor.h"
#include "platform/base/result.h"

namespace luytre {

// Where a list begins: before all that is there, or, descending, after it.
inline Cursor outermost(bool descending) {
  using Limits = std::numeric_limits<std::int64_t>;
  return {descending ? Limits::max() : Limits::min(), 0};
}

// Where a page begins. Errors: invalid (?cursor: format, other_sort).
inline Result<Cursor> start_of(const std::optional<std::string>& cursor, std::string_view sorted, bool descending) {
  if (!cursor) return outermost(descending);
  const std::string_view text = *cursor;
  const auto point = text.find('.');
  const auto at = point == std::string_view::npos ? std::nullopt : parse_cursor(text.substr(point + 1));
  if (!at) return wrong_field("?cursor", "format");
  if (text.substr(0, point) != sorted) return wrong_field("?cursor", "other_sort");
  return *at;
}

inline std::string end_of(std::string_view sorted, Cursor at) {
  return std::string(sorted) + '.' + cursor_text(at);
}

}  // namespace luytre
