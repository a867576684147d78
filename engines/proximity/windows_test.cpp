// Exposure windows, exposure records and the rhythm of scans, against tellings of the rules that share no code with
// them.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
// gtest first: rapidcheck looks for it.
#include <rapidcheck/gtest.h>

#include <cmath>

#include "engines/proximity/scan.h"
#include "engines/proximity/windows.h"

namespace luytre::proximity {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr std::int64_t kNoon = 1'600'000'800;  // whole minutes

Heard at(std::int64_t seconds, std::int32_t attenuation, std::optional<std::int64_t> since = {}) {
  const Instant when{kNoon + seconds};
  return heard(when, since ? std::optional(Instant{when.seconds - *since}) : std::nullopt, attenuation);
}

std::vector<ExposureWindow> windows(const std::vector<Heard>& heard) {
  return exposure_windows(heard, ReportType::kConfirmedTest, Infectious::kStandard);
}

TEST(Windows, AttenuationIsNeverBelowZero) {
  EXPECT_EQ(attenuation(-10, -70), 60);
  EXPECT_EQ(attenuation(-24, -70, 5), 41);
  EXPECT_EQ(attenuation(-30, -20), 0);
  EXPECT_EQ(attenuation(127, -128, -127), kMostAttenuation);
}

TEST(Windows, PowersBeyondWhatADeviceSendsAreNotBelieved) {
  EXPECT_TRUE(believable_power(-50) && believable_power(0) && believable_power(20));
  EXPECT_FALSE(believable_power(-51) || believable_power(21));
}

TEST(Windows, SightingsOfOneScanAreOneInstance) {
  const auto found = windows({at(0, 60, 240), at(3, 65, 240), at(28, 58, 240)});
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].begin.seconds, kNoon);
  EXPECT_THAT(found[0].scans, ElementsAre(ScanInstance{58, 61, 240}));
}

TEST(Windows, ASightingAfterMoreThan25SecondsIsAnotherInstance) {
  const auto found = windows({at(0, 60), at(26, 65)});
  ASSERT_EQ(found.size(), 1u);
  EXPECT_THAT(found[0].scans, ElementsAre(ScanInstance{60, 60, 120}, ScanInstance{65, 65, 120}));
}

TEST(Windows, TypicalIsRoundedHalfUp) {
  EXPECT_EQ(windows({at(0, 60), at(1, 61)})[0].scans[0].typical_attenuation, 61);
  EXPECT_EQ(windows({at(0, 60), at(1, 60), at(2, 61)})[0].scans[0].typical_attenuation, 60);
}

TEST(Windows, TimeSinceTheLastScanIsInMinutesOfTheClockAndAtMostFive) {
  EXPECT_EQ(windows({at(0, 60, 1)})[0].scans[0].seconds_since_last_scan, 60);   // 11:59:59, 12:00:00
  EXPECT_EQ(windows({at(59, 60, 59)})[0].scans[0].seconds_since_last_scan, 0);  // one minute of the clock
  EXPECT_EQ(windows({at(0, 60, 299)})[0].scans[0].seconds_since_last_scan, 300);
  EXPECT_EQ(windows({at(0, 60, 4000)})[0].scans[0].seconds_since_last_scan, 300);
  EXPECT_EQ(windows({at(0, 60, -500)})[0].scans[0].seconds_since_last_scan, 0);  // the clock was put back
  EXPECT_EQ(windows({at(0, 60)})[0].scans[0].seconds_since_last_scan, 120);
}

TEST(Windows, AWindowEndsBeforeThirtyMinutes) {
  const auto found = windows({at(0, 60), at(900, 61), at(1799, 62), at(1800, 63), at(3599, 64), at(3600, 65)});
  ASSERT_EQ(found.size(), 3u);
  EXPECT_EQ(found[0].scans.size(), 3u);
  // Though the first sighting of the second window belongs to the scan of the last one before.
  EXPECT_THAT(found[1].scans, ElementsAre(ScanInstance{63, 63, 120}, ScanInstance{64, 64, 120}));
  EXPECT_EQ(found[2].begin.seconds, kNoon + 3600);
}

