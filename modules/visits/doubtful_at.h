// Doubtful check-ins of a place, for officers of its area: when, in which part of it, and what speaks against them.
// Never whose, and never where else somebody was: that is opened for a named case alone.
//
// Within another's transaction, unchecked: whoever asks has the right, and logs it. Computed when read (doubtful.h).

#pragma once

#include <optional>
#include <string>
#include <vector>

#include "modules/visits/doubtful.h"
#include "modules/visits/visits.h"

namespace luytre::visits {

inline constexpr std::size_t kLookedAtMost = 500;  // visits a page

struct DoubtfulVisit {
  VisitId id;
  std::optional<std::string> zone_name;
  Instant in;
  Instant out;
  bool out_estimated = true;
  Source source = Source::kScan;
  std::vector<Flag> doubts;  // that it came from another system is told beside others, but is no doubt by itself
};
BOOST_DESCRIBE_STRUCT(DoubtfulVisit, (), (id, zone_name, in, out, out_estimated, source, doubts))

// Of the place and what was merged into it, those that began within `when`, newest first. A page looks at kLookedAtMost
// visits at most: it may hold fewer than `limit`, or none, and have a next one. Errors: invalid (?cursor).
Result<http::Page<DoubtfulVisit>> doubtful_at(store::Session& session, const Doubtful& doubtful,
                                              const places::Places& places, PlaceId place, Interval when,
                                              const std::optional<std::string>& cursor, std::size_t limit);

}  // namespace luytre::visits
