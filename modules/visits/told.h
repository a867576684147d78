// Told: where somebody said in an interview that they were, for rooms that ask. Within another's transaction,
// unchecked: whoever asks has a decision that allows tracing, and logs what it does.
//
// Such a visit is flagged kTold and both its times are approximate, so that its end counts as estimated. It stands
// beside the visits that were recorded and leaves them as they are: it ends none of them, none of them ends it, no
// check-in joins it, and it casts no doubt on them. No list of visits shows it and no count has it, neither
// the household's nor the place's: what was told in confidence is seen by officers alone. Who was at the place
// meanwhile is found by tracing as with any other visit, as a lead.

#pragma once

#include <optional>

#include "modules/places/places.h"
#include "platform/base/id.h"
#include "platform/base/time.h"
#include "platform/store/database.h"

namespace luytre::visits {

struct ToldVisit {
  PersonId person;
  PlaceId place;
  Instant from, to;
};

// Nothing: the place is unknown, or the visit older than visits are kept, which untell() need not know.
std::optional<VisitId> tell(store::Session& session, store::Database& db, const places::Places& places,
                            const ToldVisit& told);
// Takes it back, if it is still there and was told.
void untell(store::Session& session, VisitId visit, Instant now);

}  // namespace luytre::visits
