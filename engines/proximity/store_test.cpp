// The store of encounters: what it keeps, what it refuses, and that neither hostile bytes nor a flood harm it.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
// gtest first: rapidcheck looks for it.
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <map>

#include "engines/proximity/store.h"

namespace luytre::proximity {
namespace {

using Kept = EncounterStore::Kept;
using ::testing::ElementsAre;
using ::testing::SizeIs;

constexpr std::int64_t kMidnight = 18'900 * kDaySeconds;
constexpr Instant kNow{kMidnight + 12 * 3600};

Encounter sighting(std::int64_t at, std::uint32_t peer, int rssi = -70) {
  Encounter out;
  out.at = {at};
  out.since_scan_before = 240;
  for (std::size_t i = 0; i < 4; ++i) out.identifier[i] = static_cast<std::uint8_t>(peer >> 8 * i);
  out.metadata = {1, 2, 3, 4};
  out.strongest = static_cast<std::int8_t>(rssi);
  out.sum = static_cast<std::int16_t>(rssi);
  return out;
}

std::vector<Encounter> all(const EncounterStore& store) {
  return {store.all().begin(), store.all().end()};
}

TEST(EncounterStore, AddsUpTheSightingsOfOneScan) {
  EncounterStore store;
  EXPECT_EQ(store.record(kNow, sighting(kMidnight, 7, -70), {}), Kept::kNew);
  EXPECT_EQ(store.record(kNow, sighting(kMidnight + 3, 8, -90), {}), Kept::kNew);
  EXPECT_EQ(store.record(kNow, sighting(kMidnight + 25, 7, -60), {}), Kept::kAdded);
  EXPECT_EQ(store.record(kNow, sighting(kMidnight + 26, 7, -50), {}), Kept::kNew);
  ASSERT_THAT(store.all(), SizeIs(3));
  EXPECT_EQ(store.all()[0].strongest, -60);
  EXPECT_EQ(store.all()[0].count, 2);
  EXPECT_EQ(store.all()[0].sum, -130);
  const Heard heard = proximity::heard(store.all()[0], -10, 0, 2);
  EXPECT_EQ(heard.least, 50);
  EXPECT_EQ(heard.sum, 110);
  EXPECT_EQ(heard.scan_before->seconds, kMidnight - 240);
  const auto windows = exposure_windows(std::vector{heard}, ReportType::kConfirmedTest, Infectious::kHigh);
  EXPECT_THAT(windows.at(0).scans, ElementsAre(ScanInstance{50, 55, 240}));
}

TEST(EncounterStore, CountsAtMost255Sightings) {
  EncounterStore store;
  for (int i = 0; i < 300; ++i) store.record(kNow, sighting(kMidnight, 7, i == 299 ? -10 : -128), {});
  ASSERT_THAT(store.all(), SizeIs(1));
  EXPECT_EQ(store.all()[0].count, 255);
  EXPECT_EQ(store.all()[0].sum, 255 * -128);
  EXPECT_EQ(store.all()[0].strongest, -128);
  EXPECT_TRUE(EncounterStore::decode(store.encode()));
}

TEST(EncounterStore, NeverHoldsAnIdentifierOfItsOwnDevice) {
  EncounterStore store;
  const Encounter echo = sighting(kMidnight, 7);
  EXPECT_EQ(store.record(kNow, echo, std::vector{echo.identifier}), Kept::kOwn);
  EXPECT_THAT(store.all(), SizeIs(0));
}

TEST(EncounterStore, KeepsFourteenFullDays) {
  EncounterStore store;
  const std::int64_t first = kMidnight - 14 * kDaySeconds;
  EXPECT_EQ(store.record(kNow, sighting(first - 1, 1), {}), Kept::kImpossible);
  EXPECT_EQ(store.record(kNow, sighting(first, 2), {}), Kept::kNew);
  EXPECT_EQ(store.record(kNow, sighting(kNow.seconds + 1, 3), {}), Kept::kImpossible);
  EXPECT_EQ(store.record(kNow, sighting(kNow.seconds, 4), {}), Kept::kNew);
  EXPECT_EQ(store.record(kNow, sighting(-1, 5), {}), Kept::kImpossible);
  store.expire({kMidnight + kDaySeconds - 1});
  EXPECT_THAT(store.all(), SizeIs(2));
  store.expire({kMidnight + kDaySeconds});
  ASSERT_THAT(store.all(), SizeIs(1));
  EXPECT_EQ(store.all()[0].at, kNow);
}

TEST(EncounterStore, ForgetsAnIntervalAndWipes) {
  EncounterStore store;
  for (std::int64_t i = 0; i < 100; ++i) store.record(kNow, sighting(kMidnight + 60 * i, 9), {});
  const Encounter* const memory = store.all().data();
  store.forget({{kMidnight + 60}, {kMidnight + 60 * 99}});
  ASSERT_THAT(store.all(), SizeIs(2));
  EXPECT_EQ(store.all()[1].at.seconds, kMidnight + 60 * 99);
  EXPECT_EQ(store.all().data(), memory);
  store.wipe();
  EXPECT_THAT(store.all(), SizeIs(0));
  EXPECT_EQ(store.record(kNow, sighting(kMidnight, 1), {}), Kept::kNew);
}

TEST(EncounterStore, AFloodCostsItsHourOnly) {
  EncounterStore store;
  store.record(kNow, sighting(kMidnight - 3600, 1), {});
  for (std::uint32_t i = 0; i < kMostPerHour + 100; ++i)
    store.record(kNow, sighting(kMidnight + static_cast<std::int64_t>(i % 3600), 1'000 + i), {});
  EXPECT_EQ(store.refused(), 100u);
  EXPECT_THAT(store.all(), SizeIs(kMostPerHour + 1));
  EXPECT_EQ(store.record(kNow, sighting(kMidnight, 1'000), {}), Kept::kAdded);  // what is there still adds up
  EXPECT_EQ(store.record(kNow, sighting(kMidnight + 3600, 5), {}), Kept::kNew);
  EXPECT_TRUE(EncounterStore::decode(store.encode()));
}

TEST(EncounterStore, ReadsNoMoreOfAnHourThanItKeeps) {
  EncounterStore store;
  for (std::uint32_t i = 0; i < kMostPerHour; ++i) store.record(kNow, sighting(kMidnight, i), {});
  auto bytes = store.encode();
  ASSERT_TRUE(EncounterStore::decode(bytes));
  std::vector<std::uint8_t> more(bytes.end() - 30, bytes.end());
  more[6 + 15] = 1;  // the identifier's last byte: behind all others
  more[6] = more[7] = 0xFF;
  bytes.insert(bytes.end(), more.begin(), more.end());
  ++bytes[8];  // of their number: 4096 is 00 10 00 00
  EXPECT_FALSE(EncounterStore::decode(bytes));
  ++bytes[bytes.size() - 30 + 2];  // 18 hours later
  EXPECT_TRUE(EncounterStore::decode(bytes));
}

Encounter any_sighting() {
  const int rssi = *rc::gen::inRange(-128, 20);
  Encounter out = sighting(kNow.seconds - *rc::gen::inRange<std::int64_t>(0, 10 * kDaySeconds),
                           *rc::gen::inRange<std::uint32_t>(0, 20), rssi);
  if (*rc::gen::inRange(0, 2)) out.at.seconds = kNow.seconds - *rc::gen::inRange<std::int64_t>(0, 100);
  out.since_scan_before =
      *rc::gen::element<std::optional<std::int32_t>>(std::nullopt, 0, 299, 65'534, 65'535, 1'000'000, -5);
  return out;
}

EncounterStore any_store() {
  EncounterStore store;
  const int count = *rc::gen::inRange(0, 80);
  for (int i = 0; i < count; ++i) store.record(kNow, any_sighting(), {});
  return store;
}

RC_GTEST_PROP(EncounterStore, StaysInOrderAndLosesNoSighting, ()) {
  EncounterStore store;
  std::map<std::array<std::uint8_t, 16>, int> sent;
  const int count = *rc::gen::inRange(0, 80);
  for (int i = 0; i < count; ++i) {
    const Encounter next = any_sighting();
    ++sent[next.identifier];
    store.record(kNow, next, {});
  }
  std::map<std::array<std::uint8_t, 16>, int> kept;
  for (std::size_t i = 0; i < store.all().size(); ++i) {
    const Encounter& each = store.all()[i];
    kept[each.identifier] += each.count;
    if (i > 0) {
      RC_ASSERT(std::tie(store.all()[i - 1].at, store.all()[i - 1].identifier) < std::tie(each.at, each.identifier));
    }
  }
  RC_ASSERT(kept == sent);
}

RC_GTEST_PROP(EncounterStore, ReadsWhatItWrote, ()) {
  const EncounterStore store = any_store();
  const auto bytes = store.encode();
  RC_ASSERT(bytes.size() == 12 + 30 * store.all().size());
  const auto again = EncounterStore::decode(bytes);
  RC_ASSERT(again.has_value());
  RC_ASSERT(all(*again) == all(store));
}

RC_GTEST_PROP(EncounterStore, RefusesWhatIsCutOffOrLongerOrOutOfOrder, ()) {
  const EncounterStore store = any_store();
  auto bytes = store.encode();
  const auto cut = *rc::gen::inRange<std::size_t>(0, bytes.size());
  RC_ASSERT(!EncounterStore::decode(std::span(bytes).first(cut)));
  auto longer = bytes;
  longer.push_back(0);
  RC_ASSERT(!EncounterStore::decode(longer));
  if (store.all().size() >= 2) {
    std::swap_ranges(bytes.begin() + 12, bytes.begin() + 42, bytes.begin() + 42);
    RC_ASSERT(!EncounterStore::decode(bytes));
  }
}

RC_GTEST_PROP(EncounterStore, SealedOpensWithItsKeyAloneAndUnchanged, ()) {
  const EncounterStore store = any_store();
  StoreKey key{}, other{};
  key[3] = 7, other[3] = 8;
  StoreNonce nonce{};
  nonce[0] = 1;
  auto sealed = seal(store, key, nonce);
  const auto opened = open_store(sealed, key);
  RC_ASSERT(opened.has_value());
  RC_ASSERT(all(*opened) == all(store));
  RC_ASSERT(!open_store(sealed, other));
  const auto at = *rc::gen::inRange<std::size_t>(0, sealed.size());
  sealed[at] = static_cast<std::uint8_t>(sealed[at] ^ 1 << *rc::gen::inRange(0, 8));
  RC_ASSERT(!open_store(sealed, key));
  RC_ASSERT(!open_store(std::span(sealed).first(at), key));
}

// What whoever takes the file sees: nothing that was recorded.
TEST(EncounterStore, SealedShowsNoIdentifier) {
  EncounterStore store;
  Encounter heard = sighting(kMidnight, 1);
  heard.identifier.fill(0xAB);
  store.record(kNow, heard, {});
  const auto sealed = seal(store, StoreKey{}, StoreNonce{});
  const std::vector<std::uint8_t> trace(4, 0xAB);
  EXPECT_EQ(std::search(sealed.begin(), sealed.end(), trace.begin(), trace.end()), sealed.end());
}

RC_GTEST_PROP(EncounterStore, AnyBytesAreReadSafely, (std::vector<std::uint8_t> bytes)) {
  const std::vector<std::uint8_t> head{'L', 'T', 'E', 'S', 1, 0, 0, 0};
  if (*rc::gen::inRange(0, 2)) bytes.insert(bytes.begin(), head.begin(), head.end());
  if (const auto store = EncounterStore::decode(bytes)) RC_ASSERT(store->encode() == bytes);
  RC_ASSERT(!open_store(bytes, StoreKey{}));
}

}  // namespace
}  // namespace luytre::proximity
