// Lists of sites, page by page and as a file: counts, and nobody who lies there.

#include <algorithm>
#include <iterator>
#include <tuple>

#include "modules/quarantine/site_impl.h"
#include "modules/quarantine/sites.h"
#include "modules/tracing/contact_lists.h"
#include "platform/identity/taken_out.h"

namespace luytre::quarantine {
namespace {

const identity::Action kTakeOutSites{
    "quarantine.take_out_sites", Purpose::kCaseManagement, {Role::kDistrictOfficer, Role::kProvinceOfficer}, true};

constexpr const char* kSiteColumns[] = {"name", "kind",  "owner", "address",         "unit",          "unitName",
                                        "beds", "taken", "free",  "leavingTomorrow", "notCalledToday"};

// As they stand in a list.
void sort(std::vector<storage::SiteRow>& sites) {
  std::sort(sites.begin(), sites.end(), [](const storage::SiteRow& a, const storage::SiteRow& b) {
    return std::tie(a.name, a.id) < std::tie(b.name, b.id);
  });
}

}  // namespace

// Of all of them the names are read, of those on the page it is counted who lies there. A cursor is the last site of
// the page before.
Result<http::Page<SiteBrief>> Sites::Impl::list(store::Session& session, const Caller& caller,
                                                const std::optional<std::string>& cursor, std::size_t limit) const {
  const auto kept = access.areas(caller, kKeep);
  if (kept.empty() && access.areas(caller, kLodge).empty()) return kNotPermitted;
  const auto reach = referrals::reach(geography, caller, std::nullopt);
  std::vector<UnitId> units;
  for (const auto& [unit, level] : reach.units) units.push_back(unit);
  auto sites = reach.everywhere ? storage::all_sites(session) : storage::sites(session, units);
  for (auto& site : storage::kept_sites(session, caller.account))
    if (geography.covers(kept, site.unit)) sites.push_back(std::move(site));
  sort(sites);
  sites.erase(std::unique(sites.begin(), sites.end(), [](const auto& a, const auto& b) { return a.id == b.id; }),
              sites.end());
  auto from = sites.begin();
  if (cursor) {
    const auto last = parse_id(*cursor);
    from = std::find_if(sites.begin(), sites.end(), [&](const auto& one) { return last && one.id == SiteId{*last}; });
    if (from == sites.end()) return wrong_field("?cursor", "format");
    ++from;
  }
  const auto rest = static_cast<std::size_t>(sites.end() - from);
  const std::span<const storage::SiteRow> shown(from, std::min(limit, rest));
  http::Page<SiteBrief> page;
  page.items = briefs(session, shown);
  if (shown.size() < rest) page.next = to_text(shown.back().id);
  return page;
}

Task<Result<http::Reply>> Sites::take_out(const Caller& caller, UnitId unit, SitesOut wanted) {
  return impl_->db.transact(
      [impl = impl_.get(), caller, unit, wanted = std::move(wanted)](store::Session& s) -> Result<http::Reply> {
        const auto allowed = impl->access.require(s, caller, kTakeOutSites, {PersonId{}, unit, wanted.reason});
        if (!allowed) return allowed.error();
        const auto units = impl->geography.covered(unit);
        auto sites = storage::sites(s, units);
        if (sites.size() > kSitesOutMost)
          return Error(tracing::kListTooLong, {{"most", std::to_string(kSitesOutMost)}});
        sort(sites);
        tables::Sheet sheet;
        sheet.columns.assign(std::begin(kSiteColumns), std::end(kSiteColumns));
        for (const SiteBrief& one : impl->briefs(s, sites)) {
          const auto* of = impl->geography.find(one.unit);
          sheet.rows.push_back({one.name, json::enum_text(one.kind), json::enum_text(one.owner), one.address,
                                of ? tables::Cell(of->code) : tables::Cell(), one.unit_name, one.beds, one.taken,
                                one.beds - one.taken, one.leaving, one.uncalled});
        }
        return identity::unit_file(s, impl->access, impl->geography, caller, kTakeOutSites,
                                   {unit, "sites", "luytre-sites-", wanted.reason, wanted.format, std::move(sheet)},
                                   impl->now());
      });
}

}  // namespace luytre::quarantine
