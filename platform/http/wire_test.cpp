// What the server does with bytes that no well-behaved client sends, and with clients that are slow, many, or in a
// hurry.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>

#include <thread>

#include "platform/http/testing.h"

namespace luytre::http::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

struct Note1 {
  std::string text;
};
BOOST_DESCRIBE_STRUCT(Note1, (), (text))

Task<Result<Note1>> echo(Note1 note) {
  co_return note;
}

class WireTest : public ::testing::Test {
 protected:
  void SetUp() override {
    auto& router = server.router;
    router.post("/echo")
        .permit({Role::kAnyone}, Purpose::kPublic)
        .body_limit(1000)
        .handle([](Call&, Note1 note) -> Task<Result<Note1>> { return echo(std::move(note)); });
    router.get("/echo/{text}").permit({Role::kAnyone}, Purpose::kPublic).handle([](Call& call) -> Task<Result<Note1>> {
      return echo({std::string(call.path("text"))});
    });
    router.get("/big").permit({Role::kAnyone}, Purpose::kPublic).handle([](Call&) -> Task<Result<Note1>> {
      return echo({std::string(20'000'000, 'x')});
    });
    router.post("/secret")
        .permit({Role::kCitizen}, Purpose::kOwnRecord)
        .body_limit(10'000'000)
        .handle([](Call&, Note1 note) -> Task<Result<Note1>> { return echo(std::move(note)); });
    server.options.request_deadline = 2s;
    server.options.idle = 2s;
    server.start();
  }

  // The status of the answer to these bytes and whether the connection was closed then.
  std::string verdict(std::string_view bytes) {
    auto wire = server.connect();
    wire.send(bytes);
    const auto answer = wire.answer();
    if (!answer) return "no answer";
    return std::to_string(answer->status) + ' ' + answer->code() +
           (answer->header("Connection") == "close" ? " close" : "");
  }

  TestServer server;
};

constexpr std::string_view kGet = "GET /api/v1/echo/a HTTP/1.1\r\nHost: localhost\r\n";

TEST_F(WireTest, ExactlyOneValidHost) {
  EXPECT_EQ(verdict("GET /api/v1/echo/a HTTP/1.1\r\n\r\n"), "400 host_invalid");
  EXPECT_EQ(verdict("GET /api/v1/echo/a HTTP/1.0\r\n\r\n"), "400 host_invalid close");
  EXPECT_EQ(verdict("GET /api/v1/echo/a HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n"), "400 host_invalid");
  for (const auto* host :
       {"", " ", "a b", "a,b", "a/b", "user@a", "a:99999", "a:", "a:x", "[::1", "[zz]", "h\xc3\xa9"}) {
    EXPECT_EQ(verdict("GET /api/v1/echo/a HTTP/1.1\r\nHost: " + std::string(host) + "\r\n\r\n"), "400 host_invalid")
        << host;
  }
  for (const auto* host : {"a", "a.example:8080", "127.0.0.1", "[::1]:8080", "xn--t-5ja.vn"}) {
    EXPECT_EQ(verdict("GET /api/v1/echo/a HTTP/1.1\r\nHost: " + std::string(host) + "\r\n\r\n"), "200 ") << host;
  }
  EXPECT_EQ(verdict("GET http://other/api/v1/echo/a HTTP/1.1\r\nHost: localhost\r\n\r\n"), "400 host_invalid");
  EXPECT_EQ(verdict("GET http://localhost/api/v1/echo/a HTTP/1.1\r\nHost: localhost\r\n\r\n"), "200 ");
}

