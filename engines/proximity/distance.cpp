#include "engines/proximity/distance.h"

#include <algorithm>
#include <cmath>

#include "platform/base/json.h"

namespace luytre::proximity {

namespace {

constexpr double kLeastWeight = 0.05;
constexpr double kNearest = 0.1;
constexpr double kFarthest = 50;
constexpr std::int64_t kStep = 60;
constexpr std::int64_t kPresentSeconds = 150;  // half the longest gap between scans
constexpr std::int64_t kLongest = 7 * 86400;   // of a closeness; later beacons are left out

double probability(const std::vector<NearPoint>& points, double evidence) {
  const auto next = std::lower_bound(points.begin(), points.end(), evidence,
                                     [](const NearPoint& point, double value) { return point.evidence < value; });
  if (next == points.begin()) return points.front().probability;
  if (next == points.end()) return points.back().probability;
  const NearPoint& last = *(next - 1);
  const double part = (evidence - last.evidence) / (next->evidence - last.evidence);
  return last.probability + part * (next->probability - last.probability);
}

bool in(double value, double least, double most) {
  return value >= least && value <= most;
}

std::vector<FieldError> check(const DistanceTable& table) {
  std::vector<FieldError> wrong;
  const auto that = [&](bool holds, std::string pointer, const char* code = "range") {
    if (!holds) wrong.push_back({std::move(pointer), code, {}});
  };
  that(!table.id.empty(), "/id", "required");
  that(!table.source.empty(), "/source", "required");
  that(in(table.intercept, -100, 200), "/intercept");
  that(in(table.slope, 0.1, 100), "/slope");
  that(in(table.per_log_count, 0, 50), "/perLogCount");
  that(in(table.expected, 1e-3, 1e6), "/expected");
  that(in(table.reach, 1, 3600), "/reach");
  for (std::size_t i = 0; i < table.models.size(); ++i) {
    const std::string at = "/models/" + std::to_string(i);
    that(in(table.models[i].receiving, -100, 100), at + "/receiving");
    that(in(table.models[i].sending, -100, 100), at + "/sending");
  }
  that(!table.near.empty(), "/near", "required");
  for (std::size_t i = 0; i < table.near.size(); ++i) {
    const std::string at = "/near/" + std::to_string(i);
    that(in(table.near[i].evidence, -200, 300), at + "/evidence");
    that(in(table.near[i].probability, 0, 1), at + "/probability");
    if (i == 0) continue;
    that(table.near[i].evidence > table.near[i - 1].evidence, at + "/evidence", "order");
    that(table.near[i].probability <= table.near[i - 1].probability, at + "/probability", "order");
  }
  return wrong;
}

bool earlier(const Beacon& beacon, Instant t) {
  return beacon.at < t;
}

}  // namespace

Result<DistanceTable> parse_distance_table(std::string_view text) {
  auto table = json::parse<DistanceTable>(text);
  if (!table) return table;
  if (auto wrong = check(*table); !wrong.empty()) return Error(kInvalid, std::move(wrong));
  return table;
}

double offset(const DistanceTable& table, std::string_view receiver, std::string_view sender) {
  double sum = 0;
  for (const ModelOffsets& each : table.models) {
    if (each.model == receiver) sum += each.receiving;
    if (each.model == sender) sum += each.sending;
  }
  return sum;
}

std::optional<Nearness> PairDistance::at(Instant t) const {
  const auto reach = static_cast<std::int64_t>(table_->reach);
  const auto from = std::lower_bound(beacons_.begin(), beacons_.end(), Instant{t.seconds - reach}, earlier);
  double weights = 0;
  double sum = 0;
  for (auto beacon = from; beacon != beacons_.end() && beacon->at.seconds <= t.seconds + reach; ++beacon) {
    const double away = static_cast<double>(std::abs(beacon->at.seconds - t.seconds));
    const double weight = std::max(kLeastWeight, 1 - away / table_->reach) * beacon->count;
    weights += weight;
    sum += weight * beacon->attenuation;
  }
  if (!(weights > 0)) return std::nullopt;
  Nearness told;
  told.weights = weights;
  told.evidence = sum / weights - table_->per_log_count * std::log(weights / table_->expected);
  told.metres = std::clamp(std::exp((told.evidence - table_->intercept) / table_->slope), kNearest, kFarthest);
  told.near = probability(table_->near, told.evidence);
  return told;
}

Closeness closeness(const DistanceTable& table, std::span<const Beacon> beacons) {
  Closeness out;
  if (beacons.empty()) return out;
  const PairDistance pair(table, beacons);
  std::vector<double> metres;
  const std::int64_t first = beacons.front().at.seconds;
  const std::int64_t last = std::min(beacons.back().at.seconds, first + kLongest);
  std::size_t next = 0;  // first beacon that is not too early
  for (std::int64_t t = first; t <= last; t += kStep) {
    while (next < beacons.size() && beacons[next].at.seconds < t - kPresentSeconds) ++next;
    if (next == beacons.size()) break;
    if (beacons[next].at.seconds > t + kPresentSeconds) continue;
    const auto told = pair.at({t});
    if (!told) continue;
    out.seconds += kStep;
    out.near_seconds += kStep * told->near;
    metres.push_back(told->metres);
  }
  if (metres.empty()) return out;
  const auto middle = metres.begin() + static_cast<std::ptrdiff_t>(metres.size() / 2);
  std::nth_element(metres.begin(), middle, metres.end());
  out.metres = *middle;
  return out;
}

}  // namespace luytre::proximity
