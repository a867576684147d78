#include "modules/visits/doubts.h"

#include <algorithm>
#include <cmath>
#include <fstream>
#include <numbers>
#include <numeric>
#include <sstream>
#include <stdexcept>

namespace luytre::visits {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;

constexpr double kEarthRadius = 6371.0;  // kilometres; IUGG mean radius
constexpr double kFarthest = kEarthRadius * std::numbers::pi;

[[noreturn]] void refuse(const std::filesystem::path& file, const std::string& why) {
  throw std::runtime_error(file.string() + ": " + why);
}

// Until when the visit says for sure that somebody was there: past the scan only by a real check-out, which may have
// been tapped late.
Instant sure_until(const Seen& visit, const DoubtRule& rule) {
  if (visit.estimated) return visit.in;
  return std::max(visit.in, visit.out - minutes(rule.forgotten_minutes));
}

double least_kilometres(const Seen& a, const Seen& b) {
  if (!a.spotted || !b.spotted) return 0;
  const double inexact = a.spotted->inexact_kilometres + b.spotted->inexact_kilometres;
  return std::max(0.0, kilometres(a.spotted->point, b.spotted->point) - inexact);
}

bool exact(const Seen& visit) {
  return visit.spotted && visit.spotted->inexact_kilometres == 0;
}

// Where both stand is known: the distance says it. Else two communes do, too.
bool apart(const Seen& a, const Seen& b, const DoubtRule& rule) {
  const bool known = exact(a) && exact(b);
  if (!known && a.commune.value != 0 && b.commune.value != 0 && a.commune != b.commune) return true;
  return least_kilometres(a, b) * 1000 > static_cast<double>(rule.ground_metres);
}

// The least that any way takes.
seconds least_time(double distance, const DoubtRule& rule) {
  double least = INFINITY;
  for (const Way& way : rule.ways) {
    const double hours = distance / static_cast<double>(way.kilometres_per_hour);
    least = std::min(least, hours * 3600 + static_cast<double>(way.minutes_before) * 60);
  }
  return seconds(static_cast<std::int64_t>(least));
}

// Between a visit and one that began no earlier.
std::optional<Flag> contradiction(const Seen& earlier, const Seen& later, const DoubtRule& rule) {
  if (earlier.place == later.place || earlier.vehicle || later.vehicle) return std::nullopt;
  const Instant left = sure_until(earlier, rule);
  const double distance = least_kilometres(earlier, later);
  const bool meanwhile = later.in < left || later.in == earlier.in;
  if (meanwhile && apart(earlier, later, rule)) return Flag::kTwoPlaces;
  const bool near = distance * 1000 <= static_cast<double>(rule.ground_metres);
  if (!near && later.in - left < least_time(distance, rule)) return Flag::kTooFast;
  return std::nullopt;
}

}  // namespace

DoubtRule read_doubt_rule(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  if (!in) refuse(file, "cannot be read");
  std::ostringstream text;
  text << in.rdbuf();
  auto rule = json::parse<DoubtRule>(text.str());
  if (!rule) {
    const auto& fields = rule.error().fields;
    refuse(file, fields.empty() ? rule.error().code : fields.front().pointer + " " + fields.front().code);
  }
  if (rule->id.empty() || rule->ways.empty()) refuse(file, "id and ways wanted");
  if (rule->forgotten_minutes < 0 || rule->around_minutes < 0 || rule->ground_metres < 0 || rule->near_metres < 0 ||
      rule->far_metres < rule->near_metres)
    refuse(file, "a tolerance below nought, or far nearer than near");
  for (const Way& way : rule->ways)
    if (way.kilometres_per_hour < 1 || way.minutes_before < 0 || way.basis.empty())
      refuse(file, way.name + ": a speed, a time and their basis wanted");
  for (const Centre& centre : rule->centres)
    if (centre.within_kilometres < 1) refuse(file, centre.province + ": withinKilometres wanted");
  return std::move(*rule);
}

// Haversine: exact enough at every distance.
double kilometres(places::Point a, places::Point b) {
  const auto radians = [](double degrees) { return degrees * std::numbers::pi / 180; };
  const double north = std::sin(radians(b.latitude - a.latitude) / 2);
  const double east = std::sin(radians(b.longitude - a.longitude) / 2);
  const double chord = north * north + std::cos(radians(a.latitude)) * std::cos(radians(b.latitude)) * east * east;
  return 2 * kEarthRadius * std::asin(std::min(1.0, std::sqrt(chord)));
}

std::vector<std::vector<Flag>> doubts(const std::vector<Seen>& visits, const DoubtRule& rule) {
  std::vector<std::vector<Flag>> out(visits.size());
  const auto flag = [&out](std::size_t i, Flag what) {
    if (std::find(out[i].begin(), out[i].end(), what) == out[i].end()) out[i].push_back(what);
  };
  std::vector<std::size_t> order(visits.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return visits[a].in < visits[b].in; });
  const seconds longest = least_time(kFarthest, rule);
  for (std::size_t i = 0; i < order.size(); ++i) {
    const Seen& one = visits[order[i]];
    if (!one.staff && !places::open_at(one.hours, one.in, minutes(rule.around_minutes)))
      flag(order[i], Flag::kClosedHours);
    for (std::size_t j = i + 1; j < order.size(); ++j) {
      const Seen& other = visits[order[j]];
      if (other.in - sure_until(one, rule) > longest) break;
      const auto found = contradiction(one, other, rule);
      if (!found) continue;
      flag(order[i], *found);
      flag(order[j], *found);
    }
  }
  for (auto& flags : out) std::sort(flags.begin(), flags.end());
  return out;
}

}  // namespace luytre::visits
