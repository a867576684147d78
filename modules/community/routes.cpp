#include "modules/community/community.h"

namespace luytre::community {
namespace {

using http::Call;

constexpr std::initializer_list<Role> kStation{Role::kStationOfficer};

std::string key_of(const Call& call) {
  return call.header("Idempotency-Key").value_or("");
}

void team_routes(http::Router& router, Community& community) {
  router.get("/teams")
      .summary("Community teams of the own area: whom they reached today and who declared, as counts; no people")
      .permit({Role::kStationOfficer, Role::kDistrictOfficer, Role::kProvinceOfficer, Role::kCommander},
              Purpose::kDeclarationReview)
      .query("unit", "id", "a unit of the own area; absent: all of it")
      .query("cursor", "string", "where to go on")
      .errors({kInvalid, kNotPermitted})
      .handle([&community](Call& call) {
        return community.teams(call.caller(), call.query_id<UnitId>("unit"), call.query("cursor"));
      });
  router.post("/teams")
      .summary("Set a team up for a residential group, on a signed document and until a date")
      .permit(kStation, Purpose::kDeclarationReview)
      .status(201)
      .errors({kInvalid, kNotPermitted, kNotInForce, kTeamFull})
      .handle([&community](Call& call, NewTeam team) {
        return community.make(call.caller(), std::move(team), call.once());
      });
  router.get("/teams/{id}")
      .summary("A team, its volunteers, and what it did in the last days")
      .permit(kStation, Purpose::kDeclarationReview)
      .errors({kNotFound})
      .handle([&community](Call& call) { return community.find(call.caller(), call.id<TeamId>()); });
  router.patch("/teams/{id}")
      .summary("Rename a team, extend it on another document, close it, or open it again")
      .permit(kStation, Purpose::kDeclarationReview)
      .versioned()
      .errors({kNotFound, kInvalid, kVersionConflict})
      .handle([&community](Call& call, TeamEdit edit) {
        return community.edit(call.caller(), call.id<TeamId>(), std::move(edit), call.if_match().value_or(0));
      });
  router.post("/teams/{id}/volunteers")
      .summary("Name a volunteer by phone")
      .permit(kStation, Purpose::kDeclarationReview)
      .status(201)
      .errors({kNotFound, kInvalid, kVolunteerNamed, kTeamFull, identity::kNoMessages})
      .handle([&community](Call& call, NewVolunteer volunteer) {
        return community.name_volunteer(call.caller(), call.id<TeamId>(), std::move(volunteer));
      });
  router.post("/teams/{id}/volunteers/{volunteer}/remove")
      .summary("The volunteer is out at once")
      .permit(kStation, Purpose::kDeclarationReview)
      .errors({kNotFound})
      .handle([&community](Call& call) {
        return community.remove_volunteer(call.caller(), call.id<TeamId>(), call.id<VolunteerId>("volunteer"));
      });
  router.post("/teams/{id}/volunteers/{volunteer}/phone-lost")
      .summary("Ends the volunteer's shifts; the next one needs a new code")
      .permit(kStation, Purpose::kDeclarationReview)
      .errors({kNotFound})
      .handle([&community](Call& call) {
        return community.phone_lost(call.caller(), call.id<TeamId>(), call.id<VolunteerId>("volunteer"));
      });
}

void household_routes(http::Router& router, Community& community) {
  router.get("/teams/{id}/households")
      .summary("The households of a team, who lives there, and who declared on a day: yes or no; in their access log")
      .permit(kStation, Purpose::kDeclarationReview)
      .query("which", "all|missed|neverReached", "missed: somebody has not declared on that day")
      .query("day", "date", "absent: today")
      .errors({kNotFound, kInvalid})
      .handle([&community](Call& call) {
        return community.households(call.caller(), call.id<TeamId>(),
                                    call.query_as<Which>("which").value_or(Which::kAll), call.query_as<Date>("day"));
      });
  router.post("/teams/{id}/households")
      .summary("Add a household")
      .permit(kStation, Purpose::kDeclarationReview)
      .status(201)
      .errors({kNotFound, kInvalid, kNotPermitted, kHouseholdNumberTaken, kTeamFull})
      .handle([&community](Call& call, NewHousehold household) {
        return community.add(call.caller(), call.id<TeamId>(), std::move(household));
      });
  router.patch("/teams/{id}/households/{household}")
      .summary("Change a household's number or address, remove it, or put it back")
      .permit(kStation, Purpose::kDeclarationReview)
      .errors({kNotFound, kInvalid, kHouseholdNumberTaken, kTeamFull})
      .handle([&community](Call& call, HouseholdEdit edit) {
        return community.edit(call.caller(), call.id<TeamId>(), call.id<HouseholdId>("household"), std::move(edit));
      });
  router.post("/teams/{id}/households/{household}/members")
      .summary("Add somebody to a household: a known person, or a name and a birth year")
      .permit(kStation, Purpose::kDeclarationReview)
      .status(201)
      .errors({kNotFound, kInvalid, kNotPermitted, kTeamFull})
      .handle([&community](Call& call, NewMember member) {
        return community.add_member(call.caller(), call.id<TeamId>(), call.id<HouseholdId>("household"),
                                    std::move(member), call.once());
      });
  router.patch("/teams/{id}/households/{household}/members/{member}")
      .summary("Make somebody the head, remove them from the household, or put them back")
      .permit(kStation, Purpose::kDeclarationReview)
      .errors({kNotFound})
      .handle([&community](Call& call, MemberEdit edit) {
        return community.edit_member(call.caller(), call.id<TeamId>(), call.id<HouseholdId>("household"),
                                     call.id<MemberId>("member"), edit);
      });
  router.post("/teams/{id}/list")
      .summary("Bring households in bulk: one list, each line judged by itself; sent again, nothing doubles")
      .permit(kStation, Purpose::kDeclarationReview)
      .accepts(tables::kFileTypes)
      .body_limit(kBytesMost)
      .errors({kNotFound, kInvalid, tables::kTooManyLines, tables::kNotAWorkbook, tables::kWorkbookTooLarge})
      .handle([&community](Call& call) { return community.list(call.caller(), call.id<TeamId>(), call.body()); });
  router.get("/team-help")
      .summary("Who asked the teams of the own area for help and was not answered yet; in their access log")
      .permit(kStation, Purpose::kDeclarationReview)
      .errors({kNotPermitted})
      .handle([&community](Call& call) { return community.help(call.caller()); });
  router.post("/team-help/{id}/settle")
      .summary("What was done about it")
      .permit(kStation, Purpose::kDeclarationReview)
      .errors({kNotFound, kInvalid, kHelpSettled})
      .handle([&community](Call& call, Settling settling) {
        return community.settle(call.caller(), call.id<ReportId>(), std::move(settling));
      });
}

// A shift's token says who asks, as at a gate: a volunteer needs no account.
void door_routes(http::Router& router, Community& community) {
  router.post("/team/desk")
      .summary("The households of the volunteer's teams, and who has declared today: yes or no, nothing else")
      .permit({Role::kAnyone}, Purpose::kDeclarationReview)
      .errors({gates::kShiftOver, gates::kNotAGuard})
      .handle([&community](Call&, gates::ShiftToken shift) { return community.desk(std::move(shift)); });
  router.post("/team/findings")
      .summary("What was found at a door: met, not at home, refused, help needed")
      .permit({Role::kAnyone}, Purpose::kDeclarationReview)
      .flood()
      .status(201)
      .errors(
          {kInvalid, kNotFound, gates::kShiftOver, gates::kNotAGuard, kTeamOver, kNotInForce, visits::kTimeInFuture})
      .handle([&community](Call& call, Finding finding) { return community.found(std::move(finding), key_of(call)); });
  router.post("/team/declarations")
      .summary("Write down what somebody declares at the door, for themselves or a member of the household")
      .permit({Role::kAnyone}, Purpose::kDeclarationReview)
      .flood()
      .status(201)
      .errors({kInvalid, kNotFound, gates::kShiftOver, gates::kNotAGuard, kTeamOver, kNotInForce, visits::kTimeInFuture,
               declarations::kTimeTooOld, declarations::kFormNotInForce})
      .handle([&community](Call& call, DoorDeclaration declaration) {
        return community.declare(std::move(declaration), key_of(call));
      });
}

}  // namespace

void routes(http::Router& router, Community& community) {
  team_routes(router, community);
  household_routes(router, community);
  door_routes(router, community);
}

}  // namespace luytre::community
