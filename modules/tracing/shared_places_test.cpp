// The places that cases share, against a brute force, on both databases.

#include "modules/tracing/shared_places.h"

#include <gmock/gmock.h>

#include <cmath>
#include <map>
#include <set>

#include "engines/presence/testing.h"
#include "modules/tracing/world_fixture.h"
#include "platform/base/result_testing.h"

namespace luytre::tracing {
namespace {

using ::testing::IsEmpty;

// Every outcome of all trials.
double by_outcomes(const std::vector<double>& chances, std::size_t k) {
  double sum = 0;
  for (unsigned outcome = 0; outcome < (1u << chances.size()); ++outcome) {
    double product = 1;
    std::size_t successes = 0;
    for (std::size_t i = 0; i < chances.size(); ++i) {
      const bool success = outcome >> i & 1u;
      successes += success ? 1 : 0;
      product *= success ? chances[i] : 1 - chances[i];
    }
    if (successes >= k) sum += product;
  }
  return sum;
}

TEST(AtLeastTest, IsTheSumOfAllOutcomes) {
  const std::vector<double> chances{0.1, 0.9, 0.5, 0.33, 0.0, 1.0};
  for (std::size_t k = 0; k <= chances.size() + 1; ++k)
    EXPECT_NEAR(at_least(chances, k), by_outcomes(chances, k), 1e-12) << k;
}

TEST(AtLeastTest, KeepsTinyChancesExact) {
  const std::vector<double> rare(12, 1e-6);
  EXPECT_NEAR(at_least(rare, 12) / 1e-72, 1, 1e-9);
  EXPECT_EQ(at_least({}, 1), 0);
  EXPECT_EQ(at_least({}, 0), 1);
}

constexpr store::Query kEmpty[] = {{"test.empty_visits", "DELETE FROM world_visit"},
                                   {"test.empty_merged", "DELETE FROM world_merged"},
                                   {"test.empty_merged_person", "DELETE FROM world_merged_person"}};

class SharedPlacesTest : public ::testing::TestWithParam<store::Engine> {
 protected:
  SharedPlaces asked(const std::vector<presence::Visit>& visits, const std::vector<Exposed>& cases,
                     const std::vector<std::pair<PlaceId, PlaceId>>& merged = {},
                     const std::vector<std::pair<PersonId, PersonId>>& same = {}) {
    return db_->transact_now([&](store::Session& s) {
      for (const store::Query& query : kEmpty) s.run(query);
      testing::insert_visits(s, visits);
      for (const auto& [place, kept] : merged) s.run(testing::kInsertMerged, place, kept);
      for (const auto& [person, kept] : same) s.run(testing::kInsertMergedPerson, person, kept);
      return *shared_places(s, cases);
    });
  }
  static presence::Visit visit(int person, int place, int from, int to) {
    presence::Visit out;
    out.person = PersonId{person};
    out.place = PlaceId{place};
    out.when = {Instant{from}, Instant{to}};
    return out;
  }
  static Exposed exposed(int person, int from, int to) { return {PersonId{person}, {Instant{from}, Instant{to}}}; }

