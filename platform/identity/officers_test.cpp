#include "platform/identity/officers.h"

#include <thread>

#include "platform/identity/fixture_for_test.h"
#include "platform/identity/totp.h"

namespace luytre::identity {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

std::string unbase32(std::string_view text) {
  static constexpr std::string_view kAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  std::string out;
  std::uint32_t buffer = 0;
  int bits = 0;
  for (const char c : text) {
    buffer = buffer << 5 | static_cast<std::uint32_t>(kAlphabet.find(c));
    bits += 5;
    if (bits < 8) continue;
    out += static_cast<char>(buffer >> (bits - 8) & 0xFF);
    bits -= 8;
  }
  return out;
}

class OfficersTest : public IdentityTest {
 protected:
  Officers& officers() { return identity().officers; }

  Officer make(const std::string& username, Role role, UnitId area = {}) {
    NewOfficer request;
    request.username = username;
    request.name = "Cán bộ " + username;
    request.grants = {Grant{role, area}};
    auto made = officers().create_now(request, kPassword);
    EXPECT_TRUE(made) << code_of(made);
    return made->officer;
  }

  Result<Entered> enter(Browser& browser, const std::string& username, const std::string& password,
                        std::optional<std::string> totp = {}) {
    OfficerSignIn request;
    request.username = username;
    request.password = password;
    if (totp) request.totp = *totp;
    return keep(browser, run(officers().sign_in(request, browser.client())));
  }

  std::string code_now(const std::string& secret) { return totp_code(secret, clock_.now().seconds / kTotpStepSeconds); }

  // Signs in for the first time and enrols; answers the secret. The next step has begun afterwards.
  std::string enrol(Browser& browser, const std::string& username) {
    EXPECT_TRUE(enter(browser, username, kPassword));
    const auto begun = run(officers().enrol_totp(caller(browser), {}));
    EXPECT_TRUE(begun);
    const std::string secret = unbase32(begun->secret);
    ConfirmTotp confirm;
    confirm.code = code_now(secret);
    EXPECT_TRUE(keep(browser, run(officers().confirm_totp(caller(browser), confirm, browser.client()))));
    clock_.advance(std::chrono::seconds(kTotpStepSeconds));
    return secret;
  }

