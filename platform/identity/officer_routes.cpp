#include "platform/identity/cookies.h"
#include "platform/identity/identity.h"

namespace luytre::identity {
namespace {

constexpr std::initializer_list<Role> kOfficers = {
    Role::kStationOfficer, Role::kDistrictOfficer, Role::kProvinceOfficer,   Role::kCommander, Role::kAuditor,
    Role::kAdministrator,  Role::kTracer,          Role::kInformationOffice, Role::kSiteKeeper};

void own_routes(http::Router& router, Identity& identity) {
  router.post("/auth/officer/sign-in")
      .summary("Sign in as an officer")
      .permit({Role::kAnyone}, Purpose::kPublic)
      .errors({kSignInFailed, kTotpRequired, kLocked, kTooMany})
      .handle([&identity](http::Call& call, OfficerSignIn body) {
        return entered(call, identity, identity.officers.sign_in(std::move(body), client_of(call)));
      });

  router.post("/auth/totp/enrol")
      .summary("Begin with an authenticator app")
      .permit(kOfficers, Purpose::kAdministration)
      .limited()
      .errors({kTotpWrong, kLocked})
      .handle([&identity](http::Call& call, EnrolTotp body) {
        return identity.officers.enrol_totp(call.caller(), std::move(body));
      });

  router.post("/auth/totp/confirm")
      .summary("Confirm the authenticator with a code of it")
      .permit(kOfficers, Purpose::kAdministration)
      .limited()
      .errors({kTotpNotBegun, kTotpWrong, kLocked})
      .handle([&identity](http::Call& call, ConfirmTotp body) {
        return entered_silently(call, identity,
                                identity.officers.confirm_totp(call.caller(), std::move(body), client_of(call)));
      });

  router.put("/auth/password")
      .summary("Change the password; ends all other sessions")
      .permit(kOfficers, Purpose::kAdministration)
      .limited()
      .errors({kPasswordWeak, kPasswordWrong, kLocked, kTooMany})
      .handle([&identity](http::Call& call, ChangePassword body) {
        return entered_silently(call, identity,
                                identity.officers.change_password(call.caller(), std::move(body), client_of(call)));
      });
}

void setup_routes(http::Router& router, Identity& identity) {
  router.get("/setup")
      .summary("Whether the first officer is still to be made")
      .permit({Role::kAnyone}, Purpose::kPublic)
      .handle([&identity](http::Call&) { return identity.officers.setup_state(); });

  router.post("/setup")
      .summary("Make the first officer, an administrator, with the token that the server printed")
      .permit({Role::kAnyone}, Purpose::kPublic)
      .errors({kSetupDone, kSetupTokenWrong, kUsernameForm, kPasswordWeak, kTooMany})
      .handle([&identity](http::Call& call, SetUp body) {
        return entered(call, identity, identity.officers.set_up(std::move(body), client_of(call)));
      });
}

void administrator_routes(http::Router& router, Identity& identity) {
  router.get("/officers")
      .summary("Officers all of whose grants lie in the caller's own area, by user name")
      .permit({Role::kAdministrator}, Purpose::kAdministration)
      .query("q", "string", "part of the name or user name")
      .paged()
      .handle([&identity](http::Call& call) {
        const auto cursor = call.cursor();
        return identity.officers.list(call.caller(), call.query("q").value_or(std::string()),
                                      cursor ? parse_id(*cursor) : std::nullopt, call.page_limit());
      });

  router.post("/officers")
      .summary("Make an officer with a temporary password")
      .permit({Role::kAdministrator}, Purpose::kAdministration)
      .errors({kUsernameForm, kUsernameTaken, kGrantForm})
      .status(201)
      .handle([&identity](http::Call& call, NewOfficer body) {
        return identity.officers.create(call.caller(), std::move(body));
      });

  router.put("/officers/{id}/grants")
      .summary("Set an officer's roles and areas")
      .permit({Role::kAdministrator}, Purpose::kAdministration)
      .errors({kNotFound, kGrantForm, kOwnAccount, kLastAdministrator, kVersionConflict})
      .handle([&identity](http::Call& call, SetGrants body) {
        return identity.officers.set_grants(call.caller(), call.id<AccountId>(), std::move(body), call.if_match());
      });

  router.post("/officers/{id}/disable")
      .summary("Disable an officer and end the sessions")
      .permit({Role::kAdministrator}, Purpose::kAdministration)
      .errors({kNotFound, kOwnAccount, kLastAdministrator})
      .handle([&identity](http::Call& call, Nothing) {
        return identity.officers.set_disabled(call.caller(), call.id<AccountId>(), true);
      });

  router.post("/officers/{id}/enable")
      .summary("Let a disabled officer in again")
      .permit({Role::kAdministrator}, Purpose::kAdministration)
      .errors({kNotFound, kOwnAccount})
      .handle([&identity](http::Call& call, Nothing) {
        return identity.officers.set_disabled(call.caller(), call.id<AccountId>(), false);
      });

  router.post("/officers/{id}/reset-password")
      .summary("Give a new temporary password, and drop a lost authenticator")
      .permit({Role::kAdministrator}, Purpose::kAdministration)
      .errors({kNotFound, kOwnAccount})
      .handle([&identity](http::Call& call, ResetPassword body) {
        return identity.officers.reset_password(call.caller(), call.id<AccountId>(), std::move(body));
      });
}

}  // namespace

void officer_routes(http::Router& router, Identity& identity) {
  own_routes(router, identity);
  setup_routes(router, identity);
  administrator_routes(router, identity);
}

}  // namespace luytre::identity
