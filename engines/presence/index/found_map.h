// Who was found, by number: a hash map of one trace, small when the trace is small. Not thread-safe.

#pragma once

#include <cstdint>
#include <vector>

#include "engines/presence/index/large_memory.h"
#include "engines/presence/index/number_map.h"
#include "engines/presence/index/stay.h"

namespace luytre::presence {

class FoundMap {
 public:
  static constexpr std::uint32_t kNone = 0xffff'ffff;

  std::uint32_t find(Number key) const {
    if (slots_.empty()) return kNone;
    return slots_[slot_of(key)].value;
  }
  // Asks the memory for what find_or_add will read.
  void fetch(Number key) const {
    if (!slots_.empty()) fetch_memory(&slots_[hash_number(key, bits_)]);
  }
  // The value of the key, which becomes `fresh` if there was none.
  std::uint32_t find_or_add(Number key, std::uint32_t fresh) {
    if ((size_ + 1) * 2 > slots_.size()) enlarge();
    Slot& slot = slots_[slot_of(key)];
    if (slot.key == kNoNumber) {
      slot = {key, fresh};
      ++size_;
    }
    return slot.value;
  }

 private:
  struct Slot {
    Number key = kNoNumber;
    std::uint32_t value = kNone;
  };
  using Slots = std::vector<Slot, LargeMemory<Slot>>;
  static constexpr unsigned kFirstBits = 7;

  std::size_t slot_of(Number key) const {
    std::size_t slot = hash_number(key, bits_);
    while (slots_[slot].key != key && slots_[slot].key != kNoNumber) slot = (slot + 1) & (slots_.size() - 1);
    return slot;
  }
  void enlarge() {
    Slots old(std::size_t{1} << (slots_.empty() ? kFirstBits : bits_ + 1));
    old.swap(slots_);
    bits_ = old.empty() ? kFirstBits : bits_ + 1;
    for (const Slot& slot : old) {
      if (slot.key != kNoNumber) slots_[slot_of(slot.key)] = slot;
    }
  }

  Slots slots_;
  unsigned bits_ = 0;
  std::size_t size_ = 0;
};

}  // namespace luytre::presence
