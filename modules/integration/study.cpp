#include <stdexcept>

#include "modules/integration/imports.h"

namespace luytre::integration {

namespace {

constexpr store::Query kStudies{"integration.studies", "SELECT CAST(count(*) AS bigint) FROM integration_study"};
constexpr store::Query kMark{"integration.mark_study", "INSERT INTO integration_study (one, since) VALUES (1, $1)"};

bool marked(store::Session& session) {
  return session.value<std::int64_t>(kStudies) != 0;
}

}  // namespace

bool is_study(store::Database& db) {
  return db.read_now([](store::Session& session) { return marked(session); });
}

void mark_study(store::Database& db) {
  const bool empty = db.transact_now([&db](store::Session& session) {
    if (marked(session)) return true;
    // Whatever is recorded says so in the feed; numbers of events are never given twice, also after retention.
    const store::Position newest = db.newest(session);
    if (newest.epoch != 1 || newest.seq != 0) return false;
    session.run(kMark, db.clock().now());
    return true;
  });
  if (!empty) {
    throw std::runtime_error(
        "this data directory is in use, and study data must not lie beside real data: name an empty one with --data");
  }
}

}  // namespace luytre::integration
