// SQL of needs. Every function runs in the caller's transaction.

#pragma once

#include "modules/quarantine/needs.h"
#include "modules/quarantine/site_storage.h"

namespace luytre::quarantine::storage {

struct NeedRow {
  AlertId id;
  OrderId order_id;
  UnitId unit;  // of the station that is told
  std::optional<SiteId> site;
  NeedKind kind = NeedKind::kFood;
  NeedVia via = NeedVia::kApp;
  store::Bytes words;  // sealed
  std::optional<std::string> asked_by;
  Instant at;
  std::optional<Instant> settled;
};
BOOST_DESCRIBE_STRUCT(NeedRow, (), (id, order_id, unit, site, kind, via, words, asked_by, at, settled))

std::vector<NeedRow> needs(store::Session& session, OrderId order);  // newest first
// Not settled, of orders that run; the oldest first.
std::vector<NeedRow> open_needs(store::Session& session, const referrals::Reach& reach, std::optional<SiteId> site,
                                std::size_t most);
void insert(store::Session& session, const NeedRow& row);
void settle(store::Session& session, AlertId id, Instant at);
void hand_over_need(store::Session& session, AlertId id, UnitId unit);
void remove_needs(store::Session& session, OrderId order);

}  // namespace luytre::quarantine::storage
