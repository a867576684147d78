#include "modules/tracing/index_sql.h"

#include <algorithm>
#include <cstring>
#include <set>

#include "modules/tracing/counted.h"
#include "modules/tracing/encounter_sql.h"
#include "platform/base/random.h"

namespace luytre::tracing {

namespace {

constexpr std::int64_t kPortion = 20'000;      // rows in memory at once
constexpr std::size_t kEventsAtOnce = 10'000;  // likewise

// Visits as tracing takes them: of whom the record counts as, at the place that a merged one counts as, in its zone of
// the same name or none.
std::string visits_of(const char* from, const char* where) {
  return std::string(R"sql(
SELECT
  v.id, coalesce((SELECT p.kept FROM people_pub_merged AS p WHERE p.person = v.person), v.person),
  coalesce(m.kept, v.place),
  CASE
    WHEN m.kept IS NULL THEN v.zone
    ELSE (SELECT z.kept_zone FROM places_pub_merged_zone AS z WHERE z.zone = v.zone)
  END,
  v.entered, v.departed, v.estimated
FROM )sql") +
         from + R"sql(visits_pub_visit AS v
LEFT JOIN places_pub_merged AS m ON m.place = v.place
)sql" + where;
}

const store::Query& visits_after_query() {
  static const std::string text = visits_of("", "WHERE v.id > $1 ORDER BY v.id LIMIT $2");
  static const store::Query query{"tracing.visits_after", text.c_str()};
  return query;
}

const store::Query& visit_named_query() {
  static const std::string text = visits_of("", "WHERE v.id = $1");
  static const store::Query query{"tracing.visit_named", text.c_str()};
  return query;
}

const store::Query& visits_of_query() {
  constexpr const char* kTheirs = R"sql(
WHERE v.person = me.person AND v.departed > $2
  AND NOT EXISTS (SELECT 1 FROM people_pub_merged AS other WHERE other.person = $1))sql";
  static const std::string text = std::string(kMe) + visits_of("me CROSS JOIN ", kTheirs);
  static const store::Query query{"tracing.visits_of", text.c_str()};
  return query;
}

constexpr store::Query kPersonsAt{"tracing.persons_at", R"sql(
SELECT DISTINCT person
FROM visits_pub_visit
WHERE place = $1 AND departed > $2
LIMIT $3)sql"};

// Encounters told from one side, with whom the two count as.
std::string encounters_of(const char* where, const char* order) {
  return std::string(R"sql(
SELECT
  person, peer, started, ended, attenuation, person_as, peer_as,
  CAST(CASE
    WHEN EXISTS (SELECT 1 FROM people_pub_merged AS p WHERE p.kept = person_as)
      OR EXISTS (SELECT 1 FROM people_pub_merged AS p WHERE p.kept = peer_as)
    THEN 1
    ELSE 0
  END AS bigint) AS several
FROM (
  SELECT
    e.person, e.peer, e.started, e.ended, e.attenuation,
    coalesce((SELECT p.kept FROM people_pub_merged AS p WHERE p.person = e.person), e.person) AS person_as,
    coalesce((SELECT p.kept FROM people_pub_merged AS p WHERE p.person = e.peer), e.peer) AS peer_as
  FROM encounters_pub_encounter AS e
)sql") + where +
         ") AS told" + order;
}

const store::Query& encounters_after_query() {
  constexpr const char* kNext = R"sql(
  WHERE (e.person, e.peer, e.started) > ($1, $2, $3) AND e.person < e.peer
  ORDER BY e.person, e.peer, e.started
  LIMIT $4)sql";
  static const std::string text = encounters_of(kNext, "\nORDER BY person, peer, started");
  static const store::Query query{"tracing.encounters_after", text.c_str()};
  return query;
}

const store::Query& encounters_of_batch_query() {
  static const std::string text = encounters_of("WHERE e.batch = $1 AND e.person < e.peer", "");
  static const store::Query query{"tracing.encounters_of_batch", text.c_str()};
  return query;
}

constexpr store::Query kEverCountedAs{"tracing.ever_counted_as", R"sql(
SELECT DISTINCT kept
FROM people_pub_kept
WHERE person = $1)sql"};

constexpr store::Query kHasEncounters{"tracing.has_encounters", R"sql(
SELECT peer
FROM encounters_pub_encounter
WHERE person = $1
LIMIT 1)sql"};

constexpr store::Query kPlacesAfter{"tracing.places_after", R"sql(
SELECT id, kind
FROM places_pub_place
WHERE id > $1
ORDER BY id
LIMIT $2)sql"};

constexpr store::Query kPlaceNamed{"tracing.place_named", R"sql(
SELECT id, kind
FROM places_pub_place
WHERE id = $1)sql"};

