// The life of a case: reported, confirmed, corrected, reclassified, undone.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "modules/cases/cases_fixture.h"
#include "modules/cases/impl.h"
#include "modules/people/duplicates.h"

namespace luytre::cases {
namespace {

using ::testing::AnyOf;
using ::testing::ElementsAre;
using ::testing::MatchesRegex;
using ::testing::SizeIs;
using visits::testing::kHaiLang;

TEST_P(CasesTest, ASuspectIsConfirmedByAResult) {
  NewCase request = of(somebody());
  request.note = std::string("Sốt, ho");
  const auto suspect = run(cases_.report(station_, request));
  ASSERT_TRUE(suspect) << code(suspect);
  EXPECT_EQ(suspect->classification, Classification::kSuspect);
  EXPECT_EQ(suspect->status, Status::kOpen);
  EXPECT_THAT(suspect->number, MatchesRegex("COV-260302-[0-9A-Z]+"));
  EXPECT_EQ(suspect->person.name, "Nguyễn Văn An");
  EXPECT_EQ(suspect->note, "Sốt, ho");
  EXPECT_EQ(suspect->unit, kHaiLang);
  EXPECT_FALSE(suspect->window_from);

  const auto ill = confirm(*suspect, positive());
  ASSERT_TRUE(ill) << code(ill);
  EXPECT_EQ(ill->classification, Classification::kConfirmed);
  EXPECT_EQ(ill->onset, parse_date("2026-03-01"));
  EXPECT_EQ(ill->sample_at, at("2026-03-01T02:00:00Z"));
  EXPECT_EQ(ill->result_at, at("2026-03-01T10:00:00Z"));
  EXPECT_EQ(ill->method, Method::kPcr);
  EXPECT_EQ(ill->version, suspect->version + 1);
  EXPECT_EQ(json::text(*run(cases_.find(province_, ill->id))), json::text(*ill));
  EXPECT_THAT(events(), ElementsAre("case.reported 1", "case.confirmed 2"));
}

TEST_P(CasesTest, TheWindowFollowsTheRuleSetInForceWhenTheResultCame) {
  const Case today = *confirm(reported(), positive());
  EXPECT_EQ(today.rule_set, "vn-covid-19-2022-04");
  EXPECT_EQ(today.window_from, at("2026-02-26T17:00:00Z")) << "two days before onset, from local midnight";
  EXPECT_FALSE(today.window_to) << "still among people";

  Confirmation then = positive();
  then.onset = parse_date("2021-08-01");
  then.sample_at = at("2021-08-02T02:00:00Z");
  then.result_at = at("2021-08-03T02:00:00Z");
  then.isolated_at = at("2021-08-03T05:00:00Z");
  const Case earlier = *confirm(reported(), then);
  EXPECT_EQ(earlier.rule_set, "vn-covid-19-2021-07-30");
  EXPECT_EQ(earlier.window_from, at("2021-07-28T17:00:00Z")) << "three days, by the rules of that time";
  EXPECT_EQ(earlier.window_to, then.isolated_at);

  Confirmation silent = positive();
  silent.onset.reset();
  silent.sample_at = at("2026-02-28T18:00:00Z");  // 1 March, local time
  EXPECT_EQ(confirm(reported(), silent)->window_from, at("2026-02-26T17:00:00Z")) << "no symptoms: from the sample";

  Confirmation chosen = positive();
  chosen.rule_set = std::string("vn-covid-19-2020-08");
  const Case by_choice = *confirm(reported(), chosen);
  EXPECT_EQ(by_choice.rule_set, "vn-covid-19-2020-08");
  EXPECT_EQ(by_choice.window_from, at("2026-02-25T17:00:00Z"));
}

TEST_P(CasesTest, DatesOfAConfirmedCaseAreCorrected) {
  const Case ill = confirmed();
  Confirmation corrected = positive();
  corrected.onset = parse_date("2026-02-27");
  corrected.isolated_at = world_.clock.now();
  const auto again = confirm(ill, corrected);
  ASSERT_TRUE(again) << code(again);
  EXPECT_EQ(again->window_from, at("2026-02-24T17:00:00Z"));
  EXPECT_EQ(again->window_to, world_.clock.now());
  EXPECT_THAT(events(), ElementsAre("case.reported 1", "case.confirmed 2", "case.changed 3"));
}

TEST_P(CasesTest, ReclassifyingNeedsAReasonAndNeverConfirms) {
  const Case suspect = reported();
  EXPECT_EQ(code(reclassify(suspect, Classification::kConfirmed)), "needs_result");
  EXPECT_THAT(fields(reclassify(suspect, Classification::kProbable, "")), ElementsAre("/reason required"));
  const Case probable = *reclassify(suspect, Classification::kProbable);
  EXPECT_EQ(probable.classification, Classification::kProbable);
  EXPECT_EQ(probable.status, Status::kOpen);
  const Case ill = *confirm(probable, positive());
  const Case again = *reclassify(ill, Classification::kSuspect);
  EXPECT_EQ(again.classification, Classification::kSuspect);
  EXPECT_EQ(undo(again)->window_from, ill.window_from) << "taken back, it is a confirmed case as before";
  EXPECT_THAT(events(), ElementsAre("case.reported 1", "case.changed 2", "case.confirmed 3", "case.unconfirmed 4",
                                    "case.confirmed 5"));
}

TEST_P(CasesTest, ARejectedCaseIsClosedAndMakesRoomForAnother) {
  const Case suspect = reported();
  const Case rejected = *reclassify(suspect, Classification::kDiscarded, "Âm tính hai lần");
  EXPECT_EQ(rejected.status, Status::kClosed);
  EXPECT_EQ(code(confirm(rejected, positive())), "case_closed");
  const auto next = run(cases_.report(station_, of(suspect.person.id)));
  ASSERT_TRUE(next) << "ill again, weeks later";
  EXPECT_EQ(code(reclassify(rejected, Classification::kSuspect)), "case_exists");
  EXPECT_EQ(code(undo(rejected)), "case_exists") << "the undo would open it";
  ASSERT_TRUE(reclassify(*next, Classification::kDiscarded));
  const auto open = undo(rejected);
  ASSERT_TRUE(open) << code(open);
  EXPECT_EQ(open->status, Status::kOpen);
  EXPECT_EQ(open->classification, Classification::kSuspect);
}

TEST_P(CasesTest, RecordsOfOnePersonHaveOneOpenCase) {
  people::Duplicates duplicates(*world_.db, world_.people, visits::testing::geography(), world_.house->access,
                                world_.house->accounts, world_.vault);
  const PersonId kept = somebody(), again = somebody();
  people::NewPersonMerge asked{again, kept, std::string("hai hồ sơ, một người")};
  const auto merge = run(duplicates.merge(station_, asked));
  ASSERT_TRUE(merge) << code(merge);
  const auto suspect = run(cases_.report(station_, of(again)));
  ASSERT_TRUE(suspect) << code(suspect);
  EXPECT_EQ(code(run(cases_.report(station_, of(kept)))), "case_exists");
  ASSERT_TRUE(run(duplicates.undo(station_, merge->id, "hai người")));
  EXPECT_TRUE(run(cases_.report(station_, of(kept)))) << "two people may be ill";
}

TEST_P(CasesTest, UndoTakesBackTheLastChangeThatStands) {
  const Case suspect = reported();
  EXPECT_EQ(code(undo(suspect)), "nothing_to_undo") << "a report is discarded, not undone";
  const Case ill = *confirm(suspect, positive());
  Confirmation isolated = positive();
  isolated.isolated_at = world_.clock.now();
  const Case corrected = *confirm(ill, isolated);
  EXPECT_THAT(fields(undo(corrected, "")), ElementsAre("/reason required"));

  const Case back_once = *undo(corrected);
  EXPECT_EQ(back_once.classification, Classification::kConfirmed);
  EXPECT_FALSE(back_once.isolated_at);
  EXPECT_FALSE(back_once.window_to);
  const Case back_twice = *undo(back_once);
  EXPECT_EQ(back_twice.classification, Classification::kSuspect);
  EXPECT_FALSE(back_twice.result_at);
  EXPECT_FALSE(back_twice.rule_set);
  EXPECT_EQ(code(undo(back_twice)), "nothing_to_undo");
  EXPECT_THAT(events(), ElementsAre("case.reported 1", "case.confirmed 2", "case.changed 3", "case.changed 4",
                                    "case.unconfirmed 5"));
}

TEST_P(CasesTest, ACaseUndoneIsConfirmedAgainWithTheRightDates) {
  const Case ill = confirmed();
  const Case suspect = *undo(ill);
  Confirmation right = positive();
  right.onset = parse_date("2026-02-28");
  right.method = Method::kAntigen;
  const auto again = confirm(suspect, right);
  ASSERT_TRUE(again) << code(again);
  EXPECT_EQ(again->window_from, at("2026-02-25T17:00:00Z"));
  EXPECT_EQ(again->method, Method::kAntigen);
  EXPECT_EQ(undo(*again)->classification, Classification::kSuspect) << "the newer confirmation, not the older";
  EXPECT_THAT(events(), ElementsAre("case.reported 1", "case.confirmed 2", "case.unconfirmed 3", "case.confirmed 4",
                                    "case.unconfirmed 5"));
}

TEST_P(CasesTest, TheHistoryTellsWhoDidWhatAndWhy) {
  const Case ill = confirmed();
  ASSERT_TRUE(undo(ill, "Nhầm mẫu của người khác"));
  const auto page = run(cases_.history(province_, ill.id));
  ASSERT_TRUE(page) << code(page);
  ASSERT_THAT(page->items, SizeIs(3));
  EXPECT_EQ(page->items[0].what, What::kUndone);
  EXPECT_EQ(page->items[0].reason, "Nhầm mẫu của người khác");
  EXPECT_EQ(page->items[0].by, province_.name);
  EXPECT_EQ(page->items[1].what, What::kConfirmed);
  EXPECT_TRUE(page->items[1].undone);
  EXPECT_EQ(page->items[1].from, Classification::kSuspect);
  EXPECT_EQ(page->items[1].to, Classification::kConfirmed);
  EXPECT_EQ(page->items[2].what, What::kReported);
  EXPECT_EQ(page->items[2].by, station_.name);
}

TEST_P(CasesTest, AnEditOfAnOlderVersionIsToldTheNewerOne) {
  const Case suspect = reported();
  const Case ill = *confirm(suspect, positive());
  const auto retried = confirm(suspect, positive());
  ASSERT_EQ(code(retried), "version_conflict");
  EXPECT_EQ(retried.error().status, 412);
  EXPECT_EQ(retried.error().current, json::text(ill)) << "a lost answer is found in the refusal";
  EXPECT_EQ(code(reclassify(suspect, Classification::kProbable)), "version_conflict");
  EXPECT_EQ(code(undo(suspect)), "version_conflict");
  EXPECT_THAT(events(), SizeIs(2));
}

TEST_P(CasesTest, OfTwoOfficersAtOnceOneWins) {
  const Case suspect = reported();
  std::vector<Task<Result<Case>>> both;
  both.push_back(cases_.confirm(province_, suspect.id, positive(), suspect.version));
  both.push_back(cases_.reclassify(province_, suspect.id, {Classification::kProbable, {std::string("Hội chẩn")}},
                                   suspect.version));
  const auto answers = visits::testing::run_together(std::move(both));
  EXPECT_NE(answers[0].ok(), answers[1].ok());
  for (const auto& answer : answers) EXPECT_THAT(code(answer), AnyOf("", "version_conflict"));
  EXPECT_THAT(events(), SizeIs(2));
}

TEST_P(CasesTest, CasesOfOneMillisecondHaveNumbersOfTheirOwn) {
  constexpr std::int64_t kCases = 200, kIdsOfACase = 4;
  const PersonId person = somebody();
  const auto taken = world_.db->transact_now([&](store::Session& s) {
    std::int64_t out = 0;
    for (std::int64_t i = 0; i < kCases; ++i) {
      ImportedCase given;
      given.source = "list";
      given.external = std::to_string(i);
      given.person = person;
      given.disease = "measles";
      given.classification = Classification::kProbable;
      given.course.outcome = Outcome::kRecovered;
      given.course.outcome_on = parse_date("2026-03-01");
      given.number = free_number(s, given.disease, *parse_date("2026-03-02"), CaseId{(1LL << 40) + i * kIdsOfACase});
      out += cases_.take_listed(s, province_, given).ok() ? 1 : 0;
    }
    return out;
  });
  EXPECT_EQ(taken, kCases);
}

TEST_P(CasesTest, OfOnePersonTheCasesOfTheOwnAreaAreToldAndLogged) {
  const Case kase = reported();
  const auto told = [&](const Caller& caller) {
    return world_.db->transact_now(
        [&](store::Session& s) { return cases_.of_person(s, caller, kase.person.id, "Dòng thời gian"); });
  };
  const auto seen = told(station_);
  ASSERT_TRUE(seen);
  ASSERT_EQ(seen->size(), 1U);
  EXPECT_EQ(seen->front().id, kase.id);
  EXPECT_EQ(log_about(kase.person.id).front(), "cases.read Dòng thời gian");
  const auto before = log_about(kase.person.id).size();
  const auto elsewhere = told(identity::testing::officer(Role::kProvinceOfficer, kDaNang, 9109));
  ASSERT_TRUE(elsewhere);
  EXPECT_TRUE(elsewhere->empty());
  EXPECT_EQ(log_about(kase.person.id).size(), before);
}

INSTANTIATE_TEST_SUITE_P(Engines, CasesTest, store::testing::engines(), store::testing::engine_name);

}  // namespace
}  // namespace luytre::cases
