// Who was found at which level, and since when at the earliest: a hash map of one trace, small when the trace is small.
// What is known of a person lies where the person is looked for, so that a look-up costs one access to memory. Not
// thread-safe.

#pragma once

#include <algorithm>
#include <vector>

#include "engines/presence/index/large_memory.h"
#include "engines/presence/index/lent.h"
#include "engines/presence/index/number_map.h"
#include "engines/presence/index/stay.h"

namespace luytre::presence {

class EarliestMap {
 public:
  struct Entry {
    Number person = kNoNumber;
    int level = 0;
    Instant since;
  };

  void clear() {
    bits_ = kFirstBits;
    size_ = 0;
    slots_.assign(std::size_t{1} << bits_, {});
  }
  // Asks the memory for what note will read.
  void fetch(Number person) const { fetch_memory(&slots_[hash_number(person, bits_)]); }
  // A person stays at the level at which it was found first.
  void note(const Entry& found) {
    Entry* at = slot_of(found.person);
    if (at->person == kNoNumber) {
      if ((size_ + 1) * 2 > slots_.size()) {
        enlarge();
        at = slot_of(found.person);
      }
      *at = found;
      ++size_;
    } else if (at->level == found.level) {
      at->since = std::min(at->since, found.since);
    }
  }
  std::size_t size() const { return size_; }
  std::size_t bytes() const { return bytes_of(slots_, spare_); }

  template <class Take>
  void for_each(Take&& take) const {
    for (const Entry& e : slots_) {
      if (e.person != kNoNumber) take(e);
    }
  }

 private:
  static constexpr unsigned kFirstBits = 7;

  Entry* slot_of(Number person) {
    std::size_t slot = hash_number(person, bits_);
    while (slots_[slot].person != person && slots_[slot].person != kNoNumber) slot = (slot + 1) & (slots_.size() - 1);
    return &slots_[slot];
  }
  void enlarge() {
    bits_ += 2;
    spare_.assign(std::size_t{1} << bits_, {});
    spare_.swap(slots_);
    for (const Entry& e : spare_) {
      if (e.person != kNoNumber) *slot_of(e.person) = e;
    }
  }

  std::vector<Entry, LargeMemory<Entry>> slots_, spare_;
  unsigned bits_ = kFirstBits;
  std::size_t size_ = 0;
};

}  // namespace luytre::presence
