#include "platform/identity/keys.h"

#include "platform/base/text.h"
#include "platform/identity/devices.h"

namespace luytre::identity {
namespace {

const Action kManageKeys{"identity.keys", Purpose::kAdministration, {Role::kAdministrator}};

// How exactly the last use is kept, so that a call seldom writes.
constexpr std::chrono::hours kUsedEvery{1};

struct KeyRow {
  AccountId id;
  std::string name;
  UnitId area;
  Instant created;
  Instant expires;
  std::optional<Instant> last_used;
  std::optional<Instant> revoked;
};
BOOST_DESCRIBE_STRUCT(KeyRow, (), (id, name, area, created, expires, last_used, revoked))

constexpr store::Query kInsertKey{"identity.key_insert", R"sql(
  INSERT INTO identity_key (id, name, token_hash, area, made_by, created, expires, last_used, revoked)
  VALUES ($1, $2, $3, $4, $5, $6, $7, NULL, NULL))sql"};

constexpr store::Query kKeyByToken{"identity.key_by_token", R"sql(
  SELECT id, name, area, created, expires, last_used, revoked
  FROM identity_key
  WHERE token_hash = $1 AND revoked IS NULL AND expires > $2)sql"};

constexpr store::Query kFindKey{"identity.key_find", R"sql(
  SELECT id, name, area, created, expires, last_used, revoked
  FROM identity_key
  WHERE id = $1)sql"};

constexpr store::Query kAllKeys{"identity.key_all", R"sql(
  SELECT id, name, area, created, expires, last_used, revoked
  FROM identity_key
  ORDER BY id DESC
  LIMIT $1)sql"};

constexpr store::Query kKeyUsed{"identity.key_used", R"sql(
  UPDATE identity_key SET last_used = $2 WHERE id = $1)sql"};

constexpr store::Query kRevoke{"identity.key_revoke", R"sql(
  UPDATE identity_key SET revoked = $2 WHERE id = $1 AND revoked IS NULL)sql"};

Key view(const geography::Geography& geography, const KeyRow& row) {
  return {row.id,      row.name,    row.area,      geography.path_text(row.area),
          row.created, row.expires, row.last_used, row.revoked};
}

}  // namespace

store::Bytes Keys::hash(std::string_view token) const {
  return {vault_.blind("identity.key", token)};
}

Task<Caller> Keys::bearer(std::string token, std::string address) const {
  Caller out;
  out.address = std::move(address);
  if (!is_token(token)) co_return out;
  const Instant now = clock_.now();
  auto look = [key = hash(token), now](store::Session& s) -> std::optional<KeyRow> {
    return s.one<KeyRow>(kKeyByToken, key, now);
  };
  const std::optional<KeyRow> row = co_await database_.read(std::move(look));
  if (!row) co_return out;
  if (!row->last_used || now - *row->last_used >= kUsedEvery) {
    auto touch = [id = row->id, now](store::Session& s) { s.run(kKeyUsed, id, now); };
    co_await database_.transact(std::move(touch));
  }
  out.account = row->id;
  out.name = row->name;
  out.grants = {Grant{Role::kIntegrator, row->area}};
  co_return out;
}

Task<Result<KeyList>> Keys::list(Caller caller) const {
  return database_.read([this, caller = std::move(caller)](store::Session& s) -> Result<KeyList> {
    if (auto allowed = access_.require(s, caller, kManageKeys, {}); !allowed) return allowed.error();
    const auto areas = access_.areas(caller, kManageKeys);
    KeyList out;
    for (const auto& row : s.all<KeyRow>(kAllKeys, static_cast<std::int64_t>(kKeysMost)))
      if (geography_.covers(areas, row.area)) out.items.push_back(view(geography_, row));
    return out;
  });
}

Task<Result<MadeKey>> Keys::make(Caller caller, NewKey request) const {
  if (fold(request.name).empty()) return refused<MadeKey>(wrong_field("/name", "required"));
  if (!geography_.find(request.area)) return refused<MadeKey>(wrong_field("/area", "unknown"));
  if (request.days < 1 || request.days > kKeyDaysMost) return refused<MadeKey>(wrong_field("/days", "range"));
  const std::string token = draw_token(random_);
  return database_.transact([this, caller = std::move(caller), request = std::move(request),
                             token](store::Session& s) -> Result<MadeKey> {
    // Nobody gives away an area that is not theirs.
    if (auto allowed = access_.require(s, caller, kManageKeys, {PersonId{}, request.area, ""}); !allowed)
      return allowed.error();
    if (s.all<KeyRow>(kAllKeys, static_cast<std::int64_t>(kKeysMost)).size() == kKeysMost)
      return Error(kTooManyKeys, {{"most", std::to_string(kKeysMost)}});
    KeyRow row;
    row.id = database_.ids().make<AccountId>();
    row.name = request.name;
    row.area = request.area;
    row.created = clock_.now();
    row.expires = row.created + std::chrono::seconds(request.days * kDaySeconds);
    s.run(kInsertKey, row.id, row.name, hash(token), row.area, caller.account, row.created, row.expires);
    access_.log_account(s, caller, kManageKeys, row.id, note(LogNote::kKeyMade, row.name + " @" + to_text(row.area)));
    return MadeKey{view(geography_, row), token};
  });
}

Task<Result<Key>> Keys::revoke(Caller caller, AccountId key) const {
  return database_.transact([this, caller = std::move(caller), key](store::Session& s) -> Result<Key> {
    if (auto allowed = access_.require(s, caller, kManageKeys, {}); !allowed) return allowed.error();
    auto row = s.one<KeyRow>(kFindKey, key);
    if (!row) return kNotFound;
    if (auto allowed = access_.require(s, caller, kManageKeys, {PersonId{}, row->area, ""}); !allowed)
      return allowed.error();
    if (!row->revoked) {
      row->revoked = clock_.now();
      s.run(kRevoke, key, *row->revoked);
      access_.log_account(s, caller, kManageKeys, key, note(LogNote::kKeyRevoked, row->name));
    }
    return view(geography_, *row);
  });
}

Task<Caller> Doorkeeper::authenticate(std::string session_cookie, std::string bearer, std::string address) {
  if (!bearer.empty()) return keys_.bearer(std::move(bearer), std::move(address));
  return sessions_.authenticate(std::move(session_cookie), std::move(bearer), std::move(address));
}

}  // namespace luytre::identity
