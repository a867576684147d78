#include "platform/identity/sign_in.h"

#include <algorithm>

#include "platform/base/phone.h"

namespace luytre::identity {
namespace {

constexpr const char* kWordAlphabet = "0123456789abcdefghjkmnpqrstvwxyz";  // Crockford: no i, l, o, u
constexpr std::size_t kWordLetters = 8;                                    // 40 bits, five tries

const Action kRelease{
    "identity.release", Purpose::kFollowUp, {Role::kStationOfficer, Role::kDistrictOfficer, Role::kProvinceOfficer}};

constexpr store::Query kKeepWord{"identity.release_keep", R"sql(
  INSERT INTO identity_release (word_hash, account, expires) VALUES ($1, $2, $3))sql"};

constexpr store::Query kUseWord{"identity.release_use", R"sql(
  DELETE FROM identity_release WHERE word_hash = $1 AND expires > $2 AND account <> 0 RETURNING account)sql"};

constexpr store::Query kCleanWords{"identity.release_clean", R"sql(
  DELETE FROM identity_release WHERE expires <= $1)sql"};

Error wrong_phone() {
  std::vector<FieldError> fields;
  fields.push_back({"/phone", "format", {}});
  return Error(kInvalid, std::move(fields));
}

Error too_many(std::int64_t seconds) {
  return Error(kTooMany, {{"seconds", std::to_string(seconds)}});
}

bool is_pin(std::string_view pin) {
  return pin.size() == 6 && std::all_of(pin.begin(), pin.end(), [](char c) { return c >= '0' && c <= '9'; });
}

// 111111, 121212, 123456, 987654, 123123: the first that anybody tries.
bool is_weak_pin(std::string_view pin) {
  std::string digits(pin);
  std::sort(digits.begin(), digits.end());
  const auto distinct = std::unique(digits.begin(), digits.end()) - digits.begin();
  bool up = true;
  bool down = true;
  for (std::size_t i = 1; i < pin.size(); ++i) {
    up = up && pin[i] == pin[i - 1] + 1;
    down = down && pin[i] == pin[i - 1] - 1;
  }
  return distinct < 3 || up || down || pin.substr(0, 3) == pin.substr(3);
}

// As typed on a phone: any case, any hyphen, o for 0 and i or l for 1.
std::string normalise_word(std::string_view text) {
  std::string out;
  for (char c : text) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    if (c == 'o') c = '0';
    if (c == 'i' || c == 'l') c = '1';
    if (c != '-' && c != ' ') out += c;
  }
  return out;
}

}  // namespace

struct SignIn::Candidates {
  SessionRow row;
  std::vector<AccountId> accounts;
  std::vector<std::string> hashes;  // of their PINs, in the same order
  bool check = true;                // false: nothing need be shown
};

SignIn::SignIn(store::Database& database, const Vault& vault, Random& random, const Clock& clock, const Limits& limits,
               const Accounts& accounts, const Devices& devices, const Codes& codes, Sessions& sessions, Hasher& hasher,
               const Access& access, SignInSettings settings)
    : database_(database),
      vault_(vault),
      random_(random),
      clock_(clock),
      limits_(limits),
      accounts_(accounts),
      devices_(devices),
      codes_(codes),
      sessions_(sessions),
      hasher_(hasher),
      access_(access),
      settings_(settings) {}

void SignIn::set_paper_check(PaperCheck check) {
  sessions_.offer_paper(static_cast<bool>(check));
  paper_check_ = std::move(check);
}

// ---- phone and code ----

Task<Result<CodeAnswer>> SignIn::ask_code(AskCode request, Client client) const {
  const auto phone = normalise_phone(request.phone);
  if (!phone) return refused<CodeAnswer>(wrong_phone());
  return database_.transact(
      [this, phone = *phone, client = std::move(client)](store::Session& s) -> Result<CodeAnswer> {
        const bool had_token = client.device && is_token(*client.device);
        const std::string token = had_token ? *client.device : draw_token(random_);
        const auto device = devices_.find(s, token);
        const auto accounts = accounts_.with_phone(s, phone);
        CodeRequest ask;
        ask.key = {"signIn", phone, token};
        ask.address = client.address;
        ask.language = client.language;
        ask.known_device = device && devices_.known_to(s, *device, accounts);
        auto sent = codes_.issue(s, ask);
        if (!sent) return sent.error();
        return CodeAnswer{*sent, token};
      });
}

