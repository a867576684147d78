// What waits for the communes' approval.

#include <algorithm>
#include <tuple>

#include "modules/places/impl.h"
#include "modules/places/where.h"

namespace luytre::places {
namespace {

using store::Session;

const identity::Action kWaiting{"places.waiting", Purpose::kPlaceKeeping, kOfficers};

WaitingPlace view(const Places::Impl& impl, const storage::PlaceRow& row) {
  const Kind* kind = impl.kinds.find(row.kind);
  const Instant since = row.approval_ended ? std::max(row.registered, *row.approval_ended) : row.registered;
  return {row.id, row.name, row.kind, kind && kind->official, row.unit, impl.geography.path_text(row.unit), since};
}

}  // namespace

Task<Result<WaitingPlaces>> Places::waiting(const Caller& caller) const {
  const auto areas = impl_->access.areas(caller, kWaiting);
  if (areas.empty()) return refused<WaitingPlaces>(caller.account.value == 0 ? kUnauthenticated : kNotPermitted);
  return impl_->db.read([impl = impl_.get(), areas](Session& s) -> Result<WaitingPlaces> {
    const Where where = where_of(areas, std::nullopt, impl->geography);
    const auto rows =
        where.everywhere ? storage::waiting(s, kWaitingCounted) : storage::waiting_in(s, where.units, kWaitingCounted);
    WaitingPlaces out;
    out.count = static_cast<std::int64_t>(std::min(rows.size(), kWaitingCounted));
    for (const auto& row : rows) out.items.push_back(view(*impl, row));
    std::sort(out.items.begin(), out.items.end(), [](const WaitingPlace& a, const WaitingPlace& b) {
      return std::tuple(!a.official, a.since, a.id) < std::tuple(!b.official, b.since, b.id);
    });
    if (out.items.size() > kWaitingShown) out.items.resize(kWaitingShown);
    return out;
  });
}

}  // namespace luytre::places
