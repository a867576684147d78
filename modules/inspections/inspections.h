// Inspections: an officer goes to see a place that is registered but not scanned (modules/statistics), or any other,
// and says what was found: an outcome, a note for the officers of the area, words meant for the keeper, a day to come
// again, photos.
//
// The next inspection of the place fulfils what was to be followed up. The keeper sees when, what came of it and the
// words meant for the keeper; not the note, the photos or who came. A photo is of the place, not of people: a plain
// JPEG (platform/base/jpeg.h) of at most kPhotoMost, kPhotosMost of them, added by who inspected within kAddWithin;
// sealed; each look at one is in the access log. Photos are deleted kPhotosKept after they were taken, inspections
// kKept after, with proof rows. Rights: role and area. Publishes inspection.made. Thread-safe.

#pragma once

#include <optional>
#include <string>
#include <vector>

#include "modules/places/places.h"
#include "platform/base/vault.h"
#include "platform/http/router.h"
#include "platform/identity/access.h"
#include "platform/store/database.h"
#include "platform/store/follower.h"

namespace luytre::inspections {

using InspectionId = Id<struct InspectionTag>;
using PhotoId = Id<struct InspectionPhotoTag>;

inline constexpr std::size_t kPhotoMost = 400 * 1024;  // bytes
inline constexpr std::size_t kPhotosMost = 3;
inline constexpr std::chrono::hours kAddWithin{24};
inline constexpr std::chrono::hours kPhotosKept{90 * 24};
inline constexpr std::chrono::hours kKept{365 * 24};
inline constexpr std::int64_t kFollowUpMost = 180;  // days ahead

// In order; no poster, or not to be seen; nobody is asked to scan; the keeper refuses; nobody there; no longer there.
enum class Outcome { kInOrder, kNoPoster, kNotAsked, kRefused, kNobodyThere, kGone };
BOOST_DESCRIBE_ENUM(Outcome, kInOrder, kNoPoster, kNotAsked, kRefused, kNobodyThere, kGone)

struct NewInspection {
  Outcome outcome = Outcome::kInOrder;
  std::optional<Note<1000>> note;
  std::optional<Note<500>> for_keeper;
  std::optional<Date> follow_up;  // from tomorrow on
};
BOOST_DESCRIBE_STRUCT(NewInspection, (), (outcome, note, for_keeper, follow_up))

struct Photo {
  PhotoId id;
  std::int64_t width = 0;
  std::int64_t height = 0;
};
BOOST_DESCRIBE_STRUCT(Photo, (), (id, width, height))

struct Inspection {
  InspectionId id;
  places::PlaceName place;
  std::string unit_path;
  Instant at;
  Outcome outcome = Outcome::kInOrder;
  std::optional<std::string> note;
  std::optional<std::string> for_keeper;
  std::optional<Date> follow_up;
  bool followed = false;  // there was a later one
  std::string inspector;
  bool mine = false;  // photos may be added while it is young
  std::vector<Photo> photos;
};
BOOST_DESCRIBE_STRUCT(Inspection, (),
                      (id, place, unit_path, at, outcome, note, for_keeper, follow_up, followed, inspector, mine,
                       photos))

enum class Order { kAscending, kDescending };
BOOST_DESCRIBE_ENUM(Order, kAscending, kDescending)

struct DueFilter {
  std::optional<UnitId> unit = std::nullopt;  // of the own area, or above
  std::optional<Outcome> outcome = std::nullopt;
  Order order = Order::kAscending;  // by the day
};

// What the keeper sees.
struct Finding {
  Instant at;
  Outcome outcome = Outcome::kInOrder;
  std::optional<std::string> for_keeper;
  std::optional<Date> follow_up;
};
BOOST_DESCRIBE_STRUCT(Finding, (), (at, outcome, for_keeper, follow_up))

inline constexpr ErrorCode kPhotoNotJpeg{"photo_not_jpeg", 422};    // or damaged
inline constexpr ErrorCode kPhotoTooLarge{"photo_too_large", 413};  // params: most (pixels)
inline constexpr ErrorCode kPhotoMetadata{"photo_metadata", 422};   // tells of the camera, or of where it was
inline constexpr ErrorCode kTooManyPhotos{"too_many_photos", 409};  // params: most
inline constexpr ErrorCode kTooLateForPhotos{"too_late_for_photos", 409};

class Inspections {
 public:
  Inspections(store::Database& db, const places::Places& places, const geography::Geography& geography,
              const identity::Access& access, const Vault& vault);

  // Errors of all for officers: not_found, not_permitted. Errors: invalid.
  Task<Result<Inspection>> record(const Caller& caller, PlaceId place, NewInspection inspection,
                                  std::optional<store::Once> once = {});
  // By who inspected. Errors: photo_not_jpeg, photo_too_large, photo_metadata, too_many_photos, too_late_for_photos.
  Task<Result<Photo>> add_photo(const Caller& caller, InspectionId inspection, std::string bytes,
                                std::optional<store::Once> once = {});
  // image/jpeg; logged.
  Task<Result<http::Reply>> photo(const Caller& caller, PhotoId photo);
  Task<Result<http::Page<Inspection>>> of_place(const Caller& caller, PlaceId place) const;  // newest first
  // To be followed up in the caller's area. Errors: invalid (?cursor: format, other_sort).
  Task<Result<http::Page<Inspection>>> due(const Caller& caller, DueFilter filter, std::optional<std::string> cursor,
                                           std::size_t limit) const;
  // For the keeper. Errors: those of Places::require_keeping.
  Task<Result<http::Page<Finding>>> results(const Caller& caller, PlaceId place) const;

  store::Recurring retention();

 private:
  struct Impl;
  std::shared_ptr<Impl> impl_;
};

void routes(http::Router& router, Inspections& inspections);

const std::vector<store::Migration>& migrations();

}  // namespace luytre::inspections
