// For tests: small random worlds and questions (rapidcheck, shrinking), and a trace that goes second by second.

#pragma once

#include <gtest/gtest.h>
// gtest first: rapidcheck's glue needs it.
#include <rapidcheck.h>

#include <iosfwd>
#include <string>

#include "engines/presence/brute.h"
#include "engines/presence/presence.h"

namespace luytre::presence::testing {

// A world of at most 12 persons, 7 places with 2 zones, and times of a few dozen steps around a UTC midnight; a step is
// 1 s, 1 min or 2 h, so that visits overlap, touch, nest, cross midnight and exceed a day. Intervals are never empty.
// Two in five have a sum rule; those are smaller and denser.
struct Case {
  World world;
  Question question;
};

rc::Gen<Case> any_case();
rc::Gen<Case> any_case_of_sums();  // under a sum rule

std::string describe(const Case& c);
std::string describe(const Answer& answer);

// The definition of presence.h once more, another way: for each pair of people and each way of naming zones, the
// seconds that both were there, in runs. Only for worlds whose times are small. No evidence flags but the intervals,
// and no risk.
struct Second {
  PersonId person;
  int level = 1;
  Instant since;
  std::vector<Interval> links;  // of visits and encounters, sorted
  friend auto operator<=>(const Second&, const Second&) = default;
};
std::vector<Second> trace_by_seconds(const World& world, const Question& question);

void showValue(const Case& c, std::ostream& out);

}  // namespace luytre::presence::testing
