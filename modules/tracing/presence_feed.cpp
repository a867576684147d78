#include "modules/tracing/presence_feed.h"

#include <algorithm>
#include <set>

#include "engines/presence/index/index.h"
#include "modules/tracing/counted.h"
#include "modules/tracing/index_load.h"
#include "platform/store/tail.h"

namespace luytre::tracing {

namespace {

constexpr std::size_t kEventsMost = 2000;   // bounds what is in memory at once, and how long a trace waits for a step
constexpr std::size_t kMovedMost = 20'000;  // visitors of a merged place, likewise; beyond, loading anew is quicker

// What the events name, each once.
struct Named {
  std::set<std::int64_t> began, moved, persons, batches, places, merged, records;

  void take(const store::Event& event) {
    if (event.type == "visit.began" || event.type == "visit.imported") {
      began.insert(event.subject);
    } else if (event.type == "visit.ended" || event.type == "visit.corrected") {
      moved.insert(event.subject);
    } else if (event.type == "visits.changed") {
      persons.insert(event.subject);
    } else if (event.type == "encounters.recorded") {
      batches.insert(event.subject);
    } else if (event.type.starts_with("place.")) {
      places.insert(event.subject);
      if (of_merge(event)) merged.insert(event.subject);
    } else if (of_person_merge(event)) {
      records.insert(event.subject);
    }
  }
};

std::vector<std::int64_t> list(const std::set<std::int64_t>& ids) {
  return {ids.begin(), ids.end()};
}

// The visitors of merged places, all of whose visits are read again. False: too many.
bool name_visitors(store::Session& session, Named& named, Instant since) {
  for (const std::int64_t place : named.merged) {
    const auto persons = persons_at(session, PlaceId{place}, since, kMovedMost + 1);
    if (persons.size() > kMovedMost) return false;
    for (const PersonId person : persons) named.persons.insert(person.value);
  }
  return true;
}

// Whose visits are to be read again: the merged records', and of whom they count as, or did. False: encounters have to
// be told anew, which cannot be taken back one by one.
bool name_records(store::Session& session, Named& named) {
  for (const std::int64_t record : named.records) {
    if (has_encounters(session, PersonId{record})) return false;
    named.persons.insert(record);
    for (const PersonId as : ever_counted_as(session, PersonId{record})) named.persons.insert(as.value);
  }
  return true;
}

void read_changed(store::Session& session, Named& named, Instant since, Portion& portion) {
  // A visit that is gone by now was cancelled, which is told of its person, or deleted by age.
  for (const StoredVisit& visit : visits_named(session, list(named.moved))) named.persons.insert(visit.person.value);
  std::vector<PersonId> persons;
  for (const std::int64_t person : named.persons) persons.push_back(PersonId{person});
  const auto as = counted(session, persons);
  persons.insert(persons.end(), as.begin(), as.end());
  std::sort(persons.begin(), persons.end());
  persons.erase(std::unique(persons.begin(), persons.end()), persons.end());
  const auto found = visits_of(session, persons, since);
  for (std::size_t i = 0; i < persons.size(); ++i) {
    auto& visits = portion.changed[persons[i]];
    for (const StoredVisit& visit : found[i]) visits.push_back(visit_of(visit));
  }
}

}  // namespace

Portion read_portion(const store::Database& db, store::Session& session, const PortionAsked& asked) {
  Portion portion;
  portion.to = asked.from;
  portion.subject = asked.subject;
  const auto events = db.events_after(session, asked.from, kEventsMost);
  if (!events) {
    portion.lost = "the event feed does not reach back to where it stands";
    return portion;
  }
  portion.events = events->size();
  portion.ended = events->size() < kEventsMost;
  portion.held_back = portion.ended && asked.below != 0 && store::held_back(session, asked.below);
  if (events->empty()) return portion;
  portion.to = events->back().position();
  portion.subject = events->back().subject;
  portion.at = events->back().at;

  Named named;
  for (const store::Event& event : *events) named.take(event);
  if (!name_visitors(session, named, asked.since)) {
    portion.lost = "a place with many visitors was merged";
    return portion;
  }
  if (!name_records(session, named)) {
    portion.lost = "records of somebody with encounters were merged";
    return portion;
  }
  read_changed(session, named, asked.since, portion);
  for (const StoredVisit& visit : visits_named(session, list(named.began))) {
    if (!portion.changed.contains(visit.person)) portion.began.push_back(visit_of(visit));
  }
  portion.encounters = encounters_of(session, encounters_of_batches(session, list(named.batches)));
  portion.places = places_named(session, list(named.places));
  return portion;
}

void feed(const Portion& portion, const PlaceSettings& settings, presence::PresenceIndex& index) {
  for (const StoredPlace& place : portion.places) index.describe(place.id, settings(place.kind));
  for (const presence::Encounter& encounter : portion.encounters) checked(encounter);
  if (!portion.began.empty()) index.add(portion.began);
  if (!portion.encounters.empty()) index.add(portion.encounters);
  for (const auto& [person, visits] : portion.changed) index.set_visits(person, visits);
}

}  // namespace luytre::tracing
