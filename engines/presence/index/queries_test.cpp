#include "engines/presence/index/queries.h"

#include <algorithm>
#include <tuple>

#include "engines/presence/index/index.h"
#include "engines/presence/index/reach.h"
#include "engines/presence/index/sweep.h"
#include "engines/presence/merge.h"
#include "engines/presence/testing.h"
// testing.h first: rapidcheck's glue needs gtest.
#include <rapidcheck/gtest.h>

namespace luytre::presence {
namespace {

constexpr Instant kMidnight{1'600'041'600};

// Half of the world in segments, half not.
std::unique_ptr<PresenceIndex> half_sealed(const World& world) {
  auto index = std::make_unique<PresenceIndex>(IndexOptions{});
  const std::size_t half = world.visits.size() / 2;
  index->load(std::span(world.visits).first(half), world.encounters);
  index->add(std::span(world.visits).subspan(half));
  return index;
}

std::vector<Visit> cut(const World& world, Interval when) {
  std::vector<Visit> out;
  for (const MergedVisit& m : merge_visits(world.visits, {})) {
    const Interval shared = common(m.visit.when, when);
    if (shared.empty()) continue;
    out.push_back(m.visit);
    out.back().when = shared;
    out.back().estimated = m.estimated_within(shared);
  }
  return out;
}

Interval any_interval() {
  const auto from = *rc::gen::inRange<std::int64_t>(-100'000, 100'000);
  const auto length = *rc::gen::inRange<std::int64_t>(0, 200'000);
  return {{kMidnight.seconds + from}, {kMidnight.seconds + from + length}};
}

RC_GTEST_PROP(QueriesProperty, PresentAndWhereaboutsAreTheMergedVisitsCut, ()) {
  const auto c = *testing::any_case();
  const Interval when = any_interval();
  const auto index = half_sealed(c.world);
  std::vector<Visit> expected = cut(c.world, when);
  std::vector<Visit> there, theirs;
  for (std::int64_t id = 0; id <= 13; ++id) {
    for (const Visit& v : present_at(index->view(), {id}, when)) there.push_back(v);
    for (const Visit& v : whereabouts(index->view(), {id}, when)) theirs.push_back(v);
  }
  for (auto* const visits : {&expected, &there, &theirs}) std::sort(visits->begin(), visits->end());
  RC_ASSERT(there == expected);
  RC_ASSERT(theirs == expected);
}

// Every pair of visits and every merged encounter of the day.
struct EveryPair {
  std::vector<AllPairs::Cell> matrix;
  std::map<PlaceId, std::int64_t> links;

  EveryPair(const World& world, const AllPairsQuestion& question)
      : matrix((question.kinds + 1) * question.groups * question.groups), question_(question) {
    const Interval day{begin_of(question.day), begin_of(question.day + 1)};
    const auto visits = cut(world, day);
    for (const Visit& a : visits) {
      for (const Visit& b : visits) {
        if (b.person <= a.person || a.place != b.place || (a.zone && b.zone && *a.zone != *b.zone)) continue;
        if (add(question.kind_of(a.place), a.person, b.person, common(a.when, b.when))) ++links[a.place];
      }
    }
    for (const Encounter& e : merge_encounters(world.encounters))
      add(question.kinds, e.person, e.peer, common(e.when, day));
  }

 private:
  bool add(std::size_t kind, PersonId a, PersonId b, Interval when) {
    if (when.empty() || !lasts(when, question_.min_overlap)) return false;
    const std::size_t one = question_.group_of(a), other = question_.group_of(b);
    count(kind, one, other, when);
    if (one != other) count(kind, other, one, when);
    return true;
  }
  void count(std::size_t kind, std::size_t a, std::size_t b, Interval when) {
    auto& cell = matrix[(kind * question_.groups + a) * question_.groups + b];
    ++cell.links;
    cell.seconds += (when.to - when.from).count();
  }

  const AllPairsQuestion& question_;
};

RC_GTEST_PROP(QueriesProperty, AllPairsAreThePairsOfTheDay, ()) {
  const auto c = *testing::any_case();
  AllPairsQuestion question;
  question.day = day_of(kMidnight) + *rc::gen::inRange<Day>(-1, 2);
  question.min_overlap = c.question.rules.min_overlap;
  question.groups = 3;
  question.group_of = [](PersonId p) { return static_cast<std::size_t>(p.value % 3); };
  question.kinds = 2;
  question.kind_of = [](PlaceId p) { return static_cast<std::size_t>(p.value % 2); };
  const auto index = half_sealed(c.world);
  const EveryPair expected(c.world, question);

  const std::vector<AllPairs> parts{all_pairs(index->view(), question, 0, 2), all_pairs(index->view(), question, 1, 2)};
  const AllPairs all = join(parts, 20);
  RC_ASSERT(all.matrix == expected.matrix);
  RC_ASSERT(all.matrix == all_pairs(index->view(), question).matrix);
  RC_ASSERT(all.busiest.size() == expected.links.size());
  for (const auto& busy : all.busiest) RC_ASSERT(expected.links.at(busy.place) == busy.links);
  RC_ASSERT(std::is_sorted(all.busiest.begin(), all.busiest.end(),
                           [](const auto& a, const auto& b) { return a.links > b.links; }));
  for (const unsigned threads : {1U, 3U, 8U}) {
    const AllPairs at_once = all_pairs_at_once(index->view(), question, threads);
    RC_ASSERT(at_once.matrix == all.matrix);
    RC_ASSERT(at_once.busiest == all.busiest);
  }
}

// ---- stopping ----

// A chain: 1 meets 2, then 2 meets 3, and so on; each also meets ten others.
std::unique_ptr<PresenceIndex> chain() {
  auto index = std::make_unique<PresenceIndex>(IndexOptions{});
  std::vector<Encounter> encounters;
  for (std::int64_t i = 1; i <= 6; ++i) {
    const Interval when{{kMidnight.seconds + i * 10'000}, {kMidnight.seconds + i * 10'000 + 1000}};
    encounters.push_back({{i}, {i + 1}, when, {}});
    for (std::int64_t other = 0; other < 10; ++other) encounters.push_back({{i}, {100 * i + other}, when, {}});
  }
  index->add(encounters);
  return index;
}

Question along_the_chain(int depth) {
  Question q;
  q.cases = {{{1}, {kMidnight, {kMidnight.seconds + 200'000}}}};
  q.horizon = q.cases[0].window.to;
  q.rules.depth = depth;
  return q;
}

// The seconds between days that lie more than a century apart do not fit where those of others are noted.
TEST(ReachTest, DaysFarApartAnswerAsTheBruteForce) {
  constexpr std::chrono::days kFar{60'000};
  World world;
  for (const std::chrono::days later : {std::chrono::days(0), kFar}) {
    const Instant from = Instant{1'600'041'600} + later;
    world.visits.push_back({{1}, {1}, {}, {from, from + std::chrono::hours(2)}});
    world.visits.push_back({{2 + later.count()}, {1}, {}, {from, from + std::chrono::hours(1)}});
  }
  Question q;
  q.cases = {{{1}, {Instant{0}, Instant{1'600'041'600} + kFar + std::chrono::days(1)}}};
  q.horizon = q.cases[0].window.to;
  PresenceIndex index({});
  index.load(world.visits);
  const Answer expected = BruteForce(world).trace(q);
  ASSERT_EQ(expected.contacts.size(), 2U);
  const Reach found = reach(index.view(), q);
  ASSERT_EQ(found.persons.size(), 2U);
  for (std::size_t i = 0; i < 2; ++i) {
    const Contact& wanted = expected.contacts[i];
    EXPECT_EQ(found.persons[i], (Reached{wanted.person, wanted.level, wanted.exposed_since})) << i;
  }
}

TEST(StoppingTest, SaysThatDepthOrCountEndedIt) {
  const auto index = chain();
  const auto stopped = [&](int depth, TraceLimits limits) {
    const Traced full = trace(index->view(), along_the_chain(depth), limits);
    const Reach quick = reach(index->view(), along_the_chain(depth), limits);
    EXPECT_EQ(full.stopped, quick.stopped);
    EXPECT_EQ(full.levels, quick.levels);
    EXPECT_EQ(full.answer.contacts.size(), quick.persons.size());
    EXPECT_EQ(full.answer.persons_searched, quick.persons_searched);
    return std::tuple(full.stopped, full.levels, full.answer.contacts.size());
  };
  EXPECT_EQ(stopped(2, {}), std::tuple(Stopped::kDepth, 2, 22U));
  EXPECT_EQ(stopped(4, {.most_contacts = 12}), std::tuple(Stopped::kCount, 2, 22U));
  // The last link ends and nobody meets anybody afterwards; they still might, so a level more is searched in vain.
  EXPECT_EQ(stopped(9, {}), std::tuple(Stopped::kNot, 7, 66U));
}

TEST(StoppingTest, ALevelThatTheTimeDidNotSufficeForIsLeftOut) {
  const auto index = chain();
  const Answer one = trace(index->view(), along_the_chain(1)).answer;
  bool over = false;
  int asked = 0;
  // Asked every 64 persons: make the second level larger than that.
  std::vector<Encounter> crowd;
  const Interval first{{kMidnight.seconds + 10'000}, {kMidnight.seconds + 11'000}};
  for (std::int64_t other = 0; other < 200; ++other) crowd.push_back({{1}, {1000 + other}, first, {}});
  index->add(crowd);
  const TraceLimits limits{.over = [&] { return ++asked, over; }};
  EXPECT_EQ(trace(index->view(), along_the_chain(2), limits).stopped, Stopped::kDepth);
  EXPECT_GT(asked, 0);
  over = true;
  const Traced traced = trace(index->view(), along_the_chain(2), limits);
  EXPECT_EQ(traced.stopped, Stopped::kTime);
  EXPECT_EQ(traced.levels, 1);
  EXPECT_EQ(traced.answer.contacts.size(), one.contacts.size() + 200);
  EXPECT_EQ(traced.answer.links_found, one.links_found + 200);
  EXPECT_EQ(traced.answer.persons_searched, 1);
  const Reach quick = reach(index->view(), along_the_chain(2), limits);
  EXPECT_EQ(quick.stopped, Stopped::kTime);
  EXPECT_EQ(quick.persons.size(), traced.answer.contacts.size());
}

}  // namespace
}  // namespace luytre::presence
