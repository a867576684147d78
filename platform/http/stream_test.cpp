// Event streams and the graceful stop, over real sockets.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "platform/http/socket.h"
#include "platform/http/stream.h"
#include "platform/http/testing.h"

namespace luytre::http::testing {
namespace {

using ::testing::HasSubstr;

TEST(EventTextTest, LinesCannotBreakOut) {
  EXPECT_EQ(event_text("1", "visit", "a\nb\r\nc\rd"), "id: 1\nevent: visit\ndata: a\ndata: b\ndata: c\ndata: d\n\n");
  EXPECT_EQ(event_text("1\ndata: forged", "", ""), "id: 1data: forged\ndata: \n\n");
}

// What the handlers below tell the test.
struct Watch {
  std::atomic<int> begun{0};
  std::atomic<int> ended{0};
  std::atomic<int> sent{0};
  std::mutex mutex;
  std::function<void()> wake;
};

Task<void> ticks(Stream& stream, Watch& watch) {
  ++watch.begun;
  for (int i = 1;; ++i) {
    const bool sent = co_await stream.event(std::to_string(i), "tick", "{\"n\":" + std::to_string(i) + "}");
    if (!sent) break;
    ++watch.sent;
    const bool goes_on = co_await stream.sleep(10ms);
    if (!goes_on) break;
  }
  ++watch.ended;
}

Task<void> flood(Stream& stream, Watch& watch) {
  const std::string data(8000, 'x');
  for (;;) {
    const bool sent = co_await stream.event("", "", data);
    if (!sent) break;
    if (++watch.sent % 100 != 0) continue;
    const bool goes_on = co_await stream.sleep(1ms);
    if (!goes_on) break;
  }
  ++watch.ended;
}

Task<void> waits(Stream& stream, Watch& watch) {
  {
    const std::lock_guard lock(watch.mutex);
    watch.wake = stream.waker();
  }
  ++watch.begun;
  const auto before = std::chrono::steady_clock::now();
  co_await stream.sleep(60s);
  const auto slept = std::chrono::steady_clock::now() - before;
  co_await stream.event("", "woken", slept < 30s ? "early" : "late");
  ++watch.ended;
}

Task<void> fails(Stream& stream) {
  co_await stream.event("1", "", "before");
  throw std::runtime_error("bug");
}

Task<Result<Reply>> streaming(std::function<Task<void>(Stream&)> run) {
  Reply out;
  out.stream = std::move(run);
  co_return out;
}

Task<Result<Done>> takes(std::chrono::milliseconds time, Watch& watch) {
  ++watch.begun;
  const auto io = co_await boost::asio::this_coro::executor;
  Timer timer(io, time);
  co_await timer.async_wait(kAwait);
  ++watch.ended;
  co_return Done{};
}

class StreamTest : public ::testing::Test {
 protected:
  void SetUp() override {
    auto& router = server.router;
    const auto stream = [&](const char* path, std::function<Task<void>(Stream&)> run) {
      router.get(path)
          .permit({Role::kAnyone}, Purpose::kPublic)
          .content_type("text/event-stream")
          .handle([run](Call&) -> Task<Result<Reply>> { return streaming(run); });
    };
    stream("/ticks", [this](Stream& s) { return ticks(s, watch); });
    stream("/flood", [this](Stream& s) { return flood(s, watch); });
    stream("/waits", [this](Stream& s) { return waits(s, watch); });
    stream("/fails", [](Stream& s) { return fails(s); });
    router.post("/takes").permit({Role::kAnyone}, Purpose::kPublic).handle([this](Call&) -> Task<Result<Done>> {
      return takes(2s, watch);
    });
    server.options.threads = 1;
    server.options.request_deadline = 2s;
    server.start();
  }

