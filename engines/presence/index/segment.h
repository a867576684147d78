// A segment: the visits and encounters of one UTC day, immutable, on disk and mapped.
//
// Every visit stands twice, once in the list of its place and once in the list of its person, every encounter once in
// the list of each of the two; the lists are sorted by entry. 16 bytes a visit for both (more when there are more than
// 2^24 persons or places, or zones), and what finds them: a quarter byte per person of the index, and eight bytes per
// place that had visitors (README.md has the sums).
//
// Opening verifies every byte (file.h) and that nothing in it points outside; a segment that opened answers as it was
// built. Immutable, hence thread-safe.

#pragma once

#include <algorithm>
#include <filesystem>
#include <memory>

#include "engines/presence/index/columns.h"
#include "engines/presence/index/file.h"
#include "engines/presence/index/stay.h"

namespace luytre::presence {

inline constexpr FileKind kSegmentKind{{'L', 'T', 'S', 'E', 'G', 'M', 'N', 'T'}, 1};

// What the counts of the header are.
enum SegmentCount : std::size_t { kCountVisits, kCountEncounters, kCountPersons, kCountPlaces };

class Segment {
 public:
  static std::shared_ptr<const Segment> open(const std::filesystem::path& path, std::uint64_t identity);
  static std::shared_ptr<const Segment> open(Bytes bytes, std::uint64_t identity, std::string name);

  explicit Segment(FileReader file);

  Day day() const { return file_.notes().label; }
  std::size_t visits() const { return by_person_.size(); }
  std::size_t encounters() const { return encounters_.size() / 2; }
  std::size_t size() const { return file_.size(); }  // bytes
  // How many persons and places had numbers when it was built: none beyond occurs in it.
  std::size_t persons_known() const { return file_.notes().counts[kCountPersons]; }
  std::size_t places_known() const { return file_.notes().counts[kCountPlaces]; }

  // take(Row, zone) for each visit of a person, in order of entry.
  template <class Take>
  void visits_of(Number person, Take&& take) const {
    const Range range = persons_.find(person);
    for (std::uint32_t row = range.first; row != range.end; ++row) {
      const Row visit = by_person_[row];
      take(visit, person_zones_.at(row, visit.stay));
    }
  }
  bool has_visits_of(Number person) const { return !persons_.find(person).empty(); }

  // take(Row, zone) for each visit at a place that shares a second with [from, to) of the day, in order of entry.
  template <class Take>
  void visits_at(Number place, std::int64_t from, std::int64_t to, Take&& take) const {
    const std::uint32_t position = places_.position(place);
    if (position == kNoNumber) return;
    const Range range = places_.at(position);
    const std::int64_t longest = longest_[position];
    for (std::uint32_t row = first_entry(range, from - longest + 1); row != range.end; ++row) {
      const Row visit = by_place_[row];
      if (visit.stay.from() >= to) break;
      if (visit.stay.to() > from) take(visit, place_zones_.at(row, visit.stay));
    }
  }
  // The same for the visits that begin in [from, to).
  template <class Take>
  void entries_at(Number place, std::int64_t from, std::int64_t to, Take&& take) const {
    const std::uint32_t position = places_.position(place);
    if (position == kNoNumber) return;
    const Range range = places_.at(position);
    for (std::uint32_t row = first_entry(range, from); row != range.end; ++row) {
      const Row visit = by_place_[row];
      if (visit.stay.from() >= to) break;
      take(visit, place_zones_.at(row, visit.stay));
    }
  }
  // take(Row) for each encounter of a person, in order of its beginning.
  template <class Take>
  void encounters_of(Number person, Take&& take) const {
    const std::uint32_t position = meeting_.position(person);
    if (position == kNoNumber) return;
    const Range range = meeting_.at(position);
    for (std::uint32_t row = range.first; row != range.end; ++row) take(encounters_[row]);
  }

  // take(person, Row, zone) for everything there is; encounters once, from the smaller number.
  template <class Take>
  void each_visit(Take&& take) const {
    persons_.for_each_key([&](Number person, Range range) {
      for (std::uint32_t row = range.first; row != range.end; ++row)
        take(person, by_person_[row], person_zones_.at(row, by_person_[row].stay));
    });
  }
  template <class Take>
  void each_encounter(Take&& take) const {
    meeting_.for_each_key([&](Number person) {
      encounters_of(person, [&](const Row& row) {
        if (person < row.other) take(person, row);
      });
    });
  }
  template <class Take>
  void each_place(Take&& take) const {
    places_.for_each_key(take);
  }

  // Ask the memory for what a later visits_of or visits_at will read, step by step: each needs what the one before
  // asked for.
  void fetch_person(Number person) const { __builtin_prefetch(persons_.block_of(person)); }
  void fetch_person_rows(Number person) const {
    const KeyBlock* const block = persons_.block_of(person);
    if (!block || block->present == 0) return;
    const std::uint32_t earlier = count_bits(block->present & ((std::uint32_t{1} << person % kBlockKeys) - 1));
    for (std::uint32_t row = 0; row <= earlier; row += kLine)
      __builtin_prefetch(by_person_.address(block->before + row));
  }
  void fetch_place(Number place) const { __builtin_prefetch(places_.block_of(place)); }
  void fetch_place_range(Number place) const {
    const std::uint32_t position = places_.position(place);
    if (position == kNoNumber) return;
    places_.fetch(position);
    __builtin_prefetch(&longest_[position]);
  }
  void fetch_place_rows(Number place) const {
    constexpr std::uint32_t kLines = 12;  // as many as are asked for at a time by most processors
    const std::uint32_t position = places_.position(place);
    if (position == kNoNumber) return;
    const Range range = places_.at(position);
    for (std::uint32_t row = range.first; row < std::min(range.end, range.first + kLines * kLine); row += kLine)
      __builtin_prefetch(by_place_.address(row));
  }

 private:
  static constexpr std::uint32_t kLine = 64 / 8;  // rows of a cache line

  std::size_t visits_counted() const { return file_.notes().counts[kCountVisits]; }
  std::size_t encounters_counted() const { return file_.notes().counts[kCountEncounters]; }

  std::uint32_t first_entry(Range range, std::int64_t from) const {
    while (range.first != range.end) {
      const std::uint32_t middle = range.first + (range.end - range.first) / 2;
      if (by_place_[middle].stay.from() < from) {
        range.first = middle + 1;
      } else {
        range.end = middle;
      }
    }
    return range.first;
  }

  FileReader file_;
  DirectoryView places_;
  std::span<const std::uint32_t> longest_;  // stay of each place that is there, seconds
  RowsView by_place_;
  ZonesView place_zones_;
  PersonsView persons_;
  RowsView by_person_;
  ZonesView person_zones_;
  DirectoryView meeting_;
  RowsView encounters_;
};

// The order of a segment's sections.
enum SegmentSection : std::size_t {
  kPlaceBlocks,
  kPlaceOffsets,
  kPlaceLongest,
  kPlaceRows,
  kPlaceZoned,
  kPlaceZonesBefore,
  kPlaceZones,
  kPersonBlocks,
  kPersonRows,
  kPersonZoned,
  kPersonZonesBefore,
  kPersonZones,
  kMeetingBlocks,
  kMeetingOffsets,
  kMeetingRows,
};

}  // namespace luytre::presence
