// Suspects whom results report by themselves, and what becomes of them when the result falls.

#include "modules/laboratory/laboratory_fixture.h"
#include "modules/laboratory/overturned.h"
#include "platform/store/follower.h"

namespace luytre::laboratory {
namespace {

using cases::Classification;

class LaboratorySuspectsTest : public LaboratoryTest {
 protected:
  LaboratorySuspectsTest() { followers_.add(room_.follow()); }

  ResultId entered(LaboratoryId at, const std::string& tube, Outcome outcome, Method method = Method::kPcr) {
    const auto seen = must(enter(at, result(tube, outcome, method)));
    followers_.drain();
    return seen.results.back().id;
  }
  void corrected(ResultId id, Outcome outcome) {
    world_.clock.advance(minutes(5));
    must(room_.correct(province_, id, {outcome, std::nullopt, now(), std::string("Nhầm giếng")}));
    followers_.drain();
  }
  std::optional<cases::TracedCase> open(PersonId person) {
    return world_.db->read_now([&](store::Session& s) { return cases::Cases::open_of(s, person, "covid-19"); });
  }
  cases::Case kase(CaseId id) { return must(cases_.find(province_, id)); }
  void affirm(LaboratoryId at) {
    LaboratoryEdit edit;
    edit.affirms = true;
    must(room_.edit(province_, at, edit));
  }
  CaseId suspected(PersonId person) {
    cases::NewCase known;
    known.person = person;
    known.disease = std::string("covid-19");
    return must(cases_.report(world_.station, std::move(known))).id;
  }
  std::size_t waiting() {
    return world_.db->read_now([&](store::Session& s) { return room_.untapped(s, world_.station).size(); });
  }

