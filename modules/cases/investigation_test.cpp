// What is asked of a case by its form: written as far as it is known, corrected and never overwritten, sealed, and seen
// by those alone who have the case. It is the morning of 2 March 2026.

#include "modules/cases/investigation.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "modules/cases/cases_fixture.h"
#include "platform/store/testing.h"

namespace luytre::cases {
namespace {

using std::chrono::minutes;
using ::testing::AllOf;
using ::testing::Contains;
using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

const InvestigationForms& forms_of_investigation() {
  static const InvestigationForms all(LUYTRE_SOURCE_DIR "/data/forms/investigation", diseases());
  return all;
}

class CasesInvestigationTest : public CasesTest {
 protected:
  static json::Object answer(const char* link_id, json::Object value) {
    return {{"linkId", link_id}, {"answer", json::Array{std::move(value)}}};
  }
  static json::Object group(const char* link_id, json::Array items) {
    return {{"linkId", link_id}, {"item", std::move(items)}};
  }
  static Answered of_covid(json::Array items) {
    Answered out;
    out.form = "investigation-covid-19";
    out.form_version = "2021-07-30";
    out.response =
        json::Object{{"resourceType", "QuestionnaireResponse"}, {"status", "completed"}, {"item", std::move(items)}};
    return out;
  }
  // A teacher who had a fever since the first of March.
  static Answered feverish() {
    return of_covid({group("person", {answer("occupation", {{"valueString", "Giáo viên"}})}),
                     group("illness", {answer("onset", {{"valueDate", "2026-03-01"}})}),
                     group("symptoms", {answer("fever", {{"valueBoolean", true}}),
                                        answer("fever-since", {{"valueDate", "2026-03-01"}})})});
  }
  Result<Investigation> find(const Caller& caller, CaseId id) { return run(room_.find(caller, id)); }
  Result<Investigation> write(const Caller& caller, CaseId id, Answered answered, std::int64_t version) {
    return run(room_.write(caller, id, std::move(answered), version));
  }

