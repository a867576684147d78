// What a presence index is filled from: the published views of visits, encounters and places, in portions and by what
// the feed names, and what the feed says of changes. A visit at a merged place is told as one at the place that it
// counts as. Private to this module.

#pragma once

#include <optional>
#include <span>
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

// As it is recorded, whom the two count as, and whether one of those has several records.
struct StoredEncounter {
  PersonId person;
  PersonId peer;
  Instant started;
  Instant ended;
  std::optional<std::int64_t> attenuation;
  PersonId person_as;
  PersonId peer_as;
  std::int64_t several = 0;  // 0 or 1
};
BOOST_DESCRIBE_STRUCT(StoredEncounter, (), (person, peer, started, ended, attenuation, person_as, peer_as, several))

struct StoredPlace {
  PlaceId id;
  std::string kind;
};
BOOST_DESCRIBE_STRUCT(StoredPlace, (), (id, kind))

inline presence::Visit visit_of(const StoredVisit& v) {
  return {v.person, v.place, v.zone, {v.entered, v.departed}, v.estimated};
}
// Between people; what several records say is read again, whole.
std::vector<presence::Encounter> encounters_of(store::Session& session, std::span<const StoredEncounter> stored);

// The next portion after the given one, from the beginning after a default one; empty: that was all. Encounters are
// told from one side.
std::vector<StoredVisit> visits_after(store::Session& session, const StoredVisit& last);
std::vector<StoredEncounter> encounters_after(store::Session& session, const StoredEncounter& last);
std::vector<StoredPlace> places_after(store::Session& session, const StoredPlace& last);

// Those of them that are there still, in no order.
std::vector<StoredVisit> visits_named(store::Session& session, std::span<const std::int64_t> visits);
std::vector<StoredEncounter> encounters_of_batches(store::Session& session, std::span<const std::int64_t> batches);
std::vector<StoredPlace> places_named(store::Session& session, std::span<const std::int64_t> places);
// Of each person, in order, those that end after `since`, under all records that count as this one; of one that counts
// as another, none.
std::vector<std::vector<StoredVisit>> visits_of(store::Session& session, std::span<const PersonId> persons,
                                                Instant since);

// Who had a visit recorded at exactly that place, ended after `since`; as many as asked for.
std::vector<PersonId> persons_at(store::Session& session, PlaceId place, Instant since, std::size_t most);

// A place counts as another from now on, or no longer: its visitors' visits are to be read again.
bool of_merge(const store::Event& event);
// The same of a person's record: their own are, and those of whom it counts as, or did.
bool of_person_merge(const store::Event& event);
std::vector<PersonId> ever_counted_as(store::Session& session, PersonId person);
bool has_encounters(store::Session& session, PersonId record);

// The stamp that files of an index of this database bear.
std::optional<std::int64_t> read_stamp(store::Session& session);
void write_stamp(store::Session& session, std::int64_t stamp);
std::int64_t draw_stamp();

// The subject of the event at exactly that position, if it is kept.
std::optional<std::int64_t> subject_at(const store::Database& db, store::Session& session, store::Position position);

// Whether the feed, as this transaction sees it, holds the events of everything that the transaction sees. On
// PostgreSQL those of a transaction that committed after an older one began are held back while that one runs.
bool feed_is_whole(store::Session& session);

// Whether visits or encounters were recorded or changed after that position; true also when nobody can tell any more.
bool presence_changed(const store::Database& db, store::Session& session, store::Position since);

}  // namespace luytre::tracing
