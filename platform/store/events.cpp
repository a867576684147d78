// The event feed: writing what was published, reading after a position, and forgetting what is old.

#include <charconv>
#include <chrono>
#include <thread>

#include "platform/store/feed.h"
#include "platform/store/impl.h"

namespace luytre::store {
namespace {

constexpr Query kEpoch{"store.epoch", "SELECT epoch FROM store_feed"};

constexpr Query kPublish{"store.publish", R"(INSERT INTO store_event (epoch, type, subject, at, version, unit, written)
VALUES ($1, $2, $3, $4, $5, $6, $7))"};

// A follower sees every event exactly once in the order of its position only if no event can still appear before it:
// PostgreSQL readers therefore stop at the oldest transaction that is still running. Earlier epochs come from a backup:
// all of them are final, and their xid may be of another server.
constexpr Query kAfterPostgres{"store.events_after_postgres",
                               R"(SELECT epoch, xid, seq, type, subject, at, version, unit
FROM store_event
WHERE (epoch, xid, seq) > ($1, $2, $3)
  AND (epoch < $4 OR xid < CAST(CAST(pg_snapshot_xmin(pg_current_snapshot()) AS text) AS bigint))
ORDER BY epoch, xid, seq
LIMIT $5)"};
constexpr Query kAfterSqlite{"store.events_after_sqlite", R"(SELECT epoch, xid, seq, type, subject, at, version, unit
FROM store_event
WHERE seq > $1
ORDER BY seq
LIMIT $2)"};

constexpr Query kNewestPostgres{"store.newest_postgres", R"(SELECT epoch, xid, seq
FROM store_event
WHERE epoch < $1 OR xid < CAST(CAST(pg_snapshot_xmin(pg_current_snapshot()) AS text) AS bigint)
ORDER BY epoch DESC, xid DESC, seq DESC
LIMIT 1)"};
constexpr Query kNewestSqlite{"store.newest_sqlite", R"(SELECT epoch, xid, seq
FROM store_event
ORDER BY seq DESC
LIMIT 1)"};

constexpr Query kUnseenPostgres{"store.events_unseen", R"(SELECT CAST(count(*) AS bigint)
FROM store_event
WHERE epoch = (SELECT epoch FROM store_feed)
  AND xid >= CAST(CAST(pg_snapshot_xmin(pg_current_snapshot()) AS text) AS bigint))"};

constexpr Query kFeed{"store.feed", "SELECT epoch, kept_epoch, kept_xid, kept_seq FROM store_feed"};

struct Feed {
  std::int64_t epoch = 0;
  std::int64_t kept_epoch = 0;
  std::int64_t kept_xid = 0;
  std::int64_t kept_seq = 0;
  Position kept() const { return {kept_epoch, kept_xid, kept_seq}; }
};
BOOST_DESCRIBE_STRUCT(Feed, (), (epoch, kept_epoch, kept_xid, kept_seq))

std::vector<Event> read_after(Session& session, const Feed& feed, Position from, std::size_t most) {
  if (session.engine() == Engine::kSqlite) return session.all<Event>(kAfterSqlite, from.seq, most);
  return session.all<Event>(kAfterPostgres, from.epoch, from.xid, from.seq, feed.epoch, most);
}

}  // namespace

std::string to_text(const Position& p) {
  return std::to_string(p.epoch) + "." + std::to_string(p.xid) + "." + std::to_string(p.seq);
}

std::optional<Position> parse_position(std::string_view text) {
  Position out;
  std::int64_t* const parts[] = {&out.epoch, &out.xid, &out.seq};
  const char* at = text.data();
  const char* const end = at + text.size();
  for (int i = 0; i < 3; ++i) {
    if (i > 0 && (at == end || *at++ != '.')) return std::nullopt;
    const auto [next, failed] = std::from_chars(at, end, *parts[i]);
    if (failed != std::errc() || *parts[i] < 0) return std::nullopt;
    at = next;
  }
  if (at != end) return std::nullopt;
  return out;
}

void Session::publish(std::span<const NewEvent> events) {
  connection_.outbox.insert(connection_.outbox.end(), events.begin(), events.end());
}

void Database::Impl::write_outbox(EngineConnection& connection) {
  if (connection.outbox.empty()) return;
  if (connection.epoch == 0) connection.epoch = std::get<std::int64_t>(connection.all(kEpoch, {}).at(0).at(0));
  const std::int64_t written = clock.now().seconds;
  std::vector<Row> rows;
  rows.reserve(connection.outbox.size());
  for (NewEvent& e : connection.outbox) {
    Row& row = rows.emplace_back();
    row.reserve(7);
    row.emplace_back(connection.epoch);
    row.emplace_back(std::move(e.type));
    row.emplace_back(e.subject);
    row.emplace_back(e.at.seconds);
    row.emplace_back(e.version);
    row.emplace_back(e.unit);
    row.emplace_back(written);
  }
  connection.outbox.clear();
  connection.insert_at_commit(kPublish, rows, Fault::kUnique);
}

std::optional<std::vector<Event>> Database::events_after(Session& session, Position from, std::size_t most) const {
  const Feed feed = session.one<Feed>(kFeed).value();
  if (from == Position{}) {
    from = feed.kept();
  } else if (from.epoch != feed.epoch || from < feed.kept()) {
    return std::nullopt;
  }
  return read_after(session, feed, from, most);
}

std::vector<Event> events_for_follower(Session& session, Position from, std::size_t most) {
  return read_after(session, session.one<Feed>(kFeed).value(), from, most);
}

bool all_events_seen(Database& database) {
  if (database.engine() == Engine::kSqlite) return true;
  for (int i = 0; i < 3000; ++i) {
    if (database.read_now([](Session& s) { return s.value<std::int64_t>(kUnseenPostgres); }) == 0) return true;
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  return false;
}

Position Database::newest(Session& session) const {
  const Feed feed = session.one<Feed>(kFeed).value();
  const auto last = session.engine() == Engine::kSqlite ? session.one<Position>(kNewestSqlite)
                                                        : session.one<Position>(kNewestPostgres, feed.epoch);
  // Of the present epoch even when its first event is still to come: a position of an earlier one would be refused.
  if (last && last->epoch == feed.epoch) return *last;
  if (!last && feed.kept_epoch == feed.epoch) return feed.kept();
  return {feed.epoch, 0, last ? last->seq : feed.kept_seq};
}

}  // namespace luytre::store
