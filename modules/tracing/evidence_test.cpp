// All evidence of one contact: more than a run copies into the case.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "modules/tracing/tracing_fixture.h"

namespace luytre::tracing {
namespace {

using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr int kTimes = 25;

// Two people who met at the market again and again, for 20 minutes each time.
class EvidenceTest : public TracingTest {
 protected:
  EvidenceTest() {
    for (int i = 0; i < kTimes; ++i) {
      stay(ill_.id, market_, i * 40, 20);
      stay(met_.id, market_, i * 40, 20);
    }
  }
  std::vector<Evidence> all(const Caller& officer, CandidateId id) {
    std::vector<Evidence> out;
    std::optional<std::string> cursor;
    do {
      auto page = run(tracing_.evidence(officer, id, cursor, 10));
      if (!page) throw std::runtime_error(page.error().code);
      EXPECT_LE(page->items.size(), 10U);
      out.insert(out.end(), page->items.begin(), page->items.end());
      cursor = page->next;
    } while (cursor);
    return out;
  }
  static void expect_each_once(const std::vector<Evidence>& evidence) {
    ASSERT_THAT(evidence, SizeIs(kTimes));
    for (int i = 0; i < kTimes; ++i) {
      EXPECT_EQ(evidence[i].from, minute(i * 40));
      EXPECT_EQ(evidence[i].minutes, 20);
      EXPECT_GT(evidence[i].risk, 0);
    }
  }

  const Someone ill_ = someone("Lê Văn Bệnh"), met_ = someone("Phạm Thị Gặp");
  const PlaceId market_ = place("Chợ Diên Sanh");
};

TEST_P(EvidenceTest, WhatTheCaseDoesNotKeepIsFetchedFromTheIndexOrBySql) {
  const cases::Case kase = confirmed(ill_.id);
  const Candidate found = candidate(kase.id, met_.id);
  EXPECT_THAT(found.evidence, SizeIs(20));
  EXPECT_EQ(found.evidence_count, kTimes);
  const auto by_sql = all(province_, found.id);
  expect_each_once(by_sql);
  EXPECT_EQ(by_sql[0].with.name, "Lê Văn Bệnh");
  EXPECT_EQ(by_sql[0].place->name, "Chợ Diên Sanh");
  EXPECT_EQ(presence_.figures().traced_by_index, 0);

  store::testing::settle(*world_.db);
  presence_.settle();
  const auto by_index = all(province_, found.id);
  expect_each_once(by_index);
  EXPECT_EQ(presence_.figures().traced_by_index, 3) << "once a page";
  EXPECT_EQ(json::text(by_index), json::text(by_sql));
}

TEST_P(EvidenceTest, WhatCameAfterTheRunIsNotAmongIt) {
  const cases::Case kase = confirmed(ill_.id);
  world_.clock.advance(std::chrono::hours(2));
  stay(ill_.id, market_, 1450, 60);
  stay(met_.id, market_, 1450, 60);
  expect_each_once(all(province_, candidate(kase.id, met_.id).id));
}

TEST_P(EvidenceTest, WhatGoesOnIsToldOnceHoweverLongItHasLastedByTheLastRun) {
  arrive(ill_.id, market_, now() - std::chrono::minutes(50));
  arrive(met_.id, market_, now() - std::chrono::minutes(50));
  const cases::Case kase = confirmed(ill_.id);
  const Candidate before = candidate(kase.id, met_.id);
  ASSERT_EQ(before.evidence.back().minutes, 50) << "is among what the case keeps";
  const Someone late = someone("Trần Văn Muộn");
  stay(late.id, market_, 0, 20);
  pass(std::chrono::minutes(4));
  ASSERT_THAT(candidates(kase.id), SizeIs(2)) << "there was a run";
  ASSERT_EQ(candidate(kase.id, met_.id).version, before.version) << "a longer overlap alone is not news";
  const auto evidence = all(province_, before.id);
  ASSERT_THAT(evidence, SizeIs(kTimes + 1));
  EXPECT_EQ(evidence.back().minutes, 50);
}

TEST_P(EvidenceTest, IsLoggedLikeTheCandidateAndTellsNoNamesToAStationOfTheContactAlone) {
  const Someone elsewhere = someone("Hồ Văn Xa", kNamHaiLang);
  stay(elsewhere.id, market_, 0, 20);
  const cases::Case kase = confirmed(ill_.id);
  const CandidateId id = candidate(kase.id, elsewhere.id).id;
  const auto before = log_about(elsewhere.id);
  const auto seen = all(neighbour_, id);
  ASSERT_THAT(seen, SizeIs(1));
  EXPECT_THAT(seen[0].with.name, IsEmpty());
  EXPECT_EQ(seen[0].with.id, PersonId{});
  const auto log = log_about(elsewhere.id);
  ASSERT_THAT(log, SizeIs(before.size() + 1));
  EXPECT_EQ(log[0], "tracing.candidates case " + kase.number);
  EXPECT_EQ(code(run(tracing_.evidence(far_, id, std::nullopt, 10))), "not_permitted");
  EXPECT_EQ(code(run(tracing_.evidence(province_, CandidateId{1}, std::nullopt, 10))), "not_found");
  EXPECT_EQ(code(run(tracing_.evidence(province_, id, "x", 10))), "invalid");
}

TEST_P(EvidenceTest, WhatTheCaseKeepsStaysWhenTheVisitsAreGone) {
  const cases::Case kase = confirmed(ill_.id);
  const CandidateId id = candidate(kase.id, met_.id).id;
  world_.clock.advance(std::chrono::hours(24 * 31));
  world_.db->transact_now([&](store::Session& s) { world_.visits.retention().run(s); });
  EXPECT_THAT(all(province_, id), SizeIs(20));
}

INSTANTIATE_TEST_SUITE_P(Engines, EvidenceTest, store::testing::engines(), store::testing::engine_name);

}  // namespace
}  // namespace luytre::tracing
