// A confirmed case is traced again by itself: who stays with it is found, what is the same stays as it is, and it ends.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "modules/tracing/tracing_fixture.h"

namespace luytre::tracing {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr store::Query kWatched{"test.watched", R"sql(
SELECT count(*)
FROM tracing_watched)sql"};

constexpr store::Query kVisits{"test.visits", R"sql(
SELECT count(*)
FROM visits_visit)sql"};

class AgainTest : public TracingTest {
 protected:
  // Time goes by, all visits are deleted by age, and tracing is still in force.
  void outlive_visits() {
    world_.clock.advance(visits::kKept + hours(24));
    command::testing::switch_on(world_.decisions, command::Switch::kTracing, now());
    world_.db->transact_now([&](store::Session& s) { world_.visits.retention().run(s); });
    ASSERT_EQ(count(kVisits), 0);
  }
  std::size_t runs(CaseId id) { return run(tracing_.runs(province_, id))->items.size(); }

  const Someone ill_ = someone("Lê Văn Bệnh"), met_ = someone("Phạm Thị Gặp");
  const PlaceId market_ = place("Chợ Diên Sanh");
};

TEST_P(AgainTest, WhoStaysLongEnoughIsFoundWithoutAPress) {
  const Instant came = now();
  arrive(ill_.id, market_, came);
  arrive(met_.id, market_, came);
  world_.clock.advance(minutes(8));
  const CaseId kase = confirmed(ill_.id).id;
  EXPECT_THAT(candidates(kase), IsEmpty()) << "eight minutes together";
  pass(minutes(4));
  EXPECT_THAT(candidates(kase), IsEmpty());
  EXPECT_EQ(runs(kase), 1u) << "nothing new: no line in the list";

  pass(minutes(4));
  ASSERT_THAT(candidates(kase), SizeIs(1));
  const Candidate found = candidate(kase, met_.id);
  EXPECT_EQ(found.evidence.at(0).minutes, 16);
  EXPECT_EQ(runs(kase), 2u);
  EXPECT_THAT(tasks(station_), SizeIs(1));
  EXPECT_EQ(run(tracing_.preview(province_, kase))->people, 1);

  pass(minutes(4));  // a longer overlap alone is not news at once
  EXPECT_EQ(candidate(kase, met_.id).version, found.version);
  EXPECT_EQ(runs(kase), 2u);
  pass(minutes(50));
  const Candidate after = candidate(kase, met_.id);
  EXPECT_EQ(after.id, found.id);
  EXPECT_EQ(after.evidence.at(0).minutes, 60) << "the whole of it, when it is over";
  EXPECT_EQ(runs(kase), 3u);
  EXPECT_EQ(events("task.opened"), 1) << "never doubled";
  pass(minutes(30));
  EXPECT_EQ(runs(kase), 3u);
}

TEST_P(AgainTest, WhatAnOfficerDecidedStaysAndNoVersionMovesWithoutNews) {
  arrive(ill_.id, market_, now() - minutes(40));
  arrive(met_.id, market_, now() - minutes(40));
  const CaseId kase = confirmed(ill_.id).id;
  const auto assigned = assign(station_, candidate(kase, met_.id), Class::kF1);
  ASSERT_TRUE(assigned) << code(assigned);
  for (int i = 0; i < 3; ++i) pass(minutes(4));
  EXPECT_EQ(candidate(kase, met_.id).status, CandidateStatus::kAssigned);
  EXPECT_EQ(candidate(kase, met_.id).version, assigned->version);
  EXPECT_THAT(tasks(station_), IsEmpty());
}

TEST_P(AgainTest, ACaseIsNotTracedMoreOftenThanEveryFewMinutes) {
  stay(ill_.id, market_, 0, 120);
  const CaseId kase = confirmed(ill_.id).id;
  stay(met_.id, market_, 30, 60);  // arrived late
  pass(minutes(1));
  EXPECT_THAT(candidates(kase), IsEmpty());
  pass(minutes(2));
  EXPECT_THAT(candidates(kase), SizeIs(1));
}

TEST_P(AgainTest, ALateVisitReachesAWindowThatHasEnded) {
  stay(ill_.id, market_, 0, 120);
  cases::Confirmation isolated = positive();
  isolated.isolated_at = minute(700);
  const CaseId kase = confirmed(ill_.id, isolated).id;
  stay(met_.id, market_, 30, 60);
  pass(minutes(5));
  EXPECT_THAT(candidates(kase), IsEmpty());
  pass(minutes(26));
  EXPECT_THAT(candidates(kase), SizeIs(1));

  pass(visits::kLatest);  // nothing arrives that late
  EXPECT_EQ(count(kWatched), 0);
}

TEST_P(AgainTest, WhoseVisitsAreDeletedByAgeIsNotTakenBack) {
  stay(ill_.id, market_, 0, 120);
  stay(met_.id, market_, 0, 60);
  const CaseId kase = confirmed(ill_.id).id;
  ASSERT_TRUE(run(tracing_.release(province_, kase)));
  const auto told = warnings(met_).size();
  outlive_visits();
  pass(minutes(4));
  EXPECT_EQ(candidate(kase, met_.id).status, CandidateStatus::kOpen);
  EXPECT_THAT(warnings(met_), SizeIs(told)) << "no correction";
  EXPECT_EQ(count(kWatched), 0);
}

TEST_P(AgainTest, AskedForAMonthLaterItKeepsTheEvidenceOfWhatIsDeletedByAge) {
  const Someone asked = someone("Trần Thị Hỏi");
  stay(ill_.id, market_, 0, 120);
  stay(met_.id, market_, 0, 60);
  stay(asked.id, market_, 30, 60);
  const CaseId kase = confirmed(ill_.id).id;
  ASSERT_TRUE(run(tracing_.release(province_, kase)));
  const auto told = warnings(met_).size();
  const std::int64_t risk = candidate(kase, met_.id).risk;
  outlive_visits();
  arrive(ill_.id, market_, now() - minutes(40));
  arrive(met_.id, market_, now() - minutes(40));
  trace_again(kase);
  EXPECT_EQ(candidate(kase, asked.id).status, CandidateStatus::kOpen) << "not found any more, and not wrong";
  EXPECT_THAT(candidate(kase, asked.id).evidence, SizeIs(1));
  const Candidate both = candidate(kase, met_.id);
  ASSERT_THAT(both.evidence, SizeIs(2)) << "then and now";
  EXPECT_EQ(both.exposed_since, minute(0));
  EXPECT_GE(both.risk, risk);
  EXPECT_THAT(warnings(met_), SizeIs(told));
  EXPECT_THAT(warnings(asked), SizeIs(1)) << "no correction";

  cases::Confirmation corrected = positive();
  corrected.onset = parse_date("2026-03-25");
  corrected.sample_at = corrected.result_at = now() - hours(24);
  confirm(kase, corrected);
  EXPECT_EQ(candidate(kase, asked.id).status, CandidateStatus::kWithdrawn)
      << "outside the window of now: that was wrong";
  EXPECT_THAT(candidate(kase, met_.id).evidence, SizeIs(1));
}

TEST_P(AgainTest, NothingIsTracedWhereNoDecisionIsInForce) {
  arrive(ill_.id, market_, now() - minutes(40));
  arrive(met_.id, market_, now() - minutes(40));
  const CaseId kase = confirmed(ill_.id, positive(), "mpox").id;
  pass(minutes(4));
  EXPECT_THAT(candidates(kase), IsEmpty());
  EXPECT_EQ(runs(kase), 1u);
  command::testing::switch_on(world_.decisions, command::Switch::kTracing, now(), visits::testing::kHaiLang, "mpox");
  pass(minutes(4));
  EXPECT_THAT(candidates(kase), SizeIs(1)) << "from the decision on";
}

TEST_P(AgainTest, AnUndoneCaseIsLeftAlone) {
  arrive(ill_.id, market_, now());
  const CaseId kase = confirmed(ill_.id).id;
  EXPECT_EQ(count(kWatched), 1);
  undo(kase);
  EXPECT_EQ(count(kWatched), 0);
  arrive(met_.id, market_, now());
  pass(minutes(30));
  EXPECT_THAT(candidates(kase), IsEmpty());
}

TEST_P(AgainTest, ManyCasesAreDoneInPortionsTheLongestDueFirst) {
  std::vector<CaseId> all;
  for (int i = 0; i < 60; ++i) all.push_back(confirmed(someone("Người Bệnh").id).id);
  const std::int64_t due = (now() + kAgainOpen).seconds;
  const auto waiting = [&] {
    return world_.db->read_now([&](store::Session& s) {
      constexpr store::Query kStill{"test.still_due", "SELECT count(*) FROM tracing_watched WHERE due_at <= $1"};
      return s.value<std::int64_t>(kStill, due);
    });
  };
  EXPECT_EQ(waiting(), 60);
  pass(kAgainOpen);
  EXPECT_GE(waiting(), 10) << "at most fifty in one transaction";
  EXPECT_LT(waiting(), 60);
  for (int i = 0; i < 60 && waiting() > 0; ++i) pass(minutes(0));
  EXPECT_EQ(waiting(), 0);
}

INSTANTIATE_TEST_SUITE_P(Engines, AgainTest, store::testing::engines(), store::testing::engine_name);

}  // namespace
}  // namespace luytre::tracing
