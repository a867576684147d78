#include "modules/quarantine/sites.h"
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
  std::pair<Order, Order> two() {
    const PersonId sick = person("Trần Văn Ca");
    an_ = person("Nguyễn Thị An");
    binh_ = person("Lê Văn Bình");
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

TEST_P(SitesTest, LeavingAndRollCallsKeepOfficerAndTime) {
  const auto [an, binh] = two();
  const Site site = with_room();
  ASSERT_TRUE(lodge(site, an, 1));
  const StayId stay = seen(site).rooms.front().people[0].stay;
  ASSERT_TRUE(run(sites_.call(station_, stay, {true})));
  ASSERT_TRUE(run(sites_.call(station_, stay, {true}))) << "sent twice";
  world_.clock.advance(hours(1));
  const auto called = run(sites_.call(province_, stay, {false}));
  ASSERT_TRUE(called) << code(called);
  EXPECT_FALSE(called->rooms.front().people[0].roll->present) << "the last one";
  EXPECT_EQ(called->rooms.front().people[0].roll->by, province_.name);
  EXPECT_EQ(count("SELECT count(*) FROM quarantine_roll"), 2);
  const auto left = run(sites_.leave(station_, stay));
  ASSERT_TRUE(left) << code(left);
  EXPECT_THAT(left->rooms.front().people, IsEmpty());
  ASSERT_THAT(left->gone, SizeIs(1));
  EXPECT_EQ(left->gone[0].left, now());
  EXPECT_EQ(code(run(sites_.leave(station_, stay))), "site_has_left");
  EXPECT_EQ(code(run(sites_.call(station_, stay, {true}))), "site_has_left");
}

TEST_P(SitesTest, ACaseInARoomAsksForTheOthersToBeginAnew) {
  const auto [an, binh] = two();
  const Site site = with_room();
  ASSERT_TRUE(lodge(site, an, 1));
  ASSERT_TRUE(lodge(site, binh, 2));
  world_.clock.advance(hours(24));
  confirmed(an_);
  followers_.drain();
  const auto of = [&](PersonId person) {
    const Site now = seen(site);
    for (const Occupant& one : now.rooms.front().people)
      if (one.person.id == person) return one;
    throw std::runtime_error("not there");
  };
  EXPECT_FALSE(of(an_).restart);
  ASSERT_TRUE(of(binh_).restart);
  Order beside = *run(room_.find(station_, binh.id));
  EXPECT_EQ(beside.last_day, day("2026-03-11")) << "nothing is extended by itself";
  beside = stepped(beside, step(StepKind::kExtend, "2026-03-13"));
  EXPECT_FALSE(of(binh_).restart) << "an extension answers it";
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
  ASSERT_TRUE(run(sites_.call(station_, seen(site).rooms.front().people[0].stay, {true})));
  stepped(an, step(StepKind::kRelease));
  world_.clock.advance(kKept + hours(1));
  const auto job = room_.retention();
  world_.db->transact_now([&](store::Session& s) { job.run(s); });
  EXPECT_EQ(count("SELECT count(*) FROM quarantine_stay"), 0);
  EXPECT_EQ(count("SELECT count(*) FROM quarantine_roll"), 0);
}

INSTANTIATE_TEST_SUITE_P(Engines, SitesTest, store::testing::engines(), store::testing::engine_name);

}  // namespace
}  // namespace luytre::quarantine
