#include "modules/placelists/placelists.h"

#include <algorithm>

namespace luytre::placelists {

void routes(http::Router& router, PlaceLists& lists) {
  router.post("/units/{id}/places")
      .summary("A unit brings its places in bulk: one list, each line judged by itself; sent again, nothing doubles")
      .permit({Role::kStationOfficer, Role::kDistrictOfficer, Role::kProvinceOfficer}, Purpose::kPlaceKeeping)
      .query("system", "string", "whose ids the list has, if not the unit's own: tokhaiyte, vneid, …")
      .accepts(tables::kFileTypes)
      .body_limit(kBytesMost)
      .errors({kInvalid, tables::kTooManyLines, tables::kNotAWorkbook, tables::kWorkbookTooLarge})
      .handle([&lists](http::Call& call) {
        return lists.send(call.caller(), call.id<UnitId>(), call.body(), call.once(), call.query("system"));
      });
  router.get("/place-lists/{id}/posters.pdf")
      .summary("The posters of a list's places and their zones, in the parts that the report counts")
      .permit({Role::kStationOfficer, Role::kDistrictOfficer, Role::kProvinceOfficer}, Purpose::kPlaceKeeping)
      .query("part", "integer", "from 0")
      .content_type("application/pdf")
      .errors({kNotFound, places::kPlaceClosed, places::kPosterFontMissing})
      .handle([&lists](http::Call& call) {
        const auto part = call.query_as<std::int64_t>("part").value_or(0);
        return lists.posters(call.caller(), call.id<BatchId>(),
                             static_cast<std::size_t>(std::clamp<std::int64_t>(part, 0, kLinesMost)));
      });
}

}  // namespace luytre::placelists
