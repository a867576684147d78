// The arrays of a segment and how one finds something in them. Views: what they point into outlives them.

#pragma once

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <vector>

#include "engines/presence/index/large_memory.h"
#include "engines/presence/index/stay.h"

namespace luytre::presence {

inline constexpr std::size_t kBlockKeys = 32;

// std::popcount is a call into a library unless the compiler may use the instruction; this is not (Hacker's Delight,
// section 5-1).
inline std::uint32_t count_bits(std::uint32_t x) {
  x -= x >> 1 & 0x5555'5555;
  x = (x & 0x3333'3333) + (x >> 2 & 0x3333'3333);
  return ((x + (x >> 4)) & 0x0f0f'0f0f) * 0x0101'0101 >> 24;
}

// Which of kBlockKeys numbers have rows, and what comes before them: keys (DirectoryView) or rows (PersonsView).
struct KeyBlock {
  std::uint32_t present = 0;
  std::uint32_t before = 0;
};

template <class Take>
void each_key_of(std::span<const KeyBlock> blocks, Take&& take) {
  for (std::size_t block = 0; block < blocks.size(); ++block) {
    for (std::uint32_t left = blocks[block].present; left != 0; left &= left - 1)
      take(static_cast<Number>(block * kBlockKeys + static_cast<std::size_t>(std::countr_zero(left))));
  }
}

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
    return blocks_[block].before + count_bits(blocks_[block].present & (bit - 1));
  }
  const KeyBlock* block_of(Number key) const {
    const std::size_t block = key / kBlockKeys;
    return block < blocks_.size() ? &blocks_[block] : nullptr;
  }
  void fetch(std::uint32_t position) const { fetch_memory(&offsets_[position]); }
  Range at(std::uint32_t position) const { return {offsets_[position], offsets_[position + 1]}; }
  std::size_t keys() const { return offsets_.empty() ? 0 : offsets_.size() - 1; }

  template <class Take>
  void for_each_key(Take&& take) const {
    each_key_of(blocks_, take);
  }
  // Whether every position and every row that it can answer exists, given so many rows.
  bool consistent(std::size_t rows) const;

 private:
  std::span<const KeyBlock> blocks_;
  std::span<const std::uint32_t> offsets_;
};

// A column of rows of one width (stay.h).
class RowsView {
 public:
  RowsView() = default;
  RowsView(std::span<const std::byte> bytes, std::size_t rows, unsigned stay_bytes)
      : bytes_(bytes), rows_(rows), width_(rows == 0 ? 0 : bytes.size() / rows), stay_bytes_(stay_bytes) {
    shift_ = 8 * (sizeof(std::uint64_t) - stay_bytes);
    mask_ = width_ == stay_bytes + 3 ? kThreeBytes : kNoNumber;
  }
  std::size_t size() const { return rows_; }
  Row operator[](std::uint32_t row) const {
    const std::byte* const at = bytes_.data() + row * width_;
    Number other = 0;
    std::uint64_t tail = 0;  // the last eight bytes of the row: all of the stay
    std::memcpy(&other, at, sizeof other);
    std::memcpy(&tail, at + width_ - sizeof tail, sizeof tail);
    return {other & mask_, Stay(tail >> shift_)};
  }
  // Asks the memory for rows.
  void fetch(std::uint32_t row) const { fetch_memory(bytes_.data() + row * width_); }
  void fetch(Range rows) const {
    // From the beginning of a line: bytes_ lies at one (file.h).
    for (std::size_t at = rows.first * width_ / kLineBytes * kLineBytes; at < rows.end * width_; at += kLineBytes)
      fetch_memory(bytes_.data() + at);
  }
  bool consistent() const {
    const bool known = width_ == stay_bytes_ + 3 || width_ == stay_bytes_ + 4;
    return bytes_.size() == rows_ * width_ && (rows_ == 0 || known);
  }

 private:
  std::span<const std::byte> bytes_;
  std::size_t rows_ = 0;
  std::size_t width_ = 0;
  unsigned stay_bytes_ = 0;
  unsigned shift_ = 0;
  Number mask_ = 0;
  static constexpr std::size_t kLineBytes = 64;
};

// Writes such a column, of so many rows, into memory that may have been used before.
class RowsWriter {
 public:
  using Memory = std::vector<std::byte, LargeMemory<std::byte>>;

  RowsWriter(Memory& memory, std::size_t rows, Number largest, unsigned stay_bytes)
      : other_bytes_(largest <= kThreeBytes ? 3 : 4), width_(other_bytes_ + stay_bytes) {
    const std::size_t most = rows * width_ + sizeof(std::uint64_t);
    if (memory.size() < most) {
      memory.clear();  // nothing to be copied
      memory.resize(most);
    }
    bytes_ = memory.data();
  }

  // Whole words are written; what is too much is written over by the next row.
  void add(const Row& row) {
    const std::uint64_t bits = row.stay.bits();
    std::byte* const at = bytes_ + size_;
    std::memcpy(at, &row.other, sizeof row.other);
    std::memcpy(at + other_bytes_, &bits, sizeof bits);
    size_ += width_;
  }
  std::span<const std::byte> bytes() const { return {bytes_, size_}; }

 private:
  unsigned other_bytes_;
  unsigned width_;
  std::byte* bytes_ = nullptr;
  std::size_t size_ = 0;
};

