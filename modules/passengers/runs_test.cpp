#include "modules/passengers/runs.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "modules/visits/testing.h"
#include "platform/base/result_testing.h"

namespace luytre::passengers {
namespace {

using identity::testing::citizen;
using std::chrono::hours;
using std::chrono::minutes;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::SizeIs;
using visits::testing::kHaiLang;

const UnitId kInDaNang{2025320242};

class RunsTest : public ::testing::TestWithParam<store::Engine> {
 protected:
  RunsTest() {
    world_.switch_on();
    for (const Caller& who : {an_, binh_}) world_.person(who, people::Relation::kSelf);
    bus_ = world_.registered(carrier_, "Xe khách tuyến 07", "vehicleTrip");
    world_.clock.advance(minutes(2));  // one phone gets one code a minute
    shop_ = world_.registered(carrier_, "Bến xe", "shop");
    morning_ = now();
  }

  Instant now() const { return world_.clock.now(); }
  Instant at(std::chrono::minutes after) const { return morning_ + after; }
  void until(std::chrono::minutes after) { world_.clock.set(at(after)); }

  visits::Visit scan(const Caller& who, PlaceId place, std::chrono::minutes after) {
    visits::CheckIn request;
    request.place_code = *world_.registry.code_text(place, std::nullopt);
    request.at = at(after);
    auto visit = run(world_.visits.check_in(who, std::move(request), std::nullopt));
    if (!visit) throw std::runtime_error(visit.error().code);
    return *visit;
  }
  visits::Visit the(const Caller& who, VisitId id) {
    const auto page = run(world_.visits.of_person(who, std::nullopt, std::nullopt, 200));
    for (const auto& visit : page->items)
      if (visit.id == id) return visit;
    throw std::runtime_error("not in the list");
  }
  Result<RunTold> begin(const Caller& who, std::chrono::minutes after, std::string key = "",
                        std::optional<Text<20>> plate = {}) {
    NewRun asked{kHaiLang, kInDaNang, at(after), std::move(plate)};
    std::optional<store::Once> once;
    if (!key.empty()) once = store::make_once(who.account.value, "POST /places/{id}/runs", key, json::text(asked));
    return run(runs_.begin(who, bus_, std::move(asked), once));
  }
  Result<RunTold> end(RunId of, std::chrono::minutes after) {
    return run(runs_.end(carrier_, bus_, of, {at(after)}, std::nullopt));
  }
  std::int64_t count(const char* sql) {
    return world_.db->read_now([sql](store::Session& s) { return s.value<std::int64_t>(store::Query{sql, sql}); });
  }

