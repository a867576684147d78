// How an illness went: hospital stays, and the outcome that closes a case. It is the morning of 2 March 2026.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "modules/cases/cases_fixture.h"
#include "platform/store/testing.h"

namespace luytre::cases {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

HospitalStay stay(const char* hospital, const char* from, const char* to = nullptr) {
  HospitalStay out{std::string(hospital), *parse_date(from), std::nullopt};
  if (to) out.discharged_on = parse_date(to);
  return out;
}

Course over(Outcome outcome, const char* on) {
  Course out;
  out.outcome = outcome;
  out.outcome_on = parse_date(on);
  return out;
}

Course in_hospital(std::vector<HospitalStay> stays) {
  Course out;
  out.stays = std::move(stays);
  return out;
}

class CasesCourseTest : public CasesTest {
 protected:
  Result<Case> record(const Caller& caller, const Case& kase, Course course) {
    return run(cases_.record_course(caller, kase.id, std::move(course), kase.version));
  }
  Result<Case> record(const Case& kase, Course course) { return record(station_, kase, std::move(course)); }
};

TEST_P(CasesCourseTest, StaysAreRecordedTheFirstComesFirst) {
  const Case ill = confirmed();
  const auto there = record(
      ill, in_hospital({stay("BV Đa khoa tỉnh", "2026-03-01"), stay("TTYT Hải Lăng", "2026-02-27", "2026-03-01")}));
  ASSERT_TRUE(there) << code(there);
  ASSERT_THAT(there->stays, SizeIs(2));
  EXPECT_EQ(there->stays[0].hospital, "TTYT Hải Lăng");
  EXPECT_EQ(there->stays[0].admitted_on, parse_date("2026-02-27"));
  EXPECT_EQ(there->stays[0].discharged_on, parse_date("2026-03-01")) << "moved: out here and in there on one day";
  EXPECT_EQ(there->stays[1].hospital, "BV Đa khoa tỉnh");
  EXPECT_FALSE(there->stays[1].discharged_on);
  EXPECT_EQ(there->status, Status::kOpen);
  EXPECT_EQ(there->window_from, ill.window_from);
  EXPECT_EQ(there->version, ill.version + 1);
  EXPECT_EQ(json::text(*run(cases_.find(province_, ill.id))), json::text(*there));
  EXPECT_THAT(events(), ElementsAre("case.reported 1", "case.confirmed 2", "case.dated 3"));

  const auto none = record(*there, {});
  ASSERT_TRUE(none) << code(none);
  EXPECT_THAT(none->stays, IsEmpty()) << "what is sent is all there is";
}

TEST_P(CasesCourseTest, AnOutcomeClosesTheCaseAndMakesRoomForAnother) {
  const Case ill = confirmed();
  const auto well = record(ill, over(Outcome::kRecovered, "2026-03-02"));
  ASSERT_TRUE(well) << code(well);
  EXPECT_EQ(well->outcome, Outcome::kRecovered);
  EXPECT_EQ(well->outcome_on, parse_date("2026-03-02"));
  EXPECT_EQ(well->status, Status::kClosed);
  EXPECT_EQ(well->classification, Classification::kConfirmed);

  const auto again = run(cases_.report(station_, of(ill.person.id)));
  ASSERT_TRUE(again) << "ill anew: " << code(again);
  EXPECT_EQ(code(record(*well, {})), "case_exists") << "without an outcome it would be open";
  EXPECT_EQ(code(undo(*well)), "case_exists");
  ASSERT_TRUE(reclassify(*again, Classification::kDiscarded));
  const auto open = record(*well, {});
  ASSERT_TRUE(open) << code(open);
  EXPECT_EQ(open->status, Status::kOpen);
  EXPECT_FALSE(open->outcome || open->outcome_on);
}

TEST_P(CasesCourseTest, ACaseThatIsOverMayStillBeConfirmedAndCorrected) {
  const Case dead = *record(reported(), over(Outcome::kDied, "2026-03-02"));
  const auto ill = confirm(dead, positive());
  ASSERT_TRUE(ill) << "the result came after the death: " << code(ill);
  EXPECT_EQ(ill->classification, Classification::kConfirmed);
  EXPECT_EQ(ill->status, Status::kClosed);
  const Case probable = *reclassify(*ill, Classification::kProbable);
  EXPECT_EQ(probable.status, Status::kClosed) << "the outcome stands";
  const Case none = *reclassify(probable, Classification::kDiscarded);
  EXPECT_EQ(none.status, Status::kClosed);
  EXPECT_EQ(code(confirm(none, positive())), "case_closed");
  EXPECT_EQ(reclassify(none, Classification::kSuspect)->outcome, Outcome::kDied);

  const Case early = *record(confirmed(), over(Outcome::kLostToFollowUp, "2026-03-01"));
  Confirmation late = positive();
  late.onset = parse_date("2026-03-02");
  EXPECT_EQ(which(confirm(early, late)), "dates_contradict outcomeBeforeOnset");
}

TEST_P(CasesCourseTest, ADeathEndsTheStay) {
  Course course = over(Outcome::kDied, "2026-03-02");
  course.stays = {stay("BV Trung ương Huế", "2026-03-01")};
  const auto dead = record(confirmed(), course);
  ASSERT_TRUE(dead) << code(dead);
  EXPECT_EQ(dead->stays[0].discharged_on, parse_date("2026-03-02"));
  course = over(Outcome::kRecovered, "2026-03-02");
  course.stays = {stay("BV Trung ương Huế", "2026-03-01")};
  EXPECT_FALSE(record(confirmed(), course)->stays[0].discharged_on) << "well again, and still there for something else";
}

TEST_P(CasesCourseTest, UndoPutsBackStaysAndOutcome) {
  const Case ill = confirmed();
  const Case there = *record(ill, in_hospital({stay("TTYT Hải Lăng", "2026-03-01")}));
  Course gone = over(Outcome::kRecovered, "2026-03-02");
  gone.stays = {stay("BV Đa khoa tỉnh", "2026-02-28", "2026-03-02")};
  const Case well = *record(there, gone);
  const auto back = undo(well);
  ASSERT_TRUE(back) << code(back);
  EXPECT_EQ(back->status, Status::kOpen);
  EXPECT_FALSE(back->outcome);
  ASSERT_THAT(back->stays, SizeIs(1));
  EXPECT_EQ(back->stays[0].hospital, "TTYT Hải Lăng");
  const auto first = undo(*back);
  EXPECT_THAT(first->stays, IsEmpty());
  EXPECT_EQ(first->classification, Classification::kConfirmed);
  EXPECT_THAT(events(), ElementsAre("case.reported 1", "case.confirmed 2", "case.dated 3", "case.dated 4",
                                    "case.dated 5", "case.dated 6"))
      << "nothing that would be traced again";
  const auto history = run(cases_.history(province_, ill.id));
  ASSERT_THAT(history->items, SizeIs(6));
  EXPECT_EQ(history->items[2].what, What::kCourse);
  EXPECT_TRUE(history->items[2].undone);
}

TEST_P(CasesCourseTest, UndoingSomethingElseLeavesTheStays) {
  const Case there = *record(reported(), in_hospital({stay("TTYT Hải Lăng", "2026-03-01")}));
  const Case ill = *confirm(there, positive());
  EXPECT_THAT(undo(ill)->stays, SizeIs(1));
}

TEST_P(CasesCourseTest, WhatCannotBeIsRefusedByName) {
  const Case ill = confirmed();  // onset on 1 March
  const auto refused = [&](const Course& course) { return which(record(ill, course)); };
  const auto stays = [&](std::vector<HospitalStay> all) { return refused(in_hospital(std::move(all))); };
  EXPECT_EQ(stays({stay("A", "2026-03-03")}), "dates_contradict admissionInFuture");
  EXPECT_EQ(stays({stay("A", "2026-03-01", "2026-03-03")}), "dates_contradict dischargeInFuture");
  EXPECT_EQ(stays({stay("A", "2026-03-02", "2026-03-01")}), "dates_contradict dischargeBeforeAdmission");
  EXPECT_EQ(stays({stay("A", "2026-03-01"), stay("B", "2026-03-02")}), "dates_contradict staysOverlap");
  EXPECT_EQ(stays({stay("A", "2026-02-20", "2026-03-02"), stay("B", "2026-03-01", "2026-03-02")}),
            "dates_contradict staysOverlap");
  EXPECT_THAT(fields(record(ill, in_hospital({stay("", "2026-03-01")}))), ElementsAre("/stays required"));
  EXPECT_THAT(fields(record(
                  ill, in_hospital(std::vector<HospitalStay>(kMostStays + 1, stay("A", "2026-03-01", "2026-03-01"))))),
              ElementsAre("/stays too_long"));
  EXPECT_EQ(refused(over(Outcome::kRecovered, "2026-03-03")), "dates_contradict outcomeInFuture");
  EXPECT_EQ(refused(over(Outcome::kRecovered, "2026-02-28")), "dates_contradict outcomeBeforeOnset");
  Course dead = over(Outcome::kDiedOfOtherCause, "2026-03-01");
  dead.stays = {stay("A", "2026-03-02")};
  EXPECT_EQ(refused(dead), "dates_contradict stayAfterDeath");
  dead.stays = {stay("A", "2026-03-01", "2026-03-02")};
  EXPECT_EQ(refused(dead), "dates_contradict stayAfterDeath");
  Course half;
  half.outcome = Outcome::kRecovered;
  EXPECT_THAT(fields(record(ill, half)), ElementsAre("/outcomeOn required"));
  half = over(Outcome::kRecovered, "2026-03-02");
  half.outcome.reset();
  EXPECT_THAT(fields(record(ill, half)), ElementsAre("/outcome required"));

  const Course well = over(Outcome::kRecovered, "2026-03-02");
  EXPECT_EQ(code(record(far_, ill, well)), "not_permitted");
  EXPECT_EQ(code(record(identity::testing::citizen(1001), ill, well)), "not_permitted");
  EXPECT_EQ(code(run(cases_.record_course(station_, CaseId{4711}, well, 1))), "not_found");
  const auto stale = run(cases_.record_course(station_, ill.id, well, ill.version - 1));
  EXPECT_EQ(code(stale), "version_conflict");
  EXPECT_EQ(stale.error().current, json::text(ill));
  EXPECT_EQ(json::text(*run(cases_.find(province_, ill.id))), json::text(ill)) << "nothing was changed";
}

TEST_P(CasesCourseTest, ACaseThatIsOverStillAwaitsItsNotification) {
  const Case kase = *run(cases_.report(station_, of(somebody(), "measles")));
  const Case dead = *record(kase, over(Outcome::kDied, "2026-03-02"));
  Filter filter;
  filter.awaiting = true;
  const Caller everywhere = identity::testing::officer(Role::kProvinceOfficer, UnitId{}, 9103);
  for (const Caller& who : {station_, province_, everywhere}) {
    const auto due = list(who, filter);
    ASSERT_TRUE(due) << code(due);
    ASSERT_THAT(due->items, SizeIs(1));
    EXPECT_EQ(due->items[0].number, kase.number);
  }
  filter.number = kase.number;
  EXPECT_THAT(list(station_, filter)->items, SizeIs(1));
  filter.number.reset();
  filter.status = Status::kOpen;
  EXPECT_THAT(list(station_, filter)->items, IsEmpty());
  filter.status = Status::kClosed;
  EXPECT_THAT(list(station_, filter)->items, SizeIs(1));
  ASSERT_TRUE(reclassify(dead, Classification::kDiscarded));
  EXPECT_THAT(list(station_, filter)->items, IsEmpty()) << "it was none";
}

constexpr store::Query kStays{"test.stays", R"sql(
SELECT stays
FROM cases_case)sql"};
constexpr store::Query kStaysBefore{"test.stays_before", R"sql(
SELECT stays_before
FROM cases_change
WHERE stays_before IS NOT NULL)sql"};
constexpr store::Query kBefore{"test.before", R"sql(
SELECT before
FROM cases_change)sql"};

TEST_P(CasesCourseTest, HospitalsAreSealed) {
  const Case there = *record(reported(), in_hospital({stay("BV Bạch Mai", "2026-03-01")}));
  ASSERT_TRUE(record(there, in_hospital({stay("BV Bạch Mai", "2026-03-01", "2026-03-02")})));
  world_.db->read_now([](store::Session& s) {
    for (const auto& query : {kStays, kStaysBefore}) {
      const auto sealed = s.all<store::Bytes>(query);
      ASSERT_THAT(sealed, SizeIs(1));
      EXPECT_THAT(sealed[0].data, Not(HasSubstr("Mai")));
    }
    for (const auto& text : s.all<std::string>(kBefore)) EXPECT_THAT(text, Not(HasSubstr("Mai")));
  });
}

INSTANTIATE_TEST_SUITE_P(Engines, CasesCourseTest, store::testing::engines(), store::testing::engine_name);

}  // namespace
}  // namespace luytre::cases
