// Rewriting of one-row SQL into one statement for many rows, on PostgreSQL: the parameters arrive as arrays and are
// unnested.
//
//   INSERT INTO t (a, b) VALUES ($1, 7) ON CONFLICT …   →   INSERT INTO t (a, b) SELECT u.p1, 7 FROM unnest($1) AS
//   u(p1) ON CONFLICT … SELECT x FROM t WHERE k = $1                         →   SELECT u.n, q.* FROM unnest($1) WITH
//   ORDINALITY AS u(p1, n)
//                                                            CROSS JOIN LATERAL (SELECT x FROM t WHERE k = u.p1) AS q
//
// Pure functions of text. Private to the store.

#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace luytre::store {

// Throws std::logic_error, naming the query, when the text is not a one-row INSERT of the form above.
std::string unnest_insert(std::string_view name, std::string_view sql, std::size_t parameters);

// Empty when the text is no SELECT, or has a parameter where PostgreSQL allows no column (LIMIT, OFFSET).
std::optional<std::string> unnest_select(std::string_view sql, std::size_t parameters);

}  // namespace luytre::store
