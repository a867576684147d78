// Places: the one registry of locations where people meet, and the codes on their posters.
//
// A place is registered by an account with a one-time code sent to the place's phone, may have zones (room, carriage,
// floor) and entrances, and is approved by the station officer of its commune; staff of an official kind (kinds.h) work
// only where it is. Its poster carries a signed opaque code and a short typed code; both stay valid until the keeper
// asks for a new poster (a new issue), which ends the old ones. Addresses and phones are sealed.
//
// A copy of the registry is held in memory so that reading a code in a flood costs no SQL: `spot` never blocks and
// never waits. The copy is refreshed on every own commit and, for the other nodes of an installation, at most a second
// after the last look. Publishes place.registered, place.changed, place.approved, place.closed (with the unit).
// Thread-safe.

#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "modules/places/kinds.h"
#include "modules/places/stated.h"
#include "platform/base/json.h"
#include "platform/base/random.h"
#include "platform/base/vault.h"
#include "platform/geography/geography.h"
#include "platform/http/router.h"
#include "platform/identity/access.h"
#include "platform/store/database.h"
#include "platform/store/follower.h"

namespace luytre::identity {
class Codes;
class Limits;
}  // namespace luytre::identity
namespace luytre::command {
class Decisions;
}

namespace luytre::places {

enum class Status { kRegistered, kApproved, kClosed };
BOOST_DESCRIBE_ENUM(Status, kRegistered, kApproved, kClosed)

inline constexpr std::size_t kNameMost = 120;
inline constexpr std::size_t kAddressMost = 200;

struct Registration {
  Text<kNameMost> name;
  Text<40> kind;
  UnitId unit;
  Text<kAddressMost> address;
  Text<20> phone;
  std::optional<std::vector<std::string>> functions;  // what the place does: "vaccination", "testing", …
};
BOOST_DESCRIBE_STRUCT(Registration, (), (name, kind, unit, address, phone, functions))

struct Confirmation {
  Text<20> code;
};
BOOST_DESCRIBE_STRUCT(Confirmation, (), (code))

struct CodeQuestion {
  Text<600> code;  // scanned or typed
};
BOOST_DESCRIBE_STRUCT(CodeQuestion, (), (code))

struct Pending {
  std::string id;
  Instant expires_at;
};
BOOST_DESCRIBE_STRUCT(Pending, (), (id, expires_at))

// A part of the place, or an entrance: a door of the whole of it, by which nobody is in a part. `leaving`: an entrance
// by which people only go out.
struct Zone {
  ZoneId id;
  std::string name;
  std::string short_code;
  bool entrance = false;
  bool leaving = false;
};
BOOST_DESCRIBE_STRUCT(Zone, (), (id, name, short_code, entrance, leaving))

struct Place {
  PlaceId id;
  std::string name;
  std::string kind;
  UnitId unit;
  std::string unit_path;
  std::optional<std::string> address;  // only for the keeper and the officers of the area
  std::vector<std::string> functions;
  std::vector<Zone> zones;
  std::string short_code;
  Status status = Status::kRegistered;
  std::int64_t usual_stay_minutes = 0;
  std::optional<std::int64_t> capacity;  // people at once
  std::int64_t version = 1;
};
BOOST_DESCRIBE_STRUCT(Place, (),
                      (id, name, kind, unit, unit_path, address, functions, zones, short_code, status,
                       usual_stay_minutes, capacity, version))

struct PlaceEdit {
  std::optional<Text<kNameMost>> name;
  std::optional<Text<kAddressMost>> address;
  std::optional<std::vector<std::string>> functions;
  std::optional<std::int64_t> capacity;
  std::optional<bool> closed;
  std::optional<bool> new_codes;  // true: the old posters end, new ones must be printed
};
BOOST_DESCRIBE_STRUCT(PlaceEdit, (), (name, address, functions, capacity, closed, new_codes))

struct NewZone {
  Text<60> name;
  std::optional<bool> entrance = {};  // absent: a part of the place
  std::optional<bool> leaving = {};   // of an entrance alone
};
BOOST_DESCRIBE_STRUCT(NewZone, (), (name, entrance, leaving))

// What a zone is from now on. What happened stays as it was recorded: visits of before keep the zone, or none. Two
// visits meet unless both name zones and these differ; so whoever comes by a new entrance meets everybody at the place,
// and those whom the zone kept apart before stay apart. A zone scanned again after it was turned is a stay of its own,
// and what a device without a network tells later is recorded by what the zone is when that arrives.
struct ZoneUse {
  bool entrance = false;
  std::optional<bool> leaving = {};  // of an entrance alone
};
BOOST_DESCRIBE_STRUCT(ZoneUse, (), (entrance, leaving))

struct PlaceBrief {
  PlaceId id;
  std::string name;
  std::string kind;
  UnitId unit;
  std::string unit_path;
  Status status = Status::kRegistered;
};
BOOST_DESCRIBE_STRUCT(PlaceBrief, (), (id, name, kind, unit, unit_path, status))

struct PlaceFilter {
  std::string text;            // words of the name; diacritics do not matter
  std::optional<UnitId> unit;  // of the own area
  std::optional<std::string> kind;
  std::optional<Status> status;
  bool oldest_first = false;
};

struct PlacesOut {
  Note<500> reason;
  std::optional<Text<40>> kind;
  std::optional<Status> status;
  std::optional<Text<4>> format;  // xlsx; else CSV
};
BOOST_DESCRIBE_STRUCT(PlacesOut, (), (reason, kind, status, format))

// Registered or changed by its keeper, and not looked at by the commune since.
struct WaitingPlace {
  PlaceId id;
  std::string name;
  std::string kind;
  bool official = false;
  UnitId unit;
  std::string unit_path;
  Instant since;
};
BOOST_DESCRIBE_STRUCT(WaitingPlace, (), (id, name, kind, official, unit, unit_path, since))

struct WaitingPlaces {
  std::vector<WaitingPlace> items;  // official ones first, then the oldest; at most kWaitingShown
  std::int64_t count = 0;           // of all, up to kWaitingCounted, those registered first
};
BOOST_DESCRIBE_STRUCT(WaitingPlaces, (), (items, count))

// A place without zone and keeper's data, as other modules show it.
struct PlaceName {
  PlaceId id;
  std::string name;
  std::string kind;
};
BOOST_DESCRIBE_STRUCT(PlaceName, (), (id, name, kind))

// Border gates, airports, stations, ports by which people come into the country.
inline constexpr std::string_view kPointOfEntry = "pointOfEntry";  // the kind
inline constexpr std::size_t kPointsOfEntryMost = 1000;

struct PointOfEntry {
  PlaceId id;
  std::string name;
  UnitId unit;
  std::string unit_path;
};
BOOST_DESCRIBE_STRUCT(PointOfEntry, (), (id, name, unit, unit_path))

// What a code stands for: an immutable entry of the registry copy. Shared, so that a flood copies one pointer.
struct Spot {
  PlaceId place;
  std::optional<ZoneId> zone;
  std::string place_name;
  std::optional<std::string> zone_name;
  UnitId unit;
  const Kind* kind = nullptr;
  std::optional<Instant> closed_at;  // scans from then on are refused; earlier ones may still arrive
  AccountId keeper;                  // 0: imported
  bool entrance = false;             // the zone is one

