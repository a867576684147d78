#include "engines/presence/index/segment.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>

#include "engines/presence/index/builder.h"

namespace luytre::presence {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr std::uint64_t kIdentity = 7;
constexpr Day kDay = 18'520;

std::string text(const Row& row, Number zone) {
  const auto& s = row.stay;
  return std::to_string(row.other) + "/" + std::to_string(zone) + " " + std::to_string(s.from()) + "-" +
         std::to_string(s.to()) + (s.estimated() ? "e" : "") + (s.continues() ? "c" : "") + (s.touching() ? "t" : "");
}

std::vector<std::string> of(const Segment& segment, Number person) {
  std::vector<std::string> out;
  segment.visits_of(person, [&](const Row& row, Number zone) { out.push_back(text(row, zone)); });
  return out;
}
std::vector<std::string> at(const Segment& segment, Number place, std::int64_t from, std::int64_t to) {
  std::vector<std::string> out;
  segment.visits_at(place, from, to, [&](const Row& row, Number zone) { out.push_back(text(row, zone)); });
  return out;
}
std::vector<std::string> met(const Segment& segment, Number person) {
  std::vector<std::string> out;
  segment.encounters_of(person, [&](const Row& row) {
    out.push_back(std::to_string(row.other) + " " + std::to_string(row.stay.from()) + "-" +
                  std::to_string(row.stay.to()) +
                  (row.stay.measured() ? " " + std::to_string(row.stay.attenuation()) : ""));
  });
  return out;
}

SegmentBuilder small() {
  SegmentBuilder builder(kDay, kIdentity);
  builder.add_visit(40, 3, kNoZone, Stay(100, 900));
  builder.add_visit(2, 3, 5, Stay(0, 200).with_continues(true));
  builder.add_visit(2, 70, kNoZone, Stay(300, 86'400).with_estimated(true));
  builder.add_visit(40, 3, kNoZone, Stay(900, 1'000));
  builder.add_visit(40, 3, 6, Stay(900, 1'000));
  builder.add_visit(40, 3, kNoZone, Stay(100, 900));  // once more
  builder.add_encounter(40, 2, Stay(50, 60).with_attenuation(61));
  builder.add_encounter(2, 40, Stay(60, 70).with_attenuation(50));
  builder.add_encounter(2, 41, Stay(20, 90));
  return builder;
}

std::shared_ptr<const Segment> reopen(FileWriter::Whole bytes) {
  return Segment::open(own(std::move(bytes)), kIdentity, "small");
}

TEST(SegmentTest, AnswersBothWaysInOrderOfEntry) {
  const auto segment = reopen(small().bytes());
  EXPECT_EQ(segment->day(), kDay);
  EXPECT_EQ(segment->visits(), 5U);
  EXPECT_THAT(of(*segment, 2), ElementsAre("3/5 0-200c", "70/0 300-86400e"));
  EXPECT_THAT(of(*segment, 40), ElementsAre("3/0 100-900t", "3/0 900-1000t", "3/6 900-1000"));
  EXPECT_THAT(at(*segment, 3, 0, 86'400),
              ElementsAre("2/5 0-200c", "40/0 100-900t", "40/0 900-1000t", "40/6 900-1000"));
  EXPECT_THAT(at(*segment, 3, 200, 900), ElementsAre("40/0 100-900t"));
  EXPECT_THAT(at(*segment, 70, 0, 300), IsEmpty());
  for (const Number nobody : {0U, 3U, 41U, 4'000'000U}) EXPECT_THAT(of(*segment, nobody), IsEmpty());
}

TEST(SegmentTest, EncountersOfAPairThatTouchAreOne) {
  const auto segment = reopen(small().bytes());
  EXPECT_THAT(met(*segment, 2), ElementsAre("41 20-90", "40 50-70 50"));
  EXPECT_THAT(met(*segment, 40), ElementsAre("2 50-70 50"));
  EXPECT_THAT(met(*segment, 3), IsEmpty());
}

TEST(SegmentTest, AnEmptyDayIsASegmentToo) {
  const auto segment = reopen(SegmentBuilder(kDay, kIdentity).bytes());
  EXPECT_THAT(of(*segment, 0), IsEmpty());
  EXPECT_THAT(at(*segment, 0, 0, 86'400), IsEmpty());
  EXPECT_THAT(met(*segment, 0), IsEmpty());
}

TEST(SegmentTest, LivesOnDiskAndIsThereWholeOrNotAtAll) {
  const auto folder = std::filesystem::temp_directory_path() / ("luytre-segment-" + std::to_string(::getpid()));
  std::filesystem::create_directories(folder);
  small().write(folder / "day.seg");
  EXPECT_THAT(of(*Segment::open(folder / "day.seg", kIdentity), 2), ElementsAre("3/5 0-200c", "70/0 300-86400e"));
  EXPECT_FALSE(std::filesystem::exists(folder / "day.seg.tmp"));
  std::ofstream(folder / "empty.seg").close();
  EXPECT_THROW(Segment::open(folder / "empty.seg", kIdentity), Damaged);
  EXPECT_THROW(Segment::open(folder / "absent.seg", kIdentity), std::system_error);
  std::filesystem::remove_all(folder);
}

TEST(SegmentTest, EveryChangedByteIsFound) {
  const FileWriter::Whole good = small().bytes();
  for (std::size_t i = 0; i < good.size(); ++i) {
    for (const unsigned flip : {0x01U, 0x80U}) {
      FileWriter::Whole bad = good;
      bad[i] ^= static_cast<std::byte>(flip);
      EXPECT_THROW(reopen(std::move(bad)), Damaged) << "byte " << i;
    }
  }
}

TEST(SegmentTest, EveryCutAndEveryExtraByteIsFound) {
  const FileWriter::Whole good = small().bytes();
  for (std::size_t size = 0; size < good.size(); ++size)
    EXPECT_THROW(reopen({good.begin(), good.begin() + static_cast<std::ptrdiff_t>(size)}), Damaged) << size;
  for (const std::size_t extra : {1U, 64U}) {
    FileWriter::Whole longer = good;
    longer.resize(good.size() + extra);
    EXPECT_THROW(reopen(std::move(longer)), Damaged) << extra;
  }
}

TEST(SegmentTest, SaysWhatIsWrong) {
  const auto complaint = [](FileWriter::Whole bytes, std::uint64_t identity) -> std::string {
    try {
      (void)Segment::open(own(std::move(bytes)), identity, "day-18520.seg");
    } catch (const Damaged& e) {
      return e.what();
    }
    return "nothing";
  };
  EXPECT_THAT(complaint(small().bytes(), 8), HasSubstr("day-18520.seg: belongs to another index"));
  FileWriter newer(FileKind{kSegmentKind.magic, kSegmentKind.version + 1}, {.identity = kIdentity});
  EXPECT_THAT(complaint(newer.bytes(), kIdentity), HasSubstr("version 2, this program reads 1"));
  FileWriter bare(kSegmentKind, {.identity = kIdentity});
  EXPECT_THAT(complaint(bare.bytes(), kIdentity), HasSubstr("is missing"));
}

}  // namespace
}  // namespace luytre::presence
