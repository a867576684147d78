// Where a phone was when its owner checked in, told once by the owner's own tap: compared at once with where the place
// stands, and forgotten. Kept is only that it was far.

#include "modules/visits/doubtful.h"
#include "modules/visits/impl.h"

namespace luytre::visits {
namespace {

using store::Session;

Distance distance_of(double metres, const DoubtRule& rule) {
  if (metres <= static_cast<double>(rule.near_metres)) return Distance::kNear;
  return metres <= static_cast<double>(rule.far_metres) ? Distance::kAround : Distance::kFar;
}

}  // namespace

Result<Shared> Visits::Impl::share(Session& session, const Caller& caller, VisitId visit, places::Point where) const {
  const auto row = storage::find(session, std::span(&visit, 1)).front();
  if (!row || (row->flags & storage::bit_of(Flag::kTold)) != 0) return kNotFound;
  if (!people::People::is_member(session, caller.account, row->person)) return kNotFound;
  if (clock.now() > row->entered + kShareWithin) return kTooLateToShare;
  places.refresh(session);
  const auto stated = places::stated(session, std::span(&row->place, 1));
  const auto found = stated.find(row->place);
  const auto spot = places.spot(row->place);
  const bool drives = spot && spot->kind->kind == kVehicleTrip;
  if (!settings.doubtful || drives || found == stated.end() || !found->second.back().point)
    return Shared{Distance::kUnknown};
  const double metres = kilometres(where, *found->second.back().point) * 1000;
  const Shared out{distance_of(metres, settings.doubtful->rule())};
  if (out.distance == Distance::kFar) storage::add_flag(session, *row, Flag::kFarAway);
  return out;
}

Task<Result<Shared>> Visits::share(const Caller& caller, VisitId visit, places::Point where) {
  if (caller.account.value == 0) return refused<Shared>(kUnauthenticated);
  if (!caller.full) return refused<Shared>(kSecondProofRequired);
  const bool on_earth =
      where.latitude >= -90 && where.latitude <= 90 && where.longitude >= -180 && where.longitude <= 180;
  if (!on_earth) return refused<Shared>(Error(kInvalid, std::vector<FieldError>{{"/latitude", "range", {}}}));
  return impl_->db.transact(
      [impl = impl_.get(), caller, visit, where](Session& s) { return impl->share(s, caller, visit, where); });
}

}  // namespace luytre::visits
