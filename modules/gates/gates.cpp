// Letting people in and turning them back.

#include "modules/gates/gates.h"

#include "engines/linkage/card_code.h"
#include "modules/gates/impl.h"
#include "modules/gates/keeper_codes.h"
#include "modules/places/merged.h"
#include "platform/base/phone.h"

namespace luytre::gates {
namespace {

using store::Session;

constexpr std::size_t kRetentionStep = 2000;
constexpr const char* kShown = "gates.shown";

// What a repeated call is answered from. The light says something of somebody's health: it is kept sealed, by its
// number, so that its length tells nothing.
struct Kept {
  EntryId id;
  How how = How::kGroup;
  bool verified = false;
  std::optional<Light> light;  // in what earlier versions kept, as the three below
  std::int64_t present = 0;
  std::optional<std::int64_t> capacity;
  visits::Fill fill = visits::Fill::kFree;
  std::optional<std::string> sealed;  // base64url
};
BOOST_DESCRIBE_STRUCT(Kept, (), (id, how, verified, light, present, capacity, fill, sealed))

std::string sealed_light(const Vault& vault, EntryId entry, Light light) {
  return base64url(vault.seal(kShown, to_text(entry), std::to_string(static_cast<int>(light))));
}

std::optional<Light> light_in(const Vault& vault, const Kept& kept) {
  if (!kept.sealed) return kept.light;
  const std::string number = vault.unsealed(kShown, to_text(kept.id), parse_base64url(*kept.sealed).value_or(""));
  for (const Light one : {Light::kGreen, Light::kYellow, Light::kRed})
    if (number == std::to_string(static_cast<int>(one))) return one;
  throw std::runtime_error("a kept answer cannot be read");
}

Result<Reading> read(const Admission& asked, Instant now) {
  if (asked.companions < 0 || asked.companions > kCompanionsMost) return wrong_field("/companions", "range");
  if (!asked.code && !asked.phone && asked.companions == 0) return wrong_field("/companions", "range");
  return read_shown(asked.code, asked.phone, now);
}

std::int64_t heads_of(How how, std::int64_t companions) {
  return how == How::kOwnCode || how == How::kGroup ? companions : companions + 1;
}

// `route` tells the idempotency keys of guards and keepers apart.
Task<Result<Admitted>> admitting(Gates::Impl& impl, Task<Result<Duty>> looking, Admission asked, std::string key,
                                 std::string route) {
  const auto reading = read(asked, impl.clock.now());
  if (!reading) co_return reading.error();
  const Result<Duty> standing = co_await std::move(looking);
  if (!standing) co_return standing.error();

  const std::string body = json::text(asked);
  storage::EntryRow row;
  row.place = asked.place;
  row.zone = asked.zone;
  row.guard = standing->guard;
  row.entered = asked.at;
  row.until = asked.at + std::chrono::minutes(standing->spot->kind->usual_stay_minutes);
  row.how = reading->how;
  row.heads = heads_of(reading->how, asked.companions);
  Light light = Light::kYellow;
  std::optional<PersonId> person;
  bool gone = false;  // a repeat; what the first call answered is kept
  if (reading->how == How::kOwnCode) {
    visits::ShownCode shown;
    shown.person_code = std::string(*asked.code);
    shown.zone = asked.zone;
    shown.at = asked.at;
    auto once = store::make_once(standing->shift, route + "visit", key, body);
    auto recording = impl.visits.check_in_by_guard(asked.place, std::move(shown), std::move(once));
    const Result<visits::Visit> visit = co_await std::move(recording);
    gone = !visit && visit.error().code == visits::kVisitGone.code;
    if (!visit && !gone) co_return visit.error();
    if (visit) {
      row.visit = visit->id;
      person = visit->person;
      auto asking = impl.light(visit->person, standing->spot->unit);
      light = co_await std::move(asking);
    }
  }
  if (reading->how == How::kCard) {
    if (!impl.holder) co_return kCodeUnknown;
    auto looking_up = impl.holder(std::string(*asked.code), asked.at);
    const Result<PersonId> holder = co_await std::move(looking_up);
    if (!holder) co_return holder.error();
    row.person = *holder;
    person = *holder;
    auto asking = impl.light(*holder, standing->spot->unit);
    const Light theirs = co_await std::move(asking);
    if (theirs == Light::kRed) light = theirs;  // never green: look at who carries it
  }

  row.mark = impl.mark(asked.place, *reading, person);
  if (row.visit) {
    auto looking_back =
        impl.db.read([&impl, reading = *reading, person, place = row.place, at = row.entered](Session& s) {
          return left_before_heard(s, impl.marks(s, place, reading, person), at);
        });
    const std::optional<Instant> left = co_await std::move(looking_back);
    if (left) {
      auto once = store::make_once(standing->shift, route + "left", key, body);
      auto leaving = impl.visits.leave_by_guard(row.place, *person, *left, std::move(once));
      const Result<visits::Visit> ended = co_await std::move(leaving);
      if (!ended && !left_already(ended.error())) co_return ended.error();
    }
  }

  std::optional<Light> shown;
  if (standing->spot->approved_at(asked.at)) shown = light;
  auto once = store::make_once(standing->shift, route + "admit", key, body);
  auto keeping = impl.db.once(std::move(once),
                              [&impl, row = std::move(row), reading = *reading, person, shown, gone,
                               unit = standing->spot->unit](Session& s) mutable -> Result<Kept> {
                                if (gone) return visits::kVisitGone;  // undone before the first call came this far
                                row.id = impl.db.ids().make<EntryId>();
                                row.recorded = impl.clock.now();
                                if (reading.claim)
                                  row.claim = impl.seal("gates.claim", row.id, json::text(*reading.claim));
                                storage::insert(s, row);
                                if (row.how == How::kCard)
                                  s.publish({"gates.cardShown", row.id.value, row.entered, 1, unit.value});
                                meet_departures(s, impl, row, impl.marks(s, row.place, reading, person));
                                Kept out;
                                out.id = row.id;
                                out.how = row.how;
                                out.verified = row.visit.has_value();
                                if (shown) out.sealed = sealed_light(impl.vault, row.id, *shown);
                                return out;
                              });
  const Result<Kept> kept = co_await std::move(keeping);
  if (!kept) co_return kept.error();
  Admitted admitted;
  admitted.id = kept->id;
  admitted.how = kept->how;
  admitted.verified = kept->verified;
  admitted.light = light_in(impl.vault, *kept);
  // Counted apart from the write: who counts a place's visits in it conflicts with everybody who enters.
  auto counting = impl.db.read([&impl, place = asked.place](Session& s) { return impl.crowd(s, place); });
  const Crowd crowd = co_await std::move(counting);
  admitted.present = crowd.present;
  admitted.capacity = crowd.capacity;
  admitted.fill = visits::fill_of(crowd.present, crowd.capacity);
  co_return admitted;
}

Task<Result<Refused>> refusing(Gates::Impl& impl, Refusal asked, std::string key) {
  if (asked.reason == Reason::kOther && asked.note.value_or("").empty()) co_return wrong_field("/note", "required");
  auto looking = impl.db.read([&impl, shift = std::string(asked.shift), place = asked.place, zone = asked.zone,
                               at = asked.at](Session& s) { return impl.standing(s, shift, place, zone, at); });
  const Result<Duty> standing = co_await std::move(looking);
  if (!standing) co_return standing.error();
  if (asked.reason == Reason::kColour && essential(standing->spot->kind->kind)) co_return kRefusalNotAllowed;
  auto once = store::make_once(standing->shift, "gates.refuse", key, json::text(asked));
  auto keeping = impl.db.once(
      std::move(once), [&impl, asked = std::move(asked), guard = standing->guard](Session& s) -> Result<Refused> {
        storage::RefusalRow row;
        row.id = impl.db.ids().make<EntryId>();
        row.place = asked.place;
        row.zone = asked.zone;
        row.guard = guard;
        row.refused = asked.at;
        row.reason = asked.reason;
        if (asked.note && !asked.note->empty()) row.note = impl.seal("gates.refusal", row.id, *asked.note);
        row.recorded = impl.clock.now();
        storage::insert(s, row);
        return Refused{row.id};
      });
  co_return co_await std::move(keeping);
}

}  // namespace

Result<Reading> read_shown(const std::optional<Text<3000>>& code, const std::optional<Text<40>>& phone, Instant now) {
  if (code && phone) return wrong_field("/phone", "unknown");
  if (code && linkage::looks_like_card(*code)) return Reading{How::kCard, {}};
  if (code) return read_code(*code, now);
  if (!phone) return Reading{};
  const auto typed = normalise_phone(*phone);
  if (!typed) return wrong_field("/phone", "format");
  StoredClaim claim;
  claim.phone = *typed;
  return Reading{How::kPhone, std::move(claim)};
}

store::Bytes Gates::Impl::mark(PlaceId place, const Reading& reading, std::optional<PersonId> person) const {
  std::string of = to_text(place) + '\n';
  if (person) {
    of += "person " + to_text(*person);  // by code or by card: one and the same
  } else if (reading.claim) {
    of += json::text(*reading.claim);
  }
  return {vault.blind("gates.mark", of)};
}

std::vector<storage::Marked> Gates::Impl::marks(Session& session, PlaceId place, const Reading& reading,
                                                std::optional<PersonId> person) const {
  std::vector<storage::Marked> out;
  for (const PlaceId each : places::registrations(session, place)) out.push_back({each, mark(each, reading, person)});
  return out;
}

Crowd Gates::Impl::crowd(Session& session, PlaceId place) const {
  const Instant now = clock.now();
  Crowd out;
  out.present = visits::Visits::present(session, place, now);
  for (const PlaceId each : places::known_as(session, place).places) out.present += storage::heads(session, each, now);
  if (auto layout = places::Places::layout(session, place)) {
    out.capacity = layout->capacity;
    out.zones = std::move(layout->zones);
  }
  return out;
}

store::Bytes Gates::Impl::seal(std::string_view purpose, EntryId id, std::string_view plain) const {
  return {vault.seal(purpose, to_text(id), plain)};
}

Task<Result<Admitted>> Gates::admit(Admission asked, std::string key) {
  auto looking =
      impl_->db.read([impl = impl_.get(), shift = std::string(asked.shift), place = asked.place, zone = asked.zone,
                      at = asked.at](Session& s) { return impl->standing(s, shift, place, zone, at); });
  return admitting(*impl_, std::move(looking), std::move(asked), std::move(key), "gates.");
}

Task<Result<Admitted>> Gates::admit(const Caller& caller, PlaceId place, KeeperAdmission asked, std::string key) {
  auto looking =
      impl_->db.read([impl = impl_.get(), caller, place, zone = asked.zone, at = asked.at](Session& s) -> Result<Duty> {
        const auto allowed = impl->places.require_keeping(s, caller, place);
        if (!allowed) return allowed.error();
        const Instant now = impl->clock.now();
        if (at > now + visits::kClockSkew) return visits::kTimeInFuture;
        if (at < now - visits::kLatest) return visits::kTimeTooOld;
        auto spot = impl->places.spot(place, zone);
        if (!spot) return kNotFound;
        if (spot->keeper != caller.account) return kNotPermitted;
        if (const auto shut = impl->shut(*spot, at)) return *shut;
        return Duty{caller.account.value, at, at, GuardId{}, "", std::move(spot)};
      });
  Admission admission;
  admission.place = place;
  admission.zone = asked.zone;
  admission.at = asked.at;
  admission.code = std::move(asked.code);
  admission.phone = std::move(asked.phone);
  admission.companions = asked.companions;
  return admitting(*impl_, std::move(looking), std::move(admission), std::move(key), "gates.keeper_");
}

Task<Result<Refused>> Gates::refuse(Refusal refusal, std::string key) {
  return refusing(*impl_, std::move(refusal), std::move(key));
}

Task<Result<http::Page<TurnedBack>>> Gates::refusals(const Caller& caller, PlaceId place,
                                                     std::optional<std::string> cursor, std::size_t limit) const {
  const auto before = position_of(cursor);
  if (!before) return refused<http::Page<TurnedBack>>(wrong_field("?cursor", "format"));
  return impl_->db.read([impl = impl_.get(), caller, place, before = EntryId{*before},
                         limit](Session& s) -> Result<http::Page<TurnedBack>> {
    const auto allowed = impl->places.require_keeping(s, caller, place);
    if (!allowed) return allowed.error();
    auto rows = storage::refusals(s, place, before, limit + 1);
    http::Page<TurnedBack> page;
    if (rows.size() > limit) {
      rows.resize(limit);
      page.next = to_text(rows.back().id);
    }
    for (auto& row : rows) {
      TurnedBack item{row.id, row.zone, row.refused, row.reason, {}, std::move(row.guard)};
      if (row.note) item.note = impl->vault.unsealed("gates.refusal", to_text(row.id), row.note->data);
      page.items.push_back(std::move(item));
    }
    return page;
  });
}

store::Recurring Gates::retention() const {
  return {
      "gates.retention", std::chrono::minutes(5), [impl = impl_.get()](Session& s) {
        const Instant now = impl->clock.now();
        clean_keeper_codes(s, now);
        storage::Proof proof = storage::remove_older(s, now - kKept, kRetentionStep);
        if (proof.entries + proof.refusals + proof.shifts + proof.guards + proof.departures + proof.declarations == 0)
          return;
        proof.id = impl->db.ids().next();
        proof.at = now;
        proof.rule = "gates: 28 days";
        storage::insert(s, proof);
      }};
}

}  // namespace luytre::gates