Task<Result<Entered>> SignIn::sign_in(ShowCode request, Client client) const {
  const auto phone = normalise_phone(request.phone);
  if (!phone) return refused<Entered>(wrong_phone());
  return settle(
      database_.transact([this, phone = *phone, code = without_spaces(request.code), client = std::move(client)](
                             store::Session& s) { return show_code(s, phone, code, client); }));
}

Settled<Entered> SignIn::show_code(store::Session& session, const std::string& phone, const std::string& code,
                                   const Client& client) const {
  const store::Bytes address{vault_.blind("identity.address", address_key(client.address))};
  if (const auto wait = limits_.take(session, "sign_in.address", address, settings_.code_attempts))
    return {too_many(*wait)};
  const auto shown = codes_.check(session, {"signIn", phone, client.device.value_or(std::string())}, code);
  if (!shown) return {shown.error()};
  return {come_in(session, phone, client)};
}

// The code was right: which account, and how far does it open?
Entered SignIn::come_in(store::Session& session, const std::string& phone, const Client& client) const {
  NewSession fresh;
  fresh.phone = accounts_.phone_index(phone);
  fresh.label = client.label;
  Entered out;
  const auto accounts = accounts_.with_phone(session, *fresh.phone);
  const auto device = devices_.find(session, client.device);
  const auto known = device ? devices_.known_to(session, *device, accounts) : std::nullopt;
  if (accounts.empty()) {
    fresh.account = database_.ids().make<AccountId>();
    accounts_.create(session, fresh.account, phone);
    const auto made = devices_.make_known(session, fresh.account, client);
    fresh.device = made.device;
    fresh.full = true;
    fresh.proof = Proof::kNewPhone;
    out.device_token = made.token;
  } else if (known) {
    devices_.used(session, *device);
    fresh.account = *known;
    fresh.device = device;
    fresh.full = true;
    fresh.proof = Proof::kDevice;
  } else {
    fresh.account = database_.ids().make<AccountId>();  // owns nothing
  }
  const auto opened = sessions_.open(session, fresh);
  out.session_token = opened.token;
  out.view = sessions_.view(session, sessions_.find(session, opened.id).value());
  return out;
}

// ---- second proof ----

Task<Result<Entered>> SignIn::second_proof(Caller caller, SecondProof request, Client client) const {
  const bool paper = request.paper_number && request.birth_date;
  const bool half = request.paper_number.has_value() != request.birth_date.has_value();
  const int forms = (request.pin ? 1 : 0) + (paper ? 1 : 0) + (request.word ? 1 : 0);
  if (forms != 1 || half) return refused<Entered>(kProofForm);
  const AccountId before = caller.account;
  if (request.pin)
    return then_forget(prove_by_pin(std::move(caller), *request.pin, std::move(client)), sessions_, before);
  auto proving =
      database_.transact([this, caller = std::move(caller), request = std::move(request), client = std::move(client)](
                             store::Session& s) { return prove_at_once(s, caller, request, client); });
  return then_forget(settle(std::move(proving)), sessions_, before);
}

Settled<Entered> SignIn::prove_at_once(store::Session& session, const Caller& caller, const SecondProof& request,
                                       const Client& client) const {
  const auto row = sessions_.find(session, caller.session);
  if (!row || !row->phone) return {kUnauthenticated};
  if (const auto wait = limits_.begin_try(session, "proof", *row->phone, settings_.second_proof))
    return {locked(*wait)};
  const auto account =
      request.word ? account_of_word(session, *row, *request.word) : account_of_paper(session, *row, request);
  if (!account || (row->full && *account != row->account)) return {kProofWrong};
  limits_.succeeded(session, "proof", *row->phone);
  return {enter(session, *row, *account, request.word ? Proof::kStation : Proof::kPaper, client)};
}

