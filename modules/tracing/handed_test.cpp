// Contacts not yet asked who live elsewhere: handed to the commune there, across provinces, and lost by nobody.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "modules/tracing/tracing_fixture.h"

namespace luytre::tracing {
namespace {

using std::chrono::hours;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

// A commune in force of Đà Nẵng.
UnitId commune_there() {
  const auto& all = visits::testing::geography();
  for (const UnitId unit : all.covered(kDaNang)) {
    const auto* found = all.find(unit);
    const bool commune = found && found->level == geography::Level::kCommune;
    if (commune && all.responsible_commune(unit, *parse_date("2026-03-02")) == unit) return unit;
  }
  throw std::runtime_error("Đà Nẵng has no commune");
}

class HandedTest : public TracingTest {
 protected:
  // The visitor's task, in the list of Nam Hải Lăng by the address and of Hải Lăng by the market.
  TaskView visitors_task() {
    stay(ill_.id, market_, 0, 60);
    stay(visitor_.id, market_, 0, 60);
    case_ = confirmed(ill_.id).id;
    return tasks(neighbour_).at(0);
  }
  Result<TaskView> hand_over(const Caller& by, const TaskView& task, UnitId to) {
    TaskOutcome outcome;
    outcome.outcome = Outcome::kMoved;
    outcome.note = std::string("Về Đà Nẵng với con");
    outcome.unit = to;
    return run(tracing_.close(by, task.id, outcome, task.version));
  }
  std::vector<TaskView> arriving(const Caller& who, bool yours = false) {
    TransferFilter filter;
    filter.yours = yours;
    const auto page = run(tracing_.arriving(who, filter, std::nullopt, 100));
    if (!page) throw std::runtime_error(page.error().code);
    return page->items;
  }

