// Cases as they were known at a moment, counted: for statistics, and without a check. Of nobody by name.
//
// What a case was then stands with the first change after that moment, which keeps what it found. A case that was
// entered later was not known; one that an import has taken back since is gone with its history.
//
// Read in parts, some weeks or some changes at a time, and by indexes of the days: memory does not grow with the cases.

#pragma once

#include <functional>
#include <optional>
#include <string>

#include "modules/cases/cases.h"

namespace luytre::cases {

struct KnownQuestion {
  Instant at;
  bool by_onset = false;  // else by the day of report; who has no onset is found by the day of report either way
  Date from, to;          // both within
  std::optional<std::string> disease;
};

struct KnownCount {
  UnitId unit;  // as it was written down
  std::string disease;
  Classification classification = Classification::kSuspect;
  std::optional<Date> onset;
  Date reported;  // local day of the diagnosis, or where that is not known, of the entry here
  std::int64_t count = 0;
};
BOOST_DESCRIBE_STRUCT(KnownCount, (), (unit, disease, classification, onset, reported, count))

// In no order; the same may come more than once.
void known_at(store::Session& session, const KnownQuestion& asked, const std::function<void(const KnownCount&)>& take);

}  // namespace luytre::cases
