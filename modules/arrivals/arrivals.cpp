#include "modules/arrivals/arrivals.h"

#include <limits>

#include "engines/linkage/person_code.h"
#include "modules/arrivals/storage.h"

namespace luytre::arrivals {
namespace {

using store::Session;

constexpr const char* kNote = "arrivals.note";
constexpr std::chrono::minutes kRetentionEvery{60};
constexpr std::size_t kStep = 500;

const identity::Action kDesk{"arrivals.desk",
                             Purpose::kDeclarationReview,
                             {Role::kStationOfficer, Role::kDistrictOfficer, Role::kProvinceOfficer},
                             true};
const identity::Action kDecide{"arrivals.decide",
                               Purpose::kDeclarationReview,
                               {Role::kStationOfficer, Role::kDistrictOfficer, Role::kProvinceOfficer}};
const identity::Action kComing{
    "arrivals.coming", Purpose::kFollowUp, {Role::kStationOfficer, Role::kDistrictOfficer, Role::kProvinceOfficer}};

std::chrono::minutes within(Outcome outcome) {
  switch (outcome) {
    case Outcome::kQuarantine:
      return referrals::kIsolatedWithin;
    case Outcome::kExamine:
      return referrals::kTestedWithin;
    case Outcome::kPass:
      return kPassedWithin;
  }
  return kPassedWithin;
}

// Who stands before the officer, and where.
struct Standing {
  PersonId person;
  places::SpotPtr spot;
};

}  // namespace

struct Arrivals::Impl : Needs {
  explicit Impl(Needs needs) : Needs(std::move(needs)) {}

  // Open, switched on, and the code is good now. Says nothing of what the caller may.
  Result<Standing> standing(Session& session, PlaceId place, std::string_view code) const {
    places.refresh(session);
    auto spot = places.spot(place);
    if (!spot) return kNotFound;
    const Instant now = db.clock().now();
    if (spot->closed_at && *spot->closed_at <= now) return places::kPlaceClosed;
    const auto* form = declarations.catalogue().in_force(kForm, local_date(now));
    const auto asked = form ? declarations::asked_of(form->form, place) : command::Asked{};
    if (!form || !decisions.form_in_force(kForm, form->form.own_decision, spot->unit, now, asked)) return kNotInForce;
    const auto read = people.codes().read(code, now);
    if (const auto* fault = std::get_if<linkage::CodeFault>(&read)) {
      if (*fault == linkage::CodeFault::kExpired) return people::kPersonCodeExpired;
      if (*fault == linkage::CodeFault::kForged) return people::kPersonCodeForged;
      return people::kCodeForeign;
    }
    return Standing{PersonId{std::get<std::int64_t>(read)}, std::move(spot)};
  }

  // Newest first, at most kShown.
  std::vector<storage::ArrivalRow> towards(Session& session, const std::vector<UnitId>& areas) const {
    std::vector<storage::ArrivalRow> out;
    ArrivalId before{std::numeric_limits<std::int64_t>::max()};
    for (;;) {
      auto rows = storage::before(session, before, kStep);
      for (auto& row : rows) {
        before = row.id;
        const bool here = geography.covers(areas, row.towards);
        if (here) out.push_back(std::move(row));
        if (out.size() == kShown) return out;
      }
      if (rows.size() < kStep) return out;
    }
  }

  bool is_task_of(const Caller& caller, const storage::ArrivalRow& row) const {
    const auto level = referrals::level_of(geography, caller, row.towards);
    return level && *level <= row.level;
  }

