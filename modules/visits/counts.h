// Counts of visits at a place: how many came and went in which hour and zone, nothing about whom. Within another's
// transaction, unchecked. Estimated ends count as ends.

#pragma once

#include <optional>
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

// A visit of the place as a whole.
struct Whole {
  VisitId id;
  Instant entered;
};
BOOST_DESCRIBE_STRUCT(Whole, (), (id, entered))

// How full a place is.
enum class Fill { kFree, kNear, kFull };
BOOST_DESCRIBE_ENUM(Fill, kFree, kNear, kFull)

inline constexpr std::int64_t kNearPercent = 90;  // of the capacity: whoever keeps the door is warned

Fill fill_of(std::int64_t present, const std::optional<std::int64_t>& capacity);

std::vector<HourCount> arrivals(store::Session& session, PlaceId place, Interval when);
std::vector<Whole> wholes(store::Session& session, PlaceId place, Interval when);  // that began then, in no order
std::vector<HourCount> departures(store::Session& session, PlaceId place, Interval when);
std::int64_t present_at(store::Session& session, PlaceId place, Instant at);  // who came before

}  // namespace luytre::visits
