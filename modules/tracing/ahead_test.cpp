// What was traced before the transaction is written, unless another question is to be answered by now, or another run
// has written since.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "modules/tracing/tracing_fixture.h"

namespace luytre::tracing {
namespace {

using ::testing::SizeIs;

class AheadTest : public TracingTest {
 protected:
  AheadTest() {
    stay(ill_.id, market_, 0, 120);
    stay(met_.id, market_, 30, 40);
    kase_ = confirmed(ill_.id).id;
  }
  // An officer wishes it; nobody follows that yet.
  store::Event requested() {
    const auto asked = run(tracing_.request(province_, kase_));
    return {.type = "trace.requested", .subject = asked->id.value, .at = now()};
  }
  void before(const store::Event& event) { following_.before(std::span(&event, 1)); }
  void handle(const store::Event& event) {
    world_.db->transact_now([&](store::Session& s) { following_.handle(s, event); });
    following_.after(event);
  }
  tracing::Run last_run() { return run(tracing_.runs(province_, kase_))->items.at(0); }

  const store::Following following_ = tracing_.follow_cases();
  const Someone ill_ = someone("Lê Văn Bệnh"), met_ = someone("Phạm Thị Gặp"), late_ = someone("Bùi Văn Sau");
  const PlaceId market_ = place("Chợ Diên Sanh");
  CaseId kase_;
};

TEST_P(AheadTest, WhatWasFoundBeforeTheTransactionIsWrittenAsOfThen) {
  const store::Event wish = requested();
  const Instant then = now();
  before(wish);
  world_.clock.advance(std::chrono::seconds(5));
  stay(late_.id, market_, 40, 40);
  handle(wish);
  EXPECT_THAT(candidates(kase_), SizeIs(1)) << "that visit came when it had been asked";
  EXPECT_EQ(last_run().state, RunState::kDone);
  EXPECT_EQ(last_run().at, then);
  EXPECT_EQ(last_run().engine, "sql");
  trace_again(kase_);
  EXPECT_THAT(candidates(kase_), SizeIs(2));
}

TEST_P(AheadTest, AnotherQuestionIsTracedInTheTransaction) {
  const store::Event wish = requested();
  before(wish);
  stay(late_.id, market_, 40, 40);
  cases::Confirmation isolated = positive();
  isolated.isolated_at = minute(100);
  const CaseId other = reported(someone("Ngô Văn Hai").id).id;
  ASSERT_TRUE(run(cases_.confirm(province_, other, isolated, version_of(other))));
  handle(wish);
  EXPECT_THAT(candidates(kase_), SizeIs(2)) << "the isolation of somebody is part of what is asked";
}

TEST_P(AheadTest, WhatALaterRunFoundIsNotTakenBack) {
  const store::Event wish = requested();
  before(wish);
  stay(late_.id, market_, 40, 40);
  world_.clock.advance(kAgainOpen);
  world_.db->transact_now([&](store::Session& s) { tracing_.trace_again().run(s); });
  ASSERT_THAT(candidates(kase_), SizeIs(2));
  handle(wish);
  EXPECT_EQ(candidate(kase_, late_.id).status, CandidateStatus::kOpen);
}

TEST_P(AheadTest, WhatTheClockTracesAgainIsTracedBeforeTheTransactionToo) {
  const store::Recurring again = tracing_.trace_again();
  world_.clock.advance(kAgainOpen);
  stay(late_.id, market_, 40, 40);
  again.before();
  stay(someone("Ngô Văn Hai").id, market_, 40, 40);
  world_.db->transact_now([&](store::Session& s) { again.run(s); });
  EXPECT_THAT(candidates(kase_), SizeIs(2)) << "without who came after it had been asked";
  EXPECT_EQ(last_run().state, RunState::kDone);
  world_.clock.advance(kAgainOpen);
  world_.db->transact_now([&](store::Session& s) { again.run(s); });
  EXPECT_THAT(candidates(kase_), SizeIs(3)) << "what was traced then is not taken twice";
}

TEST_P(AheadTest, ByTheIndexItIsTracedOnce) {
  presence_.settle();
  const store::Event wish = requested();
  before(wish);
  handle(wish);
  EXPECT_EQ(last_run().engine, "index");
  EXPECT_EQ(presence_.figures().traced_by_index, 1);
  handle(wish);  // an event may come twice
  EXPECT_EQ(presence_.figures().traced_by_index, 1);
}

INSTANTIATE_TEST_SUITE_P(Engines, AheadTest, store::testing::engines(), store::testing::engine_name);

}  // namespace
}  // namespace luytre::tracing
