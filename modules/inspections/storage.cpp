#include "modules/inspections/storage.h"

#include <algorithm>

namespace luytre::inspections::storage {
namespace {

using store::Query;
using store::Row;
using store::Session;
using store::to_value;

constexpr Query kInsert{"inspections.insert", R"sql(
  INSERT INTO inspections_inspection (id, place, unit, at, outcome, note, for_keeper, follow_up, followed, inspected_by,
                                      inspector)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11))sql"};

constexpr Query kFollowed{"inspections.followed", R"sql(
  UPDATE inspections_inspection
  SET followed = $2
  WHERE place = $1 AND id <> $2 AND follow_up IS NOT NULL AND followed IS NULL)sql"};

constexpr Query kFind{"inspections.find", R"sql(
  SELECT id, place, unit, at, outcome, note, for_keeper, follow_up, followed, inspected_by, inspector
  FROM inspections_inspection
  WHERE id = $1)sql"};

constexpr Query kOfPlace{"inspections.of_place", R"sql(
  SELECT id, place, unit, at, outcome, note, for_keeper, follow_up, followed, inspected_by, inspector
  FROM inspections_inspection
  WHERE place = $1
  ORDER BY id DESC
  LIMIT $2)sql"};

constexpr Query kDue{"inspections.due", R"sql(
  SELECT id, place, unit, at, outcome, note, for_keeper, follow_up, followed, inspected_by, inspector
  FROM inspections_inspection
  WHERE unit = $1 AND follow_up IS NOT NULL AND followed IS NULL
  ORDER BY follow_up, id
  LIMIT $2)sql"};

constexpr Query kInsertPhoto{"inspections.insert_photo", R"sql(
  INSERT INTO inspections_photo (id, inspection, at, width, height, picture)
  VALUES ($1, $2, $3, $4, $5, $6))sql"};

constexpr Query kFindPhoto{"inspections.find_photo", R"sql(
  SELECT id, inspection, at, width, height, picture
  FROM inspections_photo
  WHERE id = $1)sql"};

constexpr Query kPhotosOf{"inspections.photos_of", R"sql(
  SELECT id, width, height
  FROM inspections_photo
  WHERE inspection = $1
  ORDER BY id)sql"};

constexpr Query kDeletePhotos{"inspections.delete_photos", R"sql(
  DELETE FROM inspections_photo
  WHERE at < $1)sql"};

constexpr Query kDelete{"inspections.delete", R"sql(
  DELETE FROM inspections_inspection
  WHERE at < $1)sql"};

constexpr Query kProof{"inspections.proof", R"sql(
  INSERT INTO inspections_retention (id, ran, rule, before, photos, inspections)
  VALUES ($1, $2, $3, $4, $5, $6))sql"};

}  // namespace

void insert(Session& session, const InspectionRow& r) {
  session.run(kInsert, r.id, r.place, r.unit, r.at, r.outcome, r.note, r.for_keeper, r.follow_up, r.followed,
              r.inspected_by, r.inspector);
  session.run(kFollowed, r.place, r.id);
}

std::optional<InspectionRow> find(Session& session, InspectionId id) {
  return session.one<InspectionRow>(kFind, id);
}

std::vector<InspectionRow> of_place(Session& session, PlaceId place, std::size_t most) {
  return session.all<InspectionRow>(kOfPlace, place, most);
}

std::vector<InspectionRow> due(Session& session, std::span<const UnitId> units, std::size_t most) {
  std::vector<Row> looks;
  for (const UnitId unit : units) looks.push_back({to_value(unit), to_value(most)});
  std::vector<InspectionRow> out;
  if (looks.empty()) return out;
  for (auto& found : session.each<InspectionRow>(kDue, looks))
    out.insert(out.end(), std::make_move_iterator(found.begin()), std::make_move_iterator(found.end()));
  std::sort(out.begin(), out.end(), [](const InspectionRow& a, const InspectionRow& b) {
    return std::pair(*a.follow_up, a.id) < std::pair(*b.follow_up, b.id);
  });
  if (out.size() > most) out.resize(most);
  return out;
}

void insert(Session& session, const PhotoRow& r) {
  session.run(kInsertPhoto, r.id, r.inspection, r.at, r.width, r.height, r.picture);
}

std::optional<PhotoRow> find_photo(Session& session, PhotoId id) {
  return session.one<PhotoRow>(kFindPhoto, id);
}

std::vector<Photo> photos_of(Session& session, InspectionId inspection) {
  return session.all<Photo>(kPhotosOf, inspection);
}

void retain(Session& session, IdMaker& ids, Instant now) {
  const Instant photos_before = now - kPhotosKept, before = now - kKept;
  if (const std::int64_t photos = session.run(kDeletePhotos, photos_before))
    session.run(kProof, ids.next(), now, "photos: 90 days after they were taken", photos_before, photos,
                std::int64_t{0});
  if (const std::int64_t inspections = session.run(kDelete, before))
    session.run(kProof, ids.next(), now, "inspections: a year after", before, std::int64_t{0}, inspections);
}

}  // namespace luytre::inspections::storage