  Wire open(std::string_view path) {
    auto wire = server.connect();
    wire.send("GET /api/v1" + std::string(path) + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
    return wire;
  }
  static bool eventually(const std::function<bool()>& what) {
    const auto end = std::chrono::steady_clock::now() + 60s;
    while (!what()) {
      if (std::chrono::steady_clock::now() > end) return false;
      std::this_thread::sleep_for(5ms);
    }
    return true;
  }

  Watch watch;
  TestServer server;
};

TEST_F(StreamTest, EventsArriveInOrderAsTheyHappen) {
  auto wire = open("/ticks");
  const auto head = wire.answer();
  ASSERT_TRUE(head);
  EXPECT_EQ(head->header("Content-Type"), "text/event-stream");
  EXPECT_EQ(head->header("Cache-Control"), "no-store");
  EXPECT_EQ(head->header("Content-Length"), "");
  std::string seen;
  while (seen.size() < 300) {
    const auto more = wire.some();
    ASSERT_NE(more, "");
    seen += more;
  }
  EXPECT_TRUE(seen.starts_with("id: 1\nevent: tick\ndata: {\"n\":1}\n\nid: 2\nevent: tick\n")) << seen;
}

TEST_F(StreamTest, AHandlerLearnsThatTheClientHasGone) {
  {
    auto wire = open("/ticks");
    EXPECT_TRUE(wire.answer());
  }
  EXPECT_TRUE(eventually([&] { return watch.ended == 1; }));
}

TEST_F(StreamTest, AClientThatDoesNotReadIsCut) {
  auto wire = open("/flood");
  wire.small_buffer();
  EXPECT_TRUE(eventually([&] { return watch.ended == 1; }));
  EXPECT_EQ(server.get("/healthz").status, 200);
}

TEST_F(StreamTest, AWakerEndsTheSleepAndMayOutliveTheStream) {
  auto wire = open("/waits");
  EXPECT_TRUE(wire.answer());
  ASSERT_TRUE(eventually([&] { return watch.begun == 1; }));
  const std::lock_guard lock(watch.mutex);
  std::thread([&] { watch.wake(); }).join();
  EXPECT_THAT(wire.some(), HasSubstr("event: woken\ndata: early"));
  EXPECT_TRUE(eventually([&] { return watch.ended == 1; }));
  watch.wake();
  server.stop();
  watch.wake();
}

TEST_F(StreamTest, AFaultEndsTheStreamOnly) {
  auto wire = open("/fails");
  EXPECT_TRUE(wire.answer());
  EXPECT_EQ(wire.some(), "id: 1\ndata: before\n\n");
  EXPECT_TRUE(wire.closed());
  EXPECT_EQ(server.get("/healthz").status, 200);
}

TEST_F(StreamTest, HeadOfAStreamHasNoStream) {
  EXPECT_EQ(server.call("HEAD", "/api/v1/ticks").status, 200);
  EXPECT_EQ(watch.begun, 0);
}

TEST_F(StreamTest, StoppingLetsOpenRequestsFinishAndEndsStreamsAndIdlers) {
  auto idle = server.connect();
  idle.send("GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n");
  EXPECT_TRUE(idle.answer());
  auto stream = open("/waits");
  auto busy = server.connect();
  busy.send("POST /api/v1/takes HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n");
  ASSERT_TRUE(eventually([&] { return watch.begun == 2; }));
  const auto started = std::chrono::steady_clock::now();
  server.stop(60s);
  const auto took = std::chrono::steady_clock::now() - started;
  const auto answer = busy.answer();
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->status, 204);
  EXPECT_EQ(answer->header("Connection"), "close");
  EXPECT_TRUE(idle.closed());
  EXPECT_TRUE(stream.closed());
  EXPECT_EQ(watch.ended, 2);
  EXPECT_GE(took, 100ms);
  EXPECT_LT(took, 30s);
}

TEST_F(StreamTest, StoppingAtOnceCutsButWaitsForTheHandler) {
  auto busy = server.connect();
  busy.send("POST /api/v1/takes HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n");
  ASSERT_TRUE(eventually([&] { return watch.begun == 1; }));
  server.stop(0ms);
  EXPECT_EQ(watch.ended, 1);  // a handler is never torn down halfway
  EXPECT_FALSE(busy.answer());
}

}  // namespace
}  // namespace luytre::http::testing
