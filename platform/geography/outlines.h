// Outlines of units, from a file of the operator's: drawn beneath what lies in them. None are carried with the program,
// as their licences differ.
//
// The file is GeoJSON (RFC 7946): a FeatureCollection of Polygon and MultiPolygon, degrees of WGS 84, with `validOn`, a
// day on which its units were in force, and in each feature's properties `code`, of the General Statistics Office, and
// `level`, "commune" if absent. Holes are rings like others: they are drawn, not filled. Points closer than kTolerance
// to the line that is left without them are left out. Read once; immutable; thread-safe.

#pragma once

#include <filesystem>
#include <map>
#include <vector>

#include "platform/geography/geography.h"

namespace luytre::geography {

inline constexpr double kTolerance = 0.0002;                        // degrees: some twenty metres
inline constexpr std::uintmax_t kOutlinesMost = 200 * 1024 * 1024;  // bytes of the file

struct Ring {
  std::vector<double> points;  // longitude and latitude in turn; the last point is the first
};
BOOST_DESCRIBE_STRUCT(Ring, (), (points))

struct Outline {
  UnitId unit;
  std::string name;
  std::vector<Ring> rings;
};
BOOST_DESCRIBE_STRUCT(Outline, (), (unit, name, rings))

class Outlines {
 public:
  // Without a file there are none. Throws runtime_error naming the file and what is wrong in it.
  Outlines(const std::filesystem::path& file, const Geography& geography);

  std::size_t size() const { return all_.size(); }
  std::size_t unknown() const { return unknown_; }  // features whose code no unit had on that day
  // Of the units that lay directly in this one on the file's day, those that have one; by name.
  std::vector<Outline> below(UnitId unit) const;

 private:
  const Geography& geography_;
  Date valid_on_;
  std::map<UnitId, Outline> all_;
  std::size_t unknown_ = 0;
};

// GET /units/{id}/outlines, for officers.
void routes(http::Router& router, const Outlines& outlines, const Geography& geography);

}  // namespace luytre::geography