  // Where whoever is recorded here is: two people who came by two entrances are at one place.
  std::optional<ZoneId> area() const { return entrance ? std::nullopt : zone; }
  Status status = Status::kRegistered;
  bool approved = false;                  // by the commune; a closed place was, or was not
  std::optional<Instant> approval_ended;  // by a new name, address or opening

  // What was done there at `at` was done at an approved place: a device without a network tells it later.
  bool approved_at(Instant at) const { return approved || (approval_ended && at < *approval_ended); }
};
using SpotPtr = std::shared_ptr<const Spot>;

enum class CodeForm { kSigned, kTyped };

struct Scanned {
  SpotPtr spot;
  CodeForm form = CodeForm::kSigned;
};

struct Resolved {
  struct PlaceView {
    PlaceId id;
    std::string name;
    std::string kind;
    std::string unit_path;
    Status status = Status::kRegistered;
  };
  struct ZoneView {
    ZoneId id;
    std::string name;
    bool entrance = false;
  };
  PlaceView place;
  std::optional<ZoneView> zone;
  bool check_in_in_force = false;
};
BOOST_DESCRIBE_STRUCT(Resolved::PlaceView, (), (id, name, kind, unit_path, status))
BOOST_DESCRIBE_STRUCT(Resolved::ZoneView, (), (id, name, entrance))
BOOST_DESCRIBE_STRUCT(Resolved, (), (place, zone, check_in_in_force))

inline constexpr ErrorCode kPlaceCodeForged{"place_code_forged", 422};      // made like ours, not signed by us
inline constexpr ErrorCode kPlaceCodeExpired{"place_code_expired", 422};    // of an earlier poster or a retired key
inline constexpr ErrorCode kPlaceCodeForeign{"place_code_foreign", 422};    // of another system, or not a place's code
inline constexpr ErrorCode kPlaceCodeMistyped{"place_code_mistyped", 422};  // the check symbol says so
inline constexpr ErrorCode kPlaceUnknown{"place_unknown", 404};
inline constexpr ErrorCode kPlaceClosed{"place_closed", 409};
inline constexpr ErrorCode kPlaceKept{"place_kept", 409};                   // somebody keeps it already
inline constexpr ErrorCode kPlaceWithoutPhone{"place_without_phone", 409};  // no list named one
inline constexpr ErrorCode kPlaceNotApproved{"place_not_approved", 409};    // and of an official kind
inline constexpr ErrorCode kTooManyZones{"too_many_zones", 409};
inline constexpr ErrorCode kTooManyPosters{"too_many_posters", 409};  // 255 issues of codes
inline constexpr ErrorCode kPosterFontMissing{"poster_font_missing", 503};

inline constexpr std::size_t kZonesMost = 300;
inline constexpr std::int64_t kCapacityMost = 200'000;
inline constexpr std::size_t kFunctionsMost = 20;
inline constexpr std::size_t kWaitingShown = 200, kWaitingCounted = 2'000;

struct Settings {
  unsigned code_key = 1;                             // which key signs new posters: 1 … 15
  unsigned oldest_code_key = 1;                      // codes under earlier ones have expired
  std::string public_url = "http://127.0.0.1:8080";  // what the posters' links begin with
  std::vector<std::filesystem::path> font_folders{"/usr/share/fonts/truetype/dejavu"};
};

class Places {
 public:
  Places(store::Database& db, const geography::Geography& geography, const identity::Access& access,
         const command::Decisions& decisions, const identity::Codes& codes, const identity::Limits& limits,
         const Vault& vault, const Clock& clock, Random& random, const Kinds& kinds, Settings settings);
  ~Places();
  void start();  // reads the registry; after migrations. Blocks

