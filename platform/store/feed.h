// The event feed as the store's own rooms read it. Private to the store.

#pragma once

#include <vector>

#include "platform/store/database.h"

namespace luytre::store {

// As Database::events_after, for a position that was stored in this same database: a restored one is as right as any,
// so an earlier epoch is not refused, and what lies before it is handled already.
std::vector<Event> events_for_follower(Session& session, Position from, std::size_t most);

// Waits (at most 30 s) until readers see every event that is committed now: on PostgreSQL a transaction that still
// runs, in whatever database of the server, holds back what was committed after it began. False: it still does.
bool all_events_seen(Database& database);

// Deletes at most one portion of events and idempotency answers older than kEventsKept; false: nothing is left to
// delete.
bool forget_portion(Session& session, Instant now);

}  // namespace luytre::store
