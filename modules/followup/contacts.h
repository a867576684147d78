// How contacts are followed up, for the lists of contacts over cases (modules/tracing/contact_lists.h). Within
// another's transaction, unchecked.

#pragma once

#include <optional>
#include <span>
#include <vector>

#include "modules/tracing/contact_lists.h"

namespace luytre::followup {

// The newest of each, in their order; of one that another record's stands for, that one.
std::vector<std::optional<tracing::ContactFollowUp>> follow_ups_of(store::Session& session,
                                                                   std::span<const tracing::CandidateId> contacts);
// Contacts of whom that is in this state (not kNone), if so many follow-ups at most are; nothing: there are more.
std::optional<std::vector<tracing::CandidateId>> followed_so(store::Session& session, tracing::Followed state,
                                                             std::size_t most);

}  // namespace luytre::followup