TEST_F(WireTest, SmugglingShapesAreRefusedAndTheConnectionCloses) {
  const std::string post = "POST /api/v1/echo HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n";
  for (const auto* lines : {"Content-Length: 12\r\nTransfer-Encoding: chunked\r\n",
                            "Transfer-Encoding: chunked\r\nContent-Length: 12\r\n",
                            "Content-Length: 12\r\nContent-Length: 12\r\n",
                            "Content-Length: 12\r\nContent-Length: 13\r\n",
                            "Content-Length: 12, 12\r\n",
                            "Content-Length: +12\r\n",
                            "Content-Length: -1\r\n",
                            "Content-Length: 0x0c\r\n",
                            "Content-Length: \r\n",
                            "Content-Length: 99999999999999999999999\r\n",
                            "Transfer-Encoding: xchunked\r\n",
                            "Transfer-Encoding: gzip, chunked\r\n",
                            "Transfer-Encoding: chunked, identity\r\n",
                            "Transfer-Encoding: identity\r\n",
                            "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n",
                            "Transfer-Encoding : chunked\r\n",
                            " Transfer-Encoding: chunked\r\n",
                            "X: a\r\n folded\r\n",
                            "X: a\r\n\tfolded\r\n",
                            "X: a\rb\r\n",
                            "X: a\nY: b\r\n",
                            "X\r\n",
                            ": x\r\n",
                            "X y: z\r\n"}) {
    EXPECT_EQ(verdict(post + lines + "\r\n{\"text\":\"a\"}"), "400 bad_request close") << lines;
  }
  EXPECT_EQ(verdict(std::string(kGet) + std::string("X: a\0b\r\n\r\n", 10)), "400 bad_request close");
  for (const auto* chunks :
       {"zz\r\n", "-1\r\n", "0x5\r\n", "11111111111111111\r\n", "5\r\nabcdeX\r\n", "5\nabcde\r\n"}) {
    EXPECT_EQ(verdict(post + "Transfer-Encoding: chunked\r\n\r\n" + chunks), "400 bad_request close") << chunks;
  }
}

TEST_F(WireTest, BadRequestLinesAreRefused) {
  for (const auto* line :
       {"GET", "GET /", "GET  / HTTP/1.1", "GET /a b HTTP/1.1", "G@T / HTTP/1.1", "GET / HTTX/1.1"}) {
    EXPECT_THAT(verdict(std::string(line) + "\r\nHost: a\r\n\r\n"), HasSubstr(" close")) << line;
  }
  EXPECT_EQ(verdict("GET / HTTP/2.0\r\nHost: a\r\n\r\n"), "505 http_version close");
  EXPECT_EQ(verdict("\x16\x03\x01\x02\x05"), "400 bad_request close");  // TLS spoken to a plain port
  EXPECT_EQ(verdict("GET api HTTP/1.1\r\nHost: a\r\n\r\n"), "400 bad_url");
  EXPECT_EQ(verdict("GET /a#b HTTP/1.1\r\nHost: a\r\n\r\n"), "400 bad_url");
}

