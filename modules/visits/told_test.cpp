#include "modules/visits/told.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "modules/visits/counts.h"
#include "modules/visits/stays.h"
#include "modules/visits/storage.h"
#include "modules/visits/visits_fixture.h"

namespace luytre::visits {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class ToldTest : public VisitsTest {
 protected:
  std::optional<VisitId> told(PlaceId place, Instant from, Instant to) {
    return world_.db->transact_now([&](store::Session& s) {
      return tell(s, *world_.db, world_.registry, {an_, place, from, to});
    });
  }
  void taken_back(VisitId visit) {
    world_.db->transact_now([&](store::Session& s) { untell(s, visit, now()); });
  }
  std::int64_t published() {
    const store::Query all{"test.published", "SELECT count(*) FROM visits_pub_visit"};
    return world_.db->read_now([&](store::Session& s) { return s.value<std::int64_t>(all); });
  }
};

TEST_P(ToldTest, IsForTracingAlone) {
  ASSERT_TRUE(told(market_, now() - hours(3), now() - hours(2)));
  EXPECT_EQ(published(), 1);
  EXPECT_THAT(list(account_), IsEmpty());
  EXPECT_THAT(world_.db->read_now([&](store::Session& s) { return stays(s, an_, now() - hours(9), now(), 50); }),
              IsEmpty());
}

TEST_P(ToldTest, NoCountHasIt) {
  const Interval day{now() - hours(12), now() + hours(12)};
  // Present now, today, arrivals, departures, those of no zone, present at an instant.
  const auto counted = [&] {
    return world_.db->read_now([&](store::Session& s) {
      const Summary sum = storage::summary(s, market_, now());
      return std::vector<std::int64_t>{sum.now,
                                       sum.today,
                                       std::ssize(arrivals(s, market_, day)),
                                       std::ssize(departures(s, market_, day)),
                                       std::ssize(wholes(s, market_, day)),
                                       present_at(s, market_, now())};
    });
  };
  ASSERT_TRUE(told(market_, now() - minutes(30), now() + minutes(30)));
  EXPECT_THAT(counted(), ElementsAre(0, 0, 0, 0, 0, 0));
  ASSERT_TRUE(scan(other_, market_, now() - minutes(1)));
  EXPECT_THAT(counted(), ElementsAre(1, 1, 1, 1, 1, 1));
}

TEST_P(ToldTest, NeitherCutsNorJoinsNorIsCut) {
  const auto scanned = scan(account_, school_, now() - hours(3));
  ASSERT_TRUE(scanned);
  const std::string before = json::text(list(account_));
  const auto visit = told(market_, now() - hours(3) + minutes(10), now() - hours(1));
  ASSERT_TRUE(visit);
  EXPECT_EQ(json::text(list(account_)), before);
  ASSERT_TRUE(scan(account_, market_, now() - hours(2)));
  EXPECT_THAT(list(account_), SizeIs(2)) << "a scan at the same place is a visit of its own";
  taken_back(*visit);
  EXPECT_THAT(list(account_), SizeIs(2));
  EXPECT_EQ(published(), 2);
}

TEST_P(ToldTest, NobodysPhoneEndsOrCancelsIt) {
  const auto visit = told(market_, now() - hours(1), now());
  ASSERT_TRUE(visit);
  EXPECT_EQ(code(leave(account_, *visit, now())), "not_found");
  EXPECT_EQ(code(run(visits().cancel(account_, *visit))), "not_found");
  EXPECT_EQ(code(run(visits().share(account_, *visit, {16.7, 107.2}))), "not_found");
  EXPECT_EQ(published(), 1);
  world_.db->transact_now([&](store::Session& s) { visits().end_all(s, market_, {now() - hours(2), now()}); });
  EXPECT_EQ(published(), 1);
}

TEST_P(ToldTest, TakesBackOnlyWhatWasTold) {
  const auto scanned = scan(account_, school_, now() - hours(1));
  ASSERT_TRUE(scanned);
  taken_back(scanned->id);
  EXPECT_THAT(list(account_), SizeIs(1));
  const auto visit = told(market_, now() - hours(3), now() - hours(2));
  taken_back(*visit);
  taken_back(*visit);
  EXPECT_EQ(published(), 1);
}

TEST_P(ToldTest, RefusesWhatNobodyCouldTrace) {
  EXPECT_FALSE(told(PlaceId{4711}, now() - hours(3), now() - hours(2)));
  EXPECT_FALSE(told(market_, now() - hours(2), now() - hours(2)));
  EXPECT_FALSE(told(market_, now() - kKept - hours(2), now() - kKept - hours(1)));
}

INSTANTIATE_TEST_SUITE_P(Engines, ToldTest, store::testing::engines(), store::testing::engine_name);

}  // namespace
}  // namespace luytre::visits
