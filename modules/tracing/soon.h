// For rooms that learn where a case was after it was traced. Within another's transaction, unchecked.

#pragma once

#include "platform/base/id.h"
#include "platform/base/time.h"
#include "platform/store/session.h"

namespace luytre::tracing {

// Traces the case again at the next turn of Tracing::trace_again(), which asks whether it may. Of a case that is not
// confirmed, or whose window begins before visits are kept, nothing is traced.
void trace_soon(store::Session& session, CaseId id, Instant now);

}  // namespace luytre::tracing
