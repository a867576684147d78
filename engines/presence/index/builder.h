// Builds a segment out of the pieces of one day by radix sorts, first by person, then by place. The pieces may come in
// any order; in order of entry is quickest.
//
// Holds 24 bytes a piece while gathering, 16 more while sorting, and the finished segment. Pieces that say the same
// twice are kept once; encounters of a pair that overlap or touch become one. Not thread-safe; who builds many, one
// after the other, lends them the same memory.

#pragma once

#include <memory>
#include <vector>

#include "engines/presence/index/number_keys.h"
#include "engines/presence/index/segment.h"

namespace luytre::presence {

class SegmentBuilder {
 public:
  struct Piece {
    Number person = 0;
    Number place = 0;
    Number zone = kNoZone;
    Stay stay;
  };
  using Pieces = std::vector<Piece, LargeMemory<Piece>>;
  struct Meeting {
    Number person = 0;
    Number peer = 0;
    Stay stay;
  };
  // What a builder works with and leaves to the next: the kernel clears memory before it gives it, which was a tenth
  // of loading.
  struct Memory {
    std::vector<Pieces> visits;  // empty ones
    Keys keys, spare;
    RowsWriter::Memory by_person, by_place, meetings;
  };

  SegmentBuilder(Day day, std::uint64_t identity, std::shared_ptr<Memory> memory = std::make_shared<Memory>())
      : day_(day), identity_(identity), memory_(std::move(memory)) {
    if (memory_->visits.empty()) return;
    visits_.swap(memory_->visits.back());
    memory_->visits.pop_back();
  }

  void add_visit(Number person, Number place, Number zone, Stay stay) {
    visits_.push_back({person, place, zone, stay.bare()});
    most_person_ = std::max(most_person_, person);
    most_place_ = std::max(most_place_, place);
  }
  // Either way round. The attenuation is part of the stay.
  void add_encounter(Number person, Number peer, Stay stay) {
    if (person != peer) meetings_.push_back({std::min(person, peer), std::max(person, peer), stay});
  }
  // How many persons and places have numbers.
  void set_known(std::size_t persons, std::size_t places) {
    persons_ = persons;
    places_ = places;
  }
  void reserve(std::size_t visits) { visits_.reserve(visits); }
  std::size_t visits() const { return visits_.size(); }
  bool empty() const { return visits_.empty() && meetings_.empty(); }

  // Both use up what was gathered.
  FileWriter::Whole bytes() &&;
  void write(const std::filesystem::path& path) &&;

 private:
  template <class Finish>
  auto finish(Finish&& done);

  Day day_;
  std::uint64_t identity_;
  std::shared_ptr<Memory> memory_;
  std::size_t persons_ = 0;
  std::size_t places_ = 0;
  Pieces visits_;
  Number most_person_ = 0;
  Number most_place_ = 0;
  std::vector<Meeting> meetings_;
};

// Two encounters of one pair on one day in one: the closest moment counts (merge.h).
Stay merge_meetings(Stay a, Stay b);

}  // namespace luytre::presence
