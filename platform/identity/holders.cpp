#include "platform/identity/holders.h"

namespace luytre::identity {
namespace {

constexpr store::Query kWithPhones{"identity.accounts_with_phones", R"sql(
  SELECT id
  FROM identity_account
  WHERE phone_index = $1
  ORDER BY id DESC
  LIMIT $2)sql"};

}  // namespace

std::vector<std::vector<AccountId>> with_phones(store::Session& session, std::span<const store::Bytes> phone_indexes) {
  std::vector<store::Row> asked;
  asked.reserve(phone_indexes.size());
  for (const store::Bytes& index : phone_indexes)
    asked.push_back({store::to_value(index), store::to_value(Accounts::kMost)});
  if (asked.empty()) return {};
  return session.each<AccountId>(kWithPhones, asked);
}

}  // namespace luytre::identity
