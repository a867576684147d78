// SQL of merges. Private to this module.

#pragma once

#include <optional>
#include <span>
#include <vector>

#include "modules/places/duplicates.h"
#include "platform/store/session.h"

namespace luytre::places::storage {

struct MergeRow {
  MergeId id;
  PlaceId place;
  PlaceId kept;
  Instant at;
  AccountId merged_by;
  std::optional<Instant> undone;
  std::optional<AccountId> undone_by;
};
BOOST_DESCRIBE_STRUCT(MergeRow, (), (id, place, kept, at, merged_by, undone, undone_by))

struct SetApart {
  PlaceId one, other;  // one < other
  friend auto operator<=>(const SetApart&, const SetApart&) = default;
};
BOOST_DESCRIBE_STRUCT(SetApart, (), (one, other))

struct MergedZone {
  ZoneId zone, kept_zone;
};
BOOST_DESCRIBE_STRUCT(MergedZone, (), (zone, kept_zone))

void insert(store::Session& session, const MergeRow& row, std::span<const MergedZone> zones);
void undo(store::Session& session, const MergeRow& row);
std::optional<MergeRow> find_merge(store::Session& session, MergeId id);
std::vector<MergeRow> merges_of(store::Session& session, PlaceId place);  // either way round, newest first
std::vector<PlaceId> merged_into(store::Session& session, PlaceId kept);
std::optional<PlaceId> kept_of(store::Session& session, PlaceId place);
std::vector<std::optional<PlaceId>> kept_of(store::Session& session, std::span<const PlaceId> places);
std::vector<bool> are_merged(store::Session& session, std::span<const PlaceId> places);
std::vector<MergedZone> merged_zones(store::Session& session, PlaceId kept);

void set_apart(store::Session& session, const SetApart& pair, Instant at, AccountId by);
void forget_apart(store::Session& session, const SetApart& pair);
std::vector<SetApart> set_apart(store::Session& session, std::span<const PlaceId> places);

}  // namespace luytre::places::storage
