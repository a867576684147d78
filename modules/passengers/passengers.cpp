#include "modules/passengers/passengers.h"

#include <algorithm>
#include <map>

#include "engines/linkage/paper.h"
#include "modules/passengers/lines.h"
#include "modules/passengers/storage.h"
#include "platform/base/text.h"

namespace luytre::passengers {
namespace {

constexpr std::string_view kSealed = "passengers.content";
constexpr std::chrono::minutes kRetentionEvery{60};

const identity::Action kRead{"passengers.read",
                             Purpose::kDeclarationReview,
                             {Role::kStationOfficer, Role::kDistrictOfficer, Role::kProvinceOfficer},
                             true};
const identity::Action kCount{"passengers.count",
                              Purpose::kDeclarationReview,
                              {Role::kStationOfficer, Role::kDistrictOfficer, Role::kProvinceOfficer}};

// Bound to its seat: a sealed line moved to another does not open.
std::string context(PlaceId place, Instant departure, std::string_view seat) {
  return to_text(place) + ' ' + to_text(departure) + ' ' + std::string(seat);
}

Passenger unseal(const Vault& vault, const std::string& context, const store::Bytes& content) {
  auto out = json::parse<Passenger>(vault.unsealed(kSealed, context, content.data));
  if (!out) throw std::runtime_error("a passenger's line cannot be read");
  return std::move(*out);
}

Passenger unseal(const Vault& vault, const storage::SeatRow& row) {
  return unseal(vault, context(row.place, row.departure, row.seat), row.content);
}

ListLine shown(Passenger one, std::optional<Instant> taken_off = {}) {
  return {std::move(one.seat),  std::move(one.name),  one.birth_year,
          std::move(one.phone), std::move(one.paper), taken_off};
}

}  // namespace

// What a list says, before the database is asked.
struct Passengers::Checked {
  std::vector<Line> lines;
};

Passengers::Passengers(store::Database& db, const places::Places& places, const command::Decisions& decisions,
                       const geography::Geography& geography, const identity::Access& access, const Vault& vault,
                       Settings settings)
    : db_(db),
      places_(places),
      decisions_(decisions),
      geography_(geography),
      access_(access),
      vault_(vault),
      settings_(settings) {}

Result<Passengers::Checked> Passengers::checked(const List& list) const {
  const Instant now = db_.clock().now();
  std::vector<FieldError> wrong;
  if (list.departure < now - kLatest) wrong.push_back({"?departure", "too_early", {}});
  if (list.departure > now + kAhead) wrong.push_back({"?departure", "too_late", {}});
  if (!geography_.find(list.towards)) wrong.push_back({"?towards", "unknown", {}});
  if (!wrong.empty()) return Error(kInvalid, std::move(wrong));
  auto lines = read_lines(list.bytes, year_of(local_date(now)));
  if (!lines) return lines.error();
  return Checked{std::move(*lines)};
}

Report Passengers::record(store::Session& session, AccountId by, const List& list, const Checked& checked,
                          UnitId unit) const {
  std::map<std::string, storage::SeatRow, std::less<>> before;
  for (auto& row : storage::seats(session, list.place, list.departure)) before.emplace(row.seat, std::move(row));
  Report out;
  out.place = list.place;
  out.departure = list.departure;
  std::vector<storage::SeatRow> rows;
  std::vector<storage::KeyRow> keys;
  const Instant now = db_.clock().now();
  for (const Line& line : checked.lines) {
    LineResult& result = out.lines.emplace_back(line.result);
    if (!line.passenger) {
      ++out.refused;
      continue;
    }
    const Passenger& one = *line.passenger;
    const std::string plain = json::text(one);
    if (const auto old = before.find(one.seat); old != before.end()) {
      if (json::text(unseal(vault_, old->second)) == plain && old->second.towards == list.towards) {
        result.state = LineState::kSame;
        ++out.same;
        continue;
      }
      storage::remove(session, list.place, list.departure, one.seat);
      result.state = LineState::kChanged;
      ++out.changed;
    } else {
      ++out.taken;
    }
    rows.push_back({list.place,
                    list.departure,
                    one.seat,
                    unit,
                    list.towards,
                    now,
                    by,
                    {vault_.seal(kSealed, context(list.place, list.departure, one.seat), plain)}});
    const auto in_list = [](const std::optional<std::string>& text) {
      return text ? std::vector{*text} : std::vector<std::string>{};
    };
    for (auto& key : keys_of(in_list(one.phone), in_list(one.paper)))
      keys.push_back({std::move(key), list.place, list.departure, one.seat, now});
  }
  storage::insert(session, rows);
  storage::insert(session, keys);
  if (!rows.empty()) session.publish({"passengers.listed", list.place.value, now, 1, list.towards.value});
  return out;
}

bool Passengers::asked_for(const List& list, UnitId leaves) const {
  const auto on = [&](UnitId unit, command::Direction direction) {
    if (decisions_.in_force(command::Switch::kDeclarations, unit, list.departure)) return true;
    return std::any_of(settings_.forms.begin(), settings_.forms.end(), [&](const std::string& form) {
      return decisions_.form_in_force(form, true, unit, list.departure, {"", direction, list.place}).has_value();
    });
  };
  return on(leaves, command::Direction::kLeaving) || on(list.towards, command::Direction::kArriving);
}

Result<places::SpotPtr> Passengers::kept(const Caller& caller, PlaceId place) const {
  if (caller.account.value == 0) return kUnauthenticated;
  if (!caller.full) return kSecondProofRequired;
  auto spot = places_.spot(place);
  if (!spot) return kNotFound;
  if (spot->keeper != caller.account) return kNotPermitted;
  if (!spot->kind || spot->kind->kind != kTrip) return kNotATrip;
  return spot;
}

Task<Result<Report>> Passengers::list(const Caller& caller, List list, std::optional<store::Once> once) {
  const auto kept = this->kept(caller, list.place);
  if (!kept) return refused<Report>(kept.error());
  const places::SpotPtr& spot = *kept;
  if (spot->closed_at && *spot->closed_at <= list.departure) return refused<Report>(places::kPlaceClosed);
  auto checked = this->checked(list);
  if (!checked) return refused<Report>(checked.error());
  if (!settings_.study && !asked_for(list, spot->unit)) return refused<Report>(kNotInForce);
  auto write = [this, by = caller.account, unit = spot->unit, list = std::move(list), checked = std::move(*checked)](
                   store::Session& s) -> Result<Report> { return record(s, by, list, checked, unit); };
  if (once) return db_.once(std::move(*once), std::move(write));
  return db_.transact(std::move(write));
}

Task<Result<TakenOff>> Passengers::take_off(const Caller& caller, PlaceId place, TakeOff seat,
                                            std::optional<store::Once> once) const {
  const auto spot = kept(caller, place);
  if (!spot) return refused<TakenOff>(spot.error());
  const Instant now = db_.clock().now();
  if (seat.departure < now - kLatest) return refused<TakenOff>(wrong_field("/departure", "too_early"));
  auto write = [this, by = caller.account, place, seat = std::move(seat), now](store::Session& s) -> Result<TakenOff> {
    const auto row = storage::find_seat(s, place, seat.departure, seat.seat);
    if (!row) return wrong_field("/seat", "unknown");
    storage::take_off(s, db_.ids(), *row, now, by);
    s.publish({"passengers.listed", place.value, now, 1, row->towards.value});
    return TakenOff{seat.departure, row->seat, now};
  };
  if (once) return db_.once(std::move(*once), std::move(write));
  return db_.transact(std::move(write));
}

bool Passengers::seen_from(const std::vector<UnitId>& areas, UnitId unit, UnitId towards) const {
  return geography_.covers(areas, unit) || geography_.covers(areas, towards);
}

Task<Result<std::vector<Trip>>> Passengers::trips_of(const Caller& caller, PlaceId place) const {
  if (caller.account.value == 0) return refused<std::vector<Trip>>(kUnauthenticated);
  if (!caller.full) return refused<std::vector<Trip>>(kSecondProofRequired);
  const auto spot = places_.spot(place);
  if (!spot) return refused<std::vector<Trip>>(kNotFound);
  if (spot->keeper != caller.account) return refused<std::vector<Trip>>(kNotPermitted);
  return db_.read([this, place, name = spot->place_name](store::Session& s) -> Result<std::vector<Trip>> {
    std::vector<Trip> out;
    for (const auto& row : storage::trips(s, place, kTripsShown))
      out.push_back({place, name, row.departure, row.towards, geography_.path_text(row.towards), row.seats});
    return out;
  });
}

Task<Result<std::vector<Trip>>> Passengers::trips_here(const Caller& caller) const {
  const auto areas = access_.areas(caller, kCount);
  if (areas.empty()) return refused<std::vector<Trip>>(kNotPermitted);
  return db_.read([this, areas](store::Session& s) -> Result<std::vector<Trip>> {
    places_.refresh(s);
    std::vector<Trip> out;
    storage::each_trip(s, [&](const storage::TripRow& row) {
      if (!seen_from(areas, row.unit, row.towards)) return true;
      const auto spot = places_.spot(row.place);
      out.push_back({row.place, spot ? spot->place_name : "", row.departure, row.towards,
                     geography_.path_text(row.towards), row.seats});
      return out.size() < kTripsShown;
    });
    return out;
  });
}

Task<Result<std::vector<ListLine>>> Passengers::of_trip(const Caller& caller, PlaceId place, Instant departure,
                                                        std::string reason) const {
  const auto areas = access_.areas(caller, kRead);
  if (areas.empty()) return refused<std::vector<ListLine>>(kNotPermitted);
  if (reason.empty()) return refused<std::vector<ListLine>>(identity::kReasonRequired);
  return db_.transact([this, caller, place, departure, reason = std::move(reason),
                       areas](store::Session& s) -> Result<std::vector<ListLine>> {
    std::vector<ListLine> out;
    for (const auto& row : storage::seats(s, place, departure))
      if (seen_from(areas, row.unit, row.towards)) out.push_back(shown(unseal(vault_, row)));
    for (const auto& row : storage::taken_off(s, place, departure))
      if (seen_from(areas, row.unit, row.towards))
        out.push_back(shown(unseal(vault_, context(place, departure, row.seat), row.content), row.taken_off));
    if (out.empty()) return kNotFound;  // also of a list that lies elsewhere
    access_.log_list(s, caller, kRead, static_cast<std::int64_t>(out.size()),
                     "trip " + to_text(place) + ' ' + to_text(departure) + ": " + reason);
    return out;
  });
}

std::vector<Passengers::Boarded> Passengers::boarded(store::Session& session, PlaceId place, Instant departure) const {
  std::vector<Boarded> out;
  for (const auto& row : storage::seats(session, place, departure))
    out.push_back({row.unit, row.towards, unseal(vault_, row)});
  return out;
}

std::vector<store::Bytes> Passengers::keys_of(const std::vector<std::string>& phones,
                                              const std::vector<std::string>& papers) const {
  std::vector<store::Bytes> out;
  for (const auto& phone : phones) out.push_back({vault_.blind("passengers.phone", phone)});
  for (const auto& paper : papers)
    for (const auto& key : linkage::paper_keys(paper)) out.push_back({vault_.blind("passengers.paper", key)});
  return out;
}

std::vector<Listed> Passengers::listed(store::Session& session, const Known& known, Interval when) const {
  const auto shares_paper = [&](const Passenger& one) {
    if (!one.paper) return false;
    const auto keys = linkage::paper_keys(*one.paper);
    return std::any_of(known.papers.begin(), known.papers.end(), [&](const std::string& paper) {
      const auto own = linkage::paper_keys(paper);
      return std::find_first_of(own.begin(), own.end(), keys.begin(), keys.end()) != own.end();
    });
  };
  const auto same_person = [&](const Passenger& one) {
    return fold(one.name) == fold(known.name) && one.birth_year == known.birth_year;
  };
  std::vector<Listed> out;
  for (const auto& row : storage::with_keys(session, keys_of(known.phones, known.papers), when.from, when.to)) {
    const Passenger one = unseal(vault_, row);
    if (shares_paper(one) || same_person(one))
      out.push_back({row.place, row.departure, row.unit, row.towards, row.seat});
  }
  return out;
}

std::vector<Departure> Passengers::departures(store::Session& session, Interval when) {
  return storage::departures(session, when);
}

std::vector<Told> Passengers::told_at(store::Session& session, PlaceId place, Instant recorded) const {
  std::vector<Told> out;
  for (const auto& row : storage::told_at(session, place, recorded))
    out.push_back({row.departure, unseal(vault_, row)});
  return out;
}

store::Recurring Passengers::retention() const {
  const auto run = [this](store::Session& s) {
    if (settings_.study) return;
    const Instant now = db_.clock().now();
    storage::retain(s, db_.ids(), now, now - kKept);
  };
  return {"passengers.retention", kRetentionEvery, run};
}

}  // namespace luytre::passengers
