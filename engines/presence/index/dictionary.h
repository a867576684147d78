// Dense numbers for ids: the first id gets 0, the next 1, for ever.
//
// Numbers make rows short and let a segment find a person by position. They are never taken back, so that segments stay
// valid however many people follow; an index that has outlived most of its people is rebuilt. The file holds the ids in
// order of their numbers.
//
// One thread adds (from outside, one at a time), any number read. `find` shares a lock with the moment in which a
// larger table takes the place of an outgrown one, and with nothing else; `id` takes none. A slot holds as much of the
// hash as the number leaves free, so that other ids are rarely looked at.

#pragma once

#include <filesystem>
#include <shared_mutex>

#include "engines/presence/index/chunks.h"
#include "engines/presence/index/file.h"
#include "engines/presence/index/number_map.h"

namespace luytre::presence {

inline constexpr FileKind kDictionaryKind{{'L', 'T', 'N', 'U', 'M', 'B', 'R', 'S'}, 1};

class Dictionary {
 public:
  Number find(std::int64_t id) const;  // kNoNumber when unknown
  Number add(std::int64_t id);         // finds or appends
  std::int64_t id(Number number) const { return ids_[number]; }
  // For many at once, the writer's: ask the memory for where the id would be found; look there, which number it
  // probably has (or kNoNumber), and ask for what tells; then add with that number. Each step for some ids before the
  // next one.
  void fetch(std::int64_t id) const;
  Number guess(std::int64_t id) const;
  Number add(std::int64_t id, Number guessed) {
    return guessed != kNoNumber && ids_[guessed] == id ? guessed : add(id);
  }
  void fetch_id(Number number) const { fetch_memory(&ids_[number]); }
  std::size_t size() const { return size_.load(std::memory_order_acquire); }

  std::size_t bytes() const;  // the writer's

  // The ids from a number on; loading, they follow those that are there, or repeat them. Throws Damaged.
  void save(const std::filesystem::path& path, std::uint64_t identity, std::size_t first) const;
  void load(const std::filesystem::path& path, std::uint64_t identity);

 private:
  struct Table {
    explicit Table(unsigned b) : bits(b), slots(std::size_t{1} << b) {}
    std::size_t home(std::uint32_t hash) const { return hash >> (kHashBits - bits); }
    // number + 1 below, the rest of the hash above; 0: free. A table never has more numbers than slots.
    std::uint32_t entry(std::uint32_t hash, Number number) const { return hash << bits | (number + 1); }
    std::uint32_t number_mask() const { return (std::uint32_t{1} << bits) - 1; }
    unsigned bits;
    std::vector<std::atomic<std::uint32_t>, LargeMemory<std::atomic<std::uint32_t>>> slots;
  };
  static constexpr unsigned kHashBits = 32;

  static std::uint32_t hash(std::int64_t id) {
    return static_cast<std::uint32_t>(hash_number(static_cast<std::uint64_t>(id), kHashBits));
  }
  Number find_in(const Table& table, std::int64_t id) const;
  void enlarge(unsigned bits);
  void put(Table& table, Number number) const;

  Chunks<std::int64_t> ids_;
  std::atomic<std::size_t> size_{0};
  mutable std::shared_mutex swapping_;
  std::unique_ptr<Table> table_;
};

}  // namespace luytre::presence
