#include "modules/helpers/helpers.h"

#include <gmock/gmock.h>

#include "modules/helpers/storage.h"
#include "modules/visits/testing.h"
#include "platform/base/result_testing.h"
#include "platform/store/plan_testing.h"

namespace luytre::helpers {
namespace {

using std::chrono::hours;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;
using visits::testing::kHaiLang;
using visits::testing::kQuangTri;

const UnitId kDaNang{2025100048};
constexpr const char* kPhone = "+84912000001";

class HelpersTest : public ::testing::TestWithParam<store::Engine> {
 protected:
  HelpersTest() {
    for (const auto& [caller, phone] : {std::pair{helper_, kPhone}, std::pair{other_, "+84912000002"}})
      world_.db->transact_now([&, account = caller.account, number = std::string(phone)](store::Session& s) {
        world_.house->accounts.create(s, account, number);
      });
  }
  Date today() const { return local_date(world_.clock.now()); }
  NewHelper asked() const {
    return {kHaiLang, Organisation::kYouth,  std::string("Lê Thị Đoàn"), std::string("0912 000 001"),
            today(),  Date{today().days + 6}};
  }
  Result<Helper> name(const Caller& who, NewHelper what) { return run(helpers_.name(who, std::move(what))); }
  std::vector<Helping> mine(const Caller& who) { return run(helpers_.mine(who))->items; }
  std::string help(const Caller& who, HelperId id, Help what) {
    const auto out = run(helpers_.helped(who, id, {what}, std::nullopt));
    return out ? "" : out.error().code;
  }
  // "organisation helpers installed declared"
  std::vector<std::string> figures(const Caller& who, std::optional<UnitId> unit = {}) {
    std::vector<std::string> out;
    const auto figures = run(helpers_.figures(who, unit));
    for (const auto& one : figures->items)
      out.push_back(std::string(json::enum_text(one.organisation)) + ' ' + std::to_string(one.helpers) + ' ' +
                    std::to_string(one.installed) + ' ' + std::to_string(one.declared));
    return out;
  }

