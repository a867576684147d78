// Who was found at which level, and since when at the earliest. Noted in any order and as often as seen; sorted when
// the level is done. That is quicker than a hash map, which a hit or a miss that nobody foresees makes wait each time,
// and leaves every level in order of numbers. Not thread-safe.

#pragma once

#include <algorithm>
#include <span>
#include <vector>

#include "engines/presence/index/number_keys.h"

namespace luytre::presence {

class FoundLevels {
 public:
  struct Found {
    Number person = kNoNumber;
    Instant since;
  };

  // No note is earlier than `zero`, or more than 2^32 seconds later.
  void clear(Instant zero) {
    zero_ = zero;
    noted_ = 0;
    compact_ = kMany;
    found_.clear();
    ends_.clear();
  }
  // Nobody foresees who qualifies, so that it is no jump: who does not is written over by the next.
  void note(Number person, Instant since, bool qualifies = true) {
    if (noted_ == keys_.size()) make_room();
    keys_[noted_] = key_of(person, static_cast<std::size_t>((since - zero_).count()));
    noted_ += qualifies ? 1 : 0;
  }
  // Those noted since the last level who are of none yet are the next one.
  void take_level() {
    settle();
    for (int n = 0; n < levels(); ++n) forget(level(n));
    for (const Key key : std::span(keys_).first(noted_))
      found_.push_back({number_in(key), zero_ + std::chrono::seconds(position_in(key))});
    noted_ = 0;
    compact_ = kMany;
    ends_.push_back(found_.size());
  }

  // By person.
  std::span<const Found> level(int n) const {
    const auto at = static_cast<std::size_t>(n);
    const std::size_t first = at == 0 ? 0 : ends_[at - 1];
    return std::span(found_).subspan(first, ends_[at] - first);
  }
  std::size_t size() const { return found_.size(); }
  std::size_t bytes() const { return bytes_of(keys_, spare_, found_); }

 private:
  int levels() const { return static_cast<int>(ends_.size()); }
  static constexpr std::size_t kFew = 64;
  static constexpr std::size_t kMany = std::size_t{1} << 17;  // of which the caches hold the keys

  void make_room() {
    if (noted_ >= compact_) {
      settle();
      compact_ = std::max(kMany, 2 * noted_);
    }
    keys_.resize(std::max(kFew, 2 * noted_));
  }
  // Each person once, with the earliest second, in order.
  void settle() {
    keys_.resize(noted_);
    if (noted_ <= kFew) {
      std::sort(keys_.begin(), keys_.end());
    } else {
      Number largest = 0;
      for (const Key key : keys_) largest = std::max(largest, number_in(key));
      radix_sort(keys_, spare_, largest);
    }
    std::size_t kept = 0;
    for (const Key key : keys_) {
      const bool fresh = kept == 0 || number_in(keys_[kept - 1]) != number_in(key);
      kept += fresh ? 1 : 0;
      keys_[kept - 1] = fresh ? key : std::min(keys_[kept - 1], key);
    }
    noted_ = kept;
  }
  void forget(std::span<const Found> known) {
    std::size_t kept = 0;
    for (std::size_t i = 0; i < noted_; ++i) {
      while (!known.empty() && known.front().person < number_in(keys_[i])) known = known.subspan(1);
      keys_[kept] = keys_[i];
      kept += known.empty() || known.front().person != number_in(keys_[i]) ? 1 : 0;
    }
    noted_ = kept;
  }

  Instant zero_;
  Keys keys_, spare_;  // person and second
  std::size_t noted_ = 0;
  std::size_t compact_ = kMany;
  std::vector<Found, LargeMemory<Found>> found_;
  std::vector<std::size_t> ends_;
};

}  // namespace luytre::presence
