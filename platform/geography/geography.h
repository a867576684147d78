// Geography: the administrative units of Viet Nam, each valid from–to, and how old units became new ones.
//
// A unit's identity is its id, never its code or name: codes are reused (91 was Kiên Giang and is An Giang), names
// differ by one diacritic (Ba Tơ, Ba Tô). Levels are read from the data, not assumed: province > district > commune
// until 2025-07-01, province > commune since. A fact keeps the unit that was valid when it happened; covers() follows
// the lineage so that the officers of a successor unit see it. Read once from data/geography (see its README for
// sources and dates); immutable afterwards, thread-safe, no database.

#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "platform/base/id.h"
#include "platform/base/json.h"
#include "platform/base/time.h"

namespace luytre::http {
class Router;
}

namespace luytre::geography {

enum class Level { kCountry, kProvince, kDistrict, kCommune };
BOOST_DESCRIBE_ENUM(Level, kCountry, kProvince, kDistrict, kCommune)

struct Unit {
  UnitId id;
  std::string code;       // of the General Statistics Office; unique only within level and date
  std::string name;       // "Hải Lăng"
  std::string full_name;  // "Xã Hải Lăng"
  Level level = Level::kCommune;
  std::optional<UnitId> parent;
  Date valid_from;               // 1900-01-01 where the source does not know
  std::optional<Date> valid_to;  // exclusive; absent: in force
};
BOOST_DESCRIBE_STRUCT(Unit, (), (id, code, name, full_name, level, parent, valid_from, valid_to))

struct Lineage {
  UnitId from;
  UnitId to;
  bool whole = true;  // false: a part of `from` went to `to`
  double share = 1;   // of from's area, an estimate
  Date on;
};

class Geography {
 public:
  explicit Geography(const std::filesystem::path& folder);  // throws runtime_error naming file and line
  ~Geography();

  const Unit* find(UnitId id) const;
  const Unit* find(Level level, std::string_view code, Date at) const;
  std::vector<const Unit*> children(std::optional<UnitId> parent,
                                    Date at) const;     // no parent: the provinces; by name, Vietnamese order
  std::vector<const Unit*> ancestors(UnitId id) const;  // nearest first, at the unit's own time
  std::string path_text(UnitId id) const;               // "Xã Hải Lăng, Tỉnh Quảng Trị"
  std::vector<Lineage> successors(UnitId id) const;
  std::vector<Lineage> predecessors(UnitId id) const;

  // Whether `unit` lies in `area`: below it in its own time, or one of its ancestors or successors (also by part) does.
  // Area id 0 is the whole country and covers everything.
  bool covers(UnitId area, UnitId unit) const;
  bool covers(std::span<const UnitId> areas, UnitId unit) const;  // one of them does
  // Every unit that the area covers, itself included; for "unit IN (…)" of lists. At most some thousands, but for area
  // 0 all there are: a list for the whole country leaves the condition out.
  std::vector<UnitId> covered(UnitId area) const;

  // The commune whose health station is responsible for a fact in `unit` on a day: the unit itself if in force then,
  // else its successor with the largest share; absent when the unit is not a commune or is split without a clear
  // successor (share < 0.5).
  std::optional<UnitId> responsible_commune(UnitId unit, Date at) const;

  // Folded search over names in force at a date ("hai lang" finds Hải Lăng), best first.
  // Words may also name what the unit lies in ("hai lang quang tri"); a name typed with its diacritics comes before its
  // look-alikes.
  std::vector<const Unit*> search(std::string_view text, Date at, std::size_t most) const;

  struct Impl;

 private:
  std::unique_ptr<Impl> impl_;
};

// GET /units, /units/search, /units/{id}: public facts. The clock says what "today" is when ?at= is absent.
void routes(http::Router& router, const Geography& geography, const Clock& clock);

}  // namespace luytre::geography
