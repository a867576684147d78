// That a contact is immune is said once, with what proves it, beside their follow-up: an order asks here. Within
// another's transaction, for modules that have checked already.

#pragma once

#include "modules/followup/followup.h"

namespace luytre::followup {

// As an officer says now, of whichever record of the person. What was over by the rule of the immune stays over, until
// tracing finds that they met again.
bool is_immune(store::Session& session, const tracing::Tracing::Contact& contact, Date today);

}  // namespace luytre::followup
