// What else a place is known as: the registrations that officers merged into it (duplicates.h). Its counts are theirs,
// too.

#pragma once

#include <map>
#include <span>
#include <vector>

#include "modules/places/places.h"
#include "platform/store/session.h"

namespace luytre::places {

struct KnownAs {
  std::vector<PlaceId> places;     // itself first
  std::map<ZoneId, ZoneId> zones;  // of the merged ones, to the kept one's of the same name
};
KnownAs known_as(store::Session& session, PlaceId place);

// Every registration of the place that this is one of, itself first: the same door, whichever poster hangs there.
std::vector<PlaceId> registrations(store::Session& session, PlaceId place);

// What each of them counts as; those that were not merged are missing.
std::map<PlaceId, PlaceId> counts_as(store::Session& session, std::span<const PlaceId> places);

// With the kept place, those that count as it close and open again; their posters say the same door.
void close_merged(store::Session& session, IdMaker& ids, PlaceId kept, Instant closed);
void open_merged(store::Session& session, IdMaker& ids, PlaceId kept, Instant closed);

}  // namespace luytre::places
