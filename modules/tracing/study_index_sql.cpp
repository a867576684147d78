#include "modules/tracing/study_index_sql.h"

#include <algorithm>

namespace luytre::tracing {

namespace {

constexpr std::int64_t kPortion = 20'000;      // rows in memory at once
constexpr std::size_t kEventsAtOnce = 10'000;  // likewise

constexpr store::Query kVisitsAfter{"tracing.visits_after", R"sql(
SELECT id, person, place, zone, entered, departed, estimated
FROM visits_pub_visit
WHERE id > $1
ORDER BY id
LIMIT $2)sql"};

constexpr store::Query kEncountersAfter{"tracing.encounters_after", R"sql(
SELECT person, peer, started, ended, attenuation
FROM encounters_pub_encounter
WHERE (person, peer, started) > ($1, $2, $3) AND person < peer
ORDER BY person, peer, started
LIMIT $4)sql"};

constexpr store::Query kPlacesAfter{"tracing.places_after", R"sql(
SELECT id, kind
FROM places_pub_place
WHERE id > $1
ORDER BY id
LIMIT $2)sql"};

constexpr store::Query kStamp{"tracing.study_stamp", "SELECT stamp FROM tracing_study_index"};
constexpr store::Query kSetStamp{"tracing.set_study_stamp", R"sql(
INSERT INTO tracing_study_index (one, stamp)
VALUES (1, $1)
ON CONFLICT (one) DO UPDATE SET stamp = excluded.stamp)sql"};

// Every transaction from the oldest that runs on runs still, so that none of them has committed an event.
constexpr store::Query kFeedIsWhole{"tracing.feed_is_whole", R"sql(
SELECT CAST(CASE
  WHEN CAST(CAST(pg_snapshot_xmax(s) AS text) AS bigint) - CAST(CAST(pg_snapshot_xmin(s) AS text) AS bigint)
    = (SELECT count(*) FROM pg_snapshot_xip(s))
  THEN 1
  ELSE 0
END AS bigint)
FROM (SELECT pg_current_snapshot() AS s) AS now)sql"};

bool is_of_presence(const store::Event& event) {
  return event.type.starts_with("visit.") || event.type.starts_with("encounters.");
}

}  // namespace

std::vector<StoredVisit> visits_after(store::Session& session, const StoredVisit& last) {
  return session.all<StoredVisit>(kVisitsAfter, last.id, kPortion);
}

std::vector<StoredEncounter> encounters_after(store::Session& session, const StoredEncounter& last) {
  return session.all<StoredEncounter>(kEncountersAfter, last.person, last.peer, last.started, kPortion);
}

std::vector<StoredPlace> places_after(store::Session& session, const StoredPlace& last) {
  return session.all<StoredPlace>(kPlacesAfter, last.id, kPortion);
}

std::optional<std::int64_t> read_stamp(store::Session& session) {
  return session.one<std::int64_t>(kStamp);
}

void write_stamp(store::Session& session, std::int64_t stamp) {
  session.run(kSetStamp, stamp);
}

bool feed_is_whole(store::Session& session) {
  return session.engine() == store::Engine::kSqlite || session.value<std::int64_t>(kFeedIsWhole) == 1;
}

bool presence_changed(const store::Database& db, store::Session& session, store::Position since) {
  for (;;) {
    const auto events = db.events_after(session, since, kEventsAtOnce);
    if (!events || std::any_of(events->begin(), events->end(), is_of_presence)) return true;
    if (events->size() < kEventsAtOnce) return false;
    since = events->back().position();
  }
}

}  // namespace luytre::tracing
