// A contact who becomes a case: the follow-up ends with it, goes on when it was wrong, and stands beside the case.

#include "modules/followup/followup_fixture.h"

namespace luytre::followup {
namespace {

using ::testing::Contains;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class BecameCaseTest : public FollowUpTest {
 protected:
  // Traced two levels deep, as in 2020.
  static cases::Confirmation two_levels(cases::Confirmation out) {
    out.rule_set = std::string("vn-covid-19-2020-08");
    return out;
  }
  CaseId ill(PersonId person) { return confirmed(person, ill_today()); }
  ContactHistory before(CaseId id) {
    auto out = run(room_.before(province_, id));
    if (!out) throw std::runtime_error(out.error().code);
    return std::move(*out);
  }
  std::string number(CaseId id) { return run(cases_.find(province_, id))->number; }
};

TEST_P(BecameCaseTest, TheFollowUpEndsWithTheCaseAndGoesOnWhenThatWasWrong) {
  const PersonId an = contact("Nguyễn Thị An");
  const FollowUpId id = of(an).id;
  ASSERT_TRUE(record(station_, id, Finding::kNone));
  until("2026-03-03");
  const CaseId own = reported(an);
  followers_.drain();
  EXPECT_EQ(open(id).state, State::kOpen) << "a suspect is asked on";
  confirm(own, ill_today());
  const FollowUp ended = open(id);
  EXPECT_EQ(ended.state, State::kBecameCase);
  EXPECT_EQ(ended.ended, now());
  EXPECT_EQ(ended.suspect->id, own);
  EXPECT_EQ(first_days(ended, 3), "none notNeeded notNeeded ");
  EXPECT_EQ(ended.missed, 0);
  EXPECT_THAT(list(station_), IsEmpty());
  EXPECT_EQ(code(record(station_, id, Finding::kNone)), "follow_up_ended");
  EXPECT_THAT(events(), Contains("followup.ended"));

  until("2026-03-05");
  undo(own);
  const FollowUp again = open(id);
  EXPECT_EQ(again.state, State::kOpen);
  EXPECT_FALSE(again.ended);
  EXPECT_EQ(again.last_day, day("2026-03-11"));
  EXPECT_EQ(again.waiting_since, day("2026-03-03"));
  EXPECT_EQ(first_days(again, 4), "none missed missed due ");
  watch();
  EXPECT_EQ(open(id).level, Level::kStation) << "nobody is called for the days of the mistake";
  until("2026-03-06");
  EXPECT_EQ(open(id).level, Level::kCentre);

  confirm(own, ill_today());
  EXPECT_EQ(open(id).state, State::kBecameCase) << "and ends again when it was none";
}

TEST_P(BecameCaseTest, WhatWasDeclaredMeanwhileCountsWhenItGoesOn) {
  const PersonId an = contact("Nguyễn Thị An");
  const CaseId own = ill(an);
  declare(an, true);
  EXPECT_EQ(first_days(of(an), 2), "notNeeded notNeeded ");
  undo(own);
  EXPECT_EQ(first_days(of(an), 2), "symptoms later ");
  EXPECT_FALSE(of(an).offered) << "the suspect is there";
}

TEST_P(BecameCaseTest, AReasonThatWentMeanwhileDoesNotComeBack) {
  const PersonId an = contact("Nguyễn Thị An");
  const FollowUpId id = of(an).id;
  const CaseId own = ill(an);
  undo(case_);
  EXPECT_EQ(open(id).state, State::kBecameCase);
  EXPECT_FALSE(open(id).reasons->front().counts);
  undo(own);
  EXPECT_EQ(open(id).state, State::kReleased);
}

TEST_P(BecameCaseTest, WhatWouldBeOverByNowEndsAsOver) {
  const PersonId an = contact("Nguyễn Thị An");
  const CaseId own = ill(an);
  until("2026-03-12");
  EXPECT_EQ(of(an).state, State::kBecameCase);
  undo(own);
  EXPECT_THAT(list(station_), IsEmpty());
  watch();
  EXPECT_EQ(of(an).state, State::kDone);
}

TEST_P(BecameCaseTest, ACaseIsNoContactToBeAsked) {
  const PersonId sick = person("Trần Văn Ca"), an = person("Nguyễn Thị An");
  meet(sick, an, 0);
  const CaseId own = ill(an);
  case_ = confirmed(sick);
  assign(case_, an);
  EXPECT_EQ(of(an).state, State::kBecameCase) << "the case was first";
  EXPECT_THAT(list(station_), IsEmpty());
  undo(own);
  EXPECT_EQ(of(an).state, State::kOpen);
  EXPECT_THAT(list(station_), SizeIs(1));
}

TEST_P(BecameCaseTest, ANewContactOfACaseIsOneMoreReasonOfWhatEnded) {
  const PersonId an = contact("Nguyễn Thị An"), other = person("Phạm Văn Dần");
  meet(other, an, 90);
  const CaseId own = ill(an), second = confirmed(other);
  assign(second, an);
  EXPECT_EQ(of(an, second).id, of(an).id);
  EXPECT_EQ(of(an).state, State::kBecameCase);
  EXPECT_THAT(*open(of(an).id).reasons, SizeIs(2));
  undo(case_);
  undo(own);
  EXPECT_EQ(of(an).state, State::kOpen) << "the second reason stands";
}

TEST_P(BecameCaseTest, WhatBeganAfterTheCaseWasOverTakesTheReasonsWhenItWasNone) {
  const PersonId an = contact("Nguyễn Thị An"), other = person("Phạm Văn Dần");
  meet(other, an, 90);
  const FollowUpId first = of(an).id;
  const CaseId own = ill(an);
  cases::Course over;
  over.outcome = cases::Outcome::kRecovered;
  over.outcome_on = local_date(now());
  ASSERT_TRUE(run(cases_.record_course(province_, own, over, version_of(own))));
  followers_.drain();
  const CaseId second = confirmed(other);
  assign(second, an);
  const FollowUpId id = of(an, second).id;
  ASSERT_NE(id, first);
  EXPECT_EQ(open(id).state, State::kOpen) << "that case is over";
  confirm(own, ill_today());
  EXPECT_EQ(open(id).state, State::kOpen) << "and is only corrected";
  undo(own);  // of that
  EXPECT_EQ(open(id).state, State::kOpen);
  undo(own);  // of the outcome
  EXPECT_EQ(open(id).state, State::kBecameCase) << "and goes on";
  undo(own);
  EXPECT_EQ(open(first).state, State::kDone);
  EXPECT_EQ(open(id).state, State::kOpen);
  EXPECT_THAT(*open(id).reasons, SizeIs(2));
  EXPECT_THAT(list(station_), SizeIs(1));
}

// ---- beside the case ----

TEST_P(BecameCaseTest, TheCaseShowsWhoseContactItWasAndProposesTheSource) {
  const PersonId an = contact("Nguyễn Thị An");
  ASSERT_TRUE(record(station_, of(an).id, Finding::kNone));
  const CaseId own = ill(an);
  const ContactHistory was = before(own);
  ASSERT_THAT(was.exposures, SizeIs(1));
  const Exposure& exposure = was.exposures.front();
  EXPECT_EQ(exposure.case_, case_);
  EXPECT_EQ(exposure.case_number, number(case_));
  EXPECT_EQ(exposure.level, 1);
  EXPECT_EQ(exposure.class_, tracing::Class::kF1);
  EXPECT_EQ(exposure.exposed_since, minute(0));
  EXPECT_EQ(exposure.last_exposure, minute(60));
  EXPECT_TRUE(exposure.proposed);
  ASSERT_THAT(was.follow_ups, SizeIs(1));
  EXPECT_EQ(was.follow_ups.front().state, State::kBecameCase);
  EXPECT_EQ(first_days(was.follow_ups.front(), 2), "none notNeeded ");

  EXPECT_FALSE(run(cases_.find(province_, own))->source) << "an officer decides";
  cases::Confirmation without_symptoms = ill_today();
  without_symptoms.onset.reset();
  confirm(case_, without_symptoms);
  ASSERT_THAT(before(case_).exposures, SizeIs(1)) << "they met each other";
  EXPECT_TRUE(before(case_).exposures.front().proposed);
  cases::Source source;
  source.number = exposure.case_number;
  ASSERT_TRUE(run(cases_.record_source(province_, own, source, version_of(own))));
  EXPECT_FALSE(before(case_).exposures.front().proposed) << "nobody is infected by whom they infected";
}

TEST_P(BecameCaseTest, OnlyWhatTheIncubationAllowsIsProposed) {
  const PersonId an = contact("Nguyễn Thị An");
  const CaseId own = confirmed(an);  // ill on the very day of the exposure; COVID-19 takes a day at least
  ASSERT_THAT(before(own).exposures, SizeIs(1));
  EXPECT_FALSE(before(own).exposures.front().proposed);
  cases::Confirmation none = ill_today();
  none.onset.reset();
  confirm(own, none);
  EXPECT_TRUE(before(own).exposures.front().proposed) << "without symptoms the day of the sample bounds it";
}

TEST_P(BecameCaseTest, WhoMetTheCaseItselfComesBeforeWhoMetAContact) {
  const PersonId sick = person("Trần Văn Ca"), an = person("Nguyễn Thị An"), binh = person("Lê Văn Bình");
  meet(sick, an, 0);
  meet(an, binh, 90);
  case_ = confirmed(sick, two_levels(ill_on_the_first()));
  const CaseId first = confirmed(an), second = ill(binh);
  const ContactHistory was = before(second);
  ASSERT_THAT(was.exposures, SizeIs(2));
  EXPECT_EQ(was.exposures[0].case_, first);
  EXPECT_TRUE(was.exposures[0].proposed);
  EXPECT_FALSE(was.exposures[0].class_) << "nobody has asked yet";
  EXPECT_EQ(was.exposures[1].case_, case_);
  EXPECT_EQ(was.exposures[1].level, 2);
  EXPECT_FALSE(was.exposures[1].proposed);
  EXPECT_THAT(was.follow_ups, IsEmpty());
}

TEST_P(BecameCaseTest, OnlyTheOwnAreaSeesItAndTheLookIsLogged) {
  const PersonId an = contact("Nguyễn Thị An");
  const CaseId own = ill(an);
  EXPECT_EQ(code(run(room_.before(neighbour_, own))), "not_found");
  EXPECT_EQ(code(run(room_.before(callers_.at(an), own))), "not_found");
  EXPECT_EQ(code(run(room_.before(province_, CaseId{1}))), "not_found");
  EXPECT_THAT(log_about(an), IsEmpty());
  before(own);
  EXPECT_THAT(log_about(an), ::testing::ElementsAre("followup.contacts"));
  before(case_);
  EXPECT_THAT(log_about(an), SizeIs(1)) << "that was a look at another's";
}

TEST_P(BecameCaseTest, OfOnePersonExposuresAndFollowUpsOfTheOwnAreaAreTold) {
  const PersonId an = contact("Nguyễn Thị An");
  const auto told = [&](const Caller& caller) {
    return world_.db->transact_now([&](store::Session& s) { return room_.of_person(s, caller, an, "Dòng thời gian"); });
  };
  const auto seen = told(station_);
  ASSERT_TRUE(seen);
  ASSERT_EQ(seen->exposures.size(), 1U);
  EXPECT_FALSE(seen->exposures.front().exposure.case_number.empty());
  EXPECT_EQ(seen->exposures.front().disease, "covid-19");
  ASSERT_EQ(seen->follow_ups.size(), 1U);
  EXPECT_EQ(seen->follow_ups.front().state, State::kOpen);
  const auto elsewhere = told(identity::testing::officer(Role::kProvinceOfficer, UnitId{2025100048}, 9109));
  ASSERT_TRUE(elsewhere);
  EXPECT_TRUE(elsewhere->exposures.empty());
  EXPECT_TRUE(elsewhere->follow_ups.empty());
}

INSTANTIATE_TEST_SUITE_P(Engines, BecameCaseTest, store::testing::engines(), store::testing::engine_name);

}  // namespace
}  // namespace luytre::followup
