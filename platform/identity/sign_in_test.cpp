#include "platform/identity/sign_in.h"

#include <thread>

#include "platform/identity/fixture_for_test.h"

namespace luytre::identity {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

const Date kBorn = make_date(1980, 5, 17);
constexpr const char* kPin = "739154";

class SignInTest : public IdentityTest {
 protected:
  // Ms An: an account with a PIN, made in the browser that is answered.
  Browser an() {
    Browser browser;
    EXPECT_TRUE(sign_in(browser, kAn));
    EXPECT_TRUE(set_pin(browser, kPin));
    return browser;
  }

  Result<ReleaseWord> release(const Caller& officer, const std::string& phone) {
    StationRelease request;
    request.phone = phone;
    request.reason = "seen with identity card";
    return run(identity().sign_in.release(officer, request));
  }
};

INSTANTIATE_TEST_SUITE_P(Engines, SignInTest, store::testing::engines(), store::testing::engine_name);

// ---- phone and code ----

TEST_P(SignInTest, BrandNewPhoneOpensAnAccountAtOnce) {
  Browser browser;
  const auto entered = sign_in(browser, "0912 345 678");
  ASSERT_TRUE(entered);
  EXPECT_EQ(entered->view.level, Level::kFull);
  EXPECT_EQ(entered->view.kind, AccountKind::kCitizen);
  EXPECT_EQ(entered->view.name, "•••• 678");
  EXPECT_FALSE(entered->view.ways);
  const Caller who = caller(browser);
  EXPECT_EQ(who.account, entered->view.account);
  EXPECT_TRUE(who.full);
  EXPECT_TRUE(who.has(Role::kCitizen));
}

TEST_P(SignInTest, KnownDeviceComesBackToTheSameAccount) {
  Browser browser;
  const auto first = sign_in(browser, kAn);
  const auto again = sign_in(browser, kAn);
  ASSERT_TRUE(first && again);
  EXPECT_EQ(again->view.level, Level::kFull);
  EXPECT_EQ(again->view.account, first->view.account);
}

TEST_P(SignInTest, CodeAloneOnAnotherDeviceOpensNothingThatWasThereBefore) {
  const Browser first = an();
  const AccountId old = caller(first).account;
  Browser second;
  const auto entered = sign_in(second, kAn);
  ASSERT_TRUE(entered);
  EXPECT_EQ(entered->view.level, Level::kLimited);
  EXPECT_THAT(*entered->view.ways, ElementsAre(Way::kPin, Way::kStation));
  const Caller who = caller(second);
  EXPECT_FALSE(who.full);
  EXPECT_NE(who.account, old);  // not even its id is told
  const Action read{"test.read", Purpose::kOwnRecord, {Role::kCitizen}};
  identity().access.set_household(testing::households({{old, PersonId{1}}, {who.account, PersonId{1}}}));
  const auto allowed = database_->transact_now([&](store::Session& s) {
    return identity().access.require(s, who, read, {PersonId{1}, {}, ""});
  });
  EXPECT_EQ(code_of(allowed), "second_proof_required");
  const auto log = run(identity().access_log.mine(who, std::nullopt, std::nullopt, 10));
  EXPECT_EQ(code_of(log), "second_proof_required");
}

TEST_P(SignInTest, FiveWrongTriesKillACode) {
  Browser browser;
  ASSERT_TRUE(ask(browser, kAn));
  const std::string right = house_.last_code(kAn);
  const std::string wrong = right == "000000" ? "000001" : "000000";
  for (int i = 0; i < 4; ++i) EXPECT_EQ(code_of(show(browser, kAn, wrong)), "code_wrong") << i;
  EXPECT_EQ(code_of(show(browser, kAn, wrong)), "code_exhausted");
  EXPECT_EQ(code_of(show(browser, kAn, right)), "code_exhausted");
  clock_.advance(std::chrono::seconds(61));
  ASSERT_TRUE(ask(browser, kAn));
  EXPECT_TRUE(show(browser, kAn, house_.last_code(kAn)));
}

TEST_P(SignInTest, ManyTriesAtOnceAreNotMoreThanFive) {
  Browser browser;
  ASSERT_TRUE(ask(browser, kAn));
  const std::string right = house_.last_code(kAn);
  std::atomic<int> wrong = 0;
  std::vector<std::thread> tries;
  for (int i = 0; i < 12; ++i) {
    tries.emplace_back([&, i] {
      const std::string guess = std::to_string((std::stoi(right) + 1 + i) % 1'000'000 + 1'000'000).substr(1);
      const auto shown = run(identity().sign_in.sign_in({kAn, guess}, browser.client()));
      if (code_of(shown) == "code_wrong") ++wrong;
    });
  }
  for (auto& one : tries) one.join();
  EXPECT_EQ(wrong, 4);  // the fifth and all later ones: exhausted
  EXPECT_EQ(code_of(show(browser, kAn, right)), "code_exhausted");
}

TEST_P(SignInTest, CodeWorksOnceAndForFiveMinutes) {
  Browser browser;
  ASSERT_TRUE(ask(browser, kAn));
  const std::string code = house_.last_code(kAn);
  EXPECT_TRUE(show(browser, kAn, code.substr(0, 3) + " " + code.substr(3)));  // typed as it is read
  EXPECT_EQ(code_of(show(browser, kAn, code)), "code_wrong");
  clock_.advance(std::chrono::seconds(61));
  ASSERT_TRUE(ask(browser, kAn));
  clock_.advance(kCodeLife);
  EXPECT_EQ(code_of(show(browser, kAn, house_.last_code(kAn))), "code_expired");
}

TEST_P(SignInTest, CodeIsOfNoUseInAnotherBrowserNorCanItBeUsedUpThere) {
  Browser mine;
  ASSERT_TRUE(ask(mine, kAn));
  const std::string code = house_.last_code(kAn);
  Browser thief;
  EXPECT_EQ(code_of(show(thief, kAn, code)), "code_wrong");
  for (int i = 0; i < 10; ++i) EXPECT_EQ(code_of(show(thief, kAn, "111111")), "code_wrong");
  EXPECT_TRUE(show(mine, kAn, code));
}

TEST_P(SignInTest, KnownAndUnknownPhonesGetTheSameAnswer) {
  (void)an();
  clock_.advance(std::chrono::hours(24));
  Browser stranger;
  stranger.address = "198.51.100.1";
  Browser other;
  other.address = "198.51.100.2";
  const auto known = ask(stranger, kAn);
  const auto unknown = ask(other, kBinh);
  ASSERT_TRUE(known && unknown);
  EXPECT_EQ(json::text(known->sent), json::text(unknown->sent));
  EXPECT_EQ(code_of(show(stranger, kAn, "000000")), code_of(show(other, kBinh, "000000")));
}

TEST_P(SignInTest, NothingReadableLiesInTheDatabase) {
  static constexpr store::Query kCode{"identity.test_code", "SELECT code_hash FROM identity_code"};
  static constexpr store::Query kSealed{"identity.test_phone", "SELECT phone_sealed FROM identity_account"};
  static constexpr store::Query kIndex{"identity.test_index", "SELECT phone_index FROM identity_account"};
  static constexpr store::Query kToken{"identity.test_token", "SELECT token_hash FROM identity_session"};
  Browser browser;
  ASSERT_TRUE(ask(browser, kAn));
  const std::string code = house_.last_code(kAn);
  EXPECT_THAT(value<store::Bytes>(kCode).data, Not(HasSubstr(code)));
  ASSERT_TRUE(show(browser, kAn, code));
  EXPECT_THAT(value<store::Bytes>(kSealed).data, Not(HasSubstr("912345678")));
  EXPECT_THAT(value<store::Bytes>(kIndex).data, Not(HasSubstr("912345678")));
  EXPECT_THAT(browser.session, Not(HasSubstr(value<store::Bytes>(kToken).data)));
  EXPECT_THAT(browser.session, Not(HasSubstr(base64url(value<store::Bytes>(kToken).data))));
}

TEST_P(SignInTest, MessageIsInTheLanguageOfTheBrowser) {
  Browser browser;
  Client client = browser.client();
  client.language = "en";
  ASSERT_TRUE(run(identity().sign_in.ask_code({kAn}, client)));
  const auto waiting = database_->read_now([&](store::Session& s) { return house_.notify().waiting(s); });
  ASSERT_EQ(waiting.size(), 1U);
  EXPECT_THAT(waiting.front().text, HasSubstr("Never tell it to anybody"));
  EXPECT_EQ(waiting.front().not_after, clock_.now() + kCodeLife);
}

TEST_P(SignInTest, WhatIsNoPhoneIsRefusedWithItsField) {
  Browser browser;
  const auto refused = ask(browser, "12345");
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, "invalid");
  EXPECT_EQ(refused.error().fields.at(0).pointer, "/phone");
  EXPECT_EQ(code_of(ask(browser, "024 3825 3531")), "phone_gets_no_messages");
}

