#include "modules/duties/duties.h"

namespace luytre::duties {
namespace {

using http::Call;

constexpr std::initializer_list<Role> kHeads{Role::kCitizen, Role::kStationOfficer, Role::kDistrictOfficer,
                                             Role::kProvinceOfficer};

struct AllRules {
  std::vector<RuleView> items;
};
BOOST_DESCRIBE_STRUCT(AllRules, (), (items))

struct TakingOut {
  Text<100> rule;
  std::int64_t days = 0;  // up to today: 1 to 28
  Text<500> reason;
};
BOOST_DESCRIBE_STRUCT(TakingOut, (), (rule, days, reason))

Task<Result<AllRules>> all(const Duties& duties) {
  co_return AllRules{duties.rules()};
}

void citizen_routes(http::Router& router, Duties& duties) {
  router.get("/me/duties")
      .summary("What the people of the household must declare today, by which rule, for which roster, until when")
      .permit({Role::kCitizen}, Purpose::kOwnRecord)
      .errors({people::kNoOwnRecord})
      .handle([&duties](Call& call) { return duties.mine(call.caller()); });
  router.get("/me/rosters")
      .summary("On which rosters the caller is, and which ask for it")
      .permit({Role::kCitizen}, Purpose::kOwnRecord)
      .errors({people::kNoOwnRecord})
      .handle([&duties](Call& call) { return duties.my_rosters(call.caller()); });
  router.get("/me/rosters/preview")
      .summary("Whose roster a code is, before joining")
      .permit({Role::kCitizen}, Purpose::kOwnRecord)
      .query("code", "string", "as shown or scanned", true)
      .errors({people::kNoOwnRecord, kRosterCodeWrong})
      .handle([&duties](Call& call) { return duties.preview(call.caller(), call.query("code").value_or("")); });
  router.post("/me/rosters")
      .summary("Join a roster by its code; its head will see the name, and for each day whether a declaration was made")
      .permit({Role::kCitizen}, Purpose::kOwnRecord)
      .errors({people::kNoOwnRecord, kRosterCodeWrong, kNotInForce, kRosterFull})
      .handle([&duties](Call& call, Joining joining) { return duties.join(call.caller(), std::move(joining)); });
  router.post("/me/rosters/{id}/leave")
      .summary("Leave a roster")
      .permit({Role::kCitizen}, Purpose::kOwnRecord)
      .errors({people::kNoOwnRecord})
      .handle([&duties](Call& call) { return duties.leave(call.caller(), call.id<RosterId>()); });
  router.post("/me/roster-invitations/{id}/accept")
      .summary("Agree to be on a roster that named the caller's phone")
      .permit({Role::kCitizen}, Purpose::kOwnRecord)
      .errors({people::kNoOwnRecord, kNotInForce, kRosterFull})
      .handle([&duties](Call& call) { return duties.accept(call.caller(), call.id<InvitationId>()); });
  router.post("/me/roster-invitations/{id}/decline")
      .summary("Refuse it; who asked is not told")
      .permit({Role::kCitizen}, Purpose::kOwnRecord)
      .errors({people::kNoOwnRecord})
      .handle([&duties](Call& call) { return duties.decline(call.caller(), call.id<InvitationId>()); });
}

void head_routes(http::Router& router, Duties& duties) {
  router.post("/rosters")
      .summary("Open a roster for a place that the caller keeps, or, as an officer, for a unit")
      .permit(kHeads, Purpose::kDeclarationReview)
      .status(201)
      .errors({kInvalid, kNotPermitted, kNotInForce, kRosterExists, kTooManyRosters})
      .handle([&duties](Call& call, NewRoster roster) {
        return duties.open(call.caller(), std::move(roster), call.once());
      });
  router.get("/rosters")
      .summary("The rosters that the caller heads")
      .permit(kHeads, Purpose::kDeclarationReview)
      .handle([&duties](Call& call) { return duties.kept(call.caller()); });
  router.get("/rosters/{id}")
      .summary("A roster: its code, and how many declared, today and in the last fortnight")
      .permit(kHeads, Purpose::kDeclarationReview)
      .handle([&duties](Call& call) { return duties.find(call.caller(), call.id<RosterId>()); });
  router.post("/rosters/{id}/code")
      .summary("A new code; the old one ends")
      .permit(kHeads, Purpose::kDeclarationReview)
      .handle([&duties](Call& call) { return duties.new_code(call.caller(), call.id<RosterId>()); });
  router.post("/rosters/{id}/close")
      .summary("Close a roster; who is on it is deleted")
      .permit(kHeads, Purpose::kDeclarationReview)
      .handle([&duties](Call& call) { return duties.close(call.caller(), call.id<RosterId>()); });
  router.post("/rosters/{id}/invitations")
      .summary("Ask the holder of a phone to join; the same answer for every phone")
      .permit(kHeads, Purpose::kDeclarationReview)
      .status(202)
      .errors({kInvalid, kNotInForce, kTooManyInvitations})
      .handle([&duties](Call& call, Invitee invitee) {
        return duties.invite(call.caller(), call.id<RosterId>(), std::move(invitee));
      });
}

void people_routes(http::Router& router, Duties& duties) {
  router.get("/rosters/{id}/members")
      .summary("Who is on a roster, and whether they declared on a day: yes or no, nothing else; in their access log")
      .permit(kHeads, Purpose::kDeclarationReview)
      .query("rule", "string", "a rule in force on that day; absent: names alone")
      .query("day", "date", "absent: today")
      .query("declared", "boolean", "absent: both")
      .paged()
      .errors({kInvalid, kDutyNotInForce})
      .handle([&duties](Call& call) {
        MemberFilter filter;
        filter.rule = call.query("rule").value_or("");
        filter.day = call.query_as<Date>("day");
        filter.declared = call.query_as<bool>("declared");
        return duties.members(call.caller(), call.id<RosterId>(), std::move(filter), call.cursor(), call.page_limit());
      });
  router.post("/rosters/{id}/members/{person}/remove")
      .summary("Take somebody off a roster")
      .permit(kHeads, Purpose::kDeclarationReview)
      .handle([&duties](Call& call) {
        return duties.remove(call.caller(), call.id<RosterId>(), call.id<PersonId>("person"));
      });
  router.post("/rosters/{id}/reminders")
      .summary("Remind those who have not declared today, each once a day; the message says nothing of what")
      .permit(kHeads, Purpose::kDeclarationReview)
      .errors({kDutyNotInForce})
      .handle([&duties](Call& call, Reminding asked) {
        return duties.remind(call.caller(), call.id<RosterId>(), std::move(asked));
      });
  router.post("/rosters/{id}/export")
      .summary("People by days, 1 or 0, as comma-separated values marked with who took them out; in the access log")
      .permit(kHeads, Purpose::kDeclarationReview)
      .content_type("text/csv; charset=utf-8")
      .errors({kInvalid, kDutyNotInForce, identity::kReasonRequired})
      .handle([&duties](Call& call, TakingOut asked) {
        return duties.taken_out(call.caller(), call.id<RosterId>(), std::move(asked.rule), asked.days,
                                std::move(asked.reason));
      });
}

void vehicle_routes(http::Router& router, Duties& duties) {
  router.get("/places/{id}/passengers/declared")
      .summary(
          "Of a carrier's list, by seat, whether a declaration was made: yes or no, nothing else; in their access log")
      .permit(kHeads, Purpose::kDeclarationReview)
      .query("departure", "date-time", "which departure", true)
      .query("declared", "boolean", "absent: both")
      .paged()
      .errors({kInvalid, kDutyNotInForce})
      .handle([&duties](Call& call) -> Task<Result<http::Page<SeatSeen>>> {
        const auto departure = call.query_as<Instant>("departure");
        if (!departure) return refused<http::Page<SeatSeen>>(wrong_field("?departure", "required"));
        return duties.aboard(call.caller(), {call.id<PlaceId>(), *departure, call.query_as<bool>("declared")},
                             call.cursor(), call.page_limit());
      });
}

void traveller_routes(http::Router& router, Duties& duties) {
  router.post("/duties/travellers/search")
      .summary(
          "Who of the own area came through an epidemic area, and whether they declared: yes or no, nothing else; in "
          "their access log")
      .permit({Role::kStationOfficer, Role::kDistrictOfficer, Role::kProvinceOfficer}, Purpose::kDeclarationReview)
      .query("cursor", "string", "where to go on; a page may be short, or empty, before the last")
      .errors({kInvalid, kNotPermitted, kDutyNotInForce, identity::kReasonRequired})
      .handle([&duties](Call& call, TravellerFilter filter) {
        return duties.travellers(call.caller(), std::move(filter), call.query("cursor"));
      });
}

}  // namespace

void routes(http::Router& router, Duties& duties) {
  router.get("/duty-rules")
      .summary("The rules by which somebody must declare, and where they are in force now")
      .permit({Role::kAnyone}, Purpose::kPublic)
      .handle([&duties](Call&) { return all(duties); });
  citizen_routes(router, duties);
  head_routes(router, duties);
  people_routes(router, duties);
  vehicle_routes(router, duties);
  traveller_routes(router, duties);
  router.get("/duties/organisations")
      .summary("Organisations of the own area: how many members, how many of them declared today; no people")
      .permit({Role::kStationOfficer, Role::kDistrictOfficer, Role::kProvinceOfficer, Role::kCommander},
              Purpose::kDeclarationReview)
      .query("unit", "id", "a unit of the own area; absent: all of it")
      .query("cursor", "string", "where to go on")
      .errors({kInvalid, kNotPermitted})
      .handle([&duties](Call& call) {
        return duties.organisations(call.caller(), call.query_id<UnitId>("unit"), call.query("cursor"));
      });
}

}  // namespace luytre::duties
