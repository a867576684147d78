#include "platform/identity/consents.h"

#include <sodium.h>

#include <algorithm>
#include <fstream>
#include <functional>
#include <iterator>
#include <stdexcept>

namespace luytre::identity {
namespace {

constexpr std::size_t kHashBytes = 16;

struct ConsentFile {
  std::string id;
  std::int64_t version = 0;
  ConsentPurpose purpose = ConsentPurpose::kDeclarations;
  Date used_from;
  std::map<std::string, Text<200>> title;
  std::map<std::string, Note<4000>> body;
};
BOOST_DESCRIBE_STRUCT(ConsentFile, (), (id, version, purpose, used_from, title, body))

constexpr store::Query kGiven{"identity.consent_given", R"sql(
  SELECT id FROM identity_consent WHERE account = $1 AND purpose = $2 AND withdrawn IS NULL ORDER BY id LIMIT 1)sql"};

constexpr store::Query kOfPurpose{"identity.consent_of_purpose", R"sql(
  SELECT id, text_id, version, purpose, given, withdrawn FROM identity_consent WHERE account = $1 AND purpose = $2)sql"};

constexpr store::Query kOf{"identity.consent_of", R"sql(
  SELECT id, text_id, version, purpose, given, withdrawn FROM identity_consent WHERE account = $1 ORDER BY id DESC)sql"};

constexpr store::Query kRunning{"identity.consent_running", R"sql(
  SELECT id, text_id, version, purpose, given, withdrawn
  FROM identity_consent
  WHERE account = $1 AND text_id = $2 AND withdrawn IS NULL)sql"};

constexpr store::Query kInsertConsent{"identity.consent_insert", R"sql(
  INSERT INTO identity_consent (id, account, text_id, version, purpose, text_hash, given, withdrawn)
  VALUES ($1, $2, $3, $4, $5, $6, $7, NULL))sql"};

constexpr store::Query kOwner{"identity.consent_owner", R"sql(
  SELECT account FROM identity_consent WHERE id = $1)sql"};

constexpr store::Query kWithdraw{"identity.consent_withdraw", R"sql(
  UPDATE identity_consent SET withdrawn = $2 WHERE id = $1 AND withdrawn IS NULL)sql"};

template <class T>
Task<Result<T>> forgetting(Task<Result<T>> changing, std::function<void()> forget) {
  Result<T> result = co_await std::move(changing);
  forget();
  co_return result;
}

std::string hash_of(const ConsentText& text) {
  const std::string words = json::text(text);
  std::string out(kHashBytes, '\0');
  crypto_generichash(reinterpret_cast<unsigned char*>(out.data()), out.size(),
                     reinterpret_cast<const unsigned char*>(words.data()), words.size(), nullptr, 0);
  return out;
}

ConsentFile read_file(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  const std::string text{std::istreambuf_iterator<char>(in), {}};
  auto parsed = json::parse<ConsentFile>(text);
  if (!parsed) {
    const auto& fields = parsed.error().fields;
    throw std::runtime_error(file.string() + " is no consent text: " + parsed.error().code +
                             (fields.empty() ? std::string() : " at " + fields.front().pointer));
  }
  for (const char* language : {"vi", "en"}) {
    if (!parsed->title.contains(language) || !parsed->body.contains(language)) {
      throw std::runtime_error(file.string() + " lacks its title or body in \"" + language + "\"");
    }
  }
  return std::move(*parsed);
}

}  // namespace

Consents::Consents(store::Database& database, const Clock& clock, IdMaker& ids, const std::filesystem::path& folder)
    : database_(database), clock_(clock), ids_(ids) {
  if (!std::filesystem::is_directory(folder))
    throw std::runtime_error("no folder of consent texts at " + folder.string());
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.path().extension() != ".json") continue;
    ConsentFile file = read_file(entry.path());
    Kept kept;
    kept.text.text = file.id;
    kept.text.version = file.version;
    kept.text.purpose = file.purpose;
    for (auto& [language, words] : file.title) kept.text.title[language] = std::move(words);
    for (auto& [language, words] : file.body) kept.text.body[language] = std::move(words);
    kept.used_from = file.used_from;
    kept.hash.data = hash_of(kept.text);
    kept_.push_back(std::move(kept));
  }
  std::sort(kept_.begin(), kept_.end(), [](const Kept& a, const Kept& b) {
    return a.text.text != b.text.text ? a.text.text < b.text.text : a.text.version > b.text.version;
  });
}

bool Consents::Memory::recall(AccountId account, ConsentPurpose purpose, std::int64_t version, Instant now) const {
  const std::lock_guard lock(guard_);
  const auto of_purpose = entries_.find(purpose);
  if (of_purpose == entries_.end()) return false;
  const auto found = of_purpose->second.find(account);
  return found != of_purpose->second.end() && found->second.version == version &&
         now < found->second.read_at + kRemembered;
}