TEST(Windows, NobodyIsToldOfWhatIsNotConfirmedOrWasRevokedOrNotInfectious) {
  const std::vector<Heard> heard{at(0, 40)};
  for (const auto reported : {ReportType::kUnknown, ReportType::kRevoked})
    EXPECT_THAT(exposure_windows(heard, reported, Infectious::kHigh), IsEmpty());
  EXPECT_THAT(exposure_windows(heard, ReportType::kConfirmedTest, Infectious::kNone), IsEmpty());
  EXPECT_EQ(exposure_windows(heard, ReportType::kRecursive, Infectious::kHigh).size(), 1u);
}

TEST(Windows, DaysSinceOnsetChooseTheInfectiousness) {
  InfectiousDays map;
  map.days.assign(29, Infectious::kNone);
  map.days[0] = Infectious::kHigh;
  map.days[14] = Infectious::kStandard;
  EXPECT_EQ(infectious(map, -14), Infectious::kHigh);
  EXPECT_EQ(infectious(map, 0), Infectious::kStandard);
  EXPECT_EQ(infectious(map, 14), Infectious::kNone);
  map.missing = Infectious::kHigh;
  EXPECT_EQ(infectious(map, -15), Infectious::kHigh);
  EXPECT_EQ(infectious(map, 15), Infectious::kHigh);
  EXPECT_EQ(infectious(map, std::nullopt), Infectious::kHigh);
}

// Window and instance of every sighting, counted on one by one.
std::vector<ExposureWindow> told_slowly(const std::vector<Heard>& all) {
  std::vector<ExposureWindow> out;
  std::vector<std::vector<std::int32_t>> seen;
  for (std::size_t i = 0; i < all.size(); ++i) {
    const double gap = i == 0 ? 1e9 : static_cast<double>(all[i].at.seconds - all[i - 1].at.seconds);
    const bool new_window = out.empty() || all[i].at.seconds >= out.back().begin.seconds + 1800;
    if (new_window) out.push_back({all[i].at, ReportType::kConfirmedTest, Infectious::kStandard, 0, {}});
    if (new_window || gap > 1.5 * (4 + 13)) {
      const std::int64_t since =
          all[i].scan_before ? all[i].at.seconds / 60 - all[i].scan_before->seconds / 60 : std::int64_t{2};
      out.back().scans.push_back({0, 0, static_cast<std::int32_t>(60 * std::min<std::int64_t>(5, since))});
      seen.emplace_back();
    }
    seen.back().push_back(all[i].least);
    double sum = 0;
    for (const auto each : seen.back()) sum += each;
    auto& scan = out.back().scans.back();
    scan.typical_attenuation =
        static_cast<std::int32_t>(std::floor(sum / static_cast<double>(seen.back().size()) + .5));
    scan.min_attenuation = *std::min_element(seen.back().begin(), seen.back().end());
  }
  return out;
}

