#include "modules/arrivals/arrivals.h"
#include "platform/identity/taken_out.h"
#include "platform/tables/xlsx.h"

namespace luytre::arrivals {
namespace {

using http::Call;

constexpr std::initializer_list<Role> kOfficers{Role::kStationOfficer, Role::kDistrictOfficer, Role::kProvinceOfficer};

struct Vehicles {
  std::vector<VehicleQueue> items;
};
BOOST_DESCRIBE_STRUCT(Vehicles, (), (items))

struct OnTheWayHere {
  std::vector<OnTheWay> items;
};
BOOST_DESCRIBE_STRUCT(OnTheWayHere, (), (items))

struct InQueue {
  std::vector<Queued> items;
};
BOOST_DESCRIBE_STRUCT(InQueue, (), (items))

// Of a carrier's list by `vehicle` and `departure`, or else of a vehicle of /arrivals/on-the-way.
struct QueueLook {
  PlaceId place;  // of entry
  std::optional<PlaceId> vehicle;
  std::optional<Instant> departure;
  std::optional<Text<500>> on_the_way;
  Text<500> reason;
};
BOOST_DESCRIBE_STRUCT(QueueLook, (), (place, vehicle, departure, on_the_way, reason))

template <class Items, class T>
Task<Result<Items>> as_items(Task<Result<std::vector<T>>> asked) {
  auto all = co_await std::move(asked);
  if (!all) co_return all.error();
  co_return Items{std::move(*all)};
}

std::string key_of(const Call& call) {
  return call.header("Idempotency-Key").value_or("");
}

}  // namespace

void routes(http::Router& router, Arrivals& arrivals) {
  router.post("/arrivals/look")
      .summary(
          "The declaration on entry of a traveller who shows a code or a paper, and a ticket for the rest; kept in the "
          "access log with the reason")
      .permit(kOfficers, Purpose::kDeclarationReview)
      .errors({kInvalid, places::kPlaceClosed, kNotInForce, kDeskTicketExpired, kCodeMisread,
               people::kPersonCodeExpired, people::kPersonCodeForged, people::kCodeForeign, identity::kReasonRequired})
      .handle([&arrivals](Call& call, Look look) { return arrivals.look(call.caller(), std::move(look)); });
  router.post("/arrivals/pictures/look")
      .summary("A picture that the declaration of who stands at the desk names; kept in the access log with the reason")
      .permit(kOfficers, Purpose::kDeclarationReview)
      .content_type("image/jpeg")
      .errors({kInvalid, kNotFound, places::kPlaceClosed, kNotInForce, kDeskTicketExpired, people::kPersonCodeExpired,
               people::kPersonCodeForged, people::kCodeForeign, identity::kReasonRequired})
      .handle([&arrivals](Call& call, PictureLook look) { return arrivals.picture(call.caller(), std::move(look)); });
  router.post("/arrivals/travellers")
      .summary("Register a traveller whom nobody knows by the paper shown")
      .permit(kOfficers, Purpose::kDeclarationReview)
      .flood()
      .status(201)
      .errors({kInvalid, places::kPlaceClosed, kNotInForce, kTravellerKnown})
      .handle([&arrivals](Call& call, Registration registration) {
        return arrivals.register_traveller(call.caller(), std::move(registration), key_of(call));
      });
  router.post("/arrivals/declarations")
      .summary("Write down the declaration on entry of a traveller who has none")
      .permit(kOfficers, Purpose::kDeclarationReview)
      .flood()
      .status(201)
      .errors({kInvalid, places::kPlaceClosed, kNotInForce, kDeskTicketExpired, people::kPersonCodeExpired,
               people::kPersonCodeForged, people::kCodeForeign, declarations::kFormNotInForce})
      .handle([&arrivals](Call& call, Told told) {
        return arrivals.declare(call.caller(), std::move(told), key_of(call));
      });
  router.post("/arrivals/corrections")
      .summary("Correct the declaration on entry together with the traveller: another version, the old one is kept")
      .permit(kOfficers, Purpose::kDeclarationReview)
      .flood()
      .status(201)
      .errors({places::kPlaceClosed, kNotInForce, kDeskTicketExpired, people::kPersonCodeExpired,
               people::kPersonCodeForged, people::kCodeForeign, declarations::kDeclarationReplaced,
               declarations::kFormNotInForce, declarations::kTimeTooOld})
      .handle([&arrivals](Call& call, Correction correction) {
        return arrivals.correct(call.caller(), std::move(correction), key_of(call));
      });
  router.post("/arrivals")
      .summary("Decide about a traveller: pass, examine, quarantine; handed over to where the traveller goes")
      .permit(kOfficers, Purpose::kDeclarationReview)
      .flood()
      .status(201)
      .errors({places::kPlaceClosed, kNotInForce, kDeskTicketExpired, people::kPersonCodeExpired,
               people::kPersonCodeForged, people::kCodeForeign})
      .handle([&arrivals](Call& call, NewArrival arrival) {
        return arrivals.decide(call.caller(), std::move(arrival), key_of(call));
      });
  router.get("/arrivals/vehicles")
      .summary("Vehicles whose passengers were listed, and how many of them were decided about; counts only")
      .permit(kOfficers, Purpose::kDeclarationReview)
      .handle([&arrivals](Call& call) -> Task<Result<Vehicles>> {
        return as_items<Vehicles>(arrivals.vehicles(call.caller()));
      });
  router.get("/arrivals/on-the-way")
      .summary("Vehicles by which travellers declared that they come to a place of entry; counts only")
      .permit(kOfficers, Purpose::kDeclarationReview)
      .errors({kInvalid, kNotFound, places::kPlaceClosed, kNotInForce})
      .query("place", "id", "the place of entry")
      .handle([&arrivals](Call& call) -> Task<Result<OnTheWayHere>> {
        const auto place = call.query_id<PlaceId>("place");
        if (!place) return refused<OnTheWayHere>(wrong_field("?place", "required"));
        return as_items<OnTheWayHere>(arrivals.on_the_way(call.caller(), *place));
      });
  router.post("/arrivals/queue/look")
      .summary("Who is in a vehicle and has declared, red first; everybody we know is logged with the reason")
      .permit(kOfficers, Purpose::kDeclarationReview)
      .errors({kInvalid, kNotFound, places::kPlaceClosed, kNotInForce, identity::kReasonRequired})
      .handle([&arrivals](Call& call, QueueLook look) -> Task<Result<InQueue>> {
        Queue asked;
        asked.place = look.place;
        asked.vehicle = look.vehicle;
        asked.departure = look.departure;
        asked.on_the_way = look.on_the_way.value_or("");
        asked.reason = std::move(look.reason);
        return as_items<InQueue>(arrivals.queue(call.caller(), std::move(asked)));
      });
  router.get("/arrivals/coming")
      .summary("Travellers who come to the own area; everybody on the page is logged")
      .permit(kOfficers, Purpose::kFollowUp)
      .errors({kInvalid})
      .paged()
      .query("unit", "id", "of the own area")
      .query("outcome", "pass|examine|quarantine", "what was decided")
      .query("state", "waiting|acknowledged|done", "what is left to do")
      .query("order", "ascending|descending", "by when it was decided; absent: descending")
      .handle([&arrivals](Call& call) {
        ComingFilter filter;
        filter.unit = call.query_id<UnitId>("unit");
        filter.outcome = call.query_as<Outcome>("outcome");
        filter.state = call.query_as<Reached>("state");
        filter.order = call.query_as<Order>("order").value_or(Order::kDescending);
        return arrivals.coming(call.caller(), filter, call.cursor(), call.page_limit());
      });
  router.post("/units/{id}/arrival-file")
      .summary(
          "Travellers who come to the unit, all or filtered as their list, as a file without notes, marked with who "
          "took it out; with a reason; everybody in it is in the access log")
      .permit({Role::kDistrictOfficer, Role::kProvinceOfficer}, Purpose::kFollowUp)
      .content_type(tables::kFileTypes)
      .errors({kInvalid, kNotFound, kNotPermitted, identity::kListTooLong, identity::kReasonRequired})
      .handle([&arrivals](Call& call, ComingOut wanted) {
        return arrivals.take_out(call.caller(), call.id<UnitId>(), std::move(wanted));
      });
  router.post("/arrivals/{id}/acknowledge")
      .summary("The receiving unit has taken notice")
      .permit(kOfficers, Purpose::kFollowUp)
      .errors({referrals::kNotEscalated})
      .handle([&arrivals](Call& call) { return arrivals.acknowledge(call.caller(), call.id<ArrivalId>()); });
  router.post("/arrivals/{id}/outcome")
      .summary("What came of it where the traveller went; takes notice, too")
      .permit(kOfficers, Purpose::kFollowUp)
      .flood()
      .errors({kInvalid, kNotFound, referrals::kNotEscalated})
      .handle([&arrivals](Call& call, Reception reception) {
        return arrivals.receive(call.caller(), call.id<ArrivalId>(), std::move(reception), key_of(call));
      });
}

}  // namespace luytre::arrivals
