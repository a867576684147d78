#include "modules/gates/gates.h"
#include "platform/identity/client.h"

namespace luytre::gates {
namespace {

using http::Call;

constexpr std::initializer_list<Role> kKeepers{Role::kCitizen, Role::kStationOfficer, Role::kDistrictOfficer,
                                               Role::kProvinceOfficer};

std::string key_of(const Call& call) {
  return call.header("Idempotency-Key").value_or("");
}

void keeper_routes(http::Router& router, Gates& gates) {
  router.get("/places/{id}/guards")
      .summary("The guards of a place")
      .permit(kKeepers, Purpose::kPlaceKeeping)
      .handle([&gates](Call& call) { return gates.guards(call.caller(), call.id<PlaceId>()); });
  router.post("/places/{id}/guards")
      .summary("Name a guard by phone")
      .permit(kKeepers, Purpose::kPlaceKeeping)
      .status(201)
      .errors({kGuardNamed, kTooManyGuards, identity::kNoMessages})
      .handle([&gates](Call& call, NewGuard guard) {
        return gates.name_guard(call.caller(), call.id<PlaceId>(), std::move(guard));
      });
  router.post("/places/{id}/guards/{guard}/remove")
      .summary("The guard is out at once")
      .permit(kKeepers, Purpose::kPlaceKeeping)
      .handle([&gates](Call& call) {
        return gates.remove_guard(call.caller(), call.id<PlaceId>(), call.id<GuardId>("guard"));
      });
  router.post("/places/{id}/guards/{guard}/phone-lost")
      .summary("Ends the guard's shifts here; the next one needs a new code")
      .permit(kKeepers, Purpose::kPlaceKeeping)
      .handle([&gates](Call& call) {
        return gates.phone_lost(call.caller(), call.id<PlaceId>(), call.id<GuardId>("guard"));
      });
}

void code_routes(http::Router& router, Gates& gates) {
  router.post("/places/{id}/guards/{guard}/code")
      .summary("A one-time code for the guard's shift here, shown once, for when messages do not come")
      .permit({Role::kCitizen}, Purpose::kPlaceKeeping)
      .status(201)
      .handle([&gates](Call& call) {
        return gates.give_code(call.caller(), call.id<PlaceId>(), call.id<GuardId>("guard"));
      });
}

void door_routes(http::Router& router, Gates& gates) {
  router.post("/places/{id}/entries")
      .summary("The keeper lets somebody in at the own door: by a foreign code, a typed phone, or a number of people")
      .permit({Role::kCitizen}, Purpose::kPlaceKeeping)
      .flood()
      .status(201)
      .errors({kCodeUnknown, kCodeMisread, people::kPersonCodeForged, people::kPersonCodeExpired, kCardForged,
               kCardExpired, kCardLost, places::kPlaceClosed, places::kPlaceNotApproved, visits::kTimeInFuture,
               visits::kTimeTooOld, kNotInForce, visits::kVisitGone})
      .handle([&gates](Call& call, KeeperAdmission admission) {
        return gates.admit(call.caller(), call.id<PlaceId>(), std::move(admission), key_of(call));
      });
}

void refusal_routes(http::Router& router, Gates& gates) {
  router.get("/places/{id}/refusals")
      .summary("Who was turned back at a place: when, why and by which guard; nothing about whom")
      .permit(kKeepers, Purpose::kPlaceKeeping)
      .paged()
      .handle([&gates](Call& call) {
        return gates.refusals(call.caller(), call.id<PlaceId>(), call.cursor(), call.page_limit());
      });
}

// A shift's token says who asks: no account is needed at a gate.
void guard_routes(http::Router& router, Gates& gates) {
  router.post("/gate/codes")
      .summary("Ask for a one-time code to begin a shift; the same answer for every phone")
      .permit({Role::kAnyone}, Purpose::kPlaceKeeping)
      .status(202)
      .errors({identity::kNoMessages, kTooMany})
      .handle([&gates](Call& call, CodeAsk asked) {
        return gates.ask_code(std::move(asked), call.caller().address,
                              identity::message_language(call.header("Accept-Language").value_or("")));
      });
  router.post("/gate/shifts")
      .summary("Begin a shift with the code")
      .permit({Role::kAnyone}, Purpose::kPlaceKeeping)
      .status(201)
      .errors({identity::kCodeWrong, identity::kCodeExpired, identity::kCodeExhausted, kNotAGuard})
      .handle([&gates](Call&, NewShift shift) { return gates.begin(std::move(shift)); });
  router.post("/gate/end")
      .summary("End the shift")
      .permit({Role::kAnyone}, Purpose::kPlaceKeeping)
      .handle([&gates](Call&, ShiftToken shift) { return gates.end(std::move(shift)); });
  router.post("/gate/desk")
      .summary("The gates of this shift, how many are there, and the keys to verify codes with")
      .permit({Role::kAnyone}, Purpose::kPlaceKeeping)
      .errors({kShiftOver, kNotAGuard})
      .handle([&gates](Call&, ShiftToken shift) { return gates.desk(std::move(shift)); });
  router.post("/gate/admissions")
      .summary("Let somebody in: by a scanned code, a typed phone, or a number of people")
      .permit({Role::kAnyone}, Purpose::kPlaceKeeping)
      .flood()
      .status(201)
      .errors({kShiftOver, kNotAGuard, kCodeUnknown, kCodeMisread, people::kPersonCodeForged,
               people::kPersonCodeExpired, kCardForged, kCardExpired, kCardLost, places::kPlaceClosed,
               places::kPlaceNotApproved, visits::kTimeInFuture, visits::kTimeTooOld, kNotInForce, visits::kVisitGone})
      .handle([&gates](Call& call, Admission admission) { return gates.admit(std::move(admission), key_of(call)); });
  router.post("/gate/departures")
      .summary("Somebody goes out: by a scanned code, a typed phone, or a number of people")
      .permit({Role::kAnyone}, Purpose::kPlaceKeeping)
      .flood()
      .status(201)
      .errors({kShiftOver, kNotAGuard, kCodeUnknown, kCodeMisread, people::kPersonCodeForged,
               people::kPersonCodeExpired, kCardForged, kCardExpired, kCardLost, places::kPlaceClosed,
               places::kPlaceNotApproved, visits::kTimeInFuture, kNotInForce})
      .handle([&gates](Call& call, Departure departure) { return gates.depart(std::move(departure), key_of(call)); });
  router.post("/gate/admissions/{entry}/companions")
      .summary("Who came along with somebody who was let in a moment ago")
      .permit({Role::kAnyone}, Purpose::kPlaceKeeping)
      .flood()
      .status(201)
      .errors({kShiftOver, kNotAGuard, kTooLateForCompanions, places::kPlaceClosed, places::kPlaceNotApproved,
               visits::kTimeInFuture, kNotInForce})
      .handle([&gates](Call& call, Companions companions) {
        return gates.add_companions(call.id<EntryId>("entry"), std::move(companions), key_of(call));
      });
  router.post("/gate/ambulances")
      .summary("An ambulance was let in at once; who was in it is said later")
      .permit({Role::kAnyone}, Purpose::kPlaceKeeping)
      .flood()
      .status(201)
      .errors(
          {kShiftOver, kNotAGuard, places::kPlaceClosed, places::kPlaceNotApproved, visits::kTimeInFuture, kNotInForce})
      .handle([&gates](Call& call, AmbulanceIn passed) { return gates.ambulance(std::move(passed), key_of(call)); });
  router.post("/gate/ambulances/{entry}/people")
      .summary("How many were in the ambulance, its plate, a phone")
      .permit({Role::kAnyone}, Purpose::kPlaceKeeping)
      .flood()
      .status(201)
      .errors({kShiftOver, kNotAGuard, kAmbulanceDeclared, places::kPlaceClosed, places::kPlaceNotApproved,
               visits::kTimeInFuture, kNotInForce})
      .handle([&gates](Call& call, AmbulancePeople people) {
        return gates.ambulance_people(call.id<EntryId>("entry"), std::move(people), key_of(call));
      });
  router.post("/gate/refusals")
      .summary("Turn somebody back, and say why")
      .permit({Role::kAnyone}, Purpose::kPlaceKeeping)
      .flood()
      .status(201)
      .errors({kShiftOver, kNotAGuard, kRefusalNotAllowed, places::kPlaceClosed, places::kPlaceNotApproved,
               visits::kTimeInFuture, kNotInForce})
      .handle([&gates](Call& call, Refusal refusal) { return gates.refuse(std::move(refusal), key_of(call)); });
  router.post("/gates/{id}/declarations")
      .summary("A visitor without a phone declares on a device of the gate, or asked by the guard")
      .permit({Role::kAnyone}, Purpose::kPlaceKeeping)
      .body_limit(declarations::kDeclarationMost)
      .flood()
      .status(201)
      .errors({kShiftOver, kNotAGuard, kCodeUnknown, kCodeMisread, people::kPersonCodeForged, people::kCodeForeign,
               people::kPersonCodeExpired, kCardForged, kCardExpired, kCardLost, places::kPlaceClosed,
               places::kPlaceNotApproved, visits::kTimeInFuture, kNotFound, kInvalid, declarations::kFormNotInForce,
               declarations::kTimeTooOld, declarations::kTooManyPictures, kNotInForce})
      .handle([&gates](Call& call, VisitorDeclaration declaration) {
        return gates.declare(call.id<PlaceId>(), std::move(declaration), key_of(call));
      });
}

constexpr std::initializer_list<Role> kOfficers{Role::kStationOfficer, Role::kDistrictOfficer, Role::kProvinceOfficer};

void officer_routes(http::Router& router, Gates& gates) {
  router.get("/cases/{id}/gate-entries")
      .summary("Who was at a place in the case's window without a code of ours: to be called, never ordered")
      .permit(kOfficers, Purpose::kTracing)
      .query("place", "id", "", true)
      .paged()
      .errors({kCaseWithoutWindow})
      .handle([&gates](Call& call) {
        return gates.unverified(call.caller(), call.id<CaseId>(), call.query_id<PlaceId>("place").value_or(PlaceId{}),
                                call.cursor(), call.page_limit());
      });
  router.get("/cases/{id}/gate-declarations")
      .summary("What people whom we do not know declared at a place in the case's window: unproven, to be called")
      .permit(kOfficers, Purpose::kTracing)
      .query("place", "id", "", true)
      .paged()
      .errors({kCaseWithoutWindow})
      .handle([&gates](Call& call) {
        return gates.declared(call.caller(), call.id<CaseId>(), call.query_id<PlaceId>("place").value_or(PlaceId{}),
                              call.cursor(), call.page_limit());
      });
  router.get("/cases/{id}/card-entries")
      .summary("Where the case's printed card was shown in the window: to be asked about, a card proves nothing")
      .permit(kOfficers, Purpose::kTracing)
      .errors({kCaseWithoutWindow})
      .handle([&gates](Call& call) { return gates.by_card(call.caller(), call.id<CaseId>()); });
  router.post("/cases/{id}/gate-entries/{entry}/asked")
      .summary("The holder of the card was asked and was there: the entry becomes a visit")
      .permit(kOfficers, Purpose::kTracing)
      .query("place", "id", "", true)
      .errors({kCaseWithoutWindow, visits::kTimeTooOld})
      .handle([&gates](Call& call) {
        return gates.asked(call.caller(), call.id<CaseId>(), call.query_id<PlaceId>("place").value_or(PlaceId{}),
                           call.id<EntryId>("entry"));
      });
}

}  // namespace

void routes(http::Router& router, Gates& gates) {
  keeper_routes(router, gates);
  code_routes(router, gates);
  door_routes(router, gates);
  refusal_routes(router, gates);
  guard_routes(router, gates);
  officer_routes(router, gates);
}

}  // namespace luytre::gates
