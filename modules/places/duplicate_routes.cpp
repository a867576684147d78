#include "modules/places/duplicates.h"
#include "modules/places/impl.h"

namespace luytre::places {
namespace {

using http::Call;

}  // namespace

void routes(http::Router& router, Duplicates& duplicates) {
  router.get("/place-duplicates")
      .summary(
          "Pairs of places of the own area that may be one, with the reasons field by field; the reading is logged")
      .permit(kOfficers, Purpose::kPlaceKeeping)
      .query("unit", "id", "only within it")
      .handle([&duplicates](Call& call) { return duplicates.proposed(call.caller(), call.query_id<UnitId>("unit")); });
  router.post("/place-duplicates/tell-apart")
      .summary("The two are not the same place; they are not proposed again")
      .permit(kOfficers, Purpose::kPlaceKeeping)
      .errors({kSamePlace})
      .handle([&duplicates](Call& call, PlacePair pair) { return duplicates.tell_apart(call.caller(), pair); });
  router.post("/place-merges")
      .summary("One place counts as the other from now on, until it is undone; codes, zones and visits stay")
      .permit(kOfficers, Purpose::kPlaceKeeping)
      .status(201)
      .errors({kSamePlace, kPlaceClosed, kPlaceMerged, kPlaceHasMerged})
      .handle([&duplicates](Call& call, NewMerge merge) { return duplicates.merge(call.caller(), merge); });
  router.post("/place-merges/{id}/undo")
      .summary("Undo a merge: the two places count for themselves again")
      .permit(kOfficers, Purpose::kPlaceKeeping)
      .errors({kMergeUndone})
      .handle([&duplicates](Call& call) { return duplicates.undo(call.caller(), call.id<MergeId>()); });
  router.get("/places/{id}/merges")
      .summary("What was merged into a place, or the place into what; for its keeper and the officers of its area")
      .permit({Role::kCitizen, Role::kStationOfficer, Role::kDistrictOfficer, Role::kProvinceOfficer},
              Purpose::kPlaceKeeping)
      .handle([&duplicates](Call& call) { return duplicates.of_place(call.caller(), call.id<PlaceId>()); });
}

}  // namespace luytre::places
