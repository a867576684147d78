#include "platform/identity/sessions.h"

#include <algorithm>
#include <mutex>
#include <unordered_map>

#include "platform/base/phone.h"
#include "platform/store/gather.h"

namespace luytre::identity {
namespace {

// How exactly last_seen is kept: a sixtieth of the idle time, at most an hour, so that a request seldom writes.
constexpr std::int64_t kSeenParts = 60;
constexpr std::int64_t kSeenMost = 3600;
constexpr std::size_t kCacheMost = 50'000;
constexpr std::size_t kListed = 100;

struct OfficerState {
  std::string name;
  bool password_temporary = false;
  bool totp_enrolled = false;
  bool disabled = false;
};
BOOST_DESCRIBE_STRUCT(OfficerState, (), (name, password_temporary, totp_enrolled, disabled))

struct ListedSession {
  std::int64_t id = 0;
  std::string label;
  Instant created;
  Instant last_seen;
};
BOOST_DESCRIBE_STRUCT(ListedSession, (), (id, label, created, last_seen))

constexpr store::Query kInsertSession{"identity.session_insert", R"sql(
  INSERT INTO identity_session
    (id, token_hash, account, kind, is_full, phone_index, device, label, proof, proved, created, last_seen, idle, expires)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $10, $10, $11, $12))sql"};

constexpr store::Query kFindSession{"identity.session_find", R"sql(
  SELECT id, account, kind, is_full, phone_index, device, label, proof, proved, created, last_seen, idle, expires
  FROM identity_session
  WHERE id = $1 AND expires > $2 AND last_seen + idle > $2)sql"};

constexpr store::Query kSessionByToken{"identity.session_by_token", R"sql(
  SELECT id, account, kind, is_full, phone_index, device, label, proof, proved, created, last_seen, idle, expires
  FROM identity_session
  WHERE token_hash = $1 AND expires > $2 AND last_seen + idle > $2)sql"};

constexpr store::Query kOfficer{"identity.session_officer", R"sql(
  SELECT name, password_temporary, totp_sealed IS NOT NULL, disabled IS NOT NULL FROM identity_officer WHERE account = $1)sql"};

constexpr store::Query kGrantsOfSession{"identity.session_grants", R"sql(
  SELECT role, area FROM identity_grant WHERE account = $1 ORDER BY role, area)sql"};

constexpr store::Query kSeen{"identity.session_seen", R"sql(
  UPDATE identity_session SET last_seen = $2 WHERE id = $1 AND last_seen < $2)sql"};

constexpr store::Query kRaise{"identity.session_raise", R"sql(
  UPDATE identity_session
  SET token_hash = $2, account = $3, is_full = $4, proof = $5, proved = $6, device = $7, last_seen = $6, idle = $8, expires = $9
  WHERE id = $1)sql"};

constexpr store::Query kRenew{"identity.session_renew", R"sql(
  UPDATE identity_session SET token_hash = $2 WHERE id = $1)sql"};

constexpr store::Query kList{"identity.session_list", R"sql(
  SELECT id, label, created, last_seen
  FROM identity_session
  WHERE account = $1 AND expires > $2 AND last_seen + idle > $2
  ORDER BY id DESC
  LIMIT $3)sql"};

constexpr store::Query kEnd{"identity.session_end", R"sql(
  DELETE FROM identity_session WHERE id = $1 AND account = $2)sql"};

constexpr store::Query kEndAll{"identity.session_end_all", R"sql(
  DELETE FROM identity_session WHERE account = $1 AND id <> $2)sql"};

constexpr store::Query kCleanSessions{"identity.session_clean", R"sql(
  DELETE FROM identity_session WHERE expires <= $1 OR last_seen + idle <= $1)sql"};

SessionTimes times_of(const SessionSettings& settings, AccountKind kind, bool full) {
  if (!full) return settings.limited;
  return kind == AccountKind::kOfficer ? settings.officer : settings.citizen;
}

}  // namespace

struct Sessions::Loaded {
  SessionRow row;
  Caller caller;
};

// Every request asks for its session: those that come together are read together.
struct Sessions::Loads : store::Gather<store::Bytes, std::optional<Loaded>> {
  using Gather::Gather;
};

// What authenticate() read lately. A read that began before a revocation must not be put in after it: `generation`
// tells.
struct Sessions::Cache {
  using Time = std::chrono::steady_clock::time_point;
  struct Item {
    Caller caller;
    Instant expires;
    Time until;
  };

  std::optional<Caller> find(const std::string& key, Instant now) {
    const std::lock_guard lock(mutex);
    const auto found = items.find(key);
    if (found == items.end() || found->second.until <= std::chrono::steady_clock::now() || found->second.expires <= now)
      return std::nullopt;
    return found->second.caller;
  }

