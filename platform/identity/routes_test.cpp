// The routes as a browser meets them, without a socket: permission, cookies, codes.

#include <map>

#include "platform/identity/fixture_for_test.h"

namespace luytre::identity {
namespace {

using ::testing::AllOf;
using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;
using ::testing::StartsWith;

class FakeCall final : public http::Call {
 public:
  const Caller& caller() const override { return who; }
  std::string_view path(std::string_view) const override { return id; }
  std::optional<std::string> query(std::string_view name) const override { return find(queries, name); }
  std::optional<std::string> header(std::string_view name) const override { return find(request_headers, name); }
  std::optional<std::string> cookie(std::string_view name) const override { return find(cookies, name); }
  const std::string& body() const override { return text; }
  std::optional<store::Once> once() const override { return std::nullopt; }
  std::optional<std::int64_t> if_match() const override { return std::nullopt; }
  void set_header(std::string name, std::string value) override {
    headers.emplace_back(std::move(name), std::move(value));
  }
  bool secure() const override { return tls; }

  std::vector<std::string> set_cookies() const {
    std::vector<std::string> out;
    for (const auto& [name, value] : headers)
      if (name == "Set-Cookie") out.push_back(value);
    return out;
  }

  Caller who;
  std::string id, text = "{}";
  std::map<std::string, std::string> queries, request_headers, cookies;
  std::vector<std::pair<std::string, std::string>> headers;
  bool tls = false;

 private:
  static std::optional<std::string> find(const std::map<std::string, std::string>& in, std::string_view name) {
    const auto found = in.find(std::string(name));
    return found == in.end() ? std::nullopt : std::optional(found->second);
  }
};

class RoutesTest : public IdentityTest {
 protected:
  RoutesTest() { routes(router_, identity()); }

  Result<http::Reply> send(http::Method method, const std::string& path, FakeCall& call) {
    const auto match = router_.match(method, "/api/v1" + path);
    EXPECT_NE(match.route, nullptr) << path;
    return run(match.route->handler(call));
  }

  // Asks for a code and signs in, keeping cookies; the answer of the second.
  FakeCall entered_call(bool tls) {
    FakeCall ask;
    ask.tls = tls;
    ask.text = R"({"phone":"0912345678"})";
    EXPECT_TRUE(send(http::Method::kPost, "/auth/codes", ask));
    FakeCall enter;
    enter.tls = tls;
    enter.cookies[http::kDeviceCookie] = cookie_value(ask.set_cookies().at(0));
    enter.request_headers["User-Agent"] = "Firefox/121 Linux";
    enter.text = R"({"phone":"0912345678","code":")" + house_.last_code(kAn) + "\"}";
    EXPECT_TRUE(send(http::Method::kPost, "/auth/sign-in", enter));
    return enter;
  }

  static std::string cookie_value(const std::string& line) {
    const auto from = line.find('=') + 1;
    return line.substr(from, line.find(';') - from);
  }

