// By whose case somebody was infected.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "modules/cases/cases_fixture.h"
#include "platform/store/testing.h"

namespace luytre::cases {
namespace {

using ::testing::IsEmpty;
using ::testing::SizeIs;

class CasesSourceTest : public CasesTest {
 protected:
  Result<Case> infected_by(const Caller& caller, const Case& kase, std::optional<std::string> number) {
    Source source;
    if (number) source.number = Text<40>(*number);
    return run(cases_.record_source(caller, kase.id, source, kase.version));
  }
  Result<Case> infected_by(const Case& kase, const Case& source) { return infected_by(station_, kase, source.number); }
  Case again(const Case& kase) { return *run(cases_.find(province_, kase.id)); }
};

TEST_P(CasesSourceTest, TheSourceNamesTheCaseAndIsNamedByIt) {
  const Case first = confirmed(), second = confirmed(), third = reported();
  const auto ill = infected_by(second, first);
  ASSERT_TRUE(ill) << code(ill);
  EXPECT_EQ(ill->source, first.id);
  EXPECT_EQ(ill->source_number, first.number);
  EXPECT_EQ(ill->version, second.version + 1);
  ASSERT_TRUE(infected_by(third, first));
  const Case source = again(first);
  EXPECT_EQ(source.version, first.version) << "nothing of it was changed";
  ASSERT_THAT(source.caused, SizeIs(2));
  EXPECT_EQ(source.caused[0].number, second.number);
  EXPECT_EQ(source.caused[1].id, third.id);
  EXPECT_FALSE(source.source);
  EXPECT_EQ(events().back(), "case.dated 2") << "nothing that would be traced again";

  ASSERT_TRUE(reclassify(again(third), Classification::kDiscarded));
  EXPECT_THAT(again(first).caused, SizeIs(1)) << "who had it not was not infected";
  const auto unknown = infected_by(station_, *ill, std::nullopt);
  ASSERT_TRUE(unknown) << code(unknown);
  EXPECT_FALSE(unknown->source || unknown->source_number);
  EXPECT_THAT(again(first).caused, IsEmpty());
  EXPECT_EQ(undo(*unknown)->source, first.id);
}

TEST_P(CasesSourceTest, SourcesNeverGoRoundInACircle) {
  const Case a = confirmed(), b = confirmed(), c = confirmed();
  const Case b1 = *infected_by(b, a);
  const Case c1 = *infected_by(c, b1);
  EXPECT_EQ(code(infected_by(a, a)), "source_unfit");
  EXPECT_EQ(code(infected_by(a, b1)), "source_unfit");
  EXPECT_EQ(code(infected_by(a, c1)), "source_unfit");

  const Case free = *infected_by(station_, b1, std::nullopt);
  ASSERT_TRUE(infected_by(a, c1)) << "b is the first now";
  EXPECT_EQ(code(undo(free)), "source_unfit") << "undoing it would close the circle";
  EXPECT_FALSE(again(b).source);
}

TEST_P(CasesSourceTest, OnlyACaseOfTheSameDiseaseThatTheOfficerMaySeeIsASource) {
  const Case ill = confirmed();
  const Case measles = *run(cases_.report(station_, of(somebody(), "measles")));
  EXPECT_EQ(code(infected_by(ill, measles)), "source_unfit");
  EXPECT_EQ(code(infected_by(ill, *reclassify(reported(), Classification::kDiscarded))), "source_unfit");
  EXPECT_EQ(code(infected_by(station_, ill, "COV-260302-NONE")), "source_unknown");

  NewCase there = of(somebody());
  there.report_unit = kDaNang;
  const Case seen = *run(cases_.report(far_, there));  // far_ may see it, as the unit that reported it
  EXPECT_EQ(code(infected_by(far_, seen, ill.number)), "source_unknown") << "of another area, as if there were none";
  EXPECT_TRUE(infected_by(station_, seen, ill.number));
  EXPECT_EQ(code(infected_by(far_, ill, seen.number)), "not_permitted");
  EXPECT_EQ(code(infected_by(identity::testing::citizen(1001), ill, seen.number)), "not_permitted");
}

TEST_P(CasesSourceTest, LookingForTheSourceIsALookAtItsPerson) {
  const Case source = confirmed(), ill = confirmed();
  const auto before = log_about(source.person.id).size();
  ASSERT_TRUE(infected_by(ill, source));
  const auto after = log_about(source.person.id);
  ASSERT_THAT(after, SizeIs(before + 1));
  EXPECT_EQ(after.front(), "cases.read case " + source.number);
  Case old = ill;
  --old.version;
  EXPECT_EQ(code(infected_by(old, source)), "version_conflict");
}

INSTANTIATE_TEST_SUITE_P(Engines, CasesSourceTest, store::testing::engines(), store::testing::engine_name);

}  // namespace
}  // namespace luytre::cases
