#include "modules/arrivals/arrivals.h"

#include "modules/arrivals/impl.h"

namespace luytre::arrivals {
namespace {

using store::Session;

constexpr std::chrono::minutes kRetentionEvery{60};

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
        auto why = identity::note(identity::LogNote::kDecidedOnArrival);
        const auto standing = impl->before_officer(s, caller, kDecide, asked.place, asked.code, std::move(why));
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
        row.own_code = standing->own_code;
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
