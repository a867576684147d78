#include "modules/quarantine/site_storage.h"

#include "modules/quarantine/storage.h"

namespace luytre::quarantine::storage {
namespace {

constexpr store::Query kSite{"quarantine.site", R"sql(
  SELECT id, kind, owner, name, address, unit, created
  FROM quarantine_site
  WHERE id = $1)sql"};

constexpr store::Query kAllSites{"quarantine.all_sites", R"sql(
  SELECT id, kind, owner, name, address, unit, created
  FROM quarantine_site)sql"};

constexpr store::Query kSitesOfUnit{"quarantine.sites_of_unit", R"sql(
  SELECT id, kind, owner, name, address, unit, created
  FROM quarantine_site
  WHERE unit = $1)sql"};

constexpr store::Query kInsertSite{"quarantine.insert_site", R"sql(
  INSERT INTO quarantine_site (id, kind, owner, name, address, unit, created)
  VALUES ($1, $2, $3, $4, $5, $6, $7))sql"};

constexpr store::Query kRooms{"quarantine.rooms", R"sql(
  SELECT id, site, name, beds
  FROM quarantine_room
  WHERE site = $1
  ORDER BY id)sql"};

constexpr store::Query kInsertRoom{"quarantine.insert_room", R"sql(
  INSERT INTO quarantine_room (id, site, name, beds)
  VALUES ($1, $2, $3, $4))sql"};

constexpr store::Query kStay{"quarantine.stay", R"sql(
  SELECT id, order_id, site, room, bed, entered, entered_by, left_at, left_by, restart
  FROM quarantine_stay
  WHERE id = $1)sql"};

constexpr store::Query kOpenStay{"quarantine.open_stay", R"sql(
  SELECT id, order_id, site, room, bed, entered, entered_by, left_at, left_by, restart
  FROM quarantine_stay
  WHERE order_id = $1 AND left_at IS NULL)sql"};

constexpr store::Query kOpenStays{"quarantine.open_stays", R"sql(
  SELECT id, order_id, site, room, bed, entered, entered_by, left_at, left_by, restart
  FROM quarantine_stay
  WHERE site = $1 AND left_at IS NULL
  ORDER BY room, bed)sql"};

constexpr store::Query kStaysOf{"quarantine.stays_of", R"sql(
  SELECT id, order_id, site, room, bed, entered, entered_by, left_at, left_by, restart
  FROM quarantine_stay
  WHERE order_id = $1
  ORDER BY id)sql"};

constexpr store::Query kStaysIn{"quarantine.stays_in", R"sql(
  SELECT id, order_id, site, room, bed, entered, entered_by, left_at, left_by, restart
  FROM quarantine_stay
  WHERE room = $1 AND entered < $3 AND (left_at IS NULL OR left_at > $2)
  ORDER BY id)sql"};

constexpr store::Query kLeftStays{"quarantine.left_stays", R"sql(
  SELECT id, order_id, site, room, bed, entered, entered_by, left_at, left_by, restart
  FROM quarantine_stay
  WHERE site = $1 AND left_at IS NOT NULL
  ORDER BY left_at DESC, id DESC
  LIMIT $2)sql"};

constexpr store::Query kInsertStay{"quarantine.insert_stay", R"sql(
  INSERT INTO quarantine_stay (id, order_id, site, room, bed, entered, entered_by, left_at, left_by, restart)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10))sql"};

constexpr store::Query kLeave{"quarantine.leave", R"sql(
  UPDATE quarantine_stay
  SET left_at = $2, left_by = $3
  WHERE id = $1)sql"};

constexpr store::Query kRestart{"quarantine.restart", R"sql(
  UPDATE quarantine_stay
  SET restart = $2
  WHERE id = $1)sql"};

constexpr store::Query kLastRoll{"quarantine.last_roll", R"sql(
  SELECT present, at, by_name
  FROM quarantine_roll
  WHERE stay = $1
  ORDER BY at DESC, id DESC
  LIMIT 1)sql"};

constexpr store::Query kInsertRoll{"quarantine.insert_roll", R"sql(
  INSERT INTO quarantine_roll (id, stay, at, present, by_name, roll_call)
  VALUES ($1, $2, $3, $4, $5, $6))sql"};

constexpr store::Query kAnswers{"quarantine.roll_answers", R"sql(
  SELECT stay, present, at
  FROM quarantine_roll
  WHERE roll_call = $1
  ORDER BY at, id)sql"};

struct Taken {
  std::int64_t stays = 0, leaving = 0;
};
BOOST_DESCRIBE_STRUCT(Taken, (), (stays, leaving))

constexpr store::Query kBeds{"quarantine.site_beds", R"sql(
  SELECT CAST(COALESCE(sum(beds), 0) AS bigint)
  FROM quarantine_room
  WHERE site = $1)sql"};

constexpr store::Query kTaken{"quarantine.site_taken", R"sql(
  SELECT count(*), count(CASE WHEN o.state = 'running' AND o.last_day = $2 THEN 1 END)
  FROM quarantine_stay s
  JOIN quarantine_order o ON o.id = s.order_id
  WHERE s.site = $1 AND s.left_at IS NULL)sql"};

constexpr store::Query kUncalled{"quarantine.uncalled", R"sql(
  SELECT count(*)
  FROM quarantine_stay s
  WHERE site = $1 AND left_at IS NULL AND entered < $2
    AND NOT EXISTS (SELECT 1 FROM quarantine_roll r WHERE r.stay = s.id AND r.at >= $2))sql"};

constexpr store::Query kRollCall{"quarantine.roll_call", R"sql(
  SELECT id, site, begun, begun_by, closed, closed_by
  FROM quarantine_roll_call
  WHERE id = $1)sql"};

constexpr store::Query kLastCall{"quarantine.last_roll_call", R"sql(
  SELECT id, site, begun, begun_by, closed, closed_by
  FROM quarantine_roll_call
  WHERE site = $1
  ORDER BY begun DESC, id DESC
  LIMIT 1)sql"};

constexpr store::Query kInsertCall{"quarantine.insert_roll_call", R"sql(
  INSERT INTO quarantine_roll_call (id, site, begun, begun_by, closed, closed_by)
  VALUES ($1, $2, $3, $4, $5, $6))sql"};

constexpr store::Query kCloseCall{"quarantine.close_roll_call", R"sql(
  UPDATE quarantine_roll_call
  SET closed = $2, closed_by = $3
  WHERE id = $1)sql"};

constexpr store::Query kDeleteCalls{"quarantine.delete_roll_calls", R"sql(
  DELETE FROM quarantine_roll_call
  WHERE begun < $1)sql"};

constexpr store::Query kStaysAt{"quarantine.stays_at", R"sql(
  SELECT id, order_id, site, room, bed, entered, entered_by, left_at, left_by, restart
  FROM quarantine_stay
  WHERE site = $1 AND entered < $3 AND (left_at IS NULL OR left_at >= $2)
  ORDER BY entered, id
  LIMIT $4)sql"};

constexpr store::Query kKeepers{"quarantine.keepers", R"sql(
  SELECT site, account, since, named_by
  FROM quarantine_keeper
  WHERE site = $1
  ORDER BY since, account)sql"};

constexpr store::Query kKeeps{"quarantine.keeps", R"sql(
  SELECT count(*)
  FROM quarantine_keeper
  WHERE site = $1 AND account = $2)sql"};

constexpr store::Query kKeptSites{"quarantine.kept_sites", R"sql(
  SELECT s.id, s.kind, s.owner, s.name, s.address, s.unit, s.created
  FROM quarantine_keeper k
  JOIN quarantine_site s ON s.id = k.site
  WHERE k.account = $1)sql"};

constexpr store::Query kInsertKeeper{"quarantine.insert_keeper", R"sql(
  INSERT INTO quarantine_keeper (site, account, since, named_by)
  VALUES ($1, $2, $3, $4))sql"};

constexpr store::Query kDeleteKeeper{"quarantine.delete_keeper", R"sql(
  DELETE FROM quarantine_keeper
  WHERE site = $1 AND account = $2)sql"};

constexpr store::Query kDeleteRolls{"quarantine.delete_rolls", R"sql(
  DELETE FROM quarantine_roll
  WHERE stay IN (SELECT id FROM quarantine_stay WHERE order_id = $1))sql"};

constexpr store::Query kDeleteStays{"quarantine.delete_stays", R"sql(
  DELETE FROM quarantine_stay
  WHERE order_id = $1)sql"};

}  // namespace

