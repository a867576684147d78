#include "modules/places/duplicates.h"

#include <algorithm>
#include <limits>
#include <set>

#include "modules/places/impl.h"
#include "modules/places/merge_storage.h"
#include "modules/places/where.h"

namespace luytre::places {
namespace {

using storage::MergeRow;
using storage::PlaceRow;
using storage::SetApart;
using store::Session;

const identity::Action kSeek{"places.duplicates", Purpose::kPlaceKeeping, kOfficers};
const identity::Action kMerge{"places.merge", Purpose::kPlaceKeeping, kOfficers};

SetApart ordered(PlaceId a, PlaceId b) {
  return a < b ? SetApart{a, b} : SetApart{b, a};
}

std::string unsealed(const Vault& vault, const char* purpose, PlaceId place, const std::optional<store::Bytes>& field) {
  if (!field) return "";
  return vault.unseal(purpose, to_text(place), field->data).value_or("");
}

PlaceName name_of(Session& session, PlaceId place) {
  const auto row = storage::find(session, place);
  if (!row) throw std::runtime_error("a merge names a place that is not there: " + to_text(place));
  return {row->id, row->name, row->kind};
}

Merge view(Session& session, const MergeRow& row) {
  return {row.id, name_of(session, row.place), name_of(session, row.kept), row.at, row.undone};
}

// The merged place's zones that have the name of one of the kept place. A part and an entrance are never the same:
// nobody is recorded in an entrance, so those in the part would meet nobody in another one.
std::vector<storage::MergedZone> same_zones(const storage::Whole& merged, const storage::Whole& kept) {
  std::map<std::pair<std::string, bool>, ZoneId> by_name;
  for (const auto& zone : kept.zones) by_name.emplace(std::pair(fold(zone.name), zone.entrance), zone.id);
  std::vector<storage::MergedZone> out;
  for (const auto& zone : merged.zones) {
    const auto same = by_name.find({fold(zone.name), zone.entrance});
    if (same != by_name.end()) out.push_back({zone.id, same->second});
  }
  return out;
}

// The place has changed for those who keep copies of it.
void touch(Session& session, store::Database& db, PlaceRow& row, const char* type) {
  row.revision = db.ids().next();
  const std::int64_t version = row.version++;
  storage::update(session, row, version);
  session.publish({type, row.id.value, db.clock().now(), row.version, row.unit.value});
}

// Without homes, and what is closed or merged.
std::vector<PlaceRow> comparable(Session& session, std::vector<PlaceRow> rows, const Kinds& kinds) {
  std::vector<PlaceId> ids;
  for (const PlaceRow& row : rows) ids.push_back(row.id);
  const auto merged = storage::are_merged(session, ids);
  std::vector<PlaceRow> out;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const Kind* kind = kinds.find(rows[i].kind);
    if (!rows[i].closed && !merged[i] && !(kind && kind->home)) out.push_back(std::move(rows[i]));
  }
  return out;
}

// Both, if the caller may merge them.
struct Both {
  storage::Whole place, kept;
};
Result<Both> both(Session& session, const identity::Access& access, const Caller& caller, PlaceId place, PlaceId kept) {
  Both out;
  for (const auto& [id, into] : {std::pair(place, &out.place), std::pair(kept, &out.kept)}) {
    auto whole = storage::whole(session, id);
    const auto allowed =
        access.require(session, caller, kMerge, {PersonId{}, whole ? whole->place.unit : UnitId{}, ""});
    if (!allowed) return allowed.error();
    if (!whole) return kNotFound;
    *into = std::move(*whole);
  }
  if (place == kept) return kSamePlace;
  return out;
}

}  // namespace

Duplicates::Duplicates(store::Database& db, const Places& places, const geography::Geography& geography,
                       const identity::Access& access, const Vault& vault)
    : db_(db), places_(places), geography_(geography), access_(access), vault_(vault) {}

