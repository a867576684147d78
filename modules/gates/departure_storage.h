// SQL of going out, and of what is said of an entry later.

#pragma once

#include <span>

#include "modules/gates/storage.h"

namespace luytre::gates::storage {

struct DepartureRow {
  EntryId id;
  PlaceId place;
  std::optional<ZoneId> zone;
  GuardId guard;
  Instant departed;
  store::Bytes mark;
  std::int64_t heads = 0;
  Instant recorded;
};
BOOST_DESCRIBE_STRUCT(DepartureRow, (), (id, place, zone, guard, departed, mark, heads, recorded))

void insert(store::Session& session, const DepartureRow& departure);

// A mark (Impl::mark) at one registration of a place.
struct Marked {
  PlaceId place;
  store::Bytes mark;
};

// Within kReach after `entered`, earliest first.
std::vector<DepartureRow> departures(store::Session& session, std::span<const Marked> marks, Instant entered);
void set_heads(store::Session& session, const DepartureRow& departure, std::int64_t heads);  // 0: it is gone

// Who came in within kReach before `at` and is not known to have left, earliest first.
std::vector<EntryRow> open_entries(store::Session& session, std::span<const Marked> marks, Instant at);
// Those of the visit that came in after `at`: they are of another stay.
std::vector<EntryRow> entries_after(store::Session& session, PlaceId place, const store::Bytes& mark, VisitId visit,
                                    Instant at);
void depart(store::Session& session, const EntryRow& entry, Instant at);
void set_heads(store::Session& session, const EntryRow& entry, std::int64_t heads);
void declare(store::Session& session, const EntryRow& ambulance, std::int64_t heads,
             const std::optional<store::Bytes>& claim, Instant at);
std::vector<EntryRow> undeclared(store::Session& session, PlaceId place, Instant since, std::size_t most);
void set_visit(store::Session& session, const EntryRow& entry, VisitId visit);

}  // namespace luytre::gates::storage
