#include "modules/inspections/storage.h"

#include <algorithm>

#include "platform/store/few.h"
#include "platform/store/paged.h"

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

struct Shape {
  bool descending, everywhere;
  std::size_t first;  // as a literal; 0: as many as asked for
  friend auto operator<=>(const Shape&, const Shape&) = default;
};

// Parameters: day and id after which, outcome, the unit unless everywhere, how many.
const Query& query_of(const Shape& shape) {
  static const store::Queries<Shape> all = [] {
    store::Queries<Shape> out;
    for (const bool descending : {false, true})
      for (const bool everywhere : {false, true})
        for (const std::size_t first : store::kLooks) {
          const std::string turn = descending ? " DESC" : "";
          const std::string last = everywhere ? "$4" : "$5";
          out.add({descending, everywhere, first},
                  std::string("inspections.due") + (descending ? "_down" : "_up") + (everywhere ? "" : "_of_unit") +
                      (first > 0 ? "_first_" + std::to_string(first) : ""),
                  std::string("SELECT follow_up, id\n  FROM inspections_inspection\n"
                              "  WHERE follow_up IS NOT NULL AND followed IS NULL\n    AND (follow_up, id) ") +
                      (descending ? "<" : ">") + " ($1, $2)\n    AND (CAST($3 AS text) IS NULL OR outcome = $3)\n" +
                      (everywhere ? "" : "    AND unit = $4\n") + "  ORDER BY follow_up" + turn + ", id" + turn +
                      "\n  LIMIT " + (first > 0 ? std::to_string(first) : last));
        }
    return out;
  }();
  return all.of(shape);
}

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

const Query& due_query(bool descending, bool everywhere) {
  return query_of({descending, everywhere, 0});
}

std::vector<InspectionRow> due(Session& session, const DueSearch& search, const Spot& after, std::size_t most) {
  std::vector<Spot> found;
  if (search.of.everywhere) {
    found = store::one_look<Spot>(session, due_query(search.descending, true),
                                  store::values(after.day, after.id, search.outcome), most);
  } else {
    const auto query = [&](std::size_t, std::size_t first) -> const Query& {
      return query_of({search.descending, false, first});
    };
    const auto row = [&](std::size_t at, const Spot& from) {
      return store::values(from.day, from.id, search.outcome, search.of.units[at]);
    };
    const auto before = [&](const Spot& a, const Spot& b) { return search.descending ? b < a : a < b; };
    found = store::paged(session, 1, search.of.units.size(), most, after, query, row, before);
  }
  std::vector<Row> ids;
  for (const Spot& one : found) ids.push_back(store::values(one.id));
  std::vector<InspectionRow> out;
  for (auto& rows : session.each<InspectionRow>(kFind, ids)) out.push_back(std::move(rows.front()));
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
