#include "engines/proximity/distance_fit.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <stdexcept>

namespace luytre::proximity {

namespace {

constexpr double kLeastMetres = 0.3;  // nearer, a hand's breadth more or less is all noise
constexpr double kHeld = 200;         // beacons, as many as hold an offset near 0
constexpr int kTurns = 6;
constexpr double kReaches[] = {150, 300};
constexpr double kPerLogCounts[] = {0, 2, 4, 6};
constexpr std::size_t kMostPoints = 24;
constexpr std::int64_t kGrid = 10;  // seconds; evidence hardly changes within

struct Row {
  std::size_t receiver;
  std::size_t sender;
  double attenuation;
  double log_metres;
};

class Models {
 public:
  std::size_t number(const std::string& model) { return numbers_.try_emplace(model, numbers_.size()).first->second; }
  std::size_t size() const { return numbers_.size(); }
  const std::map<std::string, std::size_t>& all() const { return numbers_; }

 private:
  std::map<std::string, std::size_t> numbers_;
};

void fit_line(const std::vector<Row>& rows, const std::vector<double>& receiving, const std::vector<double>& sending,
              DistanceTable& table) {
  double n = 0, sx = 0, sy = 0, sxx = 0, sxy = 0;
  for (const Row& row : rows) {
    const double y = row.attenuation - receiving[row.receiver] - sending[row.sender];
    n += 1, sx += row.log_metres, sy += y, sxx += row.log_metres * row.log_metres, sxy += row.log_metres * y;
  }
  const double spread = n * sxx - sx * sx;
  table.slope = spread > 0 ? std::max((n * sxy - sx * sy) / spread, 0.1) : 1;
  table.intercept = (sy - table.slope * sx) / n;
}

// Of each model the mean of what the others leave over, held near 0.
template <class Number, class Rest>
void fit_offsets(const std::vector<Row>& rows, std::vector<double>& offsets, Number number, Rest rest) {
  std::vector<double> sums(offsets.size()), counts(offsets.size(), kHeld);
  for (const Row& row : rows) {
    sums[number(row)] += rest(row);
    counts[number(row)] += 1;
  }
  for (std::size_t i = 0; i < offsets.size(); ++i) offsets[i] = sums[i] / counts[i];
}

void fit_attenuation(DistanceTable& table, std::span<const MeasuredPair> pairs) {
  Models models;
  std::vector<Row> rows;
  for (const MeasuredPair& pair : pairs)
    for (const Measured& beacon : pair)
      if (beacon.metres > 0)
        rows.push_back({models.number(beacon.receiver), models.number(beacon.sender), beacon.attenuation,
                        std::log(std::max(beacon.metres, kLeastMetres))});
  if (rows.empty()) throw std::invalid_argument("no beacon of known distance");
  std::vector<double> receiving(models.size()), sending(models.size());
  for (int turn = 0; turn < kTurns; ++turn) {
    fit_line(rows, receiving, sending, table);
    const auto left = [&](const Row& row) { return row.attenuation - table.intercept - table.slope * row.log_metres; };
    fit_offsets(
        rows, receiving, [](const Row& row) { return row.receiver; },
        [&](const Row& row) { return left(row) - sending[row.sender]; });
    fit_offsets(
        rows, sending, [](const Row& row) { return row.sender; },
        [&](const Row& row) { return left(row) - receiving[row.receiver]; });
  }
  table.models.clear();
  for (const auto& [model, number] : models.all()) table.models.push_back({model, receiving[number], sending[number]});
}

// What `judge` finds, with the parts of the evidence that depend on per_log_count apart.
struct Parts {
  double mean;
  double log_weights;
  bool near;
};

std::vector<Parts> parts_of(const DistanceTable& table, std::span<const MeasuredPair> pairs) {
  DistanceTable plain = table;
  plain.per_log_count = 0;
  std::vector<Parts> out;
  for (const MeasuredPair& pair : pairs) {
    const std::vector<Beacon> beacons = corrected(plain, pair);
    const PairDistance distance(plain, beacons);
    std::optional<Nearness> told;
    std::optional<std::int64_t> told_for;
    for (const Measured& beacon : pair) {
      if (!(beacon.metres > 0)) continue;
      const std::int64_t slot = beacon.at.seconds / kGrid;
      if (told_for != slot) told = distance.at({slot * kGrid + kGrid / 2});
      told_for = slot;
      out.push_back({told->evidence, std::log(told->weights), beacon.metres <= kNearMetres});
    }
  }
  return out;
}

std::vector<Judged> judged_by(const std::vector<Parts>& parts, double per_log_count, double log_expected) {
  std::vector<Judged> out;
  out.reserve(parts.size());
  for (const Parts& part : parts)
    out.push_back({per_log_count * (part.log_weights - log_expected) - part.mean, part.near});
  return out;
}

double mean_log_weights(const std::vector<Parts>& parts) {
  double sum = 0;
  for (const Parts& part : parts) sum += part.log_weights;
  return sum / static_cast<double>(parts.size());
}

struct Block {
  double evidence;  // mean
  double near;      // mean
  double count;
};

// Pools blocks until the share of near ones falls with the evidence, then halves their number until they are few.
std::vector<NearPoint> isotonic(std::vector<Judged> judged) {
  std::sort(judged.begin(), judged.end(), [](const Judged& a, const Judged& b) { return a.score > b.score; });
  const std::size_t grain = std::max<std::size_t>(1, judged.size() / 200);
  std::vector<Block> blocks;
  for (std::size_t from = 0; from < judged.size(); from += grain) {
    Block block{0, 0, 0};
    for (std::size_t i = from; i < std::min(judged.size(), from + grain); ++i)
      block.evidence -= judged[i].score, block.near += judged[i].near, block.count += 1;
    block.evidence /= block.count;
    block.near /= block.count;
    blocks.push_back(block);
    const auto pooled = [](const Block& a, const Block& b) {
      const double count = a.count + b.count;
      return Block{(a.evidence * a.count + b.evidence * b.count) / count, (a.near * a.count + b.near * b.count) / count,
                   count};
    };
    while (blocks.size() > 1 && blocks[blocks.size() - 2].near <= blocks.back().near) {
      const Block last = blocks.back();
      blocks.pop_back();
      blocks.back() = pooled(blocks.back(), last);
    }
  }
  const std::size_t step = (blocks.size() + kMostPoints - 1) / kMostPoints;
  std::vector<NearPoint> points;
  for (std::size_t i = 0; i < blocks.size(); i += step) {
    if (points.empty() || blocks[i].evidence > points.back().evidence)
      points.push_back({blocks[i].evidence, blocks[i].near});
  }
  return points;
}

}  // namespace

std::vector<Beacon> corrected(const DistanceTable& table, const MeasuredPair& pair) {
  std::map<std::pair<std::string, std::string>, double> offsets;
  std::vector<Beacon> out;
  out.reserve(pair.size());
  for (const Measured& beacon : pair) {
    const auto [known, fresh] = offsets.try_emplace({beacon.receiver, beacon.sender});
    if (fresh) known->second = offset(table, beacon.receiver, beacon.sender);
    out.push_back({beacon.at, beacon.attenuation - known->second, 1});
  }
  return out;
}

std::vector<Judged> judge(const DistanceTable& table, std::span<const MeasuredPair> pairs) {
  return judged_by(parts_of(table, pairs), table.per_log_count, std::log(table.expected));
}

DistanceTable fit(const DistanceTable& named, std::span<const MeasuredPair> pairs) {
  DistanceTable table = named;
  table.near = {{0, 0}};  // not asked yet
  fit_attenuation(table, pairs);
  DistanceTable best = table;
  std::vector<Judged> best_judged;
  double highest = -1;
  for (const double reach : kReaches) {
    table.reach = reach;
    table.expected = 1;
    const std::vector<Parts> parts = parts_of(table, pairs);
    const double log_expected = mean_log_weights(parts);
    for (const double per_log_count : kPerLogCounts) {
      std::vector<Judged> judged = judged_by(parts, per_log_count, log_expected);
      const double reached = average_precision(precision_recall(judged));
      if (reached <= highest) continue;
      highest = reached;
      best = table;
      best.per_log_count = per_log_count;
      best.expected = std::exp(log_expected);
      best_judged = std::move(judged);
    }
  }
  const auto near = std::count_if(best_judged.begin(), best_judged.end(), [](const Judged& each) { return each.near; });
  if (near == 0 || near == static_cast<std::ptrdiff_t>(best_judged.size()))
    throw std::invalid_argument("beacons near and far are needed");
  best.near = isotonic(std::move(best_judged));
  return best;
}

std::vector<CurvePoint> precision_recall(std::vector<Judged> judged) {
  std::sort(judged.begin(), judged.end(), [](const Judged& a, const Judged& b) { return a.score > b.score; });
  const auto all = std::count_if(judged.begin(), judged.end(), [](const Judged& each) { return each.near; });
  std::vector<CurvePoint> curve;
  std::size_t right = 0;
  for (std::size_t i = 0; i < judged.size(); ++i) {
    right += judged[i].near;
    if (i + 1 < judged.size() && judged[i + 1].score == judged[i].score) continue;
    curve.push_back({judged[i].score, static_cast<double>(right) / static_cast<double>(i + 1),
                     all == 0 ? 0 : static_cast<double>(right) / static_cast<double>(all)});
  }
  return curve;
}

double average_precision(std::span<const CurvePoint> curve) {
  double sum = 0;
  double last = 0;
  for (const CurvePoint& point : curve) {
    sum += point.precision * (point.recall - last);
    last = point.recall;
  }
  return sum;
}

double precision_at(std::span<const CurvePoint> curve, double recall) {
  double best = 0;
  for (const CurvePoint& point : curve)
    if (point.recall >= recall) best = std::max(best, point.precision);
  return best;
}

}  // namespace luytre::proximity
