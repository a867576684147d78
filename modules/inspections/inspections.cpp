#include "modules/inspections/inspections.h"

#include "modules/inspections/storage.h"
#include "platform/base/jpeg.h"
#include "platform/base/sorted_cursor.h"
#include "platform/geography/geography.h"

namespace luytre::inspections {
namespace {

using storage::InspectionRow;
using storage::PhotoRow;
using store::Session;

const std::vector<Role> kOfficers{Role::kStationOfficer, Role::kDistrictOfficer, Role::kProvinceOfficer};
const identity::Action kInspect{"inspections.record", Purpose::kPlaceKeeping, kOfficers};
const identity::Action kRead{"inspections.read", Purpose::kPlaceKeeping, kOfficers};
const identity::Action kSeePhoto{"inspections.photo", Purpose::kPlaceKeeping, kOfficers};

constexpr std::chrono::minutes kRetentionEvery{60};
constexpr std::size_t kShown = 100;

constexpr const char* kNoteSeal = "inspections.note";
constexpr const char* kForKeeperSeal = "inspections.for_keeper";
constexpr const char* kPictureSeal = "inspections.picture";

Error fault_of(JpegFault fault) {
  if (fault == JpegFault::kMetadata) return kPhotoMetadata;
  if (fault == JpegFault::kTooLarge) return Error(kPhotoTooLarge, {{"most", std::to_string(kJpegSideMost)}});
  return kPhotoNotJpeg;
}

// What a repeated call is answered from: the notes are sealed, and are not kept beside it.
struct Made {
  InspectionId id;
};
BOOST_DESCRIBE_STRUCT(Made, (), (id))

}  // namespace

struct Inspections::Impl {
  store::Database& db;
  const places::Places& places;
  const geography::Geography& geography;
  const identity::Access& access;
  const Vault& vault;

  Instant now() const { return db.clock().now(); }

  std::optional<store::Bytes> seal(const char* what, InspectionId id, const std::optional<std::string>& text) const {
    if (!text || text->empty()) return std::nullopt;
    return store::Bytes{vault.seal(what, to_text(id), *text)};
  }
  std::optional<std::string> text(const char* what, InspectionId id, const std::optional<store::Bytes>& sealed) const {
    if (!sealed) return std::nullopt;
    return vault.unsealed(what, to_text(id), sealed->data);
  }

  Inspection view(Session& session, const Caller& caller, const InspectionRow& row) const {
    Inspection out;
    out.id = row.id;
    out.place.id = row.place;
    if (const auto spot = places.spot(row.place)) out.place = {row.place, spot->place_name, spot->kind->kind};
    out.unit_path = geography.path_text(row.unit);
    out.at = row.at;
    out.outcome = row.outcome;
    out.note = text(kNoteSeal, row.id, row.note);
    out.for_keeper = text(kForKeeperSeal, row.id, row.for_keeper);
    out.follow_up = row.follow_up;
    out.followed = row.followed.has_value();
    out.inspector = row.inspector;
    out.mine = row.inspected_by == caller.account;
    out.photos = storage::photos_of(session, row.id);
    return out;
  }

  // Of the place, whether or not it exists; so that who has no rights learns nothing of it.
  Result<UnitId> require(Session& session, const Caller& caller, const identity::Action& action, PlaceId place) const {
    places.refresh(session);
    const auto spot = places.spot(place);
    const UnitId unit = spot ? spot->unit : UnitId{};
    const auto allowed = access.require(session, caller, action, {PersonId{}, unit, ""});
    if (!allowed) return allowed.error();
    if (!spot) return kNotFound;
    return unit;
  }
  Result<InspectionRow> seen(Session& session, const Caller& caller, const identity::Action& action,
                             std::optional<InspectionId> id) const {
    auto row = id ? storage::find(session, *id) : std::nullopt;
    const auto allowed = access.require(session, caller, action, {PersonId{}, row ? row->unit : UnitId{}, ""});
    if (!allowed) return allowed.error();
    if (!row) return kNotFound;
    return std::move(*row);
  }

