// Loading much at once: visits and encounters go into segments directly, without becoming rows of the changing part.
//
// Fed in any order; days are built when they are sealed, and holding a day costs 24 bytes a piece until then. Whoever
// feeds in order of entry seals behind himself and holds little. What a day held before stays. Nothing of a day is seen
// before it is sealed; what was not sealed is lost. One thread; views may be taken and read beside it,
// writers wait while a day is built.

#pragma once

#include <map>

#include "engines/presence/index/index.h"

namespace luytre::presence {

class BulkLoad {
 public:
  explicit BulkLoad(PresenceIndex& index) : index_(index) {}

  void add(std::span<const Visit> visits);
  void add(std::span<const Encounter> encounters);
  void seal_before(Day day);
  void seal() { seal_before(std::numeric_limits<Day>::max()); }

 private:
  SegmentBuilder& builder(Day day);

  PresenceIndex& index_;
  std::shared_ptr<SegmentBuilder::Memory> memory_ = std::make_shared<SegmentBuilder::Memory>();
  std::map<Day, SegmentBuilder> builders_;
  std::pair<Day, SegmentBuilder*> last_{0, nullptr};
  std::size_t usual_ = 0;  // pieces of the largest day so far
};

void check_encounter(const Encounter& encounter);  // throws std::invalid_argument

}  // namespace luytre::presence
