// Duplicates: registrations that may be one place, for officers to merge or to tell apart.
//
// Proposed are pairs of open places of the officer's area that are alike (likeness.h), with the reasons field by field;
// homes and places merged already are left out. Phones are compared, never shown. A pair that an officer told apart is
// not proposed again.
//
// A merge moves nothing: both places keep their codes, keepers, zones and visits, but the one counts as the other from
// then on and back in time, wherever visits are counted or traced (`places_pub_merged`), until it is undone. A zone of
// the merged place is the kept one's of the same name, if both are parts or both entrances when they are merged;
// without one it is somewhere in the kept place. Whom a guard sees going out at the one ends a stay that began at the
// other. Closing the kept place closes what was merged into it, and opens it again. Rights: role and area, over both
// places. Publishes place.merged and place.parted, of the merged place. Thread-safe.

#pragma once

#include <optional>
#include <string>
#include <vector>

#include "modules/places/likeness.h"
#include "modules/places/places.h"

namespace luytre::places {

using MergeId = Id<struct PlaceMergeTag>;

struct DuplicateSide {
  PlaceId id;
  std::string name;
  std::string kind;
  std::string unit_path;
  std::optional<std::string> address;
  Status status = Status::kRegistered;
  Instant registered;
  bool keeper = false;  // has one: was not brought in by a list
};
BOOST_DESCRIBE_STRUCT(DuplicateSide, (), (id, name, kind, unit_path, address, status, registered, keeper))

struct Duplicate {
  DuplicateSide one;  // registered first
  DuplicateSide other;
  std::int64_t score = 0;  // 0 … 100
  std::vector<FieldLikeness> fields;
};
BOOST_DESCRIBE_STRUCT(Duplicate, (), (one, other, score, fields))

struct DuplicateList {
  std::vector<Duplicate> items;  // highest score first
  std::int64_t compared = 0;     // places
  bool complete = true;          // false: the area has more places, or pairs, than are looked at; choose a smaller one
};
BOOST_DESCRIBE_STRUCT(DuplicateList, (), (items, compared, complete))

struct PlacePair {
  PlaceId one;
  PlaceId other;
};
BOOST_DESCRIBE_STRUCT(PlacePair, (), (one, other))

struct NewMerge {
  PlaceId place;
  PlaceId kept;
};
BOOST_DESCRIBE_STRUCT(NewMerge, (), (place, kept))

struct Merge {
  MergeId id;
  PlaceName place;
  PlaceName kept;
  Instant at;
  std::optional<Instant> undone;
};
BOOST_DESCRIBE_STRUCT(Merge, (), (id, place, kept, at, undone))

inline constexpr ErrorCode kSamePlace{"same_place", 422};
inline constexpr ErrorCode kPlaceMerged{"place_merged", 409};         // one of the two counts as another already
inline constexpr ErrorCode kPlaceHasMerged{"place_has_merged", 409};  // others count as it: merge the other way round
inline constexpr ErrorCode kMergeUndone{"merge_undone", 409};

inline constexpr std::size_t kComparedMost = 10'000;
inline constexpr std::size_t kProposedMost = 200;

class Duplicates {
 public:
  Duplicates(store::Database& db, const Places& places, const geography::Geography& geography,
             const identity::Access& access, const Vault& vault);

  // Of the caller's area, or what of it lies within the unit. Logged.
  Task<Result<DuplicateList>> proposed(const Caller& caller, std::optional<UnitId> unit) const;
  // Not the same: not proposed again. Errors of this and what follows: not_found, not_permitted, same_place.
  Task<Result<Done>> tell_apart(const Caller& caller, PlacePair pair);
  // `place` counts as `kept` from now on. Errors: place_closed, place_merged, place_has_merged.
  Task<Result<Merge>> merge(const Caller& caller, NewMerge merge);
  // Errors: merge_undone.
  Task<Result<Merge>> undo(const Caller& caller, MergeId merge);
  // Those of a place, newest first, undone ones among them; for its keeper and the officers of its area.
  Task<Result<http::Page<Merge>>> of_place(const Caller& caller, PlaceId place) const;

 private:
  store::Database& db_;
  const Places& places_;
  const geography::Geography& geography_;
  const identity::Access& access_;
  const Vault& vault_;
};

void routes(http::Router& router, Duplicates& duplicates);

}  // namespace luytre::places
