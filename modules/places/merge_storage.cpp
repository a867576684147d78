#include "modules/places/merge_storage.h"

namespace luytre::places::storage {
namespace {

using store::Query;
using store::Row;
using store::Session;
using store::to_value;

constexpr Query kInsertMerge{"places.insert_merge", R"sql(
  INSERT INTO places_merge (id, place, kept, at, merged_by)
  VALUES ($1, $2, $3, $4, $5))sql"};

constexpr Query kInsertMergedZone{"places.insert_merged_zone", R"sql(
  INSERT INTO places_merge_zone (zone, merge, kept_zone)
  VALUES ($1, $2, $3))sql"};

constexpr Query kUndoMerge{"places.undo_merge", R"sql(
  UPDATE places_merge
  SET undone = $2, undone_by = $3
  WHERE id = $1 AND undone IS NULL)sql"};

constexpr Query kFindMerge{"places.find_merge", R"sql(
  SELECT id, place, kept, at, merged_by, undone, undone_by
  FROM places_merge
  WHERE id = $1)sql"};

constexpr Query kMergesOf{"places.merges_of", R"sql(
  SELECT id, place, kept, at, merged_by, undone, undone_by
  FROM places_merge
  WHERE place = $1
  UNION ALL
  SELECT id, place, kept, at, merged_by, undone, undone_by
  FROM places_merge
  WHERE kept = $1
  ORDER BY id DESC
  LIMIT 100)sql"};

constexpr Query kMergedInto{"places.merged_into", R"sql(
  SELECT place
  FROM places_merge
  WHERE kept = $1 AND undone IS NULL
  ORDER BY id)sql"};

constexpr Query kKeptOf{"places.kept_of", R"sql(
  SELECT kept
  FROM places_merge
  WHERE place = $1 AND undone IS NULL)sql"};

constexpr Query kMergedZones{"places.merged_zones", R"sql(
  SELECT z.zone, z.kept_zone
  FROM places_merge m
  JOIN places_merge_zone z ON z.merge = m.id
  WHERE m.kept = $1 AND m.undone IS NULL)sql"};

constexpr Query kSetApart{"places.set_apart", R"sql(
  INSERT INTO places_distinct (one, other, at, told_by)
  VALUES ($1, $2, $3, $4)
  ON CONFLICT (one, other) DO NOTHING)sql"};

constexpr Query kForgetApart{"places.forget_apart", R"sql(
  DELETE FROM places_distinct
  WHERE one = $1 AND other = $2)sql"};

constexpr Query kApartFrom{"places.apart_from", R"sql(
  SELECT one, other
  FROM places_distinct
  WHERE one = $1)sql"};

std::vector<Row> keys_of(std::span<const PlaceId> places) {
  std::vector<Row> keys;
  for (const PlaceId place : places) keys.push_back({to_value(place)});
  return keys;
}

}  // namespace

void insert(Session& session, const MergeRow& row, std::span<const MergedZone> zones) {
  session.run(kInsertMerge, row.id, row.place, row.kept, row.at, row.merged_by);
  std::vector<Row> values;
  for (const MergedZone& zone : zones)
    values.push_back({to_value(zone.zone), to_value(row.id), to_value(zone.kept_zone)});
  session.insert(kInsertMergedZone, values);
}

void undo(Session& session, const MergeRow& row) {
  session.run(kUndoMerge, row.id, row.undone, row.undone_by);
}

std::optional<MergeRow> find_merge(Session& session, MergeId id) {
  return session.one<MergeRow>(kFindMerge, id);
}

std::vector<MergeRow> merges_of(Session& session, PlaceId place) {
  return session.all<MergeRow>(kMergesOf, place);
}

std::vector<PlaceId> merged_into(Session& session, PlaceId kept) {
  return session.all<PlaceId>(kMergedInto, kept);
}

std::optional<PlaceId> kept_of(Session& session, PlaceId place) {
  return session.one<PlaceId>(kKeptOf, place);
}

std::vector<std::optional<PlaceId>> kept_of(Session& session, std::span<const PlaceId> places) {
  std::vector<std::optional<PlaceId>> out;
  if (places.empty()) return out;
  for (const auto& kept : session.each<PlaceId>(kKeptOf, keys_of(places)))
    out.push_back(kept.empty() ? std::nullopt : std::optional(kept.front()));
  return out;
}

std::vector<bool> are_merged(Session& session, std::span<const PlaceId> places) {
  std::vector<bool> out;
  for (const auto& kept : kept_of(session, places)) out.push_back(kept.has_value());
  return out;
}

std::vector<MergedZone> merged_zones(Session& session, PlaceId kept) {
  return session.all<MergedZone>(kMergedZones, kept);
}

void set_apart(Session& session, const SetApart& pair, Instant at, AccountId by) {
  session.run(kSetApart, pair.one, pair.other, at, by);
}

void forget_apart(Session& session, const SetApart& pair) {
  session.run(kForgetApart, pair.one, pair.other);
}

std::vector<SetApart> set_apart(Session& session, std::span<const PlaceId> places) {
  std::vector<SetApart> out;
  if (places.empty()) return out;
  for (const auto& found : session.each<SetApart>(kApartFrom, keys_of(places)))
    out.insert(out.end(), found.begin(), found.end());
  return out;
}

}  // namespace luytre::places::storage
