#include "modules/tracing/published.h"

#include "modules/places/places.h"
#include "modules/tracing/storage.h"

namespace luytre::tracing {
namespace {

struct Row {
  PlaceId place;
  std::string name;
  Instant from, to;
};
BOOST_DESCRIBE_STRUCT(Row, (), (place, name, from, to))

// One stretch for each release: two cases at one market are two.
constexpr store::Query kPublished{"tracing.published", R"sql(
  SELECT w.place, max(w.place_name), min(w.started), max(w.ended)
  FROM tracing_warning w
  JOIN tracing_release r ON r.id = w.release
  JOIN tracing_candidate c ON c.id = w.candidate
  WHERE w.kind = 'exposure' AND w.ended >= $1 AND r.state = 'released' AND c.status NOT IN ('withdrawn', 'dismissed')
  GROUP BY w.place, w.release
  ORDER BY 3, 1)sql"};

}  // namespace

std::int64_t people_present(store::Session& session, PlaceId place, Interval when) {
  return count_present(session, place, when);
}

std::vector<PublishedPlace> published_places(store::Session& session, const places::Places& places, Instant since) {
  std::vector<PublishedPlace> out;
  for (const auto& row : session.all<Row>(kPublished, since)) {
    const auto spot = places.spot(row.place);
    if (!spot || !spot->kind || spot->kind->home) continue;  // also one that was registered anew as a home
    out.push_back({row.place, row.name, spot->unit, row.from, row.to});
  }
  return out;
}

}  // namespace luytre::tracing
