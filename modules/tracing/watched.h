// Which cases are traced again by themselves, and when. Every function runs in the caller's transaction. Private to
// this module.

#pragma once

#include <vector>

#include "platform/base/id.h"
#include "platform/base/time.h"
#include "platform/store/session.h"

namespace luytre::tracing {

void watch_until(store::Session& session, CaseId id, Instant due_at);  // sets when, or moves it
void unwatch(store::Session& session, CaseId id);
std::vector<CaseId> select_due(store::Session& session, Instant now, std::size_t most);  // longest due first

}  // namespace luytre::tracing
