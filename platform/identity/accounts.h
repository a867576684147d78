// Accounts: whom the system knows at the door. A citizen's account belongs to a phone number, an officer's to a user
// name (officers.h).
//
// A phone number does not identify a person: families share phones, and numbers are given to new owners. Hence several
// accounts may have the same phone; the newest is the one that its present holder made. Who the people of an account
// are, the people module knows. The number is sealed and found by a blind index. All calls run in the caller's
// transaction. Thread-safe.

#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "platform/base/vault.h"
#include "platform/identity/caller.h"
#include "platform/store/session.h"

namespace luytre::identity {

enum class AccountKind { kCitizen, kOfficer };
BOOST_DESCRIBE_ENUM(AccountKind, kCitizen, kOfficer)

class Accounts {
 public:
  explicit Accounts(const Vault& vault, const Clock& clock) : vault_(vault), clock_(clock) {}

  store::Bytes phone_index(std::string_view e164) const;

  void create(store::Session& session, AccountId id, std::string_view e164) const;
  std::vector<AccountId> with_phone(store::Session& session,
                                    const store::Bytes& phone_index) const;  // newest first, at most kMost
  std::vector<AccountId> with_phone(store::Session& session, std::string_view e164) const;
  std::optional<std::string> phone(store::Session& session,
                                   AccountId id) const;  // E.164; absent: an officer, or nobody
  std::vector<std::optional<std::string>> phones(store::Session& session, std::span<const AccountId> ids) const;

  std::optional<std::string> pin_hash(store::Session& session, AccountId id) const;
  void set_pin_hash(store::Session& session, AccountId id, const std::string& hash) const;

  // Citizens' accounts of one phone that a second proof is tried against.
  static constexpr std::int64_t kMost = 20;

 private:
  const Vault& vault_;
  const Clock& clock_;
};

}  // namespace luytre::identity
