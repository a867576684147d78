#include "platform/identity/cookies.h"
#include "platform/identity/identity.h"

namespace luytre::identity {

void key_routes(http::Router& router, Identity& identity) {
  router.get("/keys")
      .summary(
          "Keys of programs of other institutions in the own area, revoked ones among them; never the keys themselves")
      .permit({Role::kAdministrator}, Purpose::kAdministration)
      .handle([&identity](http::Call& call) { return identity.keys.list(call.caller()); });

  router.post("/keys")
      .summary("Make a key for a program: role integrator in one area, with an end; it is shown this once")
      .permit({Role::kAdministrator}, Purpose::kAdministration)
      .errors({kInvalid, kTooManyKeys})
      .status(201)
      .handle(
          [&identity](http::Call& call, NewKey body) { return identity.keys.make(call.caller(), std::move(body)); });

  router.post("/keys/{id}/revoke")
      .summary("Revoke a key; it opens nothing from now on")
      .permit({Role::kAdministrator}, Purpose::kAdministration)
      .errors({kNotFound})
      .handle(
          [&identity](http::Call& call, Nothing) { return identity.keys.revoke(call.caller(), call.id<AccountId>()); });
}

}  // namespace luytre::identity
