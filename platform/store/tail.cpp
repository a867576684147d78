#include "platform/store/tail.h"

namespace luytre::store {
namespace {

constexpr Query kHorizon{"store.horizon",
                         "SELECT CAST(CAST(pg_snapshot_xmax(pg_current_snapshot()) AS text) AS bigint)"};

constexpr Query kHeldBack{"store.held_back", R"(SELECT CAST(count(*) AS bigint)
FROM (
  SELECT 1
  FROM store_event
  WHERE epoch = (SELECT epoch FROM store_feed)
    AND xid >= CAST(CAST(pg_snapshot_xmin(pg_current_snapshot()) AS text) AS bigint)
    AND xid < $1
  LIMIT 1) AS one)"};

}  // namespace

std::int64_t horizon(Session& session) {
  return session.engine() == Engine::kSqlite ? 0 : session.value<std::int64_t>(kHorizon);
}

bool held_back(Session& session, std::int64_t below) {
  return session.engine() == Engine::kPostgres && session.value<std::int64_t>(kHeldBack, below) != 0;
}

}  // namespace luytre::store
