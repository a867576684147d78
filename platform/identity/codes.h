// Codes: one-time codes of six digits, sent by SMS, that prove that somebody holds a phone now.
//
// A code belongs to (use, phone, holder): the holder is whoever asked for it — the browser (its device cookie) at
// sign-in, the registration of a place — so nobody can guess at, or use up the tries of, a code that another asked for.
// It lives five minutes, dies after five wrong tries or when used, and a new one replaces it. Only a keyed hash is
// stored. The same work is done and the same answer given for every phone, known or not. Requests are limited per
// phone, per network address and globally; foreign numbers in addition together (messages abroad cost much). A known
// device has a phone limit of its own, so that a stranger who asks for codes cannot lock the owner out.
//
// issue() and check() run in the caller's transaction. check() counts: the closure must commit also when it refuses
// (settled.h). Texts: "sms.code.<use>" in data/i18n. Thread-safe.

#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "platform/base/random.h"
#include "platform/base/vault.h"
#include "platform/identity/errors.h"
#include "platform/identity/limits.h"
#include "platform/identity/settled.h"
#include "platform/notify/notify.h"
#include "platform/notify/texts.h"
#include "platform/store/database.h"

namespace luytre::identity {

inline constexpr std::chrono::seconds kCodeLife{300};
inline constexpr std::int64_t kCodeTries = 5;

struct CodeLimits {
  Rate pause{1, std::chrono::seconds(60)};  // between two codes for one phone
  Rate phone{5, std::chrono::hours(1)};
  Rate phone_day{10, std::chrono::hours(24)};
  Rate address{300, std::chrono::hours(1)};  // many subscribers share one address of their carrier
  Rate all{3000, std::chrono::minutes(10)};
  Rate foreign{100, std::chrono::hours(1)};
};

// Whose code it is. `holder`: anything that only the asker can show again (a secret), or that the caller checks itself
// (an id).
struct CodeKey {
  std::string use;    // "signIn", "place"
  std::string phone;  // E.164
  std::string holder;
};

struct CodeRequest {
  CodeKey key;
  std::string address;          // network address of the asker
  std::string language = "vi";  // of the message
  bool known_device = false;
};

struct CodeSent {
  Instant expires_at;
  std::int64_t retry_after_seconds = 0;  // when a new one may be asked for
};
BOOST_DESCRIBE_STRUCT(CodeSent, (), (expires_at, retry_after_seconds))

class Codes {
 public:
  Codes(store::Database& database, const Vault& vault, Random& random, const Clock& clock, const Limits& limits,
        notify::Notify& notify, const notify::Texts& texts, CodeLimits settings);

  // Errors: kTooMany{seconds}, kNoMessages (a landline). The message leaves after the commit.
  Result<CodeSent> issue(store::Session& session, const CodeRequest& request) const;

  // Uses the code up when it is right. Errors: kCodeWrong{left}, kCodeExpired, kCodeExhausted.
  Result<Done> check(store::Session& session, const CodeKey& key, std::string_view code) const;

  // check() in a transaction of its own.
  Task<Result<Done>> verify(CodeKey key, std::string code) const;

  void clean(store::Session& session) const;

 private:
  std::optional<std::int64_t> limited(store::Session& session, const CodeRequest& request) const;
  store::Bytes hash(const CodeKey& key, std::string_view code) const;

  store::Database& database_;
  const Vault& vault_;
  Random& random_;
  const Clock& clock_;
  const Limits& limits_;
  notify::Notify& notify_;
  const notify::Texts& texts_;
  CodeLimits settings_;
};

// A code as it was sent or shown, without what people write between its digits: "123 456", "123-456".
std::string without_spaces(std::string_view typed);

}  // namespace luytre::identity
