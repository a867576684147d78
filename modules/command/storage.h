// SQL of the command room.

#pragma once

#include <optional>
#include <vector>

#include "modules/command/decisions.h"
#include "platform/store/session.h"

namespace luytre::command::storage {

void insert(store::Session& session, const Decision& decision, AccountId by);
// Answers whether the version was still the expected one.
bool end(store::Session& session, const Decision& ended, AccountId by, std::int64_t expected_version);
std::optional<Decision> find(store::Session& session, DecisionId id);
std::vector<Decision> all(store::Session& session);
std::vector<Decision> before(store::Session& session, DecisionId id, std::size_t most);  // newest first

}  // namespace luytre::command::storage
