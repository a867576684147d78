// The list of a unit's sites as a file: counts, and nobody who lies there.

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

}  // namespace

Task<Result<http::Reply>> Sites::take_out(const Caller& caller, UnitId unit, SitesOut wanted) {
  return impl_->db.transact(
      [impl = impl_.get(), caller, unit, wanted = std::move(wanted)](store::Session& s) -> Result<http::Reply> {
        const auto allowed = impl->access.require(s, caller, kTakeOutSites, {PersonId{}, unit, wanted.reason});
        if (!allowed) return allowed.error();
        const auto units = impl->geography.covered(unit);
        auto sites = storage::sites(s, units);
        if (sites.size() > kSitesOutMost)
          return Error(tracing::kListTooLong, {{"most", std::to_string(kSitesOutMost)}});
        std::sort(sites.begin(), sites.end(), [](const storage::SiteRow& a, const storage::SiteRow& b) {
          return std::tie(a.name, a.id) < std::tie(b.name, b.id);
        });
        tables::Sheet sheet;
        sheet.columns.assign(std::begin(kSiteColumns), std::end(kSiteColumns));
        for (const storage::SiteRow& row : sites) {
          const SiteBrief one = impl->brief(s, row);
          const auto* of = impl->geography.find(row.unit);
          sheet.rows.push_back({one.name, json::enum_text(one.kind), json::enum_text(one.owner), one.address,
                                of ? tables::Cell(of->code) : tables::Cell(), one.unit_name, one.beds, one.taken,
                                one.beds - one.taken, one.leaving, one.uncalled});
        }
        return identity::unit_file(
            s, impl->access, impl->geography, caller, kTakeOutSites,
            {unit, "sites", "luytre-sites-", wanted.reason, wanted.format, std::move(sheet)}, impl->now());
      });
}

}  // namespace luytre::quarantine
