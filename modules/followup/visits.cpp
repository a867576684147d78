#include "modules/followup/visits.h"

#include "modules/followup/impl.h"

namespace luytre::followup {

Task<Result<http::Page<HomeVisit>>> FollowUps::visits(const Caller& caller, Filter filter) {
  using Out = http::Page<HomeVisit>;
  if (impl_->access.areas(caller, kWork).empty()) return refused<Out>(kNotPermitted);
  filter.yours = true;
  filter.offered = filter.to_sample = false;
  return impl_->db.transact(
      [impl = impl_.get(), caller, filter](store::Session& s) { return impl->visits(s, caller, filter); });
}

Result<http::Page<HomeVisit>> FollowUps::Impl::visits(store::Session& session, const Caller& caller,
                                                      const Filter& filter) const {
  const auto groups = storage::with_joined(session, storage::page(session, search_of(caller, filter), {}, kTakenAlong));
  std::vector<identity::Subject> shown;
  for (const storage::Group& one : groups)
    add_shown(one, one.row.unit, identity::note(identity::LogNote::kFollowUpsTaken), shown);
  auto all = views(session, caller, groups);
  add_contacts(session, all, groups);
  http::Page<HomeVisit> page;
  for (FollowUp& seen : all) {
    HomeVisit& one = page.items.emplace_back();
    one.id = seen.id;
    one.name = std::move(seen.person.name);
    one.birth_year = seen.person.birth_year;
    one.sex = seen.person.sex;
    one.unit_name = std::move(seen.unit_name);
    if (seen.contact) {
      one.address = std::move(seen.contact->address);
      one.phones = std::move(seen.contact->phones);
    }
    one.first_day = seen.first_day;
    one.last_day = seen.last_day;
    one.days = std::move(seen.days);
    const auto* disease = cases.diseases().find(seen.disease);
    const auto* signs = disease ? disease->signs_on(today()) : nullptr;
    if (signs) one.signs = signs->offered;
  }
  if (auto allowed = access.require_each(session, caller, kWork, shown); !allowed) return allowed.error();
  return page;
}

}  // namespace luytre::followup
