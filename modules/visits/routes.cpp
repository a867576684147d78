#include "modules/people/adults.h"
#include "modules/visits/visits.h"
#include "platform/identity/consents.h"

namespace luytre::visits {
namespace {

using http::Call;

// Asks what the person must declare now, after the visit is on disk.
Task<Result<Visit>> with_declaration(Task<Result<Visit>> recording, const places::Places& places,
                                     const DeclarationNeeded& needed) {
  Result<Visit> visit = co_await std::move(recording);
  if (!visit || !needed) co_return visit;
  const auto spot = places.spot(visit->place, visit->zone);
  if (spot) visit->declaration_needed = co_await needed(visit->person, spot->unit);
  co_return visit;
}

Task<Result<Admitted>> admitted(Task<Result<Visit>> recording) {
  const Result<Visit> visit = co_await std::move(recording);
  if (!visit) co_return visit.error();
  Admitted out;
  out.id = visit->id;
  out.place_name = visit->place_name;
  out.zone_name = visit->zone_name;
  out.in = visit->in;
  out.declaration_missing = visit->declaration_needed.has_value();
  co_return out;
}

void check_in_routes(http::Router& router, Visits& visits, const places::Places& places,
                     const DeclarationNeeded& needed) {
  router.post("/visits")
      .summary("Check in at a place")
      .permit({Role::kCitizen}, Purpose::kOwnRecord)
      .flood()
      .status(201)
      .errors({places::kPlaceCodeForged, places::kPlaceCodeExpired, places::kPlaceCodeForeign,
               places::kPlaceCodeMistyped, places::kPlaceUnknown, places::kPlaceClosed, people::kNotInHousehold,
               people::kNoOwnRecord, kTimeInFuture, kTimeTooOld, kNotInForce, kVisitGone, identity::kConsentRequired})
      .handle([&visits, &places, needed](Call& call, CheckIn request) {
        return with_declaration(visits.check_in(call.caller(), std::move(request), call.once()), places, needed);
      });
  router.post("/places/{id}/visits")
      .summary("The keeper scans the code that a person shows")
      .permit({Role::kCitizen, Role::kStationOfficer, Role::kDistrictOfficer, Role::kProvinceOfficer},
              Purpose::kPlaceKeeping)
      .flood()
      .status(201)
      .errors({people::kPersonCodeForged, people::kPersonCodeExpired, people::kCodeForeign, places::kPlaceClosed,
               kTimeInFuture, kTimeTooOld, kNotInForce, kVisitGone})
      .handle([&visits, &places, needed](Call& call, ShownCode request) {
        auto recording = visits.check_in_shown(call.caller(), call.id<PlaceId>(), std::move(request), call.once());
        return admitted(with_declaration(std::move(recording), places, needed));
      });
}

}  // namespace

void routes(http::Router& router, Visits& visits, const places::Places& places, DeclarationNeeded needed) {
  check_in_routes(router, visits, places, needed);
  router.post("/visits/{id}/check-out")
      .summary("Check out; replaces the estimated end")
      .permit({Role::kCitizen}, Purpose::kOwnRecord)
      .flood()
      .errors({kOutBeforeIn, kTimeInFuture, kStayTooLong, kCheckedOut, kVisitGone})
      .handle([&visits](Call& call, CheckOut request) {
        return visits.check_out(call.caller(), call.id<VisitId>(), request, call.once());
      });
  router.post("/visits/{id}/cancel")
      .summary("Undo a check-in of the last ten minutes")
      .permit({Role::kCitizen}, Purpose::kOwnRecord)
      .errors({kTooLateToUndo})
      .handle([&visits](Call& call) { return visits.cancel(call.caller(), call.id<VisitId>()); });
  router.post("/visits/{id}/whereabouts")
      .summary("Where the phone is, told once for a visit of the last minutes; compared with the place and not kept")
      .permit({Role::kCitizen}, Purpose::kOwnRecord)
      .errors({kTooLateToShare})
      .handle([&visits](Call& call, places::Point where) {
        return visits.share(call.caller(), call.id<VisitId>(), where);
      });
  router.get("/me/visits")
      .summary("My visits, or those of a child of my household, newest first")
      .permit({Role::kCitizen}, Purpose::kOwnRecord)
      .query("person", "id", "absent: my own")
      .paged()
      .errors({people::kNotInHousehold, people::kNoOwnRecord, people::kAdultsOwnAffair})
      .handle([&visits](Call& call) {
        return visits.of_person(call.caller(), call.query_id<PersonId>("person"), call.cursor(), call.page_limit());
      });
  router.get("/places/{id}/visits/summary")
      .summary("How many are here now and came today; counts only")
      .permit({Role::kCitizen, Role::kStationOfficer, Role::kDistrictOfficer, Role::kProvinceOfficer},
              Purpose::kPlaceKeeping)
      .handle([&visits](Call& call) { return visits.summary(call.caller(), call.id<PlaceId>()); });
}

}  // namespace luytre::visits
