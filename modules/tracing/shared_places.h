// Where several cases were while they may have been infected: the places that at least two of them share, the least
// likely by chance first. Within another's transaction, unchecked; whoever calls has checked and logged the look at
// every one of them. A lead, never a verdict.
//
// Each case has its window [from, to). A person is there who has a visit that reaches into the window; people and
// places count as what officers merged them into. Zones do not matter.
//
// Chance: the cases live near each other, so that their market is no surprise. Asked is therefore: if each of them had
// drawn a place as many times as they visited different ones, out of all places that any of them visited, each place as
// likely as its share of visitors — would so many have met here? With K(p) the people, cases or not, who were at p
// within the span of all windows, q(p) = K(p) / sum of K over those places, and v(i) the places that case i visited,
// case i is at p by chance with 1 − (1 − q(p))^v(i), and the number of cases there is Poisson binomial (S. D. Poisson
// 1837; Y. H. Wang, "On the number of successes in independent trials", Statistica Sinica 3, 1993). `chance` is its
// exact upper tail, P(X ≥ k), computed by adding one case after another. `corrected` is Bonferroni's: times the number
// of places compared, at most 1.
//
// What the model leaves out pulls both ways. Places that none of them visited are not in the sum, and the cases
// themselves are among the visitors: that makes meeting look likelier by chance. Draws may fall on one place twice,
// which visits to different places cannot: where one place has most of the visitors, that makes meeting elsewhere look
// less likely by chance than it is. So the order of places says more than the number beside each.

#pragma once

#include <span>
#include <vector>

#include "platform/base/id.h"
#include "platform/base/result.h"
#include "platform/base/time.h"
#include "platform/store/session.h"

namespace luytre::tracing {

struct Exposed {
  PersonId person;
  Interval when;
};

struct SharedVisit {
  std::size_t of = 0;  // which of the cases asked about
  Interval when;       // of the visit, not cut to the window
  bool estimated = false;
};

struct SharedPlace {
  PlaceId place;
  std::int64_t cases = 0;
  std::int64_t visitors = 0;  // K, cases included
  double expected = 0;        // cases by chance
  double chance = 1;
  double corrected = 1;
  std::vector<SharedVisit> visits;  // by case, then time
};

struct SharedPlaces {
  std::int64_t seen = 0;      // cases with a visit in their window: the others say nothing
  std::int64_t compared = 0;  // places that any of them visited
  std::vector<SharedPlace> shared;
};

inline constexpr std::size_t kMostExposed = 100;
inline constexpr std::size_t kMostCompared = 1000;
inline constexpr std::size_t kMostVisitsOfOne = 1000;  // in one window; later ones are left out

inline constexpr ErrorCode kTooManyToCompare{"too_many_to_compare", 422};

// A person named twice counts once, with the first window. Errors: too_many_to_compare.
Result<SharedPlaces> shared_places(store::Session& session, std::span<const Exposed> cases);

// P(X ≥ k) of the sum of independent trials that succeed with these chances.
double at_least(std::span<const double> chances, std::size_t k);

}  // namespace luytre::tracing
