// Naming guards, and their shifts.

#include "engines/linkage/person_code.h"
#include "modules/gates/departure_storage.h"
#include "modules/gates/impl.h"
#include "modules/gates/keeper_codes.h"
#include "platform/base/phone.h"
#include "platform/base/text.h"
#include "platform/identity/codes.h"

namespace luytre::gates {
namespace {

using store::Session;

constexpr const char* kUse = "gate";  // of one-time codes
constexpr std::size_t kTokenBytes = 32, kRequestBytes = 16;

}  // namespace

bool essential(std::string_view place_kind) {
  // Pharmacies and groceries are shops.
  for (const std::string_view kind :
       {"hospital", "clinic", "vaccinationSite", "market", "supermarket", "shop", "lodging", "quarantineSite"}) {
    if (place_kind == kind) return true;
  }
  return false;
}

Gates::Gates(Needs needs) : impl_(new Impl(std::move(needs))) {}

Gates::~Gates() = default;

store::Bytes Gates::Impl::phone_index(std::string_view e164) const {
  return {vault.blind("gates.phone", e164)};
}

store::Bytes Gates::Impl::token_hash(std::string_view token) const {
  return {vault.blind("gates.shift", token)};
}

Guard Gates::Impl::view(const storage::GuardRow& row) const {
  return {row.id, row.name, mask_phone(vault.unsealed("gates.phone", to_text(row.id), row.phone.data)), row.since};
}

// ---- keepers ----

Task<Result<http::Page<Guard>>> Gates::guards(const Caller& caller, PlaceId place) const {
  return impl_->db.read([impl = impl_.get(), caller, place](Session& s) -> Result<http::Page<Guard>> {
    const auto allowed = impl->places.require_keeping(s, caller, place);
    if (!allowed) return allowed.error();
    http::Page<Guard> page;
    for (const auto& row : storage::of_place(s, place)) page.items.push_back(impl->view(row));
    return page;
  });
}

Task<Result<Guard>> Gates::name_guard(const Caller& caller, PlaceId place, NewGuard guard) {
  const auto phone = normalise_phone(guard.phone);
  if (!phone) return refused<Guard>(wrong_field("/phone", "format"));
  if (!can_receive_sms(*phone)) return refused<Guard>(identity::kNoMessages);
  if (fold(guard.name).empty()) return refused<Guard>(wrong_field("/name", "required"));
  return impl_->db.transact(
      [impl = impl_.get(), caller, place, phone = *phone, name = std::string(guard.name)](Session& s) -> Result<Guard> {
        const auto allowed = impl->places.require_keeping(s, caller, place);
        if (!allowed) return allowed.error();
        const auto there = storage::of_place(s, place);
        if (there.size() >= kGuardsMost) return Error(kTooManyGuards, {{"most", std::to_string(kGuardsMost)}});
        storage::GuardRow row;
        row.id = impl->db.ids().make<GuardId>();
        row.place = place;
        row.phone = {impl->vault.seal("gates.phone", to_text(row.id), phone)};
        row.phone_index = impl->phone_index(phone);
        row.name = name;
        row.named_by = caller.account;
        row.since = impl->clock.now();
        for (const auto& other : there) {
          if (other.phone_index == row.phone_index) return kGuardNamed;
        }
        storage::insert(s, row);
        return impl->view(row);
      });
}

Task<Result<Done>> Gates::remove_guard(const Caller& caller, PlaceId place, GuardId guard) {
  return impl_->db.transact([impl = impl_.get(), caller, place, guard](Session& s) -> Result<Done> {
    const auto allowed = impl->places.require_keeping(s, caller, place);
    if (!allowed) return allowed.error();
    if (!storage::remove(s, place, guard, impl->clock.now())) return kNotFound;
    forget_keeper_code(s, guard);
    return Done{};
  });
}

Task<Result<Done>> Gates::phone_lost(const Caller& caller, PlaceId place, GuardId guard) {
  return impl_->db.transact([impl = impl_.get(), caller, place, guard](Session& s) -> Result<Done> {
    const auto allowed = impl->places.require_keeping(s, caller, place);
    if (!allowed) return allowed.error();
    // A shift that began in this very second is out, too.
    if (!storage::forget_shifts(s, place, guard, impl->clock.now() + std::chrono::seconds(1))) return kNotFound;
    forget_keeper_code(s, guard);
    return Done{};
  });
}

// ---- shifts ----

Task<Result<CodeAsked>> Gates::ask_code(CodeAsk asked, std::string address, std::string language) const {
  const auto phone = normalise_phone(asked.phone);
  if (!phone) return refused<CodeAsked>(wrong_field("/phone", "format"));
  identity::CodeRequest request;
  request.key = {kUse, *phone, base64url(impl_->random.bytes(kRequestBytes))};
  request.address = std::move(address);
  request.language = std::move(language);
  return impl_->db.transact([impl = impl_.get(), request = std::move(request)](Session& s) -> Result<CodeAsked> {
    const auto sent = impl->codes.issue(s, request);
    if (!sent) return sent.error();
    return CodeAsked{request.key.holder, sent->expires_at, sent->retry_after_seconds};
  });
}

Task<Result<Shift>> Gates::begin(NewShift asked) {
  const auto phone = normalise_phone(asked.phone);
  if (!phone) return refused<Shift>(wrong_field("/phone", "format"));
  if (asked.hours < 1 || asked.hours > kShiftMost.count()) return refused<Shift>(wrong_field("/hours", "range"));
  using Settled = identity::Settled<Shift>;
  auto task = impl_->db.transact([impl = impl_.get(), phone = *phone, asked = std::move(asked),
                                  token = base64url(impl_->random.bytes(kTokenBytes))](Session& s) -> Settled {
    storage::ShiftRow row;
    row.phone_index = impl->phone_index(phone);
    const auto guards = storage::of_phone(s, row.phone_index);
    if (asked.request) {
      const auto good = impl->codes.check(s, {kUse, phone, *asked.request}, asked.code);
      if (!good) return {good.error()};
      if (guards.empty() && !impl->elsewhere_named(s, row.phone_index)) return {kNotAGuard};
    } else {
      const auto place = use_keeper_code(s, impl->vault, guards, asked.code, impl->clock.now());
      if (!place) return {place.error()};
      row.place = *place;
    }
    row.id = impl->db.ids().next();
    row.token_hash = impl->token_hash(token);
    row.began = impl->clock.now();
    row.ends = row.began + std::chrono::hours(asked.hours);
    storage::insert(s, row);
    return {Shift{token, row.began, row.ends}};
  });
  return identity::settle(std::move(task));
}

Task<Result<Done>> Gates::end(ShiftToken token) {
  return impl_->db.transact([impl = impl_.get(), token = std::string(token.shift)](Session& s) -> Result<Done> {
    const auto shift = storage::shift(s, impl->token_hash(token));
    if (shift) storage::end(s, shift->id, impl->clock.now());
    return Done{};
  });
}

bool Gates::Impl::elsewhere_named(Session& session, const store::Bytes& phone) const {
  return elsewhere && elsewhere(session, phone);
}

store::Bytes Gates::phone_index(std::string_view e164) const {
  return impl_->phone_index(e164);
}

Result<storage::ShiftRow> Gates::Impl::shift_of(Session& session, std::string_view token) const {
  auto shift = storage::shift(session, token_hash(token));
  if (!shift) return kShiftOver;
  return std::move(*shift);
}

Result<storage::ShiftRow> Gates::Impl::shift_at(Session& session, std::string_view token, Instant at) const {
  auto shift = shift_of(session, token);
  if (!shift) return shift.error();
  const Instant now = clock.now();
  if (at > now + visits::kClockSkew) return visits::kTimeInFuture;
  if (at < shift->began - visits::kClockSkew || at >= shift->ends + visits::kClockSkew) return kShiftOver;
  if (now > shift->ends + visits::kLatest) return kShiftOver;
  return shift;
}

Result<Bearer> Gates::bearer(Session& session, std::string_view shift, Instant at) const {
  auto row = impl_->shift_at(session, shift, at);
  if (!row) return row.error();
  if (row->place) return kShiftOver;  // a gate's keeper lets nobody into other rooms
  return Bearer{row->id, row->began, row->ends, std::move(row->phone_index)};
}

std::optional<ErrorCode> Gates::Impl::shut(const places::Spot& spot, Instant at) const {
  if (spot.closed_at && at >= *spot.closed_at) return places::kPlaceClosed;
  if (spot.kind->official && !spot.approved_at(at)) return places::kPlaceNotApproved;
  if (!decisions.in_force(command::Switch::kCheckIn, spot.unit, at)) return kNotInForce;
  return std::nullopt;
}

Result<Duty> Gates::Impl::standing(Session& session, std::string_view token, PlaceId place, std::optional<ZoneId> zone,
                                   Instant at) const {
  const auto shift = shift_at(session, token, at);
  if (!shift) return shift.error();
  for (const auto& guard : storage::of_phone(session, shift->phone_index)) {
    if (guard.place != place || shift->began < guard.since || shift->place.value_or(place) != place) continue;
    places.refresh(session);
    auto spot = places.spot(place, zone);
    if (!spot) return kNotFound;
    if (const auto why = shut(*spot, at)) return *why;
    return Duty{shift->id, shift->began, shift->ends, guard.id, guard.name, std::move(spot)};
  }
  return kNotAGuard;
}

Result<Duty> Gates::duty(Session& session, std::string_view shift, PlaceId place, Instant at) const {
  return impl_->standing(session, shift, place, std::nullopt, at);
}

std::vector<Duty> Gates::on_duty(Session& session, PlaceId place, Instant now) {
  std::vector<Duty> out;
  for (auto& row : storage::on_duty(session, place, now))
    out.push_back({row.shift, row.began, row.ends, row.guard, std::move(row.name), nullptr});
  return out;
}

Task<Result<Desk>> Gates::desk(ShiftToken token) const {
  return impl_->db.read([impl = impl_.get(), token = std::string(token.shift)](Session& s) -> Result<Desk> {
    const auto shift = impl->shift_of(s, token);
    if (!shift) return shift.error();
    if (impl->clock.now() >= shift->ends) return kShiftOver;
    Desk desk{shift->began, shift->ends, {}, {}};
    impl->places.refresh(s);
    for (const auto& guard : storage::of_phone(s, shift->phone_index)) {
      const auto spot = impl->places.spot(guard.place);
      if (shift->began < guard.since || shift->place.value_or(guard.place) != guard.place) continue;
      if (!spot || spot->closed_at) continue;
      const Crowd crowd = impl->crowd(s, guard.place);
      Gate gate{guard.place,
                spot->place_name,
                spot->kind->kind,
                {},
                essential(spot->kind->kind),
                crowd.present,
                crowd.capacity,
                visits::fill_of(crowd.present, crowd.capacity),
                {},
                {}};
      for (const auto& zone : crowd.zones) gate.zones.push_back({zone.id, zone.name, zone.entrance, zone.leaving});
      for (const auto& row :
           storage::undeclared(s, guard.place, impl->clock.now() - std::chrono::days(1), kAmbulancesMost))
        gate.ambulances.push_back({row.id, row.entered});
      if (impl->declarations && spot->approved_at(impl->clock.now()))
        gate.form = impl->declarations->asked_at(spot->unit, guard.place, spot->kind->kind == places::kPointOfEntry);
      desk.gates.push_back(std::move(gate));
    }
    if (desk.gates.empty() && (shift->place || !impl->elsewhere_named(s, shift->phone_index))) return kNotAGuard;
    for (const auto& key : impl->people.codes().keys().public_keys()) {
      if (!key.retired) desk.keys.push_back({key.id, base64url(key.key)});
    }
    return desk;
  });
}

}  // namespace luytre::gates
