#include "modules/staff/staff.h"

namespace luytre::staff {
namespace {

constexpr std::initializer_list<Role> kOfficers{Role::kStationOfficer, Role::kDistrictOfficer, Role::kProvinceOfficer};

}  // namespace

void routes(http::Router& router, Staff& staff) {
  router.get("/waiting")
      .summary("What nobody has yet and somebody should, of all rooms, the oldest first; no people")
      .permit(kOfficers, Purpose::kFollowUp)
      .query("yours", "boolean", "Only what has come to the own level")
      .handle([&staff](http::Call& call) {
        return staff.waiting_list(call.caller(), call.query_as<bool>("yours").value_or(false));
      });
  router.get("/colleagues")
      .summary("Officers who answer for the unit, to whom its work can be given; names alone")
      .permit(kOfficers, Purpose::kFollowUp)
      .errors({kInvalid, kNotPermitted})
      .query("unit", "id", "", true)
      .handle([&staff](http::Call& call) {
        return staff.colleagues(call.caller(), call.query_id<UnitId>("unit").value_or(UnitId{}));
      });
  router.get("/officer-teams")
      .summary("Teams of officers of the own area, with who is in them")
      .permit(kOfficers, Purpose::kFollowUp)
      .query("unit", "id", "A unit of the own area")
      .handle([&staff](http::Call& call) { return staff.teams(call.caller(), call.query_id<UnitId>("unit")); });
  router.post("/officer-teams")
      .summary("Make a team of officers of a unit")
      .permit(kOfficers, Purpose::kFollowUp)
      .errors({kInvalid, kNotPermitted, kTeamsFull})
      .status(201)
      .handle([&staff](http::Call& call, NewOfficerTeam team) {
        return staff.make(call.caller(), std::move(team), call.once());
      });
  router.patch("/officer-teams/{id}")
      .summary("Change a team's name or members, or end it: what it had is nobody's then")
      .permit(kOfficers, Purpose::kFollowUp)
      .errors({kInvalid, kNotFound, kNotPermitted, kTeamsFull})
      .versioned()
      .handle([&staff](http::Call& call, OfficerTeamEdit edit) {
        return staff.edit(call.caller(), call.id<OfficerTeamId>(), std::move(edit), *call.if_match());
      });
}

}  // namespace luytre::staff
