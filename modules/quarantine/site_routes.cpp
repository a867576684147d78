#include "modules/quarantine/sites.h"

namespace luytre::quarantine {
namespace {

using http::Call;

constexpr std::initializer_list<Role> kOfficers{Role::kStationOfficer, Role::kDistrictOfficer, Role::kProvinceOfficer};
constexpr Purpose kFor = Purpose::kCaseManagement;

}  // namespace

void routes(http::Router& router, Sites& sites) {
  router.get("/quarantine-sites")
      .summary(
          "Concentrated sites and hotels of the own area: beds, how many are taken, who leaves tomorrow; no people")
      .permit(kOfficers, kFor)
      .handle([&sites](Call& call) { return sites.list(call.caller()); });
  router.post("/quarantine-sites")
      .summary("Register a site or hotel")
      .permit(kOfficers, kFor)
      .status(201)
      .errors({kInvalid, kNotPermitted})
      .handle([&sites](Call& call, NewSite site) { return sites.add(call.caller(), std::move(site), call.once()); });
  router.get("/quarantine-sites/{id}")
      .summary("A site with its rooms, who lies in which bed, and who left; every person shown is in the access log")
      .permit(kOfficers, kFor)
      .errors({kNotFound})
      .handle([&sites](Call& call) { return sites.find(call.caller(), call.id<SiteId>()); });
  router.get("/quarantine-sites/{id}/awaited")
      .summary(
          "Who is under a running order for a place of this kind and has no bed yet; everybody is in the access log")
      .permit(kOfficers, kFor)
      .errors({kNotFound})
      .handle([&sites](Call& call) { return sites.awaited(call.caller(), call.id<SiteId>()); });
  router.post("/quarantine-sites/{id}/rooms")
      .summary("Add a room with its beds")
      .permit(kOfficers, kFor)
      .errors({kInvalid, kNotFound, kRoomExists})
      .handle([&sites](Call& call, NewRoom room) {
        return sites.add_room(call.caller(), call.id<SiteId>(), std::move(room));
      });
  router.post("/quarantine-sites/{id}/stays")
      .summary("Give somebody under a running order a bed, or another one")
      .permit(kOfficers, kFor)
      .errors({kInvalid, kNotFound, kOrderNotRunning, kOrderElsewhere, kBedTaken})
      .handle([&sites](Call& call, Lodging lodging) { return sites.lodge(call.caller(), call.id<SiteId>(), lodging); });
  router.post("/quarantine-sites/{id}/intake/look")
      .summary(
          "A group that arrives at once, by the codes of their orders: who may be lodged, and which beds are proposed, "
          "cohorts and households together; everybody is in the access log, nothing else is written")
      .permit(kOfficers, kFor)
      .errors({kInvalid, kNotFound})
      .handle([&sites](Call& call, IntakeCodes codes) {
        return sites.look_intake(call.caller(), call.id<SiteId>(), std::move(codes));
      });
  router.post("/quarantine-sites/{id}/intake")
      .summary("Give many a bed at once; each is judged alone, and the rest stands")
      .permit(kOfficers, kFor)
      .errors({kInvalid, kNotFound})
      .handle([&sites](Call& call, Lodgings lodgings) {
        return sites.intake(call.caller(), call.id<SiteId>(), std::move(lodgings), call.once());
      });
  router.post("/quarantine-stays/{id}/leave")
      .summary("Somebody has left the site")
      .permit(kOfficers, kFor)
      .errors({kNotFound, kHasLeft})
      .handle([&sites](Call& call) { return sites.leave(call.caller(), call.id<StayId>()); });
  router.post("/quarantine-sites/{id}/roll-calls")
      .summary("Begin a roll-call, or go on with the one of today that is open")
      .permit(kOfficers, kFor)
      .errors({kNotFound})
      .handle([&sites](Call& call) { return sites.begin_call(call.caller(), call.id<SiteId>()); });
  router.post("/quarantine-roll-calls/{id}/answers")
      .summary(
          "Who was there and who was not, many at once; each is judged alone, and sent again nothing changes. Also "
          "after "
          "it was closed: what a phone without a network had noted")
      .permit(kOfficers, kFor)
      .errors({kInvalid, kNotFound})
      .handle([&sites](Call& call, RollAnswers answers) {
        return sites.answer(call.caller(), call.id<RollCallId>(), std::move(answers));
      });
  router.post("/quarantine-roll-calls/{id}/close")
      .summary("Close a roll-call; who was absent is told to the station of the site")
      .permit(kOfficers, kFor)
      .errors({kNotFound})
      .handle([&sites](Call& call) { return sites.close_call(call.caller(), call.id<RollCallId>()); });
}

}  // namespace luytre::quarantine
