// Lists of sessions, of positive results that wait, and of people to be sampled again: filtered, sorted, gone on with;
// on both databases.

#include "modules/laboratory/work_lists.h"

#include <algorithm>

#include "modules/laboratory/impl.h"
#include "modules/laboratory/laboratory_fixture.h"
#include "platform/store/counting_testing.h"
#include "platform/store/follower.h"
#include "platform/store/plan_testing.h"

namespace luytre::laboratory {
namespace {

using cases::SortOrder;
using ::testing::HasSubstr;
using ::testing::Not;

class WorkListsTest : public LaboratoryTest {
 protected:
  WorkListsTest() { followers_.add(room_.follow()); }

  // T-3 is of an old sample; T-1 was sampled before T-2 and tested after it. T-1 is offered, T-2 reported a suspect.
  void three() {
    const LaboratoryId before = sent({{"T-3", somebody()}});
    world_.clock.advance(kEpisode + hours(25));
    const SessionId now_open = session();
    must(sample(now_open, "T-1", somebody()));
    world_.clock.advance(minutes(10));
    must(sample(now_open, "T-2", somebody()));
    const LaboratoryId at = laboratory();
    must(send(now_open, at, 2));
    world_.clock.advance(minutes(10));
    must(enter(at, result("T-2", Outcome::kPositive, Method::kAntigen)));
    world_.clock.advance(minutes(10));
    must(enter(at, result("T-1", Outcome::kPositive)));
    world_.clock.advance(minutes(10));
    must(enter(before, result("T-3", Outcome::kPositive, Method::kAntigen)));
    followers_.drain();
  }
  std::vector<std::string> tubes(const PositiveFilter& filter, std::size_t at_once = 50) {
    std::vector<std::string> out;
    std::optional<std::string> cursor;
    do {
      const auto page = must(room_.positives(province_, filter, cursor, at_once));
      for (const Positive& one : page.items) out.push_back(one.tube);
      cursor = page.next;
    } while (cursor);
    return out;
  }
  std::vector<SessionId> opened(const SessionFilter& filter, std::size_t at_once = 50) {
    std::vector<SessionId> out;
    std::optional<std::string> cursor;
    do {
      const auto page = must(room_.sessions(province_, filter, cursor, at_once));
      for (const SamplingSession& one : page.items) out.push_back(one.id);
      cursor = page.next;
    } while (cursor);
    return out;
  }
  static PositiveFilter by(PositiveSort sort, SortOrder order) {
    PositiveFilter out;
    out.sort = sort;
    out.order = order;
    return out;
  }
  std::string plan(const store::Query& query, std::size_t parameters) {
    return store::testing::plan_of(*world_.db, query, parameters);
  }

