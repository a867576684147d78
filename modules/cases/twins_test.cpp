// Two open cases of one illness, after two records of one person were merged: said before, told on both files, listed,
// and gone when the merge is undone or one is discarded.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "modules/cases/cases_fixture.h"

namespace luytre::cases {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using ::testing::UnorderedElementsAre;

class CasesTwinsTest : public CasesTest {
 protected:
  people::PersonMergeId merged(PersonId person, PersonId kept) {
    people::NewPersonMerge asked{person, kept, std::string("hai hồ sơ, một người")};
    const auto merge = run(duplicates_.merge(station_, asked));
    if (!merge) throw std::runtime_error("refused: " + merge.error().code);
    return merge->id;
  }
  void parted(people::PersonMergeId merge) { ASSERT_TRUE(run(duplicates_.undo(station_, merge, "hai người"))); }

  Case reported_of(PersonId person, const char* disease = "covid-19") {
    return *run(cases_.report(station_, of(person, disease)));
  }
  Case found(const Case& kase, const Caller& by) { return *run(cases_.find(by, kase.id)); }
  // "COV-… older", "? newer": of another area.
  std::vector<std::string> twins(const Case& kase, const Caller& by) {
    std::vector<std::string> out;
    const Case file = found(kase, by);
    for (const TwinCase& twin : file.twins) {
      EXPECT_EQ(twin.number.has_value(), twin.id.has_value());
      EXPECT_EQ(twin.number.has_value(), twin.classification.has_value());
      EXPECT_EQ(twin.number.has_value(), twin.created_at.has_value());
      out.push_back(twin.number.value_or("?") + (twin.older ? " older" : " newer"));
    }
    return out;
  }
  std::vector<std::string> listed(Filter filter = {}, const Caller* by = nullptr) {
    filter.twin = true;
    const auto page = list(by ? *by : province_, filter);
    if (!page) return {page.error().code};
    std::vector<std::string> out;
    for (const CaseBrief& one : page->items) out.push_back(one.number);
    return out;
  }
  Result<http::Page<TwinPair>> asked(const Caller& by, PersonId one, PersonId other, const char* reason = "Gộp") {
    return run(cases_.would_be_twins(by, {one, other, std::string(reason)}));
  }

