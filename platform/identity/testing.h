// For tests of other rooms: callers without signing in, and a whole Identity over a test database.

#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "platform/base/random.h"
#include "platform/identity/identity.h"

namespace luytre::identity::testing {

// Plain callers; no row exists for them, which no service needs.
Caller citizen(std::int64_t account = 1001);
Caller citizen(AccountId account);
Caller officer(Role role, UnitId area = {}, std::int64_t account = 9001);  // area 0: the whole country
Caller nobody();
Caller limited(Caller caller);  // the same before the second proof

// A household callback that says yes to exactly these: {{account, person}, …}.
Access::Household households(std::vector<std::pair<AccountId, PersonId>> members);

Vault vault();  // a fixed key

// Identity with cheap hashing, messages that stay in the outbox, and no threads running. Needs the migrations of notify
// and identity.
class House {
 public:
  House(store::Database& database, const geography::Geography& geography, const Clock& clock,
        Settings settings = quick_settings());
  ~House();

  static Settings quick_settings();
  static std::vector<std::vector<store::Migration>> rooms();  // {notify, identity}

  Identity& operator*() { return *identity_; }
  Identity* operator->() { return identity_.get(); }
  notify::Notify& notify() { return notify_; }
  const Vault& vault() const { return vault_; }
  const notify::Texts& texts() const { return texts_; }

  std::string last_code(std::string_view e164);  // the digits of the last message queued to the phone; empty: none

  // Through the front door: asks for a code, shows it, answers the session's token. `device`: in and out, the device
  // cookie.
  Result<Entered> sign_in(const std::string& phone, std::optional<std::string>& device);
  Caller caller(const std::string& session_token);  // as the authenticator sees it

 private:
  store::Database& database_;
  SystemRandom random_;
  Vault vault_;
  notify::Texts texts_;
  notify::Notify notify_;
  std::unique_ptr<Identity> identity_;
};

}  // namespace luytre::identity::testing
