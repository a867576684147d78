// Timeline: the rule by which visits end, for one person, without a database.
//
// A stay is [in, out) at a spot: a place, and a zone if one is named. `out` is
//   - the check-out, if there is a real one;
//   - else `expected` (in + the usual stay of the place's kind, fixed at check-in), cut short by the person's first
//   check-in elsewhere at
//     t in (in, expected).
// Elsewhere is another place, or another named-or-unnamed zone of the same place: who scans the code of room 2 has left
// room 1. A check-in at a spot where a stay is open at that time (in <= t < out) belongs to that stay. All this holds
// in whatever order the check-ins arrive; only a scan that arrived while its spot was open leaves no stay of its own.
//
// Holds the stays that begin within kReach of the times that are asked about: no estimate is longer, so no other stay
// can matter to an end. (A real check-out may be further away; it moves nobody's end, only the "overlaps" flag may miss
// it.)

#pragma once

#include <chrono>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "platform/base/id.h"
#include "platform/base/time.h"

namespace luytre::visits {

inline constexpr std::chrono::hours kReach{24};  // the longest usual stay that data/place-kinds.json may give

struct Spot {
  PlaceId place;
  std::optional<ZoneId> zone;
  friend bool operator==(const Spot&, const Spot&) = default;
};

struct Stay {
  VisitId id;
  Spot spot;
  Instant in;
  Instant expected;
  Instant out;
  bool estimated = true;  // false: a real check-out
};

class Timeline {
 public:
  Timeline() = default;
  explicit Timeline(std::vector<Stay> stays);  // by beginning

  const Stay* find(VisitId id) const;
  const Stay* open_at(const Spot& spot, Instant t) const;  // of several the one that began last

  // Adds a stay, ends it by the rule (unless `out` is a real check-out), and cuts the estimates that it shows to be too
  // long.
  Stay check_in(VisitId id, const Spot& spot, Instant in, Instant expected, std::optional<Instant> out = {});
  void check_out(VisitId id, Instant out);
  // Removes it, and gives back to the others what it had cut.
  void cancel(VisitId id);

  bool overlaps_elsewhere(const Stay& stay) const;
  // Those whose end has changed since the last call, new ones not among them.
  std::vector<VisitId> take_moved() { return std::exchange(moved_, {}); }

 private:
  // Those that begin within kReach of t: a file may bring years of one person, but only a day matters.
  std::span<Stay> around(Instant t);
  std::span<const Stay> around(Instant t) const;
  Instant ruled_end(const Stay& stay) const;
  void move_end(Stay& stay, Instant out);

  std::vector<Stay> stays_;  // by beginning
  std::vector<VisitId> moved_;
};

}  // namespace luytre::visits
