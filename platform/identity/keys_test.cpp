#include "platform/identity/keys.h"

#include "platform/identity/fixture_for_test.h"

namespace luytre::identity {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

const UnitId kHaiLang{2025319702};

class KeysTest : public IdentityTest {
 protected:
  MadeKey made(std::int64_t days = 30) {
    NewKey request;
    request.name = "Sở Thông tin và Truyền thông";
    request.area = kHaiLang;
    request.days = days;
    auto key = run(identity().keys.make(admin_, request));
    if (!key) throw std::runtime_error(key.error().code);
    return std::move(*key);
  }
  Caller with(const std::string& token) { return run(identity().doorkeeper.authenticate("", token, "198.51.100.9")); }

  const Caller admin_ = testing::officer(Role::kAdministrator);
};

INSTANTIATE_TEST_SUITE_P(Engines, KeysTest, store::testing::engines(), store::testing::engine_name);

TEST_P(KeysTest, StandsForOneRoleInOneArea) {
  const MadeKey key = made();
  const Caller who = with(key.token);
  EXPECT_EQ(who.account, key.key.id);
  EXPECT_EQ(who.name, "Sở Thông tin và Truyền thông");
  EXPECT_EQ(who.address, "198.51.100.9");
  ASSERT_THAT(who.grants, SizeIs(1));
  EXPECT_EQ(who.grants[0].role, Role::kIntegrator);
  EXPECT_EQ(who.grants[0].area, kHaiLang);
}

TEST_P(KeysTest, WhatIsNoKeyIsNobody) {
  const MadeKey key = made();
  for (const std::string& token : {std::string(), std::string("x"), std::string(43, 'A'), key.token + "A"})
    EXPECT_EQ(with(token).account, AccountId{}) << token;
  EXPECT_EQ(run(identity().doorkeeper.authenticate(key.token, "", "")).account, AccountId{}) << "no session's cookie";
  Browser browser;
  ASSERT_TRUE(sign_in(browser, kAn));
  EXPECT_EQ(with(browser.session).account, AccountId{}) << "a session is no key";
  EXPECT_NE(run(identity().doorkeeper.authenticate(browser.session, "", "")).account, AccountId{});
}

TEST_P(KeysTest, EndsWhenItIsRevokedOrItsTimeIsOver) {
  const MadeKey revoked = made();
  const MadeKey other = made(2);
  const auto view = run(identity().keys.revoke(admin_, revoked.key.id));
  ASSERT_TRUE(view) << view.error().code;
  EXPECT_EQ(view->revoked_at, clock_.now());
  EXPECT_EQ(with(revoked.token).account, AccountId{});
  clock_.advance(std::chrono::hours(47));
  EXPECT_EQ(with(other.token).account, other.key.id);
  clock_.advance(std::chrono::hours(1));
  EXPECT_EQ(with(other.token).account, AccountId{});
  const auto again = run(identity().keys.revoke(admin_, revoked.key.id));
  ASSERT_TRUE(again);
  EXPECT_EQ(again->revoked_at, view->revoked_at);
  EXPECT_EQ(code_of(run(identity().keys.revoke(admin_, AccountId{7}))), "not_found");
}

TEST_P(KeysTest, OnlyAnAdministratorMakesThemAndNeverForTheWholeCountryOrForEver) {
  NewKey request;
  request.name = "Sở";
  request.area = kHaiLang;
  request.days = 30;
  for (const Role role : {Role::kProvinceOfficer, Role::kCommander, Role::kAuditor, Role::kIntegrator}) {
    const Caller who = testing::officer(role);
    EXPECT_EQ(code_of(run(identity().keys.make(who, request))), "not_permitted");
    EXPECT_EQ(code_of(run(identity().keys.list(who))), "not_permitted");
    EXPECT_EQ(code_of(run(identity().keys.revoke(who, AccountId{1}))), "not_permitted");
  }
  const auto wrong = [&](auto change) {
    NewKey other = request;
    change(other);
    const auto answer = run(identity().keys.make(admin_, other));
    return answer || answer.error().fields.empty() ? std::string("ok") : answer.error().fields.front().pointer;
  };
  EXPECT_EQ(wrong([](NewKey& k) { k.area = UnitId{}; }), "/area");
  EXPECT_EQ(wrong([](NewKey& k) { k.area = UnitId{12345}; }), "/area");
  EXPECT_EQ(wrong([](NewKey& k) { k.days = 0; }), "/days");
  EXPECT_EQ(wrong([](NewKey& k) { k.days = kKeyDaysMost + 1; }), "/days");
  EXPECT_EQ(wrong([](NewKey& k) { k.name = Text<120>(" "); }), "/name");
}

TEST_P(KeysTest, AnAdministratorOfOneAreaMakesThemForThatAreaAlone) {
  NewKey request;
  request.name = "Sở";
  request.area = kHaiLang;
  request.days = 30;
  EXPECT_EQ(code_of(run(identity().keys.make(testing::officer(Role::kAdministrator, kInDaNang), request))),
            "not_permitted");
  EXPECT_TRUE(run(identity().keys.make(testing::officer(Role::kAdministrator, kQuangTri), request)));
}

TEST_P(KeysTest, AnAdministratorOfOneAreaSeesAndRevokesThoseOfThatAreaAlone) {
  const MadeKey key = made();
  const Caller elsewhere = testing::officer(Role::kAdministrator, kInDaNang);
  const Caller here = testing::officer(Role::kAdministrator, kQuangTri);
  EXPECT_THAT(run(identity().keys.list(elsewhere))->items, IsEmpty());
  EXPECT_EQ(code_of(run(identity().keys.revoke(elsewhere, key.key.id))), "not_permitted");
  EXPECT_EQ(with(key.token).account, key.key.id) << "it goes on";
  EXPECT_THAT(run(identity().keys.list(here))->items, SizeIs(1));
  EXPECT_TRUE(run(identity().keys.revoke(here, key.key.id)));
  EXPECT_EQ(with(key.token).account, AccountId{});
}

TEST_P(KeysTest, TheRoleIsNoOfficers) {
  NewOfficer officer;
  officer.username = "may";
  officer.name = "Máy";
  officer.grants = {{Role::kIntegrator, kQuangTri}};
  EXPECT_EQ(code_of(run(identity().officers.create(admin_, officer))), "grant_form");
}

TEST_P(KeysTest, TheListSaysWhenEachWasUsedAndNeverTheKey) {
  const MadeKey key = made();
  clock_.advance(std::chrono::minutes(5));
  const Instant first = clock_.now();
  with(key.token);
  clock_.advance(std::chrono::minutes(30));
  with(key.token);
  const auto list = run(identity().keys.list(admin_));
  ASSERT_TRUE(list);
  ASSERT_THAT(list->items, SizeIs(1));
  EXPECT_EQ(list->items[0].last_used_at, first) << "to the hour";
  EXPECT_THAT(list->items[0].area_name, HasSubstr("Hải Lăng"));
  EXPECT_THAT(json::text(*list), Not(HasSubstr(key.token)));
  EXPECT_EQ(value<std::int64_t>({"test.keys", "SELECT CAST(count(*) AS bigint) FROM identity_key"}), 1);
}

TEST_P(KeysTest, MakingAndRevokingAreInTheAccessLog) {
  const MadeKey key = made();
  ASSERT_TRUE(run(identity().keys.revoke(admin_, key.key.id)));
  ASSERT_TRUE(run(identity().keys.revoke(admin_, key.key.id)));
  const auto rows =
      database_->read_now([&](store::Session& s) { return identity().access.list(s, {}, INT64_MAX, 10); });
  std::vector<std::string> said;
  for (const auto& row : rows.items)
    if (row.about == key.key.id) said.push_back(row.action + ' ' + row.reason.substr(0, 11));
  EXPECT_THAT(said, ElementsAre("identity.keys key revoked", "identity.keys key made: S"));
  for (const auto& row : rows.items) EXPECT_THAT(row.reason, Not(HasSubstr(key.token)));
}

}  // namespace
}  // namespace luytre::identity
