// Releases of warnings in the order in which they were asked for. Private to tracing.

#pragma once

#include "platform/store/session.h"

namespace luytre::tracing {

enum class ReleasesOf { kEverywhere, kUnit, kCase };

// Parameters: when it was asked for and id after which, state, disease; then how many, and the unit if of one. Of a
// case, which has few: the case, and all of them.
const store::Query& release_page_query(bool descending, ReleasesOf of);

}  // namespace luytre::tracing
