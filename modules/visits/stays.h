// Stays: where a person's visits were, for rooms that compare. Within another's transaction, unchecked: whoever asks
// has a decision that allows it, and logs what it then shows.

#pragma once

#include <vector>

#include "modules/visits/visits.h"

namespace luytre::visits {

struct PastStay {
  PlaceId place;
  UnitId unit;  // of the place, when it was visited
  Instant in;
  Instant out;
  bool out_estimated = true;
  Source source = Source::kScan;
};
BOOST_DESCRIBE_STRUCT(PastStay, (), (place, unit, in, out, out_estimated, source))

// Those that began within [from, to), oldest first, at most `most`; none that were told (told.h).
std::vector<PastStay> stays(store::Session& session, PersonId person, Instant from, Instant to, std::size_t most);

// Whose visit it is, and since when; nothing: it is gone.
struct Visitor {
  PersonId person;
  Instant in;
};
std::optional<Visitor> visitor(store::Session& session, VisitId visit);

}  // namespace luytre::visits