// ---- floods ----

TEST_P(SignInTest, FloodOfOnePhoneIsRefusedWithSeconds) {
  Browser browser;
  ASSERT_TRUE(ask(browser, kAn));
  const auto refused = ask(browser, kAn);
  ASSERT_EQ(code_of(refused), "too_many_requests");
  EXPECT_EQ(refused.error().status, 429);
  EXPECT_EQ(refused.error().params.at("seconds"), "60");
  for (int i = 0; i < 4; ++i) {
    clock_.advance(std::chrono::seconds(60));
    browser.device.reset();                               // changing browser
    browser.address = "198.51.100." + std::to_string(i);  // and address does not help
    EXPECT_TRUE(ask(browser, kAn)) << i;
  }
  clock_.advance(std::chrono::seconds(60));
  EXPECT_EQ(code_of(ask(browser, kAn)), "too_many_requests");
  EXPECT_TRUE(ask(browser, kBinh));  // others are not touched
}

TEST_P(SignInTest, StrangerWhoAsksForCodesDoesNotLockTheKnownDeviceOut) {
  Browser mine = an();
  clock_.advance(std::chrono::hours(24));
  Browser stranger;
  for (int i = 0; i < 20; ++i) {
    (void)ask(stranger, kAn);
    clock_.advance(std::chrono::seconds(60));
  }
  EXPECT_EQ(code_of(ask(stranger, kAn)), "too_many_requests");
  EXPECT_TRUE(sign_in(mine, kAn));
}

