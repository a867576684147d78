#include "modules/quarantine/needs.h"

#include <utility>

#include "modules/quarantine/need_storage.h"
#include "modules/quarantine/quarantine_fixture.h"
#include "modules/quarantine/sites.h"

namespace luytre::quarantine {
namespace {

using std::chrono::minutes;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

// Somebody isolated at home.
class NeedsTest : public QuarantineTest {
 protected:
  NeedsTest() {
    referrals_.set_alerts(
        [this](store::Session& s, referrals::SubjectId subject) { return room_.alert(s, AlertId{subject.value}); });
    followers_.add(room_.follow());
    followers_.add(referrals_.follow());
    an_ = person("Nguyễn Thị An");
    order_ = running(isolation(reported(an_)));
  }
  static NewNeed need(NeedKind kind, const char* words = nullptr) {
    NewNeed out;
    out.kind = kind;
    if (words) out.words = std::string(words);
    return out;
  }
  static ToldNeed told(NeedKind kind, NeedVia via, const char* words = nullptr) {
    ToldNeed out;
    static_cast<NewNeed&>(out) = need(kind, words);
    out.via = via;
    return out;
  }
  Result<Done> ask(NewNeed need) {
    auto done = run(room_.ask_need(callers_.at(an_), order_.id, std::move(need)));
    followers_.drain();
    return done;
  }
  std::vector<Need> listed(const Caller& who, std::optional<SiteId> site = {}) {
    NeedFilter filter;
    filter.site = site;
    return run(room_.needs(who, filter, {}, 50))->items;
  }

  static NeedsOut file(const char* reason = "Chuyến hàng chiều") {
    NeedsOut out;
    out.reason = std::string(reason);
    return out;
  }