  // ---- keepers ----

  // Errors: invalid, too_many_requests (per account, phone and network address), phone_gets_no_messages.
  // `language`: of the message, "vi" or "en".
  Task<Result<Pending>> start_registration(const Caller& caller, Registration registration, std::string language);
  // Errors: code_wrong, code_exhausted, code_expired, not_found.
  Task<Result<Place>> confirm_registration(const Caller& caller, std::string registration, std::string code);
  // Becoming the keeper of a place that a list brought in: by the code on its poster and a one-time code to the phone
  // that the list named. Errors: those of spot(), place_closed, place_kept, place_without_phone, too_many_requests (as
  // of registrations), phone_gets_no_messages.
  Task<Result<Pending>> start_claim(const Caller& caller, std::string code, std::string language);
  // `claim`: Pending::id. Errors: code_wrong, code_exhausted, code_expired, not_found, place_kept.
  Task<Result<Place>> confirm_claim(const Caller& caller, std::string claim, std::string code);
  Task<Result<http::Page<Place>>> mine(const Caller& caller) const;
  Task<Result<Place>> find(const Caller& caller, PlaceId place) const;
  Task<Result<Place>> edit(const Caller& caller, PlaceId place, PlaceEdit edit, std::int64_t version);
  Task<Result<Place>> add_zone(const Caller& caller, PlaceId place, NewZone zone);
  // A part of the place becomes an entrance, or an entrance a part; its posters stay good. `version`: of the place.
  Task<Result<Place>> use_zone(const Caller& caller, PlaceId place, ZoneId zone, ZoneUse use, std::int64_t version);
  // What the place says of its hours and of where it stands; replaced as a whole, the older statements are kept.
  // Errors: not_found, not_permitted; of the second also invalid.
  Task<Result<Statement>> stated(const Caller& caller, PlaceId place) const;
  Task<Result<Statement>> state(const Caller& caller, PlaceId place, Statement statement);
  Task<Result<http::Reply>> poster_pdf(const Caller& caller, PlaceId place, std::optional<ZoneId> zone) const;
  // Of several places, and each of their zones, in this order; closed ones are left out. Errors: place_closed when all
  // are, not_found of none, not_permitted, poster_font_missing.
  Task<Result<http::Reply>> posters_pdf(const Caller& caller, std::vector<PlaceId> places) const;
  // How many posters each has, the one of the whole place among them, closed or not; in order.
  static std::vector<std::size_t> posters_of(store::Session& session, std::span<const PlaceId> places);
  Task<Result<http::Reply>> poster_svg(const Caller& caller, PlaceId place, std::optional<ZoneId> zone) const;

