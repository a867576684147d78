#include "modules/people/near_numbers.h"

#include "modules/people/storage.h"
#include "platform/base/phone.h"
#include "platform/identity/holders.h"

namespace luytre::people {
namespace {

using store::Bytes;
using store::Session;

void take(std::vector<PersonId>& out, const std::vector<std::vector<PersonId>>& found) {
  for (const auto& some : found) out.insert(out.end(), some.begin(), some.end());
}

}  // namespace

std::vector<PersonId> with_near_papers(Session& session, const Vault& vault, std::span<const std::string> numbers) {
  std::vector<Bytes> blinds;
  for (const std::string& number : numbers)
    for (const std::string& key : linkage::near_paper_keys(number))
      blinds.push_back({vault.blind("people.paper", key)});
  std::vector<PersonId> out;
  take(out, storage::with_papers(session, blinds));
  return out;
}

std::vector<PersonId> with_near_phones(Session& session, const Vault& vault, const identity::Accounts& accounts,
                                       std::span<const std::string> phones) {
  std::vector<Bytes> blinds, indexes;
  for (const std::string& phone : phones) {
    for (const std::string& near : near_phones(phone)) {
      blinds.push_back({vault.blind("people.phone", near)});
      indexes.push_back(accounts.phone_index(near));
    }
  }
  std::vector<PersonId> out;
  take(out, storage::with_phones(session, blinds));
  std::vector<AccountId> holders;
  for (const auto& some : identity::with_phones(session, indexes))
    holders.insert(holders.end(), some.begin(), some.end());
  for (const auto& members : storage::households(session, holders))
    for (const Member& member : members) out.push_back(member.person);
  return out;
}

}  // namespace luytre::people
