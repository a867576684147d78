#include "modules/outbreaks/picture.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "modules/outbreaks/outbreaks.h"

namespace luytre::outbreaks {
namespace {

using cases::Classification;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

Seen seen(std::int64_t id, const char* onset, std::optional<std::int64_t> source = {}) {
  Seen out;
  out.facts.id = CaseId{id};
  out.facts.number = "COV-" + std::to_string(id);
  out.facts.classification = Classification::kConfirmed;
  out.facts.unit = UnitId{1};
  if (onset) out.facts.onset = parse_date(onset);
  out.facts.created_at = *parse_instant("2026-03-10T01:00:00Z");
  if (source) {
    out.facts.source = CaseId{*source};
    out.source = "COV-" + std::to_string(*source);
  }
  return out;
}

std::vector<std::string> curve(const Picture& picture) {
  std::vector<std::string> out;
  for (const CurveDay& one : picture.curve)
    out.push_back(to_text(one.day) + ' ' + std::to_string(one.onset) + ' ' + std::to_string(one.sample) + ' ' +
                  std::to_string(one.report));
  return out;
}

// "  COV-2 +3": two spaces a level, the serial interval, and whether the source lies outside.
std::vector<std::string> chain(const Picture& picture) {
  std::vector<std::string> out;
  for (const Link& one : picture.chain)
    out.push_back(std::string(static_cast<std::size_t>(one.depth) * 2, ' ') + one.number +
                  (one.serial ? (*one.serial < 0 ? " " : " +") + std::to_string(*one.serial) : "") +
                  (one.outside ? " < " + *one.source : ""));
  return out;
}

TEST(PictureTest, WithoutOnsetAndSampleACaseStandsWhereItWasDiagnosedOrNotified) {
  Seen diagnosed = seen(1, nullptr), notified = seen(2, nullptr);
  diagnosed.facts.diagnosed_at = *parse_instant("2026-02-01T01:00:00Z");
  diagnosed.facts.notified_at = *parse_instant("2026-02-03T01:00:00Z");
  notified.facts.notified_at = *parse_instant("2026-02-02T01:00:00Z");
  const std::vector<Seen> all{diagnosed, notified, seen(3, nullptr)};
  EXPECT_THAT(curve(picture(all)), ElementsAre("2026-02-01 0 0 1", "2026-02-02 0 0 1", "2026-03-10 0 0 1"));
}

TEST(PictureTest, TheCurveSaysByWhichDateACaseStandsInIt) {
  Seen sampled = seen(2, nullptr), reported = seen(3, nullptr), none = seen(4, "2026-03-01");
  sampled.facts.sample_at = *parse_instant("2026-02-28T18:00:00Z");  // 1 March in Vietnam
  none.facts.classification = Classification::kDiscarded;
  const std::vector<Seen> all{seen(1, "2026-03-01"), sampled, reported, none};
  const Picture out = picture(all);
  EXPECT_THAT(curve(out), ElementsAre("2026-03-01 1 1 0", "2026-03-10 0 0 1"));
  ASSERT_EQ(out.classifications.size(), 2u);
  EXPECT_EQ(out.classifications[0].cases, 3);
  EXPECT_EQ(out.classifications[1].classification, Classification::kDiscarded);
  EXPECT_EQ(out.classifications[1].cases, 1);
}

TEST(PictureTest, AgesAreThoseOfTheDayAndTheUnknownStandApart) {
  Seen child = seen(1, "2026-03-01"), old = seen(2, "2026-03-01"), unknown = seen(3, "2026-03-01");
  child.birth_year = 2022;  // four
  child.sex = people::Sex::kFemale;
  old.birth_year = 1961;  // 65
  old.sex = people::Sex::kMale;
  const Picture out = picture(std::vector<Seen>{child, old, unknown});
  ASSERT_EQ(out.ages.size(), 7u);
  EXPECT_EQ(out.ages[0].from, 0);
  EXPECT_EQ(out.ages[0].to, 4);
  EXPECT_EQ(out.ages[0].female, 1);
  EXPECT_EQ(out.ages[5].from, 65);
  EXPECT_FALSE(out.ages[5].to);
  EXPECT_EQ(out.ages[5].male, 1);
  EXPECT_FALSE(out.ages[6].from);
  EXPECT_EQ(out.ages[6].other, 1);
}

TEST(PictureTest, UnitsWithTheMostCasesComeFirst) {
  Seen there = seen(1, "2026-03-01");
  there.facts.unit = UnitId{7};
  const std::vector<Seen> all{there, seen(2, "2026-03-01"), seen(3, "2026-03-01")};
  const Picture out = picture(all);
  ASSERT_EQ(out.units.size(), 2u);
  EXPECT_EQ(out.units[0].unit, UnitId{1});
  EXPECT_EQ(out.units[0].cases, 2);
}

TEST(PictureTest, TheChainIsIndentedBySourceWithSerialIntervals) {
  const std::vector<Seen> all{seen(5, "2026-03-02"), seen(1, "2026-03-01"), seen(4, "2026-03-05", 2),
                              seen(2, "2026-03-04", 1), seen(3, "2026-03-03", 1)};
  EXPECT_THAT(chain(picture(all)), ElementsAre("COV-1", "  COV-3 +2", "  COV-2 +3", "    COV-4 +1", "COV-5"));
}

TEST(PictureTest, IllBeforeTheSourceIsAContradictionAndNoOnsetIsNoInterval) {
  const std::vector<Seen> all{seen(1, "2026-03-05"), seen(2, "2026-03-03", 1), seen(3, nullptr, 1)};
  EXPECT_THAT(chain(picture(all)), ElementsAre("COV-1", "  COV-2 -2", "  COV-3"));
}

TEST(PictureTest, ASourceThatIsNotHereBeginsATree) {
  Seen discarded = seen(1, "2026-03-01");
  discarded.facts.classification = Classification::kDiscarded;
  const std::vector<Seen> all{discarded, seen(2, "2026-03-03", 1), seen(3, "2026-03-04", 99)};
  EXPECT_THAT(chain(picture(all)), ElementsAre("COV-2 < COV-1", "COV-3 < COV-99"));
}

TEST(PictureTest, NothingIsAnEmptyPicture) {
  const Picture out = picture({});
  EXPECT_THAT(out.curve, IsEmpty());
  EXPECT_THAT(out.ages, IsEmpty());
  EXPECT_THAT(out.chain, IsEmpty());
}

TEST(ExposureWindowTest, ReachesFromTheLongestToTheShortestIncubationInWholeDays) {
  const Date day = *parse_date("2026-03-20");
  const Interval ill = exposure_window({day, DayOf::kOnset}, 4, 10);
  EXPECT_EQ(to_text(ill.from), "2026-03-09T17:00:00Z");  // the 10th in Vietnam
  EXPECT_EQ(to_text(ill.to), "2026-03-16T17:00:00Z");    // the 16th is the last day
  const Interval sampled = exposure_window({day, DayOf::kSample}, 4, 10);
  EXPECT_EQ(sampled.from, ill.from);
  EXPECT_EQ(sampled.to, local_midnight(Date{day.days + 1}));
}

}  // namespace
}  // namespace luytre::outbreaks
