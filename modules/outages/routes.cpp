#include "modules/outages/outages.h"

namespace luytre::outages {
namespace {

constexpr std::initializer_list<Role> kWatchers{Role::kAdministrator, Role::kCommander};

}  // namespace

void routes(http::Router& router, Outages& outages) {
  router.get("/outages/codes")
      .summary("Whether one-time codes come late at present, as the sign-in page says it")
      .permit({Role::kAnyone}, Purpose::kPublic)
      .handle([&outages](http::Call&) { return outages.codes(); });
  router.get("/outages/board")
      .summary("What became of codes and messages by hour, sender and purpose; outages, and the limits that were set")
      .permit(kWatchers, Purpose::kAdministration)
      .errors({kNotPermitted})
      .handle([&outages](http::Call& call) { return outages.board(call.caller()); });
  router.put("/outages/limits")
      .summary("From when on an outage begins by itself; or never")
      .permit(kWatchers, Purpose::kAdministration)
      .errors({kInvalid, kNotPermitted})
      .handle([&outages](http::Call& call, NewLimit limit) { return outages.set_limit(call.caller(), limit); });
  router.post("/outages")
      .summary("Declare an outage, with a reason and an end: the sign-in page then says that codes come late")
      .permit(kWatchers, Purpose::kAdministration)
      .status(201)
      .errors({kInvalid, kNotPermitted})
      .handle([&outages](http::Call& call, NewOutage outage) {
        return outages.declare(call.caller(), std::move(outage), call.once());
      });
  router.post("/outages/{id}/end")
      .summary("End an outage now")
      .permit(kWatchers, Purpose::kAdministration)
      .errors({kNotFound, kNotPermitted, kOutageEnded})
      .handle([&outages](http::Call& call) { return outages.end(call.caller(), call.id<OutageId>()); });
}

}  // namespace luytre::outages
