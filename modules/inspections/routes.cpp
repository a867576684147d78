#include "modules/inspections/inspections.h"

namespace luytre::inspections {
namespace {

using http::Call;

constexpr std::initializer_list<Role> kOfficers{Role::kStationOfficer, Role::kDistrictOfficer, Role::kProvinceOfficer};

}  // namespace

void routes(http::Router& router, Inspections& inspections) {
  router.post("/places/{id}/inspections")
      .summary("What an officer found who went to see a place")
      .permit(kOfficers, Purpose::kPlaceKeeping)
      .status(201)
      .handle([&inspections](Call& call, NewInspection asked) {
        return inspections.record(call.caller(), call.id<PlaceId>(), std::move(asked), call.once());
      });
  router.get("/places/{id}/inspections")
      .summary("The inspections of a place, newest first")
      .permit(kOfficers, Purpose::kPlaceKeeping)
      .handle([&inspections](Call& call) { return inspections.of_place(call.caller(), call.id<PlaceId>()); });
  router.get("/places/{id}/inspection-results")
      .summary("What came of inspections, with the words meant for the keeper; no note, photo or name")
      .permit({Role::kCitizen, Role::kStationOfficer, Role::kDistrictOfficer, Role::kProvinceOfficer},
              Purpose::kPlaceKeeping)
      .handle([&inspections](Call& call) { return inspections.results(call.caller(), call.id<PlaceId>()); });
  router.get("/inspections/due")
      .summary("Places of the own area to be seen again, the day that comes first first unless turned round")
      .permit(kOfficers, Purpose::kPlaceKeeping)
      .errors({kInvalid})
      .query("unit", "id", "only within it")
      .query("outcome", "inOrder|noPoster|notAsked|refused|nobodyThere|gone", "of the inspection")
      .query("order", "ascending|descending", "by the day; absent: ascending")
      .paged()
      .handle([&inspections](Call& call) {
        return inspections.due(call.caller(),
                               {call.query_id<UnitId>("unit"), call.query_as<Outcome>("outcome"),
                                call.query_as<Order>("order").value_or(Order::kAscending)},
                               call.cursor(), call.page_limit());
      });
  router.post("/inspections/{id}/photos")
      .summary(
          "A photo of the place, as a plain JPEG drawn anew: without Exif, comments or anything else beside the "
          "picture")
      .permit(kOfficers, Purpose::kPlaceKeeping)
      .accepts("image/jpeg")
      .body_limit(kPhotoMost)
      .status(201)
      .errors({kPhotoNotJpeg, kPhotoTooLarge, kPhotoMetadata, kTooManyPhotos, kTooLateForPhotos})
      .handle([&inspections](Call& call) {
        return inspections.add_photo(call.caller(), call.id<InspectionId>(), call.body(), call.once());
      });
  router.get("/inspection-photos/{id}")
      .summary("A photo of an inspection; each look is logged")
      .permit(kOfficers, Purpose::kPlaceKeeping)
      .content_type("image/jpeg")
      .handle([&inspections](Call& call) { return inspections.photo(call.caller(), call.id<PhotoId>()); });
}

}  // namespace luytre::inspections
