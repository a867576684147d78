#include "platform/identity/cookies.h"
#include "platform/identity/identity.h"

namespace luytre::identity {

void officer_routes(http::Router& router, Identity& identity);  // officer_routes.cpp
void key_routes(http::Router& router, Identity& identity);      // key_routes.cpp

namespace {

constexpr std::initializer_list<Role> kSignedIn = {
    Role::kCitizen, Role::kStationOfficer, Role::kDistrictOfficer, Role::kProvinceOfficer,   Role::kCommander,
    Role::kAuditor, Role::kAdministrator,  Role::kTracer,          Role::kInformationOffice, Role::kSiteKeeper};

using SessionId = Id<SessionTag>;

Task<Result<CodeSent>> code_sent(http::Call& call, Task<Result<CodeAnswer>> asking) {
  Result<CodeAnswer> answer = co_await std::move(asking);
  if (!answer) co_return answer.error();
  set_device_cookie(call, answer->device_token);
  co_return answer->sent;
}

Task<Result<Done>> signed_out(http::Call& call, Task<Result<Done>> ending) {
  Result<Done> done = co_await std::move(ending);
  clear_session_cookie(call);
  co_return done;
}

void sign_in_routes(http::Router& router, Identity& identity) {
  router.post("/auth/codes")
      .summary("Ask for a one-time code by SMS; the same answer for every phone")
      .permit({Role::kAnyone}, Purpose::kPublic)
      .errors({kNoMessages, kTooMany})
      .status(202)
      .handle([&identity](http::Call& call, AskCode body) {
        return code_sent(call, identity.sign_in.ask_code(std::move(body), client_of(call)));
      });

  router.post("/auth/sign-in")
      .summary("Sign in with the code")
      .permit({Role::kAnyone}, Purpose::kPublic)
      .errors({kCodeWrong, kCodeExpired, kCodeExhausted, kTooMany})
      .handle([&identity](http::Call& call, ShowCode body) {
        return entered(call, identity, identity.sign_in.sign_in(std::move(body), client_of(call)));
      });

  router.post("/auth/second-proof")
      .summary("Prove more than a code: PIN, identity paper, or the word given at the station")
      .permit({Role::kCitizen}, Purpose::kOwnRecord)
      .limited()
      .errors({kProofForm, kProofWrong, kProofNotNeeded, kLocked, kTooMany})
      .handle([&identity](http::Call& call, SecondProof body) {
        return entered(call, identity, identity.sign_in.second_proof(call.caller(), std::move(body), client_of(call)));
      });

  router.post("/auth/fresh-account")
      .summary("Make a new, empty account: this number was somebody else's before")
      .permit({Role::kCitizen}, Purpose::kOwnRecord)
      .limited()
      .errors({kProofNotNeeded, kTooMany})
      .handle([&identity](http::Call& call, Nothing) {
        return entered(call, identity, identity.sign_in.fresh_account(call.caller(), client_of(call)));
      });

  router.put("/auth/pin")
      .summary("Set the PIN, six digits")
      .permit({Role::kCitizen}, Purpose::kOwnRecord)
      .errors({kPinForm, kPinWeak, kPinWrong, kLocked, kTooMany})
      .handle([&identity](http::Call& call, SetPin body) {
        return identity.sign_in.set_pin(call.caller(), std::move(body));
      });

  router.post("/auth/station-release")
      .summary("Give a person seen at the station a word that works once as second proof")
      .permit({Role::kStationOfficer, Role::kDistrictOfficer, Role::kProvinceOfficer}, Purpose::kFollowUp)
      .errors({kReasonRequired, kTooMany})
      .handle([&identity](http::Call& call, StationRelease body) {
        return identity.sign_in.release(call.caller(), std::move(body));
      });
}

void session_routes(http::Router& router, Identity& identity) {
  router.get("/auth/session")
      .summary("Who is signed in here")
      .permit(kSignedIn, Purpose::kOwnRecord)
      .limited()
      .handle([&identity](http::Call& call) { return identity.sessions.current(call.caller()); });

  router.post("/auth/sign-out")
      .summary("Sign out; the device stays known")
      .permit(kSignedIn, Purpose::kOwnRecord)
      .limited()
      .handle([&identity](http::Call& call) { return signed_out(call, identity.sessions.sign_out(call.caller())); });

  router.get("/auth/sessions")
      .summary("Where I am signed in")
      .permit(kSignedIn, Purpose::kOwnRecord)
      .handle([&identity](http::Call& call) { return identity.sessions.list(call.caller()); });

  router.del("/auth/sessions/{id}")
      .summary("End one of my sessions; its device is no longer known")
      .permit(kSignedIn, Purpose::kOwnRecord)
      .errors({kNotFound})
      .handle(
          [&identity](http::Call& call) { return identity.sessions.end(call.caller(), call.id<SessionId>().value); });
}

void consent_routes(http::Router& router, Identity& identity) {
  router.get("/consents/texts")
      .summary("The consent texts in use")
      .permit({Role::kAnyone}, Purpose::kPublic)
      .handle([&identity](http::Call&) {
        return at_once(http::Page<ConsentText>{identity.consents.texts(), std::nullopt});
      });

  router.get("/me/consents")
      .summary("What I have agreed to, also what I have withdrawn")
      .permit({Role::kCitizen}, Purpose::kOwnRecord)
      .handle([&identity](http::Call& call) { return identity.consents.of(call.caller()); });

  router.post("/me/consents")
      .summary("Agree to a text")
      .permit({Role::kCitizen}, Purpose::kOwnRecord)
      .errors({kNotFound, kConsentOutdated})
      .status(201)
      .handle([&identity](http::Call& call, GiveConsent body) {
        return identity.consents.give(call.caller(), std::move(body));
      });

  router.del("/me/consents/{id}")
      .summary("Withdraw")
      .permit({Role::kCitizen}, Purpose::kOwnRecord)
      .errors({kNotFound})
      .handle(
          [&identity](http::Call& call) { return identity.consents.withdraw(call.caller(), call.id<ConsentId>()); });
}

std::optional<std::int64_t> before(const http::Call& call) {
  const auto cursor = call.cursor();
  return cursor ? parse_id(*cursor) : std::nullopt;
}

void access_routes(http::Router& router, Identity& identity) {
  router.get("/me/access-log")
      .summary("Who looked at my data")
      .permit({Role::kCitizen}, Purpose::kOwnRecord)
      .query("person", "id", "one person of my household")
      .paged()
      .handle([&identity](http::Call& call) {
        return identity.access_log.mine(call.caller(), call.query_id<PersonId>("person"), before(call),
                                        call.page_limit());
      });

  router.get("/access-log")
      .summary("The access log")
      .permit({Role::kAuditor}, Purpose::kAudit)
      .query("person", "id", "about whom")
      .query("account", "id", "who looked")
      .query("from", "date-time")
      .query("to", "date-time")
      .paged()
      .handle([&identity](http::Call& call) {
        Access::Filter filter;
        filter.person = call.query_id<PersonId>("person");
        filter.account = call.query_id<AccountId>("account");
        filter.from = call.query_as<Instant>("from");
        filter.to = call.query_as<Instant>("to");
        return identity.access_log.all(call.caller(), filter, before(call), call.page_limit());
      });

  router.get("/access-log/verify")
      .summary("Whether the access log has been tampered with; reads all of it")
      .permit({Role::kAuditor, Role::kAdministrator}, Purpose::kAudit)
      .handle([&identity](http::Call& call) { return identity.access_log.verify(call.caller()); });
}

}  // namespace

void routes(http::Router& router, Identity& identity) {
  sign_in_routes(router, identity);
  session_routes(router, identity);
  officer_routes(router, identity);
  key_routes(router, identity);
  consent_routes(router, identity);
  access_routes(router, identity);
}

}  // namespace luytre::identity
