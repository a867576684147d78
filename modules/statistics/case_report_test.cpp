#include "modules/statistics/case_report.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "modules/statistics/statistics.h"
#include "modules/visits/testing.h"
#include "platform/base/result_testing.h"

namespace luytre::statistics {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using visits::testing::geography;
using visits::testing::kHaiLang;
using visits::testing::kQuangTri;

// Hải Phú became a part of Hải Lăng; Divided, in Quảng Nam, was given to two communes of the new Đà Nẵng.
const UnitId kHaiPhu{2021319702}, kHaiLangDistrict{2021200470}, kOldQuangTri{2021100045}, kDivided{2021320251},
    kLarger{2025320242}, kSmaller{2025320257}, kDaNang{2025100048};

Date day(const char* text) {
  return *parse_date(text);
}

TEST(UnitsOnTest, AUnitIsFollowedToTheDayThatIsAsked) {
  const auto on = [](UnitId unit, const char* when, CaseLevel level = CaseLevel::kCommune) {
    return units_on(geography(), unit, day(when), level);
  };
  EXPECT_THAT(on(kHaiPhu, "2025-06-30"), ElementsAre(kHaiPhu));
  EXPECT_THAT(on(kHaiPhu, "2025-07-01"), ElementsAre(kHaiLang));
  EXPECT_THAT(on(kHaiPhu, "2025-06-30", CaseLevel::kDistrict), ElementsAre(kHaiLangDistrict));
  EXPECT_THAT(on(kHaiPhu, "2025-07-01", CaseLevel::kDistrict), ElementsAre(kHaiLang)) << "there are none any more";
  EXPECT_THAT(on(kHaiPhu, "2025-06-30", CaseLevel::kProvince), ElementsAre(kOldQuangTri));
  EXPECT_THAT(on(kHaiLang, "2025-06-30"), SizeIs(3)) << "made of three";
  EXPECT_THAT(on(kHaiLang, "2025-06-30", CaseLevel::kDistrict), ElementsAre(kHaiLangDistrict)) << "all of one";
  EXPECT_THAT(on(kDivided, "2025-07-01"), ElementsAre(kLarger, kSmaller)) << "by no share";
  EXPECT_THAT(on(kDivided, "2025-07-01", CaseLevel::kProvince), ElementsAre(kDaNang)) << "either way";
  EXPECT_THAT(on(kHaiLangDistrict, "2025-07-01"), ElementsAre(kQuangTri)) << "no nearer";
  EXPECT_THAT(on(UnitId{7}, "2025-07-01"), IsEmpty());
}

class CaseReportTest : public ::testing::TestWithParam<store::Engine> {
 protected:
  CaseReportTest() {
    enter(kHaiPhu, "2025-06-20", "2025-06-20T03:00:00Z");
    enter(kHaiLang, "2025-06-28", "2025-07-02T03:00:00Z");
    enter(kHaiPhu, "2025-07-03", "2025-07-04T03:00:00Z");  // whose record still names the old commune
    enter(kDivided, "2025-06-25", "2025-06-25T03:00:00Z", "suspect");
    enter(kHaiLang, "2025-07-05", "2025-07-05T03:00:00Z", "discarded");
    enter(kHaiLang, nullptr, "2025-07-02T03:00:00Z", "suspect");
    enter(kHaiLang, "2025-05-01", "2025-05-01T03:00:00Z");  // before the days asked about
  }

