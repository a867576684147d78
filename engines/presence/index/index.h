// The presence index: the visits and encounters of the last weeks, held so that a trace costs microseconds.
//
// Days (UTC) are parts of their own: a sealed segment on disk, mapped (segment.h), and beside it what changed since
// (live.h); the current day is a part that has no segment yet. `merge` seals. Views (view.h) are what is read.
//
// Feeding is idempotent, so that a feed may deliver twice: adding what is there changes nothing; `set_visits` says what
// all visits of a person are. What was fed since the last checkpoint is lost with the process: the caller feeds again
// from the position that the checkpoint noted. A visit longer than a day is held in pieces; dropping a day drops the
// piece.
//
// Files: persons.ids, places.ids, zones.ids, the latest of each in persons.new.ids and so on, day-<number>.seg,
// position. Numbers are written before the segments that
// use them; each file appears whole or not at all (file.h); temporary ones of a crash are removed on opening. Anything
// damaged is refused as Damaged: erase the folder and load from the database.
//
// Attenuations outside 0 – 255 dB are refused (std::invalid_argument); empty intervals are ignored.
//
// Thread-safe: writers take turns, readers never wait for them; merging keeps writers out only while it swaps.

#pragma once

#include <filesystem>
#include <functional>
#include <limits>
#include <map>
#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <string_view>

#include "engines/presence/index/builder.h"
#include "engines/presence/index/view.h"

namespace luytre::presence {

struct IndexOptions {
  std::filesystem::path folder;  // empty: in memory only
  std::uint64_t identity = 0;    // of the database that the index is about; files of another are refused
};

struct IndexFigures {
  std::size_t days = 0;
  std::size_t persons = 0;
  std::size_t visits = 0;  // pieces in segments
  std::size_t encounters = 0;
  std::size_t segment_bytes = 0;
  std::size_t live_bytes = 0;
  std::size_t name_bytes = 0;
};

class PresenceIndex {
 public:
  explicit PresenceIndex(IndexOptions options);
  ~PresenceIndex();

  View view() const;

  // Each call becomes visible as a whole.
  void add(std::span<const Visit> visits);
  void add(std::span<const Encounter> encounters);
  // From now on these are all visits of the person, in all days that are held.
  void set_visits(PersonId person, std::span<const Visit> visits);
  void describe(PlaceId place, const Setting& setting);

  // For much at once: goes into segments directly. In parts: bulk_load.h.
  void load(std::span<const Visit> visits, std::span<const Encounter> encounters = {});

  // Seals what changed on that day, if anything did. Writing goes on meanwhile: `written` is called when the new
  // segment is there and not yet used, so that a test can write just then.
  void merge(Day day, const std::function<void()>& written = {});
  // Merges all days and notes, with them, up to where the caller has fed.
  void checkpoint(std::string_view position);
  std::string position() const;  // as of opening or the last checkpoint; empty: none

  // Forgets these days for good; what is fed for them later is ignored.
  void drop_before(Day day);

  IndexFigures figures() const;
  // How many have a number of whom no day holds anything any more. Reads a few bits a person of every day.
  std::size_t persons_outlived() const;

 private:
  friend class BulkLoad;
  struct Numbered {
    Number person = 0;
    Number place = 0;
    Number zone = kNoZone;
  };

  void open();
  void open_segment(const std::filesystem::path& path);
  std::filesystem::path segment_path(Day day) const;
  void save_names();
  // Everything of a day as the view shows it.
  static void gather(const View& view, const DayPart& part, std::span<const Live::Meeting> meetings,
                     SegmentBuilder& into);
  std::shared_ptr<const Segment> seal(Day day, SegmentBuilder builder);

  // With writing_ held:
  bool holds(Interval when) const;  // whether the end of it lies in days that are not dropped
  DayPart& part(Day day);
  void take_over(DayPart& part, Number person, Sequence now);
  void fetch(std::span<const Visit> visits, std::span<const Numbered> numbered) const;
  void add_piece(Number person, Day day, const Live::Visit& visit, Sequence now);
  void set_day(DayPart& part, Number person, std::span<const Live::Visit> visits, Sequence now);
  std::shared_ptr<Live> carry_over(const Live& old, Sequence since, Sequence now) const;
  void publish(Sequence now);
  void swap_in(Day day, std::shared_ptr<const Segment> sealed, std::shared_ptr<Live> live);
  Number zone_number(const std::optional<ZoneId>& zone);
  const std::vector<Numbered>& number(std::span<const Visit> visits);

  IndexOptions options_;
  std::shared_ptr<Names> names_ = std::make_shared<Names>();
  std::array<std::size_t, 3> saved_names_{};
  std::array<std::size_t, 3> main_names_{};  // of them, those that are not in the file of the latest

  std::mutex merging_;  // taken before writing_
  mutable std::mutex writing_;
  DayParts current_;  // the writer's
  std::vector<Numbered> numbered_;
  bool days_changed_ = false;
  Day floor_ = std::numeric_limits<Day>::min();
  std::string position_;

  mutable std::mutex publishing_;  // held for the copy of a pointer only
  std::shared_ptr<const DayParts> published_ = std::make_shared<const DayParts>();
  Sequence now_ = 0;
};

}  // namespace luytre::presence
