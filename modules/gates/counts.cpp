#include "modules/gates/counts.h"

namespace luytre::gates {
namespace {

constexpr store::Query kArrivals{"gates.arrivals", R"sql(
  SELECT coalesce(zone, 0), (entered - $2) / 3600, CAST(sum(heads) AS bigint)
  FROM gates_entry
  WHERE place = $1 AND entered >= $2 AND entered < $3 AND heads > 0
  GROUP BY coalesce(zone, 0), (entered - $2) / 3600)sql"};

constexpr store::Query kCameBy{"gates.came_by", R"sql(
  SELECT e.zone, (e.entered - $2) / 3600, CAST(count(DISTINCT e.visit) AS bigint)
  FROM gates_entry e
  JOIN visits_pub_visit v ON v.id = e.visit AND v.place = e.place
  WHERE e.place = $1 AND e.entered >= $2 AND e.entered < $3 AND e.zone IS NOT NULL AND v.zone IS NULL
    AND v.entered = e.entered
  GROUP BY e.zone, (e.entered - $2) / 3600)sql"};

constexpr store::Query kDepartures{"gates.departures", R"sql(
  SELECT coalesce(zone, 0), (until - $2) / 3600, CAST(sum(heads) AS bigint)
  FROM gates_entry
  WHERE place = $1 AND entered >= $4 AND entered < $3 AND until >= $2 AND until < $3 AND heads > 0
  GROUP BY coalesce(zone, 0), (until - $2) / 3600)sql"};

constexpr store::Query kPresentAt{"gates.present_at", R"sql(
  SELECT CAST(coalesce(sum(heads), 0) AS bigint)
  FROM gates_entry
  WHERE place = $1 AND entered >= $3 AND entered < $2 AND until >= $2)sql"};

constexpr std::chrono::hours kReach{24};  // no usual stay is longer than a day

}  // namespace

std::vector<visits::HourCount> arrivals(store::Session& session, PlaceId place, Interval when) {
  return session.all<visits::HourCount>(kArrivals, place, when.from, when.to);
}

std::vector<visits::HourCount> came_by(store::Session& session, PlaceId place, Interval when) {
  return session.all<visits::HourCount>(kCameBy, place, when.from, when.to);
}

std::vector<visits::HourCount> departures(store::Session& session, PlaceId place, Interval when) {
  return session.all<visits::HourCount>(kDepartures, place, when.from, when.to, when.from - kReach);
}

std::int64_t present_at(store::Session& session, PlaceId place, Instant at) {
  return session.value<std::int64_t>(kPresentAt, place, at, at - kReach);
}

}  // namespace luytre::gates