  // As standing(), for an officer who may act there; in the traveller's access log.
  Result<Standing> before_officer(Session& session, const Caller& caller, const identity::Action& action, PlaceId place,
                                  std::string_view code, std::string reason) const {
    if (access.areas(caller, action).empty()) return kNotPermitted;
    auto out = standing(session, place, code);
    if (!out) return out.error();
    const auto allowed = access.require(session, caller, action, {out->person, out->spot->unit, std::move(reason)});
    if (!allowed) return allowed.error();
    return out;
  }
};

Arrivals::Arrivals(Needs needs) : impl_(new Impl(std::move(needs))) {}

Arrivals::~Arrivals() = default;

Task<Result<Traveller>> Arrivals::look(const Caller& caller, Look asked) const {
  if (asked.reason.empty()) return refused<Traveller>(identity::kReasonRequired);
  return impl_->db.transact([impl = impl_.get(), caller, asked = std::move(asked)](Session& s) -> Result<Traveller> {
    const auto standing = impl->before_officer(s, caller, kDesk, asked.place, asked.code, asked.reason);
    if (!standing) return standing.error();
    const auto brief = impl->people.brief(s, standing->person);
    if (!brief) return kNotFound;
    return Traveller{*brief, impl->declarations.newest(s, standing->person, kForm)};
  });
}

Task<Result<Decided>> Arrivals::decide(const Caller& caller, NewArrival asked, std::string key) {
  if (!impl_->geography.find(asked.towards)) return refused<Decided>(wrong_field("/towards", "unknown"));
  if (asked.vehicle.has_value() != asked.departure.has_value())
    return refused<Decided>(wrong_field("/departure", "contradiction"));
  auto once = store::make_once(caller.account.value, "arrivals.decide", key, json::text(asked));
  return impl_->db.once(
      std::move(once), [impl = impl_.get(), caller, asked = std::move(asked)](Session& s) -> Result<Decided> {
        const auto standing = impl->before_officer(s, caller, kDecide, asked.place, asked.code, "decided on arrival");
        if (!standing) return standing.error();
        storage::ArrivalRow row;
        row.id = impl->db.ids().make<ArrivalId>();
        row.person = standing->person;
        row.place = asked.place;
        row.unit = standing->spot->unit;
        row.towards = asked.towards;
        row.decided = impl->db.clock().now();
        row.outcome = asked.outcome;
        if (const auto told = impl->declarations.newest(s, row.person, kForm)) row.declaration = told->id;
        row.vehicle = asked.vehicle;
        row.departure = asked.departure;
        if (asked.note && !asked.note->empty())
          row.note = store::Bytes{impl->vault.seal(kNote, to_text(row.id), *asked.note)};
        row.decided_by = caller.account;
        row.within_minutes = within(asked.outcome).count();
        row.due_at = row.decided + within(asked.outcome);
        row.base = row.level = referrals::base_of(impl->geography, asked.towards);
        storage::insert(s, row);
        s.publish({"arrivals.decided", row.id.value, row.decided, 1, row.towards.value});
        return Decided{row.id, row.outcome};
      });
}

namespace {

// What is corrected, as the traveller's newest declaration on entry.
struct Corrected {
  PersonId person;
  UnitId unit;
  declarations::NewDeclaration declaration;
};

Task<Result<declarations::Declaration>> correcting(Arrivals::Impl& impl, Caller caller, Correction asked,
                                                   std::string key) {
  auto once = store::make_once(caller.account.value, "arrivals.correct", key, json::text(asked));
  auto reading = impl.db.read([&impl, caller, asked = std::move(asked)](Session& s) -> Result<Corrected> {
    if (impl.access.areas(caller, kDesk).empty()) return kNotPermitted;
    const auto standing = impl.standing(s, asked.place, asked.code);
    if (!standing) return standing.error();
    const auto before = impl.declarations.newest(s, standing->person, kForm);
    if (!before) return kNotFound;
    if (before->id != asked.declaration) return declarations::kDeclarationReplaced;
    Corrected out{standing->person, standing->spot->unit, {}};
    out.declaration.form = before->form;
    out.declaration.version = before->form_version;
    out.declaration.person = standing->person;
    out.declaration.at = before->at;
    out.declaration.response = asked.response;
    out.declaration.corrects = before->id;
    return out;
  });
  Result<Corrected> corrected = co_await std::move(reading);
  if (!corrected) co_return corrected.error();
  auto sending =
      impl.declarations.correct_shown(caller, std::move(corrected->declaration), corrected->unit, std::move(once));
  co_return co_await std::move(sending);
}

Task<Result<std::vector<VehicleQueue>>> counted(const Arrivals::Impl& impl, Caller caller) {
  auto asking = impl.passengers.trips_here(caller);
  auto trips = co_await std::move(asking);
  if (!trips) co_return trips.error();
  auto counting = impl.db.read([trips = std::move(*trips)](Session& s) {
    std::vector<VehicleQueue> out;
    for (const auto& trip : trips)
      out.push_back({trip.place, trip.place_name, trip.departure, trip.towards_name, trip.seats,
                     storage::decided(s, trip.place, trip.departure)});
    return out;
  });
  std::vector<VehicleQueue> out = co_await std::move(counting);
  co_return out;
}

}  // namespace

Task<Result<declarations::Declaration>> Arrivals::correct(const Caller& caller, Correction correction,
                                                          std::string key) {
  return correcting(*impl_, caller, std::move(correction), std::move(key));
}

Task<Result<std::vector<VehicleQueue>>> Arrivals::vehicles(const Caller& caller) const {
  return counted(*impl_, caller);
}

Task<Result<std::vector<Coming>>> Arrivals::coming(const Caller& caller) const {
  const auto areas = impl_->access.areas(caller, kComing);
  if (areas.empty()) return refused<std::vector<Coming>>(kNotPermitted);
  return impl_->db.transact([impl = impl_.get(), caller, areas](Session& s) -> Result<std::vector<Coming>> {
    impl->places.refresh(s);
    const auto rows = impl->towards(s, areas);
    std::vector<Coming> out;
    for (const auto& row : rows) {
      const auto allowed = impl->access.require(s, caller, kComing, {row.person, row.towards, "list of arrivals"});
      if (!allowed) return allowed.error();
      Coming one;
      one.id = row.id;
      if (auto brief = impl->people.brief(s, row.person)) one.person = std::move(*brief);
      if (const auto spot = impl->places.spot(row.place)) one.place_name = spot->place_name;
      one.at = row.decided;
      one.outcome = row.outcome;
      one.towards = row.towards;
      one.towards_name = impl->geography.path_text(row.towards);
      if (row.note) one.note = impl->vault.unsealed(kNote, to_text(row.id), row.note->data);
      one.declaration = row.declaration;
      one.acknowledged_at = row.acknowledged;
      one.due_at = row.due_at;
      one.level = static_cast<referrals::Level>(row.level);
      one.escalated = row.due_at && row.level > row.base;
      one.yours = impl->is_task_of(caller, row);
      one.overdue = !row.acknowledged && row.due_at && *row.due_at <= impl->db.clock().now();
      out.push_back(std::move(one));
    }
    return out;
  });
}

Task<Result<Done>> Arrivals::acknowledge(const Caller& caller, ArrivalId id) {
  return impl_->db.transact([impl = impl_.get(), caller, id](Session& s) -> Result<Done> {
    const auto row = storage::find(s, id);
    if (!row) return kNotFound;
    const auto allowed = impl->access.require(s, caller, kComing, {row->person, row->towards, "acknowledged"});
    if (!allowed) return allowed.error();
    if (!impl->is_task_of(caller, *row)) return referrals::kNotEscalated;
    const Instant now = impl->db.clock().now();
    if (storage::acknowledge(s, id, caller.account, now))
      s.publish({"arrivals.acknowledged", id.value, now, 2, row->towards.value});
    return Done{};
  });
}

store::Recurring Arrivals::escalate() const {
  return {"arrivals.escalate", referrals::kEscalateEvery, [impl = impl_.get()](Session& s) {
            const Instant now = impl->db.clock().now();
            for (auto& row : storage::late(s, now, referrals::kEscalateMost)) {
              referrals::climb(row, now);
              storage::lift(s, row);
              s.publish({"arrivals.escalated", row.id.value, now, row.level, row.towards.value});
            }
          }};
}

store::Recurring Arrivals::retention() const {
  return {"arrivals.retention", kRetentionEvery, [impl = impl_.get()](Session& s) {
            const Instant now = impl->db.clock().now();
            storage::retain(s, impl->db.ids(), now, now - kKept);
          }};
}

}  // namespace luytre::arrivals
