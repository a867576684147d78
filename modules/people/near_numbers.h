// Whose phone or paper number is one digit, or two neighbouring digits swapped, apart from what was written: asked for
// through the blind indexes under every number that may have been meant, in one statement a table. Nothing is kept for
// it. Private to this module.

#pragma once

#include <span>
#include <string>
#include <vector>

#include "modules/people/people.h"

namespace luytre::people {

// `numbers`: as written, or the numbers of keys (engines/linkage/paper.h).
std::vector<PersonId> with_near_papers(store::Session& session, const Vault& vault,
                                       std::span<const std::string> numbers);
// Also those of the household whose account has it. `phones`: E.164.
std::vector<PersonId> with_near_phones(store::Session& session, const Vault& vault, const identity::Accounts& accounts,
                                       std::span<const std::string> phones);

}  // namespace luytre::people