  http::Router router_;
};

INSTANTIATE_TEST_SUITE_P(Engines, RoutesTest, store::testing::engines(), store::testing::engine_name);

TEST_P(RoutesTest, CookiesAreOutOfReachOfScriptsAndOtherSites) {
  for (const bool tls : {false, true}) {
    const FakeCall call = entered_call(tls);
    ASSERT_THAT(call.set_cookies(), SizeIs(2));
    for (const auto& line : call.set_cookies()) {
      EXPECT_THAT(line, HasSubstr("; HttpOnly"));
      EXPECT_THAT(line, HasSubstr("; SameSite=Strict"));
      EXPECT_THAT(line, HasSubstr("; Path=/"));
      EXPECT_THAT(line, Not(HasSubstr("Domain")));
      EXPECT_EQ(line.find("; Secure") != std::string::npos, tls) << line;
    }
    EXPECT_THAT(call.set_cookies(), Contains(StartsWith("luytre_session=")));
    EXPECT_THAT(call.set_cookies(), Contains(StartsWith("luytre_device=")));
    clock_.advance(std::chrono::hours(48));
    sql("DELETE FROM identity_known_device");
    sql("DELETE FROM identity_account");
  }
}

TEST_P(RoutesTest, AnswerToACodeRequestTellsNothingButTimes) {
  FakeCall call;
  call.text = R"({"phone":"0912345678"})";
  const auto reply = send(http::Method::kPost, "/auth/codes", call);
  ASSERT_TRUE(reply);
  EXPECT_EQ(reply->body, R"({"expiresAt":")" + to_text(clock_.now() + kCodeLife) + R"(","retryAfterSeconds":60})");
  EXPECT_EQ(router_.match(http::Method::kPost, "/api/v1/auth/codes").route->status, 202);
}

TEST_P(RoutesTest, SignOutTakesTheCookieAway) {
  const FakeCall entered = entered_call(false);
  FakeCall call;
  call.who = house_.caller(cookie_value(entered.set_cookies().at(0)));
  ASSERT_NE(call.who.account, AccountId{});
  ASSERT_TRUE(send(http::Method::kPost, "/auth/sign-out", call));
  EXPECT_THAT(call.set_cookies(), Contains(AllOf(StartsWith("luytre_session=;"), HasSubstr("Max-Age=0"))));
  EXPECT_EQ(house_.caller(cookie_value(entered.set_cookies().at(0))).account, AccountId{});
}

TEST_P(RoutesTest, FailedSignInSetsNoCookie) {
  FakeCall call;
  call.text = R"({"phone":"0912345678","code":"000000"})";
  EXPECT_EQ(code_of(send(http::Method::kPost, "/auth/sign-in", call)), "code_wrong");
  EXPECT_THAT(call.set_cookies(), IsEmpty());
}

TEST_P(RoutesTest, OfficersCookieEndsWithTheBrowser) {
  ASSERT_TRUE(
      identity().officers.create_now({"an.cdc", "An", {Grant{Role::kProvinceOfficer, {}}}}, "cây tre trăm đốt"));
  FakeCall call;
  call.text = R"({"username":"an.cdc","password":"cây tre trăm đốt"})";
  const auto reply = send(http::Method::kPost, "/auth/officer/sign-in", call);
  ASSERT_TRUE(reply);
  EXPECT_THAT(reply->body, HasSubstr(R"("mustEnrolTotp":true)"));
  ASSERT_THAT(call.set_cookies(), SizeIs(1));
  EXPECT_THAT(call.set_cookies().front(), Not(HasSubstr("Max-Age")));
}

TEST_P(RoutesTest, TextsOfErrorsAreThereInBothLanguages) {
  std::size_t codes = 0;
  for (const auto& route : router_.routes()) {
    for (const auto& error : route->errors) {
      for (const char* language : {"vi", "en"}) {
        const std::string key = std::string("errors.") + error.code;
        if (std::string_view(error.code) == kNotFound.code || std::string_view(error.code) == kTooMany.code ||
            std::string_view(error.code) == kVersionConflict.code) {
          continue;  // written by http
        }
        EXPECT_TRUE(house_.texts().has(key, language)) << key << " " << language;
        ++codes;
      }
    }
  }
  EXPECT_GT(codes, 40U);
}

TEST_P(RoutesTest, OnlyTheFirstStepsAreOpenToLimitedSessionsAndTheWorld) {
  std::vector<std::string> open;
  std::vector<std::string> limited;
  for (const auto& route : router_.routes()) {
    const bool anyone = std::find(route->roles.begin(), route->roles.end(), Role::kAnyone) != route->roles.end();
    const std::string line = std::string(http::method_name(route->method)) + " " + route->path.substr(7);
    if (anyone) open.push_back(line);
    if (route->limited_session) limited.push_back(line);
  }
  EXPECT_THAT(open,
              ::testing::UnorderedElementsAre("POST /auth/codes", "POST /auth/sign-in", "POST /auth/officer/sign-in",
                                              "GET /setup", "POST /setup", "GET /consents/texts"));
  EXPECT_THAT(limited,
              ::testing::UnorderedElementsAre("POST /auth/second-proof", "POST /auth/fresh-account",
                                              "GET /auth/session", "POST /auth/sign-out", "POST /auth/totp/enrol",
                                              "POST /auth/totp/confirm", "PUT /auth/password"));
}

TEST_P(RoutesTest, WholeWayOfACitizen) {
  const FakeCall entered = entered_call(false);
  const std::string token = cookie_value(entered.set_cookies().at(0));
  FakeCall who;
  who.who = house_.caller(token);
  const auto session = send(http::Method::kGet, "/auth/session", who);
  ASSERT_TRUE(session);
  EXPECT_THAT(session->body,
              AllOf(HasSubstr(R"("kind":"citizen")"), HasSubstr(R"("level":"full")"), HasSubstr(R"("hasPin":false)")));
  who.text = R"({"pin":"739154"})";
  EXPECT_TRUE(send(http::Method::kPut, "/auth/pin", who));
  who.text = R"({"text":"tracing","version":1})";
  const auto consent = send(http::Method::kPost, "/me/consents", who);
  ASSERT_TRUE(consent);
  const auto sessions = send(http::Method::kGet, "/auth/sessions", who);
  ASSERT_TRUE(sessions);
  EXPECT_THAT(sessions->body, HasSubstr(R"("device":"Firefox, Linux","current":true)"));
  EXPECT_TRUE(send(http::Method::kGet, "/me/access-log", who));
  EXPECT_TRUE(send(http::Method::kGet, "/me/consents", who));
}

}  // namespace
}  // namespace luytre::identity
