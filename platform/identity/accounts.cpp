#include "platform/identity/accounts.h"

namespace luytre::identity {
namespace {

constexpr const char* kPhone = "identity.phone";

constexpr store::Query kCreate{"identity.account_create", R"sql(
  INSERT INTO identity_account (id, kind, phone_sealed, phone_index, pin_hash, created)
  VALUES ($1, 'citizen', $2, $3, NULL, $4))sql"};

constexpr store::Query kWithPhone{"identity.account_with_phone", R"sql(
  SELECT id FROM identity_account WHERE phone_index = $1 ORDER BY id DESC LIMIT $2)sql"};

constexpr store::Query kPhoneOf{"identity.account_phone", R"sql(
  SELECT phone_sealed FROM identity_account WHERE id = $1)sql"};

constexpr store::Query kPinHash{"identity.account_pin", R"sql(
  SELECT pin_hash FROM identity_account WHERE id = $1)sql"};

constexpr store::Query kSetPinHash{"identity.account_set_pin", R"sql(
  UPDATE identity_account SET pin_hash = $2 WHERE id = $1 AND kind = 'citizen')sql"};

}  // namespace

store::Bytes Accounts::phone_index(std::string_view e164) const {
  return {vault_.blind(kPhone, e164)};
}

void Accounts::create(store::Session& session, AccountId id, std::string_view e164) const {
  const store::Bytes sealed{vault_.seal(kPhone, to_text(id), e164)};
  session.run(kCreate, id, sealed, phone_index(e164), clock_.now());
}

std::vector<AccountId> Accounts::with_phone(store::Session& session, const store::Bytes& phone_index) const {
  return session.all<AccountId>(kWithPhone, phone_index, kMost);
}

std::vector<AccountId> Accounts::with_phone(store::Session& session, std::string_view e164) const {
  return with_phone(session, phone_index(e164));
}

std::optional<std::string> Accounts::phone(store::Session& session, AccountId id) const {
  const auto sealed = session.one<std::optional<store::Bytes>>(kPhoneOf, id);
  if (!sealed || !*sealed) return std::nullopt;
  return vault_.unseal(kPhone, to_text(id), (*sealed)->data);
}

std::vector<std::optional<std::string>> Accounts::phones(store::Session& session,
                                                         std::span<const AccountId> ids) const {
  std::vector<store::Row> asked;
  asked.reserve(ids.size());
  for (const AccountId id : ids) asked.push_back({store::to_value(id)});
  std::vector<std::optional<std::string>> out(ids.size());
  if (asked.empty()) return out;
  const auto found = session.each<std::optional<store::Bytes>>(kPhoneOf, asked);
  for (std::size_t i = 0; i < ids.size(); ++i) {
    if (!found[i].empty() && found[i].front()) out[i] = vault_.unseal(kPhone, to_text(ids[i]), found[i].front()->data);
  }
  return out;
}

std::optional<std::string> Accounts::pin_hash(store::Session& session, AccountId id) const {
  return session.one<std::optional<std::string>>(kPinHash, id).value_or(std::nullopt);
}

void Accounts::set_pin_hash(store::Session& session, AccountId id, const std::string& hash) const {
  session.run(kSetPinHash, id, hash);
}

}  // namespace luytre::identity
