// Where a page of a list ended that is sorted by a number and an id, as the text that asks for the next: "number.id".

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace luytre {

struct Cursor {
  std::int64_t number = 0;  // may be negative
  std::int64_t id = 0;
};

std::string cursor_text(Cursor at);
std::optional<Cursor> parse_cursor(std::string_view text);

}  // namespace luytre