// The rows of keys that have few: per block the first row; from there the rows are counted by their `last` marks.
class PersonsView {
 public:
  PersonsView() = default;
  PersonsView(std::span<const KeyBlock> blocks, RowsView rows) : blocks_(blocks), rows_(rows) {}

  Range find(Number key) const {
    const Place at = place_of(key);
    if (!at.there) return {};
    // The marks of the rows that are probably enough, as bits: without a jump for each, and those not foreseen.
    const std::uint32_t rows = std::min(at.counted(), kMostBits);
    std::uint64_t marks = 0;
    for (std::uint32_t i = 0; i < rows; ++i) marks |= std::uint64_t{rows_[at.rows.first + i].stay.last()} << i;
    std::uint32_t first = 0;
    for (std::uint32_t skip = at.earlier; skip > 0 && marks != 0; --skip) {
      first = static_cast<std::uint32_t>(std::countr_zero(marks)) + 1;
      marks &= marks - 1;
    }
    if (marks != 0)
      return {at.rows.first + first, at.rows.first + static_cast<std::uint32_t>(std::countr_zero(marks)) + 1};
    std::uint32_t row = at.rows.first;
    for (std::uint32_t skip = at.earlier; skip > 0; --skip) row = end_of(row);
    return {row, end_of(row)};
  }
  // Asks the memory for the rows that find will read.
  void fetch(Number key) const {
    const Place at = place_of(key);
    if (at.there) rows_.fetch({at.rows.first, at.rows.first + at.counted()});
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
  // The same without their rows, of which nothing is read.
  template <class Take>
  void each_key(Take&& take) const {
    each_key_of(blocks_, take);
  }
  const KeyBlock* block_of(Number key) const {
    const std::size_t block = key / kBlockKeys;
    return block < blocks_.size() ? &blocks_[block] : nullptr;
  }
  bool consistent() const;

 private:
  static constexpr std::uint32_t kMostBits = 64;

  struct Place {
    bool there = false;
    std::uint32_t earlier = 0;  // keys of the block before this one
    std::uint32_t keys = 0;     // of the block
    Range rows;                 // of the block
    // As many rows as suffice if all keys have as many, and some more.
    std::uint32_t counted() const {
      constexpr std::uint32_t kMore = 4;
      const std::uint32_t all = rows.end - rows.first;
      return std::min(all * (earlier + 1) / keys + kMore, all);
    }
  };

  Place place_of(Number key) const {
    const std::size_t block = key / kBlockKeys;
    const std::uint32_t bit = std::uint32_t{1} << key % kBlockKeys;
    if (block >= blocks_.size() || !(blocks_[block].present & bit)) return {};
    const std::uint32_t present = blocks_[block].present;
    const std::size_t end = block + 1 < blocks_.size() ? blocks_[block + 1].before : rows_.size();
    return {true,
            count_bits(present & (bit - 1)),
            count_bits(present),
            {blocks_[block].before, static_cast<std::uint32_t>(end)}};
  }
  std::uint32_t end_of(std::uint32_t row) const {
    const auto size = static_cast<std::uint32_t>(rows_.size());
    while (row < size && !rows_[row].stay.last()) ++row;
    return row < size ? row + 1 : size;
  }

  std::span<const KeyBlock> blocks_;
  RowsView rows_;
};

// The zones of those rows that have one; takes no room where nobody names zones.
class ZonesView {
 public:
  static constexpr std::size_t kBlockRows = 64;

  ZonesView() = default;
  ZonesView(std::span<const std::uint64_t> zoned, std::span<const std::uint32_t> before, std::span<const Number> zones)
      : zoned_(zoned), before_(before), zones_(zones) {}

  Number at(std::uint32_t row, Stay stay) const { return stay.zoned() ? at(position(row)) : kNoZone; }

  // The same in steps, for zoned rows: where its zone stands, and what stands there. Of the zoned rows that follow, the
  // zones follow.
  std::size_t position(std::uint32_t row) const {
    const std::size_t block = row / kBlockRows;
    if (block >= zoned_.size()) return zones_.size();
    const std::uint64_t earlier = zoned_[block] & ((std::uint64_t{1} << row % kBlockRows) - 1);
    return std::size_t{before_[block]} + count_bits(static_cast<std::uint32_t>(earlier)) +
           count_bits(static_cast<std::uint32_t>(earlier >> 32));
  }
  Number at(std::size_t position) const { return position < zones_.size() ? zones_[position] : kNoZone; }
  // Ask the memory for what position, and then at, will read.
  void fetch(std::uint32_t row) const {
    if (row / kBlockRows >= zoned_.size()) return;
    fetch_memory(&zoned_[row / kBlockRows]);
    fetch_memory(&before_[row / kBlockRows]);
  }
  void fetch_at(std::size_t position) const {
    if (position < zones_.size()) fetch_memory(&zones_[position]);
  }
  bool consistent(std::size_t rows) const;
  Number largest() const { return zones_.empty() ? kNoZone : *std::max_element(zones_.begin(), zones_.end()); }

 private:
  std::span<const std::uint64_t> zoned_;
  std::span<const std::uint32_t> before_;
  std::span<const Number> zones_;
};

}  // namespace luytre::presence
