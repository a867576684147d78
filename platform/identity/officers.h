// Officers: people of the health service, by user name, password (argon2id) and a second factor (TOTP), with grants of
// role × area.
//
// An administrator makes the account and hands over a temporary password, which opens nothing but the page to change
// it; the same until TOTP is enrolled (unless the settings of a loopback demonstration make it optional). A failed
// sign-in answers the same, after the same work, whether the name exists or not; after five, each further try costs a
// growing pause, never a permanent lock; a device that signed the officer in before has its own count, so that a
// stranger cannot keep an officer out. A code of the authenticator works once. Nobody changes the own grants or
// disables the own account, and the last administrator stays. Every change is in the access log. Own transactions
// unless a Session is passed; thread-safe.

#pragma once

#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "platform/identity/access.h"
#include "platform/identity/hasher.h"
#include "platform/identity/limits.h"
#include "platform/identity/sessions.h"
#include "platform/identity/settled.h"

namespace luytre::identity {

inline constexpr std::size_t kPasswordLeast = 12;  // code points
inline constexpr std::size_t kPasswordMost = 200;

struct OfficerSignIn {
  Text<80> username;
  Text<400> password;
  std::optional<Text<12>> totp;
};
BOOST_DESCRIBE_STRUCT(OfficerSignIn, (), (username, password, totp))

struct TotpEnrolment {
  std::string secret;  // base32
  std::string uri;     // otpauth://…, for a QR code
};
BOOST_DESCRIBE_STRUCT(TotpEnrolment, (), (secret, uri))

struct EnrolTotp {
  std::optional<Text<12>> current;  // a code of the authenticator in use, when there is one
};
BOOST_DESCRIBE_STRUCT(EnrolTotp, (), (current))

struct ConfirmTotp {
  Text<12> code;
};
BOOST_DESCRIBE_STRUCT(ConfirmTotp, (), (code))

struct ChangePassword {
  Text<400> current;
  Text<400> next;
};
BOOST_DESCRIBE_STRUCT(ChangePassword, (), (current, next))

struct Officer {
  AccountId id;
  std::string username;
  std::string name;
  std::vector<GrantView> grants;
  bool disabled = false;
  bool totp_enrolled = false;
  bool must_change_password = false;
  Instant created_at;
  std::optional<Instant> last_seen_at;
  std::int64_t version = 1;
};
BOOST_DESCRIBE_STRUCT(Officer, (),
                      (id, username, name, grants, disabled, totp_enrolled, must_change_password, created_at,
                       last_seen_at, version))

struct NewOfficer {
  Text<80> username;
  Text<120> name;
  std::vector<Grant> grants;
};
BOOST_DESCRIBE_STRUCT(NewOfficer, (), (username, name, grants))

struct MadeOfficer {
  Officer officer;
  std::string temporary_password;
};
BOOST_DESCRIBE_STRUCT(MadeOfficer, (), (officer, temporary_password))

struct SetGrants {
  std::vector<Grant> grants;
};
BOOST_DESCRIBE_STRUCT(SetGrants, (), (grants))

struct ResetPassword {
  std::optional<bool> totp;  // true: the authenticator is lost too
};
BOOST_DESCRIBE_STRUCT(ResetPassword, (), (totp))

struct TemporaryPassword {
  std::string temporary_password;
};
BOOST_DESCRIBE_STRUCT(TemporaryPassword, (), (temporary_password))

struct SetUp {
  Text<100> token;
  Text<80> username;
  Text<400> password;
  Text<120> name;
};
BOOST_DESCRIBE_STRUCT(SetUp, (), (token, username, password, name))

struct SetupState {
  bool needed = false;
};
BOOST_DESCRIBE_STRUCT(SetupState, (), (needed))

struct OfficerRow;  // officer_rows.h

struct OfficerSettings {
  Pauses sign_in{5, std::chrono::seconds(30), std::chrono::minutes(30), std::chrono::hours(24)};
  Rate address{120, std::chrono::hours(1)};  // sign-in calls per network address
  HashCost password;
};

class Officers {
 public:
  Officers(store::Database& database, const Vault& vault, Random& random, const Clock& clock, IdMaker& ids,
           const geography::Geography& geography, const Limits& limits, const Devices& devices, Sessions& sessions,
           Hasher& hasher, const Access& access, OfficerSettings settings);

  // ---- an officer about himself ----
  // Errors: kSignInFailed, kTotpRequired (the password was right), kLocked{seconds}, kTooMany.
  Task<Result<Entered>> sign_in(OfficerSignIn request, Client client) const;
  Task<Result<TotpEnrolment>> enrol_totp(Caller caller, EnrolTotp request) const;  // kTotpWrong, kLocked
  // kTotpNotBegun, kTotpWrong, kLocked
  Task<Result<Entered>> confirm_totp(Caller caller, ConfirmTotp request, Client client) const;
  // Ends all other sessions. kPasswordWeak, kPasswordWrong, kLocked
  Task<Result<Entered>> change_password(Caller caller, ChangePassword request, Client client) const;

