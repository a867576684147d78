// SQL of inspections. Every function runs in the caller's transaction.

#pragma once

#include "modules/inspections/inspections.h"
#include "platform/geography/within.h"

namespace luytre::inspections::storage {

struct InspectionRow {
  InspectionId id;
  PlaceId place;
  UnitId unit;
  Instant at;
  Outcome outcome = Outcome::kInOrder;
  std::optional<store::Bytes> note;        // sealed
  std::optional<store::Bytes> for_keeper;  // sealed
  std::optional<Date> follow_up;
  std::optional<InspectionId> followed;
  AccountId inspected_by;
  std::string inspector;
};
BOOST_DESCRIBE_STRUCT(InspectionRow, (),
                      (id, place, unit, at, outcome, note, for_keeper, follow_up, followed, inspected_by, inspector))

struct PhotoRow {
  PhotoId id;
  InspectionId inspection;
  Instant at;
  std::int64_t width = 0, height = 0;
  store::Bytes picture;  // sealed
};
BOOST_DESCRIBE_STRUCT(PhotoRow, (), (id, inspection, at, width, height, picture))

void insert(store::Session& session, const InspectionRow& row);  // and fulfils what was to be followed up
std::optional<InspectionRow> find(store::Session& session, InspectionId id);
std::vector<InspectionRow> of_place(store::Session& session, PlaceId place, std::size_t most);

struct Spot {
  std::int64_t day = 0;
  InspectionId id;
  friend auto operator<=>(const Spot&, const Spot&) = default;
};
BOOST_DESCRIBE_STRUCT(Spot, (), (day, id))

struct DueSearch {
  geography::Within of;
  std::optional<Outcome> outcome;
  bool descending = false;
};
// By the day on which they are to be seen again. Costs a short look into an index for each unit.
std::vector<InspectionRow> due(store::Session& session, const DueSearch& search, const Spot& after, std::size_t most);
const store::Query& due_query(bool descending, bool everywhere);  // for tests

void insert(store::Session& session, const PhotoRow& row);
std::optional<PhotoRow> find_photo(store::Session& session, PhotoId id);
std::vector<Photo> photos_of(store::Session& session, InspectionId inspection);

void retain(store::Session& session, IdMaker& ids, Instant now);

}  // namespace luytre::inspections::storage
