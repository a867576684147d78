#include "modules/arrivals/arrivals.h"

#include <limits>

#include "modules/arrivals/impl.h"

namespace luytre::arrivals {
namespace {

using store::Session;

constexpr const char* kNote = "arrivals.note";
constexpr std::chrono::minutes kRetentionEvery{60};
constexpr std::size_t kStep = 500;

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

// Newest first, at most kShown.
std::vector<storage::ArrivalRow> towards(const Arrivals::Impl& impl, Session& session,
                                         const std::vector<UnitId>& areas) {
  std::vector<storage::ArrivalRow> out;
  ArrivalId before{std::numeric_limits<std::int64_t>::max()};
  for (;;) {
    auto rows = storage::before(session, before, kStep);
    for (auto& row : rows) {
      before = row.id;
      const bool here = impl.geography.covers(areas, row.towards);
      if (here) out.push_back(std::move(row));
      if (out.size() == kShown) return out;
    }
    if (rows.size() < kStep) return out;
  }
}

bool is_task_of(const Arrivals::Impl& impl, const Caller& caller, const storage::ArrivalRow& row) {
  const auto level = referrals::level_of(impl.geography, caller, row.towards);
  return level && *level <= row.level;
}

}  // namespace

Arrivals::Arrivals(Needs needs) : impl_(new Impl(std::move(needs))) {}

Arrivals::~Arrivals() = default;

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

Task<Result<std::vector<VehicleQueue>>> Arrivals::vehicles(const Caller& caller) const {
  return counted(*impl_, caller);
}

Task<Result<std::vector<Coming>>> Arrivals::coming(const Caller& caller) const {
  const auto areas = impl_->access.areas(caller, kComing);
  if (areas.empty()) return refused<std::vector<Coming>>(kNotPermitted);
  return impl_->db.transact([impl = impl_.get(), caller, areas](Session& s) -> Result<std::vector<Coming>> {
    impl->places.refresh(s);
    const auto rows = towards(*impl, s, areas);
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
      one.yours = is_task_of(*impl, caller, row);
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
    if (!is_task_of(*impl, caller, *row)) return referrals::kNotEscalated;
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
