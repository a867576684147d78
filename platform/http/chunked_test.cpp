#include "platform/http/chunked.h"

#include <gtest/gtest.h>

namespace luytre::http {
namespace {

using State = Chunked::State;

// Fed whole and byte by byte, which must agree.
State read(std::string_view bytes, std::string& out, std::size_t most = 100) {
  Chunked whole;
  const auto used = whole.feed(bytes, most, &out);
  Chunked dripped;
  std::string again;
  std::size_t at = 0;
  while (at < bytes.size() && dripped.state() == State::kReading) at += dripped.feed(bytes.substr(at, 1), most, &again);
  EXPECT_EQ(whole.state(), dripped.state());
  if (whole.state() == State::kDone) {
    EXPECT_EQ(out, again);
    EXPECT_EQ(used, at);
  }
  return whole.state();
}

State read(std::string_view bytes) {
  std::string out;
  return read(bytes, out);
}

TEST(ChunkedTest, PutsChunksTogether) {
  std::string out;
  EXPECT_EQ(read("3\r\nabc\r\n00000002;a=\"b\"\r\nde\r\n0\r\nX: y\r\nZ: \r\n\r\nGET", out), State::kDone);
  EXPECT_EQ(out, "abcde");
  std::string none;
  EXPECT_EQ(read("0\r\n\r\n", none), State::kDone);
  EXPECT_EQ(none, "");
}

TEST(ChunkedTest, TakesNothingBehindItsEnd) {
  Chunked chunked;
  EXPECT_EQ(chunked.feed("0\r\n\r\nGET / HTTP/1.1", 10, nullptr), 5U);
}

TEST(ChunkedTest, RefusesWhatIsNotChunks) {
  for (const auto* bytes :
       {"\r\n",      "g\r\n",          "-1\r\n",        "+1\r\n",        "0x1\r\n",     " 1\r\n",   "1 \r\n",
        "1\n",       "1\r\r\n",        "000000001\r\n", "1;\n\r\n",      "1;a\x01\r\n", "1\r\nab",  "1\r\na\n",
        "1\r\na\rb", "0\r\n x: y\r\n", "0\r\n: y\r\n",  "0\r\nx\ny\r\n", "0\r\n\n",     "0\r\n\rx", ";\r\n"}) {
    EXPECT_EQ(read(bytes), State::kMalformed) << bytes;
  }
}

TEST(ChunkedTest, BoundsDataAndOverhead) {
  std::string out;
  EXPECT_EQ(read("3\r\nabc\r\n3\r\nabc\r\n0\r\n\r\n", out, 5), State::kTooLarge);
  EXPECT_EQ(read("ffffffff\r\n" + std::string(200, 'x')), State::kTooLarge);
  EXPECT_EQ(read("1;" + std::string(Chunked::kOverheadMost, 'x')), State::kMalformed);
  EXPECT_EQ(read("0\r\nX: " + std::string(Chunked::kOverheadMost, 'x')), State::kMalformed);
}

}  // namespace
}  // namespace luytre::http
