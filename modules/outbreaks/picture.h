// What an outbreak looks like: epidemic curve, classifications, ages, places, chain of transmission. Counts and dates;
// nobody's name. Pure.
//
// A case stands in the curve on one day: that of the onset, else of the sample, else of the report, and the curve says
// which, so that the three are never taken for one another. Discarded cases are counted as such and are in nothing
// else.
//
// The chain is a forest: below a case stand those of which it is the source, by day; a case whose source is unknown, or
// not in this outbreak, begins a tree. The serial interval is the time from the onset of the source to that of the
// case, in days; only of two onsets. It is a contradiction when the case fell ill before its source did.

#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "modules/cases/cases.h"

namespace luytre::outbreaks {

enum class DayOf { kOnset, kSample, kReport };
BOOST_DESCRIBE_ENUM(DayOf, kOnset, kSample, kReport)

struct CaseDay {
  Date day;
  DayOf of = DayOf::kOnset;
};
CaseDay day_of(const cases::OutbreakCase& one);

struct CurveDay {
  Date day;
  std::int64_t onset = 0, sample = 0, report = 0;  // cases that stand here by this date
};
BOOST_DESCRIBE_STRUCT(CurveDay, (), (day, onset, sample, report))

struct ClassificationCount {
  cases::Classification classification = cases::Classification::kSuspect;
  std::int64_t cases = 0;
};
BOOST_DESCRIBE_STRUCT(ClassificationCount, (), (classification, cases))

// Years from both included; absent `to`: and older; absent `from`: the age is not known.
struct AgeCount {
  std::optional<std::int64_t> from, to;
  std::int64_t male = 0, female = 0, other = 0;
};
BOOST_DESCRIBE_STRUCT(AgeCount, (), (from, to, male, female, other))

struct UnitCount {
  UnitId unit;
  std::string unit_name;
  std::int64_t cases = 0;
};
BOOST_DESCRIBE_STRUCT(UnitCount, (), (unit, unit_name, cases))

struct Link {
  CaseId id;
  std::string number;
  cases::Classification classification = cases::Classification::kSuspect;
  std::int64_t depth = 0;
  Date day;
  DayOf of = DayOf::kOnset;
  std::optional<std::string> source;   // its number, also of one outside this outbreak
  bool outside = false;                // the source is not in this outbreak
  std::optional<std::int64_t> serial;  // days; negative: a contradiction
};
BOOST_DESCRIBE_STRUCT(Link, (), (id, number, classification, depth, day, of, source, outside, serial))

struct Picture {
  std::vector<CurveDay> curve;  // days with cases, by day
  std::vector<ClassificationCount> classifications;
  std::vector<AgeCount> ages;    // all groups, once anybody is in one
  std::vector<UnitCount> units;  // of residence, most cases first
  std::vector<Link> chain;       // depth first
};
BOOST_DESCRIBE_STRUCT(Picture, (), (curve, classifications, ages, units, chain))

struct Seen {
  cases::OutbreakCase facts;
  std::int64_t birth_year = 0;  // 0: not known
  people::Sex sex = people::Sex::kOther;
  std::string unit_name;
  std::optional<std::string> source;  // the number of facts.source
};

Picture picture(std::span<const Seen> cases);

// The day of the last case that was not discarded.
std::optional<Date> last_day(std::span<const cases::OutbreakCase> cases);

}  // namespace luytre::outbreaks
