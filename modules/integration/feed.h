// Feed: the event feed for those outside the server — integrators page through it, dashboards have it pushed.
//
// Only events that carry a unit leave, and only to callers whose area covers it; visit.* and everything about single
// persons (unit 0) stays inside. An event holds ids, type, instant and version; what it means is read through the
// ordinary routes, with their checks. A position older than what is kept, or of an earlier epoch, answers feed_gone:
// begin again from the lists. Thread-safe.

#pragma once

#include <optional>
#include <string>
#include <vector>

#include "platform/geography/geography.h"
#include "platform/http/router.h"
#include "platform/identity/access.h"
#include "platform/store/database.h"

namespace luytre::integration {

inline constexpr ErrorCode kFeedGone{"feed_gone", 410};

using SubjectId = Id<struct SubjectTag>;

struct Item {
  std::string position;
  std::string type;
  SubjectId subject;
  Instant at;
  std::int64_t version = 1;
  UnitId unit;
};
BOOST_DESCRIBE_STRUCT(Item, (), (position, type, subject, at, version, unit))

struct Changes {
  std::vector<Item> items;
  std::string next;  // to be given as ?since= the next time, also when there are no items
};
BOOST_DESCRIBE_STRUCT(Changes, (), (items, next))

class Feed {
 public:
  Feed(store::Database& db, const geography::Geography& geography, const identity::Access& access)
      : db_(db), geography_(geography), access_(access) {}

  // From the beginning of what is kept when `since` is absent. `types`: comma-separated, empty for all.
  Task<Result<Changes>> changes(const Caller& caller, std::optional<std::string> since, std::string types,
                                std::size_t limit) const;
  // What happens from now on, or from `since` (Last-Event-ID of a client that comes back).
  Task<Result<http::Reply>> stream(const Caller& caller, std::optional<std::string> since) const;

 private:
  struct Batch {
    std::vector<Item> items;
    store::Position last;
    bool more = false;
  };
  Task<Result<Batch>> read(const Caller& caller, store::Position from, std::string types, std::size_t limit) const;
  Task<store::Position> newest() const;
  Task<void> push(http::Stream& out, Caller caller, store::Position from) const;

  store::Database& db_;
  const geography::Geography& geography_;
  const identity::Access& access_;
};

void routes(http::Router& router, Feed& feed);

}  // namespace luytre::integration
