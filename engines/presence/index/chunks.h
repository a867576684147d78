// An array that grows while others read it: its elements never move.
//
// Chunks double in size; a chunk, once there, stays. One thread grows it (from outside, one at a time); any number read
// elements below a size that they learned from an acquire load made after those elements were written.

#pragma once

#include <array>
#include <atomic>
#include <bit>
#include <cstddef>
#include <vector>

#include "engines/presence/index/large_memory.h"
#include "engines/presence/index/stay.h"

namespace luytre::presence {

template <class T>
class Chunks {
 public:
  // Makes room for `size` elements; new ones are value-initialised.
  void grow(std::size_t size) {
    while (room_ < size) {
      const std::size_t length = kFirst << filled_;
      chunks_[filled_] = Chunk(length);
      published_[filled_].store(chunks_[filled_].data(), std::memory_order_release);
      ++filled_;
      room_ += length;
    }
  }
  T& operator[](std::size_t i) { return *address(i); }
  const T& operator[](std::size_t i) const { return *address(i); }

 private:
  using Chunk = std::vector<T, LargeMemory<T>>;

  static constexpr std::size_t kFirst = 256;
  static constexpr std::size_t kMostChunks = 25;  // more than 2^32 elements

  T* address(std::size_t i) const {
    const std::size_t shifted = i + kFirst;
    const auto chunk = static_cast<std::size_t>(std::bit_width(shifted) - std::bit_width(kFirst));
    return published_[chunk].load(std::memory_order_acquire) + (shifted - (kFirst << chunk));
  }

  std::array<Chunk, kMostChunks> chunks_;
  std::array<std::atomic<T*>, kMostChunks> published_{};
  std::size_t filled_ = 0;
  std::size_t room_ = 0;
};

}  // namespace luytre::presence
