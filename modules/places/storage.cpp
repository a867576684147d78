#include "modules/places/storage.h"

#include <algorithm>

namespace luytre::places::storage {
namespace {

using store::Query;
using store::Row;
using store::Session;
using store::to_value;

constexpr Query kInsert{"places.insert", R"sql(
  INSERT INTO places_place (id, name, kind, unit, address, phone, functions, capacity, keeper, status, issue, registered,
                            approved, approved_by, closed, revision, version, approval_ended)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18))sql"};

constexpr Query kUpdate{"places.update", R"sql(
  UPDATE places_place
  SET name = $2, address = $3, functions = $4, capacity = $5, status = $6, issue = $7, approved = $8, approved_by = $9,
      closed = $10, revision = $11, version = $12, approval_ended = $13
  WHERE id = $1 AND version = $14)sql"};

constexpr Query kSetKeeping{"places.set_keeping", R"sql(
  UPDATE places_place
  SET keeper = $2, phone = $3
  WHERE id = $1)sql"};

constexpr Query kFind{"places.find", R"sql(
  SELECT id, name, kind, unit, address, phone, functions, capacity, keeper, status, issue, registered,
         approved, approved_by, closed, revision, version, approval_ended
  FROM places_place
  WHERE id = $1)sql"};

constexpr Query kOfKeeper{"places.of_keeper", R"sql(
  SELECT id, name, kind, unit, address, phone, functions, capacity, keeper, status, issue, registered,
         approved, approved_by, closed, revision, version, approval_ended
  FROM places_place
  WHERE keeper = $1
  ORDER BY id DESC
  LIMIT 1000)sql"};

constexpr Query kChanged{"places.changed", R"sql(
  SELECT id, name, kind, unit, address, phone, functions, capacity, keeper, status, issue, registered,
         approved, approved_by, closed, revision, version, approval_ended
  FROM places_place
  WHERE revision > $1
  ORDER BY revision
  LIMIT $2)sql"};

constexpr Query kNewest{"places.newest", R"sql(
  SELECT id, name, kind, unit, address, phone, functions, capacity, keeper, status, issue, registered,
         approved, approved_by, closed, revision, version, approval_ended
  FROM places_place
  WHERE id < $1
  ORDER BY id DESC
  LIMIT $2)sql"};

constexpr Query kNewestOf{"places.newest_of", R"sql(
  SELECT id, name, kind, unit, address, phone, functions, capacity, keeper, status, issue, registered,
         approved, approved_by, closed, revision, version, approval_ended
  FROM places_place
  WHERE unit = $1 AND id < $2
  ORDER BY id DESC
  LIMIT $3)sql"};

constexpr Query kWaiting{"places.waiting", R"sql(
  SELECT id, name, kind, unit, address, phone, functions, capacity, keeper, status, issue, registered,
         approved, approved_by, closed, revision, version, approval_ended
  FROM places_place
  WHERE status = 'registered' AND keeper <> 0
  ORDER BY id
  LIMIT $1)sql"};

constexpr Query kWaitingIn{"places.waiting_in", R"sql(
  SELECT id, name, kind, unit, address, phone, functions, capacity, keeper, status, issue, registered,
         approved, approved_by, closed, revision, version, approval_ended
  FROM places_place
  WHERE unit = $1 AND status = 'registered' AND keeper <> 0
  ORDER BY id
  LIMIT $2)sql"};

constexpr Query kZones{"places.zones", R"sql(
  SELECT id, place, name, entrance, leaving
  FROM places_zone
  WHERE place = $1
  ORDER BY id)sql"};

constexpr Query kCountZones{"places.count_zones", R"sql(
  SELECT CAST(count(*) AS bigint)
  FROM places_zone
  WHERE place = $1)sql"};

constexpr Query kCodes{"places.codes", R"sql(
  SELECT code, place, zone, issue
  FROM places_code
  WHERE place = $1)sql"};

constexpr Query kInsertZone{"places.insert_zone", R"sql(
  INSERT INTO places_zone (id, place, name, created, entrance, leaving)
  VALUES ($1, $2, $3, $4, $5, $6))sql"};

constexpr Query kSetUse{"places.set_use", R"sql(
  UPDATE places_zone
  SET entrance = $2, leaving = $3
  WHERE id = $1)sql"};

constexpr Query kInsertCode{"places.insert_code", R"sql(
  INSERT INTO places_code (code, place, zone, issue)
  VALUES ($1, $2, $3, $4))sql"};

constexpr Query kCodeTaken{"places.code_taken", R"sql(
  SELECT issue
  FROM places_code
  WHERE code = $1)sql"};

constexpr Query kInsertWord{"places.insert_word", R"sql(
  INSERT INTO places_word (word, place)
  VALUES ($1, $2))sql"};

constexpr Query kDeleteWords{"places.delete_words", R"sql(
  DELETE FROM places_word
  WHERE place = $1)sql"};

constexpr Query kInsertRegistration{"places.insert_registration", R"sql(
  INSERT INTO places_registration (id, account, name, kind, unit, address, phone, functions, asked)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9))sql"};