  visits::testing::World world_{GetParam(), {migrations()}};
  Helpers helpers_{*world_.db, visits::testing::geography(), world_.house->access, world_.house->accounts,
                   world_.house.vault()};
  const Caller station_ = identity::testing::officer(Role::kStationOfficer, kHaiLang, 9101),
               elsewhere_ = identity::testing::officer(Role::kStationOfficer, kDaNang, 9102),
               commander_ = identity::testing::officer(Role::kCommander, kQuangTri, 9103),
               helper_ = identity::testing::citizen(3001), other_ = identity::testing::citizen(3002);
};

TEST_P(HelpersTest, ANamedHelperSeesStepsAndCountsAndNothingElse) {
  EXPECT_THAT(mine(helper_), IsEmpty());
  EXPECT_FALSE(run(helpers_.mine(helper_))->svg);
  const auto made = name(station_, asked());
  ASSERT_TRUE(made) << made.error().code;
  ASSERT_THAT(mine(helper_), SizeIs(1));
  EXPECT_THAT(*run(helpers_.mine(helper_))->svg, HasSubstr("<svg"));
  EXPECT_THAT(mine(other_), IsEmpty()) << "found by the phone";
  EXPECT_EQ(help(helper_, made->id, Help::kInstalled), "");
  EXPECT_EQ(help(helper_, made->id, Help::kInstalled), "");
  EXPECT_EQ(help(helper_, made->id, Help::kDeclared), "");
  EXPECT_EQ(help(other_, made->id, Help::kDeclared), "not_found");
  EXPECT_EQ(mine(helper_)[0].installed_today, 2);
  EXPECT_EQ(mine(helper_)[0].declared, 1);
  world_.clock.advance(hours(24));
  EXPECT_EQ(mine(helper_)[0].installed_today, 0);
  EXPECT_EQ(mine(helper_)[0].installed, 2);
  EXPECT_EQ(run(helpers_.list(helper_, {}, std::nullopt, 50)).error().code, "not_permitted")
      << "a helper sees no other helpers";
  EXPECT_EQ(run(helpers_.figures(helper_, std::nullopt)).error().code, "not_permitted");
}

TEST_P(HelpersTest, HelpingBeginsAndEndsByItsDates) {
  NewHelper later = asked();
  later.first_day = Date{today().days + 1};
  later.last_day = later.first_day;
  const auto made = name(station_, later);
  ASSERT_TRUE(made);
  EXPECT_EQ(help(helper_, made->id, Help::kDeclared), "not_found") << "not begun";
  world_.clock.advance(hours(24));
  EXPECT_EQ(help(helper_, made->id, Help::kDeclared), "");
  world_.clock.advance(hours(24));
  EXPECT_EQ(help(helper_, made->id, Help::kDeclared), "not_found") << "over";
  EXPECT_THAT(mine(helper_), IsEmpty());
  const auto again = name(station_, asked());
  ASSERT_TRUE(again);
  EXPECT_EQ(again->id, made->id) << "put right, not doubled";
  ASSERT_TRUE(run(helpers_.end(station_, made->id)));
  EXPECT_EQ(help(helper_, made->id, Help::kDeclared), "not_found");
  EXPECT_EQ(run(helpers_.end(station_, made->id)).error().code, "helping_ended");
}

TEST_P(HelpersTest, WhoNamesWhomIsChecked) {
  EXPECT_EQ(name(elsewhere_, asked()).error().code, "not_permitted");
  EXPECT_EQ(name(commander_, asked()).error().code, "not_permitted");
  NewHelper wrong = asked();
  wrong.name = std::string(" ");
  wrong.phone = std::string("12");
  wrong.last_day = Date{today().days + kLongest};
  std::vector<std::string> flaws;
  const auto refused = name(station_, wrong);
  ASSERT_FALSE(refused);
  for (const auto& field : refused.error().fields) flaws.push_back(field.pointer + ' ' + field.code);
  EXPECT_THAT(flaws, ElementsAre("/name required", "/phone format", "/lastDay too_late"));
  wrong = asked();
  wrong.last_day = Date{today().days - 1};
  EXPECT_EQ(name(station_, wrong).error().fields.at(0).code, "too_early");
  const auto made = name(station_, asked());
  ASSERT_TRUE(made);
  EXPECT_THAT(json::text(*made), Not(HasSubstr("912000001"))) << "no phone comes back";
  EXPECT_THAT(run(helpers_.list(station_, {}, std::nullopt, 50))->items, SizeIs(1));
  EXPECT_THAT(run(helpers_.list(elsewhere_, {}, std::nullopt, 50))->items, IsEmpty());
  EXPECT_EQ(run(helpers_.end(elsewhere_, made->id)).error().code, "not_found");
}

TEST_P(HelpersTest, FiguresHoldNumbersOnlyAndOutlastTheHelper) {
  const auto made = name(station_, asked());
  NewHelper women = asked();
  women.organisation = Organisation::kWomen;
  ASSERT_TRUE(name(station_, women));
  for (int i = 0; i < 3; ++i) help(helper_, made->id, Help::kInstalled);
  EXPECT_THAT(figures(station_), ElementsAre("youth 1 3 0", "women 1 0 0"));
  EXPECT_THAT(figures(commander_, kHaiLang), ElementsAre("youth 1 3 0", "women 1 0 0"));
  EXPECT_THAT(figures(elsewhere_), IsEmpty());
  EXPECT_EQ(run(helpers_.figures(elsewhere_, kHaiLang)).error().code, "not_permitted");
  world_.clock.advance(hours(24) * 7);
  EXPECT_THAT(figures(station_), ElementsAre("youth 0 3 0"));
  const auto retain = [&] { world_.db->transact_now([&](store::Session& s) { helpers_.retention().run(s); }); };
  world_.clock.advance(kKept - hours(24) * 2);
  retain();
  EXPECT_THAT(run(helpers_.list(station_, {}, std::nullopt, 50))->items, SizeIs(2));
  world_.clock.advance(hours(24) * 3);
  retain();
  EXPECT_THAT(run(helpers_.list(station_, {}, std::nullopt, 50))->items, IsEmpty());
  EXPECT_EQ(world_.db->read_now([](store::Session& s) {
    return s.value<std::int64_t>({"test.proof", "SELECT deleted FROM helpers_retention"});
  }),
            2);
}

TEST_P(HelpersTest, ADayHasItsMost) {
  const auto made = name(station_, asked());
  for (std::int64_t i = 0; i < kDayMost; ++i) ASSERT_EQ(help(helper_, made->id, Help::kDeclared), "");
  EXPECT_EQ(help(helper_, made->id, Help::kDeclared), "helped_enough");
  EXPECT_EQ(help(helper_, made->id, Help::kInstalled), "");
  world_.clock.advance(hours(24));
  EXPECT_EQ(help(helper_, made->id, Help::kDeclared), "");
}

TEST_P(HelpersTest, TheListIsReadByPageNarrowedAndTurnedRound) {
  std::vector<HelperId> made;
  for (int i = 0; i < 5; ++i) {
    NewHelper what = asked();
    what.phone = std::string("091200010") + std::to_string(i);
    what.organisation = i % 2 ? Organisation::kWomen : Organisation::kYouth;
    const auto one = name(station_, what);
    ASSERT_TRUE(one) << one.error().code;
    made.push_back(one->id);
  }
  const auto glued = [&](const Caller& who, Filter filter, std::size_t limit) {
    std::vector<HelperId> out;
    std::optional<std::string> next;
    do {
      const auto page = run(helpers_.list(who, filter, next, limit));
      if (!page) throw std::runtime_error(page.error().code);
      EXPECT_LE(page->items.size(), limit);
      for (const Helper& one : page->items) out.push_back(one.id);
      next = page->next;
    } while (next && out.size() < 20);
    return out;
  };
  const Caller province = identity::testing::officer(Role::kProvinceOfficer, kQuangTri, 9104),
               country = identity::testing::officer(Role::kProvinceOfficer, UnitId{0}, 9105);
  const Filter up{{}, {}, Order::kAscending};
  for (const Caller* who : {&station_, &province, &country})
    for (const std::size_t limit : {1U, 2U, 50U}) {
      EXPECT_EQ(glued(*who, {}, limit), std::vector<HelperId>(made.rbegin(), made.rend())) << limit;
      EXPECT_EQ(glued(*who, up, limit), made) << limit;
      EXPECT_THAT(glued(*who, {{}, Organisation::kWomen, Order::kAscending}, limit), ElementsAre(made[1], made[3]));
      EXPECT_EQ(glued(*who, {kHaiLang, {}, Order::kAscending}, limit), made) << limit;
      EXPECT_THAT(glued(*who, {kDaNang}, limit), IsEmpty()) << limit;
    }
  EXPECT_THAT(glued(elsewhere_, {}, 50), IsEmpty());
  const auto first = run(helpers_.list(province, {}, std::nullopt, 1));
  ASSERT_TRUE(first && first->next);
  EXPECT_THAT(fields(run(helpers_.list(province, up, first->next, 1))), ElementsAre("?cursor other_sort"));
  EXPECT_THAT(fields(run(helpers_.list(province, {}, "x", 1))), ElementsAre("?cursor format"));
  if (GetParam() != store::Engine::kSqlite) return;
  for (const bool descending : {false, true}) {
    const auto plan = store::testing::plan_of(*world_.db, storage::page_query(descending, false), 4);
    EXPECT_THAT(plan, HasSubstr("INDEX helpers_helper_unit")) << plan;
    EXPECT_THAT(plan, Not(HasSubstr("TEMP B-TREE"))) << plan;
  }
}

INSTANTIATE_TEST_SUITE_P(Engines, HelpersTest, store::testing::engines(), store::testing::engine_name);

}  // namespace
}  // namespace luytre::helpers