  const UnitId there_ = commune_there();
  const Caller receiver_ = identity::testing::officer(Role::kStationOfficer, there_, 9501);
  const Caller their_centre_ = identity::testing::officer(Role::kDistrictOfficer, there_, 9502);
  const Someone ill_ = someone("Lê Văn Bệnh"), visitor_ = someone("Hồ Văn Khách", kNamHaiLang);
  const PlaceId market_ = place("Chợ Diên Sanh");
  CaseId case_;
};

TEST_P(HandedTest, WhoHasTheTaskKeepsItUntilTheOtherProvinceTakesIt) {
  const TaskView task = visitors_task();
  const auto asked = hand_over(neighbour_, task, there_);
  ASSERT_TRUE(asked) << code(asked);
  EXPECT_EQ(asked->state, TaskState::kOpen);
  EXPECT_EQ(asked->unit, kNamHaiLang);
  ASSERT_TRUE(asked->transfer);
  EXPECT_EQ(asked->transfer->to, there_);
  EXPECT_FALSE(asked->transfer->yours);
  EXPECT_THAT(tasks(neighbour_), SizeIs(1));
  EXPECT_THAT(tasks(receiver_), IsEmpty());
  ASSERT_THAT(arriving(receiver_), SizeIs(1));
  const TaskTransfer coming = *arriving(receiver_)[0].transfer;
  EXPECT_EQ(coming.from, kNamHaiLang);
  EXPECT_EQ(coming.reason, "Về Đà Nẵng với con");
  EXPECT_EQ(coming.at, now());
  EXPECT_TRUE(coming.yours);
  EXPECT_THAT(arriving(neighbour_), IsEmpty());
  EXPECT_THAT(run(tracing_.task(receiver_, task.id))->contact->phones, SizeIs(1)) << "who is to take it may call";
  EXPECT_EQ(code(run(tracing_.acknowledge(receiver_, task.id))), "not_found") << "it is not theirs yet";
  EXPECT_EQ(code(run(tracing_.candidate(receiver_, task.candidate))), "not_permitted");

  world_.clock.advance(hours(1));
  const auto taken = run(tracing_.take_over(receiver_, task.id));
  ASSERT_TRUE(taken) << code(taken);
  EXPECT_EQ(taken->unit, there_);
  EXPECT_FALSE(taken->transfer);
  EXPECT_THAT(arriving(receiver_), IsEmpty());
  ASSERT_THAT(tasks(receiver_), SizeIs(1));
  EXPECT_THAT(tasks(far_), SizeIs(1)) << "and their province";
  const auto alone = run(tracing_.task(receiver_, task.id));
  ASSERT_THAT(*alone->transfers, SizeIs(1));
  EXPECT_EQ(alone->transfers->front().state, TaskTransferState::kTaken);
  EXPECT_EQ(alone->transfers->front().ended, coming.at + hours(1)) << "both time stamps";
  EXPECT_TRUE(alone->transfers->front().ended_by);
  EXPECT_THAT(*alone->log, SizeIs(1)) << "what was tried before goes along";
}

TEST_P(HandedTest, TheFirstUnitReadsItNoMoreAndTheReceiverAssigns) {
  const TaskView task = visitors_task();
  ASSERT_TRUE(hand_over(neighbour_, task, there_));
  ASSERT_TRUE(run(tracing_.take_over(receiver_, task.id)));
  EXPECT_THAT(tasks(neighbour_), IsEmpty());
  EXPECT_EQ(code(run(tracing_.task(neighbour_, task.id))), "not_found");
  EXPECT_EQ(code(run(tracing_.candidate(neighbour_, task.candidate))), "not_permitted");
  EXPECT_TRUE(run(tracing_.candidate(province_, task.candidate))) << "whoever has the case sees its contacts";
  trace_again(case_);
  EXPECT_THAT(tasks(neighbour_), IsEmpty()) << "tracing again does not bring it back";
  ASSERT_THAT(tasks(receiver_), SizeIs(1));

  ASSERT_TRUE(assign(receiver_, *run(tracing_.candidate(receiver_, task.candidate)), Class::kF1));
  EXPECT_EQ(tasks(receiver_).size(), 0U) << "asked";
  const auto unit = world_.db->read_now([&](store::Session& s) { return tracing_.contact(s, task.candidate)->unit; });
  EXPECT_EQ(unit, there_) << "where the follow-up begins";
}

TEST_P(HandedTest, WhatNobodyTakesComesUpThere) {
  const TaskView task = visitors_task();
  ASSERT_TRUE(hand_over(neighbour_, task, there_));
  EXPECT_THAT(arriving(their_centre_), SizeIs(1)) << "seen from above";
  EXPECT_THAT(arriving(their_centre_, true), IsEmpty());
  EXPECT_EQ(code(run(tracing_.take_over(their_centre_, task.id))), "referral_not_escalated");
  world_.clock.advance(kTakenWithin);
  escalate();
  ASSERT_THAT(arriving(their_centre_, true), SizeIs(1));
  EXPECT_TRUE(arriving(their_centre_)[0].transfer->escalated);
  EXPECT_THAT(arriving(far_, true), IsEmpty());
  world_.clock.advance(kTakenWithin);
  escalate();
  EXPECT_THAT(arriving(far_, true), SizeIs(1));
  EXPECT_THAT(arriving(province_, true), IsEmpty()) << "not to the province that gave it";
  ASSERT_TRUE(run(tracing_.take_over(their_centre_, task.id)));
  EXPECT_THAT(arriving(far_), IsEmpty());
}

TEST_P(HandedTest, ItIsKeptAfterAllOrEndsWithTheTask) {
  TaskView task = visitors_task();
  EXPECT_EQ(code(run(tracing_.keep(neighbour_, task.id))), "task_not_transferred");
  EXPECT_EQ(code(run(tracing_.take_over(neighbour_, task.id))), "task_not_transferred");
  task = *hand_over(neighbour_, task, there_);
  ASSERT_TRUE(run(tracing_.keep(neighbour_, task.id)));
  EXPECT_THAT(arriving(receiver_), IsEmpty());
  EXPECT_EQ(code(run(tracing_.take_over(receiver_, task.id))), "not_found") << "as one that is nowhere";

  task = *hand_over(neighbour_, task, there_);
  ASSERT_TRUE(run(tracing_.close(neighbour_, task.id, {Outcome::kReached, {}}, task.version)));
  EXPECT_THAT(arriving(receiver_), SizeIs(1)) << "reached meanwhile; the class is still to be chosen";
  ASSERT_TRUE(assign(neighbour_, *run(tracing_.candidate(neighbour_, task.candidate)), Class::kF2));
  EXPECT_THAT(arriving(receiver_), IsEmpty()) << "and was";
  const auto transfers = run(tracing_.task(neighbour_, task.id))->transfers;
  ASSERT_THAT(*transfers, SizeIs(2));
  EXPECT_TRUE(transfers->front().ended_by) << "taken back by an officer";
  EXPECT_FALSE(transfers->back().ended_by) << "by itself";
}

TEST_P(HandedTest, ARepeatedCallTakesOnce) {
  const TaskView task = visitors_task();
  ASSERT_TRUE(hand_over(neighbour_, task, there_));
  const auto first = run(tracing_.take_over(receiver_, task.id));
  const auto second = run(tracing_.take_over(receiver_, task.id));
  ASSERT_TRUE(second) << code(second);
  EXPECT_EQ(second->version, first->version);
}

TEST_P(HandedTest, OnlyACommuneInForceIsAskedAndOnlyForThisOutcome) {
  const TaskView task = visitors_task();
  EXPECT_EQ(code(hand_over(neighbour_, task, kDaNang)), "invalid") << "a province asks nobody";
  TaskOutcome outcome;
  outcome.outcome = Outcome::kNoAnswer;
  outcome.unit = there_;
  EXPECT_EQ(code(run(tracing_.close(neighbour_, task.id, outcome, task.version))), "invalid");
  EXPECT_EQ(run(tracing_.task(neighbour_, task.id))->attempts, 0);
}

constexpr store::Query kReasons{"test.transfer_reasons", R"sql(
SELECT reason
FROM tracing_transfer)sql"};

TEST_P(HandedTest, WhyIsSealedAndEveryLookIsLogged) {
  const TaskView task = visitors_task();
  ASSERT_TRUE(hand_over(neighbour_, task, there_));
  world_.db->read_now(
      [](store::Session& s) { EXPECT_THAT(s.value<store::Bytes>(kReasons).data, Not(HasSubstr("con"))); });
  const auto before = log_about(visitor_.id).size();
  ASSERT_THAT(arriving(receiver_), SizeIs(1));
  EXPECT_THAT(log_about(visitor_.id), SizeIs(before + 1));
}

TEST_P(HandedTest, TheListIsTurnedRoundAndOfOneMomentEachStandsOnce) {
  const TaskView task = visitors_task();
  std::vector<Someone> more;
  for (const char* name : {"Lê Văn Bình", "Võ Cảnh", "Hồ Dung"}) {
    more.push_back(someone(name, kNamHaiLang));
    stay(more.back().id, market_, 0, 60);
  }
  trace_again(case_);
  ASSERT_TRUE(hand_over(neighbour_, task, there_));
  std::vector<PersonId> came{visitor_.id};
  world_.clock.advance(hours(1));
  for (const Someone& one : more) {
    const auto all = tasks(neighbour_);
    const auto of = std::find_if(all.begin(), all.end(), [&](const TaskView& t) { return t.person.id == one.id; });
    ASSERT_NE(of, all.end());
    ASSERT_TRUE(hand_over(neighbour_, *of, there_));
    came.push_back(one.id);
  }
  const auto glued = [&](const Caller& who, std::optional<cases::SortOrder> order, std::size_t limit) {
    TransferFilter filter;
    filter.order = order;
    std::vector<PersonId> out;
    std::optional<std::string> next;
    do {
      const auto page = run(tracing_.arriving(who, filter, next, limit));
      if (!page) throw std::runtime_error(page.error().code);
      EXPECT_LE(page->items.size(), limit);
      for (const TaskView& one : page->items) out.push_back(one.person.id);
      next = page->next;
    } while (next && out.size() < 20);
    return out;
  };
  const Caller everywhere = identity::testing::officer(Role::kProvinceOfficer);
  for (const Caller* who : {&receiver_, &far_, &everywhere})
    for (const std::size_t limit : {1U, 3U, 50U}) {
      EXPECT_EQ(glued(*who, std::nullopt, limit), came);
      EXPECT_EQ(glued(*who, cases::SortOrder::kDescending, limit), std::vector<PersonId>(came.rbegin(), came.rend()));
    }
  const auto first = run(tracing_.arriving(receiver_, {}, std::nullopt, 1));
  ASSERT_TRUE(first && first->next);
  TransferFilter down;
  down.order = cases::SortOrder::kDescending;
  EXPECT_THAT(fields(run(tracing_.arriving(receiver_, down, first->next, 1))), ElementsAre("?cursor other_sort"));
  EXPECT_THAT(fields(run(tracing_.arriving(receiver_, {}, std::string("x"), 1))), ElementsAre("?cursor format"));
}

TEST_P(HandedTest, WhatAUnitIsToTakeIsTakenOutMarkedAndLogged) {
  const TaskView task = visitors_task();
  ASSERT_TRUE(hand_over(neighbour_, task, there_));
  TaskTransfersOut asked;
  asked.reason = std::string("Giao ban chiều");
  const auto file = run(tracing_.take_out_transfers(their_centre_, there_, asked));
  ASSERT_TRUE(file) << code(file);
  EXPECT_THAT(file->body, HasSubstr("Lũy Tre: "));
  EXPECT_THAT(file->body, HasSubstr("Hồ Văn Khách"));
  EXPECT_THAT(file->body, HasSubstr(task.case_number));
  EXPECT_THAT(file->body, Not(HasSubstr("Về Đà Nẵng với con")));
  EXPECT_THAT(log_about(visitor_.id), Contains("tracing.take_out_transfers Giao ban chiều"));
  EXPECT_THAT(run(tracing_.take_out_transfers(province_, kNamHaiLang, asked))->body, Not(HasSubstr("Hồ Văn Khách")))
      << "where it goes, not where it lies";
  asked.yours = true;
  EXPECT_THAT(run(tracing_.take_out_transfers(their_centre_, there_, asked))->body, Not(HasSubstr("Hồ Văn Khách")))
      << "it has not come up";
  asked.yours.reset();
  EXPECT_EQ(code(run(tracing_.take_out_transfers(receiver_, there_, asked))), "not_permitted") << "a station";
  EXPECT_EQ(code(run(tracing_.take_out_transfers(province_, there_, asked))), "not_permitted");
  asked.reason = std::string();
  EXPECT_EQ(code(run(tracing_.take_out_transfers(their_centre_, there_, asked))), "reason_required");
}

INSTANTIATE_TEST_SUITE_P(Engines, HandedTest, store::testing::engines(), store::testing::engine_name);

}  // namespace
}  // namespace luytre::tracing