TEST_F(WireTest, HeadAndFieldsAreLimited) {
  EXPECT_EQ(verdict(std::string(kGet) + "X: " + std::string(12'000, 'x') + "\r\n\r\n"), "200 ");
  EXPECT_EQ(verdict(std::string(kGet) + "X: " + std::string(20'000, 'x') + "\r\n\r\n"), "431 head_too_large close");
  EXPECT_EQ(verdict("GET /" + std::string(100'000, 'x')), "431 head_too_large close");
  std::string many(kGet);
  for (int i = 0; i < 200; ++i) many += "X: y\r\n";
  EXPECT_EQ(verdict(many + "\r\n"), "431 head_too_large close");
}

TEST_F(WireTest, BodiesAreLimitedBeforeTheyAreRead) {
  const std::string post = "POST /api/v1/echo HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n";
  EXPECT_EQ(verdict(post + "Content-Length: 1000000000\r\n\r\n"), "413 body_too_large close");
  EXPECT_EQ(verdict(post + "Transfer-Encoding: chunked\r\n\r\n2000\r\n" + std::string(0x2000, 'x')),
            "413 body_too_large close");
  EXPECT_EQ(verdict(post + "\r\n"), "411 length_required");
  EXPECT_EQ(verdict(post + "Content-Length: 12\r\nExpect: the-impossible\r\n\r\n"), "417 expectation_failed close");
}

TEST_F(WireTest, ARefusedSmallBodyKeepsTheConnectionInStep) {
  auto wire = server.connect();
  wire.send(
      "POST /api/v1/secret HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: "
      "12\r\n\r\n{\"text\":\"a\"}" +
      std::string(kGet) + "\r\n");
  EXPECT_EQ(wire.answer()->status, 401);
  EXPECT_EQ(wire.answer()->body, "{\"text\":\"a\"}");
}

TEST_F(WireTest, ARefusedLargeBodyIsAnsweredAndNotLostToAReset) {
  for (int i = 0; i < 5; ++i) {
    auto wire = server.connect();
    wire.send(
        "POST /api/v1/secret HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: "
        "900000\r\n\r\n");
    wire.send(std::string(900'000, ' '));
    const auto answer = wire.answer();
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->status, 401);
  }
}

TEST_F(WireTest, ChunkedBodiesAreRead) {
  auto wire = server.connect();
  const std::string head =
      "POST /api/v1/echo HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nTransfer-Encoding: "
      "chunked\r\n\r\n";
  wire.send(head + "5;ext=1\r\n{\"tex\r\n7\r\nt\":\"a\"}\r\n0\r\nX-Trailer: ignored\r\nHost: evil\r\n\r\n" +
            std::string(kGet) + "\r\n");
  EXPECT_EQ(wire.answer()->body, "{\"text\":\"a\"}");
  EXPECT_EQ(wire.answer()->status, 200);
  for (const char c : head + "c\r\n{\"text\":\"b\"}\r\n0\r\n\r\n") wire.send(std::string(1, c));
  EXPECT_EQ(wire.answer()->body, "{\"text\":\"b\"}");
}

TEST_F(WireTest, ExpectContinueIsAnsweredBeforeTheBodyIsSent) {
  const std::string head =
      "POST /api/v1/echo HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nExpect: "
      "100-continue\r\nContent-Length: ";
  auto wire = server.connect();
  wire.send(head + "12\r\n\r\n");
  EXPECT_EQ(wire.answer()->status, 100);
  wire.send("{\"text\":\"a\"}");
  EXPECT_EQ(wire.answer()->status, 200);
  wire.send(head + "100000\r\n\r\n");
  EXPECT_EQ(wire.answer()->status, 413);  // refused by its head: the body never travels
  EXPECT_TRUE(wire.closed());
}

TEST_F(WireTest, PipelinedRequestsAreAnsweredInOrder) {
  auto wire = server.connect();
  std::string all;
  for (int i = 0; i < 300; ++i) all += "GET /api/v1/echo/" + std::to_string(i) + " HTTP/1.1\r\nHost: localhost\r\n\r\n";
  wire.send(all);
  for (int i = 0; i < 300; ++i) {
    const auto answer = wire.answer();
    ASSERT_TRUE(answer) << i;
    ASSERT_EQ(answer->body, "{\"text\":\"" + std::to_string(i) + "\"}");
  }
}

TEST_F(WireTest, OldClientsAndPolitenessWork) {
  auto old = server.connect();
  old.send("GET /api/v1/echo/a HTTP/1.0\r\nHost: localhost\r\n\r\n");
  EXPECT_EQ(old.answer()->status, 200);
  EXPECT_TRUE(old.closed());
  auto leading = server.connect();
  leading.send("\r\n" + std::string(kGet) + "\r\n");
  EXPECT_EQ(leading.answer()->status, 200);
  auto half = server.connect();
  half.send(std::string(kGet) + "\r\n");
  half.finish_sending();
  EXPECT_EQ(half.answer()->status, 200);
}

TEST_F(WireTest, ASlowHeadAndASlowBodyAreCutOff) {
  const auto started = std::chrono::steady_clock::now();
  auto head = server.connect();
  auto body = server.connect();
  head.send("GET / HTT");
  body.send(
      "POST /api/v1/echo HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 900\r\n\r\n");
  for (int i = 0; i < 6; ++i) {  // dripping does not help: the deadline is absolute
    std::this_thread::sleep_for(50ms);
    head.send("P");
    body.send(" ");
  }
  const auto late_head = head.answer();
  const auto late_body = body.answer();
  ASSERT_TRUE(late_head && late_body);
  EXPECT_EQ(late_head->code(), "request_timeout");
  EXPECT_EQ(late_body->code(), "request_timeout");
  EXPECT_TRUE(head.closed());
  EXPECT_TRUE(body.closed());
  const auto took = std::chrono::steady_clock::now() - started;
  EXPECT_GE(took, 2s);
  EXPECT_LT(took, 30s);
}

TEST_F(WireTest, IdleConnectionsAreClosedInSilence) {
  auto wire = server.connect();
  EXPECT_EQ(wire.some(), "");
  EXPECT_TRUE(wire.closed());
}

TEST_F(WireTest, AClientThatDoesNotReadIsCutOffAndALargeAnswerArrivesWhole) {
  {
    auto deaf = server.connect();
    deaf.small_buffer();
    deaf.send("GET /api/v1/big HTTP/1.1\r\nHost: localhost\r\n\r\n");
    std::string metrics;
    for (int i = 0; i < 600 && metrics.find("luytre_http_connections 1\n") == std::string::npos; ++i) {
      std::this_thread::sleep_for(50ms);
      metrics = server.get("/metrics").body;
    }
    EXPECT_THAT(metrics, HasSubstr("luytre_http_connections 1\n"));  // the one that asks
  }
  auto reader = server.connect();
  reader.send("GET /api/v1/big HTTP/1.1\r\nHost: localhost\r\n\r\n");
  const auto answer = reader.answer();
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->body.size(), 20'000'000U + 11);
}

TEST(WireLimitsTest, BeyondTheConnectionLimitComesABusyAnswer) {
  TestServer server;
  server.options.connections = 3;
  server.options.threads = 1;
  server.start();
  std::vector<Wire> held;
  for (int i = 0; i < 3; ++i) {
    held.push_back(server.connect());
    held.back().send("GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n");
    EXPECT_EQ(held.back().answer()->status, 200);
  }
  auto extra = server.connect();
  extra.send("GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n");
  const auto busy = extra.answer();
  ASSERT_TRUE(busy);
  EXPECT_EQ(busy->code(), "too_many_connections");
  EXPECT_EQ(busy->header("Retry-After"), "5");
  EXPECT_TRUE(extra.closed());
  held.pop_back();
  int status = 0;  // once the server has seen it go
  for (int i = 0; i < 100 && status != 200; ++i) {
    std::this_thread::sleep_for(50ms);
    status = server.get("/healthz").status;
  }
  EXPECT_EQ(status, 200);
}

class WireLargeTest : public ::testing::Test {
 protected:
  void SetUp() override {
    server.router.post("/large")
        .permit({Role::kAnyone}, Purpose::kPublic)
        .body_limit(10'000'000)
        .handle([](Call&, Note1 note) -> Task<Result<Note1>> { return echo(std::move(note)); });
    server.options.request_deadline = 1s;
    server.start();
  }
  static std::string head(std::size_t length) {
    return "POST /api/v1/large HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: " +
           std::to_string(length) + "\r\n\r\n";
  }
  static std::string note(std::size_t length) { return "{\"text\":\"x\"" + std::string(length - 12, ' ') + "}"; }
  // The status of a whole request of so many bytes.
  int status(std::size_t length) {
    auto wire = server.connect();
    wire.send(head(length) + note(length));
    const auto answer = wire.answer();
    return answer ? answer->status : 0;
  }

  TestServer server;
};

TEST_F(WireLargeTest, LargeBodiesTogetherAreBounded) {
  {
    std::vector<Wire> held;
    for (int i = 0; i < 13; ++i) {
      held.push_back(server.connect());
      held.back().send(head(10'000'000));
    }
    EXPECT_EQ(server.get("/healthz").status, 200);  // what came before has been read
    std::this_thread::sleep_for(300ms);
    auto wire = server.connect();
    wire.send(head(10'000'000));
    const auto busy = wire.answer();
    ASSERT_TRUE(busy);
    EXPECT_EQ(busy->code(), "too_many_connections");
    EXPECT_EQ(busy->header("Retry-After"), "5");
    EXPECT_EQ(status(60'000), 200) << "small ones go on";
  }
  for (int i = 0; i < 100 && status(9'000'000) != 200; ++i)
    std::this_thread::sleep_for(50ms);  // until they are seen to end
  for (int i = 0; i < 20; ++i) ASSERT_EQ(status(9'000'000), 200) << i << ": what ended counts no more";
}

TEST_F(WireLargeTest, ALargeBodyHasTimeForASlowNetworkAndASmallOneHasNot) {
  const auto slowly = [&](std::size_t length) {
    auto wire = server.connect();
    wire.send(head(length));
    std::this_thread::sleep_for(2s);
    wire.send(note(length));
    const auto answer = wire.answer();
    return answer ? answer->status : 0;
  };
  EXPECT_EQ(slowly(100'000), 200);
  EXPECT_EQ(slowly(1'000), 408);
}

TEST(WireLimitsTest, TwoThousandIdleConnectionsStayOpenAndOthersAreServed) {
  rlimit files{};
  getrlimit(RLIMIT_NOFILE, &files);
  files.rlim_cur = files.rlim_max;
  setrlimit(RLIMIT_NOFILE, &files);
  ASSERT_GT(files.rlim_cur, 4200U) << "raise the limit of open files";
  TestServer server;
  server.start();
  std::vector<Wire> idle;
  for (int i = 0; i < 2000; ++i) {
    idle.push_back(server.connect());
    idle.back().send("GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n");
    ASSERT_EQ(idle.back().answer()->status, 200) << i;
  }
  EXPECT_THAT(server.get("/metrics").body, HasSubstr("luytre_http_connections 2001"));
  for (auto& wire : idle) wire.send("GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n");
  for (auto& wire : idle) ASSERT_EQ(wire.answer()->status, 200);
}

}  // namespace
}  // namespace luytre::http::testing
