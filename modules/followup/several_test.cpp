// Contacts of several cases, and contacts of contacts who become cases.

#include "modules/followup/followup_fixture.h"

namespace luytre::followup {
namespace {

using ::testing::IsEmpty;
using ::testing::SizeIs;

class SeveralCasesTest : public FollowUpTest {
 protected:
  // Traced two levels deep, as in 2020.
  static cases::Confirmation two_levels() {
    cases::Confirmation out = ill_on_the_first();
    out.rule_set = std::string("vn-covid-19-2020-08");
    return out;
  }
  tracing::Candidate candidate(CaseId id, PersonId person) {
    const auto page = run(tracing_.candidates(province_, id, {}, std::nullopt, 200));
    for (const auto& one : page->items)
      if (one.person.id == person) return one;
    throw std::runtime_error("not a candidate");
  }
  static std::vector<CaseId> cases_of(const std::vector<Reason>& reasons) {
    std::vector<CaseId> out;
    for (const Reason& one : reasons) out.push_back(one.case_);
    return out;
  }

  // An was met by the first on 1 March and by the second on the day before.
  void met_by_two() {
    meet(first_, an_, 0);
    meet(second_, an_, -24 * 60);
    later_ = confirmed(first_), earlier_ = confirmed(second_);
    assign(earlier_, an_);
  }
  const PersonId first_ = person("Trần Văn Ca"), second_ = person("Phạm Văn Dần"), an_ = person("Nguyễn Thị An");
  CaseId later_, earlier_;
};

TEST_P(SeveralCasesTest, TheLongestEndCountsAndTheLastReasonReleases) {
  met_by_two();
  EXPECT_EQ(of(an_, earlier_).last_day, day("2026-03-10"));
  assign(later_, an_);
  ASSERT_THAT(list(station_), SizeIs(1)) << "one person, one follow-up";
  const FollowUpId id = list(station_)[0].id;
  EXPECT_EQ(open(id).last_day, day("2026-03-11"));
  EXPECT_THAT(cases_of(*open(id).reasons), ::testing::ElementsAre(later_, earlier_)) << "the latest end first";

  undo(later_);
  EXPECT_EQ(open(id).state, State::kOpen) << "the other case stands";
  EXPECT_EQ(open(id).last_day, day("2026-03-10"));
  const auto kept = *open(id).reasons;
  ASSERT_THAT(kept, SizeIs(2)) << "kept, and no longer counted";
  EXPECT_EQ(kept[0].case_, earlier_);
  EXPECT_FALSE(kept[0].gone);
  EXPECT_FALSE(kept[1].counts);
  EXPECT_EQ(kept[1].gone, Gone::kCase);
  EXPECT_EQ(kept[1].last_exposure, day("2026-03-01")) << "with its dates";
  undo(earlier_);
  EXPECT_EQ(open(id).state, State::kReleased);
  EXPECT_THAT(list(station_), IsEmpty());

  confirm(later_);
  EXPECT_EQ(open(id).state, State::kOpen) << "what the officer decided stands again";
  EXPECT_EQ(open(id).last_day, day("2026-03-11"));
}

TEST_P(SeveralCasesTest, AnotherClassTakesOneReasonAway) {
  met_by_two();
  assign(later_, an_);
  const FollowUpId id = of(an_, later_).id;
  assign(later_, an_, tracing::Class::kNone);
  EXPECT_EQ(open(id).state, State::kOpen);
  EXPECT_EQ(open(id).last_day, day("2026-03-10"));
  EXPECT_EQ(open(id).reasons->back().case_, later_);
  EXPECT_EQ(open(id).reasons->back().gone, Gone::kClass);
}

TEST_P(SeveralCasesTest, AReasonWhoseDaysAreOverDoesNotReleaseWhileAnotherRuns) {
  met_by_two();
  assign(later_, an_);
  const FollowUpId id = of(an_, later_).id;
  until("2026-03-11");
  EXPECT_EQ(open(id).state, State::kOpen) << "the first reason was over yesterday";
  undo(later_);
  EXPECT_THAT(list(station_), IsEmpty());
  watch();
  EXPECT_EQ(open(id).state, State::kDone) << "over, not released: its days went by";
  EXPECT_EQ(open(id).last_day, day("2026-03-10"));
}

TEST_P(SeveralCasesTest, ANewExposureIsShownBeforeAnybodyHasAsked) {
  met_by_two();
  const FollowUpId id = of(an_, earlier_).id;
  ASSERT_THAT(*open(id).suspected, SizeIs(1));
  EXPECT_EQ(open(id).suspected->front().case_, later_);
  EXPECT_EQ(open(id).suspected->front().last_exposure, minute(60));
  assign(later_, an_);
  EXPECT_THAT(*open(id).suspected, IsEmpty());
}

// ---- the contact of a contact ----

TEST_P(SeveralCasesTest, TheContactOfAContactWhoFallsIllBecomesTheirFirst) {
  const PersonId binh = person("Lê Văn Bình");
  meet(first_, an_, 0);
  meet(an_, binh, 90);
  case_ = confirmed(first_, two_levels());
  assign(case_, an_);
  EXPECT_EQ(candidate(case_, binh).level, 2);
  assign(case_, binh, tracing::Class::kF2);
  EXPECT_THAT(list(station_), SizeIs(1)) << "an F2 is followed for no number of days that is known";

  const CaseId own = confirmed(an_);
  EXPECT_THAT(list(station_), IsEmpty()) << "the F1 is a case";
  EXPECT_EQ(candidate(own, binh).level, 1) << "by the trace of the new case, without anybody";
  EXPECT_EQ(candidate(own, binh).status, tracing::CandidateStatus::kOpen) << "asked anew";
  EXPECT_EQ(candidate(case_, binh).class_, tracing::Class::kF2) << "and what was decided stays";
  assign(own, binh);
  const FollowUp followed = open(of(binh, own).id);
  EXPECT_EQ(followed.state, State::kOpen);
  EXPECT_EQ(followed.last_day, day("2026-03-11"));
  ASSERT_THAT(*followed.reasons, SizeIs(1));
  EXPECT_EQ(followed.reasons->front().case_, own);

  undo(own);
  EXPECT_EQ(open(followed.id).state, State::kReleased);
  EXPECT_EQ(open(followed.id).reasons->front().gone, Gone::kCase);
  EXPECT_EQ(candidate(case_, binh).class_, tracing::Class::kF2);
  EXPECT_EQ(of(an_).state, State::kOpen) << "who is none is a contact again";
}

TEST_P(SeveralCasesTest, WhoIsAContactOfBothStaysOneWhenTheSecondCaseWasNone) {
  const PersonId binh = person("Lê Văn Bình");
  meet(first_, an_, 0);
  meet(first_, binh, 90);
  meet(an_, binh, 20 * 60);  // on 2 March, after midnight in Vietnam
  case_ = confirmed(first_);
  assign(case_, an_);
  assign(case_, binh);
  const CaseId own = confirmed(an_);
  assign(own, binh);
  const FollowUpId id = of(binh, own).id;
  EXPECT_EQ(of(binh).id, id) << "one follow-up for both";
  EXPECT_EQ(open(id).last_day, day("2026-03-12"));
  EXPECT_THAT(cases_of(*open(id).reasons), ::testing::ElementsAre(own, case_));
  undo(own);
  EXPECT_EQ(open(id).state, State::kOpen);
  EXPECT_EQ(open(id).last_day, day("2026-03-11"));
  undo(case_);
  EXPECT_EQ(open(id).state, State::kReleased);
}

INSTANTIATE_TEST_SUITE_P(Engines, SeveralCasesTest, store::testing::engines(), store::testing::engine_name);

}  // namespace
}  // namespace luytre::followup