  people::Duplicates duplicates_{*world_.db,           world_.people,          visits::testing::geography(),
                                 world_.house->access, world_.house->accounts, world_.vault};
};

TEST_P(CasesTwinsTest, EachFileNamesTheOtherUntilOneIsDiscardedOrTheMergeUndone) {
  const PersonId kept = somebody(), again = somebody();
  const Case first = reported_of(again), second = reported_of(kept);
  const Case measles = reported_of(kept, "measles");
  EXPECT_THAT(twins(first, province_), IsEmpty()) << "two people may be ill";
  EXPECT_THAT(listed(), IsEmpty());

  const auto merge = merged(again, kept);
  EXPECT_THAT(twins(first, province_), ElementsAre(second.number + " newer"));
  EXPECT_THAT(twins(second, station_), ElementsAre(first.number + " older"));
  EXPECT_THAT(twins(measles, province_), IsEmpty()) << "another illness";
  EXPECT_THAT(listed(), UnorderedElementsAre(first.number, second.number));

  parted(merge);
  EXPECT_THAT(twins(first, province_), IsEmpty());
  EXPECT_THAT(listed(), IsEmpty());

  merged(again, kept);
  const auto discarded = reclassify(first, Classification::kDiscarded, "Cùng lần mắc bệnh với ca " + second.number);
  ASSERT_TRUE(discarded) << code(discarded);
  EXPECT_THAT(discarded->twins, IsEmpty());
  EXPECT_THAT(twins(second, province_), IsEmpty());
  EXPECT_THAT(listed(), IsEmpty());
}

TEST_P(CasesTwinsTest, AnEditAnswersThemToo) {
  const PersonId kept = somebody(), again = somebody();
  const Case first = reported_of(again), second = reported_of(kept);
  merged(again, kept);
  const auto ill = confirm(first, positive());
  ASSERT_TRUE(ill) << code(ill);
  ASSERT_THAT(ill->twins, SizeIs(1));
  EXPECT_EQ(ill->twins[0].number, second.number);
  const Case other = found(second, province_);
  ASSERT_THAT(other.twins, SizeIs(1));
  EXPECT_EQ(other.twins[0].classification, Classification::kConfirmed);
  const auto closed = reclassify(*ill, Classification::kDiscarded, "Cùng lần mắc bệnh với ca " + second.number);
  ASSERT_TRUE(closed) << code(closed);
  EXPECT_THAT(events(), Contains("case.unconfirmed 3")) << "tracing takes back what it caused";
  EXPECT_EQ(code(undo(*closed)), "case_exists") << "as of any case: the other is open";
}

TEST_P(CasesTwinsTest, RecordsMergedIntoAThirdThatIsNotIllAreTwinsToo) {
  const PersonId kept = somebody(), one = somebody(), other = somebody();
  const Case a = reported_of(one), b = reported_of(other);
  merged(one, kept);
  EXPECT_THAT(listed(), IsEmpty());
  const auto merge = merged(other, kept);
  EXPECT_THAT(listed(), UnorderedElementsAre(a.number, b.number));
  EXPECT_THAT(twins(a, province_), ElementsAre(b.number + " newer"));
  parted(merge);
  EXPECT_THAT(listed(), IsEmpty());
}

TEST_P(CasesTwinsTest, TheListIsFilteredAndOfTheOwnAreaLikeAnyOther) {
  const PersonId kept = somebody(), again = somebody();
  const Case a = reported_of(again), b = reported_of(kept);
  const Case x = reported_of(again, "measles"), y = reported_of(kept, "measles");
  reported();
  merged(again, kept);
  EXPECT_THAT(listed(), UnorderedElementsAre(a.number, b.number, x.number, y.number));
  Filter filter;
  filter.disease = "measles";
  filter.sort = Sort::kNumber;
  EXPECT_THAT(listed(filter), UnorderedElementsAre(x.number, y.number));
  filter.number = x.number;
  EXPECT_THAT(listed(filter), ElementsAre(x.number));
  EXPECT_THAT(listed({}, &far_), IsEmpty());
  cases_.set_cases_of([&](store::Session&, const Caller&, std::int64_t) -> Result<std::vector<CaseId>> {
    return std::vector<CaseId>{a.id};
  });
  Filter of_outbreak;
  of_outbreak.outbreak = 7;
  EXPECT_THAT(listed(of_outbreak), ElementsAre(a.number));
  Filter closed;
  closed.status = Status::kClosed;
  EXPECT_THAT(listed(closed), IsEmpty());
}

TEST_P(CasesTwinsTest, WhoMayNotReadTheOtherIsToldOnlyThatItIsThere) {
  const PersonId kept = somebody(), again = somebody();
  NewCase there = of(again);
  there.report_unit = kDaNang;
  const Case seen = *run(cases_.report(far_, there));  // far_ may see it, as the unit that reported it
  const Case hidden = reported_of(kept);
  merged(again, kept);
  const auto before = log_about(kept).size();
  EXPECT_THAT(twins(seen, far_), ElementsAre("? newer"));
  EXPECT_THAT(log_about(kept), SizeIs(before)) << "nothing of it was shown";
  EXPECT_THAT(twins(seen, province_), ElementsAre(hidden.number + " newer"));
  ASSERT_THAT(log_about(kept), SizeIs(before + 1));
  EXPECT_EQ(log_about(kept).front(), "cases.read case " + seen.number) << "the file in which it was shown";
}

TEST_P(CasesTwinsTest, AMergeSaysBeforeOfWhichDiseasesBothHaveAnOpenCase) {
  const PersonId kept = somebody(), again = somebody();
  const Case first = reported_of(again);
  reported_of(kept, "measles");
  EXPECT_THAT(asked(station_, again, kept)->items, IsEmpty()) << "two illnesses";
  const Case second = reported_of(kept);

  const auto before = log_about(again).size();
  const auto page = asked(station_, again, kept, "Rà soát hồ sơ trùng");
  ASSERT_TRUE(page) << code(page);
  ASSERT_THAT(page->items, SizeIs(1));
  EXPECT_EQ(page->items[0].disease, "covid-19");
  EXPECT_EQ(page->items[0].one.number, first.number);
  EXPECT_TRUE(page->items[0].one.older);
  EXPECT_EQ(page->items[0].other.id, second.id);
  EXPECT_FALSE(page->items[0].other.older);
  ASSERT_THAT(log_about(again), SizeIs(before + 1)) << "one look, not one more for the case";
  EXPECT_EQ(log_about(again).front(), "cases.read Rà soát hồ sơ trùng");
  EXPECT_EQ(log_about(kept).front(), "cases.read Rà soát hồ sơ trùng");

  EXPECT_EQ(code(asked(station_, again, kept, " ")), "reason_required");
  EXPECT_EQ(code(asked(far_, again, kept)), "not_permitted");
  EXPECT_EQ(code(asked(station_, again, PersonId{1})), "not_permitted") << "as if it were another area's";
  EXPECT_EQ(code(asked(identity::testing::citizen(1001), again, kept)), "not_permitted");

  merged(again, kept);
  EXPECT_THAT(asked(station_, again, kept)->items, IsEmpty()) << "they count as one already";
  const PersonId third = somebody();
  reported_of(third);
  EXPECT_THAT(asked(station_, third, kept)->items, SizeIs(2)) << "beside each that counts as the kept one";
  ASSERT_TRUE(reclassify(first, Classification::kDiscarded));
  EXPECT_THAT(asked(station_, third, kept)->items, SizeIs(1)) << "what is over is no twin";
}

INSTANTIATE_TEST_SUITE_P(Engines, CasesTwinsTest, store::testing::engines(), store::testing::engine_name);

}  // namespace
}  // namespace luytre::cases
