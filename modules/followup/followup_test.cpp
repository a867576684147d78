#include "modules/followup/followup_fixture.h"
#include "modules/followup/impl.h"

namespace luytre::followup {
namespace {

using std::chrono::hours;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

// ---- when it begins, and when it ends ----

TEST_P(FollowUpTest, AnAssignedClassBeginsItAndItsEndIsExplained) {
  const PersonId an = contact("Nguyễn Thị An");
  const auto waiting = list(station_);
  ASSERT_THAT(waiting, SizeIs(1));
  EXPECT_EQ(waiting[0].person.id, an);
  EXPECT_EQ(waiting[0].first_day, day("2026-03-02"));
  EXPECT_EQ(waiting[0].last_day, day("2026-03-11"));
  EXPECT_EQ(waiting[0].waiting_since, day("2026-03-02"));
  EXPECT_TRUE(waiting[0].yours);
  EXPECT_EQ(strip(waiting[0]), "due later later later later later later later later later ");
  const FollowUp alone = open(waiting[0].id);
  ASSERT_THAT(*alone.reasons, SizeIs(1));
  const Reason& why = alone.reasons->front();
  EXPECT_EQ(why.last_exposure, day("2026-03-01"));
  EXPECT_EQ(why.days, 10);
  EXPECT_EQ(why.until, day("2026-03-11"));
  EXPECT_THAT(why.rule, HasSubstr("1909/BYT-DP"));
  EXPECT_EQ(why.case_number, run(cases_.find(province_, case_))->number);
  EXPECT_THAT(events(), ElementsAre("followup.began"));
}

TEST_P(FollowUpTest, NobodyIsFollowedWithoutAClassOrARule) {
  const PersonId sick = person("Trần Văn Ca"), an = person("Nguyễn Thị An"), binh = person("Lê Văn Bình");
  meet(sick, an, 0);
  meet(sick, binh, 90);
  case_ = confirmed(sick);
  EXPECT_THAT(list(station_), IsEmpty()) << "a candidate is nobody's contact yet";
  assign(case_, an, tracing::Class::kF2);  // no length is known since 2022
  assign(case_, binh, tracing::Class::kNone);
  EXPECT_THAT(list(station_), IsEmpty());
  EXPECT_THAT(events(), IsEmpty());
}

TEST_P(FollowUpTest, ItEndsByItselfAfterTheLastDay) {
  const PersonId an = contact("Nguyễn Thị An");
  until("2026-03-11");
  EXPECT_EQ(of(an).state, State::kOpen);
  const FollowUpId id = of(an).id;
  ASSERT_THAT(list(station_), SizeIs(1));
  world_.clock.advance(hours(24));
  EXPECT_THAT(list(station_), IsEmpty()) << "over at midnight, not when the watch comes round";
  watch();
  EXPECT_EQ(of(an).state, State::kDone);
  EXPECT_EQ(of(an).missed, 10) << "what nobody asked stays visible";
  EXPECT_THAT(list(station_), IsEmpty());
  EXPECT_EQ(code(record(station_, id, Finding::kNone)), "follow_up_ended");
}

TEST_P(FollowUpTest, TheLastExposureIsAVietnameseDayAndTheFirstDayIsTheNext) {
  const PersonId sick = person("Trần Văn Ca"), an = person("Nguyễn Thị An"), binh = person("Lê Văn Bình");
  meet(sick, an, 14 * 60);         // until 17:00 UTC, midnight in Vietnam
  meet(sick, binh, 15 * 60 + 30);  // from half past midnight
  case_ = confirmed(sick);
  assign(case_, an);
  assign(case_, binh);
  EXPECT_EQ(open(of(an).id).reasons->front().last_exposure, day("2026-03-01"));
  EXPECT_EQ(of(an).last_day, day("2026-03-11"));
  const FollowUp met_today = open(of(binh).id);
  EXPECT_EQ(met_today.reasons->front().last_exposure, day("2026-03-02"));
  EXPECT_EQ(met_today.first_day, day("2026-03-03"));
  EXPECT_EQ(met_today.last_day, day("2026-03-12"));
  EXPECT_FALSE(met_today.waiting_since) << "nobody is asked on the day of the exposure";
  ASSERT_THAT(list(station_), SizeIs(1));
  EXPECT_EQ(code(record(station_, met_today.id, Finding::kNone)), "invalid") << "nor before the first day";
  until("2026-03-03");
  EXPECT_THAT(list(station_), SizeIs(2));
}

TEST_P(FollowUpTest, AnotherClassReleases) {
  const PersonId an = contact("Nguyễn Thị An");
  until("2026-03-03");
  assign(case_, an, tracing::Class::kNone);
  const FollowUp released = of(an);
  EXPECT_EQ(released.state, State::kReleased);
  EXPECT_EQ(first_days(released, 3), "missed notNeeded notNeeded ");
  EXPECT_THAT(list(station_), IsEmpty());
  assign(case_, an);  // at once: the same one goes on
  EXPECT_EQ(of(an).id, released.id);
  EXPECT_EQ(of(an).state, State::kOpen);
}

TEST_P(FollowUpTest, ReadingTheFeedAgainChangesNothing) {
  const PersonId an = contact("Nguyễn Thị An");
  declare(an, true);
  const auto wrong = declared_;
  declare(an, false, wrong);
  ASSERT_TRUE(record(station_, of(an).id, Finding::kNone));
  contact("Lê Văn Bình");
  undo(case_);
  const std::string before = all_rows();
  const auto said = events();
  store::Followers again(*world_.db);
  auto following = room_.follow();
  following.name = "followup.replay";
  again.add(std::move(following));
  again.drain();
  EXPECT_GT(count("SELECT count(*) FROM followup_due"), 0) << "the contacts are looked at again, too";
  look_again();
  EXPECT_EQ(count("SELECT count(*) FROM followup_due"), 0);
  EXPECT_EQ(all_rows(), before);
  EXPECT_EQ(events(), said);
}

// ---- days ----

TEST_P(FollowUpTest, ADayIsAnsweredOrGoesUp) {
  const PersonId an = contact("Nguyễn Thị An");
  const FollowUpId id = of(an).id;
  ASSERT_TRUE(record(station_, id, Finding::kNotReached));
  EXPECT_THAT(list(station_), SizeIs(1)) << "tried, and not reached";
  EXPECT_EQ(first_days(of(an), 1), "notReached ");
  ASSERT_TRUE(record(station_, id, Finding::kNone));
  EXPECT_THAT(list(station_), IsEmpty());
  EXPECT_EQ(first_days(of(an), 2), "none later ");

  until("2026-03-03");
  ASSERT_THAT(list(station_), SizeIs(1)) << "every day anew";
  EXPECT_FALSE(list(station_)[0].escalated);
  Filter yours;
  yours.yours = true;
  EXPECT_THAT(list(centre_, yours), IsEmpty());
  EXPECT_THAT(list(centre_), SizeIs(1)) << "seen from above";

  until("2026-03-04");
  ASSERT_THAT(list(centre_, yours), SizeIs(1)) << "a day was missed";
  EXPECT_EQ(list(centre_)[0].level, Level::kCentre);
  EXPECT_EQ(list(centre_)[0].missed, 1);
  EXPECT_THAT(list(province_, yours), IsEmpty());
  EXPECT_THAT(list(station_, yours), SizeIs(1)) << "and it stays with the station";
  until("2026-03-05");
  EXPECT_THAT(list(province_, yours), SizeIs(1));

  ASSERT_TRUE(record(centre_, id, Finding::kNone));
  EXPECT_THAT(list(station_), IsEmpty());
  EXPECT_EQ(first_days(of(an), 5), "none missed missed none later ");
  EXPECT_EQ(of(an).level, Level::kStation);
  until("2026-03-06");
  EXPECT_FALSE(list(station_)[0].escalated) << "begins below again";
}

TEST_P(FollowUpTest, WhoWaitsLongestComesFirst) {
  const PersonId an = contact("Nguyễn Thị An");
  const CaseId first = case_;
  const PersonId binh = contact("Lê Văn Bình");
  ASSERT_TRUE(record(station_, of(an, first).id, Finding::kNone));
  until("2026-03-03");
  const auto waiting = list(station_);
  ASSERT_THAT(waiting, SizeIs(2));
  EXPECT_EQ(waiting[0].person.id, binh) << "missed yesterday";
  EXPECT_EQ(waiting[1].person.id, an);
  const auto page = run(room_.list(station_, {}, std::nullopt, 1));
  ASSERT_TRUE(page->next);
  EXPECT_EQ(run(room_.list(station_, {}, page->next, 1))->items[0].person.id, an);
  EXPECT_EQ(code(run(room_.list(station_, {}, std::string("x"), 1))), "invalid");
}

TEST_P(FollowUpTest, AnEntryMayBeOfADayBeforeAndPutRight) {
  const PersonId an = contact("Nguyễn Thị An");
  const FollowUpId id = of(an).id;
  until("2026-03-04");
  ASSERT_TRUE(record(station_, id, Finding::kNone, {}, day("2026-03-02")));
  EXPECT_EQ(first_days(of(an), 3), "none missed due ");
  EXPECT_EQ(of(an).waiting_since, day("2026-03-03"));
  ASSERT_TRUE(record(station_, id, Finding::kSymptoms, {"rash"}));
  EXPECT_TRUE(of(an).offered);

  NewEntry right;
  right.corrects = open(id).entries->back().id;
  ASSERT_TRUE(run(room_.record(station_, id, right, std::nullopt)));
  EXPECT_EQ(first_days(of(an), 3), "none missed none ");
  EXPECT_FALSE(of(an).offered);
  EXPECT_THAT(*open(id).entries, SizeIs(3)) << "the wrong one is kept and marked";
  EXPECT_THAT(fields(run(room_.record(station_, id, right, std::nullopt))), ElementsAre("/corrects unknown"));

  EXPECT_THAT(fields(record(station_, id, Finding::kNone, {}, day("2026-03-01"))), ElementsAre("/day range"));
  EXPECT_THAT(fields(record(station_, id, Finding::kNone, {}, day("2026-03-05"))), ElementsAre("/day range"));
  EXPECT_THAT(fields(record(station_, id, Finding::kSymptoms)), ElementsAre("/symptoms required"));
  EXPECT_THAT(fields(record(station_, id, Finding::kNone, {"fever"})), ElementsAre("/symptoms unknown"));
  EXPECT_THAT(fields(record(station_, id, Finding::kSymptoms, {"other"})), ElementsAre("/note required"));
  NewEntry app;
  app.via = Via::kApp;
  EXPECT_THAT(fields(run(room_.record(station_, id, app, std::nullopt))), ElementsAre("/via unknown"));
}

TEST_P(FollowUpTest, ASignIsOneOfTheDiseaseOrOneThatWasOfferedForAllOnce) {
  const FollowUpId id = of(contact("Nguyễn Thị An")).id;
  EXPECT_THAT(fields(record(station_, id, Finding::kSymptoms, {"dehydration"})), ElementsAre("/symptoms unknown"))
      << "of cholera";
  EXPECT_THAT(fields(record(station_, id, Finding::kSymptoms, {"fever", ""})), ElementsAre("/symptoms unknown"));
  EXPECT_THAT(*open(id).entries, IsEmpty());
  ASSERT_TRUE(record(station_, id, Finding::kSymptoms, {"throat", "diarrhoea"}))
      << "its own, and one that a phone with the list of before may send";
  EXPECT_THAT(open(id).entries->front().symptoms, ElementsAre("throat", "diarrhoea"));
}

constexpr store::Query kPutDetail{"test.put_detail", R"sql(
UPDATE followup_entry
SET detail = $1
WHERE id = $2)sql"};

// As it was kept when signs were values of an enum, and of one that no file names any more.
TEST_P(FollowUpTest, EntriesOfBeforeStayReadable) {
  const FollowUpId id = of(contact("Nguyễn Thị An")).id;
  ASSERT_TRUE(record(station_, id, Finding::kSymptoms, {"fever"}));
  const EntryId entry = open(id).entries->front().id;
  world_.db->transact_now([&](store::Session& s) {
    const std::string before = R"({"symptoms":["rash","vomiting","offeredOnce"],"note":"Sau bữa tối"})";
    const store::Bytes sealed{world_.vault.seal(kDetailSeal, std::to_string(entry.value), before)};
    s.run(kPutDetail, sealed, entry);
  });
  EXPECT_THAT(open(id).entries->front().symptoms, ElementsAre("rash", "vomiting", "offeredOnce"));
  EXPECT_EQ(open(id).entries->front().note, "Sau bữa tối");
}

TEST_P(FollowUpTest, ARepeatedCallRecordsOnce) {
  const PersonId an = contact("Nguyễn Thị An");
  const FollowUpId id = of(an).id;
  NewEntry entry;
  entry.finding = Finding::kSymptoms;
  entry.symptoms = {"fever"};
  entry.note = std::string("Sốt 38,5 từ tối qua");
  const auto key = [] { return store::make_once(9201, "POST follow-ups", "a", "body"); };
  ASSERT_TRUE(run(room_.record(station_, id, entry, key())));
  ASSERT_TRUE(run(room_.record(station_, id, entry, key())));
  ASSERT_THAT(*open(id).entries, SizeIs(1));
  EXPECT_EQ(open(id).entries->front().note, "Sốt 38,5 từ tối qua");
  EXPECT_THAT(open(id).entries->front().symptoms, ElementsAre("fever"));
  EXPECT_EQ(count("SELECT count(*) FROM followup_entry WHERE detail IS NULL"), 0);
}

// ---- the person's own word ----

TEST_P(FollowUpTest, TheOwnDeclarationOfTheDayAnswersIt) {
  const PersonId an = contact("Nguyễn Thị An");
  declare(an, false);
  EXPECT_THAT(list(station_), IsEmpty());
  const FollowUp alone = open(of(an).id);
  ASSERT_THAT(*alone.entries, SizeIs(1));
  EXPECT_EQ(alone.entries->front().via, Via::kApp);
  EXPECT_EQ(alone.entries->front().finding, Finding::kNone);
  EXPECT_EQ(alone.entries->front().colour, forms::Colour::kGreen);
  EXPECT_THAT(alone.entries->front().symptoms, IsEmpty());

  until("2026-03-03");
  ASSERT_TRUE(record(station_, alone.id, Finding::kNone));
  declare(an, true);
  EXPECT_EQ(first_days(of(an), 2), "none symptoms ") << "symptoms count, whoever tells";
  EXPECT_TRUE(of(an).offered);
  declare(an, false, declared_);
  EXPECT_EQ(first_days(of(an), 2), "none none ") << "put right by the person";
  EXPECT_FALSE(of(an).offered);
  EXPECT_THAT(*open(alone.id).entries, SizeIs(3));
}

TEST_P(FollowUpTest, WhatWasDeclaredBeforeTheClassCountsAndWhatIsTakenBackDoesNot) {
  const PersonId sick = person("Trần Văn Ca"), an = person("Nguyễn Thị An");
  meet(sick, an, 0);
  case_ = confirmed(sick);
  declare(an, true);
  assign(case_, an);
  EXPECT_EQ(first_days(of(an), 2), "symptoms later ");
  ASSERT_TRUE(run(declarations_.withdraw(callers_.at(an), declared_)));
  followers_.drain();
  EXPECT_EQ(first_days(of(an), 2), "due later ");
  EXPECT_FALSE(of(an).offered);
  EXPECT_EQ(count("SELECT count(*) FROM followup_entry"), 0);
}

TEST_P(FollowUpTest, WhatWasDeclaredWhileReleasedCountsWhenItGoesOn) {
  const PersonId an = contact("Nguyễn Thị An");
  assign(case_, an, tracing::Class::kNone);
  declare(an, true);
  EXPECT_EQ(first_days(of(an), 2), "notNeeded notNeeded ");
  assign(case_, an);
  EXPECT_EQ(first_days(of(an), 2), "symptoms later ");
  EXPECT_TRUE(of(an).offered);
}

// ---- symptoms ----

TEST_P(FollowUpTest, SymptomsAreOfferedAndOneTapReports) {
  const PersonId an = contact("Nguyễn Thị An");
  const FollowUpId id = of(an).id;
  EXPECT_EQ(code(run(room_.report(station_, id, std::nullopt))), "follow_up_no_symptoms");
  ASSERT_TRUE(record(station_, id, Finding::kSymptoms, {"fever", "cough"}));
  const std::int64_t cases_before = count("SELECT count(*) FROM cases_case");
  Filter offered;
  offered.offered = true;
  EXPECT_THAT(list(station_, offered), SizeIs(1)) << "though today is answered";
  EXPECT_EQ(count("SELECT count(*) FROM cases_case"), cases_before) << "nothing is made by itself";

  EXPECT_EQ(code(run(room_.report(neighbour_, id, std::nullopt))), "not_found");
  const auto kase = run(room_.report(station_, id, std::nullopt));
  ASSERT_TRUE(kase) << code(kase);
  EXPECT_EQ(kase->classification, cases::Classification::kSuspect);
  EXPECT_EQ(kase->person.id, an);
  EXPECT_EQ(kase->onset, day("2026-03-02"));
  followers_.drain();
  EXPECT_THAT(list(station_, offered), IsEmpty());
  EXPECT_EQ(of(an).suspect->number, kase->number);
  EXPECT_EQ(code(run(room_.report(station_, id, std::nullopt))), "case_exists");

  ASSERT_TRUE(run(cases_.reclassify(province_, kase->id,
                                    {cases::Classification::kDiscarded, {std::string("Xét nghiệm âm tính")}},
                                    version_of(kase->id))));
  followers_.drain();
  EXPECT_THAT(list(station_, offered), SizeIs(1)) << "and is offered again";
}

TEST_P(FollowUpTest, NobodyIsCalledForWhoIsAConfirmedCaseThemselves) {
  const PersonId an = contact("Nguyễn Thị An");
  const FollowUpId id = of(an).id;
  ASSERT_TRUE(record(station_, id, Finding::kSymptoms, {"fever"}));
  const auto kase = run(room_.report(station_, id, std::nullopt));
  ASSERT_TRUE(kase) << code(kase);
  followers_.drain();
  until("2026-03-03");
  EXPECT_THAT(list(station_), SizeIs(1)) << "a suspect is asked on";
  confirm(kase->id);
  EXPECT_THAT(list(station_), IsEmpty());
  EXPECT_EQ(open(id).state, State::kBecameCase);
  until("2026-03-06");
  EXPECT_THAT(list(station_), IsEmpty());
  EXPECT_EQ(open(id).level, Level::kStation);
  undo(kase->id);
  ASSERT_THAT(list(station_), SizeIs(1)) << "and again when it was a mistake";
  EXPECT_EQ(list(station_)[0].waiting_since, day("2026-03-03"));
}

TEST_P(FollowUpTest, SymptomsOfTheLastDayAreOfferedForAWeekMore) {
  const PersonId an = contact("Nguyễn Thị An");
  const FollowUpId id = of(an).id;
  until("2026-03-11");
  ASSERT_TRUE(record(station_, id, Finding::kSymptoms, {"fever"}));
  until("2026-03-12");
  EXPECT_EQ(of(an).state, State::kDone);
  Filter offered;
  offered.offered = true;
  EXPECT_THAT(list(station_, offered), SizeIs(1)) << "nobody has reported it yet";
  EXPECT_THAT(list(neighbour_, offered), IsEmpty());
  EXPECT_THAT(list(station_), IsEmpty()) << "and nobody waits for an answer";
  until("2026-03-18");
  ASSERT_THAT(list(station_, offered), SizeIs(1));
  ASSERT_TRUE(run(room_.report(station_, id, std::nullopt)));
  followers_.drain();
  EXPECT_THAT(list(station_, offered), IsEmpty());
  EXPECT_TRUE(of(an).suspect);
}

TEST_P(FollowUpTest, AnOfferThatNobodyTookEndsAWeekAfterTheLastDay) {
  const PersonId an = contact("Nguyễn Thị An");
  ASSERT_TRUE(record(station_, of(an).id, Finding::kSymptoms, {"fever"}));
  Filter offered;
  offered.offered = true;
  until("2026-03-18");
  EXPECT_THAT(list(station_, offered), SizeIs(1));
  until("2026-03-19");
  EXPECT_THAT(list(station_, offered), IsEmpty());
}

TEST_P(FollowUpTest, AnOlderCaseSaysNothingOfTheNewerOne) {
  const PersonId an = person("Nguyễn Thị An");
  const CaseId older = reported(an);
  cases::Course over;
  over.outcome = cases::Outcome::kRecovered;
  over.outcome_on = day("2026-03-02");
  ASSERT_TRUE(run(cases_.record_course(province_, older, over, version_of(older))));
  const PersonId sick = person("Trần Văn Ca");
  meet(sick, an, 0);
  case_ = confirmed(sick);
  assign(case_, an);
  const FollowUpId id = of(an).id;
  EXPECT_FALSE(of(an).suspect) << "it was over before";
  ASSERT_TRUE(record(station_, id, Finding::kSymptoms, {"fever"}));
  const auto kase = run(room_.report(station_, id, std::nullopt));
  ASSERT_TRUE(kase) << code(kase);
  followers_.drain();
  over.outcome = cases::Outcome::kLostToFollowUp;
  ASSERT_TRUE(run(cases_.record_course(province_, older, over, version_of(older))));
  followers_.drain();
  EXPECT_EQ(of(an).suspect->id, kase->id);
}

// ---- who sees it, and how long ----

TEST_P(FollowUpTest, OnlyTheOwnAreaSeesItAndEveryLookIsLogged) {
  const PersonId an = contact("Nguyễn Thị An");
  const FollowUpId id = of(an).id;
  EXPECT_THAT(list(neighbour_), IsEmpty());
  EXPECT_EQ(code(run(room_.find(neighbour_, id))), "not_found");
  EXPECT_EQ(code(record(neighbour_, id, Finding::kNone)), "not_found");
  EXPECT_EQ(code(run(room_.list(callers_.at(an), {}, std::nullopt, 10))), "not_permitted");
  EXPECT_EQ(code(run(room_.of_case(neighbour_, case_, std::nullopt, 10))), "not_permitted");
  EXPECT_THAT(log_about(an), Not(Contains("followup.work")));
  list(station_);
  open(id);
  // Newest first; the oldest is of of().
  EXPECT_THAT(log_about(an), ElementsAre("followup.work", "followup.work", "followup.contacts"));
  ASSERT_TRUE(run(room_.of_case(province_, case_, std::nullopt, 10)));
  EXPECT_THAT(log_about(an), ElementsAre("followup.contacts", "followup.work", "followup.work", "followup.contacts"));
}

TEST_P(FollowUpTest, EverythingIsDeletedTwentyEightDaysAfterTheEnd) {
  const PersonId an = contact("Nguyễn Thị An");
  ASSERT_TRUE(record(station_, of(an).id, Finding::kNone));
  until("2026-03-12");
  const auto retain = [&] {
    const auto job = room_.retention();
    world_.db->transact_now([&](store::Session& s) { job.run(s); });
  };
  world_.clock.advance(kKept - hours(1));
  retain();
  EXPECT_EQ(count("SELECT count(*) FROM followup_period"), 1);
  world_.clock.advance(hours(2));
  retain();
  EXPECT_EQ(count("SELECT count(*) FROM followup_period"), 0);
  EXPECT_EQ(count("SELECT count(*) FROM followup_reason"), 0);
  EXPECT_EQ(count("SELECT count(*) FROM followup_entry"), 0);
  EXPECT_EQ(count("SELECT CAST(sum(deleted) AS bigint) FROM followup_retention"), 1);
}

INSTANTIATE_TEST_SUITE_P(Engines, FollowUpTest, store::testing::engines(), store::testing::engine_name);

}  // namespace
}  // namespace luytre::followup
