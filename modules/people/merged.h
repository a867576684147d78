// What else a person is known as: the records that officers merged (duplicates.h). Facts about the one are facts about
// the other, wherever officers read them, contacts are traced, or it is asked who has declared. Households, accounts
// and what they may see stay with the record they belong to: an account is told nothing that only the other record
// tells, but that it is to hear from its station (tracing).

#pragma once

#include <map>
#include <optional>
#include <span>
#include <vector>

#include "platform/base/id.h"
#include "platform/store/session.h"

namespace luytre::people {

// All records of the one human being, whichever of them is asked for: the kept one first.
std::vector<PersonId> known_as(store::Session& session, PersonId person);
// The same for each of many, in their order.
std::vector<std::vector<PersonId>> known_as(store::Session& session, std::span<const PersonId> persons);

// Everybody who is known as more than one record, each as above.
std::vector<std::vector<PersonId>> all_merged(store::Session& session);

// All that this record was ever merged with, itself first: also what was parted since.
std::vector<PersonId> ever_known_as(store::Session& session, PersonId person);

// Of the records that something names: the one to write it to, if all are of one human being. That is the one whose
// account reads it, else the kept one, else the first. Nothing: there is none, or they are of several people.
std::optional<PersonId> the_one(store::Session& session, std::span<const PersonId> found);

// What each of them counts as; those that were not merged are missing.
std::map<PersonId, PersonId> counts_as(store::Session& session, std::span<const PersonId> persons);

}  // namespace luytre::people
