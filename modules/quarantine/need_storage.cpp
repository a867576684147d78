#include "modules/quarantine/need_storage.h"

#include <algorithm>
#include <tuple>

namespace luytre::quarantine::storage {
namespace {

constexpr store::Query kNeeds{"quarantine.needs", R"sql(
  SELECT id, order_id, unit, site, kind, via, words, asked_by, at, settled
  FROM quarantine_need
  WHERE order_id = $1
  ORDER BY id DESC)sql"};

constexpr store::Query kOpen{"quarantine.open_needs", R"sql(
  SELECT n.id, n.order_id, n.unit, n.site, n.kind, n.via, n.words, n.asked_by, n.at, n.settled
  FROM quarantine_need n
  JOIN quarantine_order o ON o.id = n.order_id
  WHERE n.settled IS NULL AND o.state = 'running' AND (n.site = $2 OR $2 = 0)
  ORDER BY n.at, n.id
  LIMIT $1)sql"};

constexpr store::Query kOpenOfUnit{"quarantine.open_needs_of_unit", R"sql(
  SELECT n.id, n.order_id, n.unit, n.site, n.kind, n.via, n.words, n.asked_by, n.at, n.settled
  FROM quarantine_need n
  JOIN quarantine_order o ON o.id = n.order_id
  WHERE n.unit = $2 AND n.settled IS NULL AND o.state = 'running' AND (n.site = $3 OR $3 = 0)
  ORDER BY n.at, n.id
  LIMIT $1)sql"};

constexpr store::Query kInsert{"quarantine.insert_need", R"sql(
  INSERT INTO quarantine_need (id, order_id, unit, site, kind, via, words, asked_by, at, settled)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10))sql"};

constexpr store::Query kSettle{"quarantine.settle_need", R"sql(
  UPDATE quarantine_need
  SET settled = $2
  WHERE id = $1 AND settled IS NULL)sql"};

constexpr store::Query kHandOver{"quarantine.hand_over_need", R"sql(
  UPDATE quarantine_need
  SET unit = $2
  WHERE id = $1)sql"};

constexpr store::Query kDelete{"quarantine.delete_needs", R"sql(
  DELETE FROM quarantine_need
  WHERE order_id = $1)sql"};

}  // namespace

std::vector<NeedRow> needs(store::Session& session, OrderId order) {
  return session.all<NeedRow>(kNeeds, order);
}

std::vector<NeedRow> open_needs(store::Session& session, const referrals::Reach& reach, std::optional<SiteId> site,
                                std::size_t most) {
  std::vector<NeedRow> out;
  const SiteId there = site.value_or(SiteId{});
  if (reach.everywhere) {
    out = session.all<NeedRow>(kOpen, most, there);
  } else {
    std::vector<store::Row> looks;
    for (const auto& [unit, level] : reach.units)
      looks.push_back({store::to_value(most), store::to_value(unit), store::to_value(there)});
    if (looks.empty()) return out;
    for (auto& found : session.each<NeedRow>(kOpenOfUnit, looks))
      out.insert(out.end(), std::make_move_iterator(found.begin()), std::make_move_iterator(found.end()));
  }
  std::sort(out.begin(), out.end(),
            [](const NeedRow& a, const NeedRow& b) { return std::tie(a.at, a.id) < std::tie(b.at, b.id); });
  if (out.size() > most) out.resize(most);
  return out;
}

void insert(store::Session& session, const NeedRow& r) {
  session.run(kInsert, r.id, r.order_id, r.unit, r.site, r.kind, r.via, r.words, r.asked_by, r.at, r.settled);
}

void settle(store::Session& session, AlertId id, Instant at) {
  session.run(kSettle, id, at);
}

void hand_over_need(store::Session& session, AlertId id, UnitId unit) {
  session.run(kHandOver, id, unit);
}

void remove_needs(store::Session& session, OrderId order) {
  session.run(kDelete, order);
}

}  // namespace luytre::quarantine::storage
