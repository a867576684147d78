// Forgetting: events and idempotency answers after kEventsKept, from the oldest end, a portion at a time.
//
// Events that a living follower (one that stored its position within that time) has not handled yet stay: the feed
// loses nothing.

#include <algorithm>

#include "platform/store/feed.h"

namespace luytre::store {
namespace {

constexpr std::int64_t kPortion = 5000;

constexpr Query kOldest{"store.events_oldest", R"(SELECT epoch, xid, seq, written
FROM store_event
ORDER BY epoch, xid, seq
LIMIT $1)"};
constexpr Query kForgetSqlite{"store.events_forget_sqlite", "DELETE FROM store_event WHERE seq <= $1"};
constexpr Query kForgetPostgres{"store.events_forget_postgres",
                                "DELETE FROM store_event WHERE (epoch, xid, seq) <= ($1, $2, $3)"};
constexpr Query kKept{"store.feed_kept", "UPDATE store_feed SET kept_epoch = $1, kept_xid = $2, kept_seq = $3"};
constexpr Query kSlowest{"store.position_slowest", R"(SELECT epoch, xid, seq
FROM store_position
WHERE touched >= $1
ORDER BY epoch, xid, seq
LIMIT 1)"};
constexpr Query kForgetAnswersSqlite{"store.idempotency_forget_sqlite", R"(DELETE FROM store_idempotency
WHERE seq IN (SELECT seq FROM (SELECT seq, written FROM store_idempotency ORDER BY seq LIMIT $2) AS oldest WHERE written < $1))"};
constexpr Query kForgetAnswersPostgres{"store.idempotency_forget_postgres", R"(DELETE FROM store_idempotency
WHERE scope IN (SELECT scope FROM store_idempotency WHERE written < $1 LIMIT $2))"};

struct Written {
  std::int64_t epoch = 0;
  std::int64_t xid = 0;
  std::int64_t seq = 0;
  Instant written;
  Position position() const { return {epoch, xid, seq}; }
};
BOOST_DESCRIBE_STRUCT(Written, (), (epoch, xid, seq, written))

bool forget_events(Session& session, Instant before) {
  const auto slowest = session.one<Position>(kSlowest, before);
  std::optional<Position> last;
  std::int64_t count = 0;
  for (const Written& e : session.all<Written>(kOldest, kPortion)) {
    if (e.written >= before || (slowest && e.position() > *slowest)) break;
    last = e.position();
    ++count;
  }
  if (!last) return false;
  if (session.engine() == Engine::kSqlite) {
    session.run(kForgetSqlite, last->seq);
  } else {
    session.run(kForgetPostgres, last->epoch, last->xid, last->seq);
  }
  session.run(kKept, last->epoch, last->xid, last->seq);
  return count == kPortion;
}

bool forget_answers(Session& session, Instant before) {
  const Query& query = session.engine() == Engine::kSqlite ? kForgetAnswersSqlite : kForgetAnswersPostgres;
  return session.run(query, before, kPortion) == kPortion;
}

}  // namespace

bool forget_portion(Session& session, Instant now) {
  const Instant before = now - kEventsKept;
  const bool events = forget_events(session, before);
  const bool answers = forget_answers(session, before);
  return events || answers;
}

}  // namespace luytre::store
