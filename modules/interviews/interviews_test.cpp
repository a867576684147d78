#include "modules/interviews/interviews_fixture.h"
#include "modules/interviews/storage.h"

namespace luytre::interviews {
namespace {

using std::chrono::hours;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using visits::testing::kHaiLang;

TEST_P(InterviewsTest, FindsWhoWasAtAMilestoneAndMarksItAsTold) {
  stay(binh_, market_, 10, 40);
  const CaseId id = confirmed(an_);
  ASSERT_THAT(found(id), IsEmpty());
  const Milestone made = record(id, at_market());
  EXPECT_EQ(made.untraced, std::nullopt);
  EXPECT_EQ(made.place->name, "Chợ Diên Sanh");
  const auto all = candidates(id);
  ASSERT_THAT(all, SizeIs(1));
  EXPECT_EQ(all[0].person.id, binh_);
  ASSERT_THAT(all[0].evidence, SizeIs(1));
  EXPECT_TRUE(all[0].evidence[0].estimated);
  EXPECT_THAT(all[0].evidence[0].doubts_of_other, Contains(visits::Flag::kTold));
  EXPECT_THAT(all[0].evidence[0].doubts, IsEmpty());
}

TEST_P(InterviewsTest, FindsWhoWasThereLongAfterTheIsolation) {
  stay(binh_, market_, 10, 40);
  const CaseId id = reported(an_);
  confirm(id, minute(700));
  world_.clock.advance(visits::kLatest + hours(24));
  command::testing::switch_on(world_.decisions, command::Switch::kTracing, now());
  ASSERT_THAT(found(id), IsEmpty());
  EXPECT_EQ(record(id, at_market()).untraced, std::nullopt);
  EXPECT_THAT(found(id), ElementsAre(binh_));
}

TEST_P(InterviewsTest, NoListOfVisitsShowsWhatWasTold) {
  const CaseId id = confirmed(an_);
  record(id, at_market());
  EXPECT_THAT(list(an_), IsEmpty());
}

TEST_P(InterviewsTest, WhatWasToldLeavesRecordedVisitsAsTheyAre) {
  const PlaceId school = place("Trường Hải Lăng");
  visits::ImportedVisit visit{"test", "open", an_, school, {}, minute(-20), std::nullopt};
  world_.db->transact_now([&](store::Session& s) { world_.visits.import_visits(s, std::span(&visit, 1)); });
  const std::string before = json::text(list(an_));
  const CaseId id = confirmed(an_);
  const Milestone made = record(id, at_market());
  EXPECT_EQ(json::text(list(an_)), before) << "its estimated end is not cut short";
  stay(an_, market_, 5, 20);
  ASSERT_TRUE(run(room_.strike(station_, made.id, {{std::string("Nhớ nhầm")}}, 1)));
  EXPECT_THAT(list(an_), SizeIs(2)) << "what was recorded meanwhile did not join it";
}

TEST_P(InterviewsTest, TakesBackWhatIsStruckOrCorrected) {
  stay(binh_, market_, 10, 40);
  const CaseId id = confirmed(an_);
  const Milestone made = record(id, at_market());
  ASSERT_THAT(found(id), ElementsAre(binh_));
  const auto moved = run(room_.correct(station_, made.id, at_market(200), 1));
  ASSERT_TRUE(moved) << code(moved);
  EXPECT_EQ(moved->version, 2);
  EXPECT_THAT(found(id), IsEmpty());
  ASSERT_TRUE(run(room_.correct(station_, made.id, at_market(), 2)));
  EXPECT_THAT(found(id), ElementsAre(binh_));
  const auto struck = run(room_.strike(station_, made.id, {{std::string("Hôm khác")}}, 3));
  ASSERT_TRUE(struck) << code(struck);
  EXPECT_EQ(struck->struck->reason, "Hôm khác");
  EXPECT_EQ(struck->untraced, Untraced::kStruck);
  EXPECT_THAT(found(id), IsEmpty());
  EXPECT_EQ(code(run(room_.correct(station_, made.id, at_market(), 4))), "milestone_struck");
  EXPECT_THAT(milestones(id), SizeIs(1)) << "it stays to be seen";
}

TEST_P(InterviewsTest, KeepsEveryVersion) {
  const CaseId id = confirmed(an_);
  const Milestone made = record(id, at_market());
  Told in_words;
  in_words.where = std::string("Quán cà phê gần ga");
  in_words.commune = kHaiLang;
  in_words.from = minute(0);
  in_words.to = minute(30);
  ASSERT_TRUE(run(room_.correct(station_, made.id, in_words, 1)));
  EXPECT_EQ(code(run(room_.correct(station_, made.id, in_words, 1))), "version_conflict");
  const auto all = run(room_.versions(station_, made.id));
  ASSERT_TRUE(all);
  ASSERT_THAT(all->items, SizeIs(2));
  EXPECT_EQ(all->items[0].place_name, "Chợ Diên Sanh");
  EXPECT_EQ(*all->items[1].told.where, "Quán cà phê gần ga");
  EXPECT_EQ(milestones(id)[0].untraced, Untraced::kInWords);
}

TEST_P(InterviewsTest, WaitsForTheConfirmationAndGoesWithIt) {
  stay(binh_, market_, 10, 40);
  const CaseId id = reported(an_);
  EXPECT_EQ(record(id, at_market()).untraced, Untraced::kNotConfirmed);
  confirm(id);
  EXPECT_EQ(milestones(id)[0].untraced, std::nullopt);
  EXPECT_THAT(found(id), ElementsAre(binh_));
  ASSERT_TRUE(run(cases_.undo(province_, id, {{std::string("Nhầm mẫu")}}, version_of(id))));
  followers_.drain();
  EXPECT_EQ(milestones(id)[0].untraced, Untraced::kNotConfirmed);
}

TEST_P(InterviewsTest, SaysWhyAMilestoneIsNotTraced) {
  const CaseId id = confirmed(an_);
  Told before = at_market();
  before.from = minute(0) - hours(6 * 24);
  before.to = before.from + hours(1);
  EXPECT_EQ(record(id, before).untraced, Untraced::kOutsideWindow);
  EXPECT_EQ(record(id, at_market(0, 7 * 60)).untraced, Untraced::kTooVague);
}

TEST_P(InterviewsTest, ForgetsWhichVisitsItWasOnceVisitsAreDeletedByAge) {
  const CaseId id = confirmed(an_);
  const Milestone made = record(id, at_market());
  const auto kept = [&] {
    world_.db->transact_now([&](store::Session& s) { room_.retention().run(s); });
    return world_.db->read_now([&](store::Session& s) { return storage::visits(s, made.id).size(); });
  };
  EXPECT_EQ(kept(), 1U);
  world_.clock.advance(visits::kKept);
  EXPECT_EQ(kept(), 0U);
  EXPECT_EQ(milestones(id)[0].untraced, Untraced::kTooOld);
}

TEST_P(InterviewsTest, CompanionsWithARecordAreFoundWithTheCase) {
  const CaseId id = confirmed(an_);
  Told told = at_market();
  Companion named;
  named.name = std::string("Chị Bình");
  named.phone = std::string("0912 345 678");
  told.companions.push_back(named);
  const Milestone made = record(id, told);
  EXPECT_EQ(*made.companions.at(0).phone, "+84912345678");
  EXPECT_THAT(found(id), IsEmpty()) << "a name is nobody's record yet";
  told.companions[0].person = binh_;
  ASSERT_TRUE(run(room_.correct(station_, made.id, told, 1)));
  EXPECT_THAT(found(id), ElementsAre(binh_));
  EXPECT_THAT(log_about(binh_), ElementsAre("interviews.work"));
  milestones(id);
  EXPECT_THAT(log_about(binh_), ElementsAre("interviews.read", "interviews.work"));
  EXPECT_THAT(list(binh_), IsEmpty());
  told.companions.clear();
  ASSERT_TRUE(run(room_.correct(station_, made.id, told, 2)));
  EXPECT_THAT(found(id), IsEmpty());
}

TEST_P(InterviewsTest, NobodyOfAnotherAreaIsNamedByTheirRecord) {
  const CaseId id = confirmed(an_);
  Told told = at_market();
  Companion far;
  far.name = std::string("Người Xa");
  far.person = person("Người Xa", kNamHaiLang);
  told.companions.push_back(far);
  EXPECT_EQ(code(run(room_.record(station_, id, told, std::nullopt))), "not_permitted");
  EXPECT_TRUE(run(room_.record(province_, id, told, std::nullopt)));
}

TEST_P(InterviewsTest, SentTwiceItIsOne) {
  const CaseId id = confirmed(an_);
  const auto once = [&] { return store::make_once(9201, "POST milestones", "k1", "body"); };
  const auto first = run(room_.record(station_, id, at_market(), once()));
  const auto again = run(room_.record(station_, id, at_market(), once()));
  ASSERT_TRUE(first && again);
  EXPECT_EQ(first->id, again->id);
  EXPECT_THAT(milestones(id), SizeIs(1));
}

TEST_P(InterviewsTest, RefusesWhatCannotBe) {
  const CaseId id = confirmed(an_);
  const auto refused = [&](Told told) {
    const auto made = run(room_.record(station_, id, std::move(told), std::nullopt));
    return made ? std::string() : made.error().fields.at(0).pointer + ' ' + made.error().fields.at(0).code;
  };
  Told told = at_market();
  told.place = PlaceId{4711};
  EXPECT_EQ(refused(told), "/place unknown");
  told.place.reset();
  EXPECT_EQ(refused(told), "/where required");
  EXPECT_EQ(refused(at_market(0, 0)), "/to range");
  EXPECT_EQ(refused(at_market(-600, 25 * 60)), "/to range");
  EXPECT_EQ(refused(at_market(24 * 60 - 30, 60)), "/to time_in_future");
  told = at_market();
  Companion named;
  told.companions.push_back(named);
  EXPECT_EQ(refused(told), "/companions/0/name required");
  told.companions[0].name = std::string("Bình");
  told.companions[0].phone = std::string("115");
  EXPECT_EQ(refused(told), "/companions/0/phone format");
}

TEST_P(InterviewsTest, OfficersElsewhereSeeNothingAndEveryLookIsLogged) {
  const CaseId id = confirmed(an_);
  const Milestone made = record(id, at_market());
  EXPECT_EQ(code(run(room_.of_case(neighbour_, id))), "not_found");
  EXPECT_EQ(code(run(room_.record(neighbour_, id, at_market(), std::nullopt))), "not_found");
  EXPECT_EQ(code(run(room_.strike(neighbour_, made.id, {{std::string("Nhầm")}}, 1))), "not_found");
  const auto before = log_about(an_).size();
  milestones(id);
  EXPECT_EQ(log_about(an_).size(), before + 1);
}

INSTANTIATE_TEST_SUITE_P(Engines, InterviewsTest, store::testing::engines(), store::testing::engine_name);

}  // namespace
}  // namespace luytre::interviews
