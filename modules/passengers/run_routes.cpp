#include "modules/passengers/runs.h"

namespace luytre::passengers {
namespace {

struct RunsHere {
  std::vector<Run> items;
};
BOOST_DESCRIBE_STRUCT(RunsHere, (), (items))

Task<Result<RunsHere>> as_items(Task<Result<std::vector<Run>>> asked) {
  auto all = co_await std::move(asked);
  if (!all) co_return all.error();
  co_return RunsHere{std::move(*all)};
}

}  // namespace

void routes(http::Router& router, const Runs& runs) {
  router.get("/places/{id}/runs")
      .summary("The runs of a vehicle, newest first; for its keeper")
      .permit({Role::kCitizen}, Purpose::kPlaceKeeping)
      .errors({kNotFound, kNotPermitted, kNotATrip})
      .handle([&runs](http::Call& call) -> Task<Result<RunsHere>> {
        return as_items(runs.of_place(call.caller(), call.id<PlaceId>()));
      });
  router.post("/places/{id}/runs")
      .summary("A run of the vehicle begins")
      .permit({Role::kCitizen}, Purpose::kPlaceKeeping)
      .flood()
      .status(201)
      .errors({kInvalid, kNotFound, kNotPermitted, kNotATrip, places::kPlaceClosed, kNotInForce, kRunUnderWay})
      .handle([&runs](http::Call& call, NewRun run) {
        return runs.begin(call.caller(), call.id<PlaceId>(), std::move(run), call.once());
      });
  router.post("/places/{id}/runs/{run}/end")
      .summary("The run ends: everybody who checked in for it and was not seen elsewhere has left")
      .permit({Role::kCitizen}, Purpose::kPlaceKeeping)
      .flood()
      .errors({kInvalid, kNotFound, kNotPermitted, kNotATrip, kRunEnded})
      .handle([&runs](http::Call& call, RunEnd end) {
        return runs.end(call.caller(), call.id<PlaceId>(), call.id<RunId>("run"), end, call.once());
      });
}

}  // namespace luytre::passengers
