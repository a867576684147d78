#include "modules/visits/told.h"

#include "modules/visits/storage.h"

namespace luytre::visits {

static_assert(storage::bit_of(Flag::kTold) == 256, "as in migrations/003_told.sql");

std::optional<VisitId> tell(store::Session& session, store::Database& db, const places::Places& places,
                            const ToldVisit& told) {
  const Instant now = db.clock().now();
  if (told.from >= told.to || told.to < now - kKept) return std::nullopt;
  auto spot = places.spot(told.place);
  if (!spot) {
    places.refresh(session, true);
    spot = places.spot(told.place);
  }
  if (!spot) return std::nullopt;
  storage::VisitRow row;
  row.id = db.ids().make<VisitId>();
  row.place = told.place;
  row.person = told.person;
  row.entered = told.from;
  row.departed = row.expected = told.to;
  row.source = Source::kImport;
  row.flags = storage::bit_of(Flag::kTold);
  row.recorded = now;
  row.unit = spot->unit;
  const storage::VisitRow* const fresh = &row;
  storage::insert(session, std::span(&fresh, 1));
  session.publish({"visit.imported", row.id.value, row.entered, row.version, 0});
  return row.id;
}

void untell(store::Session& session, VisitId visit, Instant now) {
  auto row = storage::find(session, std::span(&visit, 1)).front();
  if (!row || (row->flags & storage::bit_of(Flag::kTold)) == 0) return;
  storage::remove(session, *row);
  ++row->version;
  session.publish({"visit.cancelled", row->id.value, now, row->version, 0});
  // The row is gone: who follows visits could not tell any more whose it was.
  session.publish({"visits.changed", row->person.value, now, row->version, 0});
}

}  // namespace luytre::visits
