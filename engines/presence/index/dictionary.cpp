#include "engines/presence/index/dictionary.h"

#include <mutex>
#include <stdexcept>

namespace luytre::presence {

namespace {

constexpr unsigned kFirstBits = 8;
constexpr unsigned kMostBits = 31;

// Three quarters of the slots are used before there are more: 8 to 11 bytes for a number, ids included 16 to 19.
bool crowded(std::size_t numbers, std::size_t slots) {
  return numbers * 4 > slots * 3;
}

}  // namespace

Number Dictionary::find_in(const Table& table, std::int64_t id) const {
  const std::size_t slots_mask = table.slots.size() - 1;
  const std::uint32_t hashed = hash(id), mask = table.number_mask(), tag = table.entry(hashed, kNoNumber);
  for (std::size_t slot = table.home(hashed);; slot = (slot + 1) & slots_mask) {
    const std::uint32_t found = table.slots[slot].load(std::memory_order_acquire);
    if (found == 0) return kNoNumber;
    if ((found & ~mask) == tag && ids_[(found & mask) - 1] == id) return (found & mask) - 1;
  }
}

Number Dictionary::find(std::int64_t id) const {
  const std::shared_lock lock(swapping_);
  return table_ ? find_in(*table_, id) : kNoNumber;
}

void Dictionary::fetch(std::int64_t id) const {
  if (table_) fetch_memory(&table_->slots[table_->home(hash(id))]);
}

Number Dictionary::guess(std::int64_t id) const {
  if (!table_) return kNoNumber;
  const std::size_t slots_mask = table_->slots.size() - 1;
  const std::uint32_t hashed = hash(id), mask = table_->number_mask(), tag = table_->entry(hashed, kNoNumber);
  for (std::size_t slot = table_->home(hashed);; slot = (slot + 1) & slots_mask) {
    const std::uint32_t found = table_->slots[slot].load(std::memory_order_relaxed);
    if (found == 0) return kNoNumber;
    if ((found & ~mask) != tag) continue;
    fetch_id((found & mask) - 1);
    return (found & mask) - 1;
  }
}

Number Dictionary::add(std::int64_t id) {
  const Number known = table_ ? find_in(*table_, id) : kNoNumber;
  if (known != kNoNumber) return known;
  const std::size_t size = size_.load(std::memory_order_relaxed);
  if (!table_) enlarge(kFirstBits);
  if (crowded(size + 1, table_->slots.size())) enlarge(table_->bits + 1);
  ids_.grow(size + 1);
  ids_[size] = id;
  put(*table_, static_cast<Number>(size));
  size_.store(size + 1, std::memory_order_release);
  return static_cast<Number>(size);
}

void Dictionary::put(Table& table, Number number) const {
  const std::size_t mask = table.slots.size() - 1;
  const std::uint32_t hashed = hash(ids_[number]);
  std::size_t slot = table.home(hashed);
  while (table.slots[slot].load(std::memory_order_relaxed) != 0) slot = (slot + 1) & mask;
  table.slots[slot].store(table.entry(hashed, number), std::memory_order_release);
}

void Dictionary::enlarge(unsigned bits) {
  if (bits > kMostBits) throw std::length_error("no numbers left");
  auto next = std::make_unique<Table>(bits);
  const auto size = static_cast<Number>(size_.load(std::memory_order_relaxed));
  constexpr Number kAhead = 16;
  for (Number number = 0; number < size; ++number) {
    if (number + kAhead < size) fetch_to_write(&next->slots[next->home(hash(ids_[number + kAhead]))]);
    put(*next, number);
  }
  const std::unique_lock lock(swapping_);
  table_.swap(next);
}

std::size_t Dictionary::bytes() const {
  return size() * sizeof(std::int64_t) + (table_ ? table_->slots.size() * sizeof(std::uint32_t) : 0);
}

void Dictionary::save(const std::filesystem::path& path, std::uint64_t identity, std::size_t first) const {
  std::vector<std::int64_t> ids(size() - first);
  for (std::size_t i = 0; i < ids.size(); ++i) ids[i] = ids_[first + i];
  FileWriter file(kDictionaryKind, {.identity = identity, .label = static_cast<std::int64_t>(first)});
  file.add(std::span<const std::int64_t>(ids));
  file.write(path);
}

void Dictionary::load(const std::filesystem::path& path, std::uint64_t identity) {
  const FileReader file(map_file(path), kDictionaryKind, identity, path.filename().string());
  const auto ids = file.section<std::int64_t>(0);
  const std::size_t known = size(), first = static_cast<std::size_t>(file.notes().label), end = first + ids.size();
  if (first > known) file.damaged("what comes before it is missing");
  if (end <= known) return;
  ids_.grow(end);
  for (std::size_t number = known; number < end; ++number) ids_[number] = ids[number - first];
  size_.store(end, std::memory_order_release);
  unsigned bits = kFirstBits;
  while (crowded(end, std::size_t{1} << bits)) ++bits;
  enlarge(bits);
}

}  // namespace luytre::presence