std::optional<SiteRow> site(store::Session& session, SiteId id) {
  return session.one<SiteRow>(kSite, id);
}

std::vector<SiteRow> all_sites(store::Session& session) {
  return session.all<SiteRow>(kAllSites);
}

std::vector<SiteRow> sites(store::Session& session, std::span<const UnitId> units) {
  std::vector<store::Row> looks;
  for (const UnitId unit : units) looks.push_back({store::to_value(unit)});
  std::vector<SiteRow> out;
  if (looks.empty()) return out;
  for (auto& found : session.each<SiteRow>(kSitesOfUnit, looks))
    out.insert(out.end(), std::make_move_iterator(found.begin()), std::make_move_iterator(found.end()));
  return out;
}

void insert(store::Session& session, const SiteRow& r) {
  session.run(kInsertSite, r.id, r.kind, r.owner, r.name, r.address, r.unit, r.created);
}

const store::Query& taken_query() {
  return kTaken;
}

const store::Query& uncalled_query() {
  return kUncalled;
}

std::vector<SiteCounts> counts(store::Session& session, std::span<const SiteRow> sites, Date leaving_on,
                               Instant called_since) {
  std::vector<SiteCounts> out(sites.size());
  if (sites.empty()) return out;
  std::vector<store::Row> rooms, stays, rolls;
  for (const SiteRow& site : sites) {
    rooms.push_back(store::values(site.id));
    stays.push_back(store::values(site.id, leaving_on));
    rolls.push_back(store::values(site.id, called_since));
  }
  const auto beds = session.each<std::int64_t>(kBeds, rooms);
  const auto taken = session.each<Taken>(kTaken, stays);
  const auto uncalled = session.each<std::int64_t>(kUncalled, rolls);
  for (std::size_t i = 0; i < sites.size(); ++i) {
    const Taken& lie = taken[i].front();
    out[i] = {beds[i].front(), lie.stays, lie.leaving, uncalled[i].front()};
  }
  return out;
}

