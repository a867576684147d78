#include "modules/helpers/helpers.h"

namespace luytre::helpers {
namespace {

constexpr std::initializer_list<Role> kOfficers{Role::kStationOfficer, Role::kDistrictOfficer, Role::kProvinceOfficer};

}  // namespace

void routes(http::Router& router, Helpers& helpers) {
  router.post("/helpers")
      .summary("Name a helper of a union for a unit, from one day to another; named again, put right")
      .permit(kOfficers, Purpose::kAdministration)
      .status(201)
      .errors({kInvalid, kNotPermitted})
      .handle(
          [&helpers](http::Call& call, NewHelper helper) { return helpers.name(call.caller(), std::move(helper)); });
  router.get("/helpers")
      .summary("Helpers of the own area; in the access log")
      .permit(kOfficers, Purpose::kAdministration)
      .errors({kInvalid, kNotPermitted})
      .query("unit", "id", "Of the own area, or above")
      .query("organisation", "youth|farmers|women|veterans|other")
      .query("order", "ascending|descending", "As they were named; absent: descending")
      .paged()
      .handle([&helpers](http::Call& call) {
        return helpers.list(call.caller(),
                            {call.query_id<UnitId>("unit"), call.query_as<Organisation>("organisation"),
                             call.query_as<Order>("order").value_or(Order::kDescending)},
                            call.cursor(), call.page_limit());
      });
  router.post("/helpers/{id}/end")
      .summary("A helper helps no more")
      .permit(kOfficers, Purpose::kAdministration)
      .errors({kNotFound, kNotPermitted, kHelpingEnded})
      .handle([&helpers](http::Call& call) { return helpers.end(call.caller(), call.id<HelperId>()); });
  router.get("/helpers/figures")
      .summary("How many people were helped in the last 28 days, by organisation; as helpers counted")
      .permit({Role::kStationOfficer, Role::kDistrictOfficer, Role::kProvinceOfficer, Role::kCommander},
              Purpose::kCommand)
      .query("unit", "id", "absent: the own area")
      .errors({kInvalid, kNotPermitted})
      .handle([&helpers](http::Call& call) { return helpers.figures(call.caller(), call.query_id<UnitId>("unit")); });
  router.get("/me/helping")
      .summary("Where the caller helps at present, with the QR code of the app")
      .permit({Role::kCitizen}, Purpose::kOwnRecord)
      .errors({kSecondProofRequired})
      .handle([&helpers](http::Call& call) { return helpers.mine(call.caller()); });
  router.post("/me/helping/{id}/helped")
      .summary("One more person was helped; nobody is named")
      .permit({Role::kCitizen}, Purpose::kOwnRecord)
      .errors({kNotFound, kSecondProofRequired, kHelpedEnough})
      .handle([&helpers](http::Call& call, Helped what) {
        return helpers.helped(call.caller(), call.id<HelperId>(), what, call.once());
      });
}

}  // namespace luytre::helpers