constexpr store::Query kStamp{"tracing.index_stamp", "SELECT stamp FROM tracing_index_stamp"};
constexpr store::Query kSetStamp{"tracing.set_index_stamp", R"sql(
INSERT INTO tracing_index_stamp (one, stamp)
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
  return event.type.starts_with("visit.") || event.type.starts_with("encounters.") || of_merge(event) ||
         of_person_merge(event);
}

std::vector<store::Row> rows_of(std::span<const std::int64_t> ids) {
  std::vector<store::Row> rows;
  rows.reserve(ids.size());
  for (const std::int64_t id : ids) rows.push_back({id});
  return rows;
}

template <class T>
std::vector<T> each_named(store::Session& session, const store::Query& query, std::span<const std::int64_t> ids) {
  std::vector<T> out;
  if (ids.empty()) return out;
  for (auto& found : session.each<T>(query, rows_of(ids)))
    std::move(found.begin(), found.end(), std::back_inserter(out));
  return out;
}

}  // namespace

std::vector<StoredVisit> visits_after(store::Session& session, const StoredVisit& last) {
  return session.all<StoredVisit>(visits_after_query(), last.id, kPortion);
}

std::vector<StoredEncounter> encounters_after(store::Session& session, const StoredEncounter& last) {
  return session.all<StoredEncounter>(encounters_after_query(), last.person, last.peer, last.started, kPortion);
}

std::vector<StoredPlace> places_after(store::Session& session, const StoredPlace& last) {
  return session.all<StoredPlace>(kPlacesAfter, last.id, kPortion);
}

std::vector<StoredVisit> visits_named(store::Session& session, std::span<const std::int64_t> visits) {
  return each_named<StoredVisit>(session, visit_named_query(), visits);
}

std::vector<StoredEncounter> encounters_of_batches(store::Session& session, std::span<const std::int64_t> batches) {
  return each_named<StoredEncounter>(session, encounters_of_batch_query(), batches);
}

std::vector<StoredPlace> places_named(store::Session& session, std::span<const std::int64_t> places) {
  return each_named<StoredPlace>(session, kPlaceNamed, places);
}

std::vector<std::vector<StoredVisit>> visits_of(store::Session& session, std::span<const PersonId> persons,
                                                Instant since) {
  std::vector<store::Row> rows;
  for (const PersonId person : persons) rows.push_back({person.value, since.seconds});
  if (rows.empty()) return {};
  return session.each<StoredVisit>(visits_of_query(), rows);
}

std::vector<PersonId> persons_at(store::Session& session, PlaceId place, Instant since, std::size_t most) {
  return session.all<PersonId>(kPersonsAt, place, since, most);
}

bool of_merge(const store::Event& event) {
  return event.type == "place.merged" || event.type == "place.parted";
}

bool of_person_merge(const store::Event& event) {
  return event.type == "person.merged" || event.type == "person.parted";
}

std::vector<PersonId> ever_counted_as(store::Session& session, PersonId person) {
  return session.all<PersonId>(kEverCountedAs, person);
}

bool has_encounters(store::Session& session, PersonId record) {
  return session.one<PersonId>(kHasEncounters, record).has_value();
}

std::vector<presence::Encounter> encounters_of(store::Session& session, std::span<const StoredEncounter> stored) {
  std::vector<presence::Encounter> out;
  std::set<std::pair<PersonId, PersonId>> several;
  for (const StoredEncounter& e : stored) {
    if (e.person_as == e.peer_as) continue;
    const auto [person, peer] = std::minmax(e.person_as, e.peer_as);
    if (e.several != 0) {
      several.emplace(person, peer);
    } else {
      out.push_back({person, peer, {e.started, e.ended}, e.attenuation});
    }
  }
  const std::vector<std::pair<PersonId, PersonId>> pairs(several.begin(), several.end());
  for (auto& whole : encounters_of_pairs(session, pairs)) out.insert(out.end(), whole.begin(), whole.end());
  return out;
}

std::optional<std::int64_t> read_stamp(store::Session& session) {
  return session.one<std::int64_t>(kStamp);
}

void write_stamp(store::Session& session, std::int64_t stamp) {
  session.run(kSetStamp, stamp);
}

std::int64_t draw_stamp() {
  SystemRandom random;
  std::uint64_t stamp = 0;
  const std::string bytes = random.bytes(sizeof stamp);
  std::memcpy(&stamp, bytes.data(), sizeof stamp);
  return static_cast<std::int64_t>(stamp >> 1);  // a bigint
}

std::optional<std::int64_t> subject_at(const store::Database& db, store::Session& session, store::Position position) {
  if (position.seq == 0) return std::nullopt;
  const auto found = db.events_after(session, {position.epoch, position.xid, position.seq - 1}, 1);
  if (!found || found->empty() || found->front().position() != position) return std::nullopt;
  return found->front().subject;
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
