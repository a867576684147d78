// Identity: everything about who somebody is and what they may do, put together. Made once by the program (and by
// tests), then wired:
//
//   identity::Identity identity(database, vault, random, clock, geography, notify, texts, settings);
//   identity.access.set_household(…); identity.access.set_household_people(…); identity.sign_in.set_paper_check(…);
//   identity::routes(router, identity);
//   http::Server server(options, router, identity.doorkeeper);
//   identity.add_jobs(schedule); identity.start();
//
// Destroy after the server and before the database.

#pragma once

#include "platform/identity/access.h"
#include "platform/identity/access_chain.h"
#include "platform/identity/access_log.h"
#include "platform/identity/accounts.h"
#include "platform/identity/codes.h"
#include "platform/identity/consents.h"
#include "platform/identity/devices.h"
#include "platform/identity/hasher.h"
#include "platform/identity/keys.h"
#include "platform/identity/limits.h"
#include "platform/identity/officers.h"
#include "platform/identity/sessions.h"
#include "platform/identity/sign_in.h"
#include "platform/store/follower.h"

namespace luytre::identity {

struct Settings {
  std::filesystem::path consents;  // folder data/consents
  std::filesystem::path anchor;    // file outside the database for the heads of the access log; empty: none
  CodeLimits codes;
  SessionSettings sessions;  // totp_required = false: only for a demonstration that listens on loopback
  SignInSettings sign_in;
  OfficerSettings officers;
  unsigned hashing_threads = 2;
};

struct Identity {
  Identity(store::Database& database, const Vault& vault, Random& random, const Clock& clock,
           const geography::Geography& geography, notify::Notify& notify, const notify::Texts& texts,
           Settings settings);

  void start();  // seals the access log from now on
  void stop();
  void add_jobs(store::Schedule& schedule);  // deletes what has expired

  Limits limits;
  Hasher hasher;
  Access access;
  AccessChain chain;
  AccessLog access_log;
  Accounts accounts;
  Devices devices;
  Codes codes;
  Sessions sessions;
  Keys keys;
  Doorkeeper doorkeeper;
  SignIn sign_in;
  Officers officers;
  Consents consents;
};

void routes(http::Router& router, Identity& identity);

}  // namespace luytre::identity