  visits::testing::World world_{GetParam(), {migrations()}};
  Runs runs_{*world_.db, world_.registry, world_.decisions, visits::testing::geography(), world_.vault, world_.visits};
  const Caller carrier_ = citizen(2001), an_ = citizen(1001), binh_ = citizen(1002);
  PlaceId bus_, shop_;
  Instant morning_;
};

TEST_P(RunsTest, PassengersOfConsecutiveRunsDoNotMeet) {
  const auto early = begin(carrier_, minutes(0));
  ASSERT_TRUE(early) << early.error().code;
  const auto an = scan(an_, bus_, minutes(0));
  ASSERT_GT(an.out, at(minutes(90))) << "the usual stay reaches into the next run";
  until(minutes(60));
  const auto ended = end(early->id, minutes(60));
  ASSERT_TRUE(ended) << ended.error().code;
  EXPECT_EQ(ended->left, 1);
  EXPECT_EQ(the(an_, an.id).out, at(minutes(60)));
  EXPECT_FALSE(the(an_, an.id).out_estimated) << "somebody saw it";

  until(minutes(75));
  const auto late = begin(carrier_, minutes(75));
  ASSERT_TRUE(late) << late.error().code;
  const auto binh = scan(binh_, bus_, minutes(70));  // boards before it leaves
  EXPECT_GE(binh.in, the(an_, an.id).out);
  const auto again = scan(an_, bus_, minutes(75));
  EXPECT_NE(again.id, an.id) << "a run of its own";
  until(minutes(120));
  EXPECT_EQ(end(late->id, minutes(120))->left, 2);
  EXPECT_EQ(the(binh_, binh.id).out, at(minutes(120)));
  EXPECT_EQ(the(an_, an.id).out, at(minutes(60))) << "what has ended stays ended";
}

TEST_P(RunsTest, WhoGotOffBeforeKeepsTheirEnd) {
  const auto trip = begin(carrier_, minutes(0));
  const auto an = scan(an_, bus_, minutes(1)), binh = scan(binh_, bus_, minutes(2));
  until(minutes(40));
  scan(an_, shop_, minutes(30));
  ASSERT_TRUE(run(world_.visits.check_out(binh_, binh.id, {at(minutes(35))}, std::nullopt)));
  until(minutes(60));
  EXPECT_EQ(end(trip->id, minutes(60))->left, 0);
  EXPECT_EQ(the(an_, an.id).out, at(minutes(30)));
  EXPECT_EQ(the(binh_, binh.id).out, at(minutes(35)));
}

TEST_P(RunsTest, WhoRidesLongerThanUsualLeavesAtTheEnd) {
  const auto trip = begin(carrier_, minutes(0));
  const auto an = scan(an_, bus_, minutes(1));
  until(minutes(20 * 60));
  EXPECT_EQ(end(trip->id, minutes(20 * 60))->left, 1);
  EXPECT_EQ(the(an_, an.id).out, at(minutes(20 * 60)));
}

TEST_P(RunsTest, AScanThatArrivesLateIsEnded) {
  const auto trip = begin(carrier_, minutes(0));
  until(minutes(60));
  ASSERT_TRUE(end(trip->id, minutes(60)));
  until(minutes(70));
  const auto an = scan(an_, bus_, minutes(5));
  ASSERT_TRUE(an.out_estimated);
  world_.db->transact_now([&](store::Session& s) { runs_.late().run(s); });
  EXPECT_EQ(the(an_, an.id).out, at(minutes(60)));
  EXPECT_FALSE(the(an_, an.id).out_estimated);
}

TEST_P(RunsTest, AScanThatArrivesAfterAnEndToldLateIsEnded) {
  const auto trip = begin(carrier_, minutes(0));
  until(hours(30));
  ASSERT_EQ(code(end(trip->id, minutes(60))), "");
  const auto an = scan(an_, bus_, minutes(5));
  ASSERT_TRUE(an.out_estimated);
  const auto late = [&] { world_.db->transact_now([&](store::Session& s) { runs_.late().run(s); }); };
  late();
  EXPECT_EQ(the(an_, an.id).out, at(minutes(60)));

  until(hours(30) + kLateWithin + minutes(1));
  const auto binh = scan(binh_, bus_, minutes(6));
  late();
  EXPECT_TRUE(the(binh_, binh.id).out_estimated) << "for so long, and no longer";
}

TEST_P(RunsTest, OneRunAtATimeAndARetryDoesNotDouble) {
  const auto first = begin(carrier_, minutes(0), "k", Text<20>("74B-012.34"));
  const auto again = begin(carrier_, minutes(0), "k", Text<20>("74B-012.34"));
  ASSERT_TRUE(first && again);
  EXPECT_EQ(first->id, again->id);
  EXPECT_EQ(code(begin(carrier_, minutes(0))), "run_under_way");
  until(minutes(30));
  EXPECT_EQ(code(end(first->id, minutes(0))), "invalid") << "it has hardly begun";
  EXPECT_EQ(code(end(first->id, minutes(40))), "invalid") << "the future";
  EXPECT_EQ(code(end(RunId{7}, minutes(30))), "not_found");
  ASSERT_TRUE(end(first->id, minutes(30)));
  ASSERT_TRUE(end(first->id, minutes(30)));
  EXPECT_EQ(code(end(first->id, minutes(29))), "run_ended");
  EXPECT_EQ(code(begin(carrier_, minutes(20))), "invalid") << "the run before had not ended";
  const auto listed = run(runs_.of_place(carrier_, bus_));
  ASSERT_THAT(*listed, SizeIs(1));
  EXPECT_EQ(listed->front().plate, "74B-012.34");
  EXPECT_EQ(listed->front().ends, at(minutes(30)));
}

TEST_P(RunsTest, OfTheKeeperOfAVehicleWhereCheckInIsOn) {
  EXPECT_EQ(code(begin(an_, minutes(0))), "not_permitted");
  EXPECT_EQ(code(begin(identity::testing::nobody(), minutes(0))), "unauthenticated");
  EXPECT_EQ(code(run(runs_.begin(carrier_, shop_, {kHaiLang, kInDaNang, now(), {}}, std::nullopt))), "not_a_trip");
  EXPECT_EQ(code(run(runs_.begin(carrier_, bus_, {UnitId{7}, kInDaNang, now(), {}}, std::nullopt))), "invalid");
  EXPECT_EQ(code(run(runs_.of_place(an_, bus_))), "not_permitted");
  world_.clock.advance(hours(40 * 24));
  EXPECT_EQ(code(begin(carrier_, std::chrono::duration_cast<minutes>(hours(40 * 24)))), "not_in_force");
}

TEST_P(RunsTest, WhatIsKeptIsSealedAndGoesByAge) {
  ASSERT_TRUE(begin(carrier_, minutes(0), "k", Text<20>("74B-012.34")));
  world_.db->read_now([](store::Session& s) {
    const auto rows = s.connection().all(store::Query{"test.rows", "SELECT plate FROM passengers_run"}, {});
    EXPECT_THAT(std::get<store::Bytes>(rows.at(0).at(0)).data, Not(HasSubstr("74B")));
    const auto kept = s.connection().all(store::Query{"test.once", "SELECT answer FROM store_idempotency"}, {});
    for (const auto& answer : kept) EXPECT_THAT(std::get<std::string>(answer.at(0)), Not(HasSubstr("74B")));
    return Done{};
  });
  const auto retain = [&] { world_.db->transact_now([&](store::Session& s) { runs_.retention().run(s); }); };
  world_.clock.advance(kKept);
  retain();
  EXPECT_EQ(count("SELECT count(*) FROM passengers_run"), 1);
  world_.clock.advance(minutes(1));
  retain();
  EXPECT_EQ(count("SELECT count(*) FROM passengers_run"), 0);
  EXPECT_EQ(count("SELECT count(*) FROM passengers_retention"), 1);
}

INSTANTIATE_TEST_SUITE_P(Engines, RunsTest, store::testing::engines(), store::testing::engine_name);

}  // namespace
}  // namespace luytre::passengers