  Investigations room_{{*world_.db, visits::testing::geography(), world_.house->access, world_.vault, diseases(),
                        forms_of_investigation()}};
};

TEST_P(CasesInvestigationTest, AnEmptyFormIsOfferedAndPartialAnswersAreKeptAndMarked) {
  const Case ill = confirmed();
  const auto empty = find(station_, ill.id);
  ASSERT_TRUE(empty) << code(empty);
  EXPECT_EQ(empty->form, "investigation-covid-19");
  EXPECT_EQ(empty->form_version, "2021-07-30");
  EXPECT_EQ(empty->version, 0);
  EXPECT_EQ(empty->questionnaire.at("resourceType").as_string(), "Questionnaire");
  EXPECT_THAT(empty->findings, IsEmpty());
  EXPECT_FALSE(empty->by || empty->at || empty->onset);

  const auto partly = write(station_, ill.id, feverish(), 0);
  ASSERT_TRUE(partly) << code(partly);
  EXPECT_EQ(partly->version, 1);
  EXPECT_FALSE(partly->complete);
  EXPECT_EQ(partly->by, station_.name);
  EXPECT_EQ(partly->at, world_.clock.now());
  EXPECT_EQ(partly->onset, parse_date("2026-03-01"));
  ASSERT_THAT(partly->findings, SizeIs(1));
  EXPECT_EQ(partly->findings[0].code, "R50.9");
  EXPECT_TRUE(partly->findings[0].present);
  EXPECT_EQ(partly->findings[0].since, parse_date("2026-03-01"));

  Answered all = feverish();
  all.complete = true;
  const auto whole = write(province_, ill.id, all, 1);
  ASSERT_TRUE(whole) << code(whole);
  EXPECT_TRUE(whole->complete);
  EXPECT_EQ(json::text(*find(station_, ill.id)), json::text(*whole));
}

TEST_P(CasesInvestigationTest, ACorrectionKeepsWhatStoodBefore) {
  const Case ill = confirmed();
  ASSERT_TRUE(write(station_, ill.id, feverish(), 0));
  world_.clock.advance(minutes(5));
  ASSERT_TRUE(write(province_, ill.id, of_covid({group("symptoms", {answer("fever", {{"valueBoolean", false}})})}), 1));
  const auto versions = run(room_.versions(station_, ill.id));
  ASSERT_TRUE(versions) << code(versions);
  ASSERT_THAT(versions->items, SizeIs(2));
  EXPECT_EQ(versions->items[0].version, 2);
  EXPECT_EQ(versions->items[0].by, province_.name);
  EXPECT_EQ(versions->items[1].by, station_.name);
  EXPECT_EQ(versions->items[1].at, versions->items[0].at - minutes(5));
  EXPECT_THAT(json::text(versions->items[1].response), HasSubstr("Giáo viên"));
  EXPECT_THAT(json::text(versions->items[0].response), Not(HasSubstr("Giáo viên")));
  EXPECT_FALSE(find(station_, ill.id)->findings[0].present) << "asked, and not";
}

TEST_P(CasesInvestigationTest, WhoWritesAtOnceIsShownWhatStands) {
  const Case ill = confirmed();
  const auto first = write(station_, ill.id, feverish(), 0);
  ASSERT_TRUE(first);
  const auto second = write(province_, ill.id, of_covid({}), 0);
  ASSERT_EQ(code(second), "version_conflict");
  EXPECT_EQ(second.error().current, json::text(*first));
  EXPECT_EQ(log_about(ill.person.id).front(), "cases.read case " + ill.number) << "that is a look like any other";
  std::vector<Task<Result<Investigation>>> twins;
  for (int i = 0; i < 2; ++i) twins.push_back(room_.write(province_, ill.id, feverish(), 1));
  const auto answers = visits::testing::run_together(std::move(twins));
  EXPECT_NE(answers[0].operator bool(), answers[1].operator bool()) << "one of them";
  EXPECT_THAT(run(room_.versions(station_, ill.id))->items, SizeIs(2));
}

TEST_P(CasesInvestigationTest, ADraftThatAPhoneSendsTwiceIsWrittenOnceAndNothingOfItIsKeptForThat) {
  const Case ill = confirmed();
  const auto once = [&] { return store::make_once(station_.account.value, "/cases/x/investigation", "a-key", "body"); };
  const auto first = run(room_.write(station_, ill.id, feverish(), 0, once()));
  ASSERT_TRUE(first) << code(first);
  const auto again = run(room_.write(station_, ill.id, feverish(), 0, once()));
  ASSERT_TRUE(again) << code(again);
  EXPECT_EQ(again->version, 1);
  EXPECT_THAT(run(room_.versions(station_, ill.id))->items, SizeIs(1));
}

TEST_P(CasesInvestigationTest, TheOnsetToldChangesNothingByItself) {
  const Case suspect = reported();
  ASSERT_TRUE(write(station_, suspect.id, feverish(), 0));
  EXPECT_FALSE(run(cases_.find(station_, suspect.id))->onset);
  const auto taken = run(cases_.record_onset(station_, suspect.id, {*parse_date("2026-03-01")}, suspect.version));
  ASSERT_TRUE(taken) << code(taken);
  EXPECT_EQ(taken->onset, parse_date("2026-03-01"));
  EXPECT_FALSE(taken->window_from) << "a suspect has no window";
  EXPECT_THAT(events(), ElementsAre("case.reported 1", "case.dated 2"));
  EXPECT_EQ(which(run(cases_.record_onset(station_, suspect.id, {*parse_date("2026-03-03")}, taken->version))),
            "dates_contradict onsetInFuture");
  EXPECT_EQ(code(run(cases_.record_onset(station_, suspect.id, {*parse_date("2026-03-01")}, 1))), "version_conflict");
  EXPECT_FALSE(undo(*taken)->onset);
}

TEST_P(CasesInvestigationTest, OfAConfirmedCaseTheWindowMovesWithTheOnsetByWhoeverMayConfirm) {
  const Case ill = confirmed();
  const Date earlier = *parse_date("2026-02-27");
  EXPECT_EQ(code(run(cases_.record_onset(station_, ill.id, {earlier}, ill.version))), "onset_of_confirmed");
  const auto moved = run(cases_.record_onset(province_, ill.id, {earlier}, ill.version));
  ASSERT_TRUE(moved) << code(moved);
  EXPECT_EQ(moved->onset, earlier);
  EXPECT_EQ(moved->sample_at, ill.sample_at);
  EXPECT_EQ(moved->rule_set, ill.rule_set);
  EXPECT_EQ(*moved->window_from, *ill.window_from - std::chrono::hours(48));
  EXPECT_THAT(events(), ElementsAre("case.reported 1", "case.confirmed 2", "case.changed 3"));
  const Case none = *reclassify(*moved, Classification::kDiscarded);
  EXPECT_EQ(code(run(cases_.record_onset(province_, none.id, {earlier}, none.version))), "case_closed");
}

TEST_P(CasesInvestigationTest, AnotherDiseaseIsAskedByTheGeneralForm) {
  const Case ill = *run(cases_.report(station_, of(somebody(), "cholera")));
  const auto empty = find(station_, ill.id);
  ASSERT_TRUE(empty) << code(empty);
  EXPECT_EQ(empty->form, "investigation");
  EXPECT_THAT(json::text(empty->response), HasSubstr("cholera")) << "so that its questions are asked";
  Answered answered = of_covid({group("symptoms", {answer("rice-water", {{"valueBoolean", true}})})});
  EXPECT_EQ(code(write(station_, ill.id, answered, 0)), "form_not_asked");
  answered.form = empty->form;
  answered.form_version = empty->form_version;
  const auto written = write(station_, ill.id, answered, 0);
  ASSERT_TRUE(written) << code(written);
  ASSERT_THAT(written->findings, SizeIs(1));
  EXPECT_EQ(written->findings[0].code, "rice-water-stools");
}

TEST_P(CasesInvestigationTest, WhatIsWrongIsRefusedByItsPlace) {
  const Case ill = confirmed();
  EXPECT_THAT(fields(write(station_, ill.id, of_covid({answer("colour", {{"valueString", "x"}})}), 0)),
              ElementsAre(HasSubstr("/response/item/0")));
  EXPECT_THAT(
      fields(write(station_, ill.id, of_covid({group("symptoms", {answer("fever", {{"valueString", "có"}})})}), 0)),
      AllOf(Not(IsEmpty()), Each(HasSubstr("/response/item/0/item/0"))));
  Answered early = feverish();
  early.told_at = world_.clock.now() + minutes(10);
  EXPECT_THAT(fields(write(station_, ill.id, early, 0)), ElementsAre("/toldAt time_in_future"));
  Answered old = feverish();
  old.form_version = "2020-01-01";
  EXPECT_EQ(code(write(station_, ill.id, old, 0)), "form_not_asked");
  EXPECT_EQ(find(station_, ill.id)->version, 0) << "nothing was kept";
}

TEST_P(CasesInvestigationTest, NobodyElseLooksAndEveryLookIsLogged) {
  const Case ill = confirmed();
  ASSERT_TRUE(write(station_, ill.id, feverish(), 0));
  const auto before = log_about(ill.person.id).size();
  ASSERT_TRUE(find(province_, ill.id));
  ASSERT_TRUE(run(room_.versions(province_, ill.id)));
  EXPECT_EQ(log_about(ill.person.id).size(), before + 2);
  for (const Role role : {Role::kTracer, Role::kInformationOffice, Role::kCommander, Role::kAdministrator}) {
    const Caller other = identity::testing::officer(role, visits::testing::kQuangTri, 9201);
    EXPECT_FALSE(find(other, ill.id)) << json::enum_text(role);
    EXPECT_FALSE(write(other, ill.id, feverish(), 1)) << json::enum_text(role);
    EXPECT_FALSE(run(room_.versions(other, ill.id))) << json::enum_text(role);
  }
  EXPECT_EQ(code(find(far_, ill.id)), code(find(far_, CaseId{4711}))) << "nobody learns what there is elsewhere";
  EXPECT_EQ(code(write(far_, ill.id, feverish(), 1)), code(write(far_, CaseId{4711}, feverish(), 1)));
  EXPECT_EQ(code(run(room_.versions(far_, ill.id))), code(run(room_.versions(far_, CaseId{4711}))));
}

constexpr store::Query kAnswers{"test.answers", R"sql(
SELECT answers
FROM cases_investigation)sql"};

TEST_P(CasesInvestigationTest, AnswersAreSealed) {
  const Case ill = confirmed();
  ASSERT_TRUE(write(station_, ill.id, feverish(), 0));
  world_.db->read_now([](store::Session& s) {
    const auto sealed = s.all<store::Bytes>(kAnswers);
    ASSERT_THAT(sealed, SizeIs(1));
    for (const char* word : {"Giáo", "fever", "linkId"}) EXPECT_THAT(sealed[0].data, Not(HasSubstr(word)));
  });
}

TEST_P(CasesInvestigationTest, ACaseOfALineListThatWasInvestigatedIsNotTakenBack) {
  const Case suspect = reported();
  ASSERT_TRUE(write(station_, suspect.id, feverish(), 0));
  const auto taken = world_.db->transact_now(
      [&](store::Session& s) -> Result<Done> { return cases_.take_back(s, suspect.id, suspect.version); });
  EXPECT_EQ(code(taken), "case_in_use");
}

INSTANTIATE_TEST_SUITE_P(Engines, CasesInvestigationTest, store::testing::engines(), store::testing::engine_name);

}  // namespace
}  // namespace luytre::cases