std::optional<AccountId> SignIn::account_of_paper(store::Session& session, const SessionRow& row,
                                                  const SecondProof& request) const {
  if (!paper_check_) return std::nullopt;
  for (const AccountId account : accounts_.with_phone(session, *row.phone)) {
    if (paper_check_(session, account, *request.paper_number, *request.birth_date)) return account;
  }
  return std::nullopt;
}

std::optional<AccountId> SignIn::account_of_word(store::Session& session, const SessionRow& row,
                                                 std::string_view word) const {
  return session.one<AccountId>(kUseWord, word_hash(*row.phone, word), clock_.now());
}

store::Bytes SignIn::word_hash(const store::Bytes& phone, std::string_view word) const {
  return {vault_.blind("identity.release", phone.data + normalise_word(word))};
}

Task<Result<Entered>> SignIn::prove_by_pin(Caller caller, std::string pin, Client client) const {
  auto begin = [this, caller](store::Session& s) { return begin_pin_proof(s, caller); };
  const Result<Candidates> candidates = co_await settle(database_.transact(std::move(begin)));
  if (!candidates) co_return candidates.error();
  const auto matched = co_await hasher_.match(pin, candidates->hashes, settings_.pin);
  if (!matched) co_return matched.error();
  if (!*matched) co_return kProofWrong;
  const AccountId account = candidates->accounts[**matched];
  auto finish = [this, id = caller.session, account, client](store::Session& s) -> Result<Entered> {
    const auto row = sessions_.find(s, id);
    if (!row || !row->phone) return kUnauthenticated;
    if (row->full) return kProofNotNeeded;
    limits_.succeeded(s, "proof", *row->phone);
    return enter(s, *row, account, Proof::kPin, client);
  };
  co_return co_await database_.transact(std::move(finish));
}

Settled<SignIn::Candidates> SignIn::begin_pin_proof(store::Session& session, const Caller& caller) const {
  auto row = sessions_.find(session, caller.session);
  if (!row || !row->phone) return {kUnauthenticated};
  if (row->full) return {kProofNotNeeded};
  if (const auto wait = limits_.begin_try(session, "proof", *row->phone, settings_.second_proof))
    return {locked(*wait)};
  Candidates out;
  for (const AccountId account : accounts_.with_phone(session, *row->phone)) {
    if (auto hash = accounts_.pin_hash(session, account)) {
      out.accounts.push_back(account);
      out.hashes.push_back(std::move(*hash));
    }
  }
  out.row = std::move(*row);
  return {std::move(out)};
}

Entered SignIn::enter(store::Session& session, const SessionRow& row, AccountId account, Proof proof,
                      const Client& client) const {
  const auto known = devices_.make_known(session, account, client);
  Entered out;
  out.session_token = sessions_.raise(session, row, account, proof, known.device);
  out.device_token = known.token;
  out.view = sessions_.view(session, sessions_.find(session, row.id).value());
  return out;
}

Task<Result<Entered>> SignIn::fresh_account(Caller caller, Client client) const {
  const AccountId before = caller.account;
  auto making = database_.transact(
      [this, caller = std::move(caller), client = std::move(client)](store::Session& s) -> Result<Entered> {
        const auto row = sessions_.find(s, caller.session);
        if (!row || !row->phone) return kUnauthenticated;
        if (row->full) return kProofNotNeeded;
        if (const auto wait = limits_.take(s, "fresh_account", *row->phone, settings_.fresh_accounts))
          return too_many(*wait);
        const auto older = accounts_.with_phone(s, *row->phone);
        const auto phone = older.empty() ? std::nullopt : accounts_.phone(s, older.front());
        if (!phone) return kUnauthenticated;
        accounts_.create(s, row->account, *phone);
        return enter(s, *row, row->account, Proof::kFresh, client);
      });
  return then_forget(std::move(making), sessions_, before);
}