constexpr Query kFindRegistration{"places.find_registration", R"sql(
  SELECT id, account, name, kind, unit, address, phone, functions, asked
  FROM places_registration
  WHERE id = $1)sql"};

constexpr Query kDeleteRegistration{"places.delete_registration", R"sql(
  DELETE FROM places_registration
  WHERE id = $1)sql"};

constexpr Query kDeleteRegistrationsBefore{"places.delete_registrations_before", R"sql(
  DELETE FROM places_registration
  WHERE asked < $1)sql"};

constexpr Query kImported{"places.imported", R"sql(
  SELECT place
  FROM places_external
  WHERE source = $1 AND external = $2)sql"};

constexpr Query kInsertExternal{"places.insert_external", R"sql(
  INSERT INTO places_external (source, external, place)
  VALUES ($1, $2, $3))sql"};

constexpr Query kExternalIds{"places.external_ids", R"sql(
  SELECT place, external
  FROM places_external
  WHERE place = $1
  ORDER BY source, external
  LIMIT 1)sql"};

template <class Noun>
std::vector<Row> keys_of(std::span<const Noun> nouns) {
  std::vector<Row> keys;
  keys.reserve(nouns.size());
  for (const auto& noun : nouns) keys.push_back({to_value(noun)});
  return keys;
}

}  // namespace

void insert(Session& session, std::span<const PlaceRow> rows) {
  std::vector<Row> values;
  values.reserve(rows.size());
  for (const PlaceRow& r : rows) {
    values.push_back({to_value(r.id), to_value(r.name), to_value(r.kind), to_value(r.unit), to_value(r.address),
                      to_value(r.phone), to_value(r.functions), to_value(r.capacity), to_value(r.keeper),
                      to_value(r.status), to_value(r.issue), to_value(r.registered), to_value(r.approved),
                      to_value(r.approved_by), to_value(r.closed), to_value(r.revision), to_value(r.version),
                      to_value(r.approval_ended)});
  }
  session.insert(kInsert, values);
}

bool update(Session& session, const PlaceRow& r, std::int64_t expected_version) {
  return session.run(kUpdate, r.id, r.name, r.address, r.functions, r.capacity, r.status, r.issue, r.approved,
                     r.approved_by, r.closed, r.revision, r.version, r.approval_ended, expected_version) == 1;
}

void set_keeping(Session& session, const PlaceRow& r) {
  session.run(kSetKeeping, r.id, r.keeper, r.phone);
}

std::optional<PlaceRow> find(Session& session, PlaceId place) {
  return session.one<PlaceRow>(kFind, place);
}

std::vector<PlaceRow> find_each(Session& session, std::span<const PlaceId> places) {
  std::vector<Row> keys;
  keys.reserve(places.size());
  for (const PlaceId place : places) keys.push_back({to_value(place)});
  std::vector<PlaceRow> out;
  out.reserve(places.size());
  for (auto& rows : session.each<PlaceRow>(kFind, keys)) out.push_back(std::move(rows.front()));
  return out;
}

std::vector<Whole> with_parts(Session& session, std::vector<PlaceRow> places) {
  std::vector<Whole> out;
  if (places.empty()) return out;
  std::vector<Row> keys;
  for (const PlaceRow& place : places) keys.push_back({to_value(place.id)});
  auto zones = session.each<ZoneRow>(kZones, keys);
  auto codes = session.each<CodeRow>(kCodes, keys);
  out.reserve(places.size());
  for (std::size_t i = 0; i < places.size(); ++i)
    out.push_back({std::move(places[i]), std::move(zones[i]), std::move(codes[i])});
  return out;
}

std::optional<Whole> whole(Session& session, PlaceId place) {
  auto row = find(session, place);
  if (!row) return std::nullopt;
  std::vector<PlaceRow> rows;
  rows.push_back(std::move(*row));
  return std::move(with_parts(session, std::move(rows)).front());
}

std::vector<PlaceRow> of_keeper(Session& session, AccountId keeper) {
  return session.all<PlaceRow>(kOfKeeper, keeper);
}

std::vector<PlaceRow> changed(Session& session, std::int64_t after_revision, std::size_t most) {
  return session.all<PlaceRow>(kChanged, after_revision, most);
}

