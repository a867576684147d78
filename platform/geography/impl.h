// What Geography holds: units ordered by id, edges as indices into them, and the keys for search and order.

#pragma once

#include <unicode/coll.h>

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "platform/geography/geography.h"

namespace luytre::geography {

using Index = std::uint32_t;
inline constexpr Index kNone = 0xffffffff;

struct Edge {
  Index unit;
  bool whole;
  double share;
};

struct Node {
  Unit unit;
  Index parent = kNone;
  std::vector<Index> children;
  std::vector<Edge> next;      // successors
  std::vector<Edge> previous;  // predecessors; share is still of the predecessor's area
  std::string name_key;        // folded name
  std::string full_key;        // folded full name
  std::string order;           // Vietnamese collation key

  bool in_force(Date at) const { return unit.valid_from <= at && (!unit.valid_to || at < *unit.valid_to); }
};

struct Geography::Impl {
  std::vector<Node> nodes;
  std::unordered_map<std::int64_t, Index> by_id;
  std::unordered_map<std::string_view, std::vector<Index>> by_code;  // of all levels and days
  std::unique_ptr<icu::Collator> accents;  // Vietnamese, case ignored, accents not

  explicit Impl(const std::filesystem::path& folder);
  Index index(UnitId id) const {
    const auto found = by_id.find(id.value);
    return found == by_id.end() ? kNone : found->second;
  }

 private:
  struct Version {
    Date from;
    std::optional<Date> to;
  };
  std::unordered_map<std::int64_t, Version> read_versions(const std::filesystem::path& file) const;
  void read_units(const std::filesystem::path& file, const std::unordered_map<std::int64_t, Version>& versions);
  void read_lineage(const std::filesystem::path& file);
  void make_keys();
};

}  // namespace luytre::geography
