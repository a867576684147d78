#include "platform/http/url.h"

#include <gtest/gtest.h>

#include "platform/http/proxies.h"
#include "platform/http/request.h"
#include "platform/store/database.h"

namespace luytre::http {
namespace {

TEST(UrlTest, DecodesOnlyWhatIsValid) {
  EXPECT_EQ(percent_decode("a%20b%C4%91+"), "a bđ+");
  EXPECT_EQ(percent_decode("a+b", true), "a b");
  for (const auto* bad : {"%", "%4", "%4g", "%g4", "%00", "%ff", "%c3%28", "%ed%a0%80", "\xc0\xaf"})
    EXPECT_FALSE(percent_decode(bad)) << bad;
}

TEST(UrlTest, SplitsTargets) {
  const auto origin = split_target("/a/b?c=d?e");
  ASSERT_TRUE(origin);
  EXPECT_EQ(origin->path, "/a/b");
  EXPECT_EQ(origin->query, "c=d?e");
  EXPECT_FALSE(split_target("HTTP://host:80?x"));  // an empty path before a query must be written "/"
  const auto full = split_target("https://[::1]:443/p?q");
  ASSERT_TRUE(full);
  EXPECT_EQ(full->authority, "[::1]:443");
  EXPECT_EQ(full->path, "/p");
  for (const auto* bad : {"", "a", "http:///a", "http://a b/", "/a#b", "ftp://a/"})
    EXPECT_FALSE(split_target(bad)) << bad;
}

TEST(UrlTest, ParsesQueriesInOrder) {
  const auto query = parse_query("a=1&&b=%C4%91&c&a=+");
  ASSERT_TRUE(query);
  EXPECT_EQ(*query, (Pairs{{"a", "1"}, {"b", "đ"}, {"c", ""}, {"a", " "}}));
  for (const auto* bad : {"=a", "a=%", "%00=a", "a=%ff"}) EXPECT_FALSE(parse_query(bad)) << bad;
}

TEST(UrlTest, KnowsHosts) {
  for (const auto* good : {"a", "A-b.c_d", "1.2.3.4:65535", "[::1]", "[fe80::1]:80"})
    EXPECT_TRUE(is_host(good)) << good;
  for (const auto* bad :
       {"", ":80", "a:", "a:0", "a:65536", "a:1x", "a:1:2", "[::1", "::1", "[]", "[g]", "a/b", "a b", "a\t", "a@b"})
    EXPECT_FALSE(is_host(bad)) << bad;
  EXPECT_FALSE(is_host(std::string(256, 'a')));
  EXPECT_EQ(without_port("[::1]:80"), "[::1]");
  EXPECT_EQ(without_port("a:80"), "a");
}

TEST(RequestTest, FindsCookiesAndMediaTypes) {
  Request request;
  request.fields = {{"Cookie", "a=1; b=2;c = 3"}, {"cookie", "a=4; d==5"}};
  EXPECT_EQ(request.cookie("a"), "1");
  EXPECT_EQ(request.cookie("b"), "2");
  EXPECT_EQ(request.cookie("d"), "=5");
  EXPECT_FALSE(request.cookie("e"));
  EXPECT_EQ(media_type("application/json ; Charset=\"utf-8\"").type, "application/json");
  EXPECT_TRUE(media_type("application/json ; Charset=\"utf-8\"").utf8);
  EXPECT_FALSE(media_type("application/json;charset=utf-16").utf8);
}

TEST(ProxiesTest, NetworksHoldTheirAddresses) {
  const Networks networks({"10.0.0.0/9", "192.0.2.7", "fd00::/8"});
  for (const auto* in : {"10.127.0.1", "::ffff:10.0.0.1", "192.0.2.7", "fd12::1"}) EXPECT_TRUE(networks.hold(in)) << in;
  for (const auto* out : {"10.128.0.1", "192.0.2.8", "fe80::1", "", "x", "10.0.0.1, 10.0.0.1"})
    EXPECT_FALSE(networks.hold(out)) << out;
  for (const auto* bad : {"10.0.0.0/33", "x", "10.0.0.0/", "10.0.0.0/8x", "fd00::/129"})
    EXPECT_THROW(Networks({bad}), store::StartError) << bad;
}

}  // namespace
}  // namespace luytre::http