  CaseId enter(UnitId unit, const char* onset, const char* created, const char* classification = "confirmed") {
    const CaseId id{world_.db->ids().next()};
    const bool confirmed = std::string_view(classification) == "confirmed";
    const Instant at = *parse_instant(created);
    world_.db->transact_now([&](store::Session& s) {
      s.run(store::Query{"test.case", R"sql(
        INSERT INTO cases_case (id, number, person, disease, classification, status, onset, window_from, rule_set, unit, report_unit,
                                created_by, created_at, version, by_onset)
        VALUES ($1, $2, $1, 'covid-19', $3, 'open', $4, $5, $6, $7, $7, 1, $8, 1, COALESCE($4, -1000000)))sql"},
            id, to_text(id), std::string_view(classification), onset ? std::optional(day(onset)) : std::nullopt,
            confirmed ? std::optional(at) : std::nullopt, confirmed ? std::optional<std::string>("r") : std::nullopt,
            unit, at);
    });
    return id;
  }
  // What stood there until then.
  void changed(CaseId id, const char* at, std::string_view before) {
    world_.db->transact_now([&](store::Session& s) {
      s.run(store::Query{"test.change", R"sql(
        INSERT INTO cases_change (id, case_id, at, account, by_name, what, before_classification, after_classification, before, undone)
        VALUES ($1, $2, $3, 1, 'Hoa', 'confirmed', 'suspect', 'confirmed', $4, FALSE))sql"},
            world_.db->ids().next(), id, *parse_instant(at), before);
    });
  }
  static CaseQuestion of(CaseView view, CaseLevel level = CaseLevel::kCommune) {
    CaseQuestion out;
    out.from = day("2025-06-15");
    out.to = day("2025-07-15");
    out.view = view;
    out.level = level;
    return out;
  }
  CaseReport report(const Caller& who, CaseQuestion question) {
    auto out = run(statistics_.cases(who, std::move(question)));
    if (!out) throw std::runtime_error(out.error().code);
    return *out;
  }
  // "Xã Hải Lăng, Tỉnh Quảng Trị 0 0 2 1"; a "?" before those that are not clear.
  static std::string said(const CaseCounts& c) {
    return std::to_string(c.suspect) + ' ' + std::to_string(c.probable) + ' ' + std::to_string(c.confirmed) + ' ' +
           std::to_string(c.discarded);
  }
  static std::vector<std::string> said(const CaseReport& of) {
    std::vector<std::string> out;
    for (const auto& row : of.rows) out.push_back((row.clear ? "" : "? ") + row.name + ' ' + said(row.counts));
    return out;
  }
  static CaseCounts sum(const CaseReport& of) {
    CaseCounts out;
    for (const auto& row : of.rows) {
      out.suspect += row.counts.suspect;
      out.probable += row.counts.probable;
      out.confirmed += row.counts.confirmed;
      out.discarded += row.counts.discarded;
    }
    return out;
  }

