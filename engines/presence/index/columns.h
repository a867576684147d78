// The arrays of a segment and how one finds something in them. Views: what they point into outlives them.

#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "engines/presence/index/stay.h"

namespace luytre::presence {

inline constexpr std::size_t kBlockKeys = 32;

// Which of kBlockKeys numbers have rows, and what comes before them: keys (DirectoryView) or rows (PersonsView).
struct KeyBlock {
  std::uint32_t present = 0;
  std::uint32_t before = 0;
};

// Rows [first, end) of one key.
struct Range {
  std::uint32_t first = 0;
  std::uint32_t end = 0;
  bool empty() const { return first == end; }
};

// The rows of keys that have many: an offset per key that is there.
class DirectoryView {
 public:
  DirectoryView() = default;
  DirectoryView(std::span<const KeyBlock> blocks, std::span<const std::uint32_t> offsets)
      : blocks_(blocks), offsets_(offsets) {}

  // Position of the key among those that are there; kNoNumber when it is not.
  std::uint32_t position(Number key) const {
    const std::size_t block = key / kBlockKeys;
    const std::uint32_t bit = std::uint32_t{1} << key % kBlockKeys;
    if (block >= blocks_.size() || !(blocks_[block].present & bit)) return kNoNumber;
    return blocks_[block].before + static_cast<std::uint32_t>(std::popcount(blocks_[block].present & (bit - 1)));
  }
  Range at(std::uint32_t position) const { return {offsets_[position], offsets_[position + 1]}; }
  std::size_t keys() const { return offsets_.empty() ? 0 : offsets_.size() - 1; }

  template <class Take>
  void for_each_key(Take&& take) const {
    for (std::size_t block = 0; block < blocks_.size(); ++block) {
      for (std::uint32_t left = blocks_[block].present; left != 0; left &= left - 1)
        take(static_cast<Number>(block * kBlockKeys + static_cast<std::size_t>(std::countr_zero(left))));
    }
  }
  // Whether every position and every row that it can answer exists, given so many rows.
  bool consistent(std::size_t rows) const;

 private:
  std::span<const KeyBlock> blocks_;
  std::span<const std::uint32_t> offsets_;
};

// Rows of a fixed size.
template <std::size_t RowBytes>
class RowsView {
 public:
  RowsView() = default;
  explicit RowsView(std::span<const std::byte> bytes) : bytes_(bytes) {}
  std::size_t size() const { return bytes_.size() / RowBytes; }
  Row operator[](std::uint32_t row) const { return load_row<RowBytes>(bytes_.data() + row * RowBytes); }
  const std::byte* address(std::uint32_t row) const { return bytes_.data() + row * RowBytes; }

 private:
  std::span<const std::byte> bytes_;
};

// The rows of keys that have few: per block the first row; from there the rows are counted by their `last` marks.
class PersonsView {
 public:
  PersonsView() = default;
  PersonsView(std::span<const KeyBlock> blocks, RowsView<kVisitBytes> rows) : blocks_(blocks), rows_(rows) {}

  Range find(Number key) const {
    const std::size_t block = key / kBlockKeys;
    const std::uint32_t bit = std::uint32_t{1} << key % kBlockKeys;
    if (block >= blocks_.size() || !(blocks_[block].present & bit)) return {};
    std::uint32_t row = blocks_[block].before;
    for (int skip = std::popcount(blocks_[block].present & (bit - 1)); skip > 0; --skip) row = end_of(row);
    return {row, end_of(row)};
  }

  template <class Take>
  void for_each_key(Take&& take) const {
    for (std::size_t block = 0; block < blocks_.size(); ++block) {
      std::uint32_t row = blocks_[block].before;
      for (std::uint32_t left = blocks_[block].present; left != 0; left &= left - 1) {
        const std::uint32_t end = end_of(row);
        take(static_cast<Number>(block * kBlockKeys + static_cast<std::size_t>(std::countr_zero(left))),
             Range{row, end});
        row = end;
      }
    }
  }
  const KeyBlock* block_of(Number key) const {
    const std::size_t block = key / kBlockKeys;
    return block < blocks_.size() ? &blocks_[block] : nullptr;
  }
  bool consistent() const;

 private:
  std::uint32_t end_of(std::uint32_t row) const {
    const auto size = static_cast<std::uint32_t>(rows_.size());
    while (row < size && !rows_[row].stay.last()) ++row;
    return row < size ? row + 1 : size;
  }

  std::span<const KeyBlock> blocks_;
  RowsView<kVisitBytes> rows_;
};

// The zones of those rows that have one; takes no room where nobody names zones.
class ZonesView {
 public:
  static constexpr std::size_t kBlockRows = 64;

  ZonesView() = default;
  ZonesView(std::span<const std::uint64_t> zoned, std::span<const std::uint32_t> before, std::span<const Number> zones)
      : zoned_(zoned), before_(before), zones_(zones) {}

  Number at(std::uint32_t row, Stay stay) const {
    if (!stay.zoned()) return kNoZone;
    const std::size_t block = row / kBlockRows;
    if (block >= zoned_.size()) return kNoZone;
    const std::uint64_t earlier = zoned_[block] & ((std::uint64_t{1} << row % kBlockRows) - 1);
    const std::size_t position = before_[block] + static_cast<std::size_t>(std::popcount(earlier));
    return position < zones_.size() ? zones_[position] : kNoZone;
  }
  bool consistent(std::size_t rows) const;

 private:
  std::span<const std::uint64_t> zoned_;
  std::span<const std::uint32_t> before_;
  std::span<const Number> zones_;
};

}  // namespace luytre::presence