  std::int64_t current() {
    const std::lock_guard lock(mutex);
    return generation;
  }

  void put(const std::string& key, Item item, std::int64_t read_in) {
    const std::lock_guard lock(mutex);
    if (read_in != generation) return;
    if (items.size() >= kCacheMost) {
      const Time now = std::chrono::steady_clock::now();
      std::erase_if(items, [now](const auto& one) { return one.second.until <= now; });
    }
    if (items.size() < kCacheMost) items.insert_or_assign(key, std::move(item));
  }

  void forget(AccountId account) {
    const std::lock_guard lock(mutex);
    ++generation;
    std::erase_if(items, [account](const auto& one) { return one.second.caller.account == account; });
  }

  std::mutex mutex;
  std::int64_t generation = 0;
  std::unordered_map<std::string, Item> items;  // by token hash
};

Sessions::Sessions(store::Database& database, const Vault& vault, Random& random, const Clock& clock,
                   const geography::Geography& geography, const Accounts& accounts, const Devices& devices,
                   SessionSettings settings)
    : database_(database),
      vault_(vault),
      random_(random),
      clock_(clock),
      geography_(geography),
      accounts_(accounts),
      devices_(devices),
      settings_(settings),
      cache_(std::make_unique<Cache>()),
      loads_(std::make_unique<Loads>(database, [this](store::Session& s, std::span<const store::Bytes> token_hashes) {
        return load(s, token_hashes);
      })) {}

Sessions::~Sessions() = default;

store::Bytes Sessions::hash(std::string_view token) const {
  return {vault_.blind("identity.session", token)};
}

// ---- the authenticator ----

Task<Caller> Sessions::authenticate(std::string session_cookie, std::string, std::string address) {
  Caller anonymous;
  anonymous.address = address;
  if (!is_token(session_cookie)) co_return anonymous;
  const store::Bytes key = hash(session_cookie);
  if (auto cached = cache_->find(key.data, clock_.now())) {
    cached->address = address;
    co_return std::move(*cached);
  }
  const std::int64_t generation = cache_->current();
  std::optional<Loaded> loaded = co_await loads_->read(key);
  if (!loaded) co_return anonymous;
  const Instant now = clock_.now();
  if ((now - loaded->row.last_seen).count() >= std::min(loaded->row.idle / kSeenParts, kSeenMost)) {
    auto touch = [id = loaded->row.id, now](store::Session& s) { s.run(kSeen, id, now); };
    co_await database_.transact(std::move(touch));
    loaded->row.last_seen = now;
  }
  Cache::Item item;
  item.caller = loaded->caller;
  item.expires = std::min(loaded->row.expires, loaded->row.last_seen + std::chrono::seconds(loaded->row.idle));
  item.until = std::chrono::steady_clock::now() + settings_.cache;
  cache_->put(key.data, std::move(item), generation);
  loaded->caller.address = address;
  co_return std::move(loaded->caller);
}

std::vector<std::optional<Sessions::Loaded>> Sessions::load(store::Session& session,
                                                            std::span<const store::Bytes> token_hashes) const {
  const Instant now = clock_.now();
  std::vector<store::Row> keys;
  keys.reserve(token_hashes.size());
  for (const store::Bytes& hash : token_hashes) keys.push_back({store::to_value(hash), store::to_value(now)});
  std::vector<std::optional<Loaded>> out;
  out.reserve(keys.size());
  for (auto& found : session.each<SessionRow>(kSessionByToken, keys)) {
    out.push_back(found.empty() ? std::nullopt : complete(session, std::move(found.front())));
  }
  return out;
}

std::optional<Sessions::Loaded> Sessions::complete(store::Session& session, SessionRow row) const {
  Loaded out;
  out.caller.account = row.account;
  out.caller.full = row.full;
  out.caller.session = row.id;
  if (row.kind == AccountKind::kCitizen) {
    out.caller.grants = {Grant{Role::kCitizen, {}}};
  } else {
    const auto officer = session.one<OfficerState>(kOfficer, row.account);
    if (!officer || officer->disabled) return std::nullopt;
    out.caller.name = officer->name;
    out.caller.grants = session.all<Grant>(kGrantsOfSession, row.account);
  }
  out.row = std::move(row);
  return out;
}

void Sessions::forgotten(AccountId account) const {
  cache_->forget(account);
}

// ---- within a transaction ----

Sessions::Opened Sessions::open(store::Session& session, const NewSession& what) const {
  const SessionTimes times = times_of(settings_, what.kind, what.full);
  const Instant now = clock_.now();
  Opened out{database_.ids().next(), draw_token(random_)};
  session.run(kInsertSession, out.id, hash(out.token), what.account, what.kind, what.full, what.phone, what.device,
              what.label, what.proof, now, times.idle.count(), now + times.absolute);
  return out;
}