std::vector<PlaceRow> newest(Session& session, PlaceId before, std::size_t most) {
  return session.all<PlaceRow>(kNewest, before, most);
}

std::vector<PlaceRow> newest_of(Session& session, std::span<const UnitId> units, PlaceId before, std::size_t most) {
  std::vector<Row> keys;
  keys.reserve(units.size());
  for (const UnitId unit : units) keys.push_back({to_value(unit), to_value(before), to_value(most)});
  std::vector<PlaceRow> out;
  if (keys.empty()) return out;
  for (auto& rows : session.each<PlaceRow>(kNewestOf, keys)) {
    for (auto& row : rows) out.push_back(std::move(row));
  }
  std::sort(out.begin(), out.end(), [](const PlaceRow& a, const PlaceRow& b) { return a.id > b.id; });
  if (out.size() > most) out.resize(most);
  return out;
}

std::vector<PlaceRow> waiting(Session& session, std::size_t most) {
  return session.all<PlaceRow>(kWaiting, most);
}

std::vector<PlaceRow> waiting_in(Session& session, std::span<const UnitId> units, std::size_t most) {
  std::vector<Row> keys;
  keys.reserve(units.size());
  for (const UnitId unit : units) keys.push_back({to_value(unit), to_value(most)});
  std::vector<PlaceRow> out;
  if (keys.empty()) return out;
  for (auto& rows : session.each<PlaceRow>(kWaitingIn, keys))
    for (auto& row : rows) out.push_back(std::move(row));
  return out;
}

std::vector<std::size_t> count_zones(Session& session, std::span<const PlaceId> places) {
  std::vector<Row> keys;
  keys.reserve(places.size());
  for (const PlaceId place : places) keys.push_back({to_value(place)});
  std::vector<std::size_t> out;
  if (keys.empty()) return out;
  for (const auto& count : session.each<std::int64_t>(kCountZones, keys))
    out.push_back(static_cast<std::size_t>(count.at(0)));
  return out;
}

void insert_zones(Session& session, std::span<const ZoneRow> rows, Instant now) {
  std::vector<Row> values;
  for (const ZoneRow& r : rows) {
    values.push_back({to_value(r.id), to_value(r.place), to_value(r.name), to_value(now), to_value(r.entrance),
                      to_value(r.leaving)});
  }
  session.insert(kInsertZone, values);
}

void set_use(Session& session, const ZoneRow& r) {
  session.run(kSetUse, r.id, r.entrance, r.leaving);
}

void insert_codes(Session& session, std::span<const CodeRow> rows) {
  std::vector<Row> values;
  for (const CodeRow& r : rows)
    values.push_back({to_value(r.code), to_value(r.place), to_value(r.zone), to_value(r.issue)});
  session.insert(kInsertCode, values);
}

std::vector<bool> codes_taken(Session& session, std::span<const std::string> codes) {
  std::vector<bool> out;
  if (codes.empty()) return out;
  for (const auto& found : session.each<std::int64_t>(kCodeTaken, keys_of(codes))) out.push_back(!found.empty());
  return out;
}

void insert_words(Session& session, std::span<const WordRow> rows) {
  std::vector<Row> values;
  for (const WordRow& r : rows) values.push_back({to_value(r.word), to_value(r.place)});
  session.insert(kInsertWord, values);
}

void delete_words(Session& session, PlaceId place) {
  session.run(kDeleteWords, place);
}

void insert(Session& session, const RegistrationRow& r) {
  session.run(kInsertRegistration, r.id, r.account, r.name, r.kind, r.unit, r.address, r.phone, r.functions, r.asked);
}

std::optional<RegistrationRow> find_registration(Session& session, std::int64_t id) {
  return session.one<RegistrationRow>(kFindRegistration, id);
}

void delete_registration(Session& session, std::int64_t id) {
  session.run(kDeleteRegistration, id);
}

std::int64_t delete_registrations_before(Session& session, Instant asked) {
  return session.run(kDeleteRegistrationsBefore, asked);
}

std::vector<std::optional<PlaceId>> imported(Session& session, std::span<const Row> keys) {
  std::vector<std::optional<PlaceId>> out;
  if (keys.empty()) return out;
  for (const auto& found : session.each<PlaceId>(kImported, keys))
    out.push_back(found.empty() ? std::nullopt : std::optional(found.front()));
  return out;
}

void insert_external(Session& session, std::span<const Row> rows) {
  session.insert(kInsertExternal, rows);
}

std::vector<std::vector<ExternalRow>> external_ids(Session& session, std::span<const PlaceId> places) {
  if (places.empty()) return {};
  return session.each<ExternalRow>(kExternalIds, keys_of(places));
}

}  // namespace luytre::places::storage
