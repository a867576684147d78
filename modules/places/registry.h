// The copy of the registry in memory: from a code to the place, without SQL. Written after commits and by refreshes,
// read by every scan. Thread-safe.

#pragma once

#include <memory>
#include <mutex>
#include <set>
#include <shared_mutex>
#include <string>
#include <string_view>
#include <unordered_map>

#include "engines/linkage/place_code.h"
#include "modules/places/places.h"
#include "modules/places/storage.h"

namespace luytre::places {

class Registry {
 public:
  Registry(const Kinds& kinds, const linkage::PlaceCodes& codes) : kinds_(kinds), codes_(codes) {}

  // Ignored when a newer revision of the place is there already.
  void put(const storage::Whole& whole);

  Result<Scanned> read(std::string_view code) const;
  SpotPtr find(PlaceId place, std::optional<ZoneId> zone) const;
  // What the poster's QR and typed code hold now. Nothing: unknown.
  struct Codes {
    linkage::PlaceToken token;
    std::string short_code;
  };
  std::optional<Codes> codes_of(PlaceId place, std::optional<ZoneId> zone) const;
  std::vector<SpotPtr> points_of_entry() const;  // every place of kind kPointOfEntry, whatever its state

  bool knows(PlaceId place, std::int64_t revision) const;
  std::int64_t newest_revision() const;
  std::size_t size() const;

 private:
  struct Entry {
    SpotPtr spot;
    std::uint8_t issue = 0;
    std::string short_code;
    // The one signature that the signing key gives for this entry, made at the first scan: comparing takes nanoseconds,
    // verifying 60 µs.
    mutable std::once_flag signed_once;
    mutable std::string token_signature;
  };
  using EntryPtr = std::shared_ptr<const Entry>;
  struct Typed {
    std::int64_t subject = 0;
    std::int64_t issue = 0;
  };

  Result<Scanned> read_signed(const linkage::UnprovenPlaceToken& unproven) const;
  Result<Scanned> read_typed(std::string_view typed) const;
  EntryPtr entry(std::int64_t subject) const;
  bool same_signature(const Entry& entry, const linkage::UnprovenPlaceToken& unproven) const;

  const Kinds& kinds_;
  const linkage::PlaceCodes& codes_;
  mutable std::shared_mutex guard_;
  std::unordered_map<std::int64_t, EntryPtr> entries_;        // by id of place or zone
  std::unordered_map<std::int64_t, std::int64_t> revisions_;  // by place
  std::unordered_map<std::string, Typed> typed_;
  std::set<std::int64_t> points_of_entry_;
  std::int64_t newest_revision_ = 0;
};

}  // namespace luytre::places
