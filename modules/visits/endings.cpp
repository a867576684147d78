// Everybody leaves at once: a vehicle has come to its end.

#include "modules/visits/impl.h"
#include "modules/visits/ledger.h"

namespace luytre::visits {

std::int64_t Visits::end_all(store::Session& session, PlaceId place, Interval when) const {
  // Cut short is who checked in elsewhere before: there they were, and not here to the end.
  auto open = storage::estimated_at(session, place, when);
  std::erase_if(open, [&](const auto& row) {
    const bool told = (row.flags & storage::bit_of(Flag::kTold)) != 0;
    return told || (row.departed < row.expected && row.departed <= when.to);
  });
  Ledger ledger(session, impl_->clock.now());
  for (const auto& row : open) ledger.want(row.person, row.entered);
  ledger.fetch();
  for (const auto& row : open) ledger.check_out(row.person, row.id, when.to);
  ledger.write();
  return static_cast<std::int64_t>(open.size());
}

}  // namespace luytre::visits