// ---- PIN ----

Task<Result<Done>> SignIn::set_pin(Caller caller, SetPin request) const {
  if (!is_pin(request.pin)) return refused<Done>(kPinForm);
  if (is_weak_pin(request.pin)) return refused<Done>(kPinWeak);
  return set_pin_steps(std::move(caller), std::move(request));
}

Task<Result<Done>> SignIn::set_pin_steps(Caller caller, SetPin request) const {
  auto begin = [this, caller, has_current = request.current.has_value()](store::Session& s) {
    return begin_set_pin(s, caller, has_current);
  };
  const Result<Candidates> candidates = co_await settle(database_.transact(std::move(begin)));
  if (!candidates) co_return candidates.error();
  if (candidates->check) {
    const auto matched = co_await hasher_.match(*request.current, candidates->hashes, settings_.pin);
    if (!matched) co_return matched.error();
    if (!*matched) co_return kPinWrong;
  }
  const auto hashed = co_await hasher_.hash(request.pin, settings_.pin);
  if (!hashed) co_return hashed.error();
  auto finish = [this, row = candidates->row, hash = *hashed](store::Session& s) -> Result<Done> {
    limits_.succeeded(s, "proof", *row.phone);
    accounts_.set_pin_hash(s, row.account, hash);
    return Done{};
  };
  co_return co_await database_.transact(std::move(finish));
}

Settled<SignIn::Candidates> SignIn::begin_set_pin(store::Session& session, const Caller& caller,
                                                  bool has_current) const {
  auto row = sessions_.find(session, caller.session);
  if (!row || !row->phone) return {kUnauthenticated};
  if (!row->full) return {kSecondProofRequired};
  Candidates out;
  auto hash = accounts_.pin_hash(session, row->account);
  const bool just_proved =
      (row->proof == Proof::kPaper || row->proof == Proof::kStation) && clock_.now() < row->proved + kFreshProof;
  out.check = hash && !just_proved;
  if (out.check) {
    if (!has_current) return {kPinWrong};
    if (const auto wait = limits_.begin_try(session, "proof", *row->phone, settings_.second_proof))
      return {locked(*wait)};
    out.hashes.push_back(std::move(*hash));
  }
  out.row = std::move(*row);
  return {std::move(out)};
}

// ---- at the station ----

Task<Result<ReleaseWord>> SignIn::release(Caller caller, StationRelease request) const {
  const auto phone = normalise_phone(request.phone);
  if (!phone) return refused<ReleaseWord>(wrong_phone());
  if (request.reason.empty()) return refused<ReleaseWord>(kReasonRequired);
  return database_.transact([this, phone = *phone, caller = std::move(caller),
                             request = std::move(request)](store::Session& s) -> Result<ReleaseWord> {
    if (auto allowed = access_.require(s, caller, kRelease, {}); !allowed) return allowed.error();
    const store::Bytes officer{vault_.blind("identity.officer", to_text(caller.account))};
    if (const auto wait = limits_.take(s, "release", officer, settings_.releases)) return too_many(*wait);
    AccountId account;  // stays 0 for an unknown phone: a word that opens nothing
    for (const AccountId one : accounts_.with_phone(s, phone)) {
      const bool by_paper = request.paper_number && request.birth_date && paper_check_;
      if (account.value == 0 && (!by_paper || paper_check_(s, one, *request.paper_number, *request.birth_date)))
        account = one;
    }
    std::string word;
    for (std::size_t i = 0; i < kWordLetters; ++i) {
      if (i == kWordLetters / 2) word += '-';
      word += kWordAlphabet[random_.below(32)];
    }
    const Instant expires = clock_.now() + kWordLife;
    s.run(kKeepWord, word_hash(accounts_.phone_index(phone), word), account, expires);
    access_.log_account(s, caller, kRelease, account, request.reason);
    return ReleaseWord{word, expires};
  });
}

void SignIn::clean(store::Session& session) const {
  session.run(kCleanWords, clock_.now());
}

}  // namespace luytre::identity
