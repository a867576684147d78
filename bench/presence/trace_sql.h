// The trace of engines/presence/presence.h as one statement of PostgreSQL: the peer of the index.
//
// The table is visit(person, place, zone, entered, departed), seconds in `integer`, with indexes on (place, entered)
// and (person, entered). Parameters: $1 the case, $2 and $3 its window, $4 min_overlap, $5 the longest visit of the
// table. Answers (level, person, since); the window's end is the horizon, nobody is isolated, latent is 0.

#pragma once

#include <string>

namespace luytre::bench {

std::string trace_sql(int depth);

}  // namespace luytre::bench
