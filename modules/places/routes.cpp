#include "modules/places/impl.h"
#include "modules/places/places.h"
#include "platform/identity/client.h"
#include "platform/identity/taken_out.h"
#include "platform/tables/xlsx.h"

namespace luytre::places {
namespace {

using http::Call;

constexpr std::initializer_list<Role> kAll{Role::kCitizen, Role::kStationOfficer, Role::kDistrictOfficer,
                                           Role::kProvinceOfficer};

struct KindList {
  std::vector<Kind> items;
};
BOOST_DESCRIBE_STRUCT(KindList, (), (items))

struct PointOfEntryList {
  std::vector<PointOfEntry> items;
};
BOOST_DESCRIBE_STRUCT(PointOfEntryList, (), (items))

Task<Result<PointOfEntryList>> point_of_entry_list(Task<Result<std::vector<PointOfEntry>>> asked) {
  auto all = co_await std::move(asked);
  if (!all) co_return all.error();
  co_return PointOfEntryList{std::move(*all)};
}

Task<Result<KindList>> kind_list(const Kinds& kinds) {
  co_return KindList{kinds.all()};
}

void registration_routes(http::Router& router, Places& places) {
  router.get("/place-kinds")
      .summary("What a place can be, with the figures that tracing uses")
      .permit({Role::kAnyone}, Purpose::kPublic)
      .handle([&places](Call&) { return kind_list(places.kinds()); });
  router.get("/points-of-entry")
      .summary("Border gates, airports, stations and ports by which people come into the country, by name")
      .permit({Role::kAnyone}, Purpose::kPublic)
      .handle([&places](Call&) { return point_of_entry_list(places.points_of_entry()); });
  router.post("/places/registrations")
      .summary("Register a place; a one-time code goes to its phone")
      .permit(kAll, Purpose::kPlaceKeeping)
      .status(201)
      .errors({kTooMany})
      .handle([&places](Call& call, Registration asked) {
        return places.start_registration(call.caller(), std::move(asked),
                                         identity::message_language(call.header("Accept-Language").value_or("")));
      });
  router.post("/places/registrations/{id}/confirm")
      .summary("Show the one-time code")
      .permit(kAll, Purpose::kPlaceKeeping)
      .status(201)
      .errors({identity::kCodeWrong, identity::kCodeExhausted, identity::kCodeExpired})
      .handle([&places](Call& call, Confirmation confirmation) {
        return places.confirm_registration(call.caller(), std::string(call.path("id")), confirmation.code);
      });
}

void keeper_routes(http::Router& router, Places& places) {
  router.post("/places/claims")
      .summary("Become the keeper of a listed place: the code on its poster; a one-time code goes to the listed phone")
      .permit(kAll, Purpose::kPlaceKeeping)
      .status(201)
      .errors({kPlaceCodeForged, kPlaceCodeExpired, kPlaceCodeForeign, kPlaceCodeMistyped, kPlaceUnknown, kPlaceClosed,
               kPlaceKept, kPlaceWithoutPhone, kTooMany, identity::kNoMessages})
      .handle([&places](Call& call, CodeQuestion question) {
        return places.start_claim(call.caller(), std::move(question.code),
                                  identity::message_language(call.header("Accept-Language").value_or("")));
      });
  router.post("/places/claims/{id}/confirm")
      .summary("Show the one-time code, and keep the place")
      .permit(kAll, Purpose::kPlaceKeeping)
      .errors({identity::kCodeWrong, identity::kCodeExhausted, identity::kCodeExpired, kPlaceKept, kPlaceWithoutPhone,
               kPlaceClosed})
      .handle([&places](Call& call, Confirmation confirmation) {
        return places.confirm_claim(call.caller(), std::string(call.path("id")), confirmation.code);
      });
  router.get("/me/places")
      .summary("The places I keep")
      .permit(kAll, Purpose::kPlaceKeeping)
      .handle([&places](Call& call) { return places.mine(call.caller()); });
  router.get("/places/{id}")
      .summary("A place, for its keeper and the officers of its area")
      .permit(kAll, Purpose::kPlaceKeeping)
      .handle([&places](Call& call) { return places.find(call.caller(), call.id<PlaceId>()); });
  router.patch("/places/{id}")
      .summary("Change a place, close it, or end its posters")
      .permit(kAll, Purpose::kPlaceKeeping)
      .versioned()
      .errors({kTooManyPosters})
      .handle([&places](Call& call, PlaceEdit edit) {
        return places.edit(call.caller(), call.id<PlaceId>(), std::move(edit), call.if_match().value_or(0));
      });
  router.post("/places/{id}/zones")
      .summary("Add a room, carriage, floor or entrance with a code of its own")
      .permit(kAll, Purpose::kPlaceKeeping)
      .status(201)
      .errors({kTooManyZones})
      .handle([&places](Call& call, NewZone zone) {
        return places.add_zone(call.caller(), call.id<PlaceId>(), std::move(zone));
      });
  router.patch("/places/{id}/zones/{zone}")
      .summary("Turn a part of the place into an entrance, or back; what was recorded stays as it was")
      .permit(kAll, Purpose::kPlaceKeeping)
      .versioned()
      .handle([&places](Call& call, ZoneUse use) {
        return places.use_zone(call.caller(), call.id<PlaceId>(), call.id<ZoneId>("zone"), use,
                               call.if_match().value_or(0));
      });
  router.get("/places/{id}/stated")
      .summary("The opening hours that the place states, and where it stands, for its keeper and officers")
      .permit(kAll, Purpose::kPlaceKeeping)
      .handle([&places](Call& call) { return places.stated(call.caller(), call.id<PlaceId>()); });
  router.put("/places/{id}/stated")
      .summary(
          "State opening hours and where the place stands, as a whole; visits outside them are flagged, not refused")
      .permit(kAll, Purpose::kPlaceKeeping)
      .errors({kInvalid})
      .handle([&places](Call& call, Statement statement) {
        return places.state(call.caller(), call.id<PlaceId>(), std::move(statement));
      });
  router.get("/places/{id}/poster.pdf")
      .summary("The poster to print, A4")
      .permit(kAll, Purpose::kPlaceKeeping)
      .query("zone", "id", "of one zone; absent: of the place")
      .content_type("application/pdf")
      .errors({kPlaceClosed, kPosterFontMissing})
      .handle([&places](Call& call) {
        return places.poster_pdf(call.caller(), call.id<PlaceId>(), call.query_id<ZoneId>("zone"));
      });
  router.get("/places/{id}/poster.svg")
      .summary("The poster as a drawing, A4")
      .permit(kAll, Purpose::kPlaceKeeping)
      .query("zone", "id", "of one zone; absent: of the place")
      .content_type("image/svg+xml")
      .errors({kPlaceClosed})
      .handle([&places](Call& call) {
        return places.poster_svg(call.caller(), call.id<PlaceId>(), call.query_id<ZoneId>("zone"));
      });
}

void officer_routes(http::Router& router, Places& places) {
  router.post("/places/{id}/approve")
      .summary("The commune's station has looked at the place")
      .permit({Role::kStationOfficer}, Purpose::kPlaceKeeping)
      .errors({kPlaceClosed})
      .handle([&places](Call& call) { return places.approve(call.caller(), call.id<PlaceId>()); });
  router.get("/place-approvals")
      .summary("Places of my area that wait for the commune's approval, official ones first, then the oldest")
      .permit(kOfficers, Purpose::kPlaceKeeping)
      .handle([&places](Call& call) { return places.waiting(call.caller()); });
  router.get("/places")
      .summary("Places of my area, the newest first unless turned round")
      .permit({Role::kStationOfficer, Role::kDistrictOfficer, Role::kProvinceOfficer, Role::kCommander},
              Purpose::kPlaceKeeping)
      .query("q", "string", "words of the name; diacritics do not matter")
      .query("unit", "id")
      .query("kind", "string", "Of this kind alone")
      .query("status", "registered|approved|closed")
      .query("order", "ascending|descending", "By when they were registered; absent: descending")
      .paged()
      .handle([&places](Call& call) {
        PlaceFilter filter;
        filter.text = call.query("q").value_or("");
        filter.unit = call.query_id<UnitId>("unit");
        filter.kind = call.query("kind");
        filter.status = call.query_as<Status>("status");
        filter.oldest_first = call.query("order") == "ascending";
        return places.search(call.caller(), std::move(filter), call.cursor(), call.page_limit());
      });
  router.post("/units/{id}/place-file")
      .summary(
          "Places of the unit, all or filtered by kind and status, as a file without address, phone or keeper, marked "
          "with who took it out; with a reason")
      .permit({Role::kDistrictOfficer, Role::kProvinceOfficer}, Purpose::kPlaceKeeping)
      .content_type(tables::kFileTypes)
      .errors({kInvalid, kNotFound, kNotPermitted, identity::kListTooLong, identity::kReasonRequired})
      .handle([&places](Call& call, PlacesOut wanted) {
        return places.take_out(call.caller(), call.id<UnitId>(), std::move(wanted));
      });
}

}  // namespace

void routes(http::Router& router, Places& places) {
  registration_routes(router, places);
  keeper_routes(router, places);
  officer_routes(router, places);
  router.post("/places/resolve")
      .summary("What a scanned or typed code stands for")
      .permit(kAll, Purpose::kOwnRecord)
      .limited()
      .errors({kPlaceCodeForged, kPlaceCodeExpired, kPlaceCodeForeign, kPlaceCodeMistyped, kPlaceUnknown, kPlaceClosed})
      .handle([&places](Call& call, CodeQuestion question) {
        return places.resolve(call.caller(), std::move(question.code));
      });
}

}  // namespace luytre::places
