// The names of many people at once, or their birth years and sexes, for rooms that show thousands of them: in one
// statement, and no telephone is opened for it. Within another's transaction, without a check or a log entry of its
// own.

#pragma once

#include <map>
#include <span>
#include <string>

#include "modules/people/people.h"
#include "platform/store/session.h"

namespace luytre::people {

// Unknown people are missing.
std::map<PersonId, std::string> names(store::Session& session, std::span<const PersonId> persons);

struct Known {
  std::int64_t birth_year = 0;  // 0: unknown
  Sex sex = Sex::kOther;
};
std::map<PersonId, Known> known(store::Session& session, std::span<const PersonId> persons);

}  // namespace luytre::people
