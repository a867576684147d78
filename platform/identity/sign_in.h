// SignIn: how citizens come in. By phone and one-time code; and because phones are shared and re-issued, a code alone
// opens nothing that was there before on a device that has not proved itself: then the session is limited until a
// second proof — the PIN, the paper number and birth date of somebody in the account, or a word that the commune
// station gives after seeing the person. Somebody who got an old number makes a fresh account instead; the old one
// stays for its owner.
//
//   phone unknown          → account made, session full, device known
//   device known to one of the phone's accounts → that account, full
//   else                   → limited: an account id that owns nothing, until second_proof() (one of the phone's
//   accounts) or fresh_account()
//
// Wrong second proofs are counted per phone, over all ways, with growing pauses. Answers do not tell which part was
// wrong. Own transactions; thread-safe.

#pragma once

#include <functional>
#include <optional>
#include <string>

#include "platform/identity/access.h"
#include "platform/identity/codes.h"
#include "platform/identity/hasher.h"
#include "platform/identity/sessions.h"

namespace luytre::identity {

// Whether an identity paper with this number belongs to somebody in the account born on that day; given by the people
// module at wiring time.
using PaperCheck = std::function<bool(store::Session&, AccountId, std::string paper, Date born)>;

struct AskCode {
  Text<40> phone;
};
BOOST_DESCRIBE_STRUCT(AskCode, (), (phone))

struct CodeAnswer {
  CodeSent sent;
  std::string device_token;  // for the cookie: the code works only together with it
};

struct ShowCode {
  Text<40> phone;
  Text<12> code;
};
BOOST_DESCRIBE_STRUCT(ShowCode, (), (phone, code))

// Exactly one of: pin; paper_number and birth_date; word.
struct SecondProof {
  std::optional<Text<12>> pin;
  std::optional<Text<40>> paper_number;
  std::optional<Date> birth_date;
  std::optional<Text<20>> word;
};
BOOST_DESCRIBE_STRUCT(SecondProof, (), (pin, paper_number, birth_date, word))

struct SetPin {
  Text<12> pin;
  std::optional<Text<12>> current;
};
BOOST_DESCRIBE_STRUCT(SetPin, (), (pin, current))

// An officer has seen the person. With a paper, the account that the paper's holder belongs to; without, the phone's
// newest account.
struct StationRelease {
  Text<40> phone;
  Text<500> reason;
  std::optional<Text<40>> paper_number;
  std::optional<Date> birth_date;
};
BOOST_DESCRIBE_STRUCT(StationRelease, (), (phone, reason, paper_number, birth_date))

struct ReleaseWord {
  std::string word;  // "k7mt-2xqp": to be typed within kWordLife on the person's phone
  Instant expires_at;
};
BOOST_DESCRIBE_STRUCT(ReleaseWord, (), (word, expires_at))

inline constexpr std::chrono::seconds kWordLife{900};
inline constexpr std::chrono::seconds kFreshProof{
    900};  // after paper or station, a forgotten PIN may be set anew for so long

struct SignInSettings {
  Pauses second_proof{5, std::chrono::minutes(15), std::chrono::hours(24), std::chrono::hours(48)};
  Rate code_attempts{300, std::chrono::hours(1)};       // sign-in calls per network address
  Rate fresh_accounts{3, std::chrono::hours(30 * 24)};  // per phone
  Rate releases{60, std::chrono::hours(1)};             // per officer
  HashCost pin{2, 32 * 1024 * 1024};
};

class SignIn {
 public:
  SignIn(store::Database& database, const Vault& vault, Random& random, const Clock& clock, const Limits& limits,
         const Accounts& accounts, const Devices& devices, const Codes& codes, Sessions& sessions, Hasher& hasher,
         const Access& access, SignInSettings settings);

  void set_paper_check(PaperCheck check);

  // Errors: kInvalid (no phone), kNoMessages, kTooMany.
  Task<Result<CodeAnswer>> ask_code(AskCode request, Client client) const;
  // Errors: kInvalid, kCodeWrong, kCodeExpired, kCodeExhausted, kTooMany.
  Task<Result<Entered>> sign_in(ShowCode request, Client client) const;
  // Errors: kProofForm, kProofWrong, kLocked, kProofNotNeeded. On a full session only by paper or word, to set a
  // forgotten PIN anew.
  Task<Result<Entered>> second_proof(Caller caller, SecondProof request, Client client) const;
  // Errors: kProofNotNeeded (the session is full), kTooMany.
  Task<Result<Entered>> fresh_account(Caller caller, Client client) const;
  // Errors: kPinForm, kPinWeak, kPinWrong, kLocked.
  Task<Result<Done>> set_pin(Caller caller, SetPin request) const;
  // By an officer of a station, district or province; logged for the account. The same answer for known and unknown
  // phones. Errors: kInvalid, kReasonRequired, kNotPermitted, kTooMany.
  Task<Result<ReleaseWord>> release(Caller caller, StationRelease request) const;

  void clean(store::Session& session) const;

 private:
  struct Candidates;
  Task<Result<Entered>> prove_by_pin(Caller caller, std::string pin, Client client) const;
  Settled<Candidates> begin_pin_proof(store::Session& session, const Caller& caller) const;
  Settled<Entered> prove_at_once(store::Session& session, const Caller& caller, const SecondProof& request,
                                 const Client& client) const;
  Settled<Entered> show_code(store::Session& session, const std::string& phone, const std::string& code,
                             const Client& client) const;
  Entered come_in(store::Session& session, const std::string& phone, const Client& client) const;
  std::optional<AccountId> account_of_paper(store::Session& session, const SessionRow& row,
                                            const SecondProof& request) const;
  std::optional<AccountId> account_of_word(store::Session& session, const SessionRow& row, std::string_view word) const;
  Entered enter(store::Session& session, const SessionRow& row, AccountId account, Proof proof,
                const Client& client) const;
  Task<Result<Done>> set_pin_steps(Caller caller, SetPin request) const;
  Settled<Candidates> begin_set_pin(store::Session& session, const Caller& caller, bool has_current) const;
  store::Bytes word_hash(const store::Bytes& phone, std::string_view word) const;

  store::Database& database_;
  const Vault& vault_;
  Random& random_;
  const Clock& clock_;
  const Limits& limits_;
  const Accounts& accounts_;
  const Devices& devices_;
  const Codes& codes_;
  Sessions& sessions_;
  Hasher& hasher_;
  const Access& access_;
  SignInSettings settings_;
  PaperCheck paper_check_;
};

}  // namespace luytre::identity
