#include "modules/quarantine/sites.h"

#include "modules/people/households.h"
#include "modules/quarantine/quarantine_fixture.h"

namespace luytre::quarantine {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class SitesTest : public QuarantineTest {
 protected:
  SitesTest() { followers_.add(sites_.follow()); }

  SiteBrief site(PlaceKind kind = PlaceKind::kSite) {
    NewSite asked;
    asked.kind = kind;
    asked.owner = Owner::kMilitary;
    asked.name = std::string("Trung đoàn 842");
    asked.address = std::string("Đường 9");
    asked.unit = kHaiLang;
    const auto made = run(sites_.add(province_, std::move(asked), std::nullopt));
    if (!made) throw std::runtime_error(made.error().code);
    return *made;
  }
  Site with_room(std::int64_t beds = 4) {
    const auto made = run(sites_.add_room(station_, site().id, {std::string("P101"), beds}));
    if (!made) throw std::runtime_error(made.error().code);
    return *made;
  }
  // Of somebody who met the case; lodged there by the order.
  Order there(const PersonId person) {
    candidate_ = candidate(case_, person).id;
    assign(candidate_);
    NewOrder wish = order();
    wish.place = OrderPlace{PlaceKind::kSite, Text<200>("Trung đoàn 842"), Text<200>("Đường 9")};
    return running(std::move(wish));
  }
  // Two contacts of one case, met at a market each.
  std::pair<Order, Order> two(people::Sex first_sex = people::Sex::kOther,
                              people::Sex second_sex = people::Sex::kOther) {
    const PersonId sick = person("Trần Văn Ca");
    an_ = person("Nguyễn Thị An", 1980, first_sex);
    binh_ = person("Lê Văn Bình", 1980, second_sex);
    meet(sick, an_, false);
    meet(sick, binh_, false);
    case_ = confirmed(sick);
    const Order first = there(an_);
    return {first, there(binh_)};
  }
  Result<Site> lodge(const Site& site, const Order& order, std::int64_t bed) {
    return run(sites_.lodge(station_, site.id, {order.id, site.rooms.front().id, bed}));
  }
  Site seen(const Site& site) { return *run(sites_.find(station_, site.id)); }
  Occupant of(const Site& site, PersonId person) {
    const Site now = seen(site);
    for (const Room& room : now.rooms)
      for (const Occupant& one : room.people)
        if (one.person.id == person) return one;
    throw std::runtime_error("not there");
  }

