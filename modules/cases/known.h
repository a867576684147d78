// Cases as they were known at a moment, counted: for statistics, and without a check. Of nobody by name.
//
// What a case was then stands with the first change after that moment, which keeps what it found. A case that was
// entered later was not known; one that an import has taken back since is gone with its history.

#pragma once

#include <optional>
#include <string>
#include <vector>

#include "modules/cases/cases.h"

namespace luytre::cases {

struct KnownCount {
  UnitId unit;  // as it was written down
  std::string disease;
  Classification classification = Classification::kSuspect;
  std::optional<Date> onset;
  Date reported;  // local day of the diagnosis, or where that is not known, of the entry here
  std::int64_t count = 0;
};
BOOST_DESCRIBE_STRUCT(KnownCount, (), (unit, disease, classification, onset, reported, count))

// Of one disease or all; in no order, and one that changed since stands alone.
std::vector<KnownCount> known_at(store::Session& session, Instant at, const std::optional<std::string>& disease);

}  // namespace luytre::cases
