// What is asked of a milestone is the disease's; what was told before packs said so stays, and so do clients of before.

#include "modules/interviews/companions.h"
#include "modules/interviews/interviews_fixture.h"

namespace luytre::interviews {
namespace {

using ::testing::ElementsAre;
using ::testing::SizeIs;

class AnswersTest : public InterviewsTest {
 protected:
  Told told_with(std::optional<Answers> answers) const {
    Told out = at_market();
    out.answers = std::move(answers);
    return out;
  }
  // As a client of before sends it, and as it was kept.
  Told told_before(std::optional<Answer> masks, std::optional<Answer> near) const {
    Told out = at_market();
    out.masks = masks;
    out.near = near;
    return out;
  }
  void expect_refused(const Result<Milestone>& done) {
    ASSERT_EQ(code(done), "invalid");
    EXPECT_EQ(done.error().fields.front().pointer, "/answers");
    EXPECT_EQ(done.error().fields.front().code, "unknown");
  }
};

TEST_P(AnswersTest, OnlyWhatTheDiseaseAsksIsAnswered) {
  const CaseId id = reported(an_, "cholera");
  const Answers given{{"sharedMeals", Answer::kYes}, {"sharedWater", Answer::kUnknown}};
  EXPECT_EQ(record(id, told_with(given)).answers, given);
  EXPECT_EQ(milestones(id).front().answers, given);
  expect_refused(run(room_.record(station_, id, told_with(Answers{{"touched", Answer::kYes}}), std::nullopt)));
  expect_refused(run(room_.record(station_, id, told_with(Answers{{"cared", Answer::kYes}}), std::nullopt)));
  EXPECT_THAT(milestones(id), SizeIs(1));
  EXPECT_TRUE(record(id, told_with(std::nullopt)).answers.empty()) << "none is compulsory";
  const CaseId other = reported(binh_, "covid-19");
  const Answers of_other_days{{"near", Answer::kYes}};
  EXPECT_EQ(record(other, told_with(of_other_days)).answers, of_other_days);
}

TEST_P(AnswersTest, AClientOfBeforeIsUnderstoodAndLosesNothing) {
  const CaseId id = reported(an_, "cholera");
  const Milestone made = record(id, told_before(Answer::kYes, std::nullopt));
  EXPECT_EQ(made.answers, (Answers{{"masks", Answer::kYes}})) << "asked of everything once";
  EXPECT_EQ(made.masks, Answer::kYes);
  EXPECT_EQ(made.near, std::nullopt);

  const Answers both{{"masks", Answer::kYes}, {"sharedWater", Answer::kNo}};
  const auto now = run(room_.correct(station_, made.id, told_with(both), made.version));
  ASSERT_TRUE(now) << code(now);
  const auto again = run(room_.correct(station_, made.id, told_before(Answer::kNo, Answer::kUnknown), now->version));
  ASSERT_TRUE(again) << code(again);
  const Answers kept{{"masks", Answer::kNo}, {"near", Answer::kUnknown}, {"sharedWater", Answer::kNo}};
  EXPECT_EQ(again->answers, kept);
  EXPECT_EQ(again->masks, Answer::kNo);
  EXPECT_EQ(again->near, Answer::kUnknown);

  const auto less = run(room_.correct(station_, made.id, told_with(Answers{}), again->version));
  ASSERT_TRUE(less) << code(less);
  EXPECT_TRUE(less->answers.empty()) << "who knows the answers says which there are";
  const auto all = run(room_.versions(station_, made.id));
  ASSERT_TRUE(all);
  std::vector<Answers> told;
  for (const Version& one : all->items) {
    told.push_back(one.told.answers.value());
    EXPECT_FALSE(one.told.masks || one.told.near);
  }
  EXPECT_THAT(told, ElementsAre(Answers{{"masks", Answer::kYes}}, both, kept, Answers{}));
}

constexpr store::Query kPutTold{"test.put_told", R"sql(
UPDATE interviews_milestone
SET told = $1
WHERE id = $2)sql"};
constexpr store::Query kPutVersion{"test.put_version", R"sql(
UPDATE interviews_version
SET told = $1
WHERE milestone = $2)sql"};

TEST_P(AnswersTest, WhatWasToldBeforeStaysReadable) {
  const CaseId id = reported(an_, "dengue");
  const Milestone made = record(id, at_market());
  const auto put = [&](const std::string& told) {
    const store::Bytes sealed{world_.vault.seal("interviews.told", to_text(made.id), told)};
    world_.db->transact_now([&](store::Session& s) {
      s.run(kPutTold, sealed, made.id);
      s.run(kPutVersion, sealed, made.id);
    });
  };
  const std::string before = json::text(told_before(Answer::kNo, Answer::kYes));
  ASSERT_NE(before.find(R"("masks":"no","near":"yes")"), std::string::npos) << before;
  ASSERT_EQ(before.find("answers"), std::string::npos) << before;
  put(before);
  const Answers told{{"masks", Answer::kNo}, {"near", Answer::kYes}};
  EXPECT_EQ(milestones(id).front().answers, told);
  const auto all = run(room_.versions(station_, made.id));
  ASSERT_TRUE(all);
  EXPECT_EQ(all->items.front().told.answers, told);

  // What no file asks any more is sent again by whoever corrects something else.
  const Answers of_nobody{{"askedOnce", Answer::kNo}, {"masks", Answer::kNo}};
  put(json::text(told_with(of_nobody)));
  const auto again = run(room_.correct(station_, made.id, told_with(of_nobody), made.version));
  ASSERT_TRUE(again) << code(again);
  EXPECT_EQ(again->answers, of_nobody);
  expect_refused(run(room_.correct(station_, made.id, told_with(Answers{{"askedTwice", Answer::kNo}}), 2)));
}

TEST_P(AnswersTest, WhoeverFindsARecordLeavesTheAnswers) {
  const CaseId id = reported(an_);
  Told told = told_with(Answers{{"masks", Answer::kNo}});
  Companion named;
  named.name = std::string("Chị Bình");
  told.companions.push_back(named);
  record(id, told);
  const auto open = run(room_.companions(station_, id));
  ASSERT_TRUE(open);
  ASSERT_THAT(open->items, SizeIs(1));
  ASSERT_TRUE(run(room_.found(station_, open->items[0].id, {binh_}, open->items[0].version)));
  EXPECT_EQ(milestones(id).front().answers, (Answers{{"masks", Answer::kNo}}));
}

INSTANTIATE_TEST_SUITE_P(Engines, AnswersTest, store::testing::engines(), store::testing::engine_name);

}  // namespace
}  // namespace luytre::interviews
