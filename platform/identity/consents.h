// Consents: what a citizen has agreed to, as records. The texts are data (data/consents/*.json: id, version, purpose,
// title and body in Vietnamese and English, the day from which it is used); a text once published is not edited but
// gets a new version. A record keeps which text and version was shown (with a hash of its words), when it was given,
// and when withdrawn; it is never deleted or overwritten. Nothing is ever given by default.
//
// Modules ask given() for a purpose: it holds while a record of the purpose's text exists that is not withdrawn. What
// citizens record about themselves asks refusals(), which is stricter: either the account agrees now to the text of
// today, or it agreed, when the thing was done, to a text that was in use then. So what was done offline under a
// consent is taken although that has been withdrawn or replaced since, and what was done without one is taken once it
// is given. Publishes consent.given and consent.withdrawn (subject: the record). Thread-safe.

#pragma once

#include <filesystem>
#include <map>
#include <mutex>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "platform/identity/access.h"
#include "platform/identity/errors.h"
#include "platform/store/database.h"

namespace luytre::identity {

enum class ConsentPurpose { kDeclarations, kTracing, kMessages, kIsolationPlace };
BOOST_DESCRIBE_ENUM(ConsentPurpose, kDeclarations, kTracing, kMessages, kIsolationPlace)

struct ConsentText {
  std::string text;  // id
  std::int64_t version = 1;
  ConsentPurpose purpose = ConsentPurpose::kDeclarations;
  std::map<std::string, std::string> title;  // by language
  std::map<std::string, std::string> body;
};
BOOST_DESCRIBE_STRUCT(ConsentText, (), (text, version, purpose, title, body))

using ConsentId = Id<struct ConsentTag>;

struct Consent {
  ConsentId id;
  std::string text;
  std::int64_t version = 1;
  ConsentPurpose purpose = ConsentPurpose::kDeclarations;
  Instant given_at;
  std::optional<Instant> withdrawn_at;
};
BOOST_DESCRIBE_STRUCT(Consent, (), (id, text, version, purpose, given_at, withdrawn_at))

struct GiveConsent {
  Text<60> text;
  std::int64_t version = 0;
};
BOOST_DESCRIBE_STRUCT(GiveConsent, (), (text, version))

inline constexpr ErrorCode kConsentRequired{"consent_required", 403};  // params: purpose, text, version

class Consents {
 public:
  static constexpr std::chrono::seconds kRemembered{60};

  // Throws runtime_error naming the file when a text is broken.
  Consents(store::Database& database, const Clock& clock, IdMaker& ids, const std::filesystem::path& folder);

  std::vector<ConsentText> texts() const;  // the version of each that is used today

  bool given(store::Session& session, AccountId account, ConsentPurpose purpose) const;

  // What an account did at a time.
  struct Act {
    AccountId account;
    Instant at;
  };
  // For each, nothing, or kConsentRequired. Accounts that agree to the text of today are remembered for kRemembered, so
  // that floods need no look into the database. Who withdraws is forgotten here at once (unless a batch is just reading
  // the consent), and everywhere by then.
  std::vector<std::optional<Error>> refusals(store::Session& session, ConsentPurpose purpose,
                                             std::span<const Act> acts) const;

  Task<Result<http::Page<Consent>>> of(Caller caller) const;  // newest first
  // Giving again what is given answers the record that is there. Errors: kNotFound, kConsentOutdated{version}.
  Task<Result<Consent>> give(Caller caller, GiveConsent request) const;
  Task<Result<Done>> withdraw(Caller caller, ConsentId id) const;  // kNotFound; twice is the same as once

 private:
  struct Kept {
    ConsentText text;
    Date used_from;
    store::Bytes hash;  // of its words
  };
  // Who agrees to the text of today.
  class Memory {
   public:
    bool recall(AccountId account, ConsentPurpose purpose, std::int64_t version, Instant now) const;
    void keep(AccountId account, ConsentPurpose purpose, std::int64_t version, Instant now);
    void forget(AccountId account);

   private:
    static constexpr std::size_t kMost = 200'000;  // some 10 MB for each purpose
    struct Entry {
      std::int64_t version = 0;
      Instant read_at;
    };
    mutable std::mutex guard_;
    std::map<ConsentPurpose, std::unordered_map<AccountId, Entry>> entries_;
  };

  const Kept* find(std::string_view text) const;
  const Kept* find(ConsentPurpose purpose) const;
  bool covered(std::span<const Consent> given, const Kept& today, Instant at) const;

  store::Database& database_;
  const Clock& clock_;
  IdMaker& ids_;
  std::vector<Kept> kept_;  // by text, newest version first
  mutable Memory memory_;
};

}  // namespace luytre::identity
