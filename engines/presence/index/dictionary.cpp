#include "engines/presence/index/dictionary.h"

#include <algorithm>
#include <bit>

namespace luytre::presence {

namespace {

constexpr unsigned kFirstBits = 8;

}  // namespace

Number Dictionary::find(std::int64_t id) const {
  const Table* const table = current_.load(std::memory_order_acquire);
  if (!table) return kNoNumber;
  const std::size_t mask = table->slots.size() - 1;
  for (std::size_t slot = hash_number(static_cast<std::uint64_t>(id), table->bits);; slot = (slot + 1) & mask) {
    const Number found = table->slots[slot].load(std::memory_order_acquire);
    if (found == 0) return kNoNumber;
    if (ids_[found - 1] == id) return found - 1;
  }
}

void Dictionary::fetch(std::int64_t id) const {
  const Table* const table = current_.load(std::memory_order_acquire);
  if (table) __builtin_prefetch(&table->slots[hash_number(static_cast<std::uint64_t>(id), table->bits)]);
}

void Dictionary::fetch_found(std::int64_t id) const {
  const Table* const table = current_.load(std::memory_order_acquire);
  if (!table) return;
  const std::size_t slot = hash_number(static_cast<std::uint64_t>(id), table->bits);
  const Number found = table->slots[slot].load(std::memory_order_acquire);
  if (found != 0) fetch_id(found - 1);
}

Number Dictionary::add(std::int64_t id) {
  const Number known = find(id);
  if (known != kNoNumber) return known;
  const std::size_t size = size_.load(std::memory_order_relaxed);
  if (size + 2 >= kNoNumber) throw std::length_error("no numbers left");
  if (tables_.empty()) enlarge(kFirstBits);
  if ((size + 1) * 2 > tables_.back()->slots.size()) enlarge(tables_.back()->bits + 1);
  ids_.grow(size + 1);
  ids_[size] = id;
  put(*tables_.back(), static_cast<Number>(size));
  size_.store(size + 1, std::memory_order_release);
  return static_cast<Number>(size);
}

void Dictionary::put(Table& table, Number number) const {
  const std::size_t mask = table.slots.size() - 1;
  std::size_t slot = hash_number(static_cast<std::uint64_t>(ids_[number]), table.bits);
  while (table.slots[slot].load(std::memory_order_relaxed) != 0) slot = (slot + 1) & mask;
  table.slots[slot].store(number + 1, std::memory_order_release);
}

void Dictionary::enlarge(unsigned bits) {
  auto next = std::make_unique<Table>(bits);
  const auto size = static_cast<Number>(size_.load(std::memory_order_relaxed));
  for (Number number = 0; number < size; ++number) put(*next, number);
  tables_.push_back(std::move(next));
  current_.store(tables_.back().get(), std::memory_order_release);
}

std::size_t Dictionary::bytes() const {
  std::size_t slots = 0;
  for (const auto& table : tables_) slots += table->slots.size();
  return size() * sizeof(std::int64_t) + slots * sizeof(Number);
}

void Dictionary::save(const std::filesystem::path& path, std::uint64_t identity) const {
  std::vector<std::int64_t> ids(size());
  for (std::size_t i = 0; i < ids.size(); ++i) ids[i] = ids_[i];
  FileWriter file(kDictionaryKind, {.identity = identity});
  file.add(std::span<const std::int64_t>(ids));
  file.write(path);
}

void Dictionary::load(const std::filesystem::path& path, std::uint64_t identity) {
  const FileReader file(map_file(path), kDictionaryKind, identity, path.filename().string());
  const auto ids = file.section<std::int64_t>(0);
  ids_.grow(ids.size());
  for (std::size_t i = 0; i < ids.size(); ++i) ids_[i] = ids[i];
  size_.store(ids.size(), std::memory_order_release);
  if (!ids.empty()) enlarge(std::max(kFirstBits, static_cast<unsigned>(std::bit_width(ids.size() * 2))));
}

}  // namespace luytre::presence
