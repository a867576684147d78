// Places that may be named in public: where people were warned with place and time by a release that stands. What
// makes a warning name its place is told in tracing.h (not a home, at least kMinPresent present, no disease with a
// stigma, released by an officer, by two if it was large or uncertain). Of a release that was withdrawn, and of people
// who turned out not to have been exposed, nothing.

#pragma once

#include <string>
#include <vector>

#include "platform/base/id.h"
#include "platform/base/time.h"
#include "platform/store/session.h"

namespace luytre::places {
class Places;
}

namespace luytre::tracing {

struct PublishedPlace {
  PlaceId place;
  std::string name;
  UnitId unit;
  Instant from;  // from the first of the warned to come to the last of them to go
  Instant to;
};

// How many people were at the place then, as far as recorded visits know: fewer than kMinPresent (tracing.h), and
// naming it in public would point at the case.
std::int64_t people_present(store::Session& session, PlaceId place, Interval when);

// Where the last exposure ended since then; oldest first.
std::vector<PublishedPlace> published_places(store::Session& session, const places::Places& places, Instant since);

}  // namespace luytre::tracing
