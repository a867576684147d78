#include "platform/identity/limits.h"

#include "platform/identity/client.h"
#include "platform/identity/fixture_for_test.h"

namespace luytre::identity {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

class LimitsTest : public IdentityTest {
 protected:
  std::optional<std::int64_t> take(const std::string& subject, Rate rate) {
    return database_->transact_now(
        [&](store::Session& s) { return identity().limits.take(s, "test", {subject}, rate); });
  }
  std::optional<std::int64_t> begin(const std::string& subject, const Pauses& pauses) {
    return database_->transact_now(
        [&](store::Session& s) { return identity().limits.begin_try(s, "test", {subject}, pauses); });
  }
};

INSTANTIATE_TEST_SUITE_P(Engines, LimitsTest, store::testing::engines(), store::testing::engine_name);

TEST_P(LimitsTest, RateAllowsABurstThenRefillsEvenly) {
  const Rate rate{3, seconds(60)};
  for (int i = 0; i < 3; ++i) EXPECT_FALSE(take("a", rate)) << i;
  EXPECT_EQ(take("a", rate), 20);
  EXPECT_FALSE(take("b", rate));  // each subject has its own
  clock_.advance(seconds(19));
  EXPECT_EQ(take("a", rate), 1);
  clock_.advance(seconds(1));
  EXPECT_FALSE(take("a", rate));
  EXPECT_TRUE(take("a", rate));
  clock_.advance(hours(1));
  for (int i = 0; i < 3; ++i) EXPECT_FALSE(take("a", rate)) << i;
  EXPECT_TRUE(take("a", rate));  // waiting long does not save up more than the burst
}

TEST_P(LimitsTest, RefusedTakeCostsNothing) {
  const Rate rate{1, seconds(60)};
  EXPECT_FALSE(take("a", rate));
  for (int i = 0; i < 100; ++i) EXPECT_EQ(take("a", rate), 60);
}

TEST_P(LimitsTest, PausesDoubleUpToTheMostAndAreForgotten) {
  const Pauses pauses{3, seconds(10), seconds(35), hours(1)};
  for (int i = 0; i < 3; ++i) EXPECT_FALSE(begin("a", pauses)) << i;
  EXPECT_EQ(begin("a", pauses), 10);
  clock_.advance(seconds(10));
  EXPECT_FALSE(begin("a", pauses));
  EXPECT_EQ(begin("a", pauses), 20);
  clock_.advance(seconds(20));
  EXPECT_FALSE(begin("a", pauses));
  EXPECT_EQ(begin("a", pauses), 35);
  clock_.advance(seconds(35) + hours(1));
  for (int i = 0; i < 3; ++i) EXPECT_FALSE(begin("a", pauses)) << i;
  EXPECT_TRUE(begin("a", pauses));
  database_->transact_now([&](store::Session& s) { identity().limits.succeeded(s, "test", {"a"}); });
  EXPECT_FALSE(begin("a", pauses));
}

TEST(Client, AddressesCountByHostOrNetwork) {
  EXPECT_EQ(address_key("203.0.113.7"), "203.0.113.7");
  EXPECT_NE(address_key("203.0.113.7"), address_key("203.0.113.8"));
  EXPECT_EQ(address_key("::ffff:203.0.113.7"), "203.0.113.7");
  EXPECT_EQ(address_key("2001:db8:1:2::1"), address_key("2001:db8:1:2:ffff::9"));
  EXPECT_NE(address_key("2001:db8:1:2::1"), address_key("2001:db8:1:3::1"));
  EXPECT_EQ(address_key(""), "");
}

TEST(Client, DevicesAreDescribedCoarsely) {
  EXPECT_EQ(device_label("Mozilla/5.0 (Linux; Android 13; SM-A536E) AppleWebKit/537.36 (KHTML, like Gecko) "
                         "Chrome/120.0 Mobile Safari/537.36"),
            "Chrome, Android");
  EXPECT_EQ(device_label("Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 Version/17.0 "
                         "Mobile/15E148 Safari/604.1"),
            "Safari, iPhone");
  EXPECT_EQ(
      device_label("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/120.0 Safari/537.36 Edg/120.0"),
      "Edge, Windows");
  EXPECT_EQ(device_label(""), "");
}

TEST(Client, MessagesAreVietnameseUnlessEnglishIsPreferred) {
  EXPECT_EQ(message_language(""), "vi");
  EXPECT_EQ(message_language("vi-VN,vi;q=0.9,en;q=0.8"), "vi");
  EXPECT_EQ(message_language("en-US,en;q=0.9,vi;q=0.5"), "en");
  EXPECT_EQ(message_language("fr"), "vi");
  EXPECT_EQ(message_language("en;q=banana"), "vi");
}

}  // namespace
}  // namespace luytre::identity