std::optional<SessionRow> Sessions::find(store::Session& session, std::int64_t id) const {
  return session.one<SessionRow>(kFindSession, id, clock_.now());
}

std::string Sessions::raise(store::Session& session, const SessionRow& row, AccountId account, Proof proof,
                            std::optional<std::int64_t> device) const {
  const SessionTimes times = times_of(settings_, row.kind, true);
  const Instant now = clock_.now();
  std::string token = draw_token(random_);
  session.run(kRaise, row.id, hash(token), account, true, proof, now, device, times.idle.count(), now + times.absolute);
  return token;
}

std::string Sessions::renew(store::Session& session, std::int64_t id) const {
  std::string token = draw_token(random_);
  session.run(kRenew, id, hash(token));
  return token;
}

void Sessions::end_all(store::Session& session, AccountId account, std::int64_t except) const {
  session.run(kEndAll, account, except);
}

SessionView Sessions::view(store::Session& session, const SessionRow& row) const {
  SessionView out;
  out.account = row.account;
  out.kind = row.kind;
  out.level = row.full ? Level::kFull : Level::kLimited;
  out.expires_at = std::min(row.expires, row.last_seen + std::chrono::seconds(row.idle));
  if (row.kind == AccountKind::kOfficer) {
    const auto officer = session.one<OfficerState>(kOfficer, row.account).value_or(OfficerState{});
    out.name = officer.name;
    out.totp_enrolled = officer.totp_enrolled;
    out.must_enrol_totp = settings_.totp_required && !officer.totp_enrolled;
    out.must_change_password = officer.password_temporary;
    for (const auto& grant : session.all<Grant>(kGrantsOfSession, row.account)) {
      out.grants.push_back(
          {grant.role, grant.area, grant.area.value == 0 ? std::string() : geography_.path_text(grant.area)});
    }
    return out;
  }
  out.grants = {{Role::kCitizen, {}, {}}};
  const auto of_phone = row.phone ? accounts_.with_phone(session, *row.phone) : std::vector<AccountId>{};
  const AccountId shown = row.full || of_phone.empty() ? row.account : of_phone.front();
  out.name = mask_phone(accounts_.phone(session, shown).value_or(std::string()));
  if (row.full) {
    out.has_pin = accounts_.pin_hash(session, row.account).has_value();
    return out;
  }
  std::vector<Way> ways;
  if (std::any_of(of_phone.begin(), of_phone.end(),
                  [&](AccountId id) { return accounts_.pin_hash(session, id).has_value(); })) {
    ways.push_back(Way::kPin);
  }
  if (paper_) ways.push_back(Way::kPaper);
  ways.push_back(Way::kStation);
  out.ways = std::move(ways);
  return out;
}

void Sessions::clean(store::Session& session) const {
  session.run(kCleanSessions, clock_.now());
}

// ---- own transactions ----

Task<Result<SessionView>> Sessions::current(Caller caller) const {
  return database_.read([this, id = caller.session](store::Session& s) -> Result<SessionView> {
    const auto row = find(s, id);
    if (!row) return kUnauthenticated;
    return view(s, *row);
  });
}

Task<Result<http::Page<SessionBrief>>> Sessions::list(Caller caller) const {
  return database_.read([this, caller = std::move(caller)](store::Session& s) -> Result<http::Page<SessionBrief>> {
    http::Page<SessionBrief> page;
    for (const auto& one :
         s.all<ListedSession>(kList, caller.account, clock_.now(), static_cast<std::int64_t>(kListed))) {
      page.items.push_back({{one.id}, one.label, one.id == caller.session, one.created, one.last_seen});
    }
    return page;
  });
}

Task<Result<Done>> Sessions::sign_out(Caller caller) const {
  auto ending = database_.transact([caller](store::Session& s) -> Result<Done> {
    s.run(kEnd, caller.session, caller.account);
    return Done{};
  });
  return then_forget(std::move(ending), *this, caller.account);
}

Task<Result<Done>> Sessions::end(Caller caller, std::int64_t id) const {
  auto ending = database_.transact([this, caller, id](store::Session& s) -> Result<Done> {
    const auto row = find(s, id);
    if (!row || row->account != caller.account) return kNotFound;
    s.run(kEnd, id, caller.account);
    if (row->device && id != caller.session) devices_.forget(s, *row->device, caller.account);
    return Done{};
  });
  return then_forget(std::move(ending), *this, caller.account);
}

}  // namespace luytre::identity
