// The changing part of a day: what arrived since the day's segment was built, or all of a day that has none.
//
// One thread writes (from outside, one at a time), any number read, nobody waits. Every row carries the sequence number
// at which it was born and the one at which it died; a reader asks with the sequence number it began with and sees
// exactly the rows of that moment, whatever is written meanwhile. Memory is only given back with the whole object.
//
// Of a person, a day's visits are either all in the segment or all here: the first change takes the segment's rows over
// (`overrides`). So marks of touching are right on both sides, and a sweep asks one question about each row.
// Encounters are only ever added, from both sides; they are merged when read.

#pragma once

#include <algorithm>
#include <atomic>
#include <memory>
#include <type_traits>
#include <utility>
#include <vector>

#include "engines/presence/index/number_map.h"
#include "engines/presence/index/stay.h"

namespace luytre::presence {

using Sequence = std::uint64_t;  // from 1; 0 is before everything

struct LiveRow {
  Number other = kNoNumber;
  Number zone = kNoZone;
  Stay stay;
  Sequence born = 0;
  std::atomic<Sequence> dead{~Sequence{0}};
  LiveRow* twin = nullptr;  // of a visit in its person's list: the row in the place's list

  bool seen_at(Sequence when) const { return born <= when && when < dead.load(std::memory_order_acquire); }
};

// Memory in large blocks, given back all at once.
class Arena {
 public:
  // Uninitialised, aligned for anything up to pointers; for objects that need no destructor.
  std::byte* take(std::size_t size);
  std::size_t bytes() const { return blocks_.size() * kBlock; }

 private:
  static constexpr std::size_t kBlock = std::size_t{1} << 16;
  std::vector<std::unique_ptr<std::byte[]>> blocks_;
  std::size_t left_ = 0;
};

// Lists of rows by number, each in chunks that double.
class LiveLists {
 public:
  LiveRow& append(Number key, Number other, Number zone, Stay stay, Sequence now);

  template <class Take>
  void for_each(Number key, Sequence when, Take&& take) const {
    for (const Chunk* chunk = newest_.find(key); chunk; chunk = chunk->older) {
      const std::uint32_t size = chunk->size.load(std::memory_order_acquire);
      for (std::uint32_t i = 0; i < size; ++i) {
        if (chunk->rows[i].seen_at(when)) take(chunk->rows[i]);
      }
    }
  }
  template <class Take>
  void for_each_key(Take&& take) const {
    newest_.for_each([&](Number key, const Chunk*) { take(key); });
  }
  // Ask the memory for what append will touch, step by step; the writer's.
  void fetch(Number key) const { newest_.fetch(key); }
  void fetch_chunk(Number key) const { fetch_memory(newest_.find(key)); }
  void fetch_row(Number key) const {
    if (const Chunk* const chunk = newest_.find(key))
      fetch_to_write(chunk->rows + chunk->size.load(std::memory_order_relaxed));
  }
  bool empty() const { return newest_.size() == 0; }                      // the writer's
  std::size_t bytes() const { return arena_.bytes() + newest_.bytes(); }  // the writer's

 private:
  struct Chunk {
    const Chunk* older = nullptr;
    LiveRow* rows = nullptr;
    std::atomic<std::uint32_t> size{0};
    std::uint32_t capacity = 0;
  };
  static_assert(std::is_trivially_destructible_v<Chunk> && std::is_trivially_destructible_v<LiveRow>);
  static constexpr std::uint32_t kFirstRows = 1;
  static constexpr std::uint32_t kMostRows = 1024;

  Chunk* new_chunk(const Chunk* older, std::uint32_t capacity);

  NumberMap<Chunk*> newest_;
  Arena arena_;
};

class Live {
 public:
  struct Visit {
    Number place = 0;
    Number zone = kNoZone;
    Stay stay;
    friend bool operator==(const Visit&, const Visit&) = default;
  };

  // ---- the writer's ----

  // Ask the memory for what adding a visit will touch, in three steps.
  void fetch(Number person, Number place) const {
    by_person_.fetch(person);
    by_place_.fetch(place);
  }
  void fetch_chunks(Number person, Number place) const {
    by_person_.fetch_chunk(person);
    by_place_.fetch_chunk(place);
  }
  void fetch_rows(Number person, Number place) const {
    by_person_.fetch_row(person);
    by_place_.fetch_row(place);
  }
  void override_person(Number person, Sequence now);  // from now on the segment's rows of this person do not count
  // Whether it was new: what is here already is not added again.
  bool add_visit(Number person, const Visit& visit, Sequence now);
  void remove_visits(Number person, Sequence now);
  void add_encounter(Number person, Number peer, Stay stay, Sequence now);
  std::vector<Visit> visits(Number person, Sequence when) const;  // bare stays
  bool empty() const { return by_person_.empty() && encounters_.empty() && overridden_.size() == 0; }
  std::size_t bytes() const { return by_person_.bytes() + by_place_.bytes() + encounters_.bytes(); }

  struct Change {
    Sequence when = 0;
    Number person = 0;
  };
  struct Meeting {
    Sequence when = 0;
    Number person = 0;
    Number peer = 0;
    Stay stay;
  };
  const std::vector<Change>& changes() const { return changes_; }  // of visits, in order
  const std::vector<Meeting>& meetings() const { return meetings_; }

  // ---- everybody's ----

  bool overrides(Number person, Sequence when) const {
    const Sequence since = overridden_.find(person);
    return since != 0 && since <= when;
  }
  bool overrides_any() const { return any_overridden_.load(std::memory_order_acquire); }

  // take(const LiveRow&), in no order.
  template <class Take>
  void visits_of(Number person, Sequence when, Take&& take) const {
    by_person_.for_each(person, when, take);
  }
  template <class Take>
  void visits_at(Number place, Sequence when, Take&& take) const {
    by_place_.for_each(place, when, take);
  }
  template <class Take>
  void encounters_of(Number person, Sequence when, Take&& take) const {
    encounters_.for_each(person, when, take);
  }
  template <class Take>
  void each_person(Take&& take) const {
    by_person_.for_each_key(take);
  }
  template <class Take>
  void each_place(Take&& take) const {
    by_place_.for_each_key(take);
  }
  template <class Take>
  void each_met(Take&& take) const {  // who has encounters
    encounters_.for_each_key(take);
  }

 private:
  void append(Number person, const Visit& visit, Sequence now);

  LiveLists by_person_;
  LiveLists by_place_;
  LiveLists encounters_;
  NumberMap<Sequence> overridden_;
  std::atomic<bool> any_overridden_{false};
  std::vector<Change> changes_;
  std::vector<Meeting> meetings_;
};

}  // namespace luytre::presence
