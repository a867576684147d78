// The end of the event feed, for readers that keep their own position and must know whether they have read all that
// some transaction sees.
//
// On PostgreSQL a reader of the feed stops before the oldest transaction that runs (event.h), so that what a
// transaction sees may not be in the feed yet. Every event it sees was written by a transaction below its `horizon`: a
// read that begins later, comes to the end of the feed and finds nothing `held_back` below that horizon has read them
// all. On SQLite a read that begins later sees everything.

#pragma once

#include <cstdint>

#include "platform/store/session.h"

namespace luytre::store {

std::int64_t horizon(Session& session);

// Whether events of transactions below are there, which readers of the feed do not get yet.
bool held_back(Session& session, std::int64_t below);

}  // namespace luytre::store
