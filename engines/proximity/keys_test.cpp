// Keys, identifiers, what goes over the air and when: the official vectors of version 1.2, and what must hold beside.

#include "engines/proximity/keys.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "engines/proximity/payload.h"
#include "engines/proximity/schedule.h"
#include "engines/proximity/testing.h"

namespace luytre::proximity {
namespace {

using ::testing::AllOf;
using ::testing::Ge;
using ::testing::Le;
using namespace std::chrono_literals;

constexpr Instant kNoon{1'637'755'200};  // 2021-11-24 12:00 UTC

TEST(Keys, DeriveWhatTheOfficialVectorsSay) {
  const auto v = vectors_of("v1.2.json");
  TemporaryKey key{from_hex<Bytes16>(text_of(v, "tek")), interval_at({v.at("key_generation_seconds").as_int64()})};
  EXPECT_EQ(key.start, v.at("en_interval_number").as_int64());
  EXPECT_EQ(hex_of(identifier_key(key.key)), text_of(v, "rpik"));
  EXPECT_EQ(hex_of(metadata_key(key.key)), text_of(v, "aemk"));

  const auto metadata = from_hex<SealedMetadata>(text_of(v, "metadata"));
  const auto identifiers = rolling_identifiers(key);
  const auto& advertised = v.at("advertised").as_array();
  ASSERT_EQ(advertised.size(), kRollingPeriod);
  ASSERT_EQ(identifiers.size(), kRollingPeriod);
  for (std::size_t i = 0; i < identifiers.size(); ++i) {
    const auto interval = static_cast<IntervalNumber>(advertised[i].at("en_interval_number").as_int64());
    EXPECT_EQ(interval, key.start + i);
    EXPECT_EQ(hex_of(identifiers[i]), text_of(advertised[i], "rpi"));
    EXPECT_EQ(rolling_identifier(identifier_key(key.key), interval), identifiers[i]);
    const SealedMetadata sealed = crypt_metadata(metadata_key(key.key), identifiers[i], metadata);
    EXPECT_EQ(hex_of(sealed), text_of(advertised[i], "aem"));
    EXPECT_EQ(crypt_metadata(metadata_key(key.key), identifiers[i], sealed), metadata);
  }
}

TEST(Keys, IntervalsAreOfTenMinutes) {
  EXPECT_EQ(interval_at({0}), 0U);
  EXPECT_EQ(interval_at({599}), 0U);
  EXPECT_EQ(interval_at({600}), 1U);
  EXPECT_EQ(begin_of(2642976).seconds, 1585785600);
  EXPECT_THROW(interval_at({-1}), std::out_of_range);
  EXPECT_THROW(interval_at({(std::int64_t{kLastInterval} + 1) * 600}), std::out_of_range);
}

TEST(Keys, AreDrawnForAWholeDayOfUtc) {
  SeededRandom random(1);
  const TemporaryKey key = draw_key(random, kNoon);
  EXPECT_EQ(begin_of(key.start), (Instant{kNoon.seconds - 12 * 3600}));
  EXPECT_EQ(end_of(key), (Instant{kNoon.seconds + 12 * 3600}));
  EXPECT_TRUE(covers(key, interval_at(kNoon)));
  EXPECT_FALSE(covers(key, key.start - 1));
  EXPECT_TRUE(covers(key, key.start + 143));
  EXPECT_FALSE(covers(key, key.start + 144));
  EXPECT_NE(draw_key(random, kNoon).key, key.key);
}

TEST(Keys, ThatCannotBeDeriveNothing) {
  EXPECT_FALSE(possible({{}, 0, 0}));
  EXPECT_FALSE(possible({{}, 0, 145}));
  EXPECT_FALSE(possible({{}, kLastInterval, 1}));
  EXPECT_TRUE(possible({{}, kLastInterval - 144, 144}));
  EXPECT_TRUE(rolling_identifiers({{}, 0, 0}).empty());
  EXPECT_EQ(rolling_identifiers({{}, 0, 7}).size(), 7U);
}

TEST(Payload, IsTheBytesOfTheSpecification) {
  Advertisement sent;
  for (std::size_t i = 0; i < 16; ++i) sent.identifier[i] = static_cast<std::uint8_t>(i);
  sent.metadata = {0xA0, 0xA1, 0xA2, 0xA3};
  const auto data = advertising_data(sent);
  EXPECT_EQ(hex_of(data), "02011a03036ffd17166ffd000102030405060708090a0b0c0d0e0fa0a1a2a3");
  EXPECT_EQ(read_advertising_data(data), sent);
}

TEST(Payload, IsReadBesideOtherStructures) {
  const auto sent = advertising_data({});
  const auto with = [&](std::string_view before, std::string_view behind) {
    std::string all = unhex(before).value() + std::string(sent.begin(), sent.end()) + unhex(behind).value();
    return read_advertising_data({reinterpret_cast<const std::uint8_t*>(all.data()), all.size()}).has_value();
  };
  EXPECT_TRUE(with("", ""));
  EXPECT_TRUE(with("0416aabbcc", "020a08"));                                   // another's service data, a power level
  EXPECT_TRUE(with("", "0000000000"));                                         // zeros to the end
  EXPECT_FALSE(with("", "05ff"));                                              // longer than there is
  EXPECT_FALSE(with("00", ""));                                                // ended before
  EXPECT_FALSE(with("", "17166ffd000102030405060708090a0b0c0d0e0fa0a1a2a3"));  // which of the two?
}

TEST(Payload, OfAnotherLengthIsNoSighting) {
  for (std::size_t size = 0; size < 60; ++size) {
    const std::vector<std::uint8_t> value(size, 7);
    EXPECT_EQ(read_service_data(value).has_value(), size == 20);
    std::vector<std::uint8_t> data{static_cast<std::uint8_t>(3 + size), 0x16, 0x6F, 0xFD};
    for (const std::uint8_t byte : value) data.push_back(byte);
    EXPECT_EQ(read_advertising_data(data).has_value(), size == 20) << size;
    for (std::size_t cut = 0; cut < data.size(); ++cut)
      EXPECT_FALSE(read_advertising_data(std::span(data).first(cut))) << size << ' ' << cut;
  }
}

TEST(Metadata, TellsVersionConfidenceAndPower) {
  EXPECT_EQ(encode({.minor = 0, .power = 8}), (SealedMetadata{0x40, 0x08, 0, 0}));
  EXPECT_EQ(encode({.minor = 1, .calibration = Calibration::kHigh, .power = -20}), (SealedMetadata{0x5C, 0xEC, 0, 0}));
  for (int first = 0; first < 256; ++first) {
    const auto read = decode_metadata({static_cast<std::uint8_t>(first), 0xEC, 1, 2});
    ASSERT_EQ(read.has_value(), first >> 6 == 1);
    if (!read) continue;
    EXPECT_EQ(read->power, -20);
    EXPECT_EQ(encode(*read)[0], first & 0xFC);
  }
}

TEST(Schedule, ChangesIdentifierAndAddressTogetherAndNeverTwiceInAnInterval) {
  SeededRandom random(7);
  std::set<Identifier> identifiers;
  std::set<Address> addresses;
  std::optional<IntervalNumber> last;
  TemporaryKey key = draw_key(random, kNoon);
  double seconds = 0;
  constexpr int kTurns = 1000;
  Instant now = kNoon;
  for (int i = 0; i < kTurns; ++i) {
    if (!covers(key, interval_at(now))) key = draw_key(random, now);
    const auto next = next_broadcast(random, key, {.power = -8}, now, last);
    ASSERT_TRUE(next);
    EXPECT_TRUE(identifiers.insert(next->advertisement.identifier).second);
    EXPECT_TRUE(addresses.insert(next->address).second);
    EXPECT_EQ(next->address[0] & 0xC0, 0);
    EXPECT_EQ(next->advertisement.identifier, rolling_identifier(identifier_key(key.key), interval_at(now)));
    EXPECT_EQ(decode_metadata(
                  crypt_metadata(metadata_key(key.key), next->advertisement.identifier, next->advertisement.metadata))
                  ->power,
              -8);
    const auto length = next->when.to - next->when.from;
    EXPECT_THAT(length, AllOf(Ge(600s), Le(1200s)));
    EXPECT_FALSE(next_broadcast(random, key, {}, now, next->interval)) << "the same interval again";
    seconds += static_cast<double>(length.count());
    last = next->interval;
    now = next->when.to;
  }
  EXPECT_NEAR(seconds / kTurns, 900, 30);
}

TEST(Schedule, IsSilentWithoutAKeyOfNowAndAfterAClockWasPutBack) {
  SeededRandom random(7);
  const TemporaryKey key = draw_key(random, kNoon);
  EXPECT_FALSE(next_broadcast(random, key, {}, kNoon + 12h, std::nullopt));
  EXPECT_FALSE(next_broadcast(random, key, {}, kNoon - 13h, std::nullopt));
  EXPECT_FALSE(next_broadcast(random, key, {}, kNoon - 1h, interval_at(kNoon)));
  EXPECT_TRUE(next_broadcast(random, key, {}, kNoon, interval_at(kNoon) - 1));
}

// A source of one byte for ever, then of others.
class Stuck final : public Random {
 public:
  explicit Stuck(char byte) : byte_(byte) {}
  std::string bytes(std::size_t count) override { return std::string(count, calls_++ < 3 ? byte_ : '\x21'); }
  std::uint32_t below(std::uint32_t) override { return 0; }

 private:
  char byte_;
  int calls_ = 0;
};

TEST(Schedule, NoAddressIsAllZerosOrOnes) {
  for (const char byte : {'\0', '\xFF'}) {
    Stuck random(byte);
    EXPECT_EQ(draw_address(random), (Address{0x21, 0x21, 0x21, 0x21, 0x21, 0x21}));
  }
}

}  // namespace
}  // namespace luytre::proximity
