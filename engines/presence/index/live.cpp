#include "engines/presence/index/live.h"

#include <cstddef>
#include <stdexcept>

namespace luytre::presence {

std::byte* Arena::take(std::size_t size) {
  size = (size + alignof(std::max_align_t) - 1) / alignof(std::max_align_t) * alignof(std::max_align_t);
  if (size > kBlock) throw std::length_error("larger than a block of the arena");
  if (size > left_) {
    blocks_.push_back(std::make_unique_for_overwrite<std::byte[]>(kBlock));
    left_ = kBlock;
  }
  std::byte* const at = blocks_.back().get() + (kBlock - left_);
  left_ -= size;
  return at;
}

LiveLists::Chunk* LiveLists::new_chunk(const Chunk* older, std::uint32_t capacity) {
  Chunk* const chunk = std::construct_at(reinterpret_cast<Chunk*>(arena_.take(sizeof(Chunk))));
  chunk->older = older;
  chunk->capacity = capacity;
  chunk->rows = reinterpret_cast<LiveRow*>(arena_.take(capacity * sizeof(LiveRow)));
  std::uninitialized_value_construct_n(chunk->rows, capacity);
  return chunk;
}

LiveRow& LiveLists::append(Number key, Number other, Number zone, Stay stay, Sequence now) {
  Chunk* chunk = newest_.find(key);
  if (!chunk || chunk->size.load(std::memory_order_relaxed) == chunk->capacity) {
    chunk = new_chunk(chunk, chunk ? std::min(chunk->capacity * 2, kMostRows) : kFirstRows);
    newest_.set(key, chunk);
  }
  const std::uint32_t size = chunk->size.load(std::memory_order_relaxed);
  LiveRow& row = chunk->rows[size];
  row.other = other;
  row.zone = zone;
  row.stay = stay;
  row.born = now;
  chunk->size.store(size + 1, std::memory_order_release);
  return row;
}

void Live::override_person(Number person, Sequence now) {
  if (overridden_.find(person) != 0) return;
  overridden_.set(person, now);
  any_overridden_.store(true, std::memory_order_release);
  changes_.push_back({now, person});
}

void Live::append(Number person, const Visit& visit, Sequence now) {
  LiveRow& mine = by_person_.append(person, visit.place, visit.zone, visit.stay, now);
  mine.twin = &by_place_.append(visit.place, person, visit.zone, visit.stay, now);
}

bool Live::add_visit(Number person, const Visit& visit, Sequence now) {
  bool known = false;
  std::vector<LiveRow*> touched;
  by_person_.for_each(person, now, [&](LiveRow& row) {
    if (row.other != visit.place || row.zone != visit.zone) return;
    known = known || row.stay.bare() == visit.stay.bare();
    if (row.stay.from() <= visit.stay.to() && visit.stay.from() <= row.stay.to()) touched.push_back(&row);
  });
  if (known) return false;
  for (LiveRow* const row : touched) {
    if (row->stay.touching()) continue;
    // Rows do not change: the marked one is another.
    row->dead.store(now, std::memory_order_release);
    row->twin->dead.store(now, std::memory_order_release);
    append(person, {row->other, row->zone, row->stay.with_touching(true)}, now);
  }
  append(person, {visit.place, visit.zone, visit.stay.bare().with_touching(!touched.empty())}, now);
  changes_.push_back({now, person});
  return true;
}

void Live::remove_visits(Number person, Sequence now) {
  by_person_.for_each(person, now, [&](LiveRow& row) {
    row.dead.store(now, std::memory_order_release);
    row.twin->dead.store(now, std::memory_order_release);
  });
  changes_.push_back({now, person});
}

void Live::add_encounter(Number person, Number peer, Stay stay, Sequence now) {
  encounters_.append(person, peer, kNoZone, stay, now);
  encounters_.append(peer, person, kNoZone, stay, now);
  meetings_.push_back({now, person, peer, stay});
}

std::vector<Live::Visit> Live::visits(Number person, Sequence when) const {
  std::vector<Visit> out;
  by_person_.for_each(person, when, [&](const LiveRow& row) { out.push_back({row.other, row.zone, row.stay.bare()}); });
  return out;
}

}  // namespace luytre::presence
