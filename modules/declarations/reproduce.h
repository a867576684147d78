// Reproducible for ever: the same answers and the same rule set give the same result. Which forms and rule sets a
// database has judged by is kept with the digest of each file (catalogue.h); a server with another file under a known
// id does not start.

#pragma once

#include "modules/declarations/catalogue.h"
#include "platform/store/session.h"

namespace luytre::declarations {

// Keeps what is new, and throws store::StartError, naming the first document that is not what it was and saying what to
// do.
void keep_to_what_was(store::Session& session, const Catalogue& catalogue, Instant now);

}  // namespace luytre::declarations
