// Devices: browsers that have proved themselves for an account before, recognised by a long-lived random cookie (stored
// hashed).
//
// A device becomes known to an account when the account is made on it or by a second proof, never by a code alone. Each
// time a device becomes known to one more account its cookie is drawn anew, so that a cookie planted by somebody else
// is worthless. A device unused for kForgottenAfter is forgotten. All calls run in the caller's transaction.
// Thread-safe.

#pragma once

#include <optional>
#include <span>
#include <string>

#include "platform/base/random.h"
#include "platform/base/vault.h"
#include "platform/identity/caller.h"
#include "platform/identity/client.h"
#include "platform/store/session.h"

namespace luytre::identity {

inline constexpr std::size_t kTokenBytes = 32;
inline constexpr std::chrono::seconds kDeviceForgottenAfter{365 * kDaySeconds};

// A fresh secret for a cookie: base64url, 43 characters.
std::string draw_token(Random& random);
bool is_token(std::string_view text);  // of that form

class Devices {
 public:
  Devices(const Vault& vault, Random& random, const Clock& clock, IdMaker& ids)
      : vault_(vault), random_(random), clock_(clock), ids_(ids) {}

  // The device of this cookie, if there is one.
  std::optional<std::int64_t> find(store::Session& session, const std::optional<std::string>& token) const;
  // Of these accounts the one that knows the device, the latest if several do.
  std::optional<AccountId> known_to(store::Session& session, std::int64_t device,
                                    std::span<const AccountId> accounts) const;

  struct Known {
    std::int64_t device;
    std::string token;  // for the cookie
  };
  // Makes the client's device (or a new one) known to the account.
  Known make_known(store::Session& session, AccountId account, const Client& client) const;
  void used(store::Session& session, std::int64_t device) const;
  void forget(store::Session& session, std::int64_t device, AccountId account) const;
  void clean(store::Session& session) const;

 private:
  store::Bytes hash(std::string_view token) const;

  const Vault& vault_;
  Random& random_;
  const Clock& clock_;
  IdMaker& ids_;
};

}  // namespace luytre::identity
