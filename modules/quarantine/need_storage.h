// SQL of needs. Every function runs in the caller's transaction.

#pragma once

#include "modules/quarantine/needs.h"
#include "modules/quarantine/site_storage.h"
#include "platform/base/cursor.h"

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

std::optional<NeedRow> need(store::Session& session, AlertId id);
std::vector<NeedRow> needs(store::Session& session, OrderId order);  // newest first
struct NeedSearch {
  std::optional<SiteId> site;
  std::optional<NeedKind> kind;
  bool descending = false;
};
// Not settled, by when they were asked for. Without a reach: all at the site.
std::vector<NeedRow> open_needs(store::Session& session, const referrals::Reach* reach, const NeedSearch& search,
                                Cursor after, std::size_t most);
// For tests: how a page is read.
enum class NeedsOf { kAll, kUnit, kSite };
const store::Query& open_needs_query(NeedsOf of, bool descending);
std::vector<NeedRow> open_needs_of(store::Session& session, OrderId order);
void insert(store::Session& session, const NeedRow& row);
void settle(store::Session& session, AlertId id, Instant at);
void settle_all(store::Session& session, OrderId order, Instant at);  // that are not yet
void hand_over_need(store::Session& session, AlertId id, UnitId unit, std::optional<SiteId> site);
void remove_needs(store::Session& session, OrderId order);

}  // namespace luytre::quarantine::storage
