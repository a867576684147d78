// What is said of an entry after it: who came along, and who was in an ambulance.

#include "modules/gates/departure_storage.h"
#include "modules/gates/impl.h"
#include "platform/base/phone.h"
#include "platform/base/text.h"

namespace luytre::gates {
namespace {

using store::Session;

// The guard may stand at another gate of the place by now.
Task<Result<Duty>> standing(Gates::Impl& impl, std::string shift, PlaceId place, Instant at) {
  return impl.db.read([&impl, shift = std::move(shift), place, at](Session& s) {
    return impl.standing(s, shift, place, std::nullopt, at);
  });
}

Task<Result<Counted>> counted(Gates::Impl& impl, PlaceId place, Task<Result<Counted>> keeping) {
  auto kept = co_await std::move(keeping);
  if (!kept) co_return kept.error();
  auto counting = impl.db.read([&impl, place](Session& s) { return impl.crowd(s, place); });
  const Crowd crowd = co_await std::move(counting);
  co_return Counted{crowd.present, crowd.capacity, visits::fill_of(crowd.present, crowd.capacity)};
}

Task<Result<Counted>> adding(Gates::Impl& impl, EntryId entry, Companions asked, std::string key) {
  if (asked.companions < 1 || asked.companions > kCompanionsMost) co_return wrong_field("/companions", "range");
  auto looking = standing(impl, std::string(asked.shift), asked.place, asked.at);
  const Result<Duty> duty = co_await std::move(looking);
  if (!duty) co_return duty.error();
  auto once = store::make_once(duty->shift, "gates.companions", key, to_text(entry) + json::text(asked));
  auto keeping = impl.db.once(std::move(once), [entry, asked](Session& s) -> Result<Counted> {
    const auto row = storage::entry(s, asked.place, entry);
    if (!row || row->how == How::kAmbulance || row->how == How::kSlip) return kNotFound;
    if (asked.at < row->entered || asked.at > row->entered + kCompanionsWithin) return kTooLateForCompanions;
    if (row->heads + asked.companions > kCompanionsMost) return wrong_field("/companions", "range");
    storage::set_heads(s, *row, row->heads + asked.companions);
    return Counted{};
  });
  auto answering = counted(impl, asked.place, std::move(keeping));
  co_return co_await std::move(answering);
}

Task<Result<Ambulance>> passing(Gates::Impl& impl, AmbulanceIn asked, std::string key) {
  auto looking = impl.db.read([&impl, shift = std::string(asked.shift), place = asked.place, zone = asked.zone,
                               at = asked.at](Session& s) { return impl.standing(s, shift, place, zone, at); });
  const Result<Duty> duty = co_await std::move(looking);
  if (!duty) co_return duty.error();
  storage::EntryRow row;
  row.place = asked.place;
  row.zone = asked.zone;
  row.guard = duty->guard;
  row.entered = asked.at;
  row.until = asked.at + std::chrono::minutes(duty->spot->kind->usual_stay_minutes);
  row.how = How::kAmbulance;
  auto once = store::make_once(duty->shift, "gates.ambulance", key, json::text(asked));
  auto keeping = impl.db.once(std::move(once), [&impl, row](Session& s) mutable -> Result<Ambulance> {
    row.id = impl.db.ids().make<EntryId>();
    row.recorded = impl.clock.now();
    storage::insert(s, row);
    return Ambulance{row.id, row.entered};
  });
  co_return co_await std::move(keeping);
}

Task<Result<Counted>> declaring(Gates::Impl& impl, EntryId entry, AmbulancePeople asked, std::string key) {
  if (asked.heads < 0 || asked.heads > kCompanionsMost) co_return wrong_field("/heads", "range");
  StoredClaim claim;
  if (asked.phone) claim.phone = normalise_phone(*asked.phone);
  if (asked.phone && !claim.phone) co_return wrong_field("/phone", "format");
  if (asked.plate && fold(*asked.plate).empty()) co_return wrong_field("/plate", "required");
  if (asked.plate) claim.papers.push_back(*asked.plate);
  auto looking = standing(impl, std::string(asked.shift), asked.place, asked.at);
  const Result<Duty> duty = co_await std::move(looking);
  if (!duty) co_return duty.error();
  auto once = store::make_once(duty->shift, "gates.ambulance_people", key, to_text(entry) + json::text(asked));
  auto keeping = impl.db.once(std::move(once), [&impl, entry, asked, claim](Session& s) -> Result<Counted> {
    const auto row = storage::entry(s, asked.place, entry);
    if (!row || row->how != How::kAmbulance) return kNotFound;
    if (row->declared) return kAmbulanceDeclared;
    std::optional<store::Bytes> sealed;
    if (claim.phone || !claim.papers.empty()) sealed = impl.seal("gates.claim", entry, json::text(claim));
    storage::declare(s, *row, asked.heads, sealed, asked.at);
    return Counted{};
  });
  auto answering = counted(impl, asked.place, std::move(keeping));
  co_return co_await std::move(answering);
}

}  // namespace

Task<Result<Counted>> Gates::add_companions(EntryId entry, Companions companions, std::string key) {
  return adding(*impl_, entry, std::move(companions), std::move(key));
}

Task<Result<Ambulance>> Gates::ambulance(AmbulanceIn passed, std::string key) {
  return passing(*impl_, std::move(passed), std::move(key));
}

Task<Result<Counted>> Gates::ambulance_people(EntryId entry, AmbulancePeople people, std::string key) {
  return declaring(*impl_, entry, std::move(people), std::move(key));
}

}  // namespace luytre::gates
