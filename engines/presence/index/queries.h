// Plain questions to a view: who was there, where was a person, and all pairs of a day.
//
// Visits that touch are one (presence.h), and what is told of them is cut to the interval asked about. Who may ask is
// for the caller to know.

#pragma once

#include <functional>
#include <span>
#include <vector>

#include "engines/presence/index/view.h"

namespace luytre::presence {

// Everybody who was at a place between two instants, by beginning, person, zone. `estimated`: some part of it ends by
// an estimate.
std::vector<Visit> present_at(const View& view, PlaceId place, Interval when);

// The visits of one person, by beginning, place, zone.
std::vector<Visit> whereabouts(const View& view, PersonId person, Interval when);

// All links within one UTC day, each pair once: how often and how long groups of people meet, at which kinds of place,
// by encounters, and at which places most.
struct AllPairs {
  struct Cell {
    std::int64_t links = 0;
    std::int64_t seconds = 0;
    friend auto operator<=>(const Cell&, const Cell&) = default;
  };
  struct Busy {
    PlaceId place;
    std::int64_t links = 0;
    std::int64_t visits = 0;
    friend auto operator<=>(const Busy&, const Busy&) = default;
  };

  std::size_t groups = 0;
  std::size_t kinds = 0;
  // groups × groups for each kind of place, and then for encounters; symmetric: a link within a group counts once,
  // between two in both cells.
  std::vector<Cell> matrix;
  std::vector<Busy> busiest;  // most links first, then by place

  const Cell& at(std::size_t kind, std::size_t a, std::size_t b) const {
    return matrix[(kind * groups + a) * groups + b];
  }
  const Cell& by_encounter(std::size_t a, std::size_t b) const { return at(kinds, a, b); }
};

struct AllPairsQuestion {
  Day day = 0;
  std::chrono::seconds min_overlap = kMinOverlap;
  std::size_t groups = 1;
  std::function<std::size_t(PersonId)> group_of;  // below `groups`; others, and an empty function: 0
  std::size_t kinds = 1;
  std::function<std::size_t(PlaceId)> kind_of;  // likewise, below `kinds`
  std::size_t most_places = 20;                 // how many busiest to keep
};

// The share `part` of `parts` of the places and persons, so that the caller can let threads of its own sweep at once;
// the answers are put together by `join`. One part of one is all.
AllPairs all_pairs(const View& view, const AllPairsQuestion& question, std::size_t part = 0, std::size_t parts = 1);
AllPairs join(std::span<const AllPairs> parts, std::size_t most_places);
// Likewise, on so many threads that end with it. The question's functions are called on all of them.
AllPairs all_pairs_at_once(const View& view, const AllPairsQuestion& question, unsigned threads);

}  // namespace luytre::presence