class LimitedSignInTest : public SignInTest {
 protected:
  LimitedSignInTest()
      : strict_(*database_, units(), clock_, settings()), second_(*database_, units(), clock_, settings()) {}

  static Settings settings() {
    auto out = testing::House::quick_settings();
    out.codes.address = {3, std::chrono::hours(1)};
    out.codes.all = {6, std::chrono::minutes(10)};
    out.codes.foreign = {1, std::chrono::hours(1)};
    return out;
  }

  static std::string ask_from(testing::House& node, const std::string& address, const std::string& phone) {
    Client client;
    client.address = address;
    return code_of(run(node->sign_in.ask_code({phone}, client)));
  }

  testing::House strict_;
  testing::House second_;  // another node on the same database
};

INSTANTIATE_TEST_SUITE_P(Engines, LimitedSignInTest, store::testing::engines(), store::testing::engine_name);

TEST_P(LimitedSignInTest, FloodFromOneAddressIsRefusedOnEveryNode) {
  EXPECT_EQ(ask_from(strict_, "198.51.100.1", "0912000001"), "ok");
  EXPECT_EQ(ask_from(second_, "198.51.100.1", "0912000002"), "ok");
  EXPECT_EQ(ask_from(strict_, "198.51.100.1", "0912000003"), "ok");
  EXPECT_EQ(ask_from(second_, "198.51.100.1", "0912000004"), "too_many_requests");
  EXPECT_EQ(ask_from(strict_, "198.51.100.2", "0912000004"), "ok");
}