  PersonId an_, binh_;
  Sites sites_{{*world_.db, tracing_, cases_, declarations_, world_.people, visits::testing::geography(),
                world_.house->access, world_.house.notify(), world_.house.texts(), world_.vault, world_.random, law(),
                Settings{}}};
};

TEST_P(SitesTest, WhoLiesInWhichBedAndHowManyAreTaken) {
  const auto [an, binh] = two();
  const Site site = with_room();
  EXPECT_EQ(site.beds, 4);
  const auto lodged = lodge(site, an, 2);
  ASSERT_TRUE(lodged) << code(lodged);
  ASSERT_THAT(lodged->rooms.front().people, SizeIs(1));
  EXPECT_EQ(lodged->rooms.front().people[0].person.id, an_);
  EXPECT_EQ(lodged->taken, 1);
  EXPECT_EQ(code(lodge(site, binh, 2)), "site_bed_taken");
  EXPECT_EQ(code(lodge(site, binh, 5)), "invalid");
  ASSERT_TRUE(lodge(site, an, 2)) << "sent twice";
  EXPECT_THAT(seen(site).gone, IsEmpty());
  ASSERT_TRUE(lodge(site, an, 3));
  EXPECT_THAT(seen(site).gone, SizeIs(1)) << "the bed before stands in the log";
  EXPECT_TRUE(lodge(site, binh, 2));
  world_.clock.advance(hours(8 * 24));
  EXPECT_EQ(seen(site).leaving, 2) << "both orders end tomorrow";
}

TEST_P(SitesTest, OnlyForARunningOrderThatNamesSuchAPlace) {
  contact("Nguyễn Thị An");
  const Site site = with_room();
  const Order home = running(order());
  EXPECT_EQ(code(lodge(site, home, 1)), "site_order_elsewhere");
  NewStep move = step(StepKind::kMove);
  move.place = OrderPlace{PlaceKind::kSite, Text<200>("Trung đoàn 842"), Text<200>("Đường 9")};
  Order moved = stepped(home, std::move(move));
  ASSERT_TRUE(lodge(site, moved, 1));
  moved = stepped(moved, step(StepKind::kRelease));
  EXPECT_EQ(seen(site).rooms.front().people[0].order_state, State::kReleased) << "nobody leaves by a signature alone";
  EXPECT_EQ(code(lodge(site, moved, 2)), "order_not_running");
}

TEST_P(SitesTest, NobodyLiesInTwoBeds) {
  const auto [an, binh] = two();
  const Site first = with_room();
  ASSERT_TRUE(lodge(first, an, 1));
  NewOrder wish = isolation(reported(an_));
  wish.place = OrderPlace{PlaceKind::kSite, Text<200>("Trung đoàn 842"), Text<200>("Đường 9")};
  const Order isolated = running(std::move(wish));
  const Site second = with_room();
  const auto lodged = lodge(second, isolated, 1);
  ASSERT_TRUE(lodged) << code(lodged);
  EXPECT_EQ(lodged->taken, 1);
  EXPECT_THAT(seen(first).rooms.front().people, IsEmpty()) << "under the order before";
  EXPECT_THAT(seen(first).gone, SizeIs(1));
}

TEST_P(SitesTest, LeavingKeepsOfficerAndTime) {
  const auto [an, binh] = two();
  const Site site = with_room();
  ASSERT_TRUE(lodge(site, an, 1));
  const StayId stay = seen(site).rooms.front().people[0].stay;
  world_.clock.advance(hours(1));
  const auto left = run(sites_.leave(station_, stay));
  ASSERT_TRUE(left) << code(left);
  EXPECT_THAT(left->rooms.front().people, IsEmpty());
  ASSERT_THAT(left->gone, SizeIs(1));
  EXPECT_EQ(left->gone[0].left, now());
  EXPECT_EQ(code(run(sites_.leave(station_, stay))), "site_has_left");
}

TEST_P(SitesTest, ARollCallIsAnsweredManyAtOnceAndEachAlone) {
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

TEST_P(SitesTest, WhoWasAbsentIsToldWhenTheRollCallIsClosedUntilTheyAreFound) {
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

TEST_P(SitesTest, AnAnswerKeepsItsTimeWithinTheRollCall) {
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

TEST_P(SitesTest, APhoneWhoseClockIsLateSaysWhatIsSo) {
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

TEST_P(SitesTest, WhoWasSeenAtALaterRollCallIsNotToldAsAbsent) {
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

TEST_P(SitesTest, WhoIsTakenInAtAnotherSiteWasFound) {
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

TEST_P(SitesTest, WhoWasNotCalledTodayIsMarked) {
  const auto [an, binh] = two();
  const Site site = with_room();
  ASSERT_TRUE(lodge(site, an, 1));
  EXPECT_EQ(seen(site).uncalled, 0) << "who came today was seen";
  world_.clock.advance(hours(24));
  EXPECT_EQ(seen(site).uncalled, 1);
  EXPECT_TRUE(of(site, an_).uncalled);
  EXPECT_EQ(run(sites_.list(station_))->items[0].uncalled, 1);
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

TEST_P(SitesTest, ACaseInARoomAsksForTheOthersToBeginAnew) {
  const auto [an, binh] = two();
  const Site site = with_room();
  ASSERT_TRUE(lodge(site, an, 1));
  ASSERT_TRUE(lodge(site, binh, 2));
  world_.clock.advance(hours(24));
  confirmed(an_);
  followers_.drain();
  EXPECT_FALSE(of(site, an_).restart);
  ASSERT_TRUE(of(site, binh_).restart);
  EXPECT_EQ(of(site, binh_).restart_until, day("2026-03-13")) << "ten days from the case's confirmation";
  Order beside = *run(room_.find(station_, binh.id));
  EXPECT_EQ(beside.last_day, day("2026-03-11")) << "nothing is extended by itself";
  beside = stepped(beside, step(StepKind::kExtend, "2026-03-13"));
  EXPECT_FALSE(of(site, binh_).restart) << "an extension answers it";
}

TEST_P(SitesTest, ACaseWhoHasLeftTheRoomMarksThoseWhoSharedItWhereverTheyLieNow) {
  const auto [an, binh] = two();
  const Site site = with_room();
  const auto second = run(sites_.add_room(station_, site.id, {std::string("P102"), 2}));
  ASSERT_TRUE(second) << code(second);
  ASSERT_TRUE(lodge(site, an, 1));
  ASSERT_TRUE(lodge(site, binh, 2));
  world_.clock.advance(hours(24));
  ASSERT_TRUE(run(sites_.leave(station_, seen(site).rooms.front().people[0].stay))) << "An is taken to the hospital";
  ASSERT_TRUE(run(sites_.lodge(station_, site.id, {binh.id, second->rooms.back().id, 1})));
  world_.clock.advance(hours(1));
  confirmed(an_);
  followers_.drain();
  const Site after = seen(site);
  ASSERT_THAT(after.rooms.back().people, SizeIs(1));
  EXPECT_TRUE(after.rooms.back().people[0].restart);
}

TEST_P(SitesTest, WhoCameAfterTheCaseHadLeftIsNotMarked) {
  const auto [an, binh] = two();
  const Site site = with_room();
  ASSERT_TRUE(lodge(site, an, 1));
  world_.clock.advance(hours(24));
  ASSERT_TRUE(run(sites_.leave(station_, seen(site).rooms.front().people[0].stay)));
  world_.clock.advance(hours(1));
  ASSERT_TRUE(lodge(site, binh, 2));
  confirmed(an_);
  followers_.drain();
  EXPECT_FALSE(seen(site).rooms.front().people[0].restart);
}

TEST_P(SitesTest, OnlyWhoWaitsForABedIsListedAndLogged) {
  const auto [an, binh] = two();
  const Site site = with_room();
  ASSERT_TRUE(lodge(site, an, 1));
  const auto before = log_about(an_).size(), of_binh = log_about(binh_).size();
  const auto waiting = run(sites_.awaited(station_, site.id));
  ASSERT_TRUE(waiting) << code(waiting);
  ASSERT_THAT(waiting->items, SizeIs(1));
  EXPECT_EQ(waiting->items[0].order, binh.id);
  EXPECT_EQ(waiting->items[0].person.name, "Lê Văn Bình");
  EXPECT_THAT(log_about(an_), SizeIs(before)) << "who has a bed is not read";
  EXPECT_THAT(log_about(binh_), SizeIs(of_binh + 1));
  EXPECT_THAT(run(sites_.awaited(province_, site.id))->items, SizeIs(1));
  EXPECT_EQ(code(run(sites_.awaited(neighbour_, site.id))), "not_found");
}

TEST_P(SitesTest, AGroupIsReadByItsPapersAndPutTogether) {
  const auto [an, binh] = two();
  const Site site = with_room();
  contact("Trần Văn Nhà");
  const Order home = running(order());
  const auto before = log_about(an_).size();
  const IntakeCodes codes{{Text<300>(an.number), Text<300>(binh.number), Text<300>(an.number), Text<300>("vé xe 12"),
                           Text<300>(home.number)}};
  const auto look = run(sites_.look_intake(station_, site.id, codes));
  ASSERT_TRUE(look) << code(look);
  ASSERT_THAT(look->items, SizeIs(4)) << "scanned twice counts once";
  EXPECT_EQ(look->items[0].order, an.id);
  EXPECT_EQ(look->items[0].person->name, "Nguyễn Thị An");
  ASSERT_TRUE(look->items[0].proposed && look->items[1].proposed);
  EXPECT_EQ(look->items[0].proposed->room, look->items[1].proposed->room) << "their days end together";
  EXPECT_NE(look->items[0].proposed->bed, look->items[1].proposed->bed);
  EXPECT_EQ(look->items[2].refused, "order_code_forged");
  EXPECT_FALSE(look->items[2].person);
  EXPECT_EQ(look->items[3].refused, "site_order_elsewhere");
  EXPECT_THAT(log_about(an_), SizeIs(before + 1));
  EXPECT_EQ(seen(site).taken, 0) << "nobody is lodged by a look";
  EXPECT_EQ(code(run(sites_.look_intake(neighbour_, site.id, codes))), "not_found");
  EXPECT_EQ(code(run(sites_.look_intake(station_, site.id, {}))), "invalid");
}

TEST_P(SitesTest, AGroupIsTakenInAndEachIsJudgedAlone) {
  const auto [an, binh] = two();
  const Site site = with_room();
  const RoomId room = site.rooms.front().id;
  const Lodgings wish{{{an.id, room, 1}, {binh.id, room, 1}, {OrderId{1}, room, 2}}};
  const store::Once key{"0123456789abcdef", "0123456789abcdef"};
  const auto taken = run(sites_.intake(station_, site.id, wish, key));
  ASSERT_TRUE(taken) << code(taken);
  ASSERT_THAT(taken->items, SizeIs(3));
  EXPECT_FALSE(taken->items[0].refused);
  EXPECT_EQ(taken->items[1].refused, "site_bed_taken");
  EXPECT_EQ(taken->items[2].refused, "invalid");
  EXPECT_EQ(seen(site).taken, 1) << "the rest stands";
  ASSERT_TRUE(run(sites_.intake(station_, site.id, wish, std::nullopt))) << "sent twice";
  EXPECT_EQ(count("SELECT count(*) FROM quarantine_stay"), 1);
  const auto again = run(sites_.look_intake(station_, site.id, {{Text<300>(an.number)}}));
  ASSERT_TRUE(again && again->items[0].lies);
  EXPECT_EQ(again->items[0].lies->bed, 1);
  EXPECT_FALSE(again->items[0].proposed);
  EXPECT_EQ(code(run(sites_.intake(neighbour_, site.id, wish, std::nullopt))), "not_found");
  const auto moved = run(sites_.intake(station_, site.id, {{{an.id, room, 3}}}, std::nullopt));
  ASSERT_TRUE(moved);
  EXPECT_EQ(moved->items[0].refused, "site_lies_here") << "another officer was quicker";
  EXPECT_EQ(of(site, an_).bed, 1);
  ASSERT_TRUE(run(sites_.leave(station_, of(site, an_).stay)));
  const auto late = run(sites_.intake(station_, site.id, wish, key));
  ASSERT_TRUE(late);
  EXPECT_FALSE(late->items[0].refused);
  EXPECT_EQ(seen(site).taken, 0) << "a lost answer asked for again lodges nobody who has left since";
}

TEST_P(SitesTest, NobodyIsProposedABedBesideACase) {
  const auto [an, binh] = two();
  const Site site = with_room();
  ASSERT_TRUE(lodge(site, an, 1));
  const IntakeCodes codes{{Text<300>(binh.number)}};
  EXPECT_TRUE(run(sites_.look_intake(station_, site.id, codes))->items[0].proposed);
  NewOrder wish = isolation(reported(an_));
  wish.place = OrderPlace{PlaceKind::kSite, Text<200>("Trung đoàn 842"), Text<200>("Đường 9")};
  running(std::move(wish));
  EXPECT_FALSE(run(sites_.look_intake(station_, site.id, codes))->items[0].proposed)
      << "who still lies there by the order before";
}

TEST_P(SitesTest, WhomAStationWroteDownAsLivingTogetherIsPutTogether) {
  const auto [an, binh] = two(people::Sex::kFemale, people::Sex::kMale);
  const Site site = with_room();
  const IntakeCodes codes{{Text<300>(an.number), Text<300>(binh.number)}};
  const auto proposed = [&] {
    const auto look = run(sites_.look_intake(station_, site.id, codes));
    return std::count_if(look->items.begin(), look->items.end(),
                         [](const IntakeLine& one) { return one.proposed.has_value(); });
  };
  EXPECT_EQ(proposed(), 1) << "a woman and a man, one room";
  people::Households homes(*world_.db, world_.people, visits::testing::geography(), world_.house->access);
  people::NewHousemate asked;
  asked.person = binh_;
  asked.reason = std::string("Trạm đến nhà hỏi");
  const auto done = run(homes.add(station_, an_, std::move(asked)));
  ASSERT_TRUE(done) << code(done);
  EXPECT_EQ(proposed(), 2);
}

TEST_P(SitesTest, OnlyTheOwnAreaSeesItAndEveryLookIsLogged) {
  const auto [an, binh] = two();
  const Site site = with_room();
  ASSERT_TRUE(lodge(site, an, 1));
  EXPECT_EQ(code(run(sites_.find(neighbour_, site.id))), "not_found");
  EXPECT_EQ(code(run(sites_.add_room(neighbour_, site.id, {std::string("P102"), 2}))), "not_found");
  EXPECT_THAT(run(sites_.list(neighbour_))->items, IsEmpty());
  EXPECT_THAT(run(sites_.list(station_))->items, SizeIs(1));
  EXPECT_EQ(code(run(sites_.list(callers_.at(an_)))), "not_permitted");
  EXPECT_EQ(code(run(sites_.add_room(station_, site.id, {std::string("P101"), 2}))), "site_room_exists");
  const auto before = log_about(an_).size();
  seen(site);
  EXPECT_THAT(log_about(an_), SizeIs(before + 1));
}

TEST_P(SitesTest, StaysGoWithTheirOrders) {
  const auto [an, binh] = two();
  const Site site = with_room();
  ASSERT_TRUE(lodge(site, an, 1));
  const RollCallId call = run(sites_.begin_call(station_, site.id))->roll_call->id;
  ASSERT_TRUE(run(sites_.answer(station_, call, {{{of(site, an_).stay, true, {}}}})));
  stepped(an, step(StepKind::kRelease));
  world_.clock.advance(kKept + hours(1));
  const auto job = room_.retention();
  world_.db->transact_now([&](store::Session& s) { job.run(s); });
  EXPECT_EQ(count("SELECT count(*) FROM quarantine_stay"), 0);
  EXPECT_EQ(count("SELECT count(*) FROM quarantine_roll"), 0);
  EXPECT_EQ(count("SELECT count(*) FROM quarantine_roll_call"), 0);
}

INSTANTIATE_TEST_SUITE_P(Engines, SitesTest, store::testing::engines(), store::testing::engine_name);

}  // namespace
}  // namespace luytre::quarantine
