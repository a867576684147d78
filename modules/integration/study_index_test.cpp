// The questions that a study's index answers, in the ids of the files: traces in both directions, and who was there.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "modules/integration/imports.h"
#include "modules/integration/study_pairs.h"
#include "modules/integration/study_trace.h"
#include "modules/tracing/tracing.h"
#include "modules/visits/testing.h"

namespace luytre::integration {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;

constexpr std::int64_t kNine = 1'772'416'800;  // 2026-03-02T02:00:00Z

class StudyIndexTest : public ::testing::TestWithParam<store::Engine> {
 protected:
  void SetUp() override {
    std::string pattern = (fs::temp_directory_path() / "luytre-questions-XXXXXX").string();
    ASSERT_NE(mkdtemp(pattern.data()), nullptr);
    folder_ = pattern;
    world.clock.set({kNine + 7 * 86400});
    mark_study(*world.db);
  }
  void TearDown() override { fs::remove_all(folder_); }

  void load(What what, const std::string& text) {
    const fs::path path = folder_ / "in.csv";
    std::ofstream(path, std::ios::binary) << text;
    encounters::Encounters encounters(*world.db, {.study = true});
    Imports imports({*world.db, world.people, world.registry, world.visits, encounters, visits::testing::geography(),
                     world.decisions, true});
    const ImportReport report =
        imports.run({.what = what, .file = path, .time_base = {kNine}, .rejects = folder_ / "rejects", .progress = {}});
    EXPECT_EQ(report.rejected, 0);
    store::testing::settle(*world.db);
    index = tracing::open_study_index(*world.db, settings, {folder_ / "presence"});
    ASSERT_NE(index, nullptr);
  }
  // Lines of CSV.
  template <class Report>
  static std::string csv(const Result<Report>& report) {
    if (!report) return "error " + std::string(report.error().code);
    std::ostringstream out;
    print_csv(out, *report);
    return out.str();
  }
  StudyTraceOptions about(const std::string& person, std::int64_t from, std::int64_t to, int depth = 2) const {
    StudyTraceOptions options{{person}, {kNine + from}, {kNine + to}, {}};
    options.overrides.depth = depth;
    options.overrides.min_overlap = std::chrono::minutes(5);
    return options;
  }
  // By the index, as by SQL.
  std::string back(const StudyTraceOptions& options, std::optional<Instant> earliest = {}) {
    const std::string by_index = csv(trace_study_back(*world.db, options, earliest, sets, settings, index.get()));
    EXPECT_EQ(csv(trace_study_back(*world.db, options, earliest, sets, settings)), by_index);
    return by_index;
  }
  std::string who(const std::string& place, std::int64_t from, std::int64_t to) {
    const Interval when{{kNine + from}, {kNine + to}};
    const std::string by_index = csv(present_in_study(*world.db, world.registry, place, when, index.get()));
    EXPECT_EQ(csv(present_in_study(*world.db, world.registry, place, when)), by_index);
    return by_index;
  }

