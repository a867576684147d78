// What a study's index is filled from: the published views of visits, encounters and places, in portions, and what the
// feed says of changes. Private to this module; see study_index.h.

#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engines/presence/presence.h"
#include "platform/store/database.h"

namespace luytre::tracing {

struct StoredVisit {
  VisitId id;
  PersonId person;
  PlaceId place;
  std::optional<ZoneId> zone;
  Instant entered;
  Instant departed;
  bool estimated = false;
};
BOOST_DESCRIBE_STRUCT(StoredVisit, (), (id, person, place, zone, entered, departed, estimated))

struct StoredEncounter {
  PersonId person;
  PersonId peer;
  Instant started;
  Instant ended;
  std::optional<std::int64_t> attenuation;
};
BOOST_DESCRIBE_STRUCT(StoredEncounter, (), (person, peer, started, ended, attenuation))

struct StoredPlace {
  PlaceId id;
  std::string kind;
};
BOOST_DESCRIBE_STRUCT(StoredPlace, (), (id, kind))

// The next portion after the given one, from the beginning after a default one; empty: that was all. Encounters are
// told from one side.
std::vector<StoredVisit> visits_after(store::Session& session, const StoredVisit& last);
std::vector<StoredEncounter> encounters_after(store::Session& session, const StoredEncounter& last);
std::vector<StoredPlace> places_after(store::Session& session, const StoredPlace& last);

std::optional<std::int64_t> read_stamp(store::Session& session);
void write_stamp(store::Session& session, std::int64_t stamp);

// Whether the feed, as this transaction sees it, holds the events of everything that the transaction sees. On
// PostgreSQL those of a transaction that committed after an older one began are held back while that one runs.
bool feed_is_whole(store::Session& session);

// Whether visits or encounters were recorded or changed after that position; true also when nobody can tell any more.
bool presence_changed(const store::Database& db, store::Session& session, store::Position since);

}  // namespace luytre::tracing
