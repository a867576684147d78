// What a declared route guarantees, over real sockets.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "platform/http/testing.h"

namespace luytre::http::testing {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::UnorderedElementsAre;

enum class Colour { kGreen, kRed };
BOOST_DESCRIBE_ENUM(Colour, kGreen, kRed)

struct Thing {
  Text<200> name;
  std::int64_t count = 0;
  std::optional<Colour> colour;
  std::optional<Instant> at;
  std::optional<std::vector<std::int64_t>> parts;
};
BOOST_DESCRIBE_STRUCT(Thing, (), (name, count, colour, at, parts))

struct Stored {
  std::string id;
  std::string name;
  std::int64_t version = 0;
};
BOOST_DESCRIBE_STRUCT(Stored, (), (id, name, version))

constexpr ErrorCode kThingBroken{"thing_broken", 409};

Task<Result<Stored>> stored(Result<Stored> value) {
  co_return value;
}
Task<Result<Done>> done(Result<Done> value) {
  co_return value;
}
Task<Result<Reply>> reply(Reply value) {
  co_return value;
}
Task<Result<Done>> throws(std::string what) {
  if (what == "gone") throw store::SqlError(store::Fault::kUnavailable, "connection to secret-host lost");
  throw std::runtime_error("secret of " + what);
  co_return Done{};
}

void thing_routes(Router& router) {
  router.post("/things")
      .summary("Add a thing")
      .permit({Role::kAnyone}, Purpose::kPublic)
      .errors({kThingBroken})
      .status(201)
      .handle([](Call&, Thing thing) -> Task<Result<Stored>> {
        return stored(Stored{"new", thing.name, 1});
      });
  router.get("/things")
      .summary("Things")
      .permit({Role::kAnyone}, Purpose::kPublic)
      .query("colour", "green|red")
      .query("since", "date")
      .query("unit", "id")
      .query("open", "boolean")
      .query("q", "string", "words", true)
      .paged()
      .handle([](Call& call) -> Task<Result<Stored>> {
        return stored(Stored{call.query("q").value_or(""), call.query("colour").value_or("none"),
                             static_cast<std::int64_t>(call.page_limit())});
      });
  router.get("/things/new").permit({Role::kAnyone}, Purpose::kPublic).handle([](Call&) -> Task<Result<Stored>> {
    return stored(Stored{"literal", "", 0});
  });
  router.get("/things/{id}").permit({Role::kAnyone}, Purpose::kPublic).handle([](Call& call) -> Task<Result<Stored>> {
    return stored(Stored{std::string(call.path("id")), call.caller().address, call.secure() ? 1 : 0});
  });
  router.patch("/things/{id}")
      .permit({Role::kAnyone}, Purpose::kPublic)
      .versioned()
      .handle([](Call& call, Thing thing) -> Task<Result<Stored>> {
        if (*call.if_match() == 3) return stored(Stored{std::string(call.path("id")), thing.name, 4});
        Error error(kVersionConflict);
        error.current = R"({"id":"x","version":3})";
        return stored(error);
      });
  router.post("/things/{id}/mend")
      .permit({Role::kAnyone}, Purpose::kPublic)
      .query("how", "string")
      .flood()
      .handle([](Call& call, Thing) -> Task<Result<Stored>> {
        const auto once = call.once();
        return stored(Stored{hex(once->scope), hex(once->body_hash), 0});
      });
  router.del("/things/{id}")
      .permit({Role::kProvinceOfficer, Role::kStationOfficer}, Purpose::kTracing)
      .handle([](Call&) -> Task<Result<Done>> { return done(Done{}); });
  router.get("/records/{id}")
      .permit({Role::kCitizen, Role::kStationOfficer}, Purpose::kCaseManagement)
      .handle([](Call& call) -> Task<Result<Done>> {
        return done(call.path("id") == "elsewhere" ? Error(kNotPermitted) : Error(kNotFound));
      });
  router.get("/mine").permit({Role::kCitizen}, Purpose::kOwnRecord).handle([](Call&) -> Task<Result<Done>> {
    return done(Done{});
  });
  router.get("/mine/before")
      .permit({Role::kCitizen}, Purpose::kOwnRecord)
      .limited()
      .handle([](Call&) -> Task<Result<Done>> { return done(Done{}); });
  router.post("/broken/{how}").permit({Role::kAnyone}, Purpose::kPublic).handle([](Call& call) -> Task<Result<Done>> {
    return throws(std::string(call.path("how")));
  });
  router.get("/slowly").permit({Role::kAnyone}, Purpose::kPublic).handle([](Call& call) -> Task<Result<Done>> {
    call.set_header("X-Kept", "yes");
    return done(Error(kTooMany, {{"seconds", "30"}}));
  });
  router.get("/poster")
      .permit({Role::kAnyone}, Purpose::kPublic)
      .content_type("application/pdf")
      .handle([](Call&) -> Task<Result<Reply>> {
        Reply out;
        out.type = "application/pdf";
        out.body = std::string("%PDF\0x", 6);
        out.headers.emplace_back("Set-Cookie", "a=1");
        out.headers.emplace_back("Set-Cookie", "b=2");
        return reply(std::move(out));
      });
  router.get("/split").permit({Role::kAnyone}, Purpose::kPublic).handle([](Call& call) -> Task<Result<Done>> {
    call.set_header("X-Bad", "a\r\nSet-Cookie: stolen=1");
    return done(Done{});
  });
  router.post("/lines")
      .permit({Role::kAnyone}, Purpose::kPublic)
      .accepts("text/csv, application/x-list")
      .body_limit(1024 * 1024)
      .handle([](Call& call) -> Task<Result<Stored>> {
        return stored(Stored{"csv", "", static_cast<std::int64_t>(call.body().size())});
      });
}

class HttpTest : public ::testing::Test {
 protected:
  void SetUp() override {
    thing_routes(server.router);
    server.callers.known["citizen"] = caller_of(Role::kCitizen, 7);
    server.callers.known["new-device"] = caller_of(Role::kCitizen, 7, false);
    server.callers.known["officer"] = caller_of(Role::kStationOfficer, 8);
    auto& station = server.callers.known["station"] = caller_of(Role::kStationOfficer, 9);
    station.grants.front().area = UnitId{17};
    server.start();
  }
  TestServer server;
};

TEST_F(HttpTest, AnswersADescribedStructWithItsVersionAsETag) {
  const auto answer = server.post("/api/v1/things", R"({"name":"Chợ  Đông Ba ","count":3})");
  EXPECT_EQ(answer.status, 201);
  EXPECT_EQ(answer.header("Content-Type"), "application/json");
  EXPECT_EQ(answer.header("ETag"), "\"1\"");
  EXPECT_EQ(answer.header("Cache-Control"), "no-store");
  EXPECT_EQ(answer.header("X-Content-Type-Options"), "nosniff");
  EXPECT_NE(answer.header("Referrer-Policy"), "");
  EXPECT_THAT(answer.header("Date"), HasSubstr("GMT"));
  EXPECT_EQ(answer.json().at("name").as_string(), "Chợ Đông Ba");
}

TEST_F(HttpTest, ReportsEveryWrongFieldWithItsPointer) {
  const auto answer =
      server.post("/api/v1/things", R"({"count":"three","colour":"blue","at":"yesterday","parts":[1,"x"],"extra":1})");
  EXPECT_EQ(answer.status, 422);
  EXPECT_EQ(answer.header("Content-Type"), "application/problem+json");
  EXPECT_EQ(answer.code(), "invalid");
  EXPECT_THAT(answer.field_errors(), UnorderedElementsAre("/name required", "/count type", "/colour choice",
                                                          "/at format", "/parts/1 type", "/extra unknown"));
}

TEST_F(HttpTest, RefusesBodiesThatAreNotWhatTheySay) {
  const auto code = [&](std::string_view body) { return server.post("/api/v1/things", body).code(); };
  EXPECT_EQ(code("{\"name\":"), "malformed");
  EXPECT_EQ(code("{\"name\":\"a\",\"count\":1} {}"), "malformed");
  EXPECT_EQ(code("{\"name\":\"\xff\xfe\",\"count\":1}"), "malformed");
  EXPECT_EQ(code(std::string(100, '[')), "malformed");
  EXPECT_EQ(code("[]"), "invalid");
  EXPECT_THAT(server.post("/api/v1/things", R"({"name":"a\u0000b","count":1})").field_errors(),
              ElementsAre("/name encoding"));
  EXPECT_THAT(
      server.post("/api/v1/things", "{\"name\":\"" + std::string(10'000, 'n') + "\",\"count\":1}").field_errors(),
      ElementsAre("/name too_long"));
  EXPECT_THAT(server.post("/api/v1/things", R"({"name":"a","count":99999999999999999999})").field_errors(),
              ElementsAre("/count range"));
}

TEST_F(HttpTest, TextThatLooksLikeSqlOrScriptIsText) {
  const auto answer =
      server.post("/api/v1/things", R"({"name":"'); DROP TABLE x;--<script>alert(1)</script>","count":1})");
  EXPECT_EQ(answer.status, 201);
  EXPECT_EQ(answer.json().at("name").as_string(), "'); DROP TABLE x;--<script>alert(1)</script>");
}

TEST_F(HttpTest, WantsJsonWhereJsonIsDeclared) {
  const std::string body = R"({"name":"a","count":1})";
  EXPECT_EQ(server.call("POST", "/api/v1/things", {"Content-Type: text/plain"}, body).status, 415);
  EXPECT_EQ(server.call("POST", "/api/v1/things", {}, body).status, 415);
  EXPECT_EQ(server.call("POST", "/api/v1/things", {"Content-Type: application/json; charset=latin1"}, body).status,
            415);
  EXPECT_EQ(server.call("POST", "/api/v1/things", {"Content-Type: application/json; charset=\"UTF-8\""}, body).status,
            201);
  EXPECT_EQ(server.call("POST", "/api/v1/lines", {"Content-Type: application/x"}, "a,b\n").status, 415);
  EXPECT_EQ(server.call("POST", "/api/v1/lines", {"Content-Type: application/x-list"}, "a\n").status, 200);
  EXPECT_EQ(server.call("POST", "/api/v1/lines", {"Content-Type: text/csv"}, "a,b\n").json().at("version").as_int64(),
            4);
  EXPECT_EQ(server.call("POST", "/api/v1/things", {"Content-Type: application/json"}, "").code(), "malformed");
}

TEST_F(HttpTest, AnOfficerOfAnAreaDoesNotLearnWhichIdsThereAreElsewhere) {
  const auto code = [&](std::string_view id, const std::string& who) {
    return server.get("/api/v1/records/" + std::string(id), {"Cookie: luytre_session=" + who}).code();
  };
  EXPECT_EQ(code("elsewhere", "station"), "not_permitted");
  EXPECT_EQ(code("nowhere", "station"), "not_permitted");
  EXPECT_EQ(code("nowhere", "officer"), "not_found") << "for the whole country";
  EXPECT_EQ(code("nowhere", "citizen"), "not_found");
  EXPECT_EQ(server.get("/api/v1/nothing", {"Cookie: luytre_session=station"}).code(), "not_found") << "no record's id";
}

TEST_F(HttpTest, ALiteralSegmentWinsOverAParameter) {
  EXPECT_EQ(server.get("/api/v1/things/new").json().at("id").as_string(), "literal");
  EXPECT_EQ(server.get("/api/v1/things/old").json().at("id").as_string(), "old");
  EXPECT_EQ(server.get("/api/v1/things/%C4%90%C3%B4ng%2Fx").json().at("id").as_string(), "Đông/x");
}

TEST_F(HttpTest, UnknownPathsAndMethodsSaySo) {
  EXPECT_EQ(server.get("/api/v1/nothing").code(), "not_found");
  EXPECT_EQ(server.get("/api/v1/things/").status, 404);
  EXPECT_EQ(server.get("/api/v1/things/a/b/c").status, 404);
  const auto wrong = server.call("PUT", "/api/v1/things");
  EXPECT_EQ(wrong.status, 405);
  EXPECT_EQ(wrong.header("Allow"), "GET, HEAD, POST, OPTIONS");
  EXPECT_EQ(server.call("BREW", "/api/v1/things").status, 405);
  const auto options = server.call("OPTIONS", "/api/v1/things/x");
  EXPECT_EQ(options.status, 204);
  EXPECT_EQ(options.header("Allow"), "GET, HEAD, PATCH, DELETE, OPTIONS");
  const auto head = server.call("HEAD", "/api/v1/things/old");
  EXPECT_EQ(head.status, 200);
  EXPECT_EQ(head.header("Content-Length"), std::to_string(server.get("/api/v1/things/old").body.size()));
}

TEST_F(HttpTest, QueryParametersAreHeldAgainstTheirDeclaration) {
  const auto errors = [&](std::string_view query) {
    return server.get("/api/v1/things?" + std::string(query)).field_errors();
  };
  EXPECT_THAT(errors("q=a&colour=blue"), ElementsAre("?colour choice"));
  EXPECT_THAT(errors("q=a&since=2021-13-01"), ElementsAre("?since format"));
  EXPECT_THAT(errors("q=a&unit=!"), ElementsAre("?unit format"));
  EXPECT_THAT(errors("q=a&open=yes"), ElementsAre("?open type"));
  EXPECT_THAT(errors("q=a&limit=201"), ElementsAre("?limit range"));
  EXPECT_THAT(errors("q=a&limit=5x&bogus=1"), ElementsAre("?limit type", "?bogus unknown"));
  EXPECT_THAT(errors("q=a&q=b"), ElementsAre("?q repeated"));
  EXPECT_THAT(errors("colour=red"), ElementsAre("?q required"));
  EXPECT_THAT(errors("q=+&colour="), ElementsAre("?q required"));
  EXPECT_THAT(errors("q=%07"), ElementsAre("?q encoding", "?q required"));
  const auto right = server.get("/api/v1/things?q=ch%E1%BB%A3++b%E1%BA%BFn+&colour=red&limit=200").json();
  EXPECT_EQ(right.at("id").as_string(), "chợ bến");
  EXPECT_EQ(right.at("name").as_string(), "red");
  EXPECT_EQ(right.at("version").as_int64(), 200);
}

TEST_F(HttpTest, BrokenEncodingInTheUrlIsRefused) {
  for (const auto* target :
       {"/api/v1/things/%", "/api/v1/things/%zz", "/api/v1/things/%00", "/api/v1/things/%ff", "/api/v1/things/\xff",
        "/api/v1/things?q=%c3%28", "/api/v1/things?q=%00", "/api/v1/things?=a"}) {
    EXPECT_EQ(server.get(target).code(), "bad_url") << target;
  }
}

TEST_F(HttpTest, RolesAreCheckedBeforeTheHandler) {
  const auto remove = [&](std::string cookie) {
    return server.call("DELETE", "/api/v1/things/a", {"Cookie: luytre_session=" + cookie, "X-Requested-With: luytre"});
  };
  EXPECT_EQ(server.call("DELETE", "/api/v1/things/a").code(), "unauthenticated");
  EXPECT_EQ(remove("forged").code(), "unauthenticated");
  EXPECT_EQ(remove("citizen").code(), "not_permitted");
  EXPECT_EQ(remove("officer").status, 204);
  EXPECT_EQ(server.call("DELETE", "/api/v1/things/a", {"Authorization: Bearer officer"}).status, 204);
  EXPECT_EQ(server.get("/api/v1/mine", {"Cookie: other=1; luytre_session=citizen"}).status, 204);
  EXPECT_EQ(server.get("/api/v1/mine", {"Cookie: luytre_session=new-device"}).code(), "second_proof_required");
  EXPECT_EQ(server.get("/api/v1/mine/before", {"Cookie: luytre_session=new-device"}).status, 204);
}

TEST_F(HttpTest, OtherSitesCannotUseTheCookie) {
  const auto remove = [&](std::vector<std::string> more) {
    more.emplace_back("Cookie: luytre_session=officer");
    return server.call("DELETE", "/api/v1/things/a", more).code();
  };
  EXPECT_EQ(remove({}), "cross_site");
  EXPECT_EQ(remove({"X-Requested-With: XMLHttpRequest"}), "cross_site");
  EXPECT_EQ(remove({"X-Requested-With: luytre", "Origin: https://evil.example"}), "cross_site");
  EXPECT_EQ(remove({"X-Requested-With: luytre", "Origin: null"}), "cross_site");
  EXPECT_EQ(remove({"X-Requested-With: luytre", "Origin: https://localhost:8443"}), "cross_site");
  EXPECT_EQ(remove({"X-Requested-With: luytre", "Origin: http://localhost"}), "");
  EXPECT_EQ(remove({"X-Requested-With: luytre", "Origin: https://LOCALHOST:443"}), "");
}

TEST_F(HttpTest, FloodsNeedAKeyAndTheKeyKnowsItsRequest) {
  const auto mend = [&](std::string id, std::string key, std::string name, std::string how = "") {
    return server.post("/api/v1/things/" + id + "/mend" + how, R"({"name":")" + name + R"(","count":1})",
                       {"Idempotency-Key: " + key});
  };
  EXPECT_EQ(server.post("/api/v1/things/a/mend", R"({"name":"n","count":1})").code(), "idempotency_key_required");
  EXPECT_EQ(mend("a", std::string(65, 'k'), "n").code(), "idempotency_key_required");
  EXPECT_EQ(mend("a", "k k", "n").code(), "idempotency_key_required");
  const auto first = mend("a", "k1", "n").json();
  EXPECT_EQ(mend("a", "k1", "n").json(), first);
  EXPECT_EQ(mend("a", "k1", "m").json().at("id"), first.at("id"));
  EXPECT_NE(mend("a", "k1", "m").json().at("name"), first.at("name"));
  EXPECT_NE(mend("b", "k1", "n").json().at("name"), first.at("name"));  // another thing is another request
  EXPECT_NE(mend("a", "k1", "n", "?how=well").json().at("name"), first.at("name")) << "what the address asks, too";
  EXPECT_NE(mend("a", "k2", "n").json().at("id"), first.at("id"));
}

TEST_F(HttpTest, EditsCarryTheVersionTheyWereMadeOn) {
  const auto edit = [&](std::vector<std::string> headers) {
    headers.emplace_back("Content-Type: application/json");
    return server.call("PATCH", "/api/v1/things/x", headers, R"({"name":"n","count":1})");
  };
  EXPECT_EQ(edit({}).status, 428);
  for (const auto* bad : {"If-Match: *", "If-Match: W/\"3\"", "If-Match: 3", "If-Match: \"x\"",
                          "If-Match: \"3\", \"4\"", "If-Match: \"", "If-Match: \"\""}) {
    EXPECT_EQ(edit({bad}).code(), "version_malformed") << bad;
  }
  EXPECT_EQ(edit({"If-Match: \"3\"", "If-Match: \"4\""}).code(), "version_malformed");
  EXPECT_EQ(edit({"If-Match: \"3\""}).header("ETag"), "\"4\"");
  const auto late = edit({"If-Match: \"2\""});
  EXPECT_EQ(late.status, 412);
  EXPECT_EQ(late.json().at("current").at("version").as_int64(), 3);
}

TEST_F(HttpTest, FaultsAreAnsweredWithAReferenceAndNothingElse) {
  const auto answer = server.post("/api/v1/broken/bug", "");
  EXPECT_EQ(answer.status, 500);
  EXPECT_EQ(answer.code(), "internal");
  EXPECT_THAT(answer.body, Not(HasSubstr("secret")));
  const std::string reference(answer.json().at("params").at("reference").as_string());
  EXPECT_EQ(reference.size(), 10U);
  EXPECT_THAT(std::string(answer.json().at("detail").as_string()), HasSubstr(reference));

  const auto gone = server.post("/api/v1/broken/gone", "");
  EXPECT_EQ(gone.status, 503);
  EXPECT_EQ(gone.code(), "unavailable");
  EXPECT_EQ(gone.header("Retry-After"), "5");
  EXPECT_THAT(gone.body, Not(HasSubstr("secret")));
}

TEST_F(HttpTest, AHandlerCannotSplitTheAnswer) {
  const auto answer = server.get("/api/v1/split");
  EXPECT_EQ(answer.status, 500);
  EXPECT_EQ(answer.header("Set-Cookie"), "");
}

TEST_F(HttpTest, TooManyRequestsSayWhenToTryAgain) {
  const auto answer = server.get("/api/v1/slowly", {"Accept-Language: en"});
  EXPECT_EQ(answer.status, 429);
  EXPECT_EQ(answer.header("Retry-After"), "30");
  EXPECT_EQ(answer.header("X-Kept"), "yes");
  EXPECT_THAT(std::string(answer.json().at("detail").as_string()), HasSubstr("30 seconds"));
}

TEST_F(HttpTest, ProblemsSpeakTheReadersLanguage) {
  EXPECT_EQ(server.get("/api/v1/x").header("Content-Language"), "vi");
  EXPECT_EQ(server.get("/api/v1/x", {"Accept-Language: en-GB,en;q=0.9,vi;q=0.5"}).header("Content-Language"), "en");
  EXPECT_EQ(server.get("/api/v1/x", {"Accept-Language: fr, vi;q=0.8, en;q=0.7"}).header("Content-Language"), "vi");
  const auto answer = server.get("/api/v1/x", {"Accept-Language: en"});
  EXPECT_EQ(answer.json().at("title").as_string(), "Not found");
  EXPECT_EQ(answer.json().at("type").as_string(), "/api/#not_found");
  EXPECT_EQ(answer.json().at("status").as_int64(), 404);
}

TEST_F(HttpTest, AReplyCarriesAnyTypeAndSeveralCookies) {
  const auto answer = server.get("/api/v1/poster");
  EXPECT_EQ(answer.header("Content-Type"), "application/pdf");
  EXPECT_EQ(answer.body, std::string("%PDF\0x", 6));
  EXPECT_EQ(std::count_if(answer.headers.begin(), answer.headers.end(),
                          [](const auto& h) { return h.first == "Set-Cookie"; }),
            2);
}

TEST_F(HttpTest, HealthMetricsAndDocumentsAreThere) {
  EXPECT_EQ(server.get("/healthz").status, 200);
  EXPECT_EQ(server.get("/readyz").status, 200);
  server.get("/api/v1/things/one");
  // A request is counted once its answer is sent: the client may be quicker.
  std::string metrics;
  for (int i = 0; i < 100 && metrics.find("things/{id}") == std::string::npos; ++i)
    metrics = server.get("/metrics").body;
  EXPECT_THAT(metrics,
              HasSubstr("luytre_http_requests_total{method=\"GET\",route=\"/api/v1/things/{id}\",status=\"200\"} 1"));
  EXPECT_THAT(metrics,
              AllOf(HasSubstr("luytre_http_request_seconds_bucket"), HasSubstr("process_resident_memory_bytes")));
  EXPECT_THAT(metrics, Not(HasSubstr("things/one")));
  EXPECT_EQ(server.get("/api/openapi.json").json().at("openapi").as_string(), "3.1.0");
  EXPECT_THAT(server.get("/api/").body, AllOf(HasSubstr("/api/v1/things/{id}"), HasSubstr("id=\"not_found\""),
                                              HasSubstr("Không tìm thấy"), Not(HasSubstr("http://"))));
  EXPECT_EQ(server.get("/api").header("Location"), "/api/");
}

TEST(HttpOptionsTest, UnreadyServersSaySo) {
  TestServer server;
  server.options.ready = [] { return false; };
  server.options.metrics = [] { return std::string("luytre_own 1\n"); };
  server.start();
  const auto unready = server.get("/readyz");
  EXPECT_EQ(unready.status, 503);
  EXPECT_EQ(unready.header("Content-Type"), "application/problem+json");
  EXPECT_EQ(unready.json().at("code").as_string(), "unavailable");
  EXPECT_EQ(unready.header("Retry-After"), "5");
  EXPECT_EQ(server.get("/healthz").status, 200);
  EXPECT_THAT(server.get("/metrics").body, HasSubstr("\nluytre_own 1\n"));
}

TEST(HttpOptionsTest, OnlyTrustedProxiesAreBelieved) {
  for (const bool trusted : {false, true}) {
    TestServer server;
    thing_routes(server.router);
    if (trusted) server.options.trusted_proxies = {"127.0.0.0/8", "10.0.0.1"};
    server.start();
    const auto seen =
        server.get("/api/v1/things/a", {"X-Forwarded-For: 6.6.6.6, 203.0.113.9, 10.0.0.1", "X-Forwarded-Proto: https"})
            .json();
    EXPECT_EQ(seen.at("name").as_string(), trusted ? "203.0.113.9" : "127.0.0.1");
    EXPECT_EQ(seen.at("version").as_int64(), trusted ? 1 : 0);
    EXPECT_EQ(server.get("/metrics", {"X-Forwarded-For: 203.0.113.9"}).status, trusted ? 403 : 200);
  }
}

TEST(HttpOptionsTest, OnlyTheNamedHostsAreServed) {
  TestServer server;
  server.options.hosts = {"localhost"};
  server.start();
  EXPECT_EQ(server.get("/healthz").status, 200);
  auto wire = server.connect();
  wire.send("GET /healthz HTTP/1.1\r\nHost: evil.example\r\n\r\nGET /healthz HTTP/1.1\r\nHost: LocalHost:8080\r\n\r\n");
  EXPECT_EQ(wire.answer()->status, 421);
  EXPECT_EQ(wire.answer()->status, 200);
}

TEST(HttpStartTest, ARouteWithoutPermissionStopsTheStart) {
  TestServer server;
  server.router.get("/open").handle([](Call&) -> Task<Result<Done>> { return done(Done{}); });
  EXPECT_THROW(server.start(), std::logic_error);
}

TEST(HttpStartTest, ARouteDeclaredTwiceStopsTheStart) {
  TestServer server;
  for (int i = 0; i < 2; ++i) {
    server.router.get("/a/{id}").permit({Role::kAnyone}, Purpose::kPublic).handle([](Call&) -> Task<Result<Done>> {
      return done(Done{});
    });
  }
  EXPECT_THROW(server.start(), std::logic_error);
}

TEST(HttpStartTest, APortInUseIsSaid) {
  TestServer first;
  first.start();
  TestServer second;
  second.options.port = first.port();
  try {
    second.start();
    FAIL() << "two servers on one port";
  } catch (const store::StartError& e) {
    EXPECT_THAT(e.what(), HasSubstr("in use"));
  }
}

}  // namespace
}  // namespace luytre::http::testing
