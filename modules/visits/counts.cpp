#include "modules/visits/counts.h"

#include "modules/visits/storage.h"

namespace luytre::visits {
namespace {

// Counts are of who was recorded (told.h).
constexpr std::int64_t kTold = storage::bit_of(Flag::kTold);

constexpr store::Query kArrivals{"visits.arrivals", R"sql(
  SELECT coalesce(zone, 0), (entered - $2) / 3600, CAST(count(*) AS bigint)
  FROM visits_visit
  WHERE place = $1 AND entered >= $2 AND entered < $3 AND flags & $4 = 0
  GROUP BY coalesce(zone, 0), (entered - $2) / 3600)sql"};

constexpr store::Query kWholes{"visits.wholes", R"sql(
  SELECT id, entered
  FROM visits_visit
  WHERE place = $1 AND entered >= $2 AND entered < $3 AND zone IS NULL AND flags & $4 = 0)sql"};

// Nobody stays for longer than kLongest, so that the index by entry serves for departures, too.
constexpr store::Query kDepartures{"visits.departures", R"sql(
  SELECT coalesce(zone, 0), (departed - $2) / 3600, CAST(count(*) AS bigint)
  FROM visits_visit
  WHERE place = $1 AND entered >= $4 AND entered < $3 AND departed >= $2 AND departed < $3
    AND flags & $5 = 0
  GROUP BY coalesce(zone, 0), (departed - $2) / 3600)sql"};

constexpr store::Query kPresentAt{"visits.present_at", R"sql(
  SELECT CAST(count(*) AS bigint)
  FROM visits_visit
  WHERE place = $1 AND entered >= $3 AND entered < $2 AND departed >= $2 AND flags & $4 = 0)sql"};

}  // namespace

Fill fill_of(std::int64_t present, const std::optional<std::int64_t>& capacity) {
  if (!capacity) return Fill::kFree;
  if (present >= *capacity) return Fill::kFull;
  return present * 100 >= *capacity * kNearPercent ? Fill::kNear : Fill::kFree;
}

std::vector<HourCount> arrivals(store::Session& session, PlaceId place, Interval when) {
  return session.all<HourCount>(kArrivals, place, when.from, when.to, kTold);
}

std::vector<Whole> wholes(store::Session& session, PlaceId place, Interval when) {
  return session.all<Whole>(kWholes, place, when.from, when.to, kTold);
}

std::vector<HourCount> departures(store::Session& session, PlaceId place, Interval when) {
  return session.all<HourCount>(kDepartures, place, when.from, when.to, when.from - kLongest, kTold);
}

std::int64_t present_at(store::Session& session, PlaceId place, Instant at) {
  return session.value<std::int64_t>(kPresentAt, place, at, at - kLongest, kTold);
}

}  // namespace luytre::visits
