// Deleting by age: one rule, small steps, and a proof of each.

#include "modules/visits/impl.h"

namespace luytre::visits {
namespace {

constexpr std::size_t kPlacesInAStep = 2000;

}  // namespace

store::Recurring Visits::retention() {
  return {"visits.retention", std::chrono::minutes(1), [impl = impl_.get()](store::Session& s) {
            if (impl->settings.study) return;
            const Instant now = impl->clock.now();
            const Instant departed_before = now - kKept;
            const auto places = storage::places_after(s, PlaceId{impl->retention_at.load()}, kPlacesInAStep);
            storage::Proof proof;
            proof.visits = storage::remove_older(s, places, departed_before);
            proof.externals = storage::remove_older_externals(s, departed_before);
            // After the last place the next step begins again with the first.
            impl->retention_at.store(places.size() < kPlacesInAStep ? 0 : places.back().value);
            if (proof.visits == 0 && proof.externals == 0) return;
            proof.id = impl->db.ids().next();
            proof.at = now;
            proof.rule = "visits: 28 days after the end";
            proof.departed_before = departed_before;
            proof.first_place = places.empty() ? PlaceId{} : places.front();
            proof.last_place = places.empty() ? PlaceId{} : places.back();
            storage::insert(s, proof);
          }};
}

}  // namespace luytre::visits