  Task<Result<Inspection>> shown(Caller caller, Task<Result<Made>> task) const {
    const auto made = co_await std::move(task);
    if (!made) co_return made.error();
    auto reading = db.read([this, caller, id = made->id](Session& s) -> Result<Inspection> {
      const auto row = storage::find(s, id);
      if (!row) return kNotFound;
      return view(s, caller, *row);
    });
    co_return co_await std::move(reading);
  }
};

Inspections::Inspections(store::Database& db, const places::Places& places, const geography::Geography& geography,
                         const identity::Access& access, const Vault& vault)
    : impl_(new Impl{db, places, geography, access, vault}) {}

Task<Result<Inspection>> Inspections::record(const Caller& caller, PlaceId place, NewInspection asked,
                                             std::optional<store::Once> once) {
  if (asked.follow_up) {
    const std::int64_t ahead = asked.follow_up->days - local_date(impl_->now()).days;
    if (ahead < 1 || ahead > kFollowUpMost) return refused<Inspection>(wrong_field("/followUp", "range"));
  }
  auto write = [impl = impl_, caller, place, asked = std::move(asked)](Session& s) -> Result<Made> {
    const auto unit = impl->require(s, caller, kInspect, place);
    if (!unit) return unit.error();
    InspectionRow row;
    row.id = impl->db.ids().make<InspectionId>();
    row.place = place;
    row.unit = *unit;
    row.at = impl->now();
    row.outcome = asked.outcome;
    row.note = impl->seal(kNoteSeal, row.id, asked.note);
    row.for_keeper = impl->seal(kForKeeperSeal, row.id, asked.for_keeper);
    row.follow_up = asked.follow_up;
    row.inspected_by = caller.account;
    row.inspector = caller.name;
    storage::insert(s, row);
    s.publish({"inspection.made", row.id.value, row.at, 1, row.unit.value});
    return Made{row.id};
  };
  return impl_->shown(caller,
                      once ? impl_->db.once(std::move(*once), std::move(write)) : impl_->db.transact(std::move(write)));
}

Task<Result<Photo>> Inspections::add_photo(const Caller& caller, InspectionId inspection, std::string bytes,
                                           std::optional<store::Once> once) {
  auto read = plain_jpeg(bytes);
  if (const auto* fault = std::get_if<JpegFault>(&read)) return refused<Photo>(fault_of(*fault));
  auto write = [impl = impl_, caller, inspection, jpeg = std::move(std::get<Jpeg>(read))](Session& s) -> Result<Photo> {
    const auto row = impl->seen(s, caller, kInspect, inspection);
    if (!row) return row.error();
    if (row->inspected_by != caller.account) return kNotPermitted;
    const Instant now = impl->now();
    if (now > row->at + kAddWithin) return kTooLateForPhotos;
    if (storage::photos_of(s, inspection).size() >= kPhotosMost)
      return Error(kTooManyPhotos, {{"most", std::to_string(kPhotosMost)}});
    PhotoRow photo{impl->db.ids().make<PhotoId>(), inspection, now, jpeg.width, jpeg.height, {}};
    photo.picture = {impl->vault.seal(kPictureSeal, to_text(photo.id), jpeg.bytes)};
    storage::insert(s, photo);
    return Photo{photo.id, photo.width, photo.height};
  };
  if (once) return impl_->db.once(std::move(*once), std::move(write));
  return impl_->db.transact(std::move(write));
}

Task<Result<http::Reply>> Inspections::photo(const Caller& caller, PhotoId id) {
  return impl_->db.transact([impl = impl_, caller, id](Session& s) -> Result<http::Reply> {
    const auto photo = storage::find_photo(s, id);
    const auto row = impl->seen(s, caller, kSeePhoto, photo ? std::optional(photo->inspection) : std::nullopt);
    if (!row) return row.error();
    impl->access.log_list(
        s, caller, kSeePhoto, 0,
        "place " + to_text(row->place) + ", inspection " + to_text(row->id) + ", photo " + to_text(id));
    http::Reply out;
    out.type = "image/jpeg";
    out.body = impl->vault.unsealed(kPictureSeal, to_text(id), photo->picture.data);
    out.headers.emplace_back("Cache-Control", "no-store");
    return out;
  });
}

Task<Result<http::Page<Inspection>>> Inspections::of_place(const Caller& caller, PlaceId place) const {
  return impl_->db.read([impl = impl_, caller, place](Session& s) -> Result<http::Page<Inspection>> {
    const auto unit = impl->require(s, caller, kRead, place);
    if (!unit) return unit.error();
    http::Page<Inspection> page;
    for (const auto& row : storage::of_place(s, place, kShown)) page.items.push_back(impl->view(s, caller, row));
    return page;
  });
}

Task<Result<http::Page<Inspection>>> Inspections::due(const Caller& caller, DueFilter filter,
                                                      std::optional<std::string> cursor, std::size_t limit) const {
  using Shown = http::Page<Inspection>;
  const auto areas = impl_->access.areas(caller, kRead);
  if (areas.empty()) return refused<Shown>(caller.account.value == 0 ? kUnauthenticated : kNotPermitted);
  const bool descending = filter.order == Order::kDescending;
  const std::string sorted = "day-" + json::enum_text(filter.order);
  const auto start = start_of(cursor, sorted, descending);
  if (!start) return refused<Shown>(start.error());
  const storage::Spot after{start->number, InspectionId{start->id}};
  return impl_->db.read(
      [impl = impl_, caller, areas, filter, descending, sorted, after, limit](Session& s) -> Result<Shown> {
        Shown page;
        auto of = geography::within_or_above(impl->geography, areas, filter.unit);
        if (!of) return page;
        auto rows = storage::due(s, {std::move(*of), filter.outcome, descending}, after, limit + 1);
        if (rows.size() > limit) {
          rows.resize(limit);
          page.next = end_of(sorted, {rows.back().follow_up->days, rows.back().id.value});
        }
        impl->places.refresh(s);
        for (const auto& row : rows) page.items.push_back(impl->view(s, caller, row));
        return page;
      });
}

Task<Result<http::Page<Finding>>> Inspections::results(const Caller& caller, PlaceId place) const {
  return impl_->db.read([impl = impl_, caller, place](Session& s) -> Result<http::Page<Finding>> {
    const auto allowed = impl->places.require_keeping(s, caller, place);
    if (!allowed) return allowed.error();
    http::Page<Finding> page;
    for (const auto& row : storage::of_place(s, place, kShown))
      page.items.push_back({row.at, row.outcome, impl->text(kForKeeperSeal, row.id, row.for_keeper), row.follow_up});
    return page;
  });
}

store::Recurring Inspections::retention() {
  return {"inspections.retention", kRetentionEvery,
          [impl = impl_](Session& s) { storage::retain(s, impl->db.ids(), impl->now()); }};
}

}  // namespace luytre::inspections
