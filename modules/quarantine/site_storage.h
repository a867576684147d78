// SQL of sites. Every function runs in the caller's transaction.

#pragma once

#include <span>

#include "modules/quarantine/sites.h"

namespace luytre::quarantine::storage {

struct SiteRow {
  SiteId id;
  PlaceKind kind = PlaceKind::kSite;
  Owner owner = Owner::kHealth;
  std::string name, address;
  UnitId unit;
  Instant created;
};
BOOST_DESCRIBE_STRUCT(SiteRow, (), (id, kind, owner, name, address, unit, created))

std::optional<SiteRow> site(store::Session& session, SiteId id);
std::vector<SiteRow> all_sites(store::Session& session);
std::vector<SiteRow> sites(store::Session& session, std::span<const UnitId> units);
void insert(store::Session& session, const SiteRow& row);

struct SiteCounts {
  std::int64_t beds = 0, taken = 0;
  std::int64_t leaving = 0;   // whose running order ends on that day
  std::int64_t uncalled = 0;  // who lies there since before that instant, and was not called since
};

std::vector<SiteCounts> counts(store::Session& session, std::span<const SiteRow> sites, Date leaving_on,
                               Instant called_since);  // of each
// For tests: how they are read. Parameters: site, and the day or the instant.
const store::Query& taken_query();
const store::Query& uncalled_query();

struct RoomRow {
  RoomId id;
  SiteId site;
  std::string name;
  std::int64_t beds = 0;
};
BOOST_DESCRIBE_STRUCT(RoomRow, (), (id, site, name, beds))

std::vector<RoomRow> rooms(store::Session& session, SiteId site);  // as they were added
void insert(store::Session& session, const RoomRow& row);

struct StayRow {
  StayId id;
  OrderId order_id;
  SiteId site;
  RoomId room;
  std::int64_t bed = 0;
  Instant entered;
  std::string entered_by;
  std::optional<Instant> left;
  std::optional<std::string> left_by;
  std::optional<Instant> restart;
};
BOOST_DESCRIBE_STRUCT(StayRow, (), (id, order_id, site, room, bed, entered, entered_by, left, left_by, restart))

std::optional<StayRow> stay(store::Session& session, StayId id);
std::optional<StayRow> open_stay(store::Session& session, OrderId order);
std::vector<std::optional<StayRow>> open_stays(store::Session& session, std::span<const OrderId> orders);  // of each
std::vector<StayRow> open_stays(store::Session& session, SiteId site);  // by room and bed
std::vector<StayRow> stays_of(store::Session& session, OrderId order);  // also those that ended, oldest first
// Who lay there at some time of it, also those who have left.
std::vector<StayRow> stays_in(store::Session& session, RoomId room, const Interval& when);
std::vector<StayRow> left_stays(store::Session& session, SiteId site, std::size_t most);  // newest first
void insert(store::Session& session, const StayRow& row);
void leave(store::Session& session, StayId id, Instant at, const std::string& by);
void restart(store::Session& session, StayId id, Instant since);

struct RollCallRow {
  RollCallId id;
  SiteId site;
  Instant begun;
  std::string begun_by;
  std::optional<Instant> closed;
  std::optional<std::string> closed_by;
};
BOOST_DESCRIBE_STRUCT(RollCallRow, (), (id, site, begun, begun_by, closed, closed_by))

std::optional<RollCallRow> roll_call(store::Session& session, RollCallId id);
std::optional<RollCallRow> last_call(store::Session& session, SiteId site);  // begun last, open or closed
void insert(store::Session& session, const RollCallRow& row);
void close(store::Session& session, const RollCallRow& row);
void remove_calls(store::Session& session, Instant begun_before);

struct AnswerRow {
  StayId stay;
  bool present = false;
  Instant at;
};
BOOST_DESCRIBE_STRUCT(AnswerRow, (), (stay, present, at))

std::optional<Roll> last_roll(store::Session& session, StayId stay);
std::vector<std::optional<Roll>> last_rolls(store::Session& session, std::span<const StayRow> stays);  // of each
std::vector<AnswerRow> answers(store::Session& session, RollCallId call);                              // oldest first
void insert_roll(store::Session& session, std::int64_t id, RollCallId call, StayId stay, const Roll& roll);

// Who lay there at some time of it, the first to enter first.
std::vector<StayRow> stays_at(store::Session& session, SiteId site, const Interval& when, std::size_t most);
void remove_stays(store::Session& session, OrderId order);

struct KeeperRow {
  SiteId site;
  AccountId account;
  Instant since;
  std::string named_by;
};
BOOST_DESCRIBE_STRUCT(KeeperRow, (), (site, account, since, named_by))

std::vector<KeeperRow> keepers(store::Session& session, SiteId site);  // as they were named
bool keeps(store::Session& session, SiteId site, AccountId account);
std::vector<SiteRow> kept_sites(store::Session& session, AccountId account);
void insert(store::Session& session, const KeeperRow& row);
void remove_keeper(store::Session& session, SiteId site, AccountId account);

}  // namespace luytre::quarantine::storage
