// Who was sampled when, for modules that have checked already. Within another's transaction.

#pragma once

#include <string_view>
#include <vector>

#include "modules/laboratory/laboratory.h"

namespace luytre::laboratory {

// Into a tube of their own or a pool; none that was taken back.
struct Taken {
  SessionId session;
  Instant at;
};

// Of the person, under whichever record; oldest first, the last 50 of each record.
std::vector<Taken> taken_of(store::Session& session, PersonId person, std::string_view disease);

}  // namespace luytre::laboratory