Task<Result<DuplicateList>> Duplicates::proposed(const Caller& caller, std::optional<UnitId> unit) const {
  return db_.transact([this, caller, unit](Session& s) -> Result<DuplicateList> {
    const auto areas = access_.areas(caller, kSeek);
    if (areas.empty()) return caller.account.value == 0 ? kUnauthenticated : kNotPermitted;
    const Where where = where_of(areas, unit, geography_);
    constexpr PlaceId kAll{std::numeric_limits<std::int64_t>::max()};
    auto rows = where.everywhere && !unit ? storage::newest(s, kAll, kComparedMost)
                                          : storage::newest_of(s, where.units, kAll, kComparedMost);
    DuplicateList out;
    out.complete = rows.size() < kComparedMost;
    rows = comparable(s, std::move(rows), places_.kinds());
    out.compared = static_cast<std::int64_t>(rows.size());

    std::vector<Likely> likely;
    std::vector<PlaceId> ids;
    for (const PlaceRow& row : rows) {
      likely.push_back({row.id, row.name, row.kind, row.unit, unsealed(vault_, "places.address", row.id, row.address),
                        unsealed(vault_, "places.phone", row.id, row.phone)});
      ids.push_back(row.id);
    }
    const auto apart = storage::set_apart(s, ids);
    const std::set<SetApart> told_apart(apart.begin(), apart.end());
    const auto side = [&](std::size_t at) {
      const PlaceRow& row = rows[at];
      DuplicateSide shown{row.id,       row.name,   row.kind,       geography_.path_text(row.unit),
                          std::nullopt, row.status, row.registered, row.keeper.value != 0};
      if (!likely[at].address.empty()) shown.address = likely[at].address;
      return shown;
    };
    for (LikePair& pair : alike(likely)) {
      if (told_apart.contains(ordered(ids[pair.one], ids[pair.other]))) continue;
      if (out.items.size() == kProposedMost) {
        out.complete = false;
        break;
      }
      // Rows are newest first: the later one registered first.
      out.items.push_back({side(pair.other), side(pair.one), pair.score, std::move(pair.fields)});
    }
    access_.log_list(s, caller, kSeek, 0,
                     (unit ? "unit " + to_text(*unit) : std::string("own area")) + ", " +
                         std::to_string(out.items.size()) + " pairs");
    return out;
  });
}

Task<Result<Done>> Duplicates::tell_apart(const Caller& caller, PlacePair pair) {
  return db_.transact([this, caller, pair](Session& s) -> Result<Done> {
    const auto allowed = both(s, access_, caller, pair.one, pair.other);
    if (!allowed) return allowed.error();
    storage::set_apart(s, ordered(pair.one, pair.other), db_.clock().now(), caller.account);
    access_.log_list(s, caller, kMerge, 0, "place " + to_text(pair.one) + " is not place " + to_text(pair.other));
    return Done{};
  });
}

Task<Result<Merge>> Duplicates::merge(const Caller& caller, NewMerge asked) {
  return db_.transact([this, caller, asked](Session& s) -> Result<Merge> {
    auto found = both(s, access_, caller, asked.place, asked.kept);
    if (!found) return found.error();
    if (found->place.place.closed || found->kept.place.closed) return kPlaceClosed;
    if (storage::kept_of(s, asked.place) || storage::kept_of(s, asked.kept)) return kPlaceMerged;
    if (!storage::merged_into(s, asked.place).empty()) return kPlaceHasMerged;

    const MergeRow row{db_.ids().make<MergeId>(), asked.place, asked.kept, db_.clock().now(), caller.account, {}, {}};
    storage::insert(s, row, same_zones(found->place, found->kept));
    storage::forget_apart(s, ordered(asked.place, asked.kept));
    touch(s, db_, found->place.place, "place.merged");
    access_.log_list(s, caller, kMerge, 0, "place " + to_text(asked.place) + " counts as " + to_text(asked.kept));
    return view(s, row);
  });
}

Task<Result<Merge>> Duplicates::undo(const Caller& caller, MergeId merge) {
  return db_.transact([this, caller, merge](Session& s) -> Result<Merge> {
    auto row = storage::find_merge(s, merge);
    if (!row) return access_.areas(caller, kMerge).empty() ? kNotPermitted : kNotFound;
    auto found = both(s, access_, caller, row->place, row->kept);
    if (!found) return found.error();
    if (row->undone) return kMergeUndone;
    row->undone = db_.clock().now();
    row->undone_by = caller.account;
    storage::undo(s, *row);
    touch(s, db_, found->place.place, "place.parted");
    access_.log_list(s, caller, kMerge, 0,
                     "place " + to_text(row->place) + " no longer counts as " + to_text(row->kept));
    return view(s, *row);
  });
}

Task<Result<http::Page<Merge>>> Duplicates::of_place(const Caller& caller, PlaceId place) const {
  return db_.read([this, caller, place](Session& s) -> Result<http::Page<Merge>> {
    const auto allowed = places_.require_keeping(s, caller, place);
    if (!allowed) return allowed.error();
    http::Page<Merge> page;
    for (const MergeRow& row : storage::merges_of(s, place)) page.items.push_back(view(s, row));
    return page;
  });
}

}  // namespace luytre::places