  // Signed in with everything done.
  Caller signed_in(const std::string& username, Role role) {
    make(username, role);
    Browser browser;
    enrol(browser, username);
    return caller(browser);
  }
};

INSTANTIATE_TEST_SUITE_P(Engines, OfficersTest, store::testing::engines(), store::testing::engine_name);

// ---- signing in ----

TEST_P(OfficersTest, PasswordAloneOpensOnlyTheWayToTheSecondFactor) {
  make("an.cdc", Role::kProvinceOfficer);
  Browser browser;
  const auto entered = enter(browser, "An.CDC", kPassword);
  ASSERT_TRUE(entered);
  EXPECT_EQ(entered->view.level, Level::kLimited);
  EXPECT_TRUE(entered->view.must_enrol_totp);
  EXPECT_FALSE(caller(browser).full);
  const std::string before = browser.session;
  const auto begun = run(officers().enrol_totp(caller(browser), {}));
  ASSERT_TRUE(begun);
  EXPECT_THAT(begun->uri, ::testing::StartsWith("otpauth://totp/"));
  ConfirmTotp wrong;
  wrong.code = "000000";
  EXPECT_EQ(code_of(run(officers().confirm_totp(caller(browser), wrong, browser.client()))), "totp_wrong");
  ConfirmTotp right;
  right.code = code_now(unbase32(begun->secret));
  const auto confirmed = keep(browser, run(officers().confirm_totp(caller(browser), right, browser.client())));
  ASSERT_TRUE(confirmed);
  EXPECT_EQ(confirmed->view.level, Level::kFull);
  EXPECT_TRUE(caller(browser).full);
  EXPECT_TRUE(caller(browser).has(Role::kProvinceOfficer));
  EXPECT_NE(browser.session, before);
  EXPECT_EQ(house_.caller(before).account, AccountId{});
}

TEST_P(OfficersTest, CodeOfTheAuthenticatorWorksOnce) {
  make("an.cdc", Role::kProvinceOfficer);
  Browser browser;
  const std::string secret = enrol(browser, "an.cdc");
  EXPECT_EQ(code_of(enter(browser, "an.cdc", kPassword)), "totp_required");
  const std::string code = code_now(secret);
  const auto entered = enter(browser, "an.cdc", kPassword, code);
  ASSERT_TRUE(entered);
  EXPECT_EQ(entered->view.level, Level::kFull);
  EXPECT_EQ(code_of(enter(browser, "an.cdc", kPassword, code)), "sign_in_failed");
  clock_.advance(std::chrono::seconds(kTotpStepSeconds));
  EXPECT_TRUE(enter(browser, "an.cdc", kPassword, code_now(secret)));
}

TEST_P(OfficersTest, FailureIsTheSameWhateverWasWrong) {
  make("an.cdc", Role::kProvinceOfficer);
  const Officer disabled = make("binh", Role::kStationOfficer);
  make("admin", Role::kAdministrator);
  ASSERT_TRUE(officers().disable_now("binh"));
  Browser browser;
  enrol(browser, "an.cdc");
  Browser stranger;
  const auto unknown = enter(stranger, "nobody", kPassword);
  for (const auto& other : {enter(stranger, "an.cdc", "wrong"), enter(stranger, "binh", kPassword),
                            enter(stranger, "an.cdc", kPassword, "000000"), enter(stranger, "not a username!", "")}) {
    ASSERT_FALSE(other);
    EXPECT_EQ(other.error().code, unknown.error().code);
    EXPECT_EQ(other.error().status, unknown.error().status);
    EXPECT_EQ(other.error().params, unknown.error().params);
  }
  EXPECT_EQ(unknown.error().code, "sign_in_failed");
}

TEST_P(OfficersTest, PausesGrowAndEndAndUnknownNamesHaveThemToo) {
  make("an.cdc", Role::kProvinceOfficer);
  for (const char* name : {"an.cdc", "nobody"}) {
    Browser stranger;
    for (int i = 0; i < 5; ++i) EXPECT_EQ(code_of(enter(stranger, name, "wrong")), "sign_in_failed") << name << i;
    auto locked = enter(stranger, name, kPassword);
    ASSERT_EQ(code_of(locked), "locked") << name;
    EXPECT_EQ(locked.error().params.at("seconds"), "30") << name;
    clock_.advance(std::chrono::seconds(30));
    EXPECT_EQ(code_of(enter(stranger, name, "wrong")), "sign_in_failed") << name;
    locked = enter(stranger, name, kPassword);
    EXPECT_EQ(locked.error().params.at("seconds"), "60") << name;
    for (int i = 0; i < 20; ++i) {
      clock_.advance(std::chrono::minutes(30));  // the longest pause: never permanent
      EXPECT_EQ(code_of(enter(stranger, name, "wrong")), "sign_in_failed") << name << i;
    }
  }
  clock_.advance(std::chrono::minutes(30));
  Browser stranger;
  EXPECT_TRUE(enter(stranger, "an.cdc", kPassword));
  EXPECT_EQ(code_of(enter(stranger, "an.cdc", "wrong")), "sign_in_failed");  // success forgot the tries
}

TEST_P(OfficersTest, StrangersCannotKeepAnOfficerOutOfAKnownDevice) {
  make("an.cdc", Role::kProvinceOfficer);
  Browser mine;
  const std::string secret = enrol(mine, "an.cdc");  // with which the device is known
  Browser stranger;
  for (int i = 0; i < 6; ++i) (void)enter(stranger, "an.cdc", "wrong");
  EXPECT_EQ(code_of(enter(stranger, "an.cdc", kPassword)), "locked");
  clock_.advance(std::chrono::seconds(kTotpStepSeconds));
  EXPECT_TRUE(enter(mine, "an.cdc", kPassword, code_now(secret)));
}

TEST_P(OfficersTest, FloodFromOneAddressIsRefusedBeforeAnythingIsHashed) {
  auto settings = testing::House::quick_settings();
  settings.officers.address = {3, std::chrono::hours(1)};
  testing::House strict(*database_, units(), clock_, settings);
  Client client;
  client.address = "198.51.100.9";
  for (int i = 0; i < 3; ++i) {
    OfficerSignIn request;
    request.username = "name" + std::to_string(i);
    EXPECT_EQ(code_of(run(strict->officers.sign_in(request, client))), "sign_in_failed");
  }
  const auto refused = run(strict->officers.sign_in({}, client));
  ASSERT_EQ(code_of(refused), "too_many_requests");
  EXPECT_FALSE(refused.error().params.at("seconds").empty());
}

TEST_P(OfficersTest, InALoopbackDemonstrationTheSecondFactorIsOptionalButKeptWhenEnrolled) {
  auto settings = testing::House::quick_settings();
  settings.sessions.totp_required = false;
  testing::House demo(*database_, units(), clock_, settings);
  make("an.cdc", Role::kProvinceOfficer);
  make("binh", Role::kStationOfficer);
  Browser browser;
  enrol(browser, "an.cdc");
  Client client;
  client.address = "127.0.0.1";
  const auto without = run(demo->officers.sign_in({"binh", kPassword, std::nullopt}, client));
  ASSERT_TRUE(without);
  EXPECT_EQ(without->view.level, Level::kFull);
  EXPECT_FALSE(without->view.must_enrol_totp);
  EXPECT_EQ(code_of(run(demo->officers.sign_in({"an.cdc", kPassword, std::nullopt}, client))), "totp_required");
}

TEST_P(OfficersTest, ExchangingTheAuthenticatorNeedsTheOldOne) {
  make("an.cdc", Role::kProvinceOfficer);
  Browser browser;
  const std::string secret = enrol(browser, "an.cdc");
  EXPECT_EQ(code_of(run(officers().enrol_totp(caller(browser), {}))), "totp_wrong");
  EnrolTotp request;
  request.current = code_now(secret);
  EXPECT_TRUE(run(officers().enrol_totp(caller(browser), request)));
}

// ---- passwords ----

TEST_P(OfficersTest, TemporaryPasswordMustBeChanged) {
  NewOfficer request;
  request.username = "binh";
  request.name = "Bình";
  request.grants = {Grant{Role::kStationOfficer, {}}};
  const auto made = run(officers().create(testing::officer(Role::kAdministrator), request));
  ASSERT_TRUE(made);
  EXPECT_EQ(made->temporary_password.size(), 19U);
  Browser browser;
  const auto entered = enter(browser, "binh", made->temporary_password);
  ASSERT_TRUE(entered);
  EXPECT_TRUE(entered->view.must_change_password);
  EXPECT_EQ(entered->view.level, Level::kLimited);
  ChangePassword change;
  change.current = made->temporary_password;
  change.next = made->temporary_password;
  EXPECT_EQ(code_of(run(officers().change_password(caller(browser), change, browser.client()))), "password_weak");
  change.next = kPassword;
  const auto changed = keep(browser, run(officers().change_password(caller(browser), change, browser.client())));
  ASSERT_TRUE(changed);
  EXPECT_FALSE(changed->view.must_change_password);
  EXPECT_EQ(changed->view.level, Level::kLimited);  // TOTP is still missing
  EXPECT_TRUE(changed->view.must_enrol_totp);
  EXPECT_EQ(code_of(enter(browser, "binh", made->temporary_password)), "sign_in_failed");
}

TEST_P(OfficersTest, ChangingThePasswordEndsAllOtherSessions) {
  make("an.cdc", Role::kProvinceOfficer);
  Browser one;
  const std::string secret = enrol(one, "an.cdc");
  Browser two;
  ASSERT_TRUE(enter(two, "an.cdc", kPassword, code_now(secret)));
  EXPECT_TRUE(caller(two).full);
  ChangePassword change;
  change.current = "wrong";
  change.next = "một mật khẩu mới";
  EXPECT_EQ(code_of(run(officers().change_password(caller(one), change, one.client()))), "password_wrong");
  change.current = kPassword;
  ASSERT_TRUE(keep(one, run(officers().change_password(caller(one), change, one.client()))));
  EXPECT_TRUE(caller(one).full);
  EXPECT_EQ(caller(two).account, AccountId{});
}

TEST_P(OfficersTest, WeakPasswordsAreRefused) {
  for (const char* password :
       {"", "short", "aaaaaaaaaaaaaaaa", "abababababababab", "Password1234", "123456789012", "an.cdc-1234567"}) {
    EXPECT_TRUE(weak_password(password, "an.cdc")) << password;
  }
  EXPECT_TRUE(weak_password(std::string(201, 'x'), "an.cdc"));
  EXPECT_FALSE(weak_password(kPassword, "an.cdc"));
}

TEST_P(OfficersTest, PasswordsAreKeptAsArgon2id) {
  static constexpr store::Query kHash{"identity.test_hash", "SELECT password_hash FROM identity_officer"};
  make("an.cdc", Role::kProvinceOfficer);
  EXPECT_THAT(value<std::string>(kHash), ::testing::StartsWith("$argon2id$"));
  EXPECT_EQ(HashCost{}.memory, 64U * 1024 * 1024);
  EXPECT_EQ(OfficerSettings{}.password.memory, 64U * 1024 * 1024);
}

// ---- the first officer ----

TEST_P(OfficersTest, FirstOfficerComesByTheTokenAndOnlyOnce) {
  EXPECT_TRUE(run(officers().setup_state())->needed);
  const auto token = officers().setup_token();
  ASSERT_TRUE(token);
  EXPECT_EQ(officers().setup_token(), token);
  identity::SetUp request;
  request.token = "guess";
  request.username = "quan.tri";
  request.password = kPassword;
  request.name = "Quản trị";
  Browser browser;
  EXPECT_EQ(code_of(run(officers().set_up(request, browser.client()))), "setup_token_wrong");
  request.token = *token;
  request.password = "short";
  EXPECT_EQ(code_of(run(officers().set_up(request, browser.client()))), "password_weak");
  request.password = kPassword;
  const auto entered = keep(browser, run(officers().set_up(request, browser.client())));
  ASSERT_TRUE(entered);
  EXPECT_TRUE(entered->view.must_enrol_totp);
  ASSERT_THAT(entered->view.grants, SizeIs(1));
  EXPECT_EQ(entered->view.grants.front().role, Role::kAdministrator);
  EXPECT_FALSE(run(officers().setup_state())->needed);
  EXPECT_FALSE(officers().setup_token());
  request.username = "second";
  EXPECT_EQ(code_of(run(officers().set_up(request, browser.client()))), "setup_done");
}

TEST_P(OfficersTest, SetupTokenCannotBeGuessedAtForLong) {
  (void)officers().setup_token();
  Browser browser;
  identity::SetUp request;
  request.token = "guess";
  for (int i = 0; i < 20; ++i)
    EXPECT_EQ(code_of(run(officers().set_up(request, browser.client()))), "setup_token_wrong");
  EXPECT_EQ(code_of(run(officers().set_up(request, browser.client()))), "too_many_requests");
}

TEST_P(OfficersTest, WithoutATokenPrintedNobodySetsUp) {
  Browser browser;
  EXPECT_EQ(code_of(run(officers().set_up({}, browser.client()))), "setup_token_wrong");
}

// ---- the administrator ----

TEST_P(OfficersTest, OnlyAdministratorsManageOfficers) {
  const Officer someone = make("binh", Role::kStationOfficer);
  make("admin", Role::kAdministrator);
  for (const Caller& who :
       {testing::officer(Role::kProvinceOfficer), testing::citizen(), testing::officer(Role::kAuditor)}) {
    EXPECT_EQ(code_of(run(officers().list(who, "", std::nullopt, 50))), "not_permitted");
    EXPECT_EQ(code_of(run(officers().create(who, {"x.y.z", "X", {Grant{Role::kCommander, {}}}}))), "not_permitted");
    EXPECT_EQ(code_of(run(officers().set_grants(who, someone.id, {{Grant{Role::kCommander, {}}}}, std::nullopt))),
              "not_permitted");
    EXPECT_EQ(code_of(run(officers().set_disabled(who, someone.id, true))), "not_permitted");
    EXPECT_EQ(code_of(run(officers().reset_password(who, someone.id, {}))), "not_permitted");
  }
  EXPECT_EQ(
      code_of(run(officers().list(testing::limited(testing::officer(Role::kAdministrator)), "", std::nullopt, 50))),
      "second_proof_required");
}

TEST_P(OfficersTest, NamesAreUniqueAndGrantsMakeSense) {
  make("an.cdc", Role::kProvinceOfficer);
  const Caller admin = testing::officer(Role::kAdministrator);
  const auto create = [&](const std::string& username, Role role, UnitId area) {
    return code_of(run(officers().create(admin, {username, "Tên", {Grant{role, area}}})));
  };
  EXPECT_EQ(create("AN.CDC", Role::kCommander, {}), "username_taken");
  EXPECT_EQ(create("a b", Role::kCommander, {}), "username_form");
  EXPECT_EQ(create("ab", Role::kCommander, {}), "username_form");
  EXPECT_EQ(create("đức", Role::kCommander, {}), "username_form");
  EXPECT_EQ(create("duc", Role::kCitizen, {}), "grant_form");
  EXPECT_EQ(create("duc", Role::kCommander, UnitId{42}), "grant_form");
  EXPECT_EQ(code_of(run(officers().create(admin, {"duc", "Tên", {}}))), "grant_form");
  EXPECT_EQ(code_of(run(officers().create(admin, {"duc", "", {Grant{Role::kCommander, {}}}}))), "username_form");
  EXPECT_EQ(create("duc", Role::kCommander, {}), "ok");
}

TEST_P(OfficersTest, TheLastAdministratorStaysAndNobodyActsOnHimself) {
  const Caller admin = signed_in("admin", Role::kAdministrator);
  EXPECT_EQ(code_of(officers().disable_now("admin")), "last_administrator");
  EXPECT_EQ(code_of(run(officers().set_disabled(admin, admin.account, true))), "own_account");
  EXPECT_EQ(code_of(run(officers().set_grants(admin, admin.account, {{Grant{Role::kCommander, {}}}}, std::nullopt))),
            "own_account");
  EXPECT_EQ(code_of(run(officers().reset_password(admin, admin.account, {}))), "own_account");
  const Officer second = make("second", Role::kAdministrator);
  EXPECT_TRUE(run(officers().set_disabled(admin, second.id, true)));
  const Caller other = testing::officer(Role::kAdministrator, {}, 77);  // as if signed in still
  EXPECT_EQ(code_of(run(officers().set_grants(other, admin.account, {{Grant{Role::kCommander, {}}}}, std::nullopt))),
            "last_administrator");
  EXPECT_EQ(code_of(run(officers().set_disabled(other, admin.account, true))), "last_administrator");
  EXPECT_TRUE(house_->officers.caller_now("admin"));  // nothing of it was kept
  EXPECT_TRUE(house_->officers.caller_now("admin")->has(Role::kAdministrator));
}

TEST_P(OfficersTest, WhereNobodyAdministersYetTheCommandLineDisablesTheOthers) {
  make("hoa", Role::kProvinceOfficer);
  EXPECT_EQ(code_of(officers().disable_now("hoa")), "ok");
}

TEST_P(OfficersTest, TwoAdministratorsCannotDisableEachOtherAtOnce) {
  const Officer one = make("one", Role::kAdministrator);
  const Officer two = make("two", Role::kAdministrator);
  std::atomic<int> done = 0;
  const auto disable = [&](AccountId by, AccountId whom) {
    if (run(officers().set_disabled(testing::officer(Role::kAdministrator, {}, by.value), whom, true))) ++done;
  };
  std::thread first([&] { disable(one.id, two.id); });
  disable(two.id, one.id);
  first.join();
  EXPECT_EQ(done, 1);
}

TEST_P(OfficersTest, ChangesTakeEffectAtOnce) {
  const Caller admin = signed_in("admin", Role::kAdministrator);
  make("an.cdc", Role::kProvinceOfficer);
  Browser browser;
  enrol(browser, "an.cdc");
  const AccountId an = caller(browser).account;
  const auto set = run(officers().set_grants(admin, an, {{Grant{Role::kAuditor, {}}}}, std::nullopt));
  ASSERT_TRUE(set);
  EXPECT_TRUE(caller(browser).has(Role::kAuditor));
  EXPECT_FALSE(caller(browser).has(Role::kProvinceOfficer));
  ASSERT_TRUE(run(officers().set_disabled(admin, an, true)));
  EXPECT_EQ(caller(browser).account, AccountId{});
  Browser again;
  EXPECT_EQ(code_of(enter(again, "an.cdc", kPassword)), "sign_in_failed");
  ASSERT_TRUE(run(officers().set_disabled(admin, an, false)));
  EXPECT_EQ(code_of(enter(again, "an.cdc", kPassword)), "totp_required");
}

TEST_P(OfficersTest, ConcurrentEditIsRefusedWithTheNewerVersion) {
  const Caller admin = signed_in("admin", Role::kAdministrator);
  const Officer someone = make("binh", Role::kStationOfficer);
  const auto first = run(officers().set_grants(admin, someone.id, {{Grant{Role::kAuditor, {}}}}, someone.version));
  ASSERT_TRUE(first);
  const auto second = run(officers().set_grants(admin, someone.id, {{Grant{Role::kCommander, {}}}}, someone.version));
  ASSERT_EQ(code_of(second), "version_conflict");
  EXPECT_THAT(second.error().current, ::testing::HasSubstr("\"auditor\""));
  EXPECT_TRUE(run(officers().set_grants(admin, someone.id, {{Grant{Role::kCommander, {}}}}, first->version)));
}

TEST_P(OfficersTest, ResetGivesATemporaryPasswordEndsSessionsAndDropsALostAuthenticator) {
  const Caller admin = signed_in("admin", Role::kAdministrator);
  make("an.cdc", Role::kProvinceOfficer);
  Browser browser;
  const std::string secret = enrol(browser, "an.cdc");
  const AccountId an = caller(browser).account;
  const auto kept = run(officers().reset_password(admin, an, {}));
  ASSERT_TRUE(kept);
  EXPECT_EQ(caller(browser).account, AccountId{});
  EXPECT_EQ(code_of(enter(browser, "an.cdc", kept->temporary_password)), "totp_required");
  ResetPassword lost;
  lost.totp = true;
  const auto reset = run(officers().reset_password(admin, an, lost));
  ASSERT_TRUE(reset);
  const auto entered = enter(browser, "an.cdc", reset->temporary_password);
  ASSERT_TRUE(entered);
  EXPECT_TRUE(entered->view.must_change_password);
  EXPECT_TRUE(entered->view.must_enrol_totp);
}

TEST_P(OfficersTest, ListFoldsAndPages) {
  const Caller admin = signed_in("admin", Role::kAdministrator);
  for (const char* name : {"anh", "binh", "cuong"}) make(name, Role::kStationOfficer);
  const auto names = [&](const std::string& text, std::optional<std::int64_t> after, std::size_t limit) {
    std::vector<std::string> out;
    const auto page = run(officers().list(admin, text, after, limit));
    for (const auto& one : page->items) out.push_back(one.username);
    return out;
  };
  EXPECT_THAT(names("", std::nullopt, 50), ElementsAre("admin", "anh", "binh", "cuong"));
  EXPECT_THAT(names("CÁN BỘ BINH", std::nullopt, 50), ElementsAre("binh"));
  EXPECT_THAT(names("nobody", std::nullopt, 50), IsEmpty());
  const auto page = run(officers().list(admin, "", std::nullopt, 3));
  ASSERT_TRUE(page->next);
  EXPECT_THAT(names("", parse_id(*page->next), 3), ElementsAre("cuong"));
}

TEST_P(OfficersTest, EveryChangeIsInTheAccessLog) {
  const Caller admin = signed_in("admin", Role::kAdministrator);
  const auto made = run(officers().create(admin, {"binh", "Bình", {Grant{Role::kStationOfficer, {}}}}));
  ASSERT_TRUE(made);
  const AccountId binh = made->officer.id;
  ASSERT_TRUE(run(officers().set_grants(admin, binh, {{Grant{Role::kAuditor, {}}}}, std::nullopt)));
  ASSERT_TRUE(run(officers().reset_password(admin, binh, {})));
  ASSERT_TRUE(run(officers().set_disabled(admin, binh, true)));
  const auto log =
      run(identity().access_log.all(testing::officer(Role::kAuditor), {.account = admin.account}, std::nullopt, 50));
  ASSERT_TRUE(log);
  std::vector<std::string> reasons;
  for (const auto& row : log->items) {
    EXPECT_EQ(row.about, binh);
    EXPECT_EQ(row.name, "Cán bộ admin");
    reasons.push_back((row.note ? json::enum_text(*row.note) : "") + '|' + row.record + '|' + row.reason);
  }
  EXPECT_THAT(reasons, ElementsAre("accountDisabled||", "passwordReset||", "grantsChanged|auditor@0000000000000|",
                                   "accountMade|stationOfficer@0000000000000|"));
}

// ---- the command line ----

TEST_P(OfficersTest, CommandLineMakesListsAndDisables) {
  NewOfficer request;
  request.username = "quan.tri";
  request.name = "Quản trị";
  request.grants = {Grant{Role::kAdministrator, {}}};
  const auto made = officers().create_now(request);
  ASSERT_TRUE(made);
  EXPECT_TRUE(made->officer.must_change_password);
  EXPECT_EQ(code_of(officers().create_now(request)), "username_taken");
  request.username = "binh";
  EXPECT_EQ(code_of(officers().create_now(request, "short")), "password_weak");
  make("an.cdc", Role::kProvinceOfficer);
  EXPECT_THAT(officers().all_now(), SizeIs(2));
  ASSERT_TRUE(officers().disable_now("an.cdc"));
  EXPECT_EQ(code_of(officers().caller_now("an.cdc")), "not_found");
  EXPECT_EQ(code_of(officers().disable_now("nobody")), "not_found");
  const auto as = officers().caller_now("Quan.Tri");
  ASSERT_TRUE(as);
  EXPECT_TRUE(as->has(Role::kAdministrator));
}

}  // namespace
}  // namespace luytre::identity