  store::Followers followers_{*world_.db};
};

TEST_P(LaboratorySuspectsTest, APositiveResultReportsASuspectAndConfirmsNobody) {
  const PersonId an = somebody(), binh = somebody();
  const LaboratoryId at = sent({{"T-1", an}, {"T-2", binh}});
  world_.clock.advance(hours(3));
  const ResultId id = entered(at, "T-1", Outcome::kPositive);
  entered(at, "T-2", Outcome::kNegative);
  const auto suspect = open(an);
  ASSERT_TRUE(suspect);
  EXPECT_FALSE(open(binh));
  const auto seen = kase(suspect->id);
  EXPECT_EQ(seen.classification, Classification::kSuspect);
  EXPECT_EQ(seen.report_unit, kHaiLang);
  EXPECT_EQ(seen.diagnosed_at, now());
  EXPECT_TRUE(seen.notify_by) << "the deadline runs";
  EXPECT_FALSE(seen.window_from);
  EXPECT_EQ(must(cases_.history(province_, suspect->id)).items.front().by, cases::kByResult);

  const auto listed = positives(province_);
  ASSERT_THAT(listed, SizeIs(1));
  ASSERT_TRUE(listed.front().suspect);
  EXPECT_EQ(listed.front().suspect->number, suspect->number);
  EXPECT_TRUE(listed.front().confirmable);
  const auto made = must(room_.make_case(province_, id));
  followers_.drain();
  EXPECT_EQ(made.id, suspect->id) << "the tap confirms what was reported";
  EXPECT_EQ(waiting(), 0U);
  EXPECT_EQ(count("SELECT count(*) FROM cases_case"), 1);
}

TEST_P(LaboratorySuspectsTest, TheSuspectGoesWithTheResult) {
  const PersonId an = somebody();
  const LaboratoryId at = sent({{"T-1", an}});
  const ResultId id = entered(at, "T-1", Outcome::kPositive);
  const auto suspect = open(an);
  ASSERT_TRUE(suspect);
  corrected(id, Outcome::kNegative);
  EXPECT_FALSE(open(an));
  EXPECT_EQ(kase(suspect->id).classification, Classification::kDiscarded);
  EXPECT_EQ(waiting(), 0U);
  EXPECT_THAT(overturned_for(province_), IsEmpty());
}

TEST_P(LaboratorySuspectsTest, ASampleThatIsTakenBackTakesTheSuspectBack) {
  const PersonId an = somebody();
  const LaboratoryId at = sent({{"T-1", an}});
  entered(at, "T-1", Outcome::kPositive);
  ASSERT_TRUE(open(an));
  Removal why;
  why.reason = std::string("Quét nhầm người");
  must(room_.remove(world_.station, must(room_.tubes(world_.station, last_session_)).items.front().samples.front().id,
                    why));
  followers_.drain();
  EXPECT_FALSE(open(an));
}

TEST_P(LaboratorySuspectsTest, ARapidTestWaitsUntilAnOfficerHasDoneSomethingAboutTheCase) {
  const PersonId an = somebody();
  const LaboratoryId at = sent({{"T-1", an}});
  const ResultId id = entered(at, "T-1", Outcome::kPositive, Method::kAntigen);
  const auto suspect = open(an);
  ASSERT_TRUE(suspect);
  const auto listed = positives(province_);
  ASSERT_THAT(listed, SizeIs(1));
  EXPECT_FALSE(listed.front().confirmable) << "it never confirms";
  EXPECT_EQ(listed.front().suspect->id, suspect->id);
  EXPECT_EQ(code(run(room_.make_case(province_, id))), "result_no_case");
  EXPECT_EQ(waiting(), 1U);
  cases::RecordedDates dates;
  dates.notified_at = now();
  must(cases_.record_dates(world_.station, suspect->id, dates, 1));
  followers_.drain();
  EXPECT_EQ(waiting(), 0U);
  EXPECT_THAT(positives(province_), IsEmpty());

  corrected(id, Outcome::kNegative);
  EXPECT_TRUE(open(an)) << "what an officer changed is the officer's";
  const auto overturned = overturned_for(province_);
  ASSERT_THAT(overturned, SizeIs(1));
  EXPECT_EQ(overturned.front().id, suspect->id);
  EXPECT_EQ(overturned.front().now, Outcome::kNegative);
  must(cases_.reclassify(province_, suspect->id, {Classification::kDiscarded, std::string("Âm tính")}, 2));
  followers_.drain();
  EXPECT_THAT(overturned_for(province_), IsEmpty());
}

TEST_P(LaboratorySuspectsTest, AnotherPositiveBearsTheSuspectOut) {
  const PersonId an = somebody();
  const LaboratoryId at = sent({{"T-1", an}, {"T-2", an}});
  const ResultId rapid = entered(at, "T-1", Outcome::kPositive, Method::kAntigen);
  const ResultId sure = entered(at, "T-2", Outcome::kPositive);
  EXPECT_EQ(count("SELECT count(*) FROM cases_case"), 1);
  corrected(rapid, Outcome::kNegative);
  EXPECT_TRUE(open(an));
  corrected(sure, Outcome::kNegative);
  EXPECT_FALSE(open(an)) << "nothing bears it out any more";
}

TEST_P(LaboratorySuspectsTest, OfTwoPositivesThatCameTogetherEachBearsTheSuspectOut) {
  const PersonId an = somebody();
  const LaboratoryId at = sent({{"T-1", an}, {"T-2", an}});
  const ResultId first = must(enter(at, result("T-1", Outcome::kPositive))).results.back().id;
  const ResultId second = must(enter(at, result("T-2", Outcome::kPositive))).results.back().id;
  world_.clock.advance(minutes(1));
  followers_.drain();
  EXPECT_EQ(count("SELECT count(*) FROM cases_case"), 1);
  corrected(first, Outcome::kNegative);
  EXPECT_TRUE(open(an)) << "the other was written down before the suspect was reported, and stands";
  corrected(second, Outcome::kNegative);
  EXPECT_FALSE(open(an));
}

TEST_P(LaboratorySuspectsTest, WhoeverSampledWhatBearsTheSuspectOutIsTold) {
  const PersonId an = somebody();
  const LaboratoryId here = sent({{"T-1", an}});
  NewSession asked;
  asked.unit = kQuangTri;
  asked.site = std::string("Bệnh viện tỉnh");
  asked.disease = std::string("covid-19");
  asked.specimen = std::string("nasopharyngeal");
  asked.pool_most = 1;
  const SessionId elsewhere = must(room_.open(province_, std::move(asked))).id;
  must(room_.sample(province_, elsewhere, scan("T-2", an)));
  const LaboratoryId there = laboratory();
  must(room_.send(province_, elsewhere, {there, 1}));
  const ResultId first = entered(here, "T-1", Outcome::kPositive, Method::kAntigen);
  entered(there, "T-2", Outcome::kPositive, Method::kAntigen);
  EXPECT_THAT(positives(world_.station), SizeIs(1));
  corrected(first, Outcome::kNegative);
  EXPECT_TRUE(open(an));
  EXPECT_THAT(positives(world_.station), IsEmpty()) << "not of another unit's sample";
  const auto listed = positives(province_);
  ASSERT_THAT(listed, SizeIs(1));
  EXPECT_EQ(listed.front().tube, "T-2");
}

TEST_P(LaboratorySuspectsTest, ASampleOfTheDaysOfACaseThatIsOverReportsNobody) {
  const PersonId an = somebody(), binh = somebody();
  LaboratoryId at = sent({{"T-1", an}, {"T-2", binh}});
  for (const PersonId person : {an, binh}) {
    cases::Course over;
    over.outcome = person == an ? cases::Outcome::kRecovered : cases::Outcome::kDied;
    over.outcome_on = local_date(now());
    must(cases_.record_course(world_.station, suspected(person), std::move(over), 1));
  }
  entered(at, "T-1", Outcome::kPositive);
  EXPECT_EQ(count("SELECT count(*) FROM cases_case"), 2) << "the same illness";
  EXPECT_THAT(positives(province_), SizeIs(1)) << "an officer weighs it";
  world_.clock.advance(hours(48));
  at = sent({{"T-3", an}, {"T-4", binh}});
  entered(at, "T-3", Outcome::kPositive);
  entered(at, "T-4", Outcome::kPositive);
  EXPECT_TRUE(open(an)) << "ill again";
  EXPECT_FALSE(open(binh)) << "of who has died there is a case";
}

TEST_P(LaboratorySuspectsTest, AConfirmationThatIsUndoneForItsResultLeavesNoSuspect) {
  const PersonId an = somebody();
  const LaboratoryId at = sent({{"T-1", an}});
  const ResultId id = entered(at, "T-1", Outcome::kPositive);
  const auto made = must(room_.make_case(province_, id));
  followers_.drain();
  corrected(id, Outcome::kNegative);
  EXPECT_EQ(kase(made.id).classification, Classification::kConfirmed) << "an officer's to undo";
  EXPECT_THAT(overturned_for(province_), SizeIs(1));
  must(cases_.undo(province_, made.id, {std::string("Phòng xét nghiệm báo nhầm")}, kase(made.id).version));
  followers_.drain();
  EXPECT_EQ(kase(made.id).classification, Classification::kDiscarded);
  EXPECT_THAT(overturned_for(province_), IsEmpty());
}

TEST_P(LaboratorySuspectsTest, NobodyIsReportedByAPoolTwiceOrLongAfterwards) {
  const PersonId an = somebody(), binh = somebody(), chi = somebody();
  LaboratoryId at = sent({{"P-1", an}, {"P-1", binh}}, 5);
  entered(at, "P-1", Outcome::kPositive);
  EXPECT_EQ(count("SELECT count(*) FROM cases_case"), 0);

  cases::NewCase known;
  known.person = an;
  known.disease = std::string("covid-19");
  must(cases_.report(world_.station, std::move(known)));
  at = sent({{"T-1", an}, {"T-2", chi}});
  entered(at, "T-1", Outcome::kPositive);
  EXPECT_EQ(count("SELECT count(*) FROM cases_case"), 1) << "is a case already";

  must(enter(at, result("T-2", Outcome::kPositive)));
  world_.clock.advance(kReportsWithin + hours(1));
  followers_.drain();
  EXPECT_FALSE(open(chi)) << "as when the server begins to do this: what is old is weighed by an officer";
}

TEST_P(LaboratorySuspectsTest, WhoIsASuspectAlreadyIsConfirmedAtOnceByALaboratoryThatMayAffirm) {
  const PersonId an = somebody(), binh = somebody();
  for (const PersonId person : {an, binh}) {
    cases::NewCase known;
    known.person = person;
    known.disease = std::string("covid-19");
    must(cases_.report(world_.station, std::move(known)));
  }
  const LaboratoryId at = sent({{"T-1", an}, {"T-2", binh}, {"T-3", somebody()}});
  LaboratoryEdit edit;
  edit.affirms = true;
  EXPECT_TRUE(must(room_.edit(province_, at, edit)).affirms);
  world_.clock.advance(hours(3));
  const ResultId id = entered(at, "T-1", Outcome::kPositive);
  entered(at, "T-2", Outcome::kPositive, Method::kAntigen);
  entered(at, "T-3", Outcome::kPositive);
  EXPECT_EQ(open(binh)->classification, Classification::kSuspect) << "an antigen never";
  EXPECT_EQ(count("SELECT count(*) FROM cases_case WHERE classification = 'confirmed'"), 1)
      << "nobody who was not a suspect before";
  const auto seen = kase(open(an)->id);
  EXPECT_EQ(seen.classification, Classification::kConfirmed);
  EXPECT_TRUE(seen.window_from);
  EXPECT_EQ(must(cases_.history(province_, seen.id)).items.front().by, cases::kByResult);
  const auto listed = positives(province_);
  ASSERT_THAT(listed, SizeIs(2));
  EXPECT_TRUE(listed.front().confirmed);
  EXPECT_FALSE(listed.front().confirmable);
  EXPECT_EQ(listed.front().suspect->id, seen.id);
  EXPECT_FALSE(listed.back().confirmed);

  corrected(id, Outcome::kNegative);
  EXPECT_EQ(open(an)->classification, Classification::kSuspect) << "as the officer had it";
  EXPECT_FALSE(kase(seen.id).window_from);
  EXPECT_THAT(positives(province_), SizeIs(1));
  EXPECT_THAT(overturned_for(province_), IsEmpty());
}

TEST_P(LaboratorySuspectsTest, WhatAnOfficerChangedOfACaseConfirmedAtOnceIsTheOfficers) {
  const PersonId an = somebody();
  cases::NewCase known;
  known.person = an;
  known.disease = std::string("covid-19");
  must(cases_.report(world_.station, std::move(known)));
  const LaboratoryId at = sent({{"T-1", an}});
  LaboratoryEdit edit;
  edit.affirms = true;
  must(room_.edit(province_, at, edit));
  const ResultId id = entered(at, "T-1", Outcome::kPositive);
  const auto confirmed = kase(open(an)->id);
  ASSERT_EQ(confirmed.classification, Classification::kConfirmed);
  cases::RecordedDates dates;
  dates.notified_at = now();
  must(cases_.record_dates(world_.station, confirmed.id, dates, confirmed.version));
  followers_.drain();
  EXPECT_EQ(waiting(), 0U);
  corrected(id, Outcome::kNegative);
  EXPECT_EQ(kase(confirmed.id).classification, Classification::kConfirmed);
  EXPECT_THAT(overturned_for(province_), SizeIs(1));
}

TEST_P(LaboratorySuspectsTest, WhatWasConfirmedAtOnceFallsUnlessAnotherWouldHaveConfirmedIt) {
  const PersonId an = somebody(), binh = somebody();
  const CaseId of_an = suspected(an), of_binh = suspected(binh);
  const LaboratoryId at = sent({{"T-1", an}, {"T-2", binh}, {"T-3", binh}}), other = sent({{"T-4", an}});
  affirm(at);
  const ResultId first = entered(at, "T-1", Outcome::kPositive), second = entered(at, "T-2", Outcome::kPositive);
  entered(at, "T-3", Outcome::kPositive);
  entered(other, "T-4", Outcome::kPositive);
  ASSERT_EQ(kase(of_an).classification, Classification::kConfirmed);
  ASSERT_EQ(kase(of_binh).classification, Classification::kConfirmed);
  corrected(first, Outcome::kNegative);
  corrected(second, Outcome::kNegative);
  EXPECT_EQ(kase(of_an).classification, Classification::kSuspect) << "that laboratory may not affirm";
  EXPECT_EQ(kase(of_binh).classification, Classification::kConfirmed);
  EXPECT_EQ(count("SELECT count(*) FROM laboratory_laboratory WHERE affirmed_by = 9101"), 1) << "who let it";
  for (const LaboratoryBrief& one : must(room_.laboratories(province_)).items) {
    EXPECT_EQ(one.affirms_since.has_value(), one.id == at);
    EXPECT_EQ(one.affirmed_by, one.id == at ? std::optional(province_.name) : std::nullopt);
  }
  for (const LaboratoryBrief& one : must(room_.laboratories(far_)).items) {
    EXPECT_EQ(one.affirms, one.id == at);
    EXPECT_FALSE(one.affirms_since || one.affirmed_by) << "another province's";
  }
}

TEST_P(LaboratorySuspectsTest, ASuspectOfLongAgoIsConfirmedByAnOfficerAlone) {
  const PersonId an = somebody();
  const CaseId old = suspected(an);
  world_.clock.advance(kEpisode + hours(25));
  const LaboratoryId at = sent({{"T-1", an}});
  affirm(at);
  const ResultId id = entered(at, "T-1", Outcome::kPositive);
  EXPECT_EQ(kase(old).classification, Classification::kSuspect);
  const auto listed = positives(province_);
  ASSERT_THAT(listed, SizeIs(1));
  EXPECT_EQ(listed.front().id, id);
  EXPECT_TRUE(listed.front().confirmable);
}

TEST_P(LaboratorySuspectsTest, ARapidTestOfAnOldSampleStandsOnTheListUntilItIsWeighed) {
  const PersonId an = somebody(), binh = somebody();
  const LaboratoryId at = sent({{"T-1", an}, {"T-2", binh}});
  world_.clock.advance(kEpisode + hours(25));
  const ResultId id = entered(at, "T-1", Outcome::kPositive, Method::kAntigen);
  const ResultId wrong = entered(at, "T-2", Outcome::kPositive, Method::kAntigen);
  EXPECT_FALSE(open(an));
  auto listed = positives(province_);
  ASSERT_THAT(listed, SizeIs(2));
  EXPECT_TRUE(listed.front().late);
  EXPECT_FALSE(listed.front().confirmable);
  EXPECT_FALSE(listed.front().suspect);
  EXPECT_EQ(waiting(), 2U);
  corrected(wrong, Outcome::kNegative);
  EXPECT_EQ(waiting(), 1U) << "nothing is left to weigh";

  EXPECT_EQ(code(run(room_.weigh(province_, id, ""))), "reason_required");
  EXPECT_EQ(code(run(room_.weigh(far_, id, "Đã khỏi"))), "not_permitted");
  EXPECT_EQ(code(run(room_.weigh(world_.station, id, "Đã khỏi"))), "not_permitted");
  EXPECT_EQ(code(run(room_.weigh(province_, ResultId{7}, "Đã khỏi"))), "not_found");
  EXPECT_EQ(code(run(room_.weigh(province_, wrong, "Đã khỏi"))), "result_settled");
  must(room_.weigh(province_, id, "Đã khỏi"));
  must(room_.weigh(province_, id, "Đã khỏi"));
  EXPECT_EQ(waiting(), 0U);
  EXPECT_THAT(positives(province_), IsEmpty());
  EXPECT_THAT(log_about(an), ::testing::Contains("laboratory.weigh"));
  EXPECT_EQ(count("SELECT count(*) FROM laboratory_late WHERE looked_by = 9101 AND reason IS NOT NULL"), 1);
  entered(at, "T-1", Outcome::kNegative, Method::kCulture);
  EXPECT_EQ(waiting(), 0U) << "another method brings it not back";
}

TEST_P(LaboratorySuspectsTest, ARapidTestOfAnIllnessThatIsOverStandsOnTheListUntilACaseIsReported) {
  const PersonId an = somebody();
  const LaboratoryId at = sent({{"T-1", an}, {"T-2", an}});
  entered(at, "T-1", Outcome::kPositive, Method::kAntigen);
  const auto first = open(an);
  ASSERT_TRUE(first);
  cases::Course course;
  course.outcome = cases::Outcome::kRecovered;
  course.outcome_on = local_date(now());
  must(cases_.record_course(province_, first->id, course, kase(first->id).version));
  followers_.drain();
  ASSERT_FALSE(open(an));
  ASSERT_EQ(waiting(), 0U);
  world_.clock.advance(hours(30));
  entered(at, "T-2", Outcome::kPositive, Method::kAntigen);
  EXPECT_FALSE(open(an));
  const auto listed = positives(province_);
  ASSERT_THAT(listed, SizeIs(1));
  EXPECT_TRUE(listed.front().late);
  suspected(an);
  followers_.drain();
  EXPECT_EQ(waiting(), 0U) << "with a case there is nothing left to weigh";
}

INSTANTIATE_TEST_SUITE_P(Engines, LaboratorySuspectsTest, store::testing::engines(), store::testing::engine_name);

}  // namespace
}  // namespace luytre::laboratory
