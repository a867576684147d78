// Cases by unit, over the reforms of the administrative map: by day of onset or of report, by disease and
// classification, as known at a moment.
//
// Every case keeps the unit it was written down for. *Then* counts it for the unit that was in force on the day that is
// counted; *now* for the one in force today. Where lineage names one unit, the case stands there; where a unit was
// divided (or, looking back, made of several) and nothing says which part, it stands by itself under the unit as
// written, with what it may be: it is given to nobody by share. So both views add up to the same; a neighbour's
// report may count an undecided case too.
//
// Of a case without an onset only how many there are is said, of those reported within the days. Nothing is hidden of
// small counts: only officers who may open these very cases get the report, and the page says that it is not for
// publication.

#pragma once

#include <optional>
#include <string>
#include <vector>

#include "modules/cases/cases.h"
#include "platform/geography/geography.h"

namespace luytre::statistics {

inline constexpr std::int64_t kCaseDaysMost = 1'100;  // three years
inline constexpr std::int64_t kCaseDaysUsual = 28;

enum class CaseDay { kOnset, kReport };
BOOST_DESCRIBE_ENUM(CaseDay, kOnset, kReport)

enum class CaseView { kThen, kNow };
BOOST_DESCRIBE_ENUM(CaseView, kThen, kNow)

// Where there was no district, the commune stands.
enum class CaseLevel { kProvince, kDistrict, kCommune };
BOOST_DESCRIBE_ENUM(CaseLevel, kProvince, kDistrict, kCommune)

struct CaseCounts {
  std::int64_t suspect = 0, probable = 0, confirmed = 0, discarded = 0;
};
BOOST_DESCRIBE_STRUCT(CaseCounts, (), (suspect, probable, confirmed, discarded))

struct PossibleUnit {
  UnitId unit;
  std::string name;
  std::optional<double> share;  // of the area of what was divided; says nothing of people
};
BOOST_DESCRIBE_STRUCT(PossibleUnit, (), (unit, name, share))

struct CaseUnitRow {
  UnitId unit;
  std::string name;  // with what it lay in
  bool clear = true;
  std::vector<std::string> today;      // of a unit that is no longer in force: what it became
  std::vector<PossibleUnit> possible;  // where it is not clear
  std::string disease;
  CaseCounts counts;
};
BOOST_DESCRIBE_STRUCT(CaseUnitRow, (), (unit, name, clear, today, possible, disease, counts))

struct CaseDayRow {
  Date day;
  CaseCounts counts;
};
BOOST_DESCRIBE_STRUCT(CaseDayRow, (), (day, counts))

struct CaseReport {
  std::optional<UnitId> unit;  // absent: the whole country
  std::string name;
  Date from, to;  // both within
  Instant known_at;
  CaseDay day = CaseDay::kOnset;
  CaseView view = CaseView::kNow;
  CaseLevel level = CaseLevel::kCommune;
  CaseCounts whole;
  std::int64_t unclear = 0;       // of the whole, those discarded included, as the next two
  std::int64_t moved = 0;         // that stand under another unit in the other view
  std::int64_t without_day = 0;   // not in the whole
  std::vector<CaseUnitRow> rows;  // by name; those that are not clear come last
  std::vector<CaseDayRow> days;   // that have cases
};
BOOST_DESCRIBE_STRUCT(CaseReport, (),
                      (unit, name, from, to, known_at, day, view, level, whole, unclear, moved, without_day, rows,
                       days))

struct CaseQuestion {
  std::optional<UnitId> unit;
  std::optional<Date> from, to;
  std::optional<Instant> known_at;  // absent: now
  std::optional<std::string> disease;
  CaseDay day = CaseDay::kOnset;
  CaseView view = CaseView::kNow;
  CaseLevel level = CaseLevel::kCommune;
};

// Pure: which units of the level a recorded unit was, or became, on a day. One: that is where it lies. A unit that
// ended without a successor, as the districts did, lies in what its parent became.
std::vector<UnitId> units_on(const geography::Geography& geography, UnitId recorded, Date day, CaseLevel level);

}  // namespace luytre::statistics