  store::Followers followers_{*world_.db};
};

TEST_P(WorkListsTest, PositivesAreSortedByTestAndBySampleAndPagesGluedAreTheWholeList) {
  three();
  EXPECT_THAT(tubes({}), ElementsAre("T-2", "T-1", "T-3"));
  for (const std::size_t at_once : {std::size_t{1}, std::size_t{2}, std::size_t{50}}) {
    EXPECT_THAT(tubes(by(PositiveSort::kResult, SortOrder::kAscending), at_once), ElementsAre("T-2", "T-1", "T-3"));
    EXPECT_THAT(tubes(by(PositiveSort::kResult, SortOrder::kDescending), at_once), ElementsAre("T-3", "T-1", "T-2"));
    EXPECT_THAT(tubes(by(PositiveSort::kSampled, SortOrder::kAscending), at_once), ElementsAre("T-3", "T-1", "T-2"));
    EXPECT_THAT(tubes(by(PositiveSort::kSampled, SortOrder::kDescending), at_once), ElementsAre("T-2", "T-1", "T-3"));
  }
}

TEST_P(WorkListsTest, PositivesAreFilteredByDiseaseMethodAndWhetherTheyAreLate) {
  three();
  PositiveFilter filter;
  filter.disease = "covid-19";
  EXPECT_THAT(tubes(filter), SizeIs(3));
  filter.disease = "measles";
  EXPECT_THAT(tubes(filter), IsEmpty());
  filter = {};
  filter.method = Method::kAntigen;
  EXPECT_THAT(tubes(filter), ElementsAre("T-2", "T-3"));
  filter.late = true;
  EXPECT_THAT(tubes(filter), ElementsAre("T-3"));
  filter.late = false;
  EXPECT_THAT(tubes(filter), ElementsAre("T-2"));
  filter.method.reset();
  EXPECT_THAT(tubes(filter), ElementsAre("T-2", "T-1"));
}

// What an officer has said is no case stays offered, and fills no page.
TEST_P(WorkListsTest, WhatWasDiscardedLeavesNoGapInAPage) {
  three();
  const auto listed = positives(province_);
  ASSERT_THAT(listed, SizeIs(3));
  ASSERT_TRUE(listed[1].suspect);
  const CaseId of = listed[1].suspect->id;
  const auto version = must(cases_.find(province_, of)).version;
  must(cases_.reclassify(province_, of, {cases::Classification::kDiscarded, std::string("Nhầm người")}, version));
  followers_.drain();
  EXPECT_THAT(tubes({}, 1), ElementsAre("T-2", "T-3"));
  const auto page = must(room_.positives(province_, {}, {}, 2));
  EXPECT_THAT(page.items, SizeIs(2));
  EXPECT_FALSE(page.next);
}

TEST_P(WorkListsTest, MoreResultsThatWaitDoNotMeanMoreStatements) {
  three();
  const LaboratoryId at = sent({{"T-4", somebody()}, {"T-5", somebody()}});
  must(enter(at, result("T-4", Outcome::kPositive)));
  must(enter(at, result("T-5", Outcome::kPositive)));
  followers_.drain();
  for (const Positive& one : positives(province_)) {
    if (one.tube != "T-4" && one.tube != "T-5") continue;
    ASSERT_TRUE(one.suspect) << one.tube;
    const auto version = must(cases_.find(province_, one.suspect->id)).version;
    must(cases_.reclassify(province_, one.suspect->id, {cases::Classification::kDiscarded, std::string("Nhầm người")},
                           version));
  }
  followers_.drain();
  world_.db->read_now([&](store::Session& s) {
    store::testing::Counting counting(s);
    store::Session session(counting);
    EXPECT_THAT(room_.untapped(session, province_), SizeIs(3));
    EXPECT_TRUE(counting.sent.contains("cases.traced")) << "of those that were settled";
    EXPECT_THAT(counting.sent, ::testing::Each(::testing::Pair(::testing::_, 1)));

    const Laboratory::Impl impl(needs());
    const auto open = impl.open_positives(s, visits::testing::geography().covered(kQuangTri), {}, std::nullopt, 50);
    counting.sent.clear();
    EXPECT_THAT(impl.with_tubes(session, open), SizeIs(3));
    EXPECT_THAT(counting.sent, SizeIs(3)) << "tubes, samples, cases";
    EXPECT_THAT(counting.sent, ::testing::Each(::testing::Pair(::testing::_, 1)));
    return 0;
  });
}

// What came of a tube whose sample was taken back stays offered, too, and is nobody's.
TEST_P(WorkListsTest, WhatWasTakenBackWaitsForNobodyAndLeavesNoGapInAPage) {
  three();
  const auto waiting = [&] {
    return world_.db->read_now([&](store::Session& s) { return room_.untapped(s, world_.station).size(); });
  };
  ASSERT_EQ(waiting(), 3U);
  const SessionId latest = sessions(world_.station).front().id;
  const auto seen = must(room_.tubes(world_.station, latest)).items;
  const auto first = std::find_if(seen.begin(), seen.end(), [](const TubeSeen& one) { return one.code == "T-1"; });
  ASSERT_TRUE(first != seen.end());
  ASSERT_THAT(first->samples, SizeIs(1));
  Removal why;
  why.reason = std::string("Quét nhầm người");
  must(room_.remove(world_.station, first->samples.front().id, why));
  followers_.drain();
  EXPECT_EQ(waiting(), 2U);
  EXPECT_THAT(tubes({}, 1), ElementsAre("T-2", "T-3"));
  const auto page = must(room_.positives(province_, {}, {}, 2));
  EXPECT_THAT(page.items, SizeIs(2));
  EXPECT_FALSE(page.next);
}

TEST_P(WorkListsTest, WhoIsShownOnAPageIsLoggedAndNobodyElse) {
  three();
  const auto page = must(room_.positives(province_, {}, {}, 1));
  ASSERT_THAT(page.items, SizeIs(1));
  EXPECT_THAT(log_about(page.items.front().person.id), ::testing::Contains("laboratory.read"));
  EXPECT_EQ(count("SELECT count(*) FROM laboratory_shown WHERE viewer = 9101"), 1);
}

TEST_P(WorkListsTest, ACursorGoesOnWithItsOwnSortAlone) {
  three();
  const auto first = must(room_.positives(province_, {}, {}, 1));
  ASSERT_TRUE(first.next);
  EXPECT_TRUE(run(room_.positives(province_, {}, first.next, 1)));
  const PositiveFilter other = by(PositiveSort::kSampled, SortOrder::kAscending);
  EXPECT_THAT(fields(run(room_.positives(province_, other, first.next, 1))), ElementsAre("?cursor other_sort"));
  EXPECT_THAT(fields(run(room_.tasks(province_, {}, first.next, 1))), ElementsAre("?cursor other_sort"));
  EXPECT_THAT(fields(run(room_.sessions(province_, {}, first.next, 1))), ElementsAre("?cursor other_sort"));
  for (const char* wrong : {"x", "result-ascending.", "result-ascending.1", "result-ascending.x.1"})
    EXPECT_THAT(fields(run(room_.positives(province_, {}, wrong, 1))), ElementsAre("?cursor format")) << wrong;
}

TEST_P(WorkListsTest, SessionsAreFilteredByDayAndDisease) {
  const Date first_day = local_date(now());
  const SessionId old = session(), closed = session();
  must(room_.close(world_.station, closed));
  world_.clock.advance(kTurnaround + hours(24));
  const SessionId latest = session();
  EXPECT_THAT(opened({}), ElementsAre(latest, old)) << "open, or of the last week";
  SessionFilter filter;
  filter.from = filter.to = first_day;
  for (const std::size_t at_once : {std::size_t{1}, std::size_t{50}}) {
    filter.order.reset();
    EXPECT_THAT(opened(filter, at_once), ElementsAre(closed, old));
    filter.order = SortOrder::kAscending;
    EXPECT_THAT(opened(filter, at_once), ElementsAre(old, closed));
  }
  filter.to.reset();
  EXPECT_THAT(opened(filter), ElementsAre(old, closed, latest));
  filter.from = Date{first_day.days + 1};
  EXPECT_THAT(opened(filter), ElementsAre(latest));
  filter.disease = "measles";
  EXPECT_THAT(opened(filter), IsEmpty());
  filter.disease = "covid-19";
  EXPECT_THAT(opened(filter), SizeIs(1));
}

TEST_P(WorkListsTest, PeopleToBeSampledAgainAreSortedBySinceWhenAndFilteredByDisease) {
  const LaboratoryId first = sent({{"P-1", somebody()}, {"P-1", somebody()}}, 2);
  const LaboratoryId second = sent({{"P-2", somebody()}, {"P-2", somebody()}}, 2);
  must(enter(second, result("P-2", Outcome::kPositive)));
  world_.clock.advance(minutes(10));
  must(enter(first, result("P-1", Outcome::kPositive)));
  const auto pools = [&](AgainFilter filter) {
    std::vector<std::string> out;
    std::optional<std::string> cursor;
    do {
      const auto page = must(room_.tasks(world_.station, filter, cursor, 1));
      for (const ResamplingTask& one : page.items) out.push_back(one.tube);
      cursor = page.next;
    } while (cursor);
    return out;
  };
  AgainFilter filter;
  EXPECT_THAT(pools(filter), ElementsAre("P-2", "P-2", "P-1", "P-1"));
  filter.order = SortOrder::kDescending;
  EXPECT_THAT(pools(filter), ElementsAre("P-1", "P-1", "P-2", "P-2"));
  filter.disease = "covid-19";
  EXPECT_THAT(pools(filter), SizeIs(4));
  filter.disease = "measles";
  EXPECT_THAT(pools(filter), IsEmpty());
}

TEST_P(WorkListsTest, PagesAreReadFromIndexesOfTheirOrderOrOfWhatWaits) {
  if (GetParam() != store::Engine::kSqlite) return;
  for (const bool descending : {false, true}) {
    const std::string of_sessions = plan(storage::sessions_query(descending), 8);
    EXPECT_THAT(of_sessions, HasSubstr("laboratory_session_by_opened"));
    EXPECT_THAT(of_sessions, Not(HasSubstr("TEMP B-TREE")));
    const std::string of_people = plan(storage::again_query(descending), 5);
    EXPECT_THAT(of_people, HasSubstr("laboratory_task_by_made"));
    EXPECT_THAT(of_people, Not(HasSubstr("TEMP B-TREE")));
    for (const PositiveSort sort : {PositiveSort::kResult, PositiveSort::kSampled}) {
      const std::string of_results = plan(storage::positives_query(sort, descending), 7);
      for (const char* waits : {"laboratory_result_offered", "laboratory_reported_open", "laboratory_late_open"})
        EXPECT_THAT(of_results, HasSubstr(waits));
      EXPECT_THAT(of_results, Not(HasSubstr("SCAN r\n")));
      EXPECT_THAT(of_results, Not(HasSubstr("SCAN t\n")));
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Engines, WorkListsTest, store::testing::engines(), store::testing::engine_name);

}  // namespace
}  // namespace luytre::laboratory
