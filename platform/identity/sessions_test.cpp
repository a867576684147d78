#include "platform/identity/sessions.h"

#include <thread>

#include "platform/identity/fixture_for_test.h"

namespace luytre::identity {
namespace {

using ::testing::SizeIs;

class SessionsTest : public IdentityTest {};

INSTANTIATE_TEST_SUITE_P(Engines, SessionsTest, store::testing::engines(), store::testing::engine_name);

TEST_P(SessionsTest, WhatIsNoTokenIsNobody) {
  for (const char* cookie : {"", "x", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "' OR 1=1 --", "\xff\xfe"}) {
    const Caller who = house_.caller(cookie);
    EXPECT_EQ(who.account, AccountId{}) << cookie;
    EXPECT_TRUE(who.grants.empty());
  }
}

TEST_P(SessionsTest, SessionTokenIsNoBearerToken) {
  Browser browser;
  ASSERT_TRUE(sign_in(browser, kAn));
  EXPECT_EQ(run(identity().sessions.authenticate("", browser.session, "127.0.0.1")).account, AccountId{});
}

TEST_P(SessionsTest, EndsWithoutUseAndAtItsAbsoluteEnd) {
  Browser browser;
  ASSERT_TRUE(sign_in(browser, kAn));
  const auto times = identity().sessions.settings().citizen;
  clock_.advance(times.idle - std::chrono::hours(1));
  EXPECT_NE(caller(browser).account, AccountId{});  // used: the clock starts anew
  clock_.advance(times.idle - std::chrono::hours(1));
  EXPECT_NE(caller(browser).account, AccountId{});
  clock_.advance(times.idle + std::chrono::seconds(1));
  EXPECT_EQ(caller(browser).account, AccountId{});

  ASSERT_TRUE(sign_in(browser, kAn));
  const Instant end = clock_.now() + times.absolute;
  while (clock_.now() + times.idle < end) {
    EXPECT_NE(caller(browser).account, AccountId{});
    clock_.advance(times.idle - std::chrono::hours(1));
  }
  clock_.set(end);
  EXPECT_EQ(caller(browser).account, AccountId{});
}

TEST_P(SessionsTest, LimitedSessionIsShort) {
  Browser first;
  ASSERT_TRUE(sign_in(first, kAn));
  Browser second;
  ASSERT_TRUE(sign_in(second, kAn));
  EXPECT_NE(caller(second).account, AccountId{});
  clock_.advance(std::chrono::hours(1) + std::chrono::seconds(1));
  EXPECT_EQ(caller(second).account, AccountId{});
}

TEST_P(SessionsTest, SignOutTakesEffectAtOnceHereAndSoonOnOtherNodes) {
  auto settings = testing::House::quick_settings();
  settings.sessions.cache = std::chrono::milliseconds(300);
  EXPECT_LE(SessionSettings{}.cache, std::chrono::seconds(5));  // the promise to the outside
  testing::House other(*database_, units(), clock_, settings);
  Browser browser;
  ASSERT_TRUE(sign_in(browser, kAn));
  EXPECT_NE(caller(browser).account, AccountId{});
  EXPECT_NE(other.caller(browser.session).account, AccountId{});
  ASSERT_TRUE(run(identity().sessions.sign_out(caller(browser))));
  EXPECT_EQ(caller(browser).account, AccountId{});
  std::this_thread::sleep_for(std::chrono::milliseconds(350));
  EXPECT_EQ(other.caller(browser.session).account, AccountId{});
}

TEST_P(SessionsTest, ListShowsWhereIAmSignedInAndOnlyMe) {
  Browser one;
  ASSERT_TRUE(sign_in(one, kAn));
  Browser same = one;
  ASSERT_TRUE(sign_in(same, kAn));
  Browser stranger;
  ASSERT_TRUE(sign_in(stranger, kBinh));
  const auto page = run(identity().sessions.list(caller(one)));
  ASSERT_TRUE(page);
  ASSERT_THAT(page->items, SizeIs(2));
  EXPECT_FALSE(page->items[0].current);
  EXPECT_TRUE(page->items[1].current);
  EXPECT_EQ(page->items[0].device, "Chrome, Android");
}

TEST_P(SessionsTest, EndingAnotherSessionMakesItsDeviceUnknown) {
  Browser lost;
  ASSERT_TRUE(sign_in(lost, kAn));
  ASSERT_TRUE(set_pin(lost, "739154"));
  Browser mine;
  ASSERT_TRUE(sign_in(mine, kAn));
  ASSERT_TRUE(prove(mine, by_pin("739154")));
  const std::int64_t id = caller(lost).session;
  ASSERT_TRUE(run(identity().sessions.end(caller(mine), id)));
  EXPECT_EQ(caller(lost).account, AccountId{});
  const auto again = sign_in(lost, kAn);
  ASSERT_TRUE(again);
  EXPECT_EQ(again->view.level, Level::kLimited);
}

TEST_P(SessionsTest, NobodyEndsSomebodyElsesSession) {
  Browser mine;
  ASSERT_TRUE(sign_in(mine, kAn));
  Browser stranger;
  ASSERT_TRUE(sign_in(stranger, kBinh));
  EXPECT_EQ(code_of(run(identity().sessions.end(caller(stranger), caller(mine).session))), "not_found");
  EXPECT_NE(caller(mine).account, AccountId{});
}

TEST_P(SessionsTest, AddressOfTheCallerIsOfThisRequest) {
  Browser browser;
  ASSERT_TRUE(sign_in(browser, kAn));
  EXPECT_EQ(run(identity().sessions.authenticate(browser.session, "", "198.51.100.1")).address, "198.51.100.1");
  EXPECT_EQ(run(identity().sessions.authenticate(browser.session, "", "198.51.100.2")).address, "198.51.100.2");
  EXPECT_EQ(run(identity().sessions.authenticate("", "", "198.51.100.3")).address, "198.51.100.3");
}

TEST_P(SessionsTest, CurrentTellsWhoAndHow) {
  Browser browser;
  ASSERT_TRUE(sign_in(browser, kAn));
  const auto view = run(identity().sessions.current(caller(browser)));
  ASSERT_TRUE(view);
  EXPECT_EQ(view->kind, AccountKind::kCitizen);
  EXPECT_FALSE(view->has_pin);
  EXPECT_GT(view->expires_at, clock_.now());
  EXPECT_EQ(code_of(run(identity().sessions.current(testing::nobody()))), "unauthenticated");
}

TEST_P(SessionsTest, ManyRequestsAtOnceDoNotHinderOneAnother) {
  Browser browser;
  ASSERT_TRUE(sign_in(browser, kAn));
  std::atomic<int> right = 0;
  std::vector<std::thread> requests;
  for (int i = 0; i < 8; ++i) {
    requests.emplace_back([&] {
      for (int k = 0; k < 20; ++k)
        if (house_.caller(browser.session).account.value != 0) ++right;
    });
  }
  for (auto& one : requests) one.join();
  EXPECT_EQ(right, 160);
}

}  // namespace
}  // namespace luytre::identity
