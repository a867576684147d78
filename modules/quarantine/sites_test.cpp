#include "modules/quarantine/sites.h"

#include "modules/people/households.h"
#include "modules/quarantine/site_impl.h"
#include "modules/quarantine/sites_fixture.h"
#include "platform/base/result_testing.h"
#include "platform/store/counting_testing.h"
#include "platform/store/plan_testing.h"

namespace luytre::quarantine {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

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

TEST_P(SitesTest, PagesGluedAreTheWholeListByName) {
  const SiteId regiment = site().id, hotel = site(PlaceKind::kHotel, "Khách sạn Sông Hiếu").id;
  std::vector<SiteId> all;
  for (int i = 0; i < 3; ++i) all.push_back(site(PlaceKind::kSite, "Trường Quân sự").id);
  all.insert(all.begin(), {hotel, regiment});  // of one name the first registered comes first
  const Caller country = identity::testing::officer(Role::kProvinceOfficer, UnitId{0}, 9305);
  for (const Caller* who : {&station_, &province_, &country}) {
    for (const std::size_t at_once : {std::size_t{1}, std::size_t{2}, std::size_t{5}}) {
      std::vector<SiteId> glued;
      std::optional<std::string> cursor;
      do {
        const auto page = run(sites_.list(*who, cursor, at_once));
        ASSERT_TRUE(page) << code(page);
        EXPECT_LE(page->items.size(), at_once);
        for (const SiteBrief& one : page->items) glued.push_back(one.id);
        cursor = page->next;
      } while (cursor && glued.size() < 20);
      EXPECT_EQ(glued, all);
    }
  }
  for (const std::string& wrong : {std::string("x"), to_text(SiteId{7})})
    EXPECT_THAT(fields(run(sites_.list(station_, wrong, 50))), ElementsAre("?cursor format"));
  EXPECT_THAT(fields(run(sites_.list(neighbour_, to_text(hotel), 50))), ElementsAre("?cursor format"))
      << "of another area";
}

TEST_P(SitesTest, MoreSitesAndStaysDoNotMeanMoreStatements) {
  const auto [an, binh] = two();
  const Site full = with_room(2, "A"), half = with_room(4, "B"), empty = with_room(6, "C");
  ASSERT_TRUE(run(sites_.add_room(station_, half.id, {std::string("P102"), 3})));
  ASSERT_TRUE(lodge(full, an, 1));
  ASSERT_TRUE(lodge(half, binh, 2));
  world_.clock.advance(hours(8 * 24));
  const Sites::Impl impl(site_parts_);
  const auto [page, sent] = world_.db->read_now([&](store::Session& s) {
    store::testing::Counting counting(s);
    store::Session session(counting);
    auto listed = impl.list(session, station_, std::nullopt, 50);
    return std::pair(std::move(listed), counting.sent);
  });
  ASSERT_TRUE(page) << code(page);
  ASSERT_THAT(page->items, SizeIs(3));
  const auto counts = [](const SiteBrief& one) {
    return std::vector<std::int64_t>{one.beds, one.taken, one.leaving, one.uncalled};
  };
  EXPECT_THAT(counts(page->items[0]), ElementsAre(2, 1, 1, 1));
  EXPECT_THAT(counts(page->items[1]), ElementsAre(7, 1, 1, 1));
  EXPECT_THAT(counts(page->items[2]), ElementsAre(6, 0, 0, 0));
  EXPECT_THAT(sent, ::testing::Each(::testing::Pair(::testing::_, 1)));
  EXPECT_THAT(sent, SizeIs(5)) << "sites, those kept, beds, who lies there, who was called";
}

TEST_P(SitesTest, WhoHasLeftIsNotReadToCountWhoLiesThere) {
  if (GetParam() != store::Engine::kSqlite) return;
  for (const store::Query* query : {&storage::taken_query(), &storage::uncalled_query()})
    EXPECT_THAT(store::testing::plan_of(*world_.db, *query, 2), HasSubstr("quarantine_stay_lying")) << query->name;
}

TEST_P(SitesTest, MorePeopleAtASiteDoNotMeanMoreStatements) {
  const auto [an, binh] = two();
  const Site site = with_room();
  const auto sent = [&](auto&& ask) {
    std::map<std::string, int> out;
    world_.db->transact_now([&](store::Session& s) {
      store::testing::Counting counting(s);
      store::Session session(counting);
      ask(session, Sites::Impl(site_parts_));
      out = counting.sent;
      return 0;
    });
    return out;
  };
  std::size_t awaited = 0;
  EXPECT_THAT(sent([&](store::Session& s, const Sites::Impl& impl) {
                awaited = impl.awaited(s, station_, site.id)->items.size();
              }),
              ::testing::Each(::testing::Pair(::testing::_, 1)));
  EXPECT_EQ(awaited, 2U);
  ASSERT_TRUE(lodge(site, an, 1));
  ASSERT_TRUE(lodge(site, an, 2));
  ASSERT_TRUE(lodge(site, binh, 3));
  Site whole;
  const auto looks = sent([&](store::Session& s, const Sites::Impl& impl) {
    whole = *impl.view(s, station_, *impl.opened(s, station_, site.id));
  });
  EXPECT_THAT(looks, ::testing::Each(::testing::Pair(::testing::_, 1)));
  EXPECT_TRUE(looks.contains("identity.access_insert")) << "a line for each, at once";
  ASSERT_THAT(whole.rooms.front().people, SizeIs(2));
  EXPECT_EQ(whole.rooms.front().people[0].person.id, an_);
  EXPECT_EQ(whole.rooms.front().people[1].person.name, "Lê Văn Bình");
  ASSERT_THAT(whole.gone, SizeIs(1));
  EXPECT_EQ(whole.gone[0].bed, 1);
}

TEST_P(SitesTest, TheListIsTakenOutAsCountsOfNobody) {
  const auto [an, binh] = two();
  const Site site = with_room();
  ASSERT_TRUE(lodge(site, an, 2));
  SitesOut asked;
  asked.reason = std::string("Giao ban chiều");
  const auto file = run(sites_.take_out(centre_, kHaiLang, asked));
  ASSERT_TRUE(file) << code(file);
  EXPECT_THAT(file->body, HasSubstr("Lũy Tre: "));
  EXPECT_THAT(file->body, HasSubstr("Trung đoàn 842"));
  EXPECT_THAT(file->body, HasSubstr("4,1,3,0,0")) << "beds, taken, free, leaving, not called";
  EXPECT_THAT(file->body, Not(HasSubstr("Nguyễn Thị An")));
  EXPECT_THAT(run(sites_.take_out(province_, kQuangTri, asked))->body, HasSubstr("Trung đoàn 842")) << "from above";
  EXPECT_EQ(code(run(sites_.take_out(station_, kHaiLang, asked))), "not_permitted");
  EXPECT_EQ(code(run(sites_.take_out(centre_, kNamHaiLang, asked))), "not_permitted");
  asked.reason = std::string();
  EXPECT_EQ(code(run(sites_.take_out(centre_, kHaiLang, asked))), "reason_required");
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

// ---- which site an order names ----

TEST_P(SitesTest, AnOrderThatNamesASiteIsForThatAlone) {
  const PersonId an = contact("Nguyễn Thị An");
  const Site first = with_room(), other = with_room(4, "Trường Quân sự tỉnh");
  NewOrder wish = order();
  wish.place = at(first.id);
  const Order made = running(std::move(wish));
  EXPECT_EQ(made.place->site, first.id);
  EXPECT_EQ(made.place->name, Text<200>("Trung đoàn 842")) << "as it is registered";
  EXPECT_EQ(made.place->address, Text<200>("Đường 9"));
  EXPECT_EQ(mine(an)[0].place.name, Text<200>("Trung đoàn 842"));

  const IntakeCodes codes{{Text<300>(made.number)}};
  const auto before = log_about(an).size();
  EXPECT_THAT(run(sites_.awaited(station_, other.id))->items, IsEmpty());
  EXPECT_THAT(log_about(an), SizeIs(before)) << "who is to come elsewhere is not read";
  EXPECT_THAT(run(sites_.awaited(station_, first.id))->items, SizeIs(1));
  EXPECT_THAT(run(sites_.awaited(identity::testing::officer(Role::kProvinceOfficer), other.id))->items, IsEmpty());
  EXPECT_THAT(run(sites_.awaited(identity::testing::officer(Role::kProvinceOfficer), first.id))->items, SizeIs(1));
  EXPECT_EQ(code(lodge(other, made, 1)), "site_order_other_site");
  const auto look = run(sites_.look_intake(station_, other.id, codes));
  ASSERT_TRUE(look) << code(look);
  EXPECT_EQ(look->items[0].refused, "site_order_other_site");
  EXPECT_FALSE(look->items[0].proposed);
  const auto taken = run(sites_.intake(station_, other.id, {{{made.id, other.rooms.front().id, 1}}}, std::nullopt));
  ASSERT_TRUE(taken) << code(taken);
  EXPECT_EQ(taken->items[0].refused, "site_order_other_site");
  EXPECT_EQ(seen(other).taken, 0);

  EXPECT_TRUE(run(sites_.look_intake(station_, first.id, codes))->items[0].proposed);
  const auto lodged = lodge(first, made, 1);
  ASSERT_TRUE(lodged) << code(lodged);
  EXPECT_THAT(run(sites_.awaited(station_, first.id))->items, IsEmpty());
}

TEST_P(SitesTest, AnotherSiteTakesASignedMove) {
  contact("Nguyễn Thị An");
  const Site first = with_room(), other = with_room(4, "Trường Quân sự tỉnh");
  NewOrder wish = order();
  wish.place = at(first.id);
  const Order made = running(std::move(wish));
  ASSERT_TRUE(lodge(first, made, 1));
  NewStep move = step(StepKind::kMove);
  move.place = at(other.id);
  const auto proposed = propose(made, std::move(move));
  ASSERT_TRUE(proposed) << code(proposed);
  EXPECT_EQ(code(lodge(other, made, 1)), "site_order_other_site") << "not before it is signed";
  ASSERT_TRUE(lodge(first, made, 2));
  const auto moved = sign(province_, *proposed);
  ASSERT_TRUE(moved) << code(moved);
  EXPECT_EQ(moved->place->site, other.id);
  EXPECT_EQ(moved->place->name, Text<200>("Trường Quân sự tỉnh"));
  EXPECT_THAT(run(sites_.awaited(station_, other.id))->items, SizeIs(1)) << "who lies elsewhere is to come";
  EXPECT_EQ(code(lodge(first, made, 3)), "site_order_other_site");
  const auto lodged = lodge(other, made, 1);
  ASSERT_TRUE(lodged) << code(lodged);
  EXPECT_EQ(seen(first).taken, 0);
  EXPECT_THAT(run(sites_.awaited(station_, other.id))->items, IsEmpty());

  NewStep away = step(StepKind::kMove);
  away.place = OrderPlace{PlaceKind::kSite, Text<200>("Trường Nội trú"), Text<200>("Hải Lăng")};
  const Order unnamed = stepped(*moved, std::move(away));
  EXPECT_FALSE(unnamed.place->site);
  EXPECT_TRUE(lodge(first, unnamed, 1)) << "a move to words alone names no site any more";
}

TEST_P(SitesTest, AnOrderThatNamesNoSiteIsForAnyOfItsKind) {
  const auto [an, binh] = two();
  const Site first = with_room(), other = with_room(4, "Trường Quân sự tỉnh");
  EXPECT_FALSE(an.place->site);
  for (const Site& site : {first, other}) EXPECT_THAT(run(sites_.awaited(station_, site.id))->items, SizeIs(2));
  EXPECT_TRUE(lodge(other, an, 1));
  for (const Site& site : {first, other}) EXPECT_THAT(run(sites_.awaited(station_, site.id))->items, SizeIs(1));
  EXPECT_TRUE(lodge(first, binh, 1));
}

TEST_P(SitesTest, ANamedSiteIsOneOfItsKindAndSaysWhereItIs) {
  contact("Nguyễn Thị An");
  const SiteId there = site().id;
  const auto field = [&](OrderPlace place) {
    NewOrder wish = order();
    wish.place = std::move(place);
    const auto done = draft(station_, std::move(wish));
    return done || done.error().fields.empty() ? code(done) : done.error().fields[0].pointer;
  };
  OrderPlace place = at(there);
  place.kind = PlaceKind::kHome;
  EXPECT_EQ(field(place), "/place/site");
  place.kind = PlaceKind::kHotel;
  EXPECT_EQ(field(place), "/place/site");
  EXPECT_EQ(field(at(SiteId{1})), "/place/site") << "no such site";
  place = at(there);
  place.name = Text<200>("Trung đoàn 9");
  EXPECT_EQ(field(place), "/place/name");
  place = at(there);
  place.address = Text<200>("Đường 10");
  EXPECT_EQ(field(place), "/place/address");
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

TEST_P(SitesTest, WhoCameInTheSecondInWhichTheCaseWasConfirmedIsMarked) {
  const auto [an, binh] = two();
  const Site site = with_room();
  ASSERT_TRUE(lodge(site, an, 1));
  ASSERT_TRUE(lodge(site, binh, 2));
  confirmed(an_);
  followers_.drain();
  EXPECT_TRUE(of(site, binh_).restart);
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

TEST_P(SitesTest, NobodyIsProposedABedBesideACaseThatIsNotIsolatedYet) {
  const auto [an, binh] = two();
  const Site site = with_room();
  ASSERT_TRUE(lodge(site, an, 1));
  confirmed(an_);
  followers_.drain();
  const auto look = run(sites_.look_intake(station_, site.id, {{Text<300>(binh.number)}}));
  ASSERT_TRUE(look) << code(look);
  EXPECT_FALSE(look->items[0].refused);
  EXPECT_FALSE(look->items[0].proposed);
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
  EXPECT_THAT(run(sites_.list(neighbour_, std::nullopt, 50))->items, IsEmpty());
  EXPECT_THAT(run(sites_.list(station_, std::nullopt, 50))->items, SizeIs(1));
  EXPECT_EQ(code(run(sites_.list(callers_.at(an_), std::nullopt, 50))), "not_permitted");
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
