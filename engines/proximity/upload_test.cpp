// What a server takes from a case and what it publishes.

#include "engines/proximity/upload.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "engines/proximity/publish.h"
#include "engines/proximity/testing.h"

namespace luytre::proximity {
namespace {

using ::testing::AllOf;
using ::testing::Each;
using ::testing::Ge;
using ::testing::IsEmpty;
using ::testing::Le;
using ::testing::SizeIs;
using namespace std::chrono_literals;

constexpr Instant kNow{1'637'755'200 + 1234};  // 2021-11-24 12:20:34 UTC
constexpr std::int64_t kToday = 1'637'712'000 / 600;

UploadedKey key_of(std::int64_t start, char fill, std::int64_t period = 144) {
  return {std::string(16, fill), start, period, 0, std::nullopt};
}

std::vector<UploadedKey> two_weeks() {
  std::vector<UploadedKey> out;
  for (int day = 14; day >= 0; --day) out.push_back(key_of(kToday - 144 * day, static_cast<char>('a' + day)));
  return out;
}

Upload taken(std::span<const UploadedKey> keys) {
  return std::get<Upload>(check_upload(keys, ReportType::kConfirmedTest, kNow));
}
UploadFault fault_of(std::span<const UploadedKey> keys, ReportType type = ReportType::kConfirmedTest) {
  return std::get<UploadFault>(check_upload(keys, type, kNow));
}
std::optional<KeyFault> fault_of(const UploadedKey& key) {
  const Upload upload = taken(std::span(&key, 1));
  if (upload.dropped.empty()) return std::nullopt;
  EXPECT_THAT(upload.keys, IsEmpty());
  return upload.dropped[0].why;
}

TEST(Upload, TakesTwoWeeksAndHoldsBackWhatCouldStillBeSent) {
  const auto keys = two_weeks();
  const Upload upload = taken(keys);
  ASSERT_THAT(upload.keys, SizeIs(15));
  EXPECT_THAT(upload.dropped, IsEmpty());
  const Instant hour{kNow.seconds / 3600 * 3600};
  for (std::size_t i = 0; i < 14; ++i) {
    EXPECT_EQ(upload.keys[i].publish, hour);
    EXPECT_EQ(upload.keys[i].key.report_type, ReportType::kConfirmedTest);
  }
  // Today's: until two hours after the day.
  EXPECT_EQ(upload.keys[14].publish, (Instant{(kToday + 144) * 600 + 7200}));
}

TEST(Upload, HoldsBackTwoHoursBeyondAnyEndAndTellsWholeHoursOnly) {
  const std::int64_t now = kNow.seconds / 600;
  for (const std::int64_t period : {1, 10, 60, 70, 74, 100}) {
    const UploadedKey key = key_of(now - 62, 'k', period);
    const Upload upload = taken(std::span(&key, 1));
    ASSERT_THAT(upload.keys, SizeIs(1));
    const Instant publish = upload.keys[0].publish, end = end_of(upload.keys[0].key.key);
    EXPECT_EQ(publish.seconds % 3600, 0);
    EXPECT_GE(publish, end + 2h);
    EXPECT_LT(publish, std::max(end + 3h, kNow + 1s));
  }
}

TEST(Upload, DropsBadKeysOneByOne) {
  UploadedKey key = key_of(kToday - 144, 'k');
  EXPECT_EQ(fault_of(key), std::nullopt);
  key.key.pop_back();
  EXPECT_EQ(fault_of(key), KeyFault::kLength);
  EXPECT_EQ(fault_of(key_of(kToday, 'k', 0)), KeyFault::kPeriod);
  EXPECT_EQ(fault_of(key_of(kToday, 'k', 145)), KeyFault::kPeriod);
  const std::int64_t now = kNow.seconds / 600, oldest = now - 15 * 144;
  EXPECT_EQ(fault_of(key_of(now, 'k')), std::nullopt);
  EXPECT_EQ(fault_of(key_of(now + 1, 'k')), KeyFault::kFuture);
  EXPECT_EQ(fault_of(key_of(INT64_MAX, 'k')), KeyFault::kFuture);
  EXPECT_EQ(fault_of(key_of(oldest - 143, 'k')), std::nullopt);
  EXPECT_EQ(fault_of(key_of(oldest - 144, 'k')), KeyFault::kTooOld);
  EXPECT_EQ(fault_of(key_of(-1, 'k')), KeyFault::kTooOld);
  EXPECT_EQ(fault_of(key_of(INT64_MIN, 'k')), KeyFault::kTooOld);
  for (const auto& [risk, good] : {std::pair{-1, false}, {0, true}, {8, true}, {9, false}}) {
    key = key_of(kToday, 'k');
    key.transmission_risk = risk;
    EXPECT_EQ(fault_of(key), good ? std::nullopt : std::optional(KeyFault::kRisk));
  }
  for (const auto& [days, good] : {std::pair{-15, false}, {-14, true}, {14, true}, {15, false}}) {
    key = key_of(kToday, 'k');
    key.onset_days = days;
    EXPECT_EQ(fault_of(key), good ? std::nullopt : std::optional(KeyFault::kOnset));
  }
}

TEST(Upload, NamesWhatItDroppedAndKeepsTheRest) {
  auto keys = two_weeks();
  keys[3].period = 0;
  keys[7].key = keys[6].key;
  const Upload upload = taken(keys);
  EXPECT_THAT(upload.keys, SizeIs(13));
  ASSERT_THAT(upload.dropped, SizeIs(2));
  EXPECT_EQ(upload.dropped[0].number, 3U);
  EXPECT_EQ(upload.dropped[0].why, KeyFault::kPeriod);
  EXPECT_EQ(upload.dropped[1].number, 7U);
  EXPECT_EQ(upload.dropped[1].why, KeyFault::kRepeated);
}

TEST(Upload, RefusesWhatNoOneDeviceHas) {
  EXPECT_EQ(fault_of(std::vector<UploadedKey>{}), UploadFault::kNoKeys);
  std::vector<UploadedKey> keys;
  for (int i = 0; i < 31; ++i) keys.push_back(key_of(kToday - 40 * i, static_cast<char>('A' + i), 40));
  EXPECT_EQ(fault_of(keys), UploadFault::kTooManyKeys);
  keys.pop_back();
  EXPECT_THAT(taken(keys).keys, SizeIs(30));

  // Given away early, twice, and a third of the same day; a fourth is too many.
  keys = {key_of(kToday - 144, 'c', 144), key_of(kToday - 144, 'a', 50), key_of(kToday - 144, 'b', 90)};
  EXPECT_THAT(taken(keys).keys, SizeIs(3));
  keys.push_back(key_of(kToday - 144, 'd', 20));
  EXPECT_EQ(fault_of(keys), UploadFault::kTooManyOfDay);

  keys = {key_of(kToday - 200, 'a'), key_of(kToday - 57, 'b')};
  EXPECT_EQ(fault_of(keys), UploadFault::kOverlap);
  keys[1].start += 1;
  EXPECT_THAT(taken(keys).keys, SizeIs(2));

  for (const ReportType type :
       {ReportType::kUnknown, ReportType::kSelfReport, ReportType::kRecursive, ReportType::kRevoked})
    EXPECT_EQ(fault_of(keys, type), UploadFault::kReportType);
}

TEST(Upload, OnlyItsPhoneRevisesAndOnlyOnce) {
  DiagnosisKey key;
  key.key = {{1, 2, 3}, 100, 144};
  key.report_type = ReportType::kConfirmedClinical;
  const std::vector<TemporaryKey> proof{{{9}, 100, 144}, key.key};
  EXPECT_EQ(revision_of(key, false, ReportType::kConfirmedTest, proof), Revision::kRevise);
  EXPECT_EQ(revision_of(key, false, ReportType::kRevoked, proof), Revision::kRevise);
  EXPECT_EQ(revision_of(key, false, ReportType::kConfirmedClinical, proof), Revision::kNone);
  EXPECT_EQ(revision_of(key, false, ReportType::kSelfReport, proof), Revision::kForbidden);
  EXPECT_EQ(revision_of(key, true, ReportType::kRevoked, proof), Revision::kForbidden);
  EXPECT_EQ(revision_of(key, false, ReportType::kRevoked, {}), Revision::kForbidden);
  const TemporaryKey other_time{key.key.key, 101, 144};
  EXPECT_EQ(revision_of(key, false, ReportType::kRevoked, std::span(&other_time, 1)), Revision::kForbidden);
  key.report_type = ReportType::kConfirmedTest;
  EXPECT_EQ(revision_of(key, false, ReportType::kRevoked, proof), Revision::kForbidden);

  EXPECT_EQ(read_revision_proof(revision_proof(proof)), proof);
  EXPECT_FALSE(read_revision_proof(revision_proof(proof).substr(1)));
  EXPECT_FALSE(read_revision_proof(std::string(24, '\0')));  // a period of nothing
}

TEST(Upload, KeysHaveTheMacOfTheReferenceServer) {
  const auto vectors = vectors_of("server.json");
  const auto& v = vectors.at("tekmac");
  const std::string secret = unhex(text_of(v, "hmac_key_hex")).value();
  std::vector<DiagnosisKey> keys(2);
  keys[0].key = {from_hex<Bytes16>("cf60b1f61773d9297167c18482a4d8a4"), 1, 144};
  keys[1].key = {from_hex<Bytes16>("74f0a984bcdf1b8bb35e778d8a690f45"), 144, 144};
  const auto base64_of = [](std::string_view text) {
    std::string url(text);
    std::replace(url.begin(), url.end(), '+', '-');
    std::replace(url.begin(), url.end(), '/', '_');
    url.erase(url.find('='));
    return url;
  };
  const auto& none = v.at("vectors").at(1);
  EXPECT_EQ(base64url(keys_mac(secret, keys, true)), base64_of(text_of(none, "with_tr")));
  EXPECT_EQ(base64url(keys_mac(secret, keys, false)), base64_of(text_of(none, "without_tr")));
  keys[0].transmission_risk = 3;
  keys[1].transmission_risk = 5;
  const std::string mac = keys_mac(secret, keys, true);
  EXPECT_EQ(base64url(mac), base64_of(text_of(v.at("vectors").at(0), "mac_b64")));
  std::swap(keys[0], keys[1]);
  EXPECT_EQ(keys_mac(secret, keys, true), mac) << "whatever their order";
  EXPECT_THROW(keys_mac("short", keys, true), std::invalid_argument);
}

TEST(Upload, EveryRequestIsOfAFewSizes) {
  for (const std::size_t size : {0U, 1U, 1000U, 4095U, 4096U, 4097U})
    EXPECT_EQ((size + request_padding(size)) % kRequestStep, 0U);
  EXPECT_EQ(request_padding(4096), 0U);
  SeededRandom random(1);
  std::set<std::size_t> sizes;
  for (int i = 0; i < 5000; ++i) sizes.insert(draw_answer_padding(random));
  EXPECT_THAT(sizes, Each(AllOf(Ge(1024U), Le(2048U))));
  EXPECT_GT(sizes.size(), 900U);
}

std::vector<DiagnosisKey> drawn_keys(Random& random, std::size_t count) {
  std::vector<DiagnosisKey> out(count);
  for (std::size_t i = 0; i < count; ++i) {
    out[i].key = draw_key(random, kNow - std::chrono::hours(24 * (i % 14)));
    out[i].report_type = ReportType::kConfirmedTest;
  }
  return out;
}

bool sorted_by_bytes(const std::vector<DiagnosisKey>& keys) {
  return std::is_sorted(keys.begin(), keys.end(), [](const auto& a, const auto& b) { return a.key.key < b.key.key; });
}

constexpr Interval kSpan{{1'637'740'800}, {1'637'755'200}};

TEST(Publish, FillsUpSmallReleasesWithKeysToldLikeTheReal) {
  SeededRandom random(4);
  const auto real = drawn_keys(random, 14);
  std::set<std::size_t> sizes;
  for (int turn = 0; turn < 20; ++turn) {
    const Release release = make_release(kSpan, "VN", {{"v1", "452"}}, real, {}, random);
    ASSERT_THAT(release.files, SizeIs(1));
    const KeyExport& file = release.files[0];
    EXPECT_THAT(file.keys.size(), AllOf(Ge(1000U), Le(1100U)));
    EXPECT_EQ(file.keys.size(), release.drawn.size() + real.size());
    EXPECT_TRUE(sorted_by_bytes(file.keys));
    for (const DiagnosisKey& key : real) {
      EXPECT_NE(std::find(file.keys.begin(), file.keys.end(), key), file.keys.end());
      // As many of each day as of the others, give or take one.
      const auto alike = std::count_if(file.keys.begin(), file.keys.end(), [&](const DiagnosisKey& other) {
        return other.key.start == key.key.start && other.report_type == key.report_type;
      });
      EXPECT_NEAR(static_cast<double>(alike), static_cast<double>(file.keys.size()) / 14, 1);
    }
    sizes.insert(file.keys.size());
  }
  EXPECT_GT(sizes.size(), 5U);
}

TEST(Publish, OfNothingIsNothingAndOfRevisedAloneIsJustThem) {
  SeededRandom random(4);
  EXPECT_THAT(make_release(kSpan, "VN", {}, {}, {}, random).files, IsEmpty());
  const Release release = make_release(kSpan, "VN", {}, {}, drawn_keys(random, 3), random);
  ASSERT_THAT(release.files, SizeIs(1));
  EXPECT_THAT(release.files[0].keys, IsEmpty());
  EXPECT_THAT(release.files[0].revised, SizeIs(3));
  EXPECT_THAT(release.drawn, IsEmpty());
}

TEST(Publish, SplitsLargeReleasesIntoFilesThatPhonesTellApart) {
  SeededRandom random(4);
  PublishRules rules;
  rules.least_keys = 10;
  rules.least_keys_spread = 0;
  rules.most_keys = 10;
  const auto keys = drawn_keys(random, 25), revised = drawn_keys(random, 8);
  const Release release = make_release(kSpan, "VN", {}, keys, revised, random, rules);
  ASSERT_THAT(release.files, SizeIs(4));
  std::vector<DiagnosisKey> all_keys, all_revised;
  for (std::size_t i = 0; i < release.files.size(); ++i) {
    const KeyExport& file = release.files[i];
    EXPECT_EQ(file.batch, 1);
    EXPECT_EQ(file.batches, 1);
    EXPECT_EQ(file.from, kSpan.from);
    EXPECT_EQ(file.to, kSpan.to + std::chrono::seconds(i));
    EXPECT_LE(file.keys.size() + file.revised.size(), 10U);
    all_keys.insert(all_keys.end(), file.keys.begin(), file.keys.end());
    all_revised.insert(all_revised.end(), file.revised.begin(), file.revised.end());
  }
  EXPECT_TRUE(sorted_by_bytes(all_keys));
  EXPECT_TRUE(sorted_by_bytes(all_revised));
  EXPECT_THAT(all_keys, ::testing::UnorderedElementsAreArray(keys));
  EXPECT_THAT(all_revised, ::testing::UnorderedElementsAreArray(revised));
}

TEST(Publish, ReleasesWholeWindowsThatAreOldEnough) {
  const Instant until{1'637'740'800};
  EXPECT_EQ(next_release(until, until + 2h), std::nullopt);
  EXPECT_EQ(next_release(until, until + 3h - 1s), std::nullopt);
  EXPECT_EQ(next_release(until, until + 3h), (Interval{until, until + 1h}));
  EXPECT_EQ(next_release(until, until + 4h + 10min), (Interval{until, until + 2h}));
  EXPECT_EQ(next_release(until, until + 1000h), (Interval{until, until + 4h})) << "one after the other";
  EXPECT_EQ(next_release(until, until - 100h), std::nullopt);
}

TEST(Publish, ForgetsAfterTwoWeeks) {
  const TemporaryKey key{{}, static_cast<IntervalNumber>(kToday), 144};
  EXPECT_FALSE(outlived(key, end_of(key) + 336h - 1s));
  EXPECT_TRUE(outlived(key, end_of(key) + 336h));
  KeyExport file;
  file.to = kNow;
  EXPECT_FALSE(file_outlived(file, kNow + 336h - 1s));
  EXPECT_TRUE(file_outlived(file, kNow + 336h));
  EXPECT_EQ(file_name({{1588345200}, {1588431600}}, 1), "1588345200-1588431600-00001.zip");
}

}  // namespace
}  // namespace luytre::proximity
