// Administrators whose grant is bounded to an area.

#include "platform/identity/fixture_for_test.h"
#include "platform/identity/officers.h"

namespace luytre::identity {
namespace {

using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

const UnitId kDongHa{2025319333};     // in Quảng Trị
const UnitId kDongGiang{2021319330};  // a part of Đông Hà since 2025

class OfficerAreasTest : public IdentityTest {
 protected:
  Officers& officers() { return identity().officers; }

  Officer make(const std::string& username, Role role, UnitId area = {}) {
    NewOfficer request;
    request.username = username;
    request.name = "Cán bộ " + username;
    request.grants = {Grant{role, area}};
    auto made = officers().create_now(request, kPassword);
    if (!made) throw std::runtime_error(made.error().code);
    return made->officer;
  }

  Result<Entered> enter(Browser& browser, const std::string& username) {
    OfficerSignIn request;
    request.username = username;
    request.password = kPassword;
    return keep(browser, run(officers().sign_in(request, browser.client())));
  }

  AccountId id(const std::string& username) { return officers().caller_now(username)->account; }

  static std::string grants_of(const std::vector<Grant>& grants) {
    std::string out;
    for (const auto& grant : grants) out += json::enum_text(grant.role) + "@" + to_text(grant.area) + " ";
    return out;
  }
};

INSTANTIATE_TEST_SUITE_P(Engines, OfficerAreasTest, store::testing::engines(), store::testing::engine_name);

TEST_P(OfficerAreasTest, AnAdministratorGivesNothingBeyondTheOwnArea) {
  make("admin", Role::kAdministrator);
  const Officer someone = make("binh", Role::kStationOfficer, kDongHa);
  const Caller local = testing::officer(Role::kAdministrator, kQuangTri);
  const auto create = [&](const std::string& username, const std::vector<Grant>& grants) {
    return code_of(run(officers().create(local, {username, "Tên", grants})));
  };
  const auto set = [&](const std::vector<Grant>& grants) {
    return code_of(run(officers().set_grants(local, someone.id, {grants}, std::nullopt)));
  };
  const std::vector<std::vector<Grant>> beyond = {{{Role::kAdministrator, {}}},
                                                  {{Role::kStationOfficer, {}}},
                                                  {{Role::kStationOfficer, kInDaNang}},
                                                  {{Role::kStationOfficer, UnitId{42}}},
                                                  {{Role::kStationOfficer, kDongHa}, {Role::kAuditor, {}}}};
  for (const auto& grants : beyond) {
    EXPECT_EQ(create("moi", grants), "not_permitted") << grants_of(grants);
    EXPECT_EQ(set(grants), "not_permitted") << grants_of(grants);
  }
  EXPECT_THAT(officers().all_now(), SizeIs(2));
  ASSERT_THAT(officers().caller_now("binh")->grants, SizeIs(1));
  EXPECT_EQ(officers().caller_now("binh")->grants.front().area, kDongHa);
  EXPECT_EQ(create("moi", {}), "grant_form");
  EXPECT_EQ(create("moi", {{Role::kCitizen, kDongHa}}), "grant_form");
  EXPECT_EQ(create("moi", {{Role::kAdministrator, kQuangTri}, {Role::kStationOfficer, kDongGiang}}), "ok");
  EXPECT_EQ(set({{Role::kDistrictOfficer, kDongHa}, {Role::kProvinceOfficer, kQuangTri}}), "ok");
  Caller both = testing::officer(Role::kAdministrator, kDongHa);
  both.grants.push_back({Role::kCommander, {}});
  EXPECT_EQ(code_of(run(officers().create(both, {"chihuy", "Tên", {Grant{Role::kCommander, kQuangTri}}}))),
            "not_permitted")
      << "another role's area is none to administer";
  both.grants.push_back({Role::kAdministrator, kInDaNang});
  EXPECT_EQ(code_of(run(officers().create(
                both, {"haivung", "Tên", {Grant{Role::kAuditor, kDongHa}, Grant{Role::kAuditor, kInDaNang}}}))),
            "ok");
}

TEST_P(OfficerAreasTest, AnAdministratorActsOnNoAccountThatHoldsMore) {
  make("admin", Role::kAdministrator);
  make("cdc", Role::kProvinceOfficer, kQuangTri);
  make("danang", Role::kStationOfficer, kInDaNang);
  make("haivung", Role::kStationOfficer, kDongHa);
  ASSERT_TRUE(run(officers().set_grants(testing::officer(Role::kAdministrator), id("haivung"),
                                        {{{Role::kStationOfficer, kDongHa}, {Role::kAuditor, {}}}}, std::nullopt)));
  make("binh", Role::kStationOfficer, kDongHa);
  const Caller local = testing::officer(Role::kAdministrator, kDongHa);
  const auto acts = [&](AccountId whom) {
    ResetPassword lost;
    lost.totp = true;
    return std::vector<std::string>{
        code_of(run(officers().reset_password(local, whom, {}))),
        code_of(run(officers().reset_password(local, whom, lost))),
        code_of(run(officers().set_grants(local, whom, {{Grant{Role::kAuditor, kDongHa}}}, std::nullopt))),
        code_of(run(officers().set_disabled(local, whom, true))),
        code_of(run(officers().set_disabled(local, whom, false)))};
  };
  for (const char* username : {"admin", "cdc", "danang", "haivung"}) {
    Browser browser;
    ASSERT_TRUE(enter(browser, username));
    const auto before = officers().caller_now(username);
    ASSERT_TRUE(before);
    EXPECT_THAT(acts(before->account), Each("not_permitted")) << username;
    EXPECT_EQ(caller(browser).account, before->account) << username << "'s session goes on";
    Browser again;
    EXPECT_TRUE(enter(again, username)) << username << "'s password is as it was";
    EXPECT_EQ(grants_of(officers().caller_now(username)->grants), grants_of(before->grants)) << username;
  }
  EXPECT_THAT(acts(id("binh")), Each("ok"));
  Browser binh;
  EXPECT_EQ(code_of(enter(binh, "binh")), "sign_in_failed");
  EXPECT_THAT(acts(AccountId{7}), Each("not_found")) << "which the door tells such an administrator as not_permitted";
  const Caller country = testing::officer(Role::kAdministrator);
  EXPECT_TRUE(run(officers().reset_password(country, id("cdc"), {})));
}

TEST_P(OfficerAreasTest, AnAdministratorListsTheAccountsWithinTheOwnAreaAlone) {
  const Officer first = make("admin", Role::kAdministrator);
  make("anh", Role::kStationOfficer, kDongHa);
  make("cdc", Role::kProvinceOfficer, kQuangTri);
  make("danang", Role::kStationOfficer, kInDaNang);
  make("giang", Role::kStationOfficer, kDongGiang);
  make("haivung", Role::kStationOfficer, kDongHa);
  ASSERT_TRUE(run(officers().set_grants(testing::officer(Role::kAdministrator), id("haivung"),
                                        {{{Role::kStationOfficer, kDongHa}, {Role::kAuditor, {}}}}, std::nullopt)));
  const auto names = [&](UnitId area, const std::string& text, std::optional<std::int64_t> after, std::size_t limit) {
    std::vector<std::string> out;
    const auto page = run(officers().list(testing::officer(Role::kAdministrator, area), text, after, limit));
    for (const auto& one : page->items) out.push_back(one.username);
    return out;
  };
  EXPECT_THAT(names({}, "", std::nullopt, 50), SizeIs(6));
  EXPECT_THAT(names(kQuangTri, "", std::nullopt, 50), ElementsAre("anh", "cdc", "giang"));
  EXPECT_THAT(names(kDongHa, "", std::nullopt, 50), ElementsAre("anh", "giang"));
  EXPECT_THAT(names(kInDaNang, "", std::nullopt, 50), ElementsAre("danang"));
  EXPECT_THAT(names(kDongHa, "admin", std::nullopt, 50), IsEmpty());
  EXPECT_THAT(names(kDongHa, "", id("anh").value, 1), ElementsAre("giang"));
  EXPECT_THAT(names(kDongHa, "", first.id.value, 50), IsEmpty()) << "as after an id that is nowhere";
}

}  // namespace
}  // namespace luytre::identity
