#include "modules/placelists/placelists.h"

namespace luytre::placelists {

void routes(http::Router& router, PlaceLists& lists) {
  router.post("/units/{id}/places")
      .summary("A unit brings its places in bulk: one list, each line judged by itself; sent again, nothing doubles")
      .permit({Role::kStationOfficer, Role::kDistrictOfficer, Role::kProvinceOfficer}, Purpose::kPlaceKeeping)
      .accepts(tables::kFileTypes)
      .body_limit(kBytesMost)
      .errors({kInvalid, tables::kTooManyLines, tables::kNotAWorkbook, tables::kWorkbookTooLarge})
      .handle([&lists](http::Call& call) { return lists.send(call.caller(), call.id<UnitId>(), call.body()); });
}

}  // namespace luytre::placelists
