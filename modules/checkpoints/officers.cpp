// What officers of the area see: figures without a reason, passages of somebody in particular with one, logged.

#include <set>

#include "modules/checkpoints/impl.h"
#include "modules/checkpoints/plate.h"
#include "modules/people/merged.h"

namespace luytre::checkpoints {
namespace {

using store::Session;
using Impl = Checkpoints::Impl;

constexpr std::chrono::hours kDay{24};
constexpr std::int64_t kLimitMost = 600;

const identity::Action kWatch{"checkpoints.watch",
                              Purpose::kDeclarationReview,
                              {Role::kStationOfficer, Role::kDistrictOfficer, Role::kProvinceOfficer}};
const identity::Action kLimit{
    "checkpoints.limit", Purpose::kDeclarationReview, {Role::kDistrictOfficer, Role::kProvinceOfficer}};
const identity::Action kSearch{"checkpoints.search",
                               Purpose::kTracing,
                               {Role::kStationOfficer, Role::kDistrictOfficer, Role::kProvinceOfficer},
                               true};

bool covered(const Impl& impl, const std::vector<UnitId>& areas, UnitId unit) {
  return impl.geography.covers(areas, unit);
}

FoundOccupant view(const Impl& impl, Session& session, const storage::OccupantRow& row) {
  FoundOccupant out;
  out.how = row.how;
  out.person = row.person;
  out.people = row.people;
  out.decision = row.decision;
  if (row.person) {
    if (auto brief = impl.people.brief(session, *row.person)) out.name = std::move(brief->name);
  }
  if (!row.claim) return out;
  auto claim = impl.claim_of(row);
  out.name = std::move(claim.name);
  out.phone = std::move(claim.phone);
  out.papers = std::move(claim.papers);
  return out;
}

Found view(const Impl& impl, Session& session, const storage::PassageRow& row) {
  Found out;
  out.id = row.id;
  out.place = row.place;
  if (const auto spot = impl.places.spot(row.place)) out.place_name = spot->place_name;
  out.at = row.passed;
  out.direction = row.direction;
  out.vehicle = row.vehicle;
  out.plate = impl.plate_of(row);
  out.decision = row.decision;
  out.why = row.why;
  if (row.note) out.note = impl.unseal(kNoteKey, to_text(row.id), *row.note);
  out.guard = row.guard_name;
  for (const auto& occupant : storage::occupants(session, row.id))
    out.occupants.push_back(view(impl, session, occupant));
  return out;
}

}  // namespace

Task<Result<std::vector<Brief>>> Checkpoints::all(const Caller& caller) const {
  const auto areas = impl_->access.areas(caller, kWatch);
  if (areas.empty()) return refused<std::vector<Brief>>(kNotPermitted);
  return impl_->db.read([impl = impl_.get(), areas](Session& s) -> Result<std::vector<Brief>> {
    impl->places.refresh(s);
    std::vector<Brief> out;
    for (const auto& post : storage::posts(s)) {
      const auto spot = impl->places.spot(post.place);
      if (!spot || !covered(*impl, areas, post.unit)) continue;
      Brief brief;
      brief.place = post.place;
      brief.name = spot->place_name;
      brief.unit_path = impl->geography.path_text(post.unit);
      brief.on_duty = static_cast<std::int64_t>(gates::Gates::on_duty(s, post.place, impl->clock.now()).size());
      brief.day = storage::counts(s, post.place, impl->clock.now() - kDay);
      brief.open = storage::open_count(s, post.place);
      brief.queue = impl->queue(s, post.place);
      out.push_back(std::move(brief));
    }
    return out;
  });
}

Task<Result<Watch>> Checkpoints::watch(const Caller& caller, PlaceId place) const {
  const auto areas = impl_->access.areas(caller, kWatch);
  if (areas.empty()) return refused<Watch>(kNotPermitted);
  return impl_->db.read([impl = impl_.get(), areas, place](Session& s) -> Result<Watch> {
    impl->places.refresh(s);
    const auto post = storage::post(s, place);
    const auto spot = impl->places.spot(place);
    if (!post || !spot || !covered(*impl, areas, post->unit)) return kNotFound;
    Watch out;
    out.place = place;
    out.name = spot->place_name;
    out.unit_path = impl->geography.path_text(post->unit);
    out.roster = impl->roster(s, place);
    out.plan = impl->plan(s, place);
    out.hours = storage::hours(s, place, impl->clock.now() - kDay);
    for (const auto& row : storage::open(s, place, kOpenShown)) out.open.push_back(impl->open(row, false));
    out.queue = impl->queue(s, place);
    for (const auto& row : storage::handovers(s, place, kHandoversShown)) out.handovers.push_back(impl->view(row));
    return out;
  });
}

Task<Result<Queue>> Checkpoints::set_limit(const Caller& caller, PlaceId place, WaitLimit limit) {
  if (limit.minutes < 1 || limit.minutes > kLimitMost) return refused<Queue>(wrong_field("/minutes", "range"));
  if (limit.basis.empty()) return refused<Queue>(wrong_field("/basis", "required"));
  const auto areas = impl_->access.areas(caller, kLimit);
  if (areas.empty()) return refused<Queue>(kNotPermitted);
  return impl_->db.transact(
      [impl = impl_.get(), areas, by = caller.account, place, limit = std::move(limit)](Session& s) -> Result<Queue> {
        const auto post = storage::post(s, place);
        if (!post || !covered(*impl, areas, post->unit)) return kNotFound;
        storage::set_limit(s, place, limit.minutes, limit.basis, by, impl->clock.now());
        return impl->queue(s, place);
      });
}

Task<Result<std::vector<Found>>> Checkpoints::search(const Caller& caller, Search asked) const {
  using Answer = std::vector<Found>;
  const auto areas = impl_->access.areas(caller, kSearch);
  if (areas.empty()) return refused<Answer>(kNotPermitted);
  if (asked.reason.empty()) return refused<Answer>(identity::kReasonRequired);
  if (asked.plate.has_value() == asked.person.has_value()) return refused<Answer>(wrong_field("/plate", "required"));
  std::optional<std::string> plate;
  if (asked.plate) {
    plate = normalise_plate(*asked.plate);
    if (!plate) return refused<Answer>(wrong_field("/plate", "format"));
  }
  return impl_->db.transact([impl = impl_.get(), caller, areas, plate, person = asked.person,
                             reason = std::string(asked.reason)](Session& s) -> Result<Answer> {
    impl->places.refresh(s);
    const auto records = person ? people::known_as(s, *person) : std::vector<PersonId>{};
    auto rows = plate ? storage::of_plate(s, {impl->vault.blind(kPlateKey, *plate)}, kFoundMost)
                      : storage::of_persons(s, records, kFoundMost);
    std::erase_if(rows, [&](const storage::PassageRow& row) { return !covered(*impl, areas, row.unit); });
    Answer out;
    std::int64_t persons = 0;
    std::set<PersonId> told;
    std::vector<identity::Subject> shown;    // everybody whom it tells of
    for (const PersonId record : records) {  // that somebody never passed is told of them, too
      shown.push_back({record, areas.front(), reason});
      told.insert(record);
    }
    for (const auto& row : rows) {
      Found found = view(*impl, s, row);
      for (const auto& occupant : found.occupants) {
        persons += occupant.people;
        if (!occupant.person || !told.insert(*occupant.person).second) continue;
        shown.push_back({*occupant.person, row.unit, reason});
      }
      out.push_back(std::move(found));
    }
    if (auto allowed = impl->access.require_each(s, caller, kSearch, shown); !allowed) return allowed.error();
    impl->access.log_list(s, caller, kSearch, persons, (plate ? "by plate: " : "by person: ") + reason);
    return out;
  });
}

}  // namespace luytre::checkpoints
