// Exposure windows: what was heard of one diagnosis key, cut into stretches of up to 30 minutes, as the risk engines
// take it (Exposure Notification v2; rules and constants as in google/exposure-notifications-internals@aaada6ce,
// KeyExposureEvaluator, ExposureWindowUtils, ContactTracingFeature). And exposure records, the older form (v1), for the
// engines that were written for it.
//
//   new window         at the first sighting, and at one that comes 30 min or more after the window's first
//   new scan instance  unless the sighting comes at most 25.5 s, 1.5 × the longest scan, after the one before
//   seconds since      60 · min(5, whole minutes of the clock between), 120 when the scan before is not known;
//   the last scan      of the first sighting of the instance; never below 0 (upstream: negative when a clock went back)
//   attenuation        max(0, transmitted power − (received power + offset of the receiver)), dB; of an instance the
//                      least, and the mean rounded half up ("typical")
//
// A window never says when in the day it lay to whoever shows it: `utc_day` is what may be told. Pure; thread-safe.

#pragma once

#include <array>
#include <boost/describe.hpp>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "engines/proximity/export.h"
#include "platform/base/time.h"

namespace luytre::proximity {

BOOST_DESCRIBE_ENUM(ReportType, kUnknown, kConfirmedTest, kConfirmedClinical, kSelfReport, kRecursive, kRevoked)
inline constexpr std::size_t kReportedKinds = 6;

// A key's day, by the days since the onset of symptoms.
enum class Infectious : std::uint8_t { kNone = 0, kStandard = 1, kHigh = 2 };
BOOST_DESCRIBE_ENUM(Infectious, kNone, kStandard, kHigh)

inline constexpr std::int32_t kMostAttenuation = 255;  // dB

// What a peer may tell of its power, dBm; a match that tells otherwise is thrown away, as its attenuations could be
// anything (matchingTxPowerLowerBound, matchingTxPowerUpperBound).
constexpr bool believable_power(std::int32_t power) {
  return power >= -50 && power <= 20;
}

// `power` as told by the peer (dBm), `rssi` as measured (dBm), `offset` of the receiving model (dB).
std::int32_t attenuation(std::int32_t power, std::int32_t rssi, std::int32_t offset = 0);  // 0 … kMostAttenuation

// One or several sightings of a peer in one scan.
struct Heard {
  Instant at;                          // of the first
  std::optional<Instant> scan_before;  // when the device's scan before this one began; empty: not known
  std::int32_t least = 0;              // attenuation, dB
  std::int64_t sum = 0;                // of the attenuations, dB
  std::int32_t count = 1;              // of the sightings, at least 1
  std::int32_t confidence = 0;         // in the calibration of the power told: 0 lowest … 3 high
};
Heard heard(Instant at, std::optional<Instant> scan_before, std::int32_t attenuation, std::int32_t confidence = 0);

struct ScanInstance {
  std::int32_t min_attenuation = 0;      // dB
  std::int32_t typical_attenuation = 0;  // dB
  std::int32_t seconds_since_last_scan = 0;

  friend bool operator==(const ScanInstance&, const ScanInstance&) = default;
};

struct ExposureWindow {
  Instant begin;  // of the first sighting
  ReportType reported = ReportType::kUnknown;
  Infectious infectious = Infectious::kNone;
  std::int32_t confidence = 0;  // 0 … 3, of the first sighting
  std::vector<ScanInstance> scans;

  friend bool operator==(const ExposureWindow&, const ExposureWindow&) = default;
};

std::int64_t utc_day(Instant t);  // whole days since 1970-01-01 UTC

// Whose exposures people are told of: a test, a clinical diagnosis, self-report, recursive; not unknown, not revoked.
bool told(ReportType reported);

// −14 … 14 days since onset to what the key's day counts as; `missing` where the days are not told or out of range.
struct InfectiousDays {
  std::vector<Infectious> days;  // 29, of −14 first
  Infectious missing = Infectious::kStandard;
  ReportType reported_when_missing = ReportType::kConfirmedTest;
};
BOOST_DESCRIBE_STRUCT(InfectiousDays, (), (days, missing, reported_when_missing))
inline constexpr std::int32_t kMostDaysSinceOnset = 14;

Infectious infectious(const InfectiousDays& map, std::optional<std::int32_t> days_since_onset);

// Of one key. `heard` in order of time. None for a key that is not infectious or whose kind of report is not told of.
std::vector<ExposureWindow> exposure_windows(std::span<const Heard> heard, ReportType reported, Infectious infectious);

// v1: sightings at most 10 minutes apart. Each sighting's attenuation holds until the next; half a scan interval
// (150 s) is added before the first and after the last.
struct ExposureRecord {
  Instant begin;
  std::int32_t duration = 0;              // seconds: from first to last and one interval, to the nearest 300, 150 down
  std::int32_t attenuation = 0;           // dB, mean over time, rounded half up
  std::array<std::int32_t, 3> seconds{};  // below `low`, from it to below `high`, from `high`

  friend bool operator==(const ExposureRecord&, const ExposureRecord&) = default;
};
std::vector<ExposureRecord> exposure_records(std::span<const Heard> heard, std::int32_t low, std::int32_t high);

}  // namespace luytre::proximity
