#include "modules/visits/stays.h"

#include "modules/visits/storage.h"

namespace luytre::visits {
namespace {

constexpr store::Query kStays{"visits.stays", R"sql(
  SELECT place, unit, entered, departed, estimated, source
  FROM visits_visit
  WHERE person = $1 AND entered >= $2 AND entered < $3 AND flags & $5 = 0
  ORDER BY entered, id
  LIMIT $4)sql"};

}  // namespace

std::vector<PastStay> stays(store::Session& session, PersonId person, Instant from, Instant to, std::size_t most) {
  return session.all<PastStay>(kStays, person, from, to, most, storage::bit_of(Flag::kTold));
}

std::optional<Visitor> visitor(store::Session& session, VisitId visit) {
  const auto row = storage::find(session, std::span(&visit, 1)).front();
  return row ? std::optional(Visitor{row->person, row->entered}) : std::nullopt;
}

}  // namespace luytre::visits