TEST_P(LimitedSignInTest, WholeIpv6NetworkCountsAsOneAddress) {
  for (int i = 1; i <= 3; ++i)
    EXPECT_EQ(ask_from(strict_, "2001:db8::" + std::to_string(i), "091200000" + std::to_string(i)), "ok");
  EXPECT_EQ(ask_from(strict_, "2001:db8::ffff:4", "0912000004"), "too_many_requests");
  EXPECT_EQ(ask_from(strict_, "2001:db8:0:1::1", "0912000004"), "ok");
}

TEST_P(LimitedSignInTest, AllTogetherAreLimitedToo) {
  for (int i = 0; i < 6; ++i)
    EXPECT_EQ(ask_from(i % 2 ? strict_ : second_, "198.51.100." + std::to_string(i), "091200000" + std::to_string(i)),
              "ok");
  EXPECT_EQ(ask_from(strict_, "198.51.100.77", "0912000077"), "too_many_requests");
  clock_.advance(std::chrono::minutes(2));
  EXPECT_EQ(ask_from(strict_, "198.51.100.77", "0912000077"), "ok");
}

TEST_P(LimitedSignInTest, ForeignNumbersHaveALimitOfTheirOwn) {
  EXPECT_EQ(ask_from(strict_, "198.51.100.1", "+8562012345678"), "ok");
  EXPECT_EQ(ask_from(strict_, "198.51.100.2", "+8562012345679"), "too_many_requests");
  EXPECT_EQ(ask_from(strict_, "198.51.100.3", "0912000001"), "ok");
}

// ---- second proof ----

TEST_P(SignInTest, PinOpensTheOldAccountOnANewDevice) {
  const AccountId old = caller(an()).account;
  Browser second;
  ASSERT_TRUE(sign_in(second, kAn));
  const std::string limited_token = second.session;
  const auto limited_device = second.device;
  const auto proved = prove(second, by_pin(kPin));
  ASSERT_TRUE(proved);
  EXPECT_EQ(proved->view.level, Level::kFull);
  EXPECT_EQ(proved->view.account, old);
  EXPECT_TRUE(proved->view.has_pin);
  EXPECT_TRUE(caller(second).full);
  EXPECT_NE(second.session, limited_token);  // no session fixation
  EXPECT_NE(second.device, limited_device);
  EXPECT_EQ(house_.caller(limited_token).account, AccountId{});
  const auto again = sign_in(second, kAn);  // and the device is known from now on
  ASSERT_TRUE(again);
  EXPECT_EQ(again->view.account, old);
  EXPECT_EQ(again->view.level, Level::kFull);
}

TEST_P(SignInTest, WrongPinsLockTheProofWithGrowingPauses) {
  (void)an();
  Browser second;
  ASSERT_TRUE(sign_in(second, kAn));
  for (int i = 0; i < 5; ++i) EXPECT_EQ(code_of(prove(second, by_pin("000111"))), "second_proof_wrong") << i;
  auto locked = prove(second, by_pin(kPin));
  ASSERT_EQ(code_of(locked), "locked");
  EXPECT_EQ(locked.error().status, 429);
  EXPECT_EQ(locked.error().params.at("seconds"), "900");
  clock_.advance(std::chrono::seconds(900));
  EXPECT_EQ(code_of(prove(second, by_pin("000111"))), "second_proof_wrong");
  locked = prove(second, by_pin(kPin));
  EXPECT_EQ(locked.error().params.at("seconds"), "1800");
  clock_.advance(std::chrono::seconds(1800));
  ASSERT_TRUE(sign_in(second, kAn));  // the limited session has run out meanwhile
  EXPECT_TRUE(prove(second, by_pin(kPin)));
}

