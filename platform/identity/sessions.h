// Sessions: who is signed in, where, since when; and the Authenticator that http asks for every request.
//
// A session is an opaque random token in a cookie (HttpOnly, SameSite=Strict, Secure over TLS); the database holds a
// keyed hash of it. It ends after `idle` without use, at `absolute` in any case, or when it is revoked. A session is
// *full*, or *limited*: after a code alone on an unknown device (a citizen), or before the second factor and a new
// password are set (an officer). A limited citizen's session carries a fresh account id that owns nothing, so that even
// a service that forgets to ask sees an empty account. When a session becomes full its token is drawn anew (no session
// fixation).
//
// authenticate() keeps what it read for `cache`; a revocation takes effect at once on this node and within that time on
// others. Thread-safe.

#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "platform/base/random.h"
#include "platform/base/vault.h"
#include "platform/geography/geography.h"
#include "platform/http/server.h"
#include "platform/identity/accounts.h"
#include "platform/identity/devices.h"
#include "platform/identity/errors.h"
#include "platform/store/database.h"

namespace luytre::identity {

enum class Level { kFull, kLimited };
BOOST_DESCRIBE_ENUM(Level, kFull, kLimited)

// How a session proved more than a code; kNone: it has not.
enum class Proof { kNone, kNewPhone, kDevice, kPin, kPaper, kStation, kFresh, kPassword };
BOOST_DESCRIBE_ENUM(Proof, kNone, kNewPhone, kDevice, kPin, kPaper, kStation, kFresh, kPassword)

enum class Way { kPin, kPaper, kStation };
BOOST_DESCRIBE_ENUM(Way, kPin, kPaper, kStation)

struct GrantView {
  Role role = Role::kAnyone;
  UnitId area;
  std::string area_name;
};
BOOST_DESCRIBE_STRUCT(GrantView, (), (role, area, area_name))

struct SessionView {
  AccountId account;
  std::string name;  // of an officer; of a citizen the masked phone
  AccountKind kind = AccountKind::kCitizen;
  Level level = Level::kLimited;
  std::optional<std::vector<Way>> ways;  // of second proof, when a citizen's session is limited
  std::vector<GrantView> grants;
  bool has_pin = false;
  bool totp_enrolled = false;
  bool must_enrol_totp = false;
  bool must_change_password = false;
  Instant expires_at;
};
BOOST_DESCRIBE_STRUCT(SessionView, (),
                      (account, name, kind, level, ways, grants, has_pin, totp_enrolled, must_enrol_totp,
                       must_change_password, expires_at))

struct SessionBrief {
  Id<struct SessionTag> id;
  std::string device;
  bool current = false;
  Instant signed_in_at;
  Instant last_seen_at;
};
BOOST_DESCRIBE_STRUCT(SessionBrief, (), (id, device, current, signed_in_at, last_seen_at))

// Somebody came in: what to answer and which cookies to set.
struct Entered {
  SessionView view;
  std::string session_token;
  std::optional<std::string> device_token;  // when it changed
};

struct SessionTimes {
  std::chrono::seconds idle;
  std::chrono::seconds absolute;
};

struct SessionSettings {
  SessionTimes citizen{std::chrono::hours(45 * 24), std::chrono::hours(365 * 24)};
  SessionTimes officer{std::chrono::hours(1), std::chrono::hours(12)};
  SessionTimes limited{std::chrono::hours(1), std::chrono::hours(24)};
  std::chrono::milliseconds cache{3000};
  bool totp_required = true;
};

struct SessionRow {
  std::int64_t id = 0;
  AccountId account;
  AccountKind kind = AccountKind::kCitizen;
  bool full = false;
  std::optional<store::Bytes> phone;  // blind index, of a citizen
  std::optional<std::int64_t> device;
  std::string label;
  Proof proof = Proof::kNone;
  Instant proved;
  Instant created;
  Instant last_seen;
  std::int64_t idle = 0;
  Instant expires;
};
BOOST_DESCRIBE_STRUCT(SessionRow, (),
                      (id, account, kind, full, phone, device, label, proof, proved, created, last_seen, idle, expires))

struct NewSession {
  AccountId account;
  AccountKind kind = AccountKind::kCitizen;
  bool full = false;
  std::optional<store::Bytes> phone;  // blind index
  std::optional<std::int64_t> device;
  std::string label;
  Proof proof = Proof::kNone;
};

class Sessions final : public http::Authenticator {
 public:
  Sessions(store::Database& database, const Vault& vault, Random& random, const Clock& clock,
           const geography::Geography& geography, const Accounts& accounts, const Devices& devices,
           SessionSettings settings);
  ~Sessions() override;

  Task<Caller> authenticate(std::string session_cookie, std::string bearer, std::string address) override;

  // ---- in the caller's transaction ----
  struct Opened {
    std::int64_t id;
    std::string token;
  };
  Opened open(store::Session& session, const NewSession& what) const;
  std::optional<SessionRow> find(store::Session& session, std::int64_t id) const;  // running ones only
  // Makes it full for the account, with a new token and a full session's times. The caller calls forgotten() after the
  // commit.
  std::string raise(store::Session& session, const SessionRow& row, AccountId account, Proof proof,
                    std::optional<std::int64_t> device) const;
  std::string renew(store::Session& session, std::int64_t id) const;  // only a new token
  void end_all(store::Session& session, AccountId account, std::int64_t except) const;
  SessionView view(store::Session& session, const SessionRow& row) const;

  // After the commit of what changed a session or an account's grants: this node's cache lets go of it at once.
  void forgotten(AccountId account) const;

  // ---- own transactions ----
  Task<Result<SessionView>> current(Caller caller) const;  // kUnauthenticated
  Task<Result<http::Page<SessionBrief>>> list(Caller caller) const;
  Task<Result<Done>> sign_out(Caller caller) const;  // its device stays known
  Task<Result<Done>> end(Caller caller,
                         std::int64_t id) const;  // another device of mine: it also becomes unknown. kNotFound

  void offer_paper(bool possible) { paper_ = possible; }
  void clean(store::Session& session) const;
  const SessionSettings& settings() const { return settings_; }

  struct Cache;

 private:
  struct Loaded;
  struct Loads;
  std::vector<std::optional<Loaded>> load(store::Session& session, std::span<const store::Bytes> token_hashes) const;
  std::optional<Loaded> complete(store::Session& session, SessionRow row) const;
  store::Bytes hash(std::string_view token) const;

  store::Database& database_;
  const Vault& vault_;
  Random& random_;
  const Clock& clock_;
  const geography::Geography& geography_;
  const Accounts& accounts_;
  const Devices& devices_;
  SessionSettings settings_;
  bool paper_ = false;
  std::unique_ptr<Cache> cache_;
  std::unique_ptr<Loads> loads_;
};

// What `changing` answers, once its transaction stands and the sessions of that account are read anew.
template <class T>
Task<Result<T>> then_forget(Task<Result<T>> changing, const Sessions& sessions, AccountId account) {
  Result<T> changed = co_await std::move(changing);
  sessions.forgotten(account);
  co_return std::move(changed);
}

}  // namespace luytre::identity
