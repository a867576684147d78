// Filling a presence index from the database: everything that the session sees. Private to this module.

#pragma once

#include <cstdint>
#include <functional>
#include <stdexcept>

#include "engines/presence/index/index.h"
#include "modules/tracing/trace.h"
#include "platform/store/session.h"

namespace luytre::tracing {

// The index cannot hold what is in the database, and loading it anew would not help.
class NoIndex : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

struct IndexLoad {
  std::int64_t visits = 0;
  std::int64_t encounters = 0;
  bool finished = false;
};

inline constexpr std::int64_t kHeldMost = 16'000'000;  // rows between two sealings
inline constexpr std::int64_t kHeldBytes = 24;         // of each (bulk_load.h)

// Into an empty index; all of it is sealed afterwards. `progress` after each portion, and may throw; `unsealed`: bytes
// that the load itself holds.
void load_index(store::Session& session, presence::PresenceIndex& index, std::int64_t held_most,
                const std::function<void(const IndexLoad& load, std::int64_t unsealed)>& progress);

// Throws NoIndex.
presence::Encounter checked(const presence::Encounter& encounter);

// The settings of all places, or, with `visited`, of those that the index knows.
void describe_places(store::Session& session, const PlaceSettings& settings, presence::PresenceIndex& index,
                     bool visited);

}  // namespace luytre::tracing