TEST_P(SignInTest, ManyPinsAtOnceAreNotMoreThanFive) {
  (void)an();
  Browser second;
  ASSERT_TRUE(sign_in(second, kAn));
  const Caller who = caller(second);
  std::atomic<int> wrong = 0;
  std::vector<std::thread> tries;
  for (int i = 0; i < 12; ++i) {
    tries.emplace_back([&, i] {
      const auto proved =
          run(identity().sign_in.second_proof(who, by_pin(std::to_string(100'000 + i)), second.client()));
      if (code_of(proved) == "second_proof_wrong") ++wrong;
    });
  }
  for (auto& one : tries) one.join();
  EXPECT_EQ(wrong, 5);
}

TEST_P(SignInTest, AnotherDeviceMayNotSwitchWaysToGuessMore) {
  identity().sign_in.set_paper_check([](store::Session&, AccountId, std::string, Date) { return false; });
  (void)an();
  Browser second;
  ASSERT_TRUE(sign_in(second, kAn));
  EXPECT_EQ(code_of(prove(second, by_pin("000111"))), "second_proof_wrong");
  EXPECT_EQ(code_of(prove(second, by_paper("045180000001", kBorn))), "second_proof_wrong");
  EXPECT_EQ(code_of(prove(second, by_word("aaaa-aaaa"))), "second_proof_wrong");
  EXPECT_EQ(code_of(prove(second, by_pin("000111"))), "second_proof_wrong");
  EXPECT_EQ(code_of(prove(second, by_word("aaaa-aaab"))), "second_proof_wrong");
  EXPECT_EQ(code_of(prove(second, by_pin(kPin))), "locked");
  Browser third;  // nor another session
  ASSERT_TRUE(sign_in(third, kAn));
  EXPECT_EQ(code_of(prove(third, by_pin(kPin))), "locked");
}

TEST_P(SignInTest, PaperOfSomebodyInTheAccountOpensIt) {
  const AccountId old = caller(an()).account;
  identity().sign_in.set_paper_check([old](store::Session&, AccountId account, std::string paper, Date born) {
    return account == old && paper == "045180000001" && born == kBorn;
  });
  Browser second;
  const auto entered = sign_in(second, kAn);
  ASSERT_TRUE(entered);
  EXPECT_THAT(*entered->view.ways, ElementsAre(Way::kPin, Way::kPaper, Way::kStation));
  EXPECT_EQ(code_of(prove(second, by_paper("045180000001", make_date(1980, 5, 18)))), "second_proof_wrong");
  EXPECT_EQ(code_of(prove(second, by_paper("045180000002", kBorn))), "second_proof_wrong");
  const auto proved = prove(second, by_paper("045180000001", kBorn));
  ASSERT_TRUE(proved);
  EXPECT_EQ(proved->view.account, old);
}

TEST_P(SignInTest, ExactlyOneProofIsShown) {
  (void)an();
  Browser second;
  ASSERT_TRUE(sign_in(second, kAn));
  SecondProof two = by_pin(kPin);
  two.word = "aaaa-aaaa";
  SecondProof half;
  half.paper_number = "045180000001";
  EXPECT_EQ(code_of(prove(second, two)), "second_proof_form");
  EXPECT_EQ(code_of(prove(second, half)), "second_proof_form");
  EXPECT_EQ(code_of(prove(second, {})), "second_proof_form");
  EXPECT_TRUE(prove(second, by_pin(kPin)));
  EXPECT_EQ(code_of(prove(second, by_pin(kPin))), "second_proof_not_needed");
}

TEST_P(SignInTest, CookieThatSomebodyPlantedIsWorthlessAfterTheProof) {
  (void)an();
  Browser attacker;
  ASSERT_TRUE(sign_in(attacker, kBinh));  // a device that is known, to the attacker's own account
  Browser victim;
  victim.device = attacker.device;
  ASSERT_TRUE(sign_in(victim, kAn));
  ASSERT_TRUE(prove(victim, by_pin(kPin)));
  const auto entered = sign_in(attacker, kAn);  // even with the victim's next code
  ASSERT_TRUE(entered);
  EXPECT_EQ(entered->view.level, Level::kLimited);
}

// ---- fresh account ----

TEST_P(SignInTest, NewOwnerOfAnOldNumberStartsEmptyAndTheOldAccountStays) {
  const AccountId old = caller(an()).account;
  Browser owner;
  ASSERT_TRUE(sign_in(owner, kAn));
  const auto fresh = keep(owner, run(identity().sign_in.fresh_account(caller(owner), owner.client())));
  ASSERT_TRUE(fresh);
  EXPECT_EQ(fresh->view.level, Level::kFull);
  EXPECT_NE(fresh->view.account, old);
  EXPECT_FALSE(fresh->view.has_pin);
  EXPECT_EQ(sign_in(owner, kAn)->view.account, fresh->view.account);
  Browser third;
  ASSERT_TRUE(sign_in(third, kAn));
  EXPECT_EQ(prove(third, by_pin(kPin))->view.account, old);  // its PIN still opens the old one
}

TEST_P(SignInTest, FreshAccountsOfOnePhoneAreFewAndOnlyForLimitedSessions) {
  Browser first = an();
  EXPECT_EQ(code_of(run(identity().sign_in.fresh_account(caller(first), first.client()))), "second_proof_not_needed");
  for (int i = 0; i < 3; ++i) {
    Browser next;
    ASSERT_TRUE(sign_in(next, kAn)) << i;
    clock_.advance(std::chrono::hours(3));
    ASSERT_TRUE(sign_in(next, kAn)) << i;
    EXPECT_TRUE(run(identity().sign_in.fresh_account(caller(next), next.client()))) << i;
  }
  clock_.advance(std::chrono::hours(3));
  Browser fourth;
  ASSERT_TRUE(sign_in(fourth, kAn));
  EXPECT_EQ(code_of(run(identity().sign_in.fresh_account(caller(fourth), fourth.client()))), "too_many_requests");
}

// ---- PIN ----

TEST_P(SignInTest, PinsThatAnybodyWouldTryFirstAreRefused) {
  Browser browser;
  ASSERT_TRUE(sign_in(browser, kAn));
  for (const char* pin : {"111111", "123456", "654321", "121212", "123123", "000001"})
    EXPECT_EQ(code_of(set_pin(browser, pin)), "pin_weak") << pin;
  for (const char* pin : {"12345", "1234567", "12345a", ""})
    EXPECT_EQ(code_of(set_pin(browser, pin)), "pin_form") << pin;
}

TEST_P(SignInTest, ChangingThePinNeedsTheOldOne) {
  const Browser browser = an();
  EXPECT_EQ(code_of(set_pin(browser, "284915")), "pin_wrong");
  EXPECT_EQ(code_of(set_pin(browser, "284915", "111222")), "pin_wrong");
  EXPECT_TRUE(set_pin(browser, "284915", kPin));
  Browser second;
  ASSERT_TRUE(sign_in(second, kAn));
  EXPECT_EQ(code_of(prove(second, by_pin(kPin))), "second_proof_wrong");
  EXPECT_TRUE(prove(second, by_pin("284915")));
}

TEST_P(SignInTest, ForgottenPinMayBeSetAnewSoonAfterPaper) {
  Browser browser = an();
  identity().sign_in.set_paper_check([](store::Session&, AccountId, std::string paper, Date) { return paper == "1"; });
  EXPECT_EQ(code_of(set_pin(browser, "284915")), "pin_wrong");
  ASSERT_TRUE(prove(browser, by_paper("1", kBorn)));  // also on a full session
  EXPECT_TRUE(set_pin(browser, "284915"));
  clock_.advance(kFreshProof);
  EXPECT_EQ(code_of(set_pin(browser, "395026")), "pin_wrong");
}

TEST_P(SignInTest, LimitedSessionMayNotSetAPin) {
  (void)an();
  Browser second;
  ASSERT_TRUE(sign_in(second, kAn));
  EXPECT_EQ(code_of(set_pin(second, "284915")), "second_proof_required");
}

// ---- the station ----

TEST_P(SignInTest, WordOfTheStationOpensOnceAndTheOwnerSeesIt) {
  const Browser first = an();
  const auto word = release(testing::officer(Role::kStationOfficer), kAn);
  ASSERT_TRUE(word);
  Browser second;
  ASSERT_TRUE(sign_in(second, kAn));
  clock_.set(word->expires_at - std::chrono::seconds(1));
  std::string typed = word->word;
  for (char& c : typed) c = static_cast<char>(std::toupper(c));
  const auto proved = prove(second, by_word(typed));
  ASSERT_TRUE(proved);
  EXPECT_EQ(proved->view.account, caller(first).account);
  Browser third;
  ASSERT_TRUE(sign_in(third, kAn));
  EXPECT_EQ(code_of(prove(third, by_word(word->word))), "second_proof_wrong");
  const auto log = run(identity().access_log.mine(caller(first), std::nullopt, std::nullopt, 10));
  ASSERT_TRUE(log);
  ASSERT_EQ(log->items.size(), 1U);
  EXPECT_EQ(log->items.front().action, "identity.release");
  EXPECT_EQ(log->items.front().role, Role::kStationOfficer);
  EXPECT_EQ(log->items.front().reason, "seen with identity card");
}

TEST_P(SignInTest, WordIsForOnePhoneAndForFifteenMinutes) {
  (void)an();
  Browser binh;
  ASSERT_TRUE(sign_in(binh, kBinh));
  const auto word = release(testing::officer(Role::kStationOfficer), kAn);
  ASSERT_TRUE(word);
  Browser elsewhere;
  ASSERT_TRUE(sign_in(elsewhere, kBinh));
  EXPECT_EQ(code_of(prove(elsewhere, by_word(word->word))), "second_proof_wrong");
  Browser second;
  ASSERT_TRUE(sign_in(second, kAn));
  clock_.set(word->expires_at);
  EXPECT_EQ(code_of(prove(second, by_word(word->word))), "second_proof_wrong");
}

TEST_P(SignInTest, ReleaseDoesNotTellWhetherAPhoneIsKnown) {
  (void)an();
  const auto known = release(testing::officer(Role::kStationOfficer), kAn);
  const auto unknown = release(testing::officer(Role::kStationOfficer), kBinh);
  ASSERT_TRUE(known && unknown);
  EXPECT_EQ(known->word.size(), unknown->word.size());
  EXPECT_EQ(known->expires_at, unknown->expires_at);
}

TEST_P(SignInTest, OnlyHealthOfficersWithAReasonRelease) {
  EXPECT_EQ(code_of(release(testing::citizen(), kAn)), "not_permitted");
  EXPECT_EQ(code_of(release(testing::officer(Role::kAdministrator), kAn)), "not_permitted");
  EXPECT_EQ(code_of(release(testing::limited(testing::officer(Role::kStationOfficer)), kAn)), "second_proof_required");
  StationRelease request;
  request.phone = kAn;
  EXPECT_EQ(code_of(run(identity().sign_in.release(testing::officer(Role::kStationOfficer), request))),
            "reason_required");
}

// ---- expiry of what is kept ----

TEST_P(SignInTest, CleaningForgetsWhatHasExpired) {
  static constexpr store::Query kRows{"identity.test_rows", R"sql(
    SELECT CAST((SELECT count(*) FROM identity_code) + (SELECT count(*) FROM identity_rate) + (SELECT count(*) FROM identity_session)
                + (SELECT count(*) FROM identity_device) + (SELECT count(*) FROM identity_known_device) AS bigint))sql"};
  Browser browser;
  ASSERT_TRUE(sign_in(browser, kAn));
  EXPECT_GT(value<std::int64_t>(kRows), 0);
  store::Schedule schedule(*database_);
  identity().add_jobs(schedule);
  clock_.advance(std::chrono::hours(24 * 400));
  schedule.run_due();
  EXPECT_EQ(value<std::int64_t>(kRows), 0);
}

}  // namespace
}  // namespace luytre::identity