  fs::path folder_;
  visits::testing::World world{
      GetParam(), {encounters::migrations(), migrations(), tracing::migrations()}, {.study = true}};
  const presence::RuleSets sets{std::string(LUYTRE_SOURCE_DIR) + "/data/rulesets"};
  const tracing::PlaceSettings settings = tracing::place_settings(visits::testing::kinds());
  tracing::StudyIndexPtr index;
};

// An is with Bình at the market, then Bình with Cúc; Cúc may have it from Bình, and he from An.
constexpr const char* kVisits =
    "person,place,zone,in,out\n"
    "an,market,,0,1200\n"
    "binh,market,fish,600,1800\n"
    "binh,school,,7200,9000\n"
    "cuc,school,,7500,8700\n"
    "dung,school,,8000,9000\n";

TEST_P(StudyIndexTest, TheIndexTellsTheSameAsSqlInTheIdsOfTheFiles) {
  load(What::kVisits, kVisits);
  load(What::kEncounters, "person,peer,start,end\ncuc,em,10000,11000\n");
  const auto options = about("an", 0, 20'000, 3);
  const auto by_sql = trace_study(*world.db, options, sets, settings);
  const auto by_index = trace_study(*world.db, options, sets, settings, index.get());
  EXPECT_EQ(by_sql->engine, "sql");
  EXPECT_EQ(by_index->engine, "index");
  EXPECT_EQ(csv(by_index), csv(by_sql));
  EXPECT_EQ(by_index->persons_searched, by_sql->persons_searched);
  EXPECT_EQ(by_index->links_found, by_sql->links_found);
  EXPECT_THAT(csv(by_index), HasSubstr("em,3,"));
}

TEST_P(StudyIndexTest, AnOutbreakIsOneTrace) {
  load(What::kVisits, kVisits);
  auto options = about("an", 0, 20'000);
  options.persons = {"dung", "an"};
  const auto report = trace_study(*world.db, options, sets, settings, index.get());
  EXPECT_THAT(report->persons, ::testing::ElementsAre("an", "dung"));
  EXPECT_EQ(csv(report), csv(trace_study(*world.db, options, sets, settings)));
  EXPECT_THAT(csv(report), HasSubstr("binh,1,"));
  EXPECT_THAT(csv(report), HasSubstr("cuc,1,")) << "at the school, by the second case";
  std::ostringstream table, text;
  print_table(table, *report);
  print_json(text, *report);
  EXPECT_THAT(table.str(), ::testing::StartsWith("F0 an, dung, from "));
  EXPECT_THAT(text.str(), ::testing::StartsWith(R"({"persons":["an","dung"],"from":)"));
  options.persons = {"an", "nobody"};
  EXPECT_EQ(csv(trace_study(*world.db, options, sets, settings)), "error study_person_unknown");
}

TEST_P(StudyIndexTest, WhatStoppedSaysSo) {
  load(What::kVisits, kVisits);
  const auto stopped = [&](int depth, std::size_t most) {
    auto options = about("an", 0, 20'000, depth);
    options.overrides.ceiling.most_contacts = most;
    const auto by_index = trace_study(*world.db, options, sets, settings, index.get());
    const auto by_sql = trace_study(*world.db, options, sets, settings);
    EXPECT_EQ(csv(by_index), csv(by_sql));
    EXPECT_EQ(by_index->stopped, by_sql->stopped);
    return std::pair(by_index->stopped, by_index->contacts.size());
  };
  using presence::Stopped;
  EXPECT_EQ(stopped(4, 0), (std::pair<std::optional<Stopped>, std::size_t>(std::nullopt, 3)));
  EXPECT_EQ(stopped(1, 0), (std::pair<std::optional<Stopped>, std::size_t>(Stopped::kDepth, 1)));
  EXPECT_EQ(stopped(4, 1), (std::pair<std::optional<Stopped>, std::size_t>(Stopped::kCount, 1)));
  auto options = about("an", 0, 20'000, 4);
  options.overrides.ceiling.most_contacts = 1;
  std::ostringstream table, text;
  print_table(table, *trace_study(*world.db, options, sets, settings));
  print_json(text, *trace_study(*world.db, options, sets, settings));
  EXPECT_THAT(table.str(), HasSubstr("Stopped because so many are found"));
  EXPECT_THAT(text.str(), HasSubstr(R"("stopped":"count","contacts":[)"));
}

TEST_P(StudyIndexTest, BackGoesToWhomTheyMayHaveItFrom) {
  load(What::kVisits, kVisits);
  EXPECT_THAT(back(about("cuc", 0, 8000)),
              ::testing::MatchesRegex("person,level,metUntil,risk,kind,with,place,from,to\n"
                                      "binh,1,2026-03-02T04:13:20Z,[0-9]+,visit,cuc,school,"
                                      "2026-03-02T04:05:00Z,2026-03-02T04:13:20Z\n"
                                      "an,2,2026-03-02T02:20:00Z,[0-9]+,visit,binh,market,"
                                      "2026-03-02T02:10:00Z,2026-03-02T02:20:00Z\n"));
  EXPECT_THAT(back(about("cuc", 7000, 8000)), ::testing::Not(HasSubstr("an,2")));
  EXPECT_THAT(back(about("cuc", 7000, 8000), Instant{kNine}), HasSubstr("an,2"));
  EXPECT_EQ(back(about("nobody", 0, 8000)), "error study_person_unknown");
  EXPECT_EQ(back(about("cuc", 8000, 8000)), "error window_empty");
  std::ostringstream table, text;
  const auto report = trace_study_back(*world.db, about("cuc", 0, 8000), {}, sets, settings, index.get());
  print_table(table, *report);
  print_json(text, *report);
  EXPECT_THAT(table.str(), HasSubstr("Sources of cuc, from 2026-03-02T02:00:00Z"));
  EXPECT_THAT(table.str(), HasSubstr("Found 1 S1, 1 S2 in"));
  EXPECT_THAT(text.str(), HasSubstr(R"("level":2,"metUntil":"2026-03-02T02:20:00Z")"));
}

TEST_P(StudyIndexTest, WhoWasThereIsCutToTheTimesAskedAbout) {
  load(What::kVisits, kVisits);
  EXPECT_EQ(who("market", 700, 1500),
            "person,zone,from,to,estimated\n"
            "an,,2026-03-02T02:11:40Z,2026-03-02T02:20:00Z,false\n"
            "binh,fish,2026-03-02T02:11:40Z,2026-03-02T02:25:00Z,false\n");
  EXPECT_EQ(who("market", 1800, 2000), "person,zone,from,to,estimated\n");
  EXPECT_EQ(who("nowhere", 0, 1), "error place_unknown");
  EXPECT_EQ(who("market", 1, 1), "error window_empty");
  std::ostringstream table, text;
  const auto report = present_in_study(*world.db, world.registry, "market", {{kNine}, {kNine + 60}}, index.get());
  print_table(table, *report);
  print_json(text, *report);
  EXPECT_EQ(table.str(),
            "At market, from 2026-03-02T02:00:00Z to 2026-03-02T02:01:00Z\n\n"
            "PERSON  ZONE  FROM                  TO\n"
            "an            2026-03-02T02:00:00Z  2026-03-02T02:01:00Z\n\n"
            "Stays: 1\n");
  EXPECT_EQ(
      text.str(),
      R"({"place":"market","from":"2026-03-02T02:00:00Z","to":"2026-03-02T02:01:00Z","present":[)"
      "\n"
      R"({"person":"an","zone":null,"from":"2026-03-02T02:00:00Z","to":"2026-03-02T02:01:00Z","estimated":false}]})"
      "\n");
}

TEST_P(StudyIndexTest, PairsOfADayByKindPlaceAndAge) {
  load(What::kPlaces, "place,name,kind\nmarket,Chợ,market\nschool,Trường,school\n");
  load(What::kVisits, kVisits);
  load(What::kEncounters, "person,peer,start,end\ncuc,em,10000,11000\n");
  StudyPairsOptions options;
  options.day = {kNine / 86400};
  options.min_overlap = std::chrono::minutes(5);
  options.threads = 2;
  const auto pairs = [&] { return csv(pairs_in_study(*world.db, world.registry, options, *index)); };
  // An and Bình 10 minutes; Bình and Cúc 20, Bình and Dung 1000 s, Cúc and Dung 700 s; Cúc and Em 1000 s by phones.
  EXPECT_EQ(pairs(),
            "where,links,seconds\n"
            "all,5,4500\n"
            "market,1,600\n"
            "school,3,2900\n"
            "encounter,1,1000\n");
  options.by = PairsBy::kPlace;
  EXPECT_EQ(pairs(), "place,kind,links,visits\nschool,school,3,3\nmarket,market,1,2\n");
  options.by = PairsBy::kAge;
  options.people = folder_ / "people.csv";
  std::ofstream(*options.people) << "person,birthYear\nan,2020\nbinh,1990\ncuc,2010\ndung,2012\nnobody,1950\nx,?\n";
  EXPECT_EQ(pairs(),
            "where,group,other,links,seconds\n"
            "all,0-9,30-39,1,600\n"
            "all,10-19,10-19,1,700\n"
            "all,10-19,30-39,2,2200\n"
            "all,10-19,unknown,1,1000\n"
            "all,30-39,0-9,1,600\n"
            "all,30-39,10-19,2,2200\n"
            "all,unknown,10-19,1,1000\n"
            "market,0-9,30-39,1,600\n"
            "market,30-39,0-9,1,600\n"
            "school,10-19,10-19,1,700\n"
            "school,10-19,30-39,2,2200\n"
            "school,30-39,10-19,2,2200\n"
            "encounter,10-19,unknown,1,1000\n"
            "encounter,unknown,10-19,1,1000\n");
  std::ostringstream table, text;
  const auto report = pairs_in_study(*world.db, world.registry, options, *index);
  print_table(table, *report);
  print_json(text, *report);
  EXPECT_THAT(table.str(), HasSubstr("Meetings of at least 300 s on 2026-03-02 (UTC), by age"));
  EXPECT_THAT(text.str(), HasSubstr(R"({"where":"school","group":"10-19","other":"30-39","links":2,"seconds":2200})"));
  options.day = {kNine / 86400 + 1};
  EXPECT_EQ(pairs(), "where,group,other,links,seconds\n");
}

// A check-in without check-out is corrected by the next one: that is a change of what was imported before.
TEST_P(StudyIndexTest, ASecondImportThatCorrectsAVisitIsSeen) {
  load(What::kVisits, "person,place,zone,in,out\nan,market,,0,\n");
  EXPECT_THAT(who("market", 300, 600), HasSubstr("an,,2026-03-02T02:05:00Z"));
  load(What::kVisits, "person,place,zone,in,out\nan,school,,400,5000\n");
  EXPECT_THAT(who("market", 300, 600), HasSubstr("2026-03-02T02:06:40Z,true"));
}

INSTANTIATE_TEST_SUITE_P(Engines, StudyIndexTest, store::testing::engines(), store::testing::engine_name);

}  // namespace
}  // namespace luytre::integration
