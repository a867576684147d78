#include "modules/quarantine/sites_fixture.h"

namespace luytre::quarantine {
namespace {

using ::testing::SizeIs;

class RollsTest : public SitesTest {};

TEST_P(RollsTest, ARollCallIsAnsweredManyAtOnceAndEachAlone) {
  const auto [an, binh] = two();
  const Site site = with_room();
  ASSERT_TRUE(lodge(site, an, 1));
  ASSERT_TRUE(lodge(site, binh, 2));
  const StayId first = of(site, an_).stay, second = of(site, binh_).stay;
  const auto begun = run(sites_.begin_call(station_, site.id));
  ASSERT_TRUE(begun && begun->roll_call) << code(begun);
  EXPECT_EQ(begun->roll_call->left, 2);
  EXPECT_TRUE(begun->rooms.front().people[0].waits_for_call);
  const RollCallId call = begun->roll_call->id;
  EXPECT_EQ(run(sites_.begin_call(province_, site.id))->roll_call->id, call) << "the one that goes on";
  const RollAnswers both{{{first, true, {}}, {StayId{1}, true, {}}, {second, false, {}}}};
  world_.clock.advance(std::chrono::minutes(5));
  const auto taken = run(sites_.answer(station_, call, both));
  ASSERT_TRUE(taken) << code(taken);
  ASSERT_THAT(taken->items, SizeIs(3));
  EXPECT_FALSE(taken->items[0].refused);
  ASSERT_TRUE(taken->items[0].roll);
  EXPECT_TRUE(taken->items[0].roll->present);
  EXPECT_EQ(taken->items[1].refused, "not_found");
  EXPECT_FALSE(taken->items[1].roll);
  EXPECT_FALSE(taken->items[2].refused);
  EXPECT_EQ(taken->roll_call.present, 1);
  EXPECT_EQ(taken->roll_call.absent, 1);
  EXPECT_EQ(taken->roll_call.left, 0);
  ASSERT_TRUE(run(sites_.answer(station_, call, both))) << "sent twice";
  EXPECT_EQ(count("SELECT count(*) FROM quarantine_roll"), 2);
  EXPECT_FALSE(of(site, binh_).roll->present);
  EXPECT_EQ(of(site, binh_).roll->by, station_.name);
  EXPECT_FALSE(of(site, binh_).waits_for_call);
  EXPECT_EQ(code(run(sites_.answer(station_, call, {}))), "invalid");
  EXPECT_EQ(code(run(sites_.answer(neighbour_, call, both))), "not_found");
  EXPECT_EQ(code(run(sites_.begin_call(neighbour_, site.id))), "not_found");
  EXPECT_EQ(code(run(sites_.close_call(neighbour_, call))), "not_found");
}

TEST_P(RollsTest, WhoWasAbsentIsToldWhenTheRollCallIsClosedUntilTheyAreFound) {
  const auto [an, binh] = two();
  const Site site = with_room();
  ASSERT_TRUE(lodge(site, an, 1));
  ASSERT_TRUE(lodge(site, binh, 2));
  const StayId first = of(site, an_).stay, second = of(site, binh_).stay;
  const RollCallId call = run(sites_.begin_call(station_, site.id))->roll_call->id;
  world_.clock.advance(std::chrono::minutes(1));
  ASSERT_TRUE(run(sites_.answer(station_, call, {{{first, false, {}}}})));
  EXPECT_EQ(count("SELECT count(*) FROM quarantine_alert"), 0) << "they may still come";
  const auto closed = run(sites_.close_call(station_, call));
  ASSERT_TRUE(closed) << code(closed);
  EXPECT_EQ(closed->roll_call->closed, now());
  ASSERT_TRUE(run(sites_.close_call(province_, call))) << "sent twice";
  EXPECT_EQ(run(sites_.find(station_, site.id))->roll_call->closed_by, station_.name);
  ASSERT_EQ(count("SELECT count(*) FROM quarantine_alert WHERE withdrawn IS NULL"), 1);
  const AlertId told{count("SELECT id FROM quarantine_alert")};
  const auto alert = world_.db->read_now([&](store::Session& s) { return room_.alert(s, told); });
  ASSERT_TRUE(alert);
  EXPECT_EQ(alert->person, an_);
  EXPECT_EQ(alert->unit, kHaiLang);
  EXPECT_EQ(alert->reason, "site-absent");
  EXPECT_EQ(alert->within, kAbsentWithin);
  // A phone without a network sends what it noted: one absent, too, and the first found in the meantime.
  world_.clock.advance(std::chrono::minutes(10));
  ASSERT_TRUE(run(sites_.answer(station_, call, {{{second, false, {}}, {first, true, {}}}})));
  EXPECT_EQ(count("SELECT count(*) FROM quarantine_alert"), 2);
  EXPECT_FALSE(world_.db->read_now([&](store::Session& s) { return room_.alert(s, told); })) << "found";
  EXPECT_EQ(count("SELECT count(*) FROM quarantine_alert WHERE withdrawn IS NULL"), 1);
  stepped(binh, step(StepKind::kRelease));
  EXPECT_EQ(count("SELECT count(*) FROM quarantine_alert WHERE withdrawn IS NULL"), 0) << "it ends with the order";
}

TEST_P(RollsTest, AnAnswerKeepsItsTimeWithinTheRollCall) {
  const auto [an, binh] = two();
  const Site site = with_room();
  ASSERT_TRUE(lodge(site, an, 1));
  const StayId stay = of(site, an_).stay;
  const Instant begun = now();
  const RollCallId call = run(sites_.begin_call(station_, site.id))->roll_call->id;
  world_.clock.advance(std::chrono::minutes(30));
  ASSERT_TRUE(run(sites_.answer(station_, call, {{{stay, true, begun + std::chrono::minutes(20)}}})));
  EXPECT_EQ(of(site, an_).roll->at, begun + std::chrono::minutes(20));
  ASSERT_TRUE(run(sites_.answer(station_, call, {{{stay, false, begun - hours(5)}}})));
  EXPECT_TRUE(of(site, an_).roll->present) << "what was said later counts";
  ASSERT_TRUE(run(sites_.answer(station_, call, {{{stay, false, now() + hours(5)}}})));
  EXPECT_EQ(of(site, an_).roll->at, now()) << "a clock that is wrong";
}

TEST_P(RollsTest, APhoneWhoseClockIsLateSaysWhatIsSo) {
  const auto [an, binh] = two();
  const Site site = with_room();
  ASSERT_TRUE(lodge(site, an, 1));
  const StayId stay = of(site, an_).stay;
  const RollCallId call = run(sites_.begin_call(station_, site.id))->roll_call->id;
  world_.clock.advance(std::chrono::minutes(10));
  ASSERT_TRUE(run(sites_.answer(station_, call, {{{stay, false, {}}}})));
  world_.clock.advance(std::chrono::minutes(10));
  // An hour late; pressed two minutes before it is sent.
  const RollAnswers found{{{stay, true, now() - std::chrono::minutes(62)}}, now() - hours(1)};
  ASSERT_TRUE(run(sites_.answer(station_, call, found)));
  EXPECT_TRUE(of(site, an_).roll->present);
  EXPECT_EQ(of(site, an_).roll->at, now() - std::chrono::minutes(2));
}

TEST_P(RollsTest, WhoWasSeenAtALaterRollCallIsNotToldAsAbsent) {
  const auto [an, binh] = two();
  const Site site = with_room();
  ASSERT_TRUE(lodge(site, an, 1));
  const StayId stay = of(site, an_).stay;
  const RollCallId morning = run(sites_.begin_call(station_, site.id))->roll_call->id;
  world_.clock.advance(std::chrono::minutes(10));
  const Instant missed = now();
  ASSERT_TRUE(run(sites_.close_call(station_, morning)));
  world_.clock.advance(std::chrono::minutes(50));
  const RollCallId noon = run(sites_.begin_call(station_, site.id))->roll_call->id;
  ASSERT_TRUE(run(sites_.answer(station_, noon, {{{stay, true, {}}}})));
  const auto late = run(sites_.answer(station_, morning, {{{stay, false, missed}}}));
  ASSERT_TRUE(late && late->items[0].roll) << "noted without a network";
  EXPECT_TRUE(late->items[0].roll->present) << "what counts now";
  EXPECT_EQ(count("SELECT count(*) FROM quarantine_alert"), 0);
  EXPECT_TRUE(of(site, an_).roll->present);
}

TEST_P(RollsTest, WhoIsTakenInAtAnotherSiteWasFound) {
  const auto [an, binh] = two();
  const Site first = with_room(), second = with_room();
  ASSERT_TRUE(lodge(first, an, 1));
  const RollCallId call = run(sites_.begin_call(station_, first.id))->roll_call->id;
  ASSERT_TRUE(run(sites_.answer(station_, call, {{{of(first, an_).stay, false, {}}}})));
  ASSERT_TRUE(run(sites_.close_call(station_, call)));
  ASSERT_TRUE(lodge(first, an, 2));
  EXPECT_EQ(count("SELECT count(*) FROM quarantine_alert WHERE withdrawn IS NULL"), 1) << "another bed says nothing";
  ASSERT_TRUE(lodge(second, an, 1));
  EXPECT_EQ(count("SELECT count(*) FROM quarantine_alert WHERE withdrawn IS NULL"), 0);
}

TEST_P(RollsTest, WhoWasNotCalledTodayIsMarked) {
  const auto [an, binh] = two();
  const Site site = with_room();
  ASSERT_TRUE(lodge(site, an, 1));
  EXPECT_EQ(seen(site).uncalled, 0) << "who came today was seen";
  world_.clock.advance(hours(24));
  EXPECT_EQ(seen(site).uncalled, 1);
  EXPECT_TRUE(of(site, an_).uncalled);
  EXPECT_EQ(run(sites_.list(station_, std::nullopt, 50))->items[0].uncalled, 1);
  const RollCallId call = run(sites_.begin_call(station_, site.id))->roll_call->id;
  ASSERT_TRUE(run(sites_.answer(station_, call, {{{of(site, an_).stay, true, {}}}})));
  EXPECT_EQ(seen(site).uncalled, 0);
  EXPECT_FALSE(of(site, an_).uncalled);
  world_.clock.advance(hours(24));
  const auto next = run(sites_.begin_call(station_, site.id));
  ASSERT_TRUE(next);
  EXPECT_NE(next->roll_call->id, call) << "yesterday's was left open";
  EXPECT_EQ(count("SELECT count(*) FROM quarantine_roll_call WHERE closed IS NULL"), 1);
}

INSTANTIATE_TEST_SUITE_P(Engines, RollsTest, store::testing::engines(), store::testing::engine_name);

}  // namespace
}  // namespace luytre::quarantine
