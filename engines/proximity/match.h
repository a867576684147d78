// Matching: which sightings of a device are of somebody's published temporary keys.
//
// A sighting matches a key in interval n of it, if it has the identifier of n and was made in an interval s with
// |s − n| ≤ 12: two hours of clock drift, and of replay that nobody notices (Exposure Notification, Cryptography
// Specification v1.2; tkMatchingClockDriftRollingPeriods). Every such triple is a match; a key that is not possible
// (keys.h) has none. Matches come by key, then interval, then sighting.
//
// `Matcher` holds sightings in slices: a UTC day each, with the two hours before and after, which is all that an
// interval of that day can match. A slice has a bit filter, that stays in the cache and turns away almost all
// identifiers that were never seen, and its identifiers in order, with the place where each beginning begins. A key's
// identifiers are derived and asked about by a lane (lanes.h). What others choose to broadcast cannot make it slow: the
// filter turns away all but what resembles something seen, and a beginning that many share is searched by halves.
//
// Numbers of keys and sightings are their places in what was given. A Matcher is immutable; thread-safe.

#pragma once

#include <compare>
#include <cstdint>
#include <span>
#include <vector>

#include "engines/proximity/keys.h"
#include "engines/proximity/lanes.h"

namespace luytre::proximity {

inline constexpr std::uint32_t kClockDrift = 12;  // intervals

struct Sighting {
  Identifier identifier{};
  IntervalNumber interval = 0;
};

struct Match {
  std::uint32_t key = 0;
  IntervalNumber interval = 0;  // for which the identifier was made
  std::uint32_t sighting = 0;

  friend auto operator<=>(const Match&, const Match&) = default;
};

// By the definition, by OpenSSL, every sighting looked at for every identifier: what the other is tested against.
std::vector<Match> naive_matches(std::span<const TemporaryKey> keys, std::span<const Sighting> sightings);

class Matcher {
 public:
  // Keeps copies; at most 2^32 − 1 sightings (throws length_error). About 45 bytes each.
  explicit Matcher(std::span<const Sighting> sightings, const Lane& lane = *lanes().front());

  std::vector<Match> matches(std::span<const TemporaryKey> keys) const;

 private:
  struct Slice {
    std::uint32_t day = 0;
    std::uint32_t mask = 0;               // of the filter's words
    unsigned shift = 0;                   // of an identifier's first four bytes, to its beginning
    std::vector<std::uint32_t> filter;    // lanes.h
    std::vector<std::uint32_t> begins;    // per beginning, and one more: where its identifiers stand
    std::vector<Identifier> identifiers;  // distinct, bytewise
    std::vector<std::uint32_t> firsts;    // per identifier, and one more: where its sightings stand
    struct Seen {
      std::uint32_t sighting;
      IntervalNumber interval;
    };
    std::vector<Seen> seen;
  };

  static Slice make_slice(std::uint32_t day, std::span<const Sighting> all, std::span<const std::uint32_t> numbers);
  const Slice* slice_of(std::uint32_t day) const;
  bool any_slice(const TemporaryKey& key) const;
  void match_key(std::uint32_t number, const TemporaryKey& key, const KeyIdentifiers& identifiers,
                 std::vector<Match>& into) const;
  static void find(const Slice& slice, std::uint32_t key, IntervalNumber interval, const std::uint8_t* identifier,
                   std::vector<Match>& into);

  const Lane& lane_;
  std::vector<Slice> slices_;  // by day
};

}  // namespace luytre::proximity
