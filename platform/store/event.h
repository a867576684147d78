// The event feed: what happened, in order, losing nothing. A module writes rows and events in one transaction;
// followers resume from their own position, at least once. Events hold ids, type, instant and version: never names,
// phones or answers. Kept 35 days.
//
// A position is (epoch, xid, seq), compared in that order. On PostgreSQL `xid` is the writing transaction's xid8 and
// readers see only xid < pg_snapshot_xmin, so that a late commit is never skipped; on SQLite xid = 0. A restore starts
// a new epoch.

#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "platform/base/id.h"
#include "platform/base/json.h"
#include "platform/base/time.h"

namespace luytre::store {

inline constexpr std::chrono::hours kEventsKept{35 * 24};

struct NewEvent {
  std::string type;          // "visit.began"
  std::int64_t subject = 0;  // id of what it is about
  Instant at;                // when it happened
  std::int64_t version = 1;  // of the subject; consumers ignore older ones
  std::int64_t unit = 0;     // the administrative unit that may see it; 0: internal
};

struct Position {
  std::int64_t epoch = 0;
  std::int64_t xid = 0;
  std::int64_t seq = 0;
  friend auto operator<=>(const Position&, const Position&) = default;
};
BOOST_DESCRIBE_STRUCT(Position, (), (epoch, xid, seq))

std::string to_text(const Position& p);  // "1.0.4711"
std::optional<Position> parse_position(std::string_view text);

struct Event {
  std::int64_t epoch = 0;
  std::int64_t xid = 0;
  std::int64_t seq = 0;
  std::string type;
  std::int64_t subject = 0;
  Instant at;
  std::int64_t version = 1;
  std::int64_t unit = 0;
  Position position() const { return {epoch, xid, seq}; }
};
BOOST_DESCRIBE_STRUCT(Event, (), (epoch, xid, seq, type, subject, at, version, unit))

}  // namespace luytre::store
