// A view: the index as it was at one moment. Everything that is asked, is asked of a view.
//
// Cheap to take and to copy, keeps what it needs alive, and never changes: writing, merging and dropping days go on
// beside it. Here persons, places and zones are numbers, and times are seconds of a day; trace.h and queries.h speak of
// ids and instants. Thread-safe.

#pragma once

#include <memory>
#include <span>
#include <vector>

#include "engines/presence/index/dictionary.h"
#include "engines/presence/index/live.h"
#include "engines/presence/index/segment.h"
#include "engines/presence/presence.h"

namespace luytre::presence {

// What numbers stand for.
struct Names {
  Dictionary persons;
  Dictionary places;
  Dictionary zones;  // zone number n is entry n - 1
  Chunks<std::atomic<std::uint8_t>> settings;
  std::atomic<std::size_t> settings_size{0};

  Setting setting(Number place) const;
  void set_setting(Number place, const Setting& setting);
};

struct DayPart {
  Day day = 0;
  std::shared_ptr<const Segment> sealed;  // may be absent
  std::shared_ptr<Live> live;             // is there
};
using DayParts = std::vector<DayPart>;  // in order

class View {
 public:
  View(std::shared_ptr<const Names> names, std::shared_ptr<const DayParts> days, Sequence when)
      : names_(std::move(names)), days_(std::move(days)), when_(when) {}

  std::span<const DayPart> days() const& { return *days_; }
  // What it shows lives as long as the view.
  std::span<const DayPart> days() && = delete;
  std::span<const DayPart> days(Interval when) const;  // those that share a second with it
  const DayPart* day(Day day) const;                   // or nullptr

  // take(place, zone, Stay) for each visit of a person, given its rows in the segment.
  Range rows_of(const DayPart& part, Number person) const {
    const bool hidden = part.live->overrides_any() && part.live->overrides(person, when_);
    return part.sealed && !hidden ? part.sealed->rows_of(person) : Range{};
  }
  template <class Take>
  void visits_of(const DayPart& part, Number person, Range rows, Take&& take) const {
    if (!rows.empty())
      part.sealed->each_visit(rows, [&](const Row& row, Number zone) { take(row.other, zone, row.stay); });
    part.live->visits_of(person, when_, [&](const LiveRow& row) { take(row.other, row.zone, row.stay); });
  }

  // take(person, zone, Stay) for each visit at a place, given what was found of it in the segment; without those of the
  // segment that begin at `to` or later, and with some that are not looked for.
  template <class Take>
  void visits_at(const DayPart& part, Number place, const Segment::Entries& entries, std::int64_t to,
                 Take&& take) const {
    if (!entries.rows.empty()) {
      const bool some_hidden = part.live->overrides_any();
      part.sealed->each_visit(entries, to, [&](const Row& row, Number zone) {
        if (!some_hidden || !part.live->overrides(row.other, when_)) take(row.other, zone, row.stay);
      });
    }
    part.live->visits_at(place, when_, [&](const LiveRow& row) { take(row.other, row.zone, row.stay); });
  }

  // take(peer, Stay, merged) for each encounter of a person; what is not merged may touch others.
  template <class Take>
  void encounters_of(const DayPart& part, Number person, Take&& take) const {
    if (part.sealed) part.sealed->encounters_of(person, [&](const Row& row) { take(row.other, row.stay, true); });
    part.live->encounters_of(person, when_, [&](const LiveRow& row) { take(row.other, row.stay, false); });
  }

  const Names& names() const { return *names_; }
  PersonId person(Number number) const { return {names_->persons.id(number)}; }
  PlaceId place(Number number) const { return {names_->places.id(number)}; }
  std::optional<ZoneId> zone(Number number) const {
    if (number == kNoZone) return std::nullopt;
    return ZoneId{names_->zones.id(number - 1)};
  }
  Sequence when() const { return when_; }

 private:
  std::size_t position(Day day) const;

  std::shared_ptr<const Names> names_;
  std::shared_ptr<const DayParts> days_;
  Sequence when_;
};

}  // namespace luytre::presence
