#include "modules/checkpoints/checkpoints.h"
#include "modules/people/adults.h"
#include "platform/identity/consents.h"

namespace luytre::checkpoints {
namespace {

using http::Call;

constexpr std::initializer_list<Role> kOfficers{Role::kStationOfficer, Role::kDistrictOfficer, Role::kProvinceOfficer};

struct Journeys {
  std::vector<Journey> items;
};
BOOST_DESCRIBE_STRUCT(Journeys, (), (items))

struct MyPassages {
  std::vector<MyPassage> items;
};
BOOST_DESCRIBE_STRUCT(MyPassages, (), (items))

struct Briefs {
  std::vector<Brief> items;
};
BOOST_DESCRIBE_STRUCT(Briefs, (), (items))

struct Passages {
  std::vector<Found> items;
};
BOOST_DESCRIBE_STRUCT(Passages, (), (items))

template <class Items, class T>
Task<Result<Items>> as_items(Task<Result<std::vector<T>>> asked) {
  auto all = co_await std::move(asked);
  if (!all) co_return all.error();
  co_return Items{std::move(*all)};
}

std::string key_of(const Call& call) {
  return call.header("Idempotency-Key").value_or("");
}

// A shift's token says who asks, as at gates.
void lane_routes(http::Router& router, Checkpoints& checkpoints) {
  router.post("/lane/desk")
      .summary("The lane of this shift: roster, counts, vehicles that are still here, the queue, the last handover")
      .permit({Role::kAnyone}, Purpose::kPlaceKeeping)
      .errors({gates::kShiftOver, gates::kNotAGuard, kNotACheckpoint, places::kPlaceClosed, places::kPlaceNotApproved,
               kNotInForce})
      .handle([&checkpoints](Call&, LaneAsk ask) { return checkpoints.lane(std::move(ask)); });
  router.post("/lane/look")
      .summary("What a code says before deciding: lights, and a journey's plate; nothing is recorded")
      .permit({Role::kAnyone}, Purpose::kPlaceKeeping)
      .errors({gates::kShiftOver, gates::kNotAGuard, kNotACheckpoint, gates::kCodeUnknown, gates::kCodeMisread,
               gates::kCardForged, gates::kCardExpired, gates::kCardLost, people::kPersonCodeForged,
               people::kPersonCodeExpired, kJourneyUnknown, kJourneyOver, places::kPlaceClosed,
               places::kPlaceNotApproved, kNotInForce})
      .handle([&checkpoints](Call&, Look look) { return checkpoints.look(std::move(look)); });
  router.post("/lane/passages")
      .summary("A vehicle has been decided about")
      .permit({Role::kAnyone}, Purpose::kPlaceKeeping)
      .flood()
      .status(201)
      .errors({gates::kShiftOver, gates::kNotAGuard, kNotACheckpoint, places::kPlaceClosed, places::kPlaceNotApproved,
               visits::kTimeInFuture, kNotInForce})
      .handle([&checkpoints](Call& call, NewPassage passage) {
        return checkpoints.pass(std::move(passage), key_of(call));
      });
  router.post("/lane/settlements")
      .summary("A vehicle that was sent to be tested is decided about, or an ambulance declared")
      .permit({Role::kAnyone}, Purpose::kPlaceKeeping)
      .flood()
      .errors({gates::kShiftOver, gates::kNotAGuard, kNotACheckpoint, kPassageSettled, places::kPlaceClosed,
               places::kPlaceNotApproved, visits::kTimeInFuture, kNotInForce})
      .handle([&checkpoints](Call& call, Settlement settlement) {
        return checkpoints.settle(std::move(settlement), key_of(call));
      });
  router.post("/lane/queues")
      .summary("How many vehicles wait")
      .permit({Role::kAnyone}, Purpose::kPlaceKeeping)
      .flood()
      .errors({gates::kShiftOver, gates::kNotAGuard, kNotACheckpoint, places::kPlaceClosed, places::kPlaceNotApproved,
               visits::kTimeInFuture, kNotInForce})
      .handle(
          [&checkpoints](Call& call, QueueCount count) { return checkpoints.count(std::move(count), key_of(call)); });
  router.post("/lane/handovers")
      .summary("Hand the checkpoint over to the next shift")
      .permit({Role::kAnyone}, Purpose::kPlaceKeeping)
      .flood()
      .status(201)
      .errors({gates::kShiftOver, gates::kNotAGuard, kNotACheckpoint, places::kPlaceClosed, places::kPlaceNotApproved,
               visits::kTimeInFuture, kNotInForce})
      .handle([&checkpoints](Call& call, NewHandover handover) {
        return checkpoints.hand_over(std::move(handover), key_of(call));
      });
}

constexpr std::initializer_list<Role> kKeepers{Role::kCitizen, Role::kStationOfficer, Role::kDistrictOfficer,
                                               Role::kProvinceOfficer};

void plan_routes(http::Router& router, Checkpoints& checkpoints) {
  router.get("/places/{id}/planned-shifts")
      .summary("Who should stand at a checkpoint, who is absent, and when nobody will")
      .permit(kKeepers, Purpose::kPlaceKeeping)
      .handle([&checkpoints](Call& call) { return checkpoints.planned(call.caller(), call.id<PlaceId>()); });
  router.post("/places/{id}/planned-shifts")
      .summary("Plan a guard's shift, on one day or on several in a row")
      .permit(kKeepers, Purpose::kPlaceKeeping)
      .flood()
      .status(201)
      .errors({kNotACheckpoint, kPlannedAlready, kTooMuchPlanned})
      .handle([&checkpoints](Call& call, NewPlanned planned) {
        return checkpoints.plan(call.caller(), call.id<PlaceId>(), std::move(planned), call.once());
      });
  router.post("/places/{id}/planned-shifts/{shift}/remove")
      .summary("Take a planned shift back")
      .permit(kKeepers, Purpose::kPlaceKeeping)
      .handle([&checkpoints](Call& call) {
        return checkpoints.unplan(call.caller(), call.id<PlaceId>(), call.id<PlannedId>("shift"));
      });
}

void household_routes(http::Router& router, Checkpoints& checkpoints) {
  router.post("/me/journeys")
      .summary("Tell a journey ahead, and get its code for the checkpoints on the way")
      .permit({Role::kCitizen}, Purpose::kOwnRecord)
      .flood()
      .status(201)
      .errors({people::kNotInHousehold, kNotInForce, identity::kConsentRequired, kTooManyJourneys})
      .handle([&checkpoints](Call& call, NewJourney journey) {
        return checkpoints.tell(call.caller(), std::move(journey), call.once());
      });
  router.get("/me/journeys")
      .summary("The household's journeys, with their codes")
      .permit({Role::kCitizen}, Purpose::kOwnRecord)
      .handle([&checkpoints](Call& call) -> Task<Result<Journeys>> {
        return as_items<Journeys>(checkpoints.journeys(call.caller()));
      });
  router.post("/me/journeys/{id}/withdraw")
      .summary("Take a journey back: its code is worth nothing from now on")
      .permit({Role::kCitizen}, Purpose::kOwnRecord)
      .handle([&checkpoints](Call& call) { return checkpoints.withdraw(call.caller(), call.id<JourneyId>()); });
  router.get("/me/passages")
      .summary("Where somebody of the household passed a checkpoint, newest first")
      .permit({Role::kCitizen}, Purpose::kOwnRecord)
      .query("person", "id", "of the household; absent: the caller")
      .errors({people::kNotInHousehold, people::kNoOwnRecord, people::kAdultsOwnAffair})
      .handle([&checkpoints](Call& call) -> Task<Result<MyPassages>> {
        return as_items<MyPassages>(checkpoints.mine(call.caller(), call.query_id<PersonId>("person")));
      });
}

void officer_routes(http::Router& router, Checkpoints& checkpoints) {
  router.get("/checkpoints")
      .summary("Checkpoints of the own area: figures, who is on duty, the queue")
      .permit(kOfficers, Purpose::kDeclarationReview)
      .handle([&checkpoints](Call& call) -> Task<Result<Briefs>> {
        return as_items<Briefs>(checkpoints.all(call.caller()));
      });
  router.get("/checkpoints/{id}")
      .summary("One checkpoint: figures by hour, vehicles that wait for a test, handovers")
      .permit(kOfficers, Purpose::kDeclarationReview)
      .handle([&checkpoints](Call& call) { return checkpoints.watch(call.caller(), call.id<PlaceId>()); });
  router.put("/checkpoints/{id}/wait-limit")
      .summary("The wait from which the queue raises an alarm")
      .permit({Role::kDistrictOfficer, Role::kProvinceOfficer}, Purpose::kDeclarationReview)
      .handle([&checkpoints](Call& call, WaitLimit limit) {
        return checkpoints.set_limit(call.caller(), call.id<PlaceId>(), std::move(limit));
      });
  router.post("/checkpoints/search")
      .summary("Passages of one vehicle or one person in the own area; kept in the access log with the reason")
      .permit(kOfficers, Purpose::kTracing)
      .errors({identity::kReasonRequired})
      .handle([&checkpoints](Call& call, Search search) -> Task<Result<Passages>> {
        return as_items<Passages>(checkpoints.search(call.caller(), std::move(search)));
      });
}

}  // namespace

void routes(http::Router& router, Checkpoints& checkpoints) {
  lane_routes(router, checkpoints);
  plan_routes(router, checkpoints);
  household_routes(router, checkpoints);
  officer_routes(router, checkpoints);
}

}  // namespace luytre::checkpoints
