#include "engines/proximity/windows.h"

#include <algorithm>

namespace luytre::proximity {

namespace {

constexpr std::int64_t kWindowSeconds = 30 * 60;
constexpr std::int64_t kSameScanTwice = 51;  // twice 25.5 s = 3 · (4 + 13) s
constexpr std::int64_t kMostMinutesSince = 5;
constexpr std::int32_t kUnknownSince = 120;
constexpr std::int64_t kRecordGap = 10 * 60;
constexpr std::int64_t kScanInterval = 300;

std::int64_t floor_div(std::int64_t a, std::int64_t b) {
  return a / b - (a % b < 0 ? 1 : 0);
}

// Half up, as Java's Math.round; attenuations are not negative.
std::int32_t mean(std::int64_t sum, std::int64_t count) {
  return static_cast<std::int32_t>((2 * sum + count) / (2 * count));
}

std::int32_t since_last_scan(const Heard& heard) {
  if (!heard.scan_before) return kUnknownSince;
  const std::int64_t minutes = floor_div(heard.at.seconds, 60) - floor_div(heard.scan_before->seconds, 60);
  return static_cast<std::int32_t>(60 * std::clamp<std::int64_t>(minutes, 0, kMostMinutesSince));
}

// The instance that sightings of one scan add up to.
class Instance {
 public:
  explicit Instance(const Heard& first)
      : since_(since_last_scan(first)), least_(first.least), sum_(first.sum), count_(first.count) {}
  void add(const Heard& next) {
    least_ = std::min(least_, next.least);
    sum_ += next.sum;
    count_ += next.count;
  }
  ScanInstance done() const { return {least_, mean(sum_, count_), since_}; }

 private:
  std::int32_t since_;
  std::int32_t least_;
  std::int64_t sum_;
  std::int64_t count_;
};

struct Point {
  std::int64_t at;
  std::int32_t attenuation;
};

ExposureRecord record_of(std::span<const Heard> run, std::int32_t low, std::int32_t high) {
  ExposureRecord record;
  record.begin = run.front().at;
  const std::int64_t estimated = run.back().at.seconds - run.front().at.seconds + kScanInterval;
  const std::int64_t over = estimated % kScanInterval;
  record.duration =
      static_cast<std::int32_t>(over <= kScanInterval / 2 ? estimated - over : estimated - over + kScanInterval);

  std::vector<Point> points;
  for (const Heard& heard : run) points.push_back({heard.at.seconds, mean(heard.sum, heard.count)});
  points.insert(points.begin(), {points.front().at - kScanInterval / 2, points.front().attenuation});
  points.push_back({points.back().at + kScanInterval / 2, points.back().attenuation});

  std::int64_t weighted = 0;
  std::int64_t all = 0;
  Point last = points.front();
  for (const Point& point : points) {
    if (point.at == last.at) continue;  // of several at one instant the first counts, as upstream
    const std::int64_t seconds = point.at - last.at;
    weighted += last.attenuation * seconds;
    all += seconds;
    record.seconds[last.attenuation < low ? 0 : last.attenuation < high ? 1 : 2] += static_cast<std::int32_t>(seconds);
    last = point;
  }
  record.attenuation = mean(weighted, all);
  return record;
}

}  // namespace

std::int32_t attenuation(std::int32_t power, std::int32_t rssi, std::int32_t offset) {
  return std::clamp(power - (rssi + offset), 0, kMostAttenuation);
}

Heard heard(Instant at, std::optional<Instant> scan_before, std::int32_t attenuation, std::int32_t confidence) {
  return {at, scan_before, attenuation, attenuation, 1, confidence};
}

std::int64_t utc_day(Instant t) {
  return floor_div(t.seconds, kDaySeconds);
}

bool told(ReportType reported) {
  return reported != ReportType::kUnknown && reported != ReportType::kRevoked;
}

Infectious infectious(const InfectiousDays& map, std::optional<std::int32_t> days_since_onset) {
  const std::int32_t day = days_since_onset.value_or(kMostDaysSinceOnset + 1);
  if (day < -kMostDaysSinceOnset || day > kMostDaysSinceOnset) return map.missing;
  const auto at = static_cast<std::size_t>(day + kMostDaysSinceOnset);
  return at < map.days.size() ? map.days[at] : map.missing;
}

std::vector<ExposureWindow> exposure_windows(std::span<const Heard> heard, ReportType reported, Infectious infectious) {
  std::vector<ExposureWindow> windows;
  if (!told(reported) || infectious == Infectious::kNone) return windows;
  std::optional<Instance> open;
  Instant last;
  const auto close = [&] {
    if (open) windows.back().scans.push_back(open->done());
    open.reset();
  };
  for (const Heard& next : heard) {
    if (windows.empty() || next.at.seconds - windows.back().begin.seconds >= kWindowSeconds) {
      close();
      windows.push_back({next.at, reported, infectious, next.confidence, {}});
    }
    if (open && 2 * (next.at.seconds - last.seconds) <= kSameScanTwice) {
      open->add(next);
    } else {
      close();
      open.emplace(next);
    }
    last = next.at;
  }
  close();
  return windows;
}

std::vector<ExposureRecord> exposure_records(std::span<const Heard> heard, std::int32_t low, std::int32_t high) {
  std::vector<ExposureRecord> records;
  std::size_t from = 0;
  for (std::size_t i = 0; i < heard.size(); ++i) {
    if (i + 1 < heard.size() && heard[i + 1].at.seconds - heard[i].at.seconds <= kRecordGap) continue;
    records.push_back(record_of(heard.subspan(from, i + 1 - from), low, high));
    from = i + 1;
  }
  return records;
}

}  // namespace luytre::proximity
