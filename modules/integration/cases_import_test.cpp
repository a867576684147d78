// Line lists of cases. It is the morning of 2 March 2026.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "modules/integration/imports.h"
#include "modules/visits/testing.h"
#include "platform/base/result_testing.h"

namespace luytre::integration {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;
namespace fs = std::filesystem;

const presence::RuleSets& rule_sets() {
  static const presence::RuleSets all(LUYTRE_SOURCE_DIR "/data/rulesets");
  return all;
}

const presence::Diseases& diseases() {
  static const presence::Diseases all(LUYTRE_SOURCE_DIR "/data/diseases", rule_sets());
  return all;
}

constexpr const char* kHead =
    "case,person,disease,classification,onset,sample,result,method,isolated,diagnosed,notified,published,outcome,"
    "outcomeOn\n";

class CasesImportTest : public ::testing::TestWithParam<store::Engine> {
 protected:
  void SetUp() override {
    std::string pattern = (fs::temp_directory_path() / "luytre-import-XXXXXX").string();
    ASSERT_NE(mkdtemp(pattern.data()), nullptr);
    folder_ = pattern;
    const auto people = load(What::kPeople,
                             "person,name,birthYear,sex,unit\np1,Nguyễn Văn An,1980,male,19702\n"
                             "p2,Trần Thị Bình,1990,female,19702\np3,Lê Chi,1985,female,19702\n");
    ASSERT_EQ(people.added, 3);
  }
  void TearDown() override { fs::remove_all(folder_); }

  ImportReport load(What what, const std::string& text) {
    const fs::path path = folder_ / "file.csv";
    std::ofstream(path, std::ios::binary) << text;
    Imports imports({*world_.db, world_.people, world_.registry, world_.visits, encounters_,
                     visits::testing::geography(), world_.decisions, false, &cases_});
    return imports.run({.what = what,
                        .file = path,
                        .format = Format::kCsv,
                        .time_base = {},
                        .rejects = folder_ / "rejects.csv",
                        .progress = {}});
  }
  ImportReport load_cases(const std::string& rows) { return load(What::kCases, kHead + rows); }
  std::string rejects() {
    std::ostringstream text;
    text << std::ifstream(folder_ / "rejects.csv").rdbuf();
    return text.str();
  }
  std::vector<cases::Case> all() {
    std::vector<cases::Case> out;
    const auto page = run(cases_.list(officer_, {}, std::nullopt, 50));
    EXPECT_TRUE(page) << code(page);
    for (const auto& brief : page->items) out.push_back(*run(cases_.find(officer_, brief.id)));
    return out;
  }
  std::vector<std::string> events() {
    store::testing::settle(*world_.db);
    return world_.db->read_now([&](store::Session& s) {
      std::vector<std::string> out;
      const auto feed = world_.db->events_after(s, {}, 1000);
      for (const store::Event& e : *feed)
        if (e.type.starts_with("case.")) out.push_back(e.type + ' ' + std::to_string(e.version));
      return out;
    });
  }

