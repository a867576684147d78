// Cases whose positive result does not stand any more: sorted, filtered, gone on with, and as a file; on both
// databases.

#include "modules/laboratory/overturned.h"

#include "modules/laboratory/laboratory_fixture.h"

namespace luytre::laboratory {
namespace {

using cases::SortOrder;
using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::Not;

class OverturnedTest : public LaboratoryTest {
 protected:
  // The results of T-2 and T-3 fall at once, that of T-1 after them; that of T-4 stands.
  void four() {
    for (int i = 0; i < 4; ++i) people_.push_back(somebody());
    const LaboratoryId at = sent({{"T-1", people_[0]}, {"T-2", people_[1]}, {"T-3", people_[2]}, {"T-4", people_[3]}});
    for (const char* tube : {"T-1", "T-2", "T-3", "T-4"}) {
      results_.push_back(must(enter(at, result(tube, Outcome::kPositive))).results.back().id);
      cases_made_.push_back(must(room_.make_case(province_, results_.back())).id);
    }
    world_.clock.advance(minutes(5));
    for (const std::size_t i : {2U, 1U}) corrected(results_[i]);
    world_.clock.advance(minutes(5));
    corrected(results_[0]);
  }
  void corrected(ResultId id) {
    must(room_.correct(province_, id, {Outcome::kNegative, std::nullopt, now(), std::string("Nhầm giếng")}));
  }
  std::vector<std::string> tubes(const OverturnedFilter& filter, std::size_t at_once) {
    std::vector<std::string> out;
    std::optional<std::string> cursor;
    do {
      const auto page = must(room_.overturned(province_, filter, cursor, at_once));
      EXPECT_LE(page.items.size(), at_once);
      for (const Overturned& one : page.items) out.push_back(one.tube);
      cursor = page.next;
    } while (cursor && out.size() < 20);
    return out;
  }
  static OverturnedOut file(const char* reason = "Rà soát ca bệnh") {
    OverturnedOut out;
    out.reason = std::string(reason);
    return out;
  }

  std::vector<PersonId> people_;
  std::vector<ResultId> results_;
  std::vector<CaseId> cases_made_;
};

TEST_P(OverturnedTest, SortedBySinceWhenPagesGluedAreTheWholeListAlsoOfWhatFellAtOnce) {
  four();
  OverturnedFilter filter;
  for (const std::size_t at_once : {std::size_t{1}, std::size_t{2}, std::size_t{3}, std::size_t{50}}) {
    filter.order.reset();
    EXPECT_THAT(tubes(filter, at_once), ElementsAre("T-2", "T-3", "T-1")) << "the oldest first, unless asked";
    filter.order = SortOrder::kDescending;
    EXPECT_THAT(tubes(filter, at_once), ElementsAre("T-1", "T-3", "T-2"));
  }
  filter.disease = "covid-19";
  EXPECT_THAT(tubes(filter, 1), SizeIs(3));
  filter.disease = "measles";
  EXPECT_THAT(tubes(filter, 1), IsEmpty());
}

TEST_P(OverturnedTest, ACursorGoesOnWithItsOwnOrderAloneAndWhoIsOnThePageIsLogged) {
  four();
  const auto first = must(room_.overturned(province_, {}, {}, 1));
  ASSERT_TRUE(first.next);
  EXPECT_TRUE(run(room_.overturned(province_, {}, first.next, 1)));
  OverturnedFilter other;
  other.order = SortOrder::kDescending;
  EXPECT_THAT(fields(run(room_.overturned(province_, other, first.next, 1))), ElementsAre("?cursor other_sort"));
  for (const char* wrong : {"x", "since-ascending.", "since-ascending.1", "since-ascending.x.1"})
    EXPECT_THAT(fields(run(room_.overturned(province_, {}, wrong, 1))), ElementsAre("?cursor format")) << wrong;
  EXPECT_EQ(count("SELECT count(*) FROM laboratory_shown WHERE viewer = 9101"), 2) << "of the two pages";
  EXPECT_THAT(overturned_for(far_), IsEmpty());
}

TEST_P(OverturnedTest, WhatWasUndoneLeavesNoGap) {
  four();
  const auto version = must(cases_.find(province_, cases_made_[2])).version;
  must(cases_.undo(province_, cases_made_[2], {std::string("Phòng xét nghiệm báo nhầm")}, version));
  EXPECT_THAT(tubes({}, 1), ElementsAre("T-2", "T-1"));
}

TEST_P(OverturnedTest, AFileHasNamesIsMarkedAndEverybodyIsLogged) {
  four();
  const auto all = must(room_.take_out(province_, kQuangTri, file()));
  EXPECT_THAT(all.body, HasSubstr("Lũy Tre: "));
  EXPECT_THAT(all.body, HasSubstr("name,birthYear,sex,commune,case,disease,tube,unit,unitName,method,now,since"));
  for (const char* tube : {"T-1", "T-2", "T-3"}) EXPECT_THAT(all.body, HasSubstr(tube));
  EXPECT_THAT(all.body, HasSubstr("pcr,negative"));
  EXPECT_THAT(all.body, Not(HasSubstr("T-4"))) << "it stands";
  for (std::size_t i = 0; i < 3; ++i) EXPECT_THAT(log_about(people_[i]), Contains("laboratory.take_overturned"));
  EXPECT_THAT(log_about(people_[3]), Not(Contains("laboratory.take_overturned")));
  OverturnedOut other = file();
  other.disease = std::string("measles");
  EXPECT_THAT(must(room_.take_out(province_, kQuangTri, other)).body, Not(HasSubstr("T-1")));
  EXPECT_EQ(code(run(room_.take_out(far_, kQuangTri, file()))), "not_permitted");
  EXPECT_EQ(code(run(room_.take_out(world_.station, kHaiLang, file()))), "not_permitted");
  EXPECT_EQ(code(run(room_.take_out(province_, kQuangTri, file("")))), "reason_required");
  const std::string of = "overturned results, unit " + to_text(kQuangTri);
  EXPECT_THAT(lists_taken("laboratory.take_overturned"), ElementsAre("0 " + of + ": Rà soát ca bệnh", of));
}

INSTANTIATE_TEST_SUITE_P(Engines, OverturnedTest, store::testing::engines(), store::testing::engine_name);

}  // namespace
}  // namespace luytre::laboratory
