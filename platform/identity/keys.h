// Keys: how a program of another institution comes in, to hand over what it has, and for nothing else.
//
// A key is an opaque random token, shown once, to be sent as `Authorization: Bearer …`; the database holds a keyed hash
// of it. It stands for the role integrator in one area, which is never the whole country, has an end at most
// kKeyDaysMost away, and is revoked at once on every node, for nothing about it is remembered in memory. Each has a
// name, which the access log shows beside everything that was done with it, and the day of its last use. A session's
// token is no key and a key no session: with it nobody signs in, reads a list or opens a record. Administrators make
// and revoke keys, and both are in the access log; revoked ones stay on the list. Thread-safe.

#pragma once

#include <optional>
#include <string>
#include <vector>

#include "platform/base/random.h"
#include "platform/base/vault.h"
#include "platform/geography/geography.h"
#include "platform/http/server.h"
#include "platform/identity/access.h"
#include "platform/identity/sessions.h"
#include "platform/store/database.h"

namespace luytre::identity {

inline constexpr std::int64_t kKeyDaysMost = 366;
inline constexpr std::size_t kKeysMost = 500;  // ever made; a province has a handful

struct Key {
  AccountId id;  // what it acts as
  std::string name;
  UnitId area;
  std::string area_name;
  Instant created_at;
  Instant expires_at;
  std::optional<Instant> last_used_at;  // to the hour
  std::optional<Instant> revoked_at;
};
BOOST_DESCRIBE_STRUCT(Key, (), (id, name, area, area_name, created_at, expires_at, last_used_at, revoked_at))

struct KeyList {
  std::vector<Key> items;
};
BOOST_DESCRIBE_STRUCT(KeyList, (), (items))

struct NewKey {
  Text<120> name;  // "Sở Thông tin và Truyền thông, tokhaiyte.vn"
  UnitId area;
  std::int64_t days = 0;  // until it ends
};
BOOST_DESCRIBE_STRUCT(NewKey, (), (name, area, days))

struct MadeKey {
  Key key;
  std::string token;
};
BOOST_DESCRIBE_STRUCT(MadeKey, (), (key, token))

inline constexpr ErrorCode kTooManyKeys{"too_many_keys", 409};  // params: most

class Keys {
 public:
  Keys(store::Database& database, const Vault& vault, Random& random, const Clock& clock,
       const geography::Geography& geography, const Access& access)
      : database_(database), vault_(vault), random_(random), clock_(clock), geography_(geography), access_(access) {}

  // Whose key it is; nobody's: a caller without an account.
  Task<Caller> bearer(std::string token, std::string address) const;

  // Errors of all: those of Access::require.
  Task<Result<KeyList>> list(Caller caller) const;                  // newest first
  Task<Result<MadeKey>> make(Caller caller, NewKey request) const;  // invalid (/name, /area, /days), too_many_keys
  Task<Result<Key>> revoke(Caller caller, AccountId key) const;     // not_found; twice is the same as once

 private:
  store::Bytes hash(std::string_view token) const;

  store::Database& database_;
  const Vault& vault_;
  Random& random_;
  const Clock& clock_;
  const geography::Geography& geography_;
  const Access& access_;
};

// What http asks for every request: a program shows its key, everybody else a session.
class Doorkeeper final : public http::Authenticator {
 public:
  Doorkeeper(Sessions& sessions, const Keys& keys) : sessions_(sessions), keys_(keys) {}

  Task<Caller> authenticate(std::string session_cookie, std::string bearer, std::string address) override;

 private:
  Sessions& sessions_;
  const Keys& keys_;
};

}  // namespace luytre::identity
