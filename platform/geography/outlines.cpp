#include "platform/geography/outlines.h"

#include <algorithm>
#include <cmath>
#include <fstream>
#include <sstream>
#include <stdexcept>

#include "platform/http/router.h"

namespace luytre::geography {
namespace {

using json::Array;
using json::Object;
using json::Value;

struct Point {
  double longitude = 0, latitude = 0;
};

[[noreturn]] void refuse(const std::filesystem::path& file, const std::string& why) {
  throw std::runtime_error(file.string() + ": " + why);
}

std::string text_in(const Object& in, std::string_view name) {
  const Value* value = in.if_contains(name);
  return value && value->is_string() ? std::string(value->get_string()) : "";
}

// How far the point lies from the line between two others, in degrees.
double away(const Point& p, const Point& a, const Point& b) {
  const double x = b.longitude - a.longitude, y = b.latitude - a.latitude;
  const double length = std::hypot(x, y);
  const double dx = p.longitude - a.longitude, dy = p.latitude - a.latitude;
  return length == 0 ? std::hypot(dx, dy) : std::abs(x * dy - y * dx) / length;
}

// Douglas and Peucker 1973, without recursion: of a ring the first point, which is the last, stays.
std::vector<Point> simplified(const std::vector<Point>& all) {
  std::vector<bool> stays(all.size(), false);
  stays.front() = stays.back() = true;
  std::vector<std::pair<std::size_t, std::size_t>> open{{0, all.size() - 1}};
  while (!open.empty()) {
    const auto [from, to] = open.back();
    open.pop_back();
    double most = kTolerance;
    std::size_t at = from;
    for (std::size_t i = from + 1; i < to; ++i) {
      const double here = away(all[i], all[from], all[to]);
      if (here <= most) continue;
      most = here;
      at = i;
    }
    if (at == from) continue;
    stays[at] = true;
    open.push_back({from, at});
    open.push_back({at, to});
  }
  std::vector<Point> out;
  for (std::size_t i = 0; i < all.size(); ++i)
    if (stays[i]) out.push_back(all[i]);
  return out;
}

// Nothing: it is no ring, or smaller than the tolerance.
std::optional<Ring> ring_of(const std::filesystem::path& file, const Value& value) {
  constexpr double kDigits = 100'000;  // about a metre
  constexpr std::size_t kLeast = 4;
  const Array* points = value.if_array();
  if (!points || points->size() < kLeast) refuse(file, "a ring has fewer than four points");
  std::vector<Point> all;
  for (const Value& point : *points) {
    const Array* pair = point.if_array();
    if (!pair || pair->size() < 2 || !(*pair)[0].is_number() || !(*pair)[1].is_number())
      refuse(file, "a point is not longitude and latitude");
    const Point p{(*pair)[0].to_number<double>(), (*pair)[1].to_number<double>()};
    if (std::abs(p.longitude) > 180 || std::abs(p.latitude) > 90) refuse(file, "a point is not in degrees of WGS 84");
    all.push_back(p);
  }
  const Point &first = all.front(), &last = all.back();
  if (first.longitude != last.longitude || first.latitude != last.latitude) refuse(file, "a ring is not closed");
  const auto left = simplified(all);
  if (left.size() < kLeast) return std::nullopt;
  Ring out;
  for (const Point& p : left)
    for (const double degrees : {p.longitude, p.latitude})
      out.points.push_back(std::round(degrees * kDigits) / kDigits);
  return out;
}

void add_polygon(const std::filesystem::path& file, const Value& value, std::vector<Ring>& out) {
  const Array* rings = value.if_array();
  if (!rings) refuse(file, "a polygon has no rings");
  for (const Value& ring : *rings)
    if (auto read = ring_of(file, ring)) out.push_back(std::move(*read));
}

std::vector<Ring> rings_of(const std::filesystem::path& file, const Object& feature) {
  std::vector<Ring> out;
  const Value* geometry = feature.if_contains("geometry");
  const Object* shape = geometry ? geometry->if_object() : nullptr;
  const Value* coordinates = shape ? shape->if_contains("coordinates") : nullptr;
  const std::string type = shape ? text_in(*shape, "type") : "";
  if (!coordinates || (type != "Polygon" && type != "MultiPolygon"))
    refuse(file, "a feature is neither Polygon nor MultiPolygon");
  if (type == "Polygon") {
    add_polygon(file, *coordinates, out);
  } else if (const Array* polygons = coordinates->if_array()) {
    for (const Value& polygon : *polygons) add_polygon(file, polygon, out);
  }
  return out;
}

Level level_of(const std::filesystem::path& file, const Object& properties) {
  const std::string level = text_in(properties, "level");
  if (level.empty() || level == "commune") return Level::kCommune;
  if (level == "district") return Level::kDistrict;
  if (level == "province") return Level::kProvince;
  refuse(file, "level is commune, district or province, not " + level);
}

Result<http::Page<Outline>> page(const Outlines& outlines, const Geography& geography, UnitId unit) {
  if (!geography.find(unit)) return kNotFound;
  http::Page<Outline> out;
  out.items = outlines.below(unit);
  return out;
}

Task<Result<http::Page<Outline>>> answer_now(Result<http::Page<Outline>> result) {
  co_return result;
}

}  // namespace

Outlines::Outlines(const std::filesystem::path& file, const Geography& geography) : geography_(geography) {
  if (!std::filesystem::exists(file)) return;
  if (std::filesystem::file_size(file) > kOutlinesMost) refuse(file, "is larger than 200 MB");
  std::ifstream in(file, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  if (!in) refuse(file, "cannot be read");
  const auto value = json::parse_value(text.str());
  const Object* root = value ? value->if_object() : nullptr;
  const Value* list = root ? root->if_contains("features") : nullptr;
  const Array* features = list ? list->if_array() : nullptr;
  if (!features || text_in(*root, "type") != "FeatureCollection") refuse(file, "is no FeatureCollection of GeoJSON");
  const auto day = parse_date(text_in(*root, "validOn"));
  if (!day) refuse(file, "validOn is missing: a day on which its units were in force, as 2025-07-01");
  valid_on_ = *day;
  for (const Value& one : *features) {
    const Object* feature = one.if_object();
    const Value* said = feature ? feature->if_contains("properties") : nullptr;
    const Object* properties = said ? said->if_object() : nullptr;
    if (!properties) refuse(file, "a feature has no properties");
    const std::string code = text_in(*properties, "code");
    if (code.empty()) refuse(file, "a feature has no code");
    const Unit* unit = geography.find(level_of(file, *properties), code, valid_on_);
    if (!unit) {
      ++unknown_;
      continue;
    }
    Outline& outline = all_[unit->id];
    outline.unit = unit->id;
    outline.name = unit->full_name;
    for (Ring& ring : rings_of(file, *feature)) outline.rings.push_back(std::move(ring));
  }
}

std::vector<Outline> Outlines::below(UnitId unit) const {
  std::vector<Outline> out;
  for (const Unit* child : geography_.children(unit, valid_on_))
    if (const auto found = all_.find(child->id); found != all_.end()) out.push_back(found->second);
  return out;
}

void routes(http::Router& router, const Outlines& outlines, const Geography& geography) {
  router.get("/units/{id}/outlines")
      .summary("Outlines of the units below one, from the operator's file, to be drawn beneath what lies in them")
      .permit({Role::kStationOfficer, Role::kDistrictOfficer, Role::kProvinceOfficer}, Purpose::kCaseManagement)
      .errors({kNotFound})
      .handle([&outlines, &geography](http::Call& call) -> Task<Result<http::Page<Outline>>> {
        return answer_now(page(outlines, geography, call.id<UnitId>()));
      });
}

}  // namespace luytre::geography
