#include "modules/tracing/watched.h"

namespace luytre::tracing {
namespace {

constexpr store::Query kWatch{"tracing.watch", R"sql(
  INSERT INTO tracing_watched (case_id, due_at)
  VALUES ($1, $2)
  ON CONFLICT (case_id) DO UPDATE SET due_at = excluded.due_at)sql"};

constexpr store::Query kUnwatch{"tracing.unwatch", R"sql(
  DELETE FROM tracing_watched
  WHERE case_id = $1)sql"};

constexpr store::Query kDue{"tracing.due", R"sql(
  SELECT case_id
  FROM tracing_watched
  WHERE due_at <= $1
  ORDER BY due_at, case_id
  LIMIT $2)sql"};

}  // namespace

void watch_until(store::Session& session, CaseId id, Instant due_at) {
  session.run(kWatch, id, due_at);
}

void unwatch(store::Session& session, CaseId id) {
  session.run(kUnwatch, id);
}

std::vector<CaseId> select_due(store::Session& session, Instant now, std::size_t most) {
  return session.all<CaseId>(kDue, now, most);
}

}  // namespace luytre::tracing
