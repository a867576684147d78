#include "modules/outages/storage.h"

namespace luytre::outages::storage {
namespace {

using store::Query;
using store::Session;

constexpr Query kLimits{"outages.limits", R"sql(
  SELECT kind, failed_percent, delay_seconds, window_minutes, least
  FROM outages_limit
  ORDER BY kind)sql"};

constexpr Query kSetLimit{"outages.set_limit", R"sql(
  INSERT INTO outages_limit (kind, failed_percent, delay_seconds, window_minutes, least, set_at, set_by)
  VALUES ($1, $2, $3, $4, $5, $6, $7)
  ON CONFLICT (kind) DO UPDATE SET failed_percent = excluded.failed_percent, delay_seconds = excluded.delay_seconds,
    window_minutes = excluded.window_minutes, least = excluded.least, set_at = excluded.set_at, set_by = excluded.set_by)sql"};

constexpr Query kRemoveLimit{"outages.remove_limit", R"sql(
  DELETE FROM outages_limit
  WHERE kind = $1)sql"};

constexpr Query kOpen{"outages.open", R"sql(
  SELECT id, kind, automatic, began, until, reason, failed_percent, delay_seconds, ended
  FROM outages_outage
  WHERE ended IS NULL
  ORDER BY id)sql"};

constexpr Query kPast{"outages.past", R"sql(
  SELECT id, kind, automatic, began, until, reason, failed_percent, delay_seconds, ended
  FROM outages_outage
  WHERE ended IS NOT NULL
  ORDER BY began DESC, id DESC
  LIMIT $1)sql"};

constexpr Query kFind{"outages.find", R"sql(
  SELECT id, kind, automatic, began, until, reason, failed_percent, delay_seconds, ended
  FROM outages_outage
  WHERE id = $1)sql"};

constexpr Query kInsert{"outages.insert", R"sql(
  INSERT INTO outages_outage (id, kind, automatic, began, until, reason, made_by, seen, failed_percent, delay_seconds)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $4, $8, $9))sql"};

constexpr Query kSee{"outages.see", R"sql(
  UPDATE outages_outage
  SET seen = $2, failed_percent = $3, delay_seconds = $4
  WHERE id = $1 AND ended IS NULL)sql"};

constexpr Query kLastSeen{"outages.last_seen", R"sql(
  SELECT seen
  FROM outages_outage
  WHERE id = $1)sql"};

constexpr Query kEnd{"outages.end", R"sql(
  UPDATE outages_outage
  SET ended = $2, ended_by = $3
  WHERE id = $1 AND ended IS NULL)sql"};

}  // namespace

std::vector<Limit> limits(Session& session) {
  return session.all<Limit>(kLimits);
}

void set_limit(Session& session, const Limit& limit, Instant now, AccountId by) {
  session.run(kSetLimit, limit.kind, limit.failed_percent, limit.delay_seconds, limit.window_minutes, limit.least, now,
              by);
}

void remove_limit(Session& session, Kind kind) {
  session.run(kRemoveLimit, kind);
}

std::vector<Outage> open(Session& session) {
  return session.all<Outage>(kOpen);
}

std::vector<Outage> past(Session& session, std::int64_t most) {
  return session.all<Outage>(kPast, most);
}

std::optional<Outage> find(Session& session, OutageId id) {
  return session.one<Outage>(kFind, id);
}

void insert(Session& session, const Outage& outage, AccountId by) {
  session.run(kInsert, outage.id, outage.kind, outage.automatic, outage.began, outage.until, outage.reason, by,
              outage.failed_percent, outage.delay_seconds);
}

void see(Session& session, const Outage& outage, Instant now) {
  session.run(kSee, outage.id, now, outage.failed_percent, outage.delay_seconds);
}

std::optional<Instant> last_seen(Session& session, OutageId id) {
  return session.one<Instant>(kLastSeen, id);
}

bool end(Session& session, OutageId id, Instant now, AccountId by) {
  return session.run(kEnd, id, now, by) > 0;
}

}  // namespace luytre::outages::storage