void Consents::Memory::keep(AccountId account, ConsentPurpose purpose, std::int64_t version, Instant now) {
  const std::lock_guard lock(guard_);
  auto& of_purpose = entries_[purpose];
  if (of_purpose.size() >= kMost) of_purpose.clear();
  of_purpose[account] = {version, now};
}

void Consents::Memory::forget(AccountId account) {
  const std::lock_guard lock(guard_);
  for (auto& [purpose, accounts] : entries_) accounts.erase(account);
}

const Consents::Kept* Consents::find(ConsentPurpose purpose) const {
  const Date today = local_date(clock_.now());
  for (const auto& kept : kept_)
    if (kept.text.purpose == purpose && kept.used_from <= today) return &kept;
  return nullptr;
}

const Consents::Kept* Consents::find(std::string_view text) const {
  const Date today = local_date(clock_.now());
  for (const auto& kept : kept_)
    if (kept.text.text == text && kept.used_from <= today) return &kept;
  return nullptr;
}

std::vector<ConsentText> Consents::texts() const {
  std::vector<ConsentText> out;
  for (const auto& kept : kept_)
    if (find(kept.text.text) == &kept) out.push_back(kept.text);
  return out;
}

bool Consents::given(store::Session& session, AccountId account, ConsentPurpose purpose) const {
  return session.one<ConsentId>(kGiven, account, purpose).has_value();
}

bool Consents::covered(std::span<const Consent> given, const Kept& today, Instant at) const {
  for (const auto& consent : given) {
    if (consent.text == today.text.text && consent.version == today.text.version && !consent.withdrawn_at) return true;
    if (at < consent.given_at || (consent.withdrawn_at && at >= *consent.withdrawn_at)) continue;
    const auto newer = [&](const Kept& kept) {
      return kept.text.text == consent.text && kept.text.version > consent.version &&
             local_midnight(kept.used_from) <= at;
    };
    if (std::none_of(kept_.begin(), kept_.end(), newer)) return true;
  }
  return false;
}

std::vector<std::optional<Error>> Consents::refusals(store::Session& session, ConsentPurpose purpose,
                                                     std::span<const Act> acts) const {
  std::vector<std::optional<Error>> out(acts.size());
  const Kept* today = find(purpose);
  if (!today) return out;  // nothing of that kind is asked in this place
  const Instant now = clock_.now();
  std::vector<store::Row> accounts;
  std::vector<std::size_t> asked;
  for (std::size_t i = 0; i < acts.size(); ++i) {
    if (memory_.recall(acts[i].account, purpose, today->text.version, now)) continue;
    accounts.push_back({store::to_value(acts[i].account), store::to_value(purpose)});
    asked.push_back(i);
  }
  if (asked.empty()) return out;
  const auto given = session.each<Consent>(kOfPurpose, accounts);
  for (std::size_t i = 0; i < asked.size(); ++i) {
    const Act& act = acts[asked[i]];
    if (!covered(given[i], *today, act.at)) {
      out[asked[i]] = Error(kConsentRequired, {{"purpose", json::enum_text(purpose)},
                                               {"text", today->text.text},
                                               {"version", std::to_string(today->text.version)}});
    } else if (covered(given[i], *today, now)) {
      memory_.keep(act.account, purpose, today->text.version, now);
    }
  }
  return out;
}

Task<Result<http::Page<Consent>>> Consents::of(Caller caller) const {
  return database_.read([account = caller.account](store::Session& s) -> Result<http::Page<Consent>> {
    http::Page<Consent> page;
    page.items = s.all<Consent>(kOf, account);
    return page;
  });
}

Task<Result<Consent>> Consents::give(Caller caller, GiveConsent request) const {
  return database_.transact(
      [this, account = caller.account, request = std::move(request)](store::Session& s) -> Result<Consent> {
        const Kept* kept = find(request.text);
        if (!kept) return kNotFound;
        if (kept->text.version != request.version)
          return Error(kConsentOutdated, {{"version", std::to_string(kept->text.version)}});
        const Instant now = clock_.now();
        if (const auto running = s.one<Consent>(kRunning, account, request.text)) {
          if (running->version == request.version) return *running;
          s.run(kWithdraw, running->id, now);  // the newer text takes its place
        }
        const auto id = ids_.make<ConsentId>();
        s.run(kInsertConsent, id, account, kept->text.text, kept->text.version, kept->text.purpose, kept->hash, now);
        s.publish({"consent.given", id.value, now});
        return Consent{id, kept->text.text, kept->text.version, kept->text.purpose, now, std::nullopt};
      });
}

Task<Result<Done>> Consents::withdraw(Caller caller, ConsentId id) const {
  auto withdrawing = database_.transact([this, account = caller.account, id](store::Session& s) -> Result<Done> {
    if (s.one<AccountId>(kOwner, id) != account) return kNotFound;
    const Instant now = clock_.now();
    if (s.run(kWithdraw, id, now) == 1) s.publish({"consent.withdrawn", id.value, now, 2});
    return Done{};
  });
  return forgetting(std::move(withdrawing), [this, account = caller.account] { memory_.forget(account); });
}

}  // namespace luytre::identity
