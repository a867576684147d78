// What graphs of transmission are drawn from: exposures in whole levels, and whom somebody had met.

#include "modules/tracing/spread.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "modules/tracing/tracing_fixture.h"

namespace luytre::tracing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

// An met the case at the market for an hour and a half, Bình for half an hour; Cảnh met An at the wharf afterwards.
class SpreadTest : public TracingTest {
 protected:
  SpreadTest() {
    stay(ill_.id, market_, 0, 90);
    stay(an_.id, market_, 0, 90);
    stay(binh_.id, market_, 60, 30);
    stay(an_.id, wharf_, 120, 60);
    stay(canh_.id, wharf_, 120, 60);
  }
  cases::Case traced() {
    cases::Confirmation request = positive();
    request.rule_set = std::string("vn-covid-19-2020-08");  // two levels
    return confirmed(ill_.id, request);
  }
  Exposures asked(CaseId id, std::int64_t levels, std::size_t most) {
    return world_.db->read_now([&](store::Session& s) { return exposures(s, std::span(&id, 1), levels, most); });
  }
  MetBefore met(PersonId person, const std::set<PersonId>& among, const presence::TraceLimits& limits = {}) {
    const Exposed one{person, {minute(-1000), minute(1000)}};
    return world_.db->read_now([&](store::Session& s) {
      return met_before(s, std::span(&one, 1), among, place_settings(world_.registry), limits);
    });
  }

  const Someone ill_ = someone("Lê Văn Bệnh"), an_ = someone("Nguyễn Thị An"), binh_ = someone("Lê Văn Bình"),
                canh_ = someone("Võ Cảnh");
  const PlaceId market_ = place("Chợ Diên Sanh"), wharf_ = place("Bến đò Hải Lăng");
};

TEST_P(SpreadTest, EveryoneExposedComesWithTheStrongestEvidence) {
  const cases::Case kase = traced();
  const Exposures found = asked(kase.id, 4, 100);
  EXPECT_THAT(found.left_out, ElementsAre(0, 0, 0, 0));
  ASSERT_THAT(found.all, SizeIs(3));
  EXPECT_EQ(found.all[0].person, an_.id) << "longer together than Bình";
  EXPECT_EQ(found.all[1].person, binh_.id);
  ASSERT_TRUE(found.all[1].strongest);
  EXPECT_EQ(found.all[1].strongest->with, ill_.id);
  EXPECT_EQ(found.all[1].strongest->place, market_);
  EXPECT_EQ(found.all[1].strongest->when.from, minute(60));
  EXPECT_EQ(found.all[2].person, canh_.id);
  EXPECT_EQ(found.all[2].level, 2);
  EXPECT_EQ(found.all[2].strongest->with, an_.id);
  EXPECT_THAT(asked(kase.id, 1, 100).all, SizeIs(2));
}

TEST_P(SpreadTest, ALevelThatDoesNotFitKeepsItsStrongestAndThoseAboveAreCounted) {
  const cases::Case kase = traced();
  const Exposures one = asked(kase.id, 2, 1);
  ASSERT_THAT(one.all, SizeIs(1));
  EXPECT_EQ(one.all[0].person, an_.id);
  EXPECT_THAT(one.left_out, ElementsAre(1, 1));
  EXPECT_THAT(asked(kase.id, 2, 2).left_out, ElementsAre(0, 1)) << "the first level is whole";
  EXPECT_THAT(asked(kase.id, 2, 0).all, IsEmpty());
}

TEST_P(SpreadTest, WhatACaseWithoutContactsLeavesGoesToTheOthers) {
  const std::vector<CaseId> both{confirmed(someone("Bùi Đơn").id, positive()).id, traced().id};
  const Exposures found = world_.db->read_now([&](store::Session& s) { return exposures(s, both, 1, 1); });
  ASSERT_THAT(found.all, SizeIs(1)) << "not half of one for each";
  EXPECT_EQ(found.all[0].person, an_.id);
  EXPECT_THAT(found.left_out, ElementsAre(1));
}

TEST_P(SpreadTest, WhoWasDismissedIsNoLongerExposed) {
  const cases::Case kase = traced();
  ASSERT_TRUE(assign(station_, candidate(kase.id, binh_.id), Class::kNone));
  ASSERT_TRUE(assign(station_, candidate(kase.id, an_.id), Class::kF1));
  const Exposures found = asked(kase.id, 1, 100);
  ASSERT_THAT(found.all, SizeIs(1));
  EXPECT_EQ(found.all[0].class_, Class::kF1);
  EXPECT_THAT(found.left_out, ElementsAre(0));
}

TEST_P(SpreadTest, WhomSomebodyMetIsToldOfThoseAskedAboutAlone) {
  const MetBefore all = met(binh_.id, {ill_.id, an_.id, canh_.id});
  EXPECT_EQ(all.reached, 1U);
  ASSERT_THAT(all.of_each, SizeIs(1));
  ASSERT_THAT(all.of_each[0], SizeIs(2)) << "Cảnh was never there";
  const MetBefore one = met(binh_.id, {ill_.id});
  ASSERT_THAT(one.of_each[0], SizeIs(1));
  EXPECT_EQ(one.of_each[0][0].strongest.with, ill_.id);
  EXPECT_EQ(one.of_each[0][0].strongest.place, market_);
  EXPECT_EQ(one.of_each[0][0].strongest.when.from, minute(60));
  EXPECT_EQ(one.of_each[0][0].strongest.when.to, minute(90));
}

TEST_P(SpreadTest, WhenTheTimeIsOverNothingIsSaidOfTheRest) {
  presence::TraceLimits limits;
  limits.over = [] { return true; };
  const MetBefore none = met(binh_.id, {ill_.id}, limits);
  EXPECT_EQ(none.reached, 0U);
  ASSERT_THAT(none.of_each, SizeIs(1));
  EXPECT_THAT(none.of_each[0], IsEmpty());
}

INSTANTIATE_TEST_SUITE_P(Engines, SpreadTest, store::testing::engines(), store::testing::engine_name);

}  // namespace
}  // namespace luytre::tracing
