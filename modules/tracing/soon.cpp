#include "modules/tracing/soon.h"

#include "modules/tracing/watched.h"

namespace luytre::tracing {

void trace_soon(store::Session& session, CaseId id, Instant now) {
  watch_until(session, id, now);
}

}  // namespace luytre::tracing