  fs::path folder_;
  visits::testing::World world_{GetParam(), {encounters::migrations(), cases::migrations(), migrations()}};
  encounters::Encounters encounters_{*world_.db, {}};
  cases::Cases cases_{*world_.db,           world_.people, visits::testing::geography(),
                      world_.house->access, world_.vault,  world_.clock,
                      diseases(),           rule_sets()};
  const Caller officer_ = identity::testing::officer(Role::kProvinceOfficer, visits::testing::kQuangTri, 9101);
};

TEST_P(CasesImportTest, ALineIsACaseWithItsDatesItsWindowAndItsEnd) {
  const auto report = load_cases(
      "c1,p1,measles,confirmed,2026-02-10,2026-02-11T02:00:00Z,2026-02-12T02:00:00Z,antibody,2026-02-12T03:00:00Z,"
      "2026-02-11T01:00:00Z,2026-02-11T05:00:00Z,,recovered,2026-02-20\n"
      "c2,p2,dengue,probable,2026-02-28,,,,,2026-03-01T01:00:00Z,,,,\n");
  EXPECT_EQ(report.rows, 2);
  EXPECT_EQ(report.added, 2);
  EXPECT_EQ(report.rejected, 0) << rejects();
  const auto cases = all();
  ASSERT_THAT(cases, SizeIs(2));
  const cases::Case& over = cases[1];
  EXPECT_EQ(over.person.name, "Nguyễn Văn An");
  EXPECT_EQ(over.classification, cases::Classification::kConfirmed);
  EXPECT_EQ(over.status, cases::Status::kClosed);
  EXPECT_EQ(over.method, cases::Method::kAntibody);
  EXPECT_EQ(over.rule_set, "who-measles-2018");
  EXPECT_EQ(over.window_from, parse_instant("2026-02-05T17:00:00Z"));
  EXPECT_EQ(over.window_to, parse_instant("2026-02-12T03:00:00Z"));
  EXPECT_EQ(over.notify_by, parse_instant("2026-02-12T01:00:00Z"));
  EXPECT_EQ(over.notified_at, parse_instant("2026-02-11T05:00:00Z"));
  EXPECT_EQ(over.outcome, cases::Outcome::kRecovered);
  EXPECT_EQ(over.outcome_on, parse_date("2026-02-20"));
  EXPECT_EQ(over.version, 3);
  EXPECT_EQ(cases[0].classification, cases::Classification::kProbable);
  EXPECT_EQ(cases[0].status, cases::Status::kOpen);
  EXPECT_THAT(events(),
              ElementsAre("case.reported 1", "case.confirmed 2", "case.dated 3", "case.reported 1", "case.changed 2"));

  const auto history = run(cases_.history(officer_, over.id));
  ASSERT_THAT(history->items, SizeIs(3));
  EXPECT_EQ(history->items[0].what, cases::What::kCourse);
  EXPECT_EQ(history->items[1].what, cases::What::kConfirmed);
  EXPECT_EQ(history->items[1].by, "luytre import");
  const auto open = run(cases_.undo(officer_, over.id, {{std::string("Nhầm dòng")}}, over.version));
  ASSERT_TRUE(open) << code(open);
  EXPECT_FALSE(open->outcome);
  EXPECT_EQ(open->classification, cases::Classification::kConfirmed);
}

TEST_P(CasesImportTest, TheSameFileTwiceChangesNothing) {
  const std::string rows =
      "c1,p1,measles,suspect,2026-03-01,,,,,,,,,\n"
      "c2,p2,measles,suspect,2026-03-01,,,,,,,,,\n"
      "c1,p1,measles,suspect,2026-03-01,,,,,,,,,\n";
  const auto first = load_cases(rows);
  EXPECT_EQ(first.added, 2);
  EXPECT_EQ(first.known, 1);
  const auto before = events();
  const auto again = load_cases(rows);
  EXPECT_EQ(again.added, 0);
  EXPECT_EQ(again.known, 3);
  EXPECT_EQ(again.rejected, 0);
  EXPECT_THAT(all(), SizeIs(2));
  EXPECT_EQ(events(), before);
}

TEST_P(CasesImportTest, WithoutADiagnosisThereIsNoDeadline) {
  EXPECT_EQ(load_cases("c1,p1,measles,suspect,2026-03-01,,,,,,,,,\n").added, 1);
  const auto cases = all();
  ASSERT_THAT(cases, SizeIs(1));
  EXPECT_FALSE(cases[0].diagnosed_at || cases[0].notify_by);
}

TEST_P(CasesImportTest, APersonMayHaveBeenIllBeforeButHasOneOpenCase) {
  const auto report = load_cases(
      "c1,p1,measles,suspect,2026-01-01,,,,,,,,recovered,2026-01-20\n"
      "c2,p1,measles,suspect,2026-03-01,,,,,,,,,\n"
      "c3,p1,measles,suspect,2026-03-02,,,,,,,,,\n"
      "c4,p1,measles,discarded,2026-03-02,,,,,,,,,\n");
  EXPECT_EQ(report.added, 3);
  EXPECT_EQ(report.rejected, 1);
  EXPECT_THAT(rejects(), HasSubstr("4,case exists: MEA-"));
}

TEST_P(CasesImportTest, WhatCannotBeIsRejectedWithItsReasonAndTheRestIsLoaded) {
  const auto report = load_cases(
      "c1,p1,cough,suspect,,,,,,,,,,\n"
      "c2,p9,measles,suspect,,,,,,,,,,\n"
      "c3,p1,measles,ill,,,,,,,,,,\n"
      "c4,p1,measles,confirmed,2026-03-01,,,,,,,,,\n"
      "c5,p1,measles,suspect,1/3/2026,,,,,,,,,\n"
      "c6,p1,measles,suspect,,,2026-03-01T02:00:00Z,,,,,,,\n"
      "c7,p1,measles,suspect,2026-03-03,,,,,,,,,\n"
      "c8,p1,measles,suspect,2026-03-01,,,,,,,,recovered,2026-02-01\n"
      "c9,p1,measles,suspect,2026-03-01,,,,,,,,well,2026-03-02\n"
      "c10,p1,cholera,confirmed,2026-03-01,2026-03-01T02:00:00Z,2026-03-01T03:00:00Z,antigen,,,,,,\n"
      "c11,p1,covid-19,confirmed,2021-08-01,2021-08-02T02:00:00Z,2021-08-03T02:00:00Z,pcr,,,,,,\n"
      "c12,p2,covid-19,confirmed,2021-08-01,2021-08-02T02:00:00Z,2021-08-03T02:00:00Z,pcr,2021-08-03T05:00:00Z,,,,,\n"
      "c13,p3,covid-19,confirmed,2026-03-01,2026-03-01T02:00:00Z,2026-03-01T03:00:00Z,pcr,,,,,,\n");
  EXPECT_EQ(report.added, 2) << rejects();
  EXPECT_EQ(report.rejected, 11);
  const std::string why = rejects();
  for (const char* reason : {"2,disease unknown,", "3,the person is unknown; import people first,",
                             "classification is not suspect", "a confirmed case needs sample",
                             "6,onset is not a date: YYYY-MM-DD,", "result, method and isolated are those of",
                             "8,dates contradict: onsetInFuture,", "9,dates contradict: outcomeBeforeOnset,",
                             "outcome is not recovered", "11,method unfit,", "12,dates contradict: isolationMissing,"})
    EXPECT_THAT(why, HasSubstr(reason));
  const auto cases = all();
  ASSERT_THAT(cases, SizeIs(2));
  EXPECT_EQ(cases[1].rule_set, "vn-covid-19-2021-07-30") << "the rules of that time";
  EXPECT_FALSE(cases[0].window_to) << "fresh, and still among people";
}

TEST_P(CasesImportTest, ManyLinesAreLoadedInPortions) {
  std::string people = "person,name,birthYear,sex,unit\n", rows;
  for (int i = 0; i < 1100; ++i) {
    const std::string n = std::to_string(i);
    people += "q" + n + ",Người Bệnh,1980,male,19702\n";
    rows += "k" + n + ",q" + (i % 100 == 99 ? "none" : n) + ",dengue,suspect,2026-03-01,,,,,,,,,\n";
  }
  ASSERT_EQ(load(What::kPeople, people).added, 1100);
  const auto report = load_cases(rows);
  EXPECT_EQ(report.added, 1089);
  EXPECT_EQ(report.rejected, 11);
  EXPECT_THAT(rejects(), HasSubstr("1101,the person is unknown")) << "with the line of the file";
  EXPECT_EQ(load_cases(rows).known, 1089);
}

TEST_P(CasesImportTest, AStudyHasNoCases) {
  const fs::path path = folder_ / "cases.csv";
  std::ofstream(path) << kHead;
  Imports imports({*world_.db, world_.people, world_.registry, world_.visits, encounters_, visits::testing::geography(),
                   world_.decisions, true, &cases_});
  EXPECT_THROW(imports.run({.what = What::kCases,
                            .file = path,
                            .format = Format::kCsv,
                            .time_base = {},
                            .rejects = folder_ / "rejects.csv",
                            .progress = {}}),
               WrongOrder);
  EXPECT_THAT(all(), IsEmpty());
}

INSTANTIATE_TEST_SUITE_P(Engines, CasesImportTest, store::testing::engines(), store::testing::engine_name);

}  // namespace
}  // namespace luytre::integration
