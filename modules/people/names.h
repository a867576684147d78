// The names of many people at once, for rooms that show thousands of them; within another's transaction, without a
// check or a log entry of its own.

#pragma once

#include <map>
#include <span>
#include <string>

#include "platform/base/id.h"
#include "platform/store/session.h"

namespace luytre::people {

// Unknown people are missing.
std::map<PersonId, std::string> names(store::Session& session, std::span<const PersonId> persons);

}  // namespace luytre::people