std::vector<RoomRow> rooms(store::Session& session, SiteId site) {
  return session.all<RoomRow>(kRooms, site);
}

void insert(store::Session& session, const RoomRow& r) {
  insert_or_again(session, kInsertRoom, r.id, r.site, r.name, r.beds);
}

std::optional<StayRow> stay(store::Session& session, StayId id) {
  return session.one<StayRow>(kStay, id);
}

std::optional<StayRow> open_stay(store::Session& session, OrderId order) {
  return session.one<StayRow>(kOpenStay, order);
}

std::vector<std::optional<StayRow>> open_stays(store::Session& session, std::span<const OrderId> orders) {
  std::vector<store::Row> looks;
  for (const OrderId order : orders) looks.push_back(store::values(order));
  std::vector<std::optional<StayRow>> out;
  if (looks.empty()) return out;
  for (auto& found : session.each<StayRow>(kOpenStay, looks))
    out.push_back(found.empty() ? std::nullopt : std::optional(std::move(found.front())));
  return out;
}

std::vector<StayRow> open_stays(store::Session& session, SiteId site) {
  return session.all<StayRow>(kOpenStays, site);
}

std::vector<StayRow> stays_of(store::Session& session, OrderId order) {
  return session.all<StayRow>(kStaysOf, order);
}

std::vector<StayRow> stays_in(store::Session& session, RoomId room, const Interval& when) {
  return session.all<StayRow>(kStaysIn, room, when.from, when.to);
}

std::vector<StayRow> left_stays(store::Session& session, SiteId site, std::size_t most) {
  return session.all<StayRow>(kLeftStays, site, most);
}

void insert(store::Session& session, const StayRow& r) {
  insert_or_again(session, kInsertStay, r.id, r.order_id, r.site, r.room, r.bed, r.entered, r.entered_by, r.left,
                  r.left_by, r.restart);
}

void leave(store::Session& session, StayId id, Instant at, const std::string& by) {
  session.run(kLeave, id, at, by);
}

void restart(store::Session& session, StayId id, Instant since) {
  session.run(kRestart, id, since);
}

std::optional<Roll> last_roll(store::Session& session, StayId stay) {
  return session.one<Roll>(kLastRoll, stay);
}

std::vector<std::optional<Roll>> last_rolls(store::Session& session, std::span<const StayRow> stays) {
  std::vector<store::Row> looks;
  for (const StayRow& stay : stays) looks.push_back(store::values(stay.id));
  std::vector<std::optional<Roll>> out;
  for (auto& found : session.each<Roll>(kLastRoll, looks))
    out.push_back(found.empty() ? std::nullopt : std::optional(std::move(found.front())));
  return out;
}

void insert_roll(store::Session& session, std::int64_t id, RollCallId call, StayId stay, const Roll& roll) {
  session.run(kInsertRoll, id, stay, roll.at, roll.present, roll.by, call);
}

std::vector<AnswerRow> answers(store::Session& session, RollCallId call) {
  return session.all<AnswerRow>(kAnswers, call);
}

std::optional<RollCallRow> roll_call(store::Session& session, RollCallId id) {
  return session.one<RollCallRow>(kRollCall, id);
}

std::optional<RollCallRow> last_call(store::Session& session, SiteId site) {
  return session.one<RollCallRow>(kLastCall, site);
}

void insert(store::Session& session, const RollCallRow& r) {
  insert_or_again(session, kInsertCall, r.id, r.site, r.begun, r.begun_by, r.closed, r.closed_by);
}

void close(store::Session& session, const RollCallRow& r) {
  session.run(kCloseCall, r.id, r.closed, r.closed_by);
}

void remove_calls(store::Session& session, Instant begun_before) {
  session.run(kDeleteCalls, begun_before);
}

std::vector<StayRow> stays_at(store::Session& session, SiteId site, const Interval& when, std::size_t most) {
  return session.all<StayRow>(kStaysAt, site, when.from, when.to, most);
}

std::vector<KeeperRow> keepers(store::Session& session, SiteId site) {
  return session.all<KeeperRow>(kKeepers, site);
}

bool keeps(store::Session& session, SiteId site, AccountId account) {
  return session.value<std::int64_t>(kKeeps, site, account) > 0;
}

std::vector<SiteRow> kept_sites(store::Session& session, AccountId account) {
  return session.all<SiteRow>(kKeptSites, account);
}

void insert(store::Session& session, const KeeperRow& r) {
  insert_or_again(session, kInsertKeeper, r.site, r.account, r.since, r.named_by);
}

void remove_keeper(store::Session& session, SiteId site, AccountId account) {
  session.run(kDeleteKeeper, site, account);
}

void remove_stays(store::Session& session, OrderId order) {
  session.run(kDeleteRolls, order);
  session.run(kDeleteStays, order);
}

}  // namespace luytre::quarantine::storage
