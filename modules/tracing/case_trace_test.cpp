// The trace of a real case for one officer's eyes, as `luytre trace --case` asks for it.

#include "modules/tracing/case_trace.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "modules/tracing/tracing_fixture.h"

namespace luytre::tracing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class CaseTraceTest : public TracingTest {
 protected:
  CaseTraceTest() {
    stay(ill_.id, market_, 0, 60);
    stay(met_.id, market_, 0, 60);
    stay(met_.id, market_, 200, 10);
    stay(second_level_.id, market_, 200, 60);
  }
  Result<TraceReport> trace(const Caller& officer, const std::string& kase, TraceOverrides overrides = {},
                            PresenceFollower* presence = nullptr) {
    return trace_case({*world_.db, cases_, world_.registry, world_.decisions, world_.house->access, presence}, officer,
                      {kase, "Chuỗi lây ở chợ", std::move(overrides)});
  }
  // As the command line opens it.
  std::unique_ptr<PresenceFollower> once(std::int64_t memory = 1 << 28) {
    store::testing::settle(*world_.db);
    auto index =
        std::make_unique<PresenceFollower>(*world_.db, place_settings(world_.registry),
                                           PresenceOptions{.folder = folder_.index(), .memory = memory, .once = true});
    index->settle();
    return index;
  }
  std::string csv(const Result<TraceReport>& report) {
    if (!report) return report.error().code;
    std::ostringstream out;
    print_csv(out, *report);
    return out.str();
  }

  const Someone ill_ = someone("Lê Văn Bệnh"), met_ = someone("Phạm Thị Gặp"), second_level_ = someone("Ngô Văn Hai");
  const PlaceId market_ = place("Chợ Diên Sanh");
};

TEST_P(CaseTraceTest, IsAnsweredToTheOfficerAndLoggedWithTheReason) {
  const cases::Case kase = confirmed(ill_.id);
  const auto before = log_about(ill_.id).size();
  const auto runs = run(tracing_.runs(province_, kase.id))->items.size();
  const auto report = trace(province_, kase.number);
  ASSERT_TRUE(report) << code(report);
  EXPECT_THAT(report->persons, ElementsAre(to_text(ill_.id)));
  EXPECT_EQ(report->rule_set, "vn-covid-19-2022-04");
  EXPECT_EQ(report->from, *kase.window_from);
  ASSERT_THAT(report->contacts, SizeIs(1));
  EXPECT_EQ(report->contacts[0].person, to_text(met_.id));
  EXPECT_EQ(report->contacts[0].evidence[0].place, to_text(market_));
  EXPECT_THAT(trace(province_, to_text(kase.id))->contacts, SizeIs(1)) << "by id as by number";

  const auto log = log_about(ill_.id);
  ASSERT_THAT(log, SizeIs(before + 3));
  EXPECT_EQ(log[0], "tracing.trace_case case " + kase.number + ": Chuỗi lây ở chợ");
  EXPECT_EQ(log[1], log[0]);
  EXPECT_EQ(log_about(met_.id).front(), log[0]) << "and who was found can see it";
  identity::Access::Filter filter;
  filter.account = province_.account;
  const auto newest = world_.db->read_now(
      [&](store::Session& s) { return world_.house->access.list(s, filter, INT64_MAX, 1).items.at(0); });
  EXPECT_EQ(newest.persons, 1) << "and how many contacts were shown";
  EXPECT_EQ(newest.filter, "contacts of case " + kase.number);
  EXPECT_EQ(run(tracing_.runs(province_, kase.id))->items.size(), runs) << "writes nothing but the log";
  EXPECT_THAT(candidates(kase.id), SizeIs(1));
}

TEST_P(CaseTraceTest, WhatTheCommandLineSaysWinsElseTheCasesRuleSet) {
  cases::Confirmation request = positive();
  request.rule_set = std::string("vn-covid-19-2020-08");
  const cases::Case kase = confirmed(ill_.id, request);
  const std::chrono::seconds ten(600);
  const auto levels = [&](TraceOverrides overrides) {
    std::vector<int> out;
    const auto report = trace(province_, kase.number, std::move(overrides));
    for (const auto& contact : report->contacts) out.push_back(contact.level);
    return out;
  };
  EXPECT_THAT(levels({}), ElementsAre(1)) << "ten minutes are no link by the rule set";
  EXPECT_THAT(levels({.min_overlap = ten}), ElementsAre(1, 2)) << "and two levels are its depth";
  EXPECT_THAT(levels({.depth = 1, .min_overlap = ten}), ElementsAre(1));
  EXPECT_THAT(levels({.rule_set = "vn-covid-19-2021-12", .min_overlap = ten}), ElementsAre(1));
  EXPECT_THAT(levels({.rule_set = "vn-covid-19-2021-12", .depth = 2, .min_overlap = ten}), ElementsAre(1, 2));
  EXPECT_EQ(code(trace(province_, kase.number, {.rule_set = "no-such"})), "rule_set_unknown");
  EXPECT_EQ(code(trace(province_, kase.number, {.depth = 9})), "depth_range");
}

