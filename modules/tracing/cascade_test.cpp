// A contact who becomes a case: whom they met comes one level nearer, by the trace of the new case, and goes back when
// it is undone.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "modules/tracing/tracing_fixture.h"

namespace luytre::tracing {
namespace {

using ::testing::IsEmpty;
using ::testing::SizeIs;

class CascadeTest : public TracingTest {
 protected:
  CascadeTest() {
    stay(ill_.id, market_, 0, 60);
    stay(near_.id, market_, 0, 60);
    stay(near_.id, shop_, 90, 60);
    stay(far_from_.id, shop_, 90, 60);
    cases::Confirmation two_levels = positive();
    two_levels.rule_set = std::string("vn-covid-19-2020-08");
    old_ = confirmed(ill_.id, two_levels).id;
  }
  std::int64_t to_ask(CaseId id, PersonId person, TaskState state) {
    TaskFilter filter;
    filter.state = state;
    filter.kind = TaskKind::kAssess;
    std::int64_t out = 0;
    for (const TaskView& task : tasks(station_, filter)) out += task.case_ == id && task.person.id == person ? 1 : 0;
    return out;
  }

  const Someone ill_ = someone("Lê Văn Bệnh"), near_ = someone("Phạm Thị Gặp"), far_from_ = someone("Võ Thị Mua");
  const PlaceId market_ = place("Chợ Diên Sanh"), shop_ = place("Cửa hàng Sen", "shop");
  CaseId old_;
};

TEST_P(CascadeTest, AnF2OfAnF1WhoFallsIllIsAnF1ToBeAsked) {
  EXPECT_EQ(candidate(old_, near_.id).level, 1);
  EXPECT_EQ(candidate(old_, far_from_.id).level, 2);
  ASSERT_TRUE(assign(station_, candidate(old_, near_.id), Class::kF1));
  ASSERT_TRUE(assign(station_, candidate(old_, far_from_.id), Class::kF2));

  const CaseId own = confirmed(near_.id).id;
  const Candidate nearer = candidate(own, far_from_.id);
  EXPECT_EQ(nearer.level, 1);
  EXPECT_EQ(nearer.status, CandidateStatus::kOpen);
  ASSERT_THAT(nearer.evidence, SizeIs(1));
  EXPECT_EQ(nearer.evidence[0].from, minute(90));
  EXPECT_EQ(to_ask(own, far_from_.id, TaskState::kOpen), 1);
  EXPECT_EQ(candidate(old_, far_from_.id).level, 2) << "what they are to the first case stays";
  EXPECT_EQ(candidate(old_, far_from_.id).class_, Class::kF2);

  ASSERT_TRUE(assign(station_, nearer, Class::kF1));
  EXPECT_EQ(to_ask(own, far_from_.id, TaskState::kOpen), 0);
  EXPECT_EQ(to_ask(own, far_from_.id, TaskState::kDone), 1);
  trace_again(old_);
  EXPECT_EQ(candidate(old_, far_from_.id).class_, Class::kF2);
  EXPECT_EQ(candidate(own, far_from_.id).class_, Class::kF1);
}

TEST_P(CascadeTest, WhenTheNewCaseWasNoneOnlyItsOwnContactsGo) {
  ASSERT_TRUE(assign(station_, candidate(old_, far_from_.id), Class::kF2));
  const CaseId own = confirmed(near_.id).id;
  undo(own);
  EXPECT_EQ(candidate(own, far_from_.id).status, CandidateStatus::kWithdrawn);
  EXPECT_EQ(to_ask(own, far_from_.id, TaskState::kOpen), 0);
  EXPECT_EQ(to_ask(own, far_from_.id, TaskState::kWithdrawn), 1);
  EXPECT_EQ(candidate(old_, far_from_.id).status, CandidateStatus::kAssigned);
  const auto contacts = [&](PersonId person) {
    return world_.db->read_now([&](store::Session& s) { return tracing_.contact_of(s, person); });
  };
  ASSERT_THAT(contacts(far_from_.id), SizeIs(1));
  EXPECT_EQ(contacts(far_from_.id)[0].case_, old_);
  EXPECT_EQ(contacts(far_from_.id)[0].level, 2);
  EXPECT_TRUE(contacts(far_from_.id)[0].stands);
  EXPECT_EQ(contacts(far_from_.id)[0].last_exposure, minute(150));
  EXPECT_THAT(contacts(ill_.id), IsEmpty());
  ASSERT_THAT(contacts(near_.id), SizeIs(1));
  EXPECT_TRUE(contacts(near_.id)[0].suspected);
}

INSTANTIATE_TEST_SUITE_P(Engines, CascadeTest, store::testing::engines(), store::testing::engine_name);

}  // namespace
}  // namespace luytre::tracing
