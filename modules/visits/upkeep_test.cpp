// Visits of files, and deleting by age.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "modules/visits/storage.h"
#include "modules/visits/visits_fixture.h"

namespace luytre::visits {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

using UpkeepTest = VisitsTest;

TEST_P(UpkeepTest, ImportsOnceAndByTheSameRule) {
  std::vector<ImportedVisit> file{{"csv:gate", "3", an_, cafe_, {}, now() - hours(2), now() - hours(1)},
                                  {"csv:gate", "1", an_, market_, {}, now() - hours(5), std::nullopt},
                                  {"csv:gate", "2", an_, school_, {}, now() - hours(5) + minutes(30), std::nullopt},
                                  {"csv:gate", "3", an_, cafe_, {}, now() - hours(2), now() - hours(1)},
                                  {"csv:gate", "4", an_, cafe_, {}, now() - hours(1), now() - hours(2)},
                                  {"csv:gate", "5", an_, PlaceId{4711}, {}, now() - hours(1), std::nullopt},
                                  {"csv:gate", "6", an_, market_, {}, now() + hours(1), std::nullopt},
                                  {"csv:gate", "7", an_, market_, {}, now() - hours(29 * 24), std::nullopt},
                                  {"csv:gate", "8", an_, market_, {}, now() - hours(5) + minutes(10), std::nullopt}};
  const auto load = [&] {
    return world_.db->transact_now([&](store::Session& s) { return visits().import_visits(s, file); });
  };
  const Imported first = load();
  EXPECT_EQ(first.added, 3);
  EXPECT_EQ(first.known, 1);
  EXPECT_EQ(first.merged, 1);
  std::vector<std::string> rejected;
  for (const auto& r : first.rejected) rejected.push_back(std::to_string(r.index) + ' ' + r.error.code);
  EXPECT_THAT(rejected, ElementsAre("4 out_before_in", "5 place_unknown", "6 time_in_future", "7 time_too_old"));
  const auto all = list(account_);
  ASSERT_THAT(all, SizeIs(3));
  EXPECT_EQ(all[2].out, now() - hours(5) + minutes(30)) << "cut by the next check-in elsewhere";
  EXPECT_EQ(all[1].out, now() - hours(2));
  EXPECT_FALSE(all[0].out_estimated);
  EXPECT_EQ(all[0].source, Source::kImport);

  const Imported again = load();
  EXPECT_EQ(again.added, 0);
  EXPECT_EQ(again.known, 5);
  EXPECT_EQ(json::text(list(account_)), json::text(all));
}

TEST_P(UpkeepTest, WhatAnotherSystemToldIsMarkedAndTakenBackByItsSource) {
  const auto scanned = scan(account_, market_, now() - hours(2));
  ASSERT_TRUE(scanned);
  const Instant estimated = the(scanned->id).out;
  std::vector<ImportedVisit> file{{"foreign:x:1", "1", an_, school_, {}, now() - minutes(110), std::nullopt},
                                  {"foreign:x:1", "2", an_, market_, {}, now() - minutes(115), std::nullopt}};
  for (auto& visit : file) visit.origin = "x";
  const Imported told = world_.db->transact_now([&](store::Session& s) { return visits().import_visits(s, file); });
  EXPECT_EQ(told.added, 1);
  EXPECT_EQ(told.merged, 1) << "it joins the scan";
  const auto all = list(account_);
  ASSERT_THAT(all, SizeIs(2));
  EXPECT_EQ(all[0].origin, "x");
  EXPECT_THAT(all[0].flags, ::testing::Contains(Flag::kForeign));
  EXPECT_EQ(all[1].origin, std::nullopt) << "our own scan stays ours";
  EXPECT_LT(all[1].out, estimated) << "cut short by what was told";
  const auto doubted =
      world_.db->read_now([&](store::Session& s) { return world_.doubtful.of(s, std::span(&an_, 1)); });
  const Interval then{now() - minutes(110), now() - minutes(100)};
  EXPECT_THAT(Doubtful::origins_at(doubted.at(an_), school_, then), ElementsAre("x"));
  EXPECT_THAT(Doubtful::origins_at(doubted.at(an_), market_, then), IsEmpty());

  EXPECT_EQ(world_.db->transact_now([&](store::Session& s) { return visits().take_back(s, "foreign:x:1"); }), 1);
  ASSERT_THAT(list(account_), SizeIs(1));
  EXPECT_EQ(the(scanned->id).out, estimated) << "given back";
  EXPECT_EQ(world_.db->transact_now([&](store::Session& s) { return visits().take_back(s, "foreign:x:1"); }), 0);
  EXPECT_EQ(world_.db->transact_now([&](store::Session& s) { return visits().import_visits(s, file); }).added, 1)
      << "taken back, it may be told again";
}

TEST_P(UpkeepTest, IsDeletedTwentyEightDaysAfterItsEndWithAProof) {
  const auto proofs = [&] { return world_.db->read_now([](store::Session& s) { return storage::proofs(s); }); };
  const auto sweep = [&] { world_.db->transact_now([job = visits().retention()](store::Session& s) { job.run(s); }); };
  const auto old = scan(account_, market_, now() - hours(30));
  const std::vector<ImportedVisit> file{{"csv", "1", child_, school_, {}, now() - hours(24), std::nullopt}};
  world_.db->transact_now([&](store::Session& s) { visits().import_visits(s, file); });
  const auto kept = scan(account_, cafe_, now());
  world_.clock.set(old->out + kKept);
  sweep();
  EXPECT_THAT(list(account_), SizeIs(2)) << "to the second";
  EXPECT_THAT(proofs(), IsEmpty());
  world_.clock.set(kept->out + kKept);
  sweep();
  const auto left = list(account_);
  ASSERT_THAT(left, SizeIs(1));
  EXPECT_EQ(left[0].id, kept->id);
  ASSERT_THAT(proofs(), SizeIs(1));
  EXPECT_EQ(proofs()[0].visits, 2);
  EXPECT_EQ(proofs()[0].externals, 1);
  EXPECT_EQ(proofs()[0].departed_before, now() - kKept);
  EXPECT_THAT(proofs()[0].rule, HasSubstr("28"));
  sweep();
  EXPECT_THAT(proofs(), SizeIs(1)) << "nothing to prove";
}

// As a file sorted by person is loaded: thousands of visits of one person in one call.
TEST_P(UpkeepTest, ManyVisitsOfOnePersonLoadQuickly) {
  constexpr int kMany = 5000;
  std::vector<ImportedVisit> file;
  for (int i = 0; i < kMany; ++i)
    file.push_back(
        {"csv", std::to_string(i), an_, i % 2 ? market_ : cafe_, {}, now() - minutes(7 * (kMany - i)), std::nullopt});
  const auto begun = std::chrono::steady_clock::now();
  const Imported done = world_.db->transact_now([&](store::Session& s) { return visits().import_visits(s, file); });
  EXPECT_EQ(done.added, kMany);
  EXPECT_LT(std::chrono::steady_clock::now() - begun, std::chrono::seconds(60))
      << "linear in the day, not in the file squared";
  const auto newest = list(account_);
  for (std::size_t i = 1; i < newest.size(); ++i) ASSERT_EQ(newest[i].out, newest[i - 1].in);
}

INSTANTIATE_TEST_SUITE_P(Engines, UpkeepTest, store::testing::engines(), store::testing::engine_name);

}  // namespace
}  // namespace luytre::visits
