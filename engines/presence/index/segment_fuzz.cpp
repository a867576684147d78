// Any bytes as a segment: refused, or read without stepping outside. Most random bytes die at the first checksum, so
// the input is also cut into sections and given right checksums; what opens then contradicts nobody's bounds.

#include <cstdlib>

#include "engines/presence/index/segment.h"

namespace {

using luytre::presence::Bytes;
using luytre::presence::Damaged;
using luytre::presence::FileWriter;
using luytre::presence::Number;
using luytre::presence::Row;
using luytre::presence::Segment;

void read_all(const Segment& segment) {
  std::size_t visits = 0, seen = 0;
  segment.each_visit([&](Number, const Row&, Number) { ++visits; });
  segment.each_encounter([&](Number, const Row&) { ++seen; });
  segment.each_place([&](Number place) {
    segment.visits_at(place, 0, luytre::kDaySeconds, [&](const Row&, Number) { ++seen; });
    segment.entries_at(place, 100, 200, [&](const Row&, Number) { ++seen; });
  });
  for (Number person = 0; person < 200; ++person)
    segment.visits_of(person, [&](const Row&, Number zone) { seen += zone; });
  if (visits > segment.size()) std::abort();
}

void open(FileWriter::Whole bytes) {
  try {
    read_all(*Segment::open(luytre::presence::own(std::move(bytes)), 0, "fuzz"));
  } catch (const Damaged&) {
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::span<const std::byte> input = std::as_bytes(std::span(data, size));
  open({input.begin(), input.end()});
  if (size < 2) return 0;
  // Numbers of visits and encounters, then sections: each begins with its length.
  FileWriter file(luytre::presence::kSegmentKind, {.counts = {data[0], data[1]}});
  std::vector<std::vector<std::byte>> sections;
  for (std::size_t at = 2; sections.size() < luytre::presence::kMostSections - 1;) {
    const std::size_t length = at < size ? std::min<std::size_t>(data[at], size - at - 1) : 0;
    const auto section = at < size ? input.subspan(at + 1, length) : input.first(0);
    sections.emplace_back(section.begin(), section.end());
    at += 1 + length;
  }
  for (const auto& section : sections) file.add(std::span<const std::byte>(section));
  open(file.bytes());
  return 0;
}