TEST_P(CaseTraceTest, WhoIsIsolatedExposesNobodyElseAsInARun) {
  const cases::Case kase = confirmed(ill_.id);
  const auto found = [&] {
    return trace(province_, kase.number, {.depth = 2, .min_overlap = std::chrono::minutes(5)})->contacts.size();
  };
  EXPECT_EQ(found(), 2U);
  cases::Confirmation isolated = positive();
  isolated.isolated_at = minute(100);
  confirmed(met_.id, isolated);
  EXPECT_EQ(found(), 1U);
}

TEST_P(CaseTraceTest, TheIndexTellsTheSameWhereverItComesFrom) {
  const cases::Case kase = confirmed(ill_.id);
  const TraceOverrides wide{.depth = 2, .min_overlap = std::chrono::minutes(5)};
  const std::string by_sql = csv(trace(province_, kase.number, wide));
  const auto compare = [&](const std::string& where, std::int64_t loads) {
    const auto index = once();
    EXPECT_EQ(index->figures().loads, loads) << where;
    const auto report = trace(province_, kase.number, wide, index.get());
    ASSERT_TRUE(report) << where;
    EXPECT_EQ(report->engine, "index") << where;
    EXPECT_EQ(csv(report), by_sql) << where;
  };
  EXPECT_THAT(by_sql, ::testing::HasSubstr(to_text(second_level_.id)));
  compare("nothing is there: in memory", 1);
  EXPECT_FALSE(std::filesystem::exists(folder_.index())) << "and nothing is left on the disk";

  presence_.settle();
  presence_.keep(true);
  compare("the server holds the folder: in memory", 1);
  presence_.stop();
  const auto files = folder_.files();
  ASSERT_THAT(files, ::testing::Not(IsEmpty()));
  compare("the folder", 0);
  EXPECT_EQ(folder_.files(), files);

  const Someone later = someone("Bùi Văn Sau");
  stay(later.id, market_, 10, 40);
  const auto index = once();
  EXPECT_EQ(index->figures().loads, 0) << "the folder, and what the feed has more";
  const auto report = trace(province_, kase.number, wide, index.get());
  EXPECT_EQ(report->engine, "index");
  EXPECT_THAT(csv(report), ::testing::HasSubstr(to_text(later.id)));
  EXPECT_EQ(csv(report), csv(trace(province_, kase.number, wide)));
}

TEST_P(CaseTraceTest, WhereTheIndexDoesNotAnswerSqlDoesAndSaysWhy) {
  const cases::Case kase = confirmed(ill_.id);
  const auto index = once(1024);
  const auto report = trace(province_, kase.number, {}, index.get());
  EXPECT_EQ(report->engine, "sql");
  EXPECT_EQ(report->why_sql, WhySql::kMemory);
  EXPECT_EQ(csv(report), csv(trace(province_, kase.number)));
}

TEST_P(CaseTraceTest, RefusesOthersAndSaysSoInTheLog) {
  const cases::Case kase = confirmed(ill_.id);
  world_.house->access.take_refused();
  EXPECT_EQ(code(trace(far_, kase.number)), "not_permitted");
  EXPECT_EQ(code(trace(station_, kase.number)), "not_permitted") << "stations do not trace";
  const auto refused = world_.house->access.take_refused();
  ASSERT_THAT(refused, SizeIs(2));
  EXPECT_EQ(refused[0].person, ill_.id);
  EXPECT_EQ(refused[0].action, "tracing.trace_case");
  EXPECT_EQ(code(trace(province_, "COV-260302-XXXXXX")), "not_found");
}

TEST_P(CaseTraceTest, OnlyConfirmedCasesWhileADecisionIsInForce) {
  const cases::Case suspect = reported(ill_.id);
  EXPECT_EQ(code(trace(province_, suspect.number)), "case_not_confirmed");
  confirm(suspect.id);
  EXPECT_TRUE(trace(province_, suspect.number));
  world_.clock.advance(std::chrono::hours(31 * 24));
  const auto before = log_about(ill_.id).size();
  EXPECT_EQ(code(trace(province_, suspect.number)), "not_in_force");
  EXPECT_THAT(log_about(ill_.id), SizeIs(before + 1)) << "that it was asked stays in the log";
}

INSTANTIATE_TEST_SUITE_P(Engines, CaseTraceTest, store::testing::engines(), store::testing::engine_name);

}  // namespace
}  // namespace luytre::tracing
