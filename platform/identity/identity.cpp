#include "platform/identity/identity.h"

namespace luytre::identity {

Identity::Identity(store::Database& database, const Vault& vault, Random& random, const Clock& clock,
                   const geography::Geography& geography, notify::Notify& notify, const notify::Texts& texts,
                   Settings settings)
    : limits(clock),
      hasher(vault, settings.hashing_threads),
      access(geography, clock, database.ids(), vault),
      chain(database, access, clock, settings.anchor),
      access_log(database, geography, access, chain),
      accounts(vault, clock),
      devices(vault, random, clock, database.ids()),
      codes(database, vault, random, clock, limits, notify, texts, settings.codes),
      sessions(database, vault, random, clock, geography, accounts, devices, settings.sessions),
      keys(database, vault, random, clock, geography, access),
      doorkeeper(sessions, keys),
      sign_in(database, vault, random, clock, limits, accounts, devices, codes, sessions, hasher, access,
              settings.sign_in),
      officers(database, vault, random, clock, database.ids(), geography, limits, devices, sessions, hasher, access,
               settings.officers),
      consents(database, clock, database.ids(), settings.consents) {}

void Identity::start() {
  chain.start();
}

void Identity::stop() {
  chain.stop();
}

void Identity::add_jobs(store::Schedule& schedule) {
  schedule.add({"identity.clean", std::chrono::minutes(10), [this](store::Session& s) {
                  codes.clean(s);
                  sign_in.clean(s);
                  sessions.clean(s);
                  devices.clean(s);
                  limits.clean(s);
                }});
}

}  // namespace luytre::identity
