// Whose accounts have these phones: many at once, for rooms that compare lists of thousands of lines.

#pragma once

#include <span>
#include <vector>

#include "platform/identity/accounts.h"

namespace luytre::identity {

// In the order of the indexes (Accounts::phone_index); of each the newest, at most Accounts::kMost.
std::vector<std::vector<AccountId>> with_phones(store::Session& session, std::span<const store::Bytes> phone_indexes);

}  // namespace luytre::identity
