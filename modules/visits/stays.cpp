#include "modules/visits/stays.h"

namespace luytre::visits {
namespace {

constexpr store::Query kStays{"visits.stays", R"sql(
  SELECT place, unit, entered, departed, estimated, source
  FROM visits_visit
  WHERE person = $1 AND entered >= $2 AND entered < $3
  ORDER BY entered, id
  LIMIT $4)sql"};

}  // namespace

std::vector<PastStay> stays(store::Session& session, PersonId person, Instant from, Instant to, std::size_t most) {
  return session.all<PastStay>(kStays, person, from, to, most);
}

}  // namespace luytre::visits
