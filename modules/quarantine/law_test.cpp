// How long a contact is kept, by the dated rules of the real files.

#include "modules/quarantine/law.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <fstream>

namespace luytre::quarantine {
namespace {

using presence::Whom;
using ::testing::HasSubstr;

Date day(const char* text) {
  return *parse_date(text);
}

const Law& law() {
  static const Law all(LUYTRE_SOURCE_DIR "/data/quarantine/law.toml");
  return all;
}

const presence::Disease& disease(const char* id) {
  static const presence::RuleSets rule_sets(LUYTRE_SOURCE_DIR "/data/rulesets");
  static const presence::Diseases all(LUYTRE_SOURCE_DIR "/data/diseases", rule_sets);
  return *all.find(id);
}

// A contact of COVID-19 met on the day before the class was assigned and the order begins.
std::variant<Planned, NoPlan> covid(const char* on, PlaceKind place, Whom whom = Whom::kOthers,
                                    Kind kind = Kind::kQuarantine) {
  Kept kept;
  kept.kind = kind;
  kept.contact_class = "F1";
  kept.whom = whom;
  kept.on = kept.first_day = day(on);
  kept.last_exposure = {kept.on.days - 1};
  kept.place = place;
  return plan(disease("covid-19"), kept, law().basis_on(kept.first_day));
}

std::int64_t days(const std::variant<Planned, NoPlan>& planned) {
  return std::get<Planned>(planned).days;
}

TEST(Plan, FollowsTheRuleOfTheDayOfTheClass) {
  EXPECT_EQ(days(covid("2020-09-01", PlaceKind::kSite)), 14);  // QĐ 3468/QĐ-BYT
  EXPECT_EQ(days(covid("2021-06-01", PlaceKind::kSite)), 21);  // 600/CĐ-BCĐ: 21 days, then 7 at home
  EXPECT_EQ(days(covid("2021-06-01", PlaceKind::kHome)), 28);
  EXPECT_EQ(days(covid("2021-08-01", PlaceKind::kHotel)), 14);  // 5599/BYT-MT: 14, then 14 at home
  EXPECT_EQ(days(covid("2022-03-01", PlaceKind::kHome)), 7);    // 762/BYT-DP
  EXPECT_EQ(days(covid("2022-03-01", PlaceKind::kHome, Whom::kImmune)), 5);
  EXPECT_EQ(days(covid("2022-03-01", PlaceKind::kSite)), 7) << "the rule names no other days for elsewhere";
}

TEST(Plan, CountsFromTheLastExposureAndNoLongerThanAnOrderMayLast) {
  const auto short_one = std::get<Planned>(covid("2020-09-01", PlaceKind::kSite));
  EXPECT_EQ(short_one.last_day, day("2020-09-14"));
  EXPECT_FALSE(short_one.cut);
  EXPECT_THAT(short_one.rule, HasSubstr("3468"));
  const auto long_one = std::get<Planned>(covid("2021-06-01", PlaceKind::kHome));
  EXPECT_EQ(long_one.last_day, day("2021-06-21")) << "21 days, the first of June among them";
  EXPECT_TRUE(long_one.cut);
}

TEST(Plan, KeepsNobodyWhomTheRuleLetsGoAbout) {
  EXPECT_EQ(std::get<NoPlan>(covid("2022-05-01", PlaceKind::kHome)), NoPlan::kNotKept);  // 1909/BYT-DP
  const auto observed = std::get<Planned>(covid("2022-05-01", PlaceKind::kHome, Whom::kOthers, Kind::kObservation));
  EXPECT_EQ(observed.days, 10);
  EXPECT_EQ(observed.rule, "Công văn 1909/BYT-DP 15/04/2022") << "without what the file says of it";
  EXPECT_EQ(std::get<NoPlan>(covid("2019-05-01", PlaceKind::kHome)), NoPlan::kNoRule);
  Kept late;
  late.contact_class = "F1";
  late.on = day("2022-03-01");
  late.last_exposure = day("2022-02-20");
  late.first_day = day("2022-02-28");
  EXPECT_EQ(std::get<NoPlan>(plan(disease("covid-19"), late, law().basis_on(late.first_day))), NoPlan::kOver);
}

TEST(Law, ItsEntriesFollowEachOther) {
  EXPECT_EQ(law().basis_on(day("2026-06-30")).id, "vn-101-2010");
  EXPECT_EQ(law().basis_on(day("2026-07-01")).id, "vn-114-2025");
  EXPECT_EQ(law().basis_on(day("2009-01-01")).id, "vn-101-2010");
  EXPECT_EQ(law().complaint_on(day("2026-07-01")).days, 90);
  EXPECT_EQ(law().basis("none"), nullptr);
}

TEST(Law, WhatIsWrongIsNamedWithItsLine) {
  const auto file = std::filesystem::temp_directory_path() / ("law-" + std::to_string(::getpid()) + ".toml");
  const auto refusal = [&](const std::string& text) -> std::string {
    std::ofstream(file) << text;
    try {
      const Law read(file);
    } catch (const std::runtime_error& error) {
      return error.what();
    }
    return "";
  };
  const std::string first =
      "[[basis]]\nid = \"a\"\nfrom = 2010-01-01\nto = 2020-01-01\ndays_most = 21\nextension_days_most = 10\n"
      "text = { vi = \"a\", en = \"a\" }\nsource = \"a\"\n";
  EXPECT_THAT(refusal(first), HasSubstr("needs a basis and a complaint"));
  EXPECT_THAT(refusal(first + "colour = \"red\"\n"), HasSubstr("colour"));
  std::string gap = first;
  gap.replace(gap.find("from = 2010"), 11, "from = 2021").replace(gap.find("to = 2020"), 9, "to = 2022");
  EXPECT_THAT(refusal(first + gap), HasSubstr("line 11"));
  std::filesystem::remove(file);
}

}  // namespace
}  // namespace luytre::quarantine
