#include "modules/people/officers.h"
#include "modules/people/people.h"

namespace luytre::people {
namespace {

using http::Call;

// Those of a printed card's holder, whose room stands above this one.
constexpr ErrorCode kCardUnknown{"code_unknown", 422}, kCardForged{"card_forged", 422},
    kCardExpired{"card_expired", 422}, kCardLost{"card_lost", 422};

void own_routes(http::Router& router, People& people) {
  router.get("/me/people")
      .summary("The people of my household")
      .permit({Role::kCitizen}, Purpose::kOwnRecord)
      .handle([&people](Call& call) { return people.household(call.caller()); });
  router.post("/me/people")
      .summary("Add somebody to my household, first of all myself")
      .permit({Role::kCitizen}, Purpose::kOwnRecord)
      .status(201)
      .errors({kOwnRecordExists, kHouseholdFull})
      .handle([&people](Call& call, NewPerson person) {
        return people.create(call.caller(), std::move(person), call.once());
      });
  router.patch("/me/people/{id}")
      .summary("Correct a record of my household")
      .permit({Role::kCitizen}, Purpose::kOwnRecord)
      .versioned()
      .errors({kNotInHousehold})
      .handle([&people](Call& call, PersonEdit edit) {
        return people.edit(call.caller(), call.id<PersonId>(), std::move(edit), call.if_match().value_or(0));
      });
  router.del("/me/people/{id}")
      .summary("Somebody leaves my household; the record stays")
      .permit({Role::kCitizen}, Purpose::kOwnRecord)
      .errors({kNotInHousehold, kSelfCannotLeave})
      .handle([&people](Call& call) { return people.leave(call.caller(), call.id<PersonId>()); });
  router.get("/me/people/{id}/code")
      .summary("The code that this person shows, good for ten minutes")
      .permit({Role::kCitizen}, Purpose::kOwnRecord)
      .errors({kNotInHousehold})
      .handle([&people](Call& call) { return people.code(call.caller(), call.id<PersonId>()); });
}

void officer_routes(http::Router& router, People& people) {
  router.post("/people/search")
      .summary("Find people of my area; every record shown is in the access log")
      .permit(kOfficers, Purpose::kCaseManagement)
      .errors({identity::kReasonRequired, kPersonCodeExpired, kPersonCodeForged, kCodeForeign, kCodeMisread,
               kCardUnknown, kCardForged, kCardExpired, kCardLost})
      .handle([&people](Call& call, Search search) {
        return people.search(call.caller(), std::move(search), http::kPageUsual);
      });
  router.post("/people/{id}/look")
      .summary("One person; in the access log")
      .permit(kOfficers, Purpose::kCaseManagement)
      .errors({kNotFound, identity::kReasonRequired})
      .handle([&people](Call& call, Look look) {
        return people.find(call.caller(), call.id<PersonId>(), std::move(look.reason));
      });
  router.patch("/people/{id}")
      .summary("Put a record of my area right, with a reason; in the access log")
      .permit(kOfficers, Purpose::kCaseManagement)
      .versioned()
      .errors({kNotFound, identity::kReasonRequired})
      .handle([&people](Call& call, PersonCorrection correction) {
        return people.correct(call.caller(), call.id<PersonId>(), std::move(correction), call.if_match().value_or(0));
      });
  router.post("/people/{id}/corrections/look")
      .summary("What officers put right in one person's record; in the access log")
      .permit(kOfficers, Purpose::kCaseManagement)
      .errors({kNotFound, identity::kReasonRequired})
      .handle([&people](Call& call, Look look) {
        return people.corrections(call.caller(), call.id<PersonId>(), std::move(look.reason));
      });
  router.post("/people")
      .summary("Register somebody who has no phone")
      .permit(kOfficers, Purpose::kCaseManagement)
      .status(201)
      .handle([&people](Call& call, NewPerson person) {
        return people.register_person(call.caller(), std::move(person), call.once());
      });
}

}  // namespace

void routes(http::Router& router, People& people) {
  own_routes(router, people);
  officer_routes(router, people);
}

}  // namespace luytre::people
