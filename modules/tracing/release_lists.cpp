#include "modules/tracing/release_lists.h"

#include <algorithm>
#include <tuple>
#include <unordered_set>
#include <utility>

#include "modules/tracing/impl.h"
#include "platform/base/sorted_cursor.h"
#include "platform/store/few.h"

namespace luytre::tracing {
namespace {

struct Scope {
  ReleasesOf of;
  const char *name, *only, *limit;
};
constexpr Scope kScopes[] = {{ReleasesOf::kEverywhere, "", "", "\n  LIMIT $5"},
                             {ReleasesOf::kUnit, "_of_unit", "    AND r.unit = $6\n", "\n  LIMIT $5"},
                             {ReleasesOf::kCase, "_of_case", "    AND r.case_id = $5\n", ""}};

store::Queries<std::pair<bool, ReleasesOf>> queries() {
  store::Queries<std::pair<bool, ReleasesOf>> out;
  for (const bool descending : {false, true})
    for (const Scope& scope : kScopes) {
      const std::string turn = descending ? " DESC" : "";
      out.add({descending, scope.of}, std::string("tracing.releases") + (descending ? "_down" : "_up") + scope.name,
              std::string("SELECT r.id, r.case_id, r.unit, r.state, r.people, r.needs_second, r.requested_by, "
                          "r.requested_name,\n         r.requested_at, r.decided_by, r.decided_name, r.decided_at, "
                          "r.reason, r.version\n  FROM tracing_release r\n  WHERE (r.requested_at, r.id) ") +
                  (descending ? "<" : ">") + " ($1, $2)\n" + scope.only +
                  "    AND (CAST($3 AS text) IS NULL OR r.state = $3)\n"
                  "    AND (CAST($4 AS text) IS NULL\n"
                  "         OR (SELECT c.disease FROM cases_pub_case c WHERE c.id = r.case_id) = $4)\n"
                  "  ORDER BY r.requested_at" +
                  turn + ", r.id" + turn + scope.limit);
    }
  return out;
}

// Of these areas, in one order.
std::vector<ReleaseRow> page(store::Session& session, const geography::Geography& geography,
                             const std::vector<UnitId>& areas, const ReleaseFilter& filter, bool descending,
                             Cursor after, std::size_t most) {
  if (filter.case_) {
    auto out = session.all<ReleaseRow>(release_page_query(descending, ReleasesOf::kCase), after.number, after.id,
                                       filter.state, filter.disease, *filter.case_);
    std::erase_if(out, [&](const ReleaseRow& row) { return !geography.covers(areas, row.unit); });
    if (out.size() > most) out.resize(most);
    return out;
  }
  const bool everywhere = std::any_of(areas.begin(), areas.end(), [](UnitId area) { return area.value == 0; });
  const store::Query& query = release_page_query(descending, everywhere ? ReleasesOf::kEverywhere : ReleasesOf::kUnit);
  if (everywhere) return session.all<ReleaseRow>(query, after.number, after.id, filter.state, filter.disease, most);
  std::unordered_set<UnitId> units;
  for (const UnitId area : areas)
    for (const UnitId unit : geography.covered(area)) units.insert(unit);
  std::vector<store::Row> looks;
  for (const UnitId unit : units)
    looks.push_back({store::to_value(after.number), store::to_value(after.id), store::to_value(filter.state),
                     store::to_value(filter.disease), store::to_value(most), store::to_value(unit)});
  std::vector<ReleaseRow> out;
  if (looks.empty()) return out;
  for (auto& found : session.each<ReleaseRow>(query, looks))
    std::move(found.begin(), found.end(), std::back_inserter(out));
  std::sort(out.begin(), out.end(), [descending](const ReleaseRow& a, const ReleaseRow& b) {
    const auto [x, y] = descending ? std::tie(b, a) : std::tie(a, b);
    return std::pair(x.requested_at, x.id) < std::pair(y.requested_at, y.id);
  });
  if (out.size() > most) out.resize(most);
  return out;
}

}  // namespace

const store::Query& release_page_query(bool descending, ReleasesOf of) {
  static const auto all = queries();
  return all.of({descending, of});
}

Task<Result<http::Page<Release>>> Tracing::releases(const Caller& caller, ReleaseFilter filter,
                                                    std::optional<std::string> cursor, std::size_t limit) {
  return impl_->db.read(
      [impl = impl_.get(), caller, filter, cursor, limit](store::Session& s) -> Result<http::Page<Release>> {
        const auto areas = impl->access.areas(caller, kWarn);
        if (areas.empty()) return kNotPermitted;
        const bool down = filter.order != cases::SortOrder::kAscending;
        const std::string sorted = "asked-" + json::enum_text(filter.order.value_or(cases::SortOrder::kDescending));
        const auto start = start_of(cursor, sorted, down);
        if (!start) return start.error();
        const auto rows = page(s, impl->geography, areas, filter, down, *start, limit + 1);
        http::Page<Release> out;
        for (std::size_t i = 0; i < rows.size() && i < limit; ++i) out.items.push_back(impl->view(s, caller, rows[i]));
        if (rows.size() > limit)
          out.next = end_of(sorted, {rows[limit - 1].requested_at.seconds, rows[limit - 1].id.value});
        return out;
      });
}

}  // namespace luytre::tracing
