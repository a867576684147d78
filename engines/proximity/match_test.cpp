// The lanes against OpenSSL, and the matcher against the definition, lane by lane.

#include "engines/proximity/match.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
// After gtest.
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cstring>
#include <numeric>

#include "engines/proximity/testing.h"

namespace luytre::proximity {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr IntervalNumber kDay = 18950 * kRollingPeriod;

template <class Bytes>
Bytes drawn(Random& random) {
  Bytes out;
  const std::string bytes = random.bytes(out.size());
  std::copy(bytes.begin(), bytes.end(), out.begin());
  return out;
}

class EachLane : public ::testing::TestWithParam<const Lane*> {};
INSTANTIATE_TEST_SUITE_P(Lanes, EachLane, ::testing::ValuesIn(lanes().begin(), lanes().end()), [](const auto& tested) {
  std::string name = tested.param->name;
  std::erase_if(name, [](unsigned char c) { return !std::isalnum(c); });
  return name;
});

TEST(Lanes, EndWithThePortableOne) {
  EXPECT_STREQ(lanes().back()->name, "portable");
}

TEST_P(EachLane, DerivesAsOpenSslDoes) {
  SeededRandom random(11);
  for (int turn = 0; turn < 20; ++turn) {
    std::uint8_t together[kKeysAtOnce * 16];
    std::vector<TemporaryKey> keys;
    for (std::size_t i = 0; i < kKeysAtOnce; ++i) {
      // Also where the interval's low bytes run over.
      const IntervalNumber start = turn == 0 ? 0xFFFF - 70 : turn == 1 ? kLastInterval - 144 : random.below(1U << 30);
      keys.push_back({drawn<Bytes16>(random), start, kRollingPeriod});
      std::memcpy(together + 16 * i, keys.back().key.data(), 16);
    }
    KeySchedules schedules;
    GetParam()->prepare(together, schedules);
    for (std::size_t i = 0; i < kKeysAtOnce; ++i) {
      KeyIdentifiers found;
      GetParam()->identifiers(schedules, i, keys[i].start, found);
      const auto expected = rolling_identifiers(keys[i]);
      for (std::size_t n = 0; n < kIdentifiersAtOnce; ++n)
        ASSERT_EQ(std::memcmp(found.bytes[n], expected[n].data(), 16), 0) << i << ' ' << n;
    }
  }
}

TEST_P(EachLane, DerivesTheOfficialVectors) {
  const auto v = vectors_of("v1.2.json");
  std::uint8_t together[kKeysAtOnce * 16] = {};
  const auto key = from_hex<Bytes16>(text_of(v, "tek"));
  const std::size_t which = 5;
  std::memcpy(together + 16 * which, key.data(), 16);
  KeySchedules schedules;
  KeyIdentifiers found;
  GetParam()->prepare(together, schedules);
  GetParam()->identifiers(schedules, which, 2642976, found);
  const auto& advertised = v.at("advertised").as_array();
  for (std::size_t i = 0; i < kIdentifiersAtOnce; ++i)
    ASSERT_EQ(hex_of(std::to_array(found.bytes[i])), text_of(advertised[i], "rpi"));
}

TEST_P(EachLane, AsksAFilterAsThePortableOneDoes) {
  SeededRandom random(5);
  for (const std::uint32_t size : {1U, 16U, 1024U}) {
    std::vector<std::uint32_t> words(size);
    for (auto& word : words) word = random.below(~0U) & random.below(~0U);
    const Filter filter{words.data(), size - 1};
    for (int turn = 0; turn < 200; ++turn) {
      KeyIdentifiers identifiers;
      const std::string bytes = random.bytes(sizeof identifiers.bytes);
      std::memcpy(identifiers.bytes, bytes.data(), bytes.size());
      std::size_t from = random.below(145), to = random.below(145);
      if (from > to) std::swap(from, to);
      if (turn == 0) from = 0, to = 144;
      std::uint16_t found[kIdentifiersAtOnce], expected[kIdentifiersAtOnce];
      const std::size_t count = GetParam()->ask(filter, identifiers, from, to, found);
      const std::size_t wanted = lanes().back()->ask(filter, identifiers, from, to, expected);
      ASSERT_EQ(std::vector(found, found + count), std::vector(expected, expected + wanted)) << from << ' ' << to;
      ASSERT_TRUE(turn > 0 || size == 1 || count > 0);
    }
  }
}

TEST_P(EachLane, MatchesTwoHoursOffAndNoMore) {
  SeededRandom random(2);
  const TemporaryKey key{drawn<Bytes16>(random), kDay, kRollingPeriod};
  const auto identifiers = rolling_identifiers(key);
  for (const std::uint32_t made : {0U, 1U, 11U, 12U, 70U, 131U, 132U, 143U}) {
    for (int drift = -30; drift <= 30; ++drift) {
      const Sighting seen{identifiers[made], kDay + made + static_cast<IntervalNumber>(drift)};
      const auto found = Matcher(std::span(&seen, 1), *GetParam()).matches(std::span(&key, 1));
      if (std::abs(drift) <= 12)
        EXPECT_THAT(found, ElementsAre(Match{0, kDay + made, 0})) << made << ' ' << drift;
      else
        EXPECT_THAT(found, IsEmpty()) << made << ' ' << drift;
    }
  }
}

TEST_P(EachLane, OnlyOfTheIntervalsThatTheKeyHas) {
  SeededRandom random(2);
  const TemporaryKey whole{drawn<Bytes16>(random), kDay + 100, kRollingPeriod};
  std::vector<Sighting> seen;
  IntervalNumber interval = whole.start;
  for (const Identifier& identifier : rolling_identifiers(whole)) seen.push_back({identifier, interval++});
  const Matcher matcher(seen, *GetParam());
  for (const std::uint32_t period : {1U, 43U, 44U, 45U, 100U, 144U}) {
    const TemporaryKey part{whole.key, whole.start, period};
    EXPECT_EQ(matcher.matches(std::span(&part, 1)).size(), period);
  }
  for (const TemporaryKey& none :
       {TemporaryKey{whole.key, whole.start, 0}, TemporaryKey{whole.key, whole.start, 145},
        TemporaryKey{whole.key, whole.start + 1000, 144}, TemporaryKey{whole.key, 0xFFFF'FFFF, 144}})
    EXPECT_THAT(matcher.matches(std::span(&none, 1)), IsEmpty());
}

// A small world: keys of two days, also unaligned, short and impossible ones and the same twice; sightings of them at
// all distances in time, seen often, and identifiers that differ from them in the last byte or from some byte on.
struct World {
  std::vector<TemporaryKey> keys;
  std::vector<Sighting> sightings;
};

World draw_world(std::uint64_t seed) {
  SeededRandom random(seed);
  World world;
  const std::uint32_t keys = random.below(24);
  for (std::uint32_t i = 0; i < keys; ++i) {
    if (i > 0 && random.below(8) == 0) {
      world.keys.push_back(world.keys[random.below(i)]);
      continue;
    }
    const bool aligned = random.below(2) == 0;
    world.keys.push_back({drawn<Bytes16>(random), kDay + (aligned ? 144 * random.below(3) : random.below(300)),
                          random.below(4) == 0 ? random.below(147) : kRollingPeriod});
  }
  const std::uint32_t sightings = random.below(240);
  for (std::uint32_t i = 0; i < sightings; ++i) {
    Sighting seen{drawn<Identifier>(random), kDay + random.below(450)};
    if (!world.keys.empty() && random.below(4) > 0) {
      const TemporaryKey& key = world.keys[random.below(keys)];
      const IntervalNumber made = key.start + random.below(kRollingPeriod);
      seen = {rolling_identifier(identifier_key(key.key), made), made + random.below(28) - 14};
    }
    if (random.below(4) == 0) {
      const std::uint32_t same = random.below(16);
      for (std::uint32_t j = same; j < 16; ++j) seen.identifier[j] ^= static_cast<std::uint8_t>(1 + random.below(255));
    }
    const std::uint32_t times = random.below(6) == 0 ? 1 + random.below(5) : 1;
    for (std::uint32_t j = 0; j < times; ++j) world.sightings.push_back({seen.identifier, seen.interval + j % 2});
  }
  return world;
}

RC_GTEST_PROP(Matcher, FindsWhatTheDefinitionSays, ()) {
  const World world = draw_world(*rc::gen::arbitrary<std::uint64_t>());
  const auto expected = naive_matches(world.keys, world.sightings);
  RC_CLASSIFY(!expected.empty());
  for (const Lane* lane : lanes()) RC_ASSERT(Matcher(world.sightings, *lane).matches(world.keys) == expected);
}

TEST(Matcher, OfNothingFindsNothing) {
  const TemporaryKey key{{}, kDay, kRollingPeriod};
  EXPECT_THAT(Matcher({}).matches(std::span(&key, 1)), IsEmpty());
  const Sighting seen{{}, 0};
  EXPECT_THAT(Matcher(std::span(&seen, 1)).matches({}), IsEmpty());
}

TEST(Matcher, ManyOfOneBeginningAreFoundStill) {
  SeededRandom random(9);
  const TemporaryKey key{drawn<Bytes16>(random), kDay, kRollingPeriod};
  const auto identifiers = rolling_identifiers(key);
  std::vector<Sighting> seen;
  for (std::uint32_t i = 0; i < 50'000; ++i) {
    Sighting one{identifiers[i % 3], kDay};
    if (i % 1000 != 999) std::memcpy(one.identifier.data() + 8, &i, sizeof i);  // eight bytes the same
    seen.push_back(one);
  }
  const auto found = Matcher(seen).matches(std::span(&key, 1));
  EXPECT_EQ(found.size(), 50U);
  EXPECT_TRUE(std::is_sorted(found.begin(), found.end()));
}

}  // namespace
}  // namespace luytre::proximity
