#include "engines/presence/index/columns.h"

namespace luytre::presence {

bool DirectoryView::consistent(std::size_t rows) const {
  std::size_t keys = 0;
  for (const KeyBlock& block : blocks_) {
    if (block.before != keys) return false;
    keys += static_cast<std::size_t>(std::popcount(block.present));
  }
  if (offsets_.size() != keys + 1 || offsets_.front() != 0 || offsets_.back() != rows) return false;
  for (std::size_t i = 0; i < keys; ++i) {
    if (offsets_[i] >= offsets_[i + 1]) return false;
  }
  return true;
}

bool PersonsView::consistent() const {
  std::size_t before = 0;
  for (const KeyBlock& block : blocks_) {
    const auto keys = static_cast<std::size_t>(std::popcount(block.present));
    if (block.before < before || block.before + keys > rows_.size()) return false;
    before = block.before + keys;
  }
  return true;
}

bool ZonesView::consistent(std::size_t rows) const {
  if (zoned_.size() != before_.size()) return false;
  if (zoned_.empty()) return zones_.empty();
  if (zoned_.size() != (rows + kBlockRows - 1) / kBlockRows) return false;
  std::size_t zones = 0;
  for (std::size_t i = 0; i < zoned_.size(); ++i) {
    if (before_[i] != zones) return false;
    zones += static_cast<std::size_t>(std::popcount(zoned_[i]));
  }
  return zones == zones_.size();
}

}  // namespace luytre::presence