  // ---- the first officer ----
  Task<Result<SetupState>> setup_state() const;
  // A token for the first-run page, drawn at the first call and valid in this process; absent when there are officers.
  // Blocks.
  std::optional<std::string> setup_token();
  Task<Result<Entered>> set_up(SetUp request,
                               Client client);  // kSetupDone, kSetupTokenWrong, kUsernameForm, kPasswordWeak, kTooMany

  // ---- the administrator ----
  Task<Result<http::Page<Officer>>> list(Caller caller, std::string text, std::optional<std::int64_t> after,
                                         std::size_t limit) const;
  Task<Result<MadeOfficer>> create(Caller caller,
                                   NewOfficer request) const;  // kUsernameForm, kUsernameTaken, kGrantForm
  // Errors: kNotFound, kGrantForm, kOwnAccount, kLastAdministrator, kVersionConflict.
  Task<Result<Officer>> set_grants(Caller caller, AccountId officer, SetGrants request,
                                   std::optional<std::int64_t> version) const;
  Task<Result<Officer>> set_disabled(Caller caller, AccountId officer,
                                     bool disabled) const;  // kNotFound, kOwnAccount, kLastAdministrator
  Task<Result<TemporaryPassword>> reset_password(Caller caller, AccountId officer,
                                                 ResetPassword request) const;  // kNotFound, kOwnAccount

  // ---- the command line (blocks; the log names "command line") ----
  // Without a password a temporary one is drawn. Errors as create().
  Result<MadeOfficer> create_now(NewOfficer request, std::optional<std::string> password = std::nullopt) const;
  Result<Officer> disable_now(std::string username) const;
  std::vector<Officer> all_now() const;
  // The officer as a caller, for `--as`. Errors: kNotFound (unknown or disabled).
  Result<Caller> caller_now(std::string username) const;

 private:
  struct Attempt;
  Settled<Attempt> begin_sign_in(store::Session& session, const OfficerSignIn& request, const Client& client) const;
  Settled<Entered> finish_sign_in(store::Session& session, const Attempt& attempt, bool password_right,
                                  const OfficerSignIn& request, const Client& client) const;
  Settled<TotpEnrolment> begin_totp(store::Session& session, const Caller& caller, const EnrolTotp& request) const;
  Settled<Entered> finish_totp(store::Session& session, const Caller& caller, const std::string& code,
                               const Client& client) const;
  Settled<Attempt> begin_password(store::Session& session, const Caller& caller) const;
  Result<Entered> finish_password(store::Session& session, const Caller& caller, const Attempt& attempt,
                                  const std::string& hash, const Client& client) const;
  Task<Result<Entered>> sign_in_steps(OfficerSignIn request, Client client) const;
  Task<Result<Entered>> password_steps(Caller caller, ChangePassword request, Client client) const;
  Task<Result<Entered>> set_up_steps(SetUp request, Client client);
  Task<Result<MadeOfficer>> create_steps(Caller caller, NewOfficer request) const;
  Task<Result<TemporaryPassword>> reset_steps(Caller caller, AccountId officer, ResetPassword request) const;
  Entered advanced(store::Session& session, const SessionRow& row, const OfficerRow& officer,
                   const Client& client) const;
  bool complete(const OfficerRow& row) const;  // a sign-in opens everything
  bool totp_right(store::Session& session, const OfficerRow& row, std::string_view code) const;
  store::Bytes try_key(std::string_view username, std::optional<std::int64_t> device) const;

  Officer view(store::Session& session, const OfficerRow& row) const;
  Result<OfficerRow> insert(store::Session& session, const NewOfficer& request, const std::string& password_hash,
                            bool temporary) const;
  std::optional<Error> wrong_grants(const std::vector<Grant>& grants) const;
  Result<Officer> disable(store::Session& session, const Caller& caller, const OfficerRow& row, bool disabled) const;
  bool setup_token_right(std::string_view token) const;
  std::string draw_password() const;

  store::Database& database_;
  const Vault& vault_;
  Random& random_;
  const Clock& clock_;
  IdMaker& ids_;
  const geography::Geography& geography_;
  const Limits& limits_;
  const Devices& devices_;
  Sessions& sessions_;
  Hasher& hasher_;
  const Access& access_;
  OfficerSettings settings_;
  mutable std::mutex setup_mutex_;
  std::string setup_token_;
};

// The form in which user names are stored and compared: 3–40 of a–z, 0–9, ".", "-", "_"; capital letters are folded.
// Absent: no user name.
std::optional<std::string> normalise_username(std::string_view text);
// Why a password will not do, if so: too short, too long, the user name in it, or one of the best-known.
std::optional<Error> weak_password(std::string_view password, std::string_view username);

}  // namespace luytre::identity