std::vector<Heard> any_run() {
  std::vector<Heard> run;
  std::int64_t now = *rc::gen::inRange<std::int64_t>(0, 100'000);
  const int count = *rc::gen::inRange(0, 60);
  for (int i = 0; i < count; ++i) {
    now += *rc::gen::element<std::int64_t>(0, 1, 20, 25, 26, 150, 240, 299, 600, 601, 1800);
    run.push_back(at(now, *rc::gen::inRange(30, 90),
                     *rc::gen::element<std::optional<std::int64_t>>(std::nullopt, 0, 60, 200, 299, 500)));
  }
  return run;
}

RC_GTEST_PROP(Windows, AreThoseOfTheSlowTelling, ()) {
  const auto run = any_run();
  RC_ASSERT(windows(run) == told_slowly(run));
}

// As the store adds them up.
RC_GTEST_PROP(Windows, OfSightingsAddedUpByScanAreTheSame, ()) {
  std::vector<Heard> each, summed;
  std::int64_t now = 0;
  const int scans = *rc::gen::inRange(0, 40);
  for (int scan = 0; scan < scans; ++scan) {
    now += *rc::gen::element<std::int64_t>(60, 150, 240, 300, 1000);  // so that no window ends one second into a scan
    Heard sum = at(now, *rc::gen::inRange(30, 90), 240);
    each.push_back(sum);
    const int more = *rc::gen::inRange(0, 3);
    for (int i = 0; i < more; ++i) {
      const Heard next = at(now + i / 2, *rc::gen::inRange(30, 90), 240);
      each.push_back(next);
      sum.least = std::min(sum.least, next.least);
      sum.sum += next.sum;
      ++sum.count;
    }
    summed.push_back(sum);
  }
  RC_ASSERT(windows(summed) == windows(each));
}

TEST(Records, AreCutWhereNothingWasHeardForMoreThanTenMinutes) {
  const auto found = exposure_records(std::vector{at(0, 50), at(600, 60), at(1201, 70)}, 55, 63);
  ASSERT_EQ(found.size(), 2u);
  EXPECT_EQ(found[0].duration, 900);
  EXPECT_THAT(found[0].seconds, ElementsAre(150 + 600, 150, 0));
  EXPECT_EQ(found[0].attenuation, 52);  // (750 · 50 + 150 · 60) / 900 = 51.7
  EXPECT_EQ(found[1].duration, 300);
  EXPECT_THAT(found[1].seconds, ElementsAre(0, 0, 300));
}

TEST(Records, DurationIsToTheNearestFiveMinutesHalfDown) {
  const auto duration = [](std::int64_t last) {
    return exposure_records(std::vector{at(0, 50), at(last, 50)}, 55, 63)[0].duration;
  };
  EXPECT_EQ(duration(150), 300);
  EXPECT_EQ(duration(151), 600);
  EXPECT_EQ(duration(450), 600);
  EXPECT_EQ(duration(451), 900);
}

TEST(Records, AreWeightedAsTheExampleUpstream) {
  // "t=00, attenuation=1; t=10, 4; t=50, 5": with half an interval of 150 s about them.
  const auto found = exposure_records(std::vector{at(0, 1), at(10, 4), at(50, 5)}, 2, 5);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_THAT(found[0].seconds, ElementsAre(160, 40, 150));
  EXPECT_EQ(found[0].attenuation, std::lround((160 * 1 + 40 * 4 + 150 * 5) / 350.0));
}

RC_GTEST_PROP(Scan, ComesEveryTwoAndAHalfToFiveMinutes, (std::uint64_t seed)) {
  const Instant t{*rc::gen::inRange<std::int64_t>(-1'000'000, 4'000'000'000)};
  const Instant next = scan_from(seed, t), last = scan_before(seed, t);
  RC_ASSERT(last < t && t <= next);
  RC_ASSERT(next - last >= kShortestScanGap && next - last <= kLongestScanGap);
  RC_ASSERT(scan_before(seed, next) == last && scan_from(seed, Instant{last.seconds + 1}) == next);
}

TEST(Scan, DevicesDoNotStayInStep) {
  int together = 0;
  Instant one{kNoon}, other{kNoon};
  for (int i = 0; i < 1000; ++i) {
    one = scan_from(1, one), other = scan_from(2, other);
    together += one == other;
    one.seconds += 75, other.seconds += 75;  // past the part of the slot that scans are drawn from
  }
  EXPECT_LT(together, 40);  // of 1000, one in 75 is expected
}

TEST(Scan, IsLongerWhileBluetoothCarriesSound) {
  EXPECT_EQ(scan_length(false).count(), 4);
  EXPECT_EQ(scan_length(true).count(), 17);
}

}  // namespace
}  // namespace luytre::proximity
