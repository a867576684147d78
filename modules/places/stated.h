// Stated: what a place says of itself for others to compare with: its hours, and where it stands. Both optional; each
// statement is kept, because what was recorded is compared with what was stated then.

#pragma once

#include <map>
#include <optional>
#include <span>
#include <vector>

#include "modules/places/hours.h"
#include "platform/store/session.h"

namespace luytre::places {

// WGS 84, kept to a ten-thousandth of a degree: eleven metres.
struct Point {
  double latitude = 0;
  double longitude = 0;
};
BOOST_DESCRIBE_STRUCT(Point, (), (latitude, longitude))

struct Statement {
  std::vector<Opening> hours;  // empty: none stated
  std::optional<Point> point;
};
BOOST_DESCRIBE_STRUCT(Statement, (), (hours, point))

struct Stated : Statement {
  Instant since;
};
BOOST_DESCRIBE_STRUCT(Stated, (Statement), (since))

// Of each place, oldest first; places that stated nothing are missing. Within another's transaction, unchecked.
std::map<PlaceId, std::vector<Stated>> stated(store::Session& session, std::span<const PlaceId> places);

}  // namespace luytre::places
