#include "modules/places/places.h"

#include <algorithm>

#include "modules/command/decisions.h"
#include "modules/places/impl.h"
#include "modules/places/merged.h"
#include "platform/base/conflict.h"

namespace luytre::places {
namespace {

using store::Session;

const identity::Action kRead{"places.read", Purpose::kPlaceKeeping, kOfficers};
const identity::Action kEdit{"places.edit", Purpose::kPlaceKeeping, {Role::kStationOfficer}};
const identity::Action kApprove{"places.approve", Purpose::kPlaceKeeping, {Role::kStationOfficer}};

constexpr std::int64_t kMostIssue = 255;  // one byte in the code

std::vector<FieldError> check(const PlaceEdit& edit) {
  std::vector<FieldError> wrong;
  if (edit.name && fold(*edit.name).empty()) wrong.push_back({"/name", "format", {}});
  if (edit.address && edit.address->empty()) wrong.push_back({"/address", "required", {}});
  if (edit.functions)
    for (auto& error : check_functions(*edit.functions)) wrong.push_back(std::move(error));
  if (edit.capacity && (*edit.capacity < 1 || *edit.capacity > kCapacityMost))
    wrong.push_back({"/capacity", "range", {{"least", "1"}, {"most", std::to_string(kCapacityMost)}}});
  return wrong;
}

}  // namespace

Places::Places(store::Database& db, const geography::Geography& geography, const identity::Access& access,
               const command::Decisions& decisions, const identity::Codes& codes, const identity::Limits& limits,
               const Vault& vault, const Clock& clock, Random& random, const Kinds& kinds, Settings settings)
    : impl_(new Impl(db, geography, access, decisions, codes, limits, vault, clock, random, kinds,
                     std::move(settings))) {}

Places::~Places() = default;

const Kinds& Places::kinds() const {
  return impl_->kinds;
}

void Places::start() {
  impl_->db.read_now([impl = impl_.get()](Session& s) { impl->read_changes(s); });
}

// ---- keepers and officers ----

Task<Result<http::Page<Place>>> Places::mine(const Caller& caller) const {
  if (caller.account.value == 0) return refused<http::Page<Place>>(kUnauthenticated);
  if (!caller.full) return refused<http::Page<Place>>(kSecondProofRequired);
  return impl_->db.read([impl = impl_.get(), caller](Session& s) -> Result<http::Page<Place>> {
    http::Page<Place> page;
    for (const auto& whole : storage::with_parts(s, storage::of_keeper(s, caller.account)))
      page.items.push_back(impl->view(whole));
    return page;
  });
}

Task<Result<Place>> Places::find(const Caller& caller, PlaceId place) const {
  return impl_->db.read([impl = impl_.get(), caller, place](Session& s) -> Result<Place> {
    const auto whole = storage::whole(s, place);
    if (!whole) return kNotFound;
    const auto allowed = impl->require(s, caller, kRead, whole->place);
    if (!allowed) return allowed.error();
    return impl->view(*whole);
  });
}

Result<Done> Places::require_keeping(Session& session, const Caller& caller, PlaceId place) const {
  const auto row = storage::find(session, place);
  if (!row) return kNotFound;
  return impl_->require(session, caller, kRead, *row);
}

Result<Done> Places::require_editing(Session& session, const Caller& caller, PlaceId place) const {
  const auto row = storage::find(session, place);
  if (!row) return kNotFound;
  return impl_->require(session, caller, kEdit, *row);
}

std::optional<Places::Layout> Places::layout(Session& session, PlaceId place) {
  const auto whole = storage::whole(session, place);
  if (!whole) return std::nullopt;
  Layout layout{{}, whole->place.capacity};
  for (const auto& zone : whole->zones) layout.zones.push_back({zone.id, zone.name, "", zone.entrance, zone.leaving});
  return layout;
}

Task<Result<Place>> Places::edit(const Caller& caller, PlaceId place, PlaceEdit edit, std::int64_t version) {
  auto wrong = check(edit);
  if (!wrong.empty()) return refused<Place>(Error(kInvalid, std::move(wrong)));
  auto task = impl_->db.transact(
      [impl = impl_.get(), caller, place, edit = std::move(edit), version](Session& s) -> Result<storage::Whole> {
        auto whole = storage::whole(s, place);
        if (!whole) return kNotFound;
        const auto allowed = impl->require(s, caller, kEdit, whole->place);
        if (!allowed) return allowed.error();
        if (whole->place.version != version) return version_conflict(impl->view(*whole));

        storage::PlaceRow& row = whole->place;
        const bool was_closed = row.status == Status::kClosed;
        // An officer approved what the sign and the address said; a new one needs a new look.
        const bool looks_new = (edit.name && *edit.name != row.name) || edit.address;
        if (edit.name) row.name = *edit.name;
        if (edit.address) row.address = impl->seal("places.address", row.id.value, *edit.address);
        if (edit.functions) row.functions = joined(*edit.functions);
        if (edit.capacity) row.capacity = edit.capacity;
        const bool closed = edit.closed.value_or(was_closed);
        if (closed && !was_closed) {
          row.status = Status::kClosed;
          row.closed = impl->clock.now();
          close_merged(s, impl->db.ids(), place, *row.closed);
        } else if (!closed && (was_closed || looks_new)) {
          if (was_closed) open_merged(s, impl->db.ids(), place, *row.closed);
          row.end_approval(row.closed.value_or(impl->clock.now()));
          row.status = Status::kRegistered;
          row.closed.reset();
        }
        if (edit.new_codes.value_or(false)) {
          if (row.issue == kMostIssue) return kTooManyPosters;
          ++row.issue;
          const auto codes = impl->draw_codes(s, whole->zones.size() + 1);
          std::vector<storage::CodeRow> fresh{{codes[0], row.id, ZoneId{}, row.issue}};
          for (std::size_t i = 0; i < whole->zones.size(); ++i)
            fresh.push_back({codes[i + 1], row.id, whole->zones[i].id, row.issue});
          storage::insert_codes(s, fresh);
          for (auto& code : fresh) whole->codes.push_back(std::move(code));
        }
        row.revision = impl->db.ids().next();
        ++row.version;
        storage::update(s, row, version);
        if (edit.name) {
          storage::delete_words(s, place);
          impl->put_words(s, place, row.name);
        }
        const char* type = closed && !was_closed ? "place.closed" : "place.changed";
        s.publish({type, place.value, impl->clock.now(), row.version, row.unit.value});
        return *whole;
      });
  return impl_->committed(std::move(task));
}

Task<Result<Place>> Places::add_zone(const Caller& caller, PlaceId place, NewZone zone) {
  if (fold(zone.name).empty()) return refused<Place>(wrong_field("/name", "required"));
  const bool entrance = zone.entrance.value_or(false), leaving = zone.leaving.value_or(false);
  if (leaving && !entrance) return refused<Place>(wrong_field("/leaving", "unknown"));
  auto task = impl_->db.transact([impl = impl_.get(), caller, place, name = std::string(zone.name), entrance,
                                  leaving](Session& s) -> Result<storage::Whole> {
    auto whole = storage::whole(s, place);
    if (!whole) return kNotFound;
    const auto allowed = impl->require(s, caller, kEdit, whole->place);
    if (!allowed) return allowed.error();
    for (const auto& there : whole->zones) {
      if (there.name == name) return wrong_field("/name", "taken");
    }
    if (whole->zones.size() >= kZonesMost) return Error(kTooManyZones, {{"most", std::to_string(kZonesMost)}});

    const Instant now = impl->clock.now();
    storage::PlaceRow& row = whole->place;
    const storage::ZoneRow made{impl->db.ids().make<ZoneId>(), place, name, entrance, leaving};
    const storage::CodeRow code{impl->draw_codes(s, 1).front(), place, made.id, row.issue};
    const std::int64_t version = row.version++;
    row.revision = impl->db.ids().next();
    storage::update(s, row, version);
    storage::insert_zones(s, std::span(&made, 1), now);
    storage::insert_codes(s, std::span(&code, 1));
    whole->zones.push_back(made);
    whole->codes.push_back(code);
    s.publish({"place.changed", place.value, now, row.version, row.unit.value});
    return *whole;
  });
  return impl_->committed(std::move(task));
}

Task<Result<Place>> Places::use_zone(const Caller& caller, PlaceId place, ZoneId zone, ZoneUse use,
                                     std::int64_t version) {
  const bool leaving = use.leaving.value_or(false);
  if (leaving && !use.entrance) return refused<Place>(wrong_field("/leaving", "unknown"));
  auto task = impl_->db.transact([impl = impl_.get(), caller, place, zone, entrance = use.entrance, leaving,
                                  version](Session& s) -> Result<storage::Whole> {
    auto whole = storage::whole(s, place);
    if (!whole) return kNotFound;
    const auto allowed = impl->require(s, caller, kEdit, whole->place);
    if (!allowed) return allowed.error();
    const auto turned =
        std::find_if(whole->zones.begin(), whole->zones.end(), [&](const auto& each) { return each.id == zone; });
    if (turned == whole->zones.end()) return kNotFound;
    if (whole->place.version != version) return version_conflict(impl->view(*whole));
    if (turned->entrance == entrance && turned->leaving == leaving) return *whole;
    turned->entrance = entrance;
    turned->leaving = leaving;
    storage::set_use(s, *turned);
    storage::PlaceRow& row = whole->place;
    row.revision = impl->db.ids().next();
    ++row.version;
    storage::update(s, row, version);
    s.publish({"place.changed", place.value, impl->clock.now(), row.version, row.unit.value});
    return *whole;
  });
  return impl_->committed(std::move(task));
}

Task<Result<Place>> Places::approve(const Caller& caller, PlaceId place) {
  auto task = impl_->db.transact([impl = impl_.get(), caller, place](Session& s) -> Result<storage::Whole> {
    auto whole = storage::whole(s, place);
    const UnitId unit = whole ? whole->place.unit : UnitId{};
    const auto allowed = impl->access.require(s, caller, kApprove, {PersonId{}, unit, ""});
    if (!allowed) return allowed.error();
    if (!whole) return kNotFound;
    storage::PlaceRow& row = whole->place;
    if (row.status == Status::kClosed) return kPlaceClosed;
    if (row.status == Status::kApproved) return *whole;
    const Instant now = impl->clock.now();
    row.status = Status::kApproved;
    row.approved = now;
    row.approved_by = caller.account;
    row.revision = impl->db.ids().next();
    const std::int64_t version = row.version++;
    storage::update(s, row, version);
    s.publish({"place.approved", place.value, now, row.version, row.unit.value});
    return *whole;
  });
  return impl_->committed(std::move(task));
}

// ---- codes ----

Result<Scanned> Places::spot(std::string_view code) const {
  return impl_->registry.read(code);
}

SpotPtr Places::spot(PlaceId place, std::optional<ZoneId> zone) const {
  return impl_->registry.find(place, zone);
}

std::vector<PointOfEntry> Places::points_of_entry(Session& session) const {
  refresh(session);
  std::vector<SpotPtr> all = impl_->registry.points_of_entry();
  std::erase_if(all, [](const SpotPtr& spot) { return spot->status != Status::kApproved; });
  std::vector<PlaceId> ids;
  for (const SpotPtr& spot : all) ids.push_back(spot->place);
  const auto merged = counts_as(session, ids);
  std::vector<PointOfEntry> out;
  for (const SpotPtr& spot : all) {
    if (merged.contains(spot->place)) continue;
    out.push_back({spot->place, spot->place_name, spot->unit, impl_->geography.path_text(spot->unit)});
  }
  std::sort(out.begin(), out.end(), [](const PointOfEntry& a, const PointOfEntry& b) {
    return std::tie(a.name, a.id) < std::tie(b.name, b.id);
  });
  if (out.size() > kPointsOfEntryMost) out.resize(kPointsOfEntryMost);
  return out;
}

Task<Result<std::vector<PointOfEntry>>> Places::points_of_entry() const {
  return impl_->db.read([this](Session& s) -> Result<std::vector<PointOfEntry>> { return Places::points_of_entry(s); });
}

Result<std::string> Places::code_text(PlaceId place, std::optional<ZoneId> zone) const {
  const auto codes = impl_->registry.codes_of(place, zone);
  if (!codes) return kPlaceUnknown;
  return impl_->codes.url(impl_->settings.public_url, codes->token);
}

void Places::refresh(Session& session, bool at_once) const {
  if (at_once || impl_->stale()) impl_->read_changes(session);
}

Task<Result<Scanned>> Places::spot_after_refresh(std::string code) const {
  return impl_->db.read([this, code = std::move(code)](Session& s) -> Result<Scanned> {
    refresh(s);
    return spot(code);
  });
}

namespace {

Task<Result<Resolved>> resolved(Task<Result<Scanned>> task, const Places::Impl& impl) {
  const auto scanned = co_await std::move(task);
  if (!scanned) co_return scanned.error();
  const Spot& spot = *scanned->spot;
  if (spot.closed_at) co_return kPlaceClosed;
  Resolved out;
  out.place.id = spot.place;
  out.place.name = spot.place_name;
  out.place.kind = spot.kind->kind;
  out.place.unit_path = impl.geography.path_text(spot.unit);
  out.place.status = spot.status;
  if (spot.zone) {
    out.zone.emplace();
    out.zone->id = *spot.zone;
    out.zone->name = spot.zone_name.value_or("");
    out.zone->entrance = spot.entrance;
  }
  out.check_in_in_force = impl.decisions.in_force(command::Switch::kCheckIn, spot.unit, impl.clock.now()).has_value();
  co_return out;
}

Task<Result<Scanned>> ready(Result<Scanned> scanned) {
  co_return scanned;
}

}  // namespace

Task<Result<Resolved>> Places::resolve(const Caller& caller, std::string code) const {
  if (caller.account.value == 0) return refused<Resolved>(kUnauthenticated);
  auto known = spot(code);
  const bool look_again = impl_->stale() && (known || known.error().code == kPlaceUnknown.code);
  auto task = look_again ? spot_after_refresh(std::move(code)) : ready(std::move(known));
  return resolved(std::move(task), *impl_);
}

std::map<PlaceId, PlaceName> Places::names(std::span<const PlaceId> places) const {
  std::map<PlaceId, PlaceName> out;
  for (const PlaceId place : places) {
    const SpotPtr found = spot(place);
    if (found) out.emplace(place, PlaceName{place, found->place_name, found->kind->kind});
  }
  return out;
}

}  // namespace luytre::places
