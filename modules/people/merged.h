// What else a person is known as: the records that officers merged (duplicates.h). Facts about the one are facts about
// the other, wherever officers read them. Households, accounts and what they may see stay with the record they belong
// to: no citizen's right is ever asked of these.

#pragma once

#include <map>
#include <span>
#include <vector>

#include "platform/base/id.h"
#include "platform/store/session.h"

namespace luytre::people {

// All records of the one human being, whichever of them is asked for: the kept one first.
std::vector<PersonId> known_as(store::Session& session, PersonId person);
// The same for each of many, in their order.
std::vector<std::vector<PersonId>> known_as(store::Session& session, std::span<const PersonId> persons);

// What each of them counts as; those that were not merged are missing.
std::map<PersonId, PersonId> counts_as(store::Session& session, std::span<const PersonId> persons);

}  // namespace luytre::people
