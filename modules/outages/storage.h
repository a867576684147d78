// SQL of the outages room.

#pragma once

#include "modules/outages/outages.h"

namespace luytre::outages::storage {

std::vector<Limit> limits(store::Session& session);
void set_limit(store::Session& session, const Limit& limit, Instant now, AccountId by);
void remove_limit(store::Session& session, Kind kind);

std::vector<Outage> open(store::Session& session);  // oldest first
std::vector<Outage> past(store::Session& session, std::int64_t most);
std::optional<Outage> find(store::Session& session, OutageId id);
void insert(store::Session& session, const Outage& outage, AccountId by);
// An automatic one still lasts; with what was counted.
void see(store::Session& session, const Outage& outage, Instant now);
std::optional<Instant> last_seen(store::Session& session, OutageId id);
bool end(store::Session& session, OutageId id, Instant now, AccountId by);  // false: ended before

}  // namespace luytre::outages::storage