  PersonId an_;
  Order order_;
  referrals::Referrals referrals_{
      {*world_.db, declarations_, world_.people, visits::testing::geography(), world_.house->access, world_.vault}};
};

TEST_P(NeedsTest, WhatIsAskedForIsToldSeenToAndSettled) {
  ASSERT_TRUE(ask(need(NeedKind::kMedicine, "Thuốc huyết áp")));
  ASSERT_TRUE(ask(need(NeedKind::kMedicine, "Thuốc huyết áp"))) << "asked twice it is one";
  auto list = listed(station_);
  ASSERT_THAT(list, SizeIs(1));
  EXPECT_EQ(list[0].person.name, "Nguyễn Thị An");
  EXPECT_EQ(list[0].words, "Thuốc huyết áp");
  EXPECT_EQ(list[0].address, "12 Lê Lợi");
  EXPECT_EQ(list[0].state, NeedState::kOpen);
  EXPECT_FALSE(list[0].asked_by);
  ASSERT_TRUE(list[0].told);
  const auto task = run(referrals_.find(station_, list[0].told->id));
  ASSERT_TRUE(task) << code(task);
  EXPECT_EQ(task->reasons.at(0).code, "order-need");
  EXPECT_EQ(task->due_at, now() + kMedicineWithin);
  ASSERT_TRUE(run(referrals_.acknowledge(station_, task->id)));
  EXPECT_EQ(listed(station_)[0].state, NeedState::kAcknowledged);
  EXPECT_EQ(mine(an_)[0].needs.at(0).state, NeedState::kAcknowledged);
  const auto version = run(referrals_.find(station_, task->id))->version;
  ASSERT_TRUE(run(referrals_.record(station_, task->id, {referrals::Outcome::kReached, {}}, version)));
  followers_.drain();
  EXPECT_THAT(listed(station_), IsEmpty());
  EXPECT_EQ(mine(an_)[0].needs.at(0).state, NeedState::kDone);
  ASSERT_TRUE(ask(need(NeedKind::kMedicine, "Thuốc huyết áp"))) << "needed again";
  EXPECT_THAT(listed(station_), SizeIs(1));
}

TEST_P(NeedsTest, AreFilteredByKindAndStateAndSortedByAge) {
  for (const NeedKind kind : {NeedKind::kFood, NeedKind::kMedicine, NeedKind::kHygiene}) {
    ASSERT_TRUE(ask(need(kind)));
    world_.clock.advance(minutes(1));
  }
  const auto kinds = [&](const NeedFilter& filter, std::size_t at_once) {
    std::vector<NeedKind> out;
    std::optional<std::string> cursor;
    do {
      const auto page = run(room_.needs(station_, filter, cursor, at_once));
      if (!page) throw std::runtime_error(page.error().code);
      for (const Need& one : page->items) out.push_back(one.kind);
      cursor = page->next;
    } while (cursor);
    return out;
  };
  NeedFilter filter;
  for (const std::size_t at_once : {std::size_t{1}, std::size_t{2}, std::size_t{50}}) {
    filter.order = cases::SortOrder::kAscending;
    EXPECT_THAT(kinds(filter, at_once), ElementsAre(NeedKind::kFood, NeedKind::kMedicine, NeedKind::kHygiene));
    filter.order = cases::SortOrder::kDescending;
    EXPECT_THAT(kinds(filter, at_once), ElementsAre(NeedKind::kHygiene, NeedKind::kMedicine, NeedKind::kFood));
  }
  filter = {};
  filter.kind = NeedKind::kMedicine;
  const auto one = run(room_.needs(station_, filter, {}, 50));
  ASSERT_THAT(one->items, SizeIs(1));
  ASSERT_TRUE(run(referrals_.acknowledge(station_, one->items[0].told->id)));
  filter = {};
  filter.state = NeedState::kAcknowledged;
  EXPECT_THAT(kinds(filter, 1), ElementsAre(NeedKind::kMedicine));
  filter.state = NeedState::kOpen;
  EXPECT_THAT(kinds(filter, 1), ElementsAre(NeedKind::kFood, NeedKind::kHygiene));
  const auto before = log_about(an_).size();
  ASSERT_THAT(run(room_.needs(station_, filter, {}, 1))->items, SizeIs(1));
  EXPECT_THAT(log_about(an_), SizeIs(before + 1)) << "who is on the page, and no more";
  const auto first = run(room_.needs(station_, filter, {}, 1));
  ASSERT_TRUE(first && first->next);
  filter.order = cases::SortOrder::kDescending;
  EXPECT_EQ(code(run(room_.needs(station_, filter, first->next, 1))), "invalid") << "another order";
  EXPECT_EQ(code(run(room_.needs(station_, {}, "x", 1))), "invalid");
}

TEST_P(NeedsTest, WhatWasAskedAtOnceIsOnOnePageOrTheNext) {
  for (const NeedKind kind : {NeedKind::kFood, NeedKind::kMedicine, NeedKind::kHygiene}) ASSERT_TRUE(ask(need(kind)));
  NeedFilter filter;
  for (const cases::SortOrder order : {cases::SortOrder::kAscending, cases::SortOrder::kDescending}) {
    filter.order = order;
    std::vector<AlertId> whole, glued;
    const auto all = run(room_.needs(station_, filter, {}, 50));
    ASSERT_TRUE(all) << code(all);
    for (const Need& one : all->items) whole.push_back(one.id);
    std::optional<std::string> cursor;
    do {
      const auto page = run(room_.needs(station_, filter, cursor, 1));
      ASSERT_TRUE(page) << code(page);
      ASSERT_THAT(page->items, SizeIs(1));
      glued.push_back(page->items.front().id);
      cursor = page->next;
    } while (cursor);
    EXPECT_EQ(glued, whole);
    EXPECT_THAT(whole, SizeIs(3));
  }
}

TEST_P(NeedsTest, AFileSaysWhoWhereAndWhatMarkedAndLogged) {
  ASSERT_TRUE(ask(need(NeedKind::kMedicine, "Thuốc huyết áp")));
  ASSERT_TRUE(ask(need(NeedKind::kFood)));
  const auto all = run(room_.take_out(centre_, kHaiLang, file()));
  ASSERT_TRUE(all) << code(all);
  EXPECT_THAT(all->body, HasSubstr("Lũy Tre: "));
  EXPECT_THAT(all->body, HasSubstr("name,address,room,bed,kind,words,via,askedBy,askedAt,state,unit,unitName"));
  EXPECT_THAT(all->body, HasSubstr("Nguyễn Thị An,12 Lê Lợi,,,medicine,Thuốc huyết áp,app"));
  EXPECT_THAT(all->body, Not(HasSubstr("covid")));
  EXPECT_THAT(all->body, Not(HasSubstr("isolation")));
  EXPECT_THAT(log_about(an_), Contains("quarantine.take_needs"));
  NeedsOut some = file();
  some.kind = NeedKind::kFood;
  EXPECT_THAT(run(room_.take_out(centre_, kHaiLang, some))->body, Not(HasSubstr("Thuốc huyết áp")));
  some.kind.reset();
  some.state = NeedState::kAcknowledged;
  const auto none = run(room_.take_out(centre_, kHaiLang, some));
  ASSERT_TRUE(none) << code(none);
  EXPECT_THAT(none->body, Not(HasSubstr("Nguyễn Thị An")));
  EXPECT_THAT(lists_taken(), ElementsAre("0 needs, unit " + to_text(kHaiLang) + ": Chuyến hàng chiều",
                                         "needs, unit " + to_text(kHaiLang), "needs, unit " + to_text(kHaiLang)));
  some.format = std::string("xlsx");
  EXPECT_THAT(run(room_.take_out(centre_, kHaiLang, some))->body, ::testing::StartsWith("PK"));
}

TEST_P(NeedsTest, AFileIsForWhoAnswersForTheUnitAndWithAReason) {
  ASSERT_TRUE(ask(need(NeedKind::kFood)));
  EXPECT_EQ(code(run(room_.take_out(station_, kHaiLang, file()))), "not_permitted");
  EXPECT_EQ(code(run(room_.take_out(centre_, kNamHaiLang, file()))), "not_permitted");
  EXPECT_EQ(code(run(room_.take_out(callers_.at(an_), kHaiLang, file()))), "not_permitted");
  EXPECT_EQ(code(run(room_.take_out(centre_, kHaiLang, file("")))), "reason_required");
  EXPECT_THAT(log_about(an_), Not(Contains("quarantine.take_needs")));
  EXPECT_THAT(lists_taken(), IsEmpty());
}

TEST_P(NeedsTest, AFileIsBounded) {
  const auto put_in = [&](std::size_t first, std::size_t count) {
    world_.db->transact_now([&](store::Session& s) {
      for (std::size_t i = first; i < first + count; ++i) {
        storage::NeedRow row;
        row.id = AlertId{static_cast<std::int64_t>(i) + 1};
        row.order_id = order_.id;
        row.unit = kHaiLang;
        row.words = store::Bytes{world_.vault.seal("quarantine.need", to_text(row.id), "")};
        row.at = now();
        storage::insert(s, row);
      }
      return 0;
    });
  };
  put_in(0, kNeedsOutMost);
  const auto whole = run(room_.take_out(centre_, kHaiLang, file()));
  ASSERT_TRUE(whole) << code(whole);
  put_in(kNeedsOutMost, 1);
  const auto more = run(room_.take_out(centre_, kHaiLang, file()));
  EXPECT_EQ(code(more), "list_too_long");
  EXPECT_EQ(more.error().params.at("most"), "1000");
}

// PostgreSQL plans by what is in the tables; SQLite without that always the same.
TEST_P(NeedsTest, APageIsReadFromTheIndexOfItsOrder) {
  using storage::NeedsOf;
  if (GetParam() != store::Engine::kSqlite) return;
  for (const auto& [of, index] :
       {std::pair(NeedsOf::kAll, "quarantine_need_open"), std::pair(NeedsOf::kUnit, "quarantine_need_unit (unit=?"),
        std::pair(NeedsOf::kSite, "quarantine_need_site (site=?")})
    for (const bool descending : {false, true}) {
      const store::Query& page = storage::open_needs_query(of, descending);
      const std::string plan = plan_of(page, of == NeedsOf::kUnit ? 6 : 5);
      EXPECT_THAT(plan, HasSubstr(index)) << page.name << ": " << plan;
      EXPECT_THAT(plan, Not(HasSubstr("TEMP B-TREE"))) << page.name << ": " << plan;
    }
}

TEST_P(NeedsTest, WhoCarriesItSeesNoDiseaseAndIsLogged) {
  ASSERT_TRUE(ask(need(NeedKind::kFood)));
  const auto before = log_about(an_).size();
  const auto page = run(room_.needs(station_, {}, {}, 50));
  ASSERT_TRUE(page);
  EXPECT_THAT(json::text(*page), Not(HasSubstr("covid")));
  EXPECT_THAT(json::text(*page), Not(HasSubstr("isolation")));
  EXPECT_THAT(log_about(an_), SizeIs(before + 1));
  EXPECT_THAT(listed(neighbour_), IsEmpty());
  EXPECT_THAT(listed(province_), SizeIs(1));
  EXPECT_EQ(code(run(room_.needs(callers_.at(an_), {}, {}, 50))), "not_permitted");
}

TEST_P(NeedsTest, AnOfficerWritesItDown) {
  const auto tell = [&](const Caller& who, ToldNeed need) { return run(room_.tell_need(who, order_.id, need)); };
  ASSERT_TRUE(tell(station_, told(NeedKind::kFood, NeedVia::kPhone)));
  EXPECT_EQ(listed(station_).at(0).asked_by, station_.name);
  EXPECT_EQ(listed(station_).at(0).via, NeedVia::kPhone);
  EXPECT_EQ(code(tell(station_, told(NeedKind::kHygiene, NeedVia::kApp))), "invalid");
  EXPECT_EQ(code(tell(station_, told(NeedKind::kOther, NeedVia::kPhone))), "invalid") << "what?";
  EXPECT_EQ(code(tell(neighbour_, told(NeedKind::kHygiene, NeedVia::kPhone))), "not_found");
  EXPECT_EQ(code(run(room_.ask_need(callers_.at(person("Lê Văn Bình")), order_.id, need(NeedKind::kFood)))),
            "not_found");
  for (int i = 0; i < static_cast<int>(kNeedsMost) - 1; ++i)
    ASSERT_TRUE(ask(need(NeedKind::kOther, std::to_string(i).c_str())));
  EXPECT_EQ(code(ask(need(NeedKind::kHygiene))), "order_needs_wait");
}

TEST_P(NeedsTest, AtASiteItIsTheSitesStationThatIsTold) {
  Sites sites{{*world_.db, tracing_, cases_, declarations_, world_.people, visits::testing::geography(),
               world_.house->access, world_.house.notify(), world_.house.texts(), world_.vault, world_.random, law(),
               Settings{}}};
  NewStep move = step(StepKind::kMove);
  move.place = OrderPlace{PlaceKind::kSite, Text<200>("Trung đoàn 842"), Text<200>("Đường 9")};
  order_ = stepped(order_, std::move(move));
  NewSite asked;
  asked.name = std::string("Trung đoàn 842");
  asked.address = std::string("Đường 9");
  asked.unit = kNamHaiLang;
  const auto site = run(sites.add(province_, std::move(asked), std::nullopt));
  ASSERT_TRUE(site) << code(site);
  const auto room = run(sites.add_room(province_, site->id, {std::string("P101"), 2}));
  ASSERT_TRUE(run(sites.lodge(province_, site->id, {order_.id, room->rooms.front().id, 2})));
  ASSERT_TRUE(run(room_.tell_need(neighbour_, order_.id, told(NeedKind::kFood, NeedVia::kSite))))
      << "who keeps the site";
  EXPECT_THAT(listed(station_), IsEmpty());
  const auto list = listed(neighbour_, site->id);
  ASSERT_THAT(list, SizeIs(1));
  EXPECT_EQ(list[0].address, "Trung đoàn 842");
  EXPECT_EQ(list[0].room, "P101");
  EXPECT_EQ(list[0].bed, 2);
  EXPECT_THAT(listed(neighbour_, SiteId{1}), IsEmpty());
  EXPECT_THAT(run(room_.take_out(province_, kNamHaiLang, file()))->body, HasSubstr("Trung đoàn 842,P101,2,food"));
  EXPECT_THAT(run(room_.take_out(province_, kHaiLang, file()))->body, Not(HasSubstr("P101")));
  followers_.drain();
  ASSERT_THAT(listed(province_, site->id), SizeIs(1));
  EXPECT_TRUE(listed(province_, site->id)[0].told);
  identity::NewOfficer made;
  made.username = "842";
  made.name = "Trung đoàn 842";
  made.grants = {{Role::kSiteKeeper, kNamHaiLang}};
  const auto account = world_.house->officers.create_now(std::move(made));
  ASSERT_TRUE(account) << code(account);
  const Caller who = identity::testing::officer(Role::kSiteKeeper, kNamHaiLang, account->officer.id.value);
  ASSERT_TRUE(run(sites.name_keeper(neighbour_, site->id, who.account)));
  ASSERT_THAT(listed(who, site->id), SizeIs(1));
  EXPECT_FALSE(listed(who, site->id)[0].told) << "who of the health service took notice";
}

TEST_P(NeedsTest, WhoIsLodgedTakesAlongWhatIsNotSettled) {
  ASSERT_TRUE(ask(need(NeedKind::kFood)));
  Sites sites{{*world_.db, tracing_, cases_, declarations_, world_.people, visits::testing::geography(),
               world_.house->access, world_.house.notify(), world_.house.texts(), world_.vault, world_.random, law(),
               Settings{}}};
  NewSite asked;
  asked.name = std::string("Trung đoàn 842");
  asked.address = std::string("Đường 9");
  asked.unit = kNamHaiLang;
  const auto site = run(sites.add(province_, std::move(asked), std::nullopt));
  ASSERT_TRUE(site) << code(site);
  const auto room = run(sites.add_room(province_, site->id, {std::string("P101"), 2}));
  NewStep move = step(StepKind::kMove);
  move.place = OrderPlace{PlaceKind::kSite, Text<200>("Trung đoàn 842"), Text<200>("Đường 9"), kNamHaiLang};
  order_ = stepped(order_, std::move(move));
  followers_.drain();
  EXPECT_THAT(listed(station_), IsEmpty()) << "at once, before there is a bed";
  ASSERT_THAT(listed(neighbour_), SizeIs(1));
  EXPECT_THAT(run(referrals_.list(station_, {}, {}, 100))->items, IsEmpty());
  EXPECT_THAT(run(referrals_.list(neighbour_, {}, {}, 100))->items, SizeIs(1));
  EXPECT_THAT(listed(neighbour_, site->id), IsEmpty());
  const auto lodged = run(sites.lodge(province_, site->id, {order_.id, room->rooms.front().id, 2}));
  ASSERT_TRUE(lodged) << code(lodged);
  followers_.drain();
  EXPECT_THAT(listed(neighbour_, site->id), SizeIs(1));
  ASSERT_TRUE(run(sites.leave(province_, lodged->rooms.front().people.at(0).stay)));
  EXPECT_THAT(listed(neighbour_, site->id), IsEmpty());
  EXPECT_THAT(listed(neighbour_), SizeIs(1));
}

TEST_P(NeedsTest, WhoMovesTakesAlongWhatIsNotSettled) {
  ASSERT_TRUE(ask(need(NeedKind::kFood)));
  NewStep move = step(StepKind::kMove);
  move.place = OrderPlace{PlaceKind::kHome, {}, Text<200>("Thôn 3"), kNamHaiLang};
  order_ = stepped(order_, std::move(move));
  followers_.drain();
  EXPECT_THAT(listed(station_), IsEmpty());
  const auto list = listed(neighbour_);
  ASSERT_THAT(list, SizeIs(1));
  EXPECT_EQ(list[0].address, "Thôn 3");
}

TEST_P(NeedsTest, WhatIsNotSettledEndsWithTheOrder) {
  ASSERT_TRUE(ask(need(NeedKind::kFood)));
  stepped(order_, step(StepKind::kRelease));
  followers_.drain();
  EXPECT_THAT(listed(station_), IsEmpty());
  EXPECT_THAT(run(referrals_.list(station_, {}, {}, 100))->items, IsEmpty());
  EXPECT_EQ(count("SELECT count(*) FROM quarantine_need WHERE settled IS NULL"), 0);
  EXPECT_THAT(mine(an_)[0].needs, IsEmpty()) << "it was taken back, and nobody brought it";
  EXPECT_EQ(code(ask(need(NeedKind::kFood))), "order_not_running");
  world_.clock.advance(kKept + hours(1));
  const auto job = room_.retention();
  world_.db->transact_now([&](store::Session& s) { job.run(s); });
  EXPECT_EQ(count("SELECT count(*) FROM quarantine_need"), 0);
}

INSTANTIATE_TEST_SUITE_P(Engines, NeedsTest, store::testing::engines(), store::testing::engine_name);

}  // namespace
}  // namespace luytre::quarantine
