// Any bytes as a segment: refused, or read without stepping outside. Most random bytes die at the first checksum, so
// the input is also cut into sections and given right checksums; what opens then contradicts nobody's bounds. It is
// read in one go and, as traces do, step by step.

#include "engines/presence/index/segment.h"

namespace {

using luytre::presence::Bytes;
using luytre::presence::Damaged;
using luytre::presence::FileWriter;
using luytre::presence::Number;
using luytre::presence::Range;
using luytre::presence::Row;
using luytre::presence::Segment;

// Everybody of the first blocks, who are there and who are not.
constexpr Number kPersons = 200;
volatile std::size_t read_something = 0;  // so that no reading is left out

void read_in_steps(const Segment& segment) {
  std::size_t seen = 0;
  const auto count = [&](const Row& row, Number zone) { seen += row.other + zone; };
  for (Number person = 0; person < kPersons; ++person) {
    segment.fetch_person(person);
    segment.fetch_person_rows(person);
    const Range rows = segment.rows_of(person);
    segment.fetch_zones(rows);
    segment.each_visit(rows, count);
    segment.encounters_of(person, [&](const Row& row) { seen += row.other; });
  }
  segment.each_place([&](Number place) {
    for (const bool stayed : {false, true}) {
      segment.fetch_place(place);
      Segment::Entries entries = segment.find_place(place);
      segment.begin(entries, 100, stayed);
      while (segment.narrow(entries)) {
      }
      segment.fetch_zone(entries);
      segment.each_visit(entries, 200, count);
    }
  });
  segment.each_person([&](Number person) { seen += person; });
  read_something = seen;
}

void read_all(const Segment& segment) {
  std::size_t seen = 0;
  segment.each_visit([&](Number, const Row&, Number) { ++seen; });
  segment.each_encounter([&](Number, const Row&) { ++seen; });
  segment.each_place([&](Number place) {
    segment.visits_at(place, 0, luytre::kDaySeconds, [&](const Row&, Number) { ++seen; });
    segment.entries_at(place, 100, 200, [&](const Row&, Number) { ++seen; });
  });
  for (Number person = 0; person < kPersons; ++person)
    segment.visits_of(person, [&](const Row&, Number zone) { seen += zone; });
  read_something = seen;
}

void open(FileWriter::Whole bytes) {
  try {
    const auto segment = Segment::open(luytre::presence::own(std::move(bytes)), 0, "fuzz");
    read_all(*segment);
    read_in_steps(*segment);
  } catch (const Damaged&) {
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::span<const std::byte> input = std::as_bytes(std::span(data, size));
  open({input.begin(), input.end()});
  // Numbers of visits and encounters, then sections: each begins with its length. All in two bytes, so that there are
  // blocks with more rows than are looked at as bits.
  std::size_t at = 0;
  const auto number = [&]() -> std::size_t {
    if (size - at < 2) return 0;
    at += 2;
    return data[at - 2] | std::size_t{data[at - 1]} << 8;
  };
  const std::size_t visits = number(), encounters = number();
  FileWriter file(luytre::presence::kSegmentKind, {.counts = {visits, encounters}});
  std::vector<std::vector<std::byte>> sections;
  while (sections.size() <= luytre::presence::kMeetingRows) {
    const std::size_t wanted = number(), length = std::min(wanted, size - at);
    const auto section = input.subspan(at, length);
    sections.emplace_back(section.begin(), section.end());
    at += length;
  }
  for (const auto& section : sections) file.add(std::span<const std::byte>(section));
  open(file.bytes());
  return 0;
}
