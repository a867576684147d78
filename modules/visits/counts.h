// Counts of visits at a place: how many came and went in which hour and zone, nothing about whom. Within another's
// transaction, unchecked. Estimated ends count as ends.

#pragma once

#include <vector>

#include "platform/base/id.h"
#include "platform/base/time.h"
#include "platform/store/session.h"

namespace luytre::visits {

struct HourCount {
  ZoneId zone;            // 0: of the place as a whole
  std::int64_t hour = 0;  // since the beginning of the interval
  std::int64_t people = 0;
};
BOOST_DESCRIBE_STRUCT(HourCount, (), (zone, hour, people))

std::vector<HourCount> arrivals(store::Session& session, PlaceId place, Interval when);
std::vector<HourCount> departures(store::Session& session, PlaceId place, Interval when);
std::int64_t present_at(store::Session& session, PlaceId place, Instant at);  // who came before

}  // namespace luytre::visits
