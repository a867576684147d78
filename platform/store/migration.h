// A migration: one file of SQL that a room owns, applied once, in name order within the room.
//
// `NNN_title.sql` runs on both engines; `NNN_title.sqlite.sql` / `NNN_title.postgres.sql` only on the one named.
// Applied migrations are recorded with a hash; a changed or missing applied migration, or a database newer than the
// program, stops the start.

#pragma once

#include <string_view>
#include <vector>

namespace luytre::store {

struct Migration {
  std::string_view room;
  std::string_view file;
  std::string_view sql;
};

const std::vector<Migration>& migrations();  // the store's own; Database::migrate applies them first, by itself

}  // namespace luytre::store
