#include "modules/gates/counts.h"

#include <map>
#include <utility>

namespace luytre::gates {
namespace {

constexpr store::Query kArrivals{"gates.arrivals", R"sql(
  SELECT coalesce(zone, 0), (entered - $2) / 3600, CAST(sum(heads) AS bigint)
  FROM gates_entry
  WHERE place = $1 AND entered >= $2 AND entered < $3 AND heads > 0
  GROUP BY coalesce(zone, 0), (entered - $2) / 3600)sql"};

constexpr store::Query kPassed{"gates.passed", R"sql(
  SELECT DISTINCT zone, visit, entered
  FROM gates_entry
  WHERE place = $1 AND entered >= $2 AND entered < $3 AND zone IS NOT NULL AND visit IS NOT NULL)sql"};

// Somebody's visit, shown at an entrance.
struct Passed {
  ZoneId zone;
  VisitId visit;
  Instant entered;
};
BOOST_DESCRIBE_STRUCT(Passed, (), (zone, visit, entered))

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
  std::map<VisitId, Instant> began;
  for (const auto& visit : visits::wholes(session, place, when)) began.emplace(visit.id, visit.entered);
  std::map<std::pair<ZoneId, std::int64_t>, std::int64_t> counts;
  for (const auto& passed : session.all<Passed>(kPassed, place, when.from, when.to)) {
    const auto visit = began.find(passed.visit);
    // Shown again later, the visit goes on: it began where it was shown first.
    if (visit == began.end() || visit->second != passed.entered) continue;
    ++counts[{passed.zone, (passed.entered - when.from).count() / 3600}];
  }
  std::vector<visits::HourCount> out;
  out.reserve(counts.size());
  for (const auto& [at, people] : counts) out.push_back({at.first, at.second, people});
  return out;
}

std::vector<visits::HourCount> departures(store::Session& session, PlaceId place, Interval when) {
  return session.all<visits::HourCount>(kDepartures, place, when.from, when.to, when.from - kReach);
}

std::int64_t present_at(store::Session& session, PlaceId place, Instant at) {
  return session.value<std::int64_t>(kPresentAt, place, at, at - kReach);
}

}  // namespace luytre::gates
