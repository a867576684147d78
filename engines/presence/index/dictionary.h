// Dense numbers for ids: the first id gets 0, the next 1, for ever.
//
// Numbers make rows short and let a segment find a person by position. They are never taken back, so that segments stay
// valid however many people follow; an index that has outlived most of its people is rebuilt. The file holds the ids in
// order of their numbers. Reading while one thread adds: as NumberMap.

#pragma once

#include <filesystem>

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
  // Ask the memory for what find will read, in two steps.
  void fetch(std::int64_t id) const;
  void fetch_found(std::int64_t id) const;
  void fetch_id(Number number) const { __builtin_prefetch(&ids_[number]); }
  std::size_t size() const { return size_.load(std::memory_order_acquire); }

  std::size_t bytes() const;  // the writer's

  void save(const std::filesystem::path& path, std::uint64_t identity) const;
  void load(const std::filesystem::path& path, std::uint64_t identity);  // into an empty one; throws Damaged

 private:
  struct Table {
    explicit Table(unsigned b) : bits(b), slots(std::size_t{1} << b) {}
    unsigned bits;
    std::vector<std::atomic<Number>> slots;  // number + 1; 0: free
  };

  void enlarge(unsigned bits);
  void put(Table& table, Number number) const;

  Chunks<std::int64_t> ids_;
  std::atomic<std::size_t> size_{0};
  std::atomic<const Table*> current_{nullptr};
  std::vector<std::unique_ptr<Table>> tables_;
};

}  // namespace luytre::presence
