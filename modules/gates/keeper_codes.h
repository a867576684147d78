// Codes that keepers give. SQL, and the check; within another's transaction.

#pragma once

#include "modules/gates/storage.h"
#include "platform/base/result.h"

namespace luytre::gates {

// The place of the guard whose live code this is; the code is used up. A code that is none of theirs is a wrong try at
// each, so the caller commits also when it refuses. Errors: code_wrong, which says nothing else: not whether there is a
// code, nor how many tries are left; of the right digits code_expired, code_exhausted.
Result<PlaceId> use_keeper_code(store::Session& session, const Vault& vault,
                                const std::vector<storage::GuardRow>& guards, std::string_view code, Instant now);
void forget_keeper_code(store::Session& session, GuardId guard);
void clean_keeper_codes(store::Session& session, Instant now);

}  // namespace luytre::gates
