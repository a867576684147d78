#include "modules/quarantine/needs.h"

#include "modules/quarantine/quarantine_fixture.h"
#include "modules/quarantine/sites.h"

namespace luytre::quarantine {
namespace {

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
    return run(room_.needs(who, {}, site))->items;
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

TEST_P(NeedsTest, WhoCarriesItSeesNoDiseaseAndIsLogged) {
  ASSERT_TRUE(ask(need(NeedKind::kFood)));
  const auto before = log_about(an_).size();
  const auto page = run(room_.needs(station_, {}, {}));
  ASSERT_TRUE(page);
  EXPECT_THAT(json::text(*page), Not(HasSubstr("covid")));
  EXPECT_THAT(json::text(*page), Not(HasSubstr("isolation")));
  EXPECT_THAT(log_about(an_), SizeIs(before + 1));
  EXPECT_THAT(listed(neighbour_), IsEmpty());
  EXPECT_THAT(listed(province_), SizeIs(1));
  EXPECT_EQ(code(run(room_.needs(callers_.at(an_), {}, {}))), "not_permitted");
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
  EXPECT_THAT(listed(province_, site->id), SizeIs(1));
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
  EXPECT_EQ(code(ask(need(NeedKind::kFood))), "order_not_running");
  world_.clock.advance(kKept + hours(1));
  const auto job = room_.retention();
  world_.db->transact_now([&](store::Session& s) { job.run(s); });
  EXPECT_EQ(count("SELECT count(*) FROM quarantine_need"), 0);
}

INSTANTIATE_TEST_SUITE_P(Engines, NeedsTest, store::testing::engines(), store::testing::engine_name);

}  // namespace
}  // namespace luytre::quarantine
