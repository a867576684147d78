#include "modules/cards/slips.h"

namespace luytre::cards {
namespace {

using http::Call;

constexpr std::initializer_list<Role> kOfficers{Role::kStationOfficer, Role::kDistrictOfficer, Role::kProvinceOfficer};
constexpr std::initializer_list<Role> kKeepers{Role::kCitizen, Role::kStationOfficer, Role::kDistrictOfficer,
                                               Role::kProvinceOfficer};

// "id,id,…"; what is no id becomes 0, which no card has.
std::vector<CardId> ids_of(std::string_view text) {
  std::vector<CardId> out;
  while (!text.empty() && out.size() <= kSheetMost) {
    const auto comma = std::min(text.find(','), text.size());
    out.push_back(CardId{parse_id(text.substr(0, comma)).value_or(0)});
    text.remove_prefix(std::min(comma + 1, text.size()));
  }
  return out;
}

void household_routes(http::Router& router, Cards& cards) {
  router.get("/me/people/{id}/cards")
      .summary("The valid printed card of a member of the household, if there is one")
      .permit({Role::kCitizen}, Purpose::kOwnRecord)
      .errors({people::kNotInHousehold})
      .handle([&cards](Call& call) { return cards.of_member(call.caller(), call.id<PersonId>()); });
  router.post("/me/people/{id}/cards")
      .summary("Have a printed card made; the valid one again, if there is one")
      .permit({Role::kCitizen}, Purpose::kOwnRecord)
      .status(201)
      .errors({people::kNotInHousehold})
      .handle([&cards](Call& call, NewCard wish) { return cards.make(call.caller(), call.id<PersonId>(), wish); });
  router.get("/me/people/{id}/card.pdf")
      .summary("The card to print")
      .permit({Role::kCitizen}, Purpose::kOwnRecord)
      .content_type("application/pdf")
      .errors({people::kNotInHousehold, places::kPosterFontMissing})
      .handle([&cards](Call& call) { return cards.pdf(call.caller(), call.id<PersonId>()); });
  router.post("/me/people/{id}/cards/lost")
      .summary("The card is lost: it ends at once")
      .permit({Role::kCitizen}, Purpose::kOwnRecord)
      .errors({people::kNotInHousehold})
      .handle([&cards](Call& call) { return cards.lost(call.caller(), call.id<PersonId>()); });
}

void officer_routes(http::Router& router, Cards& cards) {
  router.post("/cards")
      .summary("Have printed cards made for people of the area; valid ones are answered again")
      .permit(kOfficers, Purpose::kCaseManagement)
      .status(201)
      .errors({kTooManyCards})
      .handle([&cards](Call& call, NewCards wishes) { return cards.make_many(call.caller(), std::move(wishes)); });
  router.get("/cards/sheet.pdf")
      .summary("Cards to print, ten on an A4 sheet with marks to cut along; logged")
      .permit(kOfficers, Purpose::kCaseManagement)
      .query("cards", "string", "ids, separated by commas", true)
      .content_type("application/pdf")
      .errors({kTooManyCards, places::kPosterFontMissing})
      .handle([&cards](Call& call) { return cards.sheet(call.caller(), ids_of(call.query("cards").value_or(""))); });
  router.get("/people/{id}/cards")
      .summary("The printed cards of a person, newest first")
      .permit(kOfficers, Purpose::kCaseManagement)
      .handle([&cards](Call& call) { return cards.of_person(call.caller(), call.id<PersonId>()); });
  router.post("/cards/{id}/end")
      .summary("The card is lost or given back: it ends at once")
      .permit(kOfficers, Purpose::kCaseManagement)
      .handle([&cards](Call& call) { return cards.end(call.caller(), call.id<CardId>()); });
  router.post("/cards/lost")
      .summary("End a card by the number that is printed on it")
      .permit(kOfficers, Purpose::kCaseManagement)
      .handle([&cards](Call& call, LostCard lost) { return cards.end_by_number(call.caller(), std::move(lost)); });
}

void slip_routes(http::Router& router, Slips& slips) {
  router.get("/places/{id}/slips")
      .summary("The sheets of paper slips printed for a place, and how many were keyed in")
      .permit(kKeepers, Purpose::kPlaceKeeping)
      .handle([&slips](Call& call) { return slips.sheets(call.caller(), call.id<PlaceId>()); });
  router.post("/places/{id}/slips")
      .summary("Number a sheet of paper slips for a day")
      .permit(kKeepers, Purpose::kPlaceKeeping)
      .status(201)
      .errors({kTooManySlips, places::kPlaceClosed})
      .handle([&slips](Call& call, NewSheet sheet) { return slips.print(call.caller(), call.id<PlaceId>(), sheet); });
  router.get("/places/{id}/slips/{sheet}/sheet.pdf")
      .summary("The slips to print, twelve on an A4 sheet")
      .permit(kKeepers, Purpose::kPlaceKeeping)
      .content_type("application/pdf")
      .errors({places::kPosterFontMissing})
      .handle([&slips](Call& call) { return slips.pdf(call.caller(), call.id<PlaceId>(), call.id<SheetId>("sheet")); });
  router.post("/places/{id}/slips/entries")
      .summary("Key in what stands on paper slips; every line is judged by itself")
      .permit(kKeepers, Purpose::kPlaceKeeping)
      .errors({kTooManySlips})
      .handle([&slips](Call& call, Lines lines) {
        return slips.key_in(call.caller(), call.id<PlaceId>(), std::move(lines));
      });
  router.post("/gate/slips")
      .summary("The same by a guard on duty")
      .permit({Role::kAnyone}, Purpose::kPlaceKeeping)
      .errors({kTooManySlips, gates::kShiftOver, gates::kNotAGuard, places::kPlaceClosed, places::kPlaceNotApproved,
               kNotInForce})
      .handle([&slips](Call&, GateLines lines) { return slips.key_in_at_gate(std::move(lines)); });
}

}  // namespace

void routes(http::Router& router, Cards& cards, Slips& slips) {
  household_routes(router, cards);
  officer_routes(router, cards);
  slip_routes(router, slips);
}

}  // namespace luytre::cards