  ManualClock clock_{{1'600'100'000}};
  store::testing::TestDatabase db_{GetParam(), {testing::world_tables()}, clock_};
};

TEST_P(SharedPlacesTest, TheWeddingComesBeforeTheMarket) {
  std::vector<presence::Visit> visits;
  for (int other = 100; other < 200; ++other) visits.push_back(visit(other, 1, 10, 20));  // the market
  for (int ill = 1; ill <= 4; ++ill) {
    visits.push_back(visit(ill, 1, 10, 20));
    if (ill < 4) visits.push_back(visit(ill, 2, 30, 40));  // the wedding
  }
  visits.push_back(visit(4, 3, 30, 40));  // of one alone
  const auto found = asked(visits, {exposed(1, 0, 50), exposed(2, 0, 50), exposed(3, 0, 50), exposed(4, 0, 50)});
  EXPECT_EQ(found.seen, 4);
  EXPECT_EQ(found.compared, 3);
  ASSERT_EQ(found.shared.size(), 2u);
  EXPECT_EQ(found.shared[0].place, PlaceId{2});
  EXPECT_EQ(found.shared[0].cases, 3);
  EXPECT_EQ(found.shared[0].visitors, 3);
  // q = 3 / 108; each of the four drew two places.
  const double p = 1 - std::pow(1 - 3.0 / 108, 2);
  EXPECT_NEAR(found.shared[0].chance, by_outcomes({p, p, p, p}, 3), 1e-15);
  EXPECT_NEAR(found.shared[0].corrected, 3 * found.shared[0].chance, 1e-15);
  EXPECT_EQ(found.shared[1].place, PlaceId{1});
  EXPECT_EQ(found.shared[1].visitors, 104);
  EXPECT_GT(found.shared[1].chance, 0.9);
}

TEST_P(SharedPlacesTest, OnlyTheOwnWindowCountsHalfOpen) {
  const std::vector<presence::Visit> visits{visit(1, 1, 10, 20), visit(2, 1, 10, 20)};
  EXPECT_EQ(asked(visits, {exposed(1, 19, 30), exposed(2, 0, 11)}).shared.size(), 1u);
  EXPECT_THAT(asked(visits, {exposed(1, 20, 30), exposed(2, 0, 11)}).shared, IsEmpty());
  EXPECT_EQ(asked(visits, {exposed(1, 19, 30), exposed(2, 0, 10)}).seen, 1);
  EXPECT_THAT(asked(visits, {}).shared, IsEmpty());
}

TEST_P(SharedPlacesTest, MergedPeopleAndPlacesAreOne) {
  const std::vector<presence::Visit> visits{visit(11, 1, 10, 20), visit(2, 9, 10, 20), visit(1, 1, 30, 40)};
  const auto found = asked(visits, {exposed(11, 0, 50), exposed(2, 0, 50), exposed(1, 0, 50)},
                           {{PlaceId{9}, PlaceId{1}}}, {{PersonId{11}, PersonId{1}}});
  ASSERT_EQ(found.shared.size(), 1u);
  EXPECT_EQ(found.shared[0].cases, 2) << "one person is one case, under whichever record";
  EXPECT_EQ(found.shared[0].visitors, 2);
  EXPECT_EQ(found.shared[0].visits.size(), 3u);
  EXPECT_EQ(found.seen, 2);
}

TEST_P(SharedPlacesTest, TooManyAreRefused) {
  const std::vector<Exposed> many(kMostExposed + 1, exposed(1, 0, 50));
  const auto refused = db_->transact_now([&](store::Session& s) { return code(shared_places(s, many)); });
  EXPECT_EQ(refused, "too_many_to_compare");
}

// The definition of the header, written down once more; people, places and visits as the world names them.
SharedPlaces by_brute_force(const presence::World& world, const std::vector<Exposed>& cases) {
  SharedPlaces out;
  Interval span = cases.front().when;
  for (const Exposed& one : cases) span = {std::min(span.from, one.when.from), std::max(span.to, one.when.to)};
  const auto meets = [](Interval a, Interval b) { return a.from < b.to && b.from < a.to; };
  std::map<PlaceId, std::set<PersonId>> visitors;
  std::map<PlaceId, std::set<std::size_t>> there;
  std::map<std::size_t, std::set<PlaceId>> drawn;
  for (const presence::Visit& v : world.visits) {
    if (meets(v.when, span)) visitors[v.place].insert(v.person);
    for (std::size_t i = 0; i < cases.size(); ++i) {
      if (cases[i].person != v.person || !meets(v.when, cases[i].when)) continue;
      there[v.place].insert(i);
      drawn[i].insert(v.place);
    }
  }
  double all = 0;
  for (const auto& [place, who] : there) all += static_cast<double>(visitors[place].size());
  out.seen = static_cast<std::int64_t>(drawn.size());
  out.compared = static_cast<std::int64_t>(there.size());
  for (const auto& [place, who] : there) {
    if (who.size() < 2) continue;
    const double share = static_cast<double>(visitors[place].size()) / all;
    std::vector<double> chances;
    for (const auto& [i, places] : drawn) {
      double never = 1;
      for (std::size_t draw = 0; draw < places.size(); ++draw) never *= 1 - share;
      chances.push_back(1 - never);
    }
    SharedPlace one;
    one.place = place;
    one.cases = static_cast<std::int64_t>(who.size());
    one.visitors = static_cast<std::int64_t>(visitors[place].size());
    one.chance = by_outcomes(chances, who.size());
    out.shared.push_back(one);
  }
  return out;
}

TEST_P(SharedPlacesTest, AnswersAsTheBruteForceDoes) {
  EXPECT_TRUE(rc::check("shared places", [&] {
    const presence::testing::Case any = *presence::testing::any_case();
    std::set<PersonId> people;
    for (const presence::Visit& v : any.world.visits) people.insert(v.person);
    RC_PRE(!people.empty());
    // Each with another window around the first visits, so that some reach in and some do not.
    Instant first = any.world.visits.front().when.from, last = any.world.visits.front().when.to;
    for (const presence::Visit& v : any.world.visits) {
      first = std::min(first, v.when.from);
      last = std::max(last, v.when.to);
    }
    std::vector<Exposed> cases;
    const int length = static_cast<int>((last - first).count());
    for (const PersonId person : people) {
      const int from = *rc::gen::inRange(0, length);
      const int lasts = *rc::gen::inRange(1, length + 1);
      cases.push_back({person, {first + std::chrono::seconds(from), first + std::chrono::seconds(from + lasts)}});
    }
    auto found = asked(any.world.visits, cases);
    const auto expected = by_brute_force(any.world, cases);
    RC_ASSERT(found.seen == expected.seen);
    RC_ASSERT(found.compared == expected.compared);
    RC_ASSERT(found.shared.size() == expected.shared.size());
    for (std::size_t i = 1; i < found.shared.size(); ++i)
      RC_ASSERT(found.shared[i - 1].chance <= found.shared[i].chance);
    std::sort(found.shared.begin(), found.shared.end(),
              [](const SharedPlace& a, const SharedPlace& b) { return a.place < b.place; });
    for (std::size_t i = 0; i < found.shared.size(); ++i) {
      RC_ASSERT(found.shared[i].place == expected.shared[i].place);
      RC_ASSERT(found.shared[i].cases == expected.shared[i].cases);
      RC_ASSERT(found.shared[i].visitors == expected.shared[i].visitors);
      RC_ASSERT(std::abs(found.shared[i].chance - expected.shared[i].chance) < 1e-9);
    }
  }));
}

INSTANTIATE_TEST_SUITE_P(Engines, SharedPlacesTest, store::testing::engines(), store::testing::engine_name);

}  // namespace
}  // namespace luytre::tracing
