#include "apps/luytre/form_lists.h"

namespace luytre::app {
namespace {

forms::Concept concept_of(PlaceId place, const std::string& name) {
  return {{std::string(declarations::kPlaceCodes), to_text(place)}, name};
}

// Also one that was closed since: who declared without a network did not know.
std::optional<forms::Concept> found(const places::Places& places, std::string_view value_set,
                                    const forms::Coding& given) {
  if (value_set != declarations::kPointsOfEntry) return std::nullopt;
  if (!given.system.empty() && given.system != declarations::kPlaceCodes) return std::nullopt;
  const auto id = parse_id(given.code);
  const auto spot = id ? places.spot(PlaceId{*id}) : nullptr;
  if (!spot || spot->kind->kind != places::kPointOfEntry) return std::nullopt;
  if (!spot->approved && !spot->approval_ended) return std::nullopt;
  return concept_of(spot->place, spot->place_name);
}

}  // namespace

declarations::Declarations::Lists form_lists(const places::Places& places) {
  declarations::Declarations::Lists out;
  out.all = [&places](store::Session& session, std::string_view value_set) {
    std::vector<forms::Concept> all;
    if (value_set != declarations::kPointsOfEntry) return all;
    for (const auto& one : places.points_of_entry(session)) all.push_back(concept_of(one.id, one.name));
    return all;
  };
  out.find = [&places](std::string_view value_set, const forms::Coding& given) {
    return found(places, value_set, given);
  };
  return out;
}

}  // namespace luytre::app
