#include "modules/cases/spreading.h"

#include "modules/cases/cases_fixture.h"

namespace luytre::cases {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

class SpreadingTest : public CasesTest {
 protected:
  static SpreadingQuestion question() {
    SpreadingQuestion out;
    out.disease = "covid-19";
    out.units = {visits::testing::kHaiLang};
    out.ill_from = *parse_date("2026-02-01");
    out.ill_to = *parse_date("2026-03-01");
    out.since = at("2026-02-15T00:00:00Z");
    out.most = 100;
    return out;
  }
  std::vector<CaseId> spread(const SpreadingQuestion& asked) {
    std::vector<CaseId> out;
    for (const Spreading& one : world_.db->read_now([&](store::Session& s) { return spreading(s, asked); }))
      out.push_back(one.id);
    return out;
  }
  CaseId ill(const char* onset) {
    NewCase request = of(somebody());
    if (*onset) request.onset = parse_date(onset);
    return run(cases_.report(station_, request))->id;
  }
};

TEST_P(SpreadingTest, OpenCasesOfTheDiseaseByTheirOnsetOrWithoutOne) {
  const CaseId first = ill("2026-02-01"), last = ill("2026-03-01"), unknown = ill("");
  ill("2026-01-31");
  ill("2026-03-02");
  ASSERT_TRUE(run(cases_.report(station_, of(somebody(), "dengue"))));
  EXPECT_THAT(spread(question()), ElementsAre(unknown, last, first)) << "latest reported first";
  SpreadingQuestion later = question();
  later.ill_from = *parse_date("2026-03-03");
  EXPECT_THAT(spread(later), IsEmpty()) << "who has no onset was reported before";
}

TEST_P(SpreadingTest, WhoWasDiscardedOrIsOverSinceBeforeIsLeftOut) {
  const Case none = reported();
  ASSERT_TRUE(reclassify(none, Classification::kDiscarded));
  const Case over = *run(cases_.find(station_, ill("2026-02-02")));
  Course course;
  course.outcome = Outcome::kRecovered;
  course.outcome_on = parse_date("2026-02-14");
  const auto ended = run(cases_.record_course(station_, over.id, course, over.version));
  ASSERT_TRUE(ended) << code(ended);
  Confirmation isolated = positive();
  isolated.isolated_at = at("2026-03-01T12:00:00Z");
  const auto shut = confirm(reported(), isolated);
  ASSERT_TRUE(shut) << code(shut);
  EXPECT_THAT(spread(question()), ElementsAre(shut->id));
  SpreadingQuestion later = question();
  later.since = *shut->window_to;
  EXPECT_THAT(spread(later), IsEmpty());
  later.since = at("2026-02-14T01:00:00Z");
  EXPECT_THAT(spread(later), UnorderedElementsAre(shut->id, over.id)) << "it ended on that day";
}

TEST_P(SpreadingTest, OfTheUnitsAskedForAndNoMoreThanThat) {
  const CaseId first = ill("2026-02-20"), second = ill("2026-02-21"), third = ill("2026-02-22");
  SpreadingQuestion elsewhere = question();
  elsewhere.units = {kDaNang};
  EXPECT_THAT(spread(elsewhere), IsEmpty());
  elsewhere.everywhere = true;
  EXPECT_THAT(spread(elsewhere), ElementsAre(third, second, first));
  SpreadingQuestion few = question();
  few.units = {kDaNang, visits::testing::kHaiLang, visits::testing::kHaiLang};
  few.most = 2;
  EXPECT_THAT(spread(few), ElementsAre(third, second));
}

TEST_P(SpreadingTest, AlsoOfTheUnitThatReported) {
  NewCase request = of(somebody());
  request.onset = parse_date("2026-02-20");
  request.report_unit = kDaNang;  // a hospital there
  const auto made = run(cases_.report(far_, request));
  ASSERT_TRUE(made) << code(made);
  SpreadingQuestion there = question();
  there.units = {kDaNang};
  EXPECT_THAT(spread(there), ElementsAre(made->id));
}

INSTANTIATE_TEST_SUITE_P(Engines, SpreadingTest, store::testing::engines(), store::testing::engine_name);

}  // namespace
}  // namespace luytre::cases
