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

// All links of visits within one UTC day, each pair once: how often and how long groups of people meet, and where the
// most meetings are.
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
  std::vector<Cell> matrix;  // groups × groups, symmetric: a link within a group counts once, between two in both cells
  std::vector<Busy> busiest;  // most links first, then by place

  const Cell& at(std::size_t a, std::size_t b) const { return matrix[a * groups + b]; }
};

struct AllPairsQuestion {
  Day day = 0;
  std::chrono::seconds min_overlap = kMinOverlap;
  std::size_t groups = 1;
  std::function<std::size_t(PersonId)> group_of;  // below `groups`; others, and an empty function: 0
  std::size_t most_places = 20;                   // how many busiest to keep
};

// The share `part` of `parts` of the places, so that the caller can let threads of its own sweep at once; the answers
// are put together by `join`. One part of one is all.
AllPairs all_pairs(const View& view, const AllPairsQuestion& question, std::size_t part = 0, std::size_t parts = 1);
AllPairs join(std::span<const AllPairs> parts, std::size_t most_places);

}  // namespace luytre::presence
