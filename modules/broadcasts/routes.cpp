#include "modules/broadcasts/broadcasts.h"

namespace luytre::broadcasts {
namespace {

constexpr std::initializer_list<Role> kSpeakers{Role::kStationOfficer, Role::kDistrictOfficer, Role::kProvinceOfficer,
                                                Role::kCommander};

}  // namespace

void routes(http::Router& router, Broadcasts& broadcasts) {
  router.post("/broadcasts/draft")
      .summary("A text to read out, from what holds in a unit now; nothing is kept")
      .permit(kSpeakers, Purpose::kCommand)
      .errors({kInvalid, kNotPermitted})
      .handle(
          [&broadcasts](http::Call& call, Asked asked) { return broadcasts.draft(call.caller(), std::move(asked)); });
  router.post("/broadcasts")
      .summary("Publish a text as it is read out: kept with who answers for it")
      .permit(kSpeakers, Purpose::kCommand)
      .status(201)
      .errors({kInvalid, kNotPermitted})
      .handle([&broadcasts](http::Call& call, NewBroadcast broadcast) {
        return broadcasts.publish(call.caller(), std::move(broadcast), call.once());
      });
  router.get("/broadcasts")
      .summary("What was read out in the own area, newest first")
      .permit(kSpeakers, Purpose::kCommand)
      .query("unit", "id", "absent: the own area")
      .paged()
      .errors({kInvalid, kNotPermitted})
      .handle([&broadcasts](http::Call& call) {
        return broadcasts.list(call.caller(), call.query_id<UnitId>("unit"), call.cursor(), call.page_limit());
      });
}

}  // namespace luytre::broadcasts
