#include "modules/tracing/shared_places.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <tuple>

#include "modules/tracing/counted.h"

namespace luytre::tracing {
namespace {

using store::values;

struct VisitRow {
  PlaceId place;
  Instant entered, departed;
  bool estimated = false;
};
BOOST_DESCRIBE_STRUCT(VisitRow, (), (place, entered, departed, estimated))

// $2 and $3 the window.
constexpr const char* kOwn = R"sql(
SELECT coalesce(m.kept, v.place), v.entered, v.departed, v.estimated
FROM me
CROSS JOIN visits_pub_visit AS v
LEFT JOIN places_pub_merged AS m ON m.place = v.place
WHERE v.person = me.person AND v.entered < $3 AND v.departed > $2
ORDER BY v.entered, v.id
LIMIT $4)sql";

store::Query own_query() {
  static const std::string text = std::string(kMe) + kOwn;
  return {"tracing.shared_own", text.c_str()};
}

constexpr store::Query kVisitors{"tracing.shared_visitors", R"sql(
  SELECT count(DISTINCT coalesce((SELECT p.kept FROM people_pub_merged p WHERE p.person = v.person), v.person))
  FROM visits_pub_visit v
  WHERE v.place IN (SELECT CAST($1 AS bigint) UNION ALL SELECT place FROM places_pub_merged WHERE kept = $1)
    AND v.entered < $3 AND v.departed > $2)sql"};

std::vector<std::vector<VisitRow>> visits_of(store::Session& session, std::span<const Exposed> cases,
                                             std::span<const PersonId> persons) {
  std::vector<store::Row> looks;
  for (std::size_t i = 0; i < cases.size(); ++i)
    looks.push_back(values(persons[i], cases[i].when.from, cases[i].when.to, kMostVisitsOfOne));
  return session.each<VisitRow>(own_query(), looks);
}

std::vector<std::int64_t> visitors_of(store::Session& session, std::span<const PlaceId> places, Interval span) {
  std::vector<store::Row> looks;
  for (const PlaceId place : places) looks.push_back(values(place, span.from, span.to));
  std::vector<std::int64_t> out;
  for (const auto& found : session.each<std::int64_t>(kVisitors, looks)) out.push_back(found.front());
  return out;
}

}  // namespace

double at_least(std::span<const double> chances, std::size_t k) {
  if (k == 0) return 1;
  // state[j]: j successes so far; state[k]: k or more. Only sums of products: what is tiny stays exact.
  std::vector<double> state(k + 1, 0);
  state[0] = 1;
  for (const double p : chances) {
    state[k] += state[k - 1] * p;
    for (std::size_t j = k - 1; j > 0; --j) state[j] = state[j] * (1 - p) + state[j - 1] * p;
    state[0] *= 1 - p;
  }
  return std::min(1.0, state[k]);
}

Result<SharedPlaces> shared_places(store::Session& session, std::span<const Exposed> cases) {
  if (cases.size() > kMostExposed) return kTooManyToCompare;
  SharedPlaces out;
  if (cases.empty()) return out;
  std::vector<PersonId> records;
  for (const Exposed& one : cases) records.push_back(one.person);
  const std::vector<PersonId> persons = counted(session, records);
  const auto visits = visits_of(session, cases, persons);

  std::map<PlaceId, std::vector<SharedVisit>> at;
  std::vector<std::size_t> different(cases.size(), 0);  // v(i)
  std::set<PersonId> told;
  Interval span = cases.front().when;
  for (std::size_t i = 0; i < cases.size(); ++i) {
    span = {std::min(span.from, cases[i].when.from), std::max(span.to, cases[i].when.to)};
    if (!told.insert(persons[i]).second) continue;
    std::set<PlaceId> places;
    for (const VisitRow& visit : visits[i]) {
      at[visit.place].push_back({i, {visit.entered, visit.departed}, visit.estimated});
      places.insert(visit.place);
    }
    different[i] = places.size();
    out.seen += places.empty() ? 0 : 1;
  }
  if (at.size() > kMostCompared) return kTooManyToCompare;
  out.compared = static_cast<std::int64_t>(at.size());

  std::vector<PlaceId> places;
  for (const auto& [place, there] : at) places.push_back(place);
  const auto visitors = visitors_of(session, places, span);
  double all = 0;
  for (const std::int64_t there : visitors) all += static_cast<double>(there);

  for (std::size_t n = 0; n < places.size(); ++n) {
    std::set<std::size_t> who;
    for (const SharedVisit& visit : at[places[n]]) who.insert(visit.of);
    if (who.size() < 2) continue;
    SharedPlace one;
    one.place = places[n];
    one.cases = static_cast<std::int64_t>(who.size());
    one.visitors = visitors[n];
    const double share = static_cast<double>(visitors[n]) / all;
    std::vector<double> chances;
    for (const std::size_t drawn : different)
      if (drawn > 0) chances.push_back(1 - std::pow(1 - share, static_cast<double>(drawn)));
    for (const double p : chances) one.expected += p;
    one.chance = at_least(chances, who.size());
    one.corrected = std::min(1.0, one.chance * static_cast<double>(at.size()));
    one.visits = std::move(at[places[n]]);
    out.shared.push_back(std::move(one));
  }
  std::sort(out.shared.begin(), out.shared.end(), [](const SharedPlace& a, const SharedPlace& b) {
    return std::tie(a.chance, b.cases, a.place) < std::tie(b.chance, a.cases, b.place);
  });
  return out;
}

}  // namespace luytre::tracing
