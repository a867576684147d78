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
    each_visit(persons_.find(person), take);
  }
  bool has_visits_of(Number person) const { return !persons_.find(person).empty(); }

  // The same in steps, so that many can be looked up together: each step asks the memory for what the next one reads
  // (fetch_person, fetch_person_rows, rows_of, fetch_zones), the last hands over.
  void fetch_person(Number person) const { fetch_memory(persons_.block_of(person)); }
  void fetch_person_rows(Number person) const { persons_.fetch(person); }
  Range rows_of(Number person) const {
    const Range rows = persons_.find(person);
    for (std::uint32_t row = rows.first; row != rows.end; ++row) {
      if (by_person_[row].stay.zoned()) person_zones_.fetch(row);
    }
    return rows;
  }
  void fetch_zones(Range rows) const {
    for (std::uint32_t row = rows.first; row != rows.end; ++row) {
      if (by_person_[row].stay.zoned()) person_zones_.fetch_at(person_zones_.position(row));
    }
  }
  template <class Take>
  void each_visit(Range rows, Take&& take) const {
    for (std::uint32_t row = rows.first; row != rows.end; ++row) {
      const Row visit = by_person_[row];
      take(visit, person_zones_.at(row, visit.stay));
    }
  }

  // take(Row, zone) for each visit at a place that shares a second with [from, to) of the day, in order of entry.
  template <class Take>
  void visits_at(Number place, std::int64_t from, std::int64_t to, Take&& take) const {
    each_visit(narrowed(place, from, true), to, [&](const Row& visit, Number zone) {
      if (visit.stay.to() > from) take(visit, zone);
    });
  }
  // The same for the visits that begin in [from, to).
  template <class Take>
  void entries_at(Number place, std::int64_t from, std::int64_t to, Take&& take) const {
    each_visit(narrowed(place, from, false), to, [&](const Row& visit, Number zone) {
      if (visit.stay.from() >= from) take(visit, zone);
    });
  }

  // The same in steps: fetch_place, find_place, begin, narrow until it says no, fetch_zone, each_visit.
  struct Entries {
    std::uint32_t position = kNoNumber;  // of the place among those that are there
    Range rows;                          // all that are looked for, and some before and after them
    std::uint32_t latest = 0;            // the first that is looked for is no later
    std::int64_t since = 0;
  };
  void fetch_place(Number place) const { fetch_memory(places_.block_of(place)); }
  Entries find_place(Number place) const {
    const Entries entries{places_.position(place)};
    if (entries.position == kNoNumber) return entries;
    places_.fetch(entries.position);
    fetch_memory(&longest_[entries.position]);
    return entries;
  }
  // Looked for are the visits that begin at `since` or later and, if they are to have `stayed`, those that last until
  // then.
  void begin(Entries& entries, std::int64_t since, bool stayed) const {
    if (entries.position == kNoNumber) return;
    entries.rows = places_.at(entries.position);
    entries.latest = entries.rows.end;
    entries.since = stayed ? since - longest_[entries.position] + 1 : since;
    fetch_next(entries);
  }
  // Whether it was worth halving.
  bool narrow(Entries& entries) const {
    const std::uint32_t rows = entries.latest - entries.rows.first;
    if (rows <= kScanned) return false;
    const std::uint32_t middle = entries.rows.first + rows / 2;
    const bool later = by_place_[middle].stay.from() < entries.since;
    entries.rows.first = later ? middle + 1 : entries.rows.first;
    entries.latest = later ? entries.latest : middle;
    fetch_next(entries);
    return true;
  }
  void fetch_zone(const Entries& entries) const {
    const std::uint32_t first = entries.rows.first;
    if (!entries.rows.empty() && by_place_[first].stay.zoned()) place_zones_.fetch_at(place_zones_.position(first));
  }
  // take(Row, zone) in order of entry, without those that begin at `to` or later.
  template <class Take>
  void each_visit(const Entries& entries, std::int64_t to, Take&& take) const {
    std::size_t zone = kUnknown;
    for (std::uint32_t row = entries.rows.first; row != entries.rows.end; ++row) {
      by_place_.fetch(row + kAhead);
      const Row visit = by_place_[row];
      if (visit.stay.from() >= to) break;
      if (visit.stay.zoned()) zone = zone == kUnknown ? place_zones_.position(row) : zone + 1;
      take(visit, visit.stay.zoned() ? place_zones_.at(zone) : kNoZone);
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
  // take(person) for everybody who has visits or encounters; for who has both, twice.
  template <class Take>
  void each_person(Take&& take) const {
    persons_.each_key(take);
    meeting_.for_each_key(take);
  }
  // The largest zone that occurs.
  Number last_zone() const { return std::max(place_zones_.largest(), person_zones_.largest()); }

 private:
  static constexpr std::uint32_t kScanned = 16;  // rows that are read one by one rather than halved
  static constexpr std::uint32_t kAhead = 48;    // rows: how far ahead of a scan memory is asked for
  static constexpr std::size_t kUnknown = ~std::size_t{0};

  void fetch_next(const Entries& entries) const {
    const std::uint32_t first = entries.rows.first, rows = entries.latest - first;
    if (rows > kScanned) return by_place_.fetch(first + rows / 2);
    by_place_.fetch(Range{first, std::min(first + kAhead, entries.rows.end)});
    place_zones_.fetch(first);
  }
  Entries narrowed(Number place, std::int64_t since, bool stayed) const {
    Entries entries = find_place(place);
    begin(entries, since, stayed);
    while (narrow(entries)) {
    }
    return entries;
  }
  std::size_t visits_counted() const { return file_.notes().counts[kCountVisits]; }
  std::size_t encounters_counted() const { return file_.notes().counts[kCountEncounters]; }

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
