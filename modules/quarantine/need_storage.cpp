#include "modules/quarantine/need_storage.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "platform/store/few.h"

namespace luytre::quarantine::storage {
namespace {

constexpr store::Query kNeed{"quarantine.need", R"sql(
  SELECT id, order_id, unit, site, kind, via, words, asked_by, at, settled
  FROM quarantine_need
  WHERE id = $1)sql"};

constexpr store::Query kNeeds{"quarantine.needs", R"sql(
  SELECT id, order_id, unit, site, kind, via, words, asked_by, at, settled
  FROM quarantine_need
  WHERE order_id = $1
  ORDER BY id DESC)sql"};

// Parameters: when it was asked for and id after which, kind, site, how many, and of a unit the unit.
store::Queries<std::pair<NeedsOf, bool>> queries() {
  store::Queries<std::pair<NeedsOf, bool>> out;
  for (const auto& [of, name, where] :
       {std::tuple(NeedsOf::kAll, "", "    AND (CAST($4 AS bigint) IS NULL OR site = $4)\n"),
        std::tuple(NeedsOf::kUnit, "_of_unit",
                   "    AND unit = $6\n    AND (CAST($4 AS bigint) IS NULL OR site = $4)\n"),
        std::tuple(NeedsOf::kSite, "_at_site", "    AND site = $4\n")})
    for (const bool descending : {false, true}) {
      const std::string turn = descending ? " DESC" : "";
      out.add({of, descending}, std::string("quarantine.open_needs") + name + (descending ? "_down" : "_up"),
              std::string("SELECT id, order_id, unit, site, kind, via, words, asked_by, at, settled\n"
                          "  FROM quarantine_need\n  WHERE settled IS NULL\n") +
                  where + "    AND (at, id) " + (descending ? "<" : ">") +
                  " ($1, $2)\n"
                  "    AND (CAST($3 AS text) IS NULL OR kind = $3)\n"
                  "  ORDER BY at" +
                  turn + ", id" + turn + "\n  LIMIT $5");
    }
  return out;
}

constexpr store::Query kOpenOfOrder{"quarantine.open_needs_of_order", R"sql(
  SELECT id, order_id, unit, site, kind, via, words, asked_by, at, settled
  FROM quarantine_need
  WHERE order_id = $1 AND settled IS NULL
  ORDER BY id)sql"};

constexpr store::Query kInsertNeed{"quarantine.insert_need", R"sql(
  INSERT INTO quarantine_need (id, order_id, unit, site, kind, via, words, asked_by, at, settled)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10))sql"};

constexpr store::Query kSettle{"quarantine.settle_need", R"sql(
  UPDATE quarantine_need
  SET settled = $2
  WHERE id = $1 AND settled IS NULL)sql"};

constexpr store::Query kSettleAll{"quarantine.settle_needs", R"sql(
  UPDATE quarantine_need
  SET settled = $2
  WHERE order_id = $1 AND settled IS NULL)sql"};

constexpr store::Query kHandOverNeed{"quarantine.hand_over_need", R"sql(
  UPDATE quarantine_need
  SET unit = $2, site = $3
  WHERE id = $1)sql"};

constexpr store::Query kDeleteNeeds{"quarantine.delete_needs", R"sql(
  DELETE FROM quarantine_need
  WHERE order_id = $1)sql"};

}  // namespace

std::optional<NeedRow> need(store::Session& session, AlertId id) {
  return session.one<NeedRow>(kNeed, id);
}

std::vector<NeedRow> needs(store::Session& session, OrderId order) {
  return session.all<NeedRow>(kNeeds, order);
}

const store::Query& open_needs_query(NeedsOf of, bool descending) {
  static const auto all = queries();
  return all.of({of, descending});
}

std::vector<NeedRow> open_needs(store::Session& session, const referrals::Reach* reach, const NeedSearch& search,
                                Cursor after, std::size_t most) {
  const NeedsOf of = !reach ? NeedsOf::kSite : reach->everywhere ? NeedsOf::kAll : NeedsOf::kUnit;
  const store::Query& query = open_needs_query(of, search.descending);
  if (of != NeedsOf::kUnit) return session.all<NeedRow>(query, after.number, after.id, search.kind, search.site, most);
  std::vector<store::Row> looks;
  for (const auto& [unit, level] : reach->units)
    looks.push_back({store::to_value(after.number), store::to_value(after.id), store::to_value(search.kind),
                     store::to_value(search.site), store::to_value(most), store::to_value(unit)});
  std::vector<NeedRow> out;
  if (looks.empty()) return out;
  for (auto& found : session.each<NeedRow>(query, looks))
    out.insert(out.end(), std::make_move_iterator(found.begin()), std::make_move_iterator(found.end()));
  std::sort(out.begin(), out.end(), [&search](const NeedRow& a, const NeedRow& b) {
    const auto [x, y] = search.descending ? std::tie(b, a) : std::tie(a, b);
    return std::pair(x.at, x.id) < std::pair(y.at, y.id);
  });
  if (out.size() > most) out.resize(most);
  return out;
}

std::vector<NeedRow> open_needs_of(store::Session& session, OrderId order) {
  return session.all<NeedRow>(kOpenOfOrder, order);
}

void insert(store::Session& session, const NeedRow& r) {
  session.run(kInsertNeed, r.id, r.order_id, r.unit, r.site, r.kind, r.via, r.words, r.asked_by, r.at, r.settled);
}

void settle(store::Session& session, AlertId id, Instant at) {
  session.run(kSettle, id, at);
}

void settle_all(store::Session& session, OrderId order, Instant at) {
  session.run(kSettleAll, order, at);
}

void hand_over_need(store::Session& session, AlertId id, UnitId unit, std::optional<SiteId> site) {
  session.run(kHandOverNeed, id, unit, site);
}

void remove_needs(store::Session& session, OrderId order) {
  session.run(kDeleteNeeds, order);
}

}  // namespace luytre::quarantine::storage