  visits::testing::World world_{GetParam(), {cases::migrations(), migrations()}};
  Statistics statistics_{*world_.db, world_.registry, geography(), world_.house->access, world_.house.texts()};
  const Caller province_ = identity::testing::officer(Role::kProvinceOfficer, kQuangTri, 9101),
               station_ = identity::testing::officer(Role::kStationOfficer, kHaiLang, 9102),
               elsewhere_ = identity::testing::officer(Role::kProvinceOfficer, kDaNang, 9103),
               country_ = identity::testing::officer(Role::kProvinceOfficer, {}, 9104),
               commander_ = identity::testing::officer(Role::kCommander, kQuangTri, 9105);
};

TEST_P(CaseReportTest, ThenNamesTheUnitOfTheDay) {
  const CaseReport seen = report(province_, of(CaseView::kThen));
  EXPECT_THAT(said(seen),
              ElementsAre("Xã Hải Lăng, Tỉnh Quảng Trị 0 0 1 1", "Xã Hải Phú, Huyện Hải Lăng, Tỉnh Quảng Trị 0 0 1 0",
                          "? Xã Hải Lăng, Tỉnh Quảng Trị 0 0 1 0"));
  EXPECT_THAT(seen.rows[1].today, ElementsAre("Xã Hải Lăng, Tỉnh Quảng Trị"));
  EXPECT_THAT(seen.rows[0].today, IsEmpty()) << "in force";
  EXPECT_THAT(seen.rows[2].possible, SizeIs(3)) << "it fell ill before the reform, and was written down after it";
  EXPECT_EQ(seen.unclear, 1);
  EXPECT_EQ(seen.moved, 2);
  EXPECT_EQ(seen.without_day, 1);
  std::vector<std::string> days;
  for (const auto& one : seen.days) days.push_back(to_text(one.day) + ' ' + said(one.counts));
  EXPECT_THAT(days,
              ElementsAre("2025-06-20 0 0 1 0", "2025-06-28 0 0 1 0", "2025-07-03 0 0 1 0", "2025-07-05 0 0 0 1"));
}

TEST_P(CaseReportTest, NowNamesTheSuccessor) {
  EXPECT_THAT(said(report(province_, of(CaseView::kNow))), ElementsAre("Xã Hải Lăng, Tỉnh Quảng Trị 0 0 3 1"));
  EXPECT_THAT(said(report(station_, of(CaseView::kNow))), ElementsAre("Xã Hải Lăng, Tỉnh Quảng Trị 0 0 3 1"));
}

TEST_P(CaseReportTest, WhatWasDividedIsGivenToNobody) {
  const CaseReport seen = report(elsewhere_, of(CaseView::kNow));
  ASSERT_THAT(seen.rows, SizeIs(1));
  EXPECT_FALSE(seen.rows[0].clear);
  EXPECT_EQ(seen.rows[0].unit, kDivided);
  ASSERT_THAT(seen.rows[0].possible, SizeIs(2));
  EXPECT_EQ(seen.rows[0].possible[0].unit, kLarger);
  EXPECT_NEAR(seen.rows[0].possible[0].share.value(), 0.802, 0.001);
  EXPECT_EQ(seen.unclear, 1);
  const CaseReport whole = report(elsewhere_, of(CaseView::kNow, CaseLevel::kProvince));
  ASSERT_THAT(whole.rows, SizeIs(1));
  EXPECT_TRUE(whole.rows[0].clear) << "both parts lie in one province";
  EXPECT_EQ(whole.rows[0].unit, kDaNang);
  EXPECT_EQ(report(elsewhere_, of(CaseView::kThen)).unclear, 0);
}

TEST_P(CaseReportTest, BothViewsAddUpToTheSame) {
  for (const CaseLevel level : {CaseLevel::kProvince, CaseLevel::kDistrict, CaseLevel::kCommune}) {
    const CaseReport then = report(country_, of(CaseView::kThen, level)),
                     now = report(country_, of(CaseView::kNow, level));
    EXPECT_EQ(said(then.whole), "1 0 3 1");
    EXPECT_EQ(said(now.whole), said(then.whole));
    EXPECT_EQ(said(sum(then)), said(then.whole));
    EXPECT_EQ(said(sum(now)), said(now.whole));
    EXPECT_EQ(now.moved, then.moved);
  }
}

TEST_P(CaseReportTest, ByReportEveryCaseHasADay) {
  CaseQuestion question = of(CaseView::kThen);
  question.day = CaseDay::kReport;
  const CaseReport seen = report(province_, question);
  EXPECT_THAT(said(seen),
              ElementsAre("Xã Hải Lăng, Tỉnh Quảng Trị 1 0 2 1", "Xã Hải Phú, Huyện Hải Lăng, Tỉnh Quảng Trị 0 0 1 0"));
  EXPECT_EQ(seen.without_day, 0);
}

TEST_P(CaseReportTest, AsKnownAtAMoment) {
  const CaseId id = enter(kHaiPhu, "2025-06-21", "2025-06-21T03:00:00Z");
  changed(id, "2025-06-23T03:00:00Z", R"({"classification":"suspect","status":"open","onset":"2025-06-19"})");
  CaseQuestion question = of(CaseView::kThen);
  question.known_at = *parse_instant("2025-06-22T03:00:00Z");
  const CaseReport then = report(province_, question);
  EXPECT_EQ(said(then.whole), "1 0 1 0") << "what came later was not known";
  EXPECT_EQ(to_text(then.days.at(0).day), "2025-06-19") << "nor that the onset would be put right";
  question.known_at = *parse_instant("2025-06-23T03:00:00Z");
  EXPECT_EQ(said(report(province_, question).whole), "0 0 2 0");
  question.known_at = world_.clock.now() + std::chrono::hours(1);
  EXPECT_THAT(fields(run(statistics_.cases(province_, question))), ElementsAre("?knownAt range"));
}

TEST_P(CaseReportTest, HoweverManyChangedSinceEachIsCountedOnce) {
  for (int i = 0; i < 201; ++i) {  // more than are read at once
    const CaseId id = enter(kHaiPhu, "2025-06-21", "2025-06-21T03:00:00Z");
    changed(id, "2025-06-23T03:00:00Z", R"({"classification":"suspect","status":"open","onset":"2025-06-21"})");
    if (i < 5)
      changed(id, "2025-06-24T03:00:00Z", R"({"classification":"probable","status":"open","onset":"2025-06-21"})");
  }
  CaseQuestion question = of(CaseView::kThen);
  question.known_at = *parse_instant("2025-06-22T03:00:00Z");
  EXPECT_EQ(said(report(province_, question).whole), "201 0 1 0");
}

TEST_P(CaseReportTest, OfTheOwnAreaForThoseWhoMayOpenTheCases) {
  CaseQuestion question = of(CaseView::kNow);
  question.unit = kHaiLang;
  EXPECT_EQ(code(run(statistics_.cases(elsewhere_, question))), "not_permitted");
  EXPECT_EQ(code(run(statistics_.cases(commander_, question))), "not_permitted");
  EXPECT_EQ(code(run(statistics_.cases_taken_out(commander_, question, {}))), "not_permitted");
  question.unit = kQuangTri;
  EXPECT_EQ(code(run(statistics_.cases(station_, question))), "not_permitted");
  question.from = day("2025-07-16");
  EXPECT_THAT(fields(run(statistics_.cases(province_, question))), ElementsAre("?from range"));
  question.from = day("2022-07-01");
  EXPECT_THAT(fields(run(statistics_.cases(province_, question))), ElementsAre("?from range"));
  question = of(CaseView::kNow);
  question.disease = "measles";
  EXPECT_THAT(report(province_, question).rows, IsEmpty());
}

TEST_P(CaseReportTest, AFileSaysWhatWasAskedAndIsLogged) {
  CaseQuestion question = of(CaseView::kThen);
  question.known_at = *parse_instant("2025-07-10T03:00:00Z");
  const auto out = run(statistics_.cases_taken_out(province_, question, {}));
  ASSERT_TRUE(out) << out.error().code;
  EXPECT_THAT(out->body,
              AllOf(HasSubstr("view=then"), HasSubstr("day=onset"), HasSubstr("knownAt=2025-07-10T03:00:00Z"),
                    HasSubstr(to_text(province_.account)), HasSubstr("\r\nĐơn vị,Rõ đơn vị,"),
                    HasSubstr("\"Xã Hải Phú, Huyện Hải Lăng, Tỉnh Quảng Trị\",rõ,"), HasSubstr(",chưa rõ,"),
                    HasSubstr("\r\nTất cả,,,,0,0,3,1")));
  const auto logged = world_.db->read_now([&](store::Session& s) {
    return s.value<std::int64_t>(
        store::Query{"test.log", "SELECT count(*) FROM identity_access WHERE action = 'statistics.export'"});
  });
  EXPECT_EQ(logged, 1);
}

INSTANTIATE_TEST_SUITE_P(Engines, CaseReportTest, store::testing::engines(), store::testing::engine_name);

}  // namespace
}  // namespace luytre::statistics
