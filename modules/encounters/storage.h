// The SQL of encounters. Private to this module.

#pragma once

#include <map>
#include <span>
#include <utility>
#include <vector>

#include "engines/presence/presence.h"
#include "platform/store/session.h"

namespace luytre::encounters {

// Those stored that overlap or touch one of these; seen from the side of `person`, as given. Without repeats, sorted.
std::vector<presence::Encounter> select_touching(store::Session& session,
                                                 std::span<const presence::Encounter> encounters);

// Both directions.
void insert(store::Session& session, std::span<const presence::Encounter> encounters, std::int64_t batch);
void erase(store::Session& session, std::span<const presence::Encounter> encounters);

// At most `most` rows; answers how many were deleted.
std::int64_t erase_ended_before(store::Session& session, Instant before, std::int64_t most);
void insert_proof(store::Session& session, std::int64_t id, Instant at, std::string_view rule, Instant before,
                  std::int64_t deleted);

}  // namespace luytre::encounters
