// What lists of people say of one person, read from a line: for any room that takes such a list.

#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "platform/tables/list.h"

namespace luytre::people {

inline constexpr std::int64_t kFirstYear = 1900;  // of anybody's birth

// Column `birthYear`, required; 0 when it is wrong. Flaws: required, format, range (before kFirstYear or after
// `latest`).
std::int64_t birth_year(tables::Row& row, int latest);
// Column `phone`, as E.164. Flaws: format.
std::optional<std::string> phone(tables::Row& row);
// Column `paper`, the number of an identity paper as written. Flaws: format.
std::optional<std::string> paper(tables::Row& row);

}  // namespace luytre::people
