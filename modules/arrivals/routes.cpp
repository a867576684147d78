#include "modules/arrivals/arrivals.h"

namespace luytre::arrivals {
namespace {

using http::Call;

constexpr std::initializer_list<Role> kOfficers{Role::kStationOfficer, Role::kDistrictOfficer, Role::kProvinceOfficer};

struct Vehicles {
  std::vector<VehicleQueue> items;
};
BOOST_DESCRIBE_STRUCT(Vehicles, (), (items))

struct ComingHere {
  std::vector<Coming> items;
};
BOOST_DESCRIBE_STRUCT(ComingHere, (), (items))

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
      .summary("The declaration on entry of a traveller who shows a code; kept in the access log with the reason")
      .permit(kOfficers, Purpose::kDeclarationReview)
      .errors({places::kPlaceClosed, kNotInForce, people::kPersonCodeExpired, people::kPersonCodeForged,
               people::kCodeForeign, identity::kReasonRequired})
      .handle([&arrivals](Call& call, Look look) { return arrivals.look(call.caller(), std::move(look)); });
  router.post("/arrivals/corrections")
      .summary("Correct the declaration on entry together with the traveller: another version, the old one is kept")
      .permit(kOfficers, Purpose::kDeclarationReview)
      .flood()
      .status(201)
      .errors({places::kPlaceClosed, kNotInForce, people::kPersonCodeExpired, people::kPersonCodeForged,
               people::kCodeForeign, declarations::kDeclarationReplaced, declarations::kFormNotInForce,
               declarations::kTimeTooOld})
      .handle([&arrivals](Call& call, Correction correction) {
        return arrivals.correct(call.caller(), std::move(correction), key_of(call));
      });
  router.post("/arrivals")
      .summary("Decide about a traveller: pass, examine, quarantine; handed over to where the traveller goes")
      .permit(kOfficers, Purpose::kDeclarationReview)
      .flood()
      .status(201)
      .errors({places::kPlaceClosed, kNotInForce, people::kPersonCodeExpired, people::kPersonCodeForged,
               people::kCodeForeign})
      .handle([&arrivals](Call& call, NewArrival arrival) {
        return arrivals.decide(call.caller(), std::move(arrival), key_of(call));
      });
  router.get("/arrivals/vehicles")
      .summary("Vehicles whose passengers were listed, and how many of them were decided about; counts only")
      .permit(kOfficers, Purpose::kDeclarationReview)
      .handle([&arrivals](Call& call) -> Task<Result<Vehicles>> {
        return as_items<Vehicles>(arrivals.vehicles(call.caller()));
      });
  router.get("/arrivals/coming")
      .summary("Travellers who come to the own area, newest first; everybody on the list is logged")
      .permit(kOfficers, Purpose::kFollowUp)
      .handle([&arrivals](Call& call) -> Task<Result<ComingHere>> {
        return as_items<ComingHere>(arrivals.coming(call.caller()));
      });
  router.post("/arrivals/{id}/acknowledge")
      .summary("The receiving unit has taken notice")
      .permit(kOfficers, Purpose::kFollowUp)
      .errors({referrals::kNotEscalated})
      .handle([&arrivals](Call& call) { return arrivals.acknowledge(call.caller(), call.id<ArrivalId>()); });
}

}  // namespace luytre::arrivals
