#include "modules/places/merged.h"

#include "modules/places/merge_storage.h"
#include "modules/places/storage.h"

namespace luytre::places {
namespace {

void save(store::Session& session, IdMaker& ids, storage::PlaceRow row) {
  row.revision = ids.next();
  const std::int64_t version = row.version++;
  storage::update(session, row, version);
}

}  // namespace

KnownAs known_as(store::Session& session, PlaceId place) {
  KnownAs out{{place}, {}};
  for (const PlaceId merged : storage::merged_into(session, place)) out.places.push_back(merged);
  if (out.places.size() == 1) return out;
  for (const auto& zone : storage::merged_zones(session, place)) out.zones.emplace(zone.zone, zone.kept_zone);
  return out;
}

std::vector<PlaceId> registrations(store::Session& session, PlaceId place) {
  const PlaceId kept = storage::kept_of(session, place).value_or(place);
  std::vector<PlaceId> out{place};
  if (kept != place) out.push_back(kept);
  for (const PlaceId merged : storage::merged_into(session, kept))
    if (merged != place) out.push_back(merged);
  return out;
}

void close_merged(store::Session& session, IdMaker& ids, PlaceId kept, Instant closed) {
  for (const PlaceId merged : storage::merged_into(session, kept)) {
    auto row = storage::find(session, merged);
    if (!row || row->closed) continue;
    row->status = Status::kClosed;
    row->closed = closed;
    save(session, ids, std::move(*row));
  }
}

std::map<PlaceId, PlaceId> counts_as(store::Session& session, std::span<const PlaceId> places) {
  const auto kept = storage::kept_of(session, places);
  std::map<PlaceId, PlaceId> out;
  for (std::size_t i = 0; i < places.size(); ++i)
    if (kept[i]) out.emplace(places[i], *kept[i]);
  return out;
}

// Only what was closed with it: its own keeper may have closed it before.
void open_merged(store::Session& session, IdMaker& ids, PlaceId kept, Instant closed) {
  for (const PlaceId merged : storage::merged_into(session, kept)) {
    auto row = storage::find(session, merged);
    if (!row || row->closed != closed) continue;
    row->end_approval(closed);
    row->status = Status::kRegistered;
    row->closed.reset();
    save(session, ids, std::move(*row));
  }
}

}  // namespace luytre::places
