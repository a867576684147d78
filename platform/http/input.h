// Input: bytes received and not yet parsed. Grows on demand up to kMost; once empty it can be given back, so that an
// idle connection holds no buffer.

#pragma once

#include <algorithm>
#include <cstring>
#include <memory>
#include <span>
#include <string_view>

namespace luytre::http {

class Input {
 public:
  static constexpr std::size_t kFirst = 4 * 1024;
  static constexpr std::size_t kMost = 32 * 1024;  // holds a whole request head and more

  std::string_view unread() const { return {data_.get() + begin_, end_ - begin_}; }
  bool empty() const { return begin_ == end_; }
  bool full() const { return end_ - begin_ == kMost; }

  void consume(std::size_t count) {
    begin_ += count;
    if (begin_ == end_) begin_ = end_ = 0;
  }

  // Where to receive into; empty when full.
  std::span<char> space() {
    if (end_ == capacity_) make_room();
    return {data_.get() + end_, capacity_ - end_};
  }
  void received(std::size_t count) { end_ += count; }

  void give_back() {
    if (!empty()) return;
    data_.reset();
    capacity_ = 0;
  }

 private:
  void make_room() {
    const std::size_t held = end_ - begin_;
    if (held == capacity_ && capacity_ < kMost) {
      const std::size_t bigger = capacity_ == 0 ? kFirst : capacity_ * 2;
      std::unique_ptr<char[]> fresh(new char[bigger]);
      if (held != 0) std::memcpy(fresh.get(), data_.get() + begin_, held);
      data_ = std::move(fresh);
      capacity_ = bigger;
    } else if (held != 0) {
      std::memmove(data_.get(), data_.get() + begin_, held);
    }
    begin_ = 0;
    end_ = held;
  }

  std::unique_ptr<char[]> data_;
  std::size_t capacity_ = 0;
  std::size_t begin_ = 0;
  std::size_t end_ = 0;
};

}  // namespace luytre::http
