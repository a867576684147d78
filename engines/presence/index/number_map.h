// A hash map from numbers to small values that is read while it grows; nothing is ever removed.
//
// One thread writes (from outside, one at a time); readers take no lock. What a reader finds is at least what had been
// written when it last synchronised with the writer. Outgrown tables are kept until the end, so that a reader inside
// one is not disturbed: together they are as large as the current one.

#pragma once

#include <atomic>
#include <cstddef>
#include <memory>
#include <vector>

#include "engines/presence/index/large_memory.h"
#include "engines/presence/index/stay.h"

namespace luytre::presence {

inline std::size_t hash_number(std::uint64_t key, unsigned bits) {
  return static_cast<std::size_t>(key * 0x9e37'79b9'7f4a'7c15U >> (64 - bits));  // Fibonacci hashing, Knuth vol. 3, 6.4
}

template <class Value>
class NumberMap {
 public:
  // Value{} when there is none.
  Value find(Number key) const {
    const Table* const table = current_.load(std::memory_order_acquire);
    if (!table) return Value{};
    for (std::size_t slot = hash_number(key, table->bits);; slot = (slot + 1) & table->mask()) {
      const Number found = table->slots[slot].key.load(std::memory_order_acquire);
      if (found == key) return table->slots[slot].value.load(std::memory_order_acquire);
      if (found == kNoNumber) return Value{};
    }
  }

  // Asks the memory for what find will read.
  void fetch(Number key) const {
    const Table* const table = current_.load(std::memory_order_acquire);
    if (table) fetch_memory(&table->slots[hash_number(key, table->bits)]);
  }

  void set(Number key, Value value) {
    if ((size_ + 1) * 2 > capacity()) enlarge();
    if (put(*tables_.back(), key, value)) ++size_;
  }
  std::size_t size() const { return size_; }  // the writer's
  std::size_t bytes() const {                 // the writer's
    std::size_t slots = 0;
    for (const auto& table : tables_) slots += table->slots.size();
    return slots * sizeof(Slot);
  }

  template <class Take>
  void for_each(Take&& take) const {
    const Table* const table = current_.load(std::memory_order_acquire);
    if (!table) return;
    for (const Slot& slot : table->slots) {
      const Number key = slot.key.load(std::memory_order_acquire);
      if (key != kNoNumber) take(key, slot.value.load(std::memory_order_acquire));
    }
  }

 private:
  struct Slot {
    std::atomic<Number> key{kNoNumber};
    std::atomic<Value> value{};
  };
  struct Table {
    explicit Table(unsigned b) : bits(b), slots(std::size_t{1} << b) {}
    std::size_t mask() const { return slots.size() - 1; }
    unsigned bits;
    std::vector<Slot, LargeMemory<Slot>> slots;
  };
  static constexpr unsigned kFirstBits = 4;

  std::size_t capacity() const { return tables_.empty() ? 0 : tables_.back()->slots.size(); }

  void enlarge() {
    auto next = std::make_unique<Table>(tables_.empty() ? kFirstBits : tables_.back()->bits + 1);
    for_each([&](Number key, Value value) { put(*next, key, value); });
    tables_.push_back(std::move(next));
    current_.store(tables_.back().get(), std::memory_order_release);
  }

  // Whether the key is new. The value is written before the key, so that who sees the key sees the value.
  static bool put(Table& table, Number key, Value value) {
    for (std::size_t slot = hash_number(key, table.bits);; slot = (slot + 1) & table.mask()) {
      const Number found = table.slots[slot].key.load(std::memory_order_relaxed);
      if (found != key && found != kNoNumber) continue;
      table.slots[slot].value.store(value, std::memory_order_release);
      if (found == key) return false;
      table.slots[slot].key.store(key, std::memory_order_release);
      return true;
    }
  }

  std::atomic<const Table*> current_{nullptr};
  std::vector<std::unique_ptr<Table>> tables_;
  std::size_t size_ = 0;
};

}  // namespace luytre::presence