  // ---- officers ----

  Task<Result<Place>> approve(const Caller& caller, PlaceId place);
  // Places of the area that wait for approval. Errors: not_permitted.
  Task<Result<WaitingPlaces>> waiting(const Caller& caller) const;
  // By when they were registered. A cursor goes on with the order it was given for. Errors: not_permitted, invalid
  // (?cursor: format, other_sort).
  Task<Result<http::Page<PlaceBrief>>> search(const Caller& caller, PlaceFilter filter,
                                              std::optional<std::string> cursor, std::size_t limit) const;
  // Those of a unit, newest first, as a file without address, phone or keeper, marked with who took it out; logged.
  // Errors: not_found (the unit), not_permitted, reason_required, list_too_long.
  Task<Result<http::Reply>> take_out(const Caller& caller, UnitId unit, PlacesOut wanted) const;

  // ---- codes ----

  Task<Result<Resolved>> resolve(const Caller& caller, std::string code) const;
  // From memory alone. Errors: place_code_forged, place_code_expired, place_code_foreign, place_code_mistyped,
  // place_unknown; a closed place is answered (Spot::closed), because a scan made before the closing may arrive later.
  Result<Scanned> spot(std::string_view code) const;
  SpotPtr spot(PlaceId place, std::optional<ZoneId> zone = std::nullopt) const;  // null: unknown
  // Open, approved and not merged into another, by name, at most kPointsOfEntryMost.
  std::vector<PointOfEntry> points_of_entry(store::Session& session) const;
  Task<Result<std::vector<PointOfEntry>>> points_of_entry() const;
  // The text that the poster's QR code holds.
  Result<std::string> code_text(PlaceId place, std::optional<ZoneId> zone) const;

  // Reads what changed since the last look, if that is more than a second ago or `at_once`. Within the caller's
  // transaction, for floods and imports.
  void refresh(store::Session& session, bool at_once = false) const;
  // The same in a transaction of its own, for a code that memory does not know yet.
  Task<Result<Scanned>> spot_after_refresh(std::string code) const;

  // ---- within another's transaction ----

  // Places of a file: without keeper, status registered. A (source, external) that was there before answers
  // the same place, with the zones that are missing added; if that made more than kZonesMost, nothing but the place
  // itself is taken of this one. Answers in order; nothing: the kind is unknown. Unchecked.
  struct Imported {
    std::string source, external;
    std::string name, kind;
    UnitId unit;
    std::vector<std::string> zones;  // names
    // Filled in where nobody keeps the place and it is not said yet. The phone is E.164: whoever holds it may claim it.
    std::optional<std::string> address = std::nullopt, phone = std::nullopt;
    std::optional<std::int64_t> capacity = std::nullopt;
  };
  struct ImportedPlace {
    PlaceId id;
    std::vector<ZoneId> zones;  // as asked; 0, when `full`: it is not there, so it is somewhere in the place
    bool full = false;          // would have more than kZonesMost
  };
  std::vector<std::optional<ImportedPlace>> import_places(store::Session& session, std::span<const Imported> places);
  static std::vector<std::optional<PlaceId>> imported(store::Session& session, std::string_view source,
                                                      std::span<const std::string> externals);
  // What the source called them; places that were not imported are missing.
  static std::map<PlaceId, std::string> external_ids(store::Session& session, std::span<const PlaceId> places);
  std::map<PlaceId, PlaceName> names(std::span<const PlaceId> places) const;  // from memory

  // Zones and capacity, unchecked. Nothing: unknown.
  struct Layout {
    std::vector<Zone> zones;
    std::optional<std::int64_t> capacity;
  };
  static std::optional<Layout> layout(store::Session& session, PlaceId place);

  // Deletes registrations that nobody confirmed. To be run every few minutes.
  store::Recurring cleaning();

  // The caller keeps the place, or is an officer of its area. Errors: not_found (to citizens, also instead of
  // not_permitted).
  Result<Done> require_keeping(store::Session& session, const Caller& caller, PlaceId place) const;
  // The keeper, or the station of its commune.
  Result<Done> require_editing(store::Session& session, const Caller& caller, PlaceId place) const;

  const Kinds& kinds() const;

  struct Impl;

 private:
  std::unique_ptr<Impl> impl_;
};

void routes(http::Router& router, Places& places);

const std::vector<store::Migration>& migrations();

}  // namespace luytre::places
