#include "modules/passengers/passengers.h"

namespace luytre::passengers {
namespace {

struct Trips {
  std::vector<Trip> items;
};
BOOST_DESCRIBE_STRUCT(Trips, (), (items))

struct Seats {
  std::vector<ListLine> items;
};
BOOST_DESCRIBE_STRUCT(Seats, (), (items))

struct Look {
  Instant departure;
  Text<500> reason;
};
BOOST_DESCRIBE_STRUCT(Look, (), (departure, reason))

template <class Items, class T>
Task<Result<Items>> as_items(Task<Result<std::vector<T>>> asked) {
  auto all = co_await std::move(asked);
  if (!all) co_return all.error();
  co_return Items{std::move(*all)};
}

Error missing(const char* what) {
  return wrong_field(std::string("?") + what, "required");
}

}  // namespace

void routes(http::Router& router, Passengers& passengers) {
  router.post("/places/{id}/passengers")
      .summary("The keeper of a vehicle's trip tells who sits where: one list, each line judged by itself")
      .permit({Role::kCitizen}, Purpose::kPlaceKeeping)
      .errors({kInvalid, kNotFound, kNotPermitted, kNotATrip, places::kPlaceClosed, tables::kTooManyLines,
               tables::kNotAWorkbook, tables::kWorkbookTooLarge, kNotInForce})
      .query("departure", "date-time", "when it leaves")
      .query("towards", "id", "the unit where it leads")
      .accepts(tables::kFileTypes)
      .body_limit(kBytesMost)
      .flood()
      .handle([&passengers](http::Call& call) -> Task<Result<Report>> {
        const auto departure = call.query_as<Instant>("departure");
        if (!departure) return refused<Report>(missing("departure"));
        const auto towards = call.query_id<UnitId>("towards");
        if (!towards) return refused<Report>(missing("towards"));
        return passengers.list(call.caller(), {call.id<PlaceId>(), *departure, *towards, call.body()}, call.once());
      });
  router.post("/places/{id}/passengers/take-off")
      .summary("A seat was told by mistake: the list has it no more; officers see that it was told and taken off")
      .permit({Role::kCitizen}, Purpose::kPlaceKeeping)
      .flood()
      .errors({kInvalid, kNotFound, kNotPermitted, kNotATrip})
      .handle([&passengers](http::Call& call, TakeOff seat) {
        return passengers.take_off(call.caller(), call.id<PlaceId>(), std::move(seat), call.once());
      });
  router.get("/places/{id}/trips")
      .summary("Departures of a vehicle that have a passenger list; counts only")
      .permit({Role::kCitizen}, Purpose::kPlaceKeeping)
      .errors({kNotFound, kNotPermitted})
      .handle([&passengers](http::Call& call) -> Task<Result<Trips>> {
        return as_items<Trips>(passengers.trips_of(call.caller(), call.id<PlaceId>()));
      });
  router.get("/trips")
      .summary("Departures with a passenger list that begin or end in the own area; counts only")
      .permit({Role::kStationOfficer, Role::kDistrictOfficer, Role::kProvinceOfficer}, Purpose::kDeclarationReview)
      .errors({kNotPermitted})
      .handle([&passengers](http::Call& call) -> Task<Result<Trips>> {
        return as_items<Trips>(passengers.trips_here(call.caller()));
      });
  router.post("/places/{id}/passengers/look")
      .summary("Who sat where on one departure; kept in the access log with the reason")
      .permit({Role::kStationOfficer, Role::kDistrictOfficer, Role::kProvinceOfficer}, Purpose::kDeclarationReview)
      .errors({kInvalid, kNotFound, kNotPermitted, identity::kReasonRequired})
      .handle([&passengers](http::Call& call, Look look) -> Task<Result<Seats>> {
        return as_items<Seats>(
            passengers.of_trip(call.caller(), call.id<PlaceId>(), look.departure, std::move(look.reason)));
      });
}

}  // namespace luytre::passengers
