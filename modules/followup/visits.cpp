#include "modules/followup/visits.h"

#include "modules/followup/impl.h"

namespace luytre::followup {

Task<Result<http::Page<HomeVisit>>> FollowUps::visits(const Caller& caller, Filter filter) {
  using Out = http::Page<HomeVisit>;
  if (impl_->access.areas(caller, kWork).empty()) return refused<Out>(kNotPermitted);
  filter.yours = true;
  filter.offered = filter.to_sample = false;
  return impl_->db.transact([impl = impl_.get(), caller, filter](store::Session& s) -> Result<Out> {
    Out page;
    std::vector<identity::Subject> shown;
    for (const auto& row : storage::page(s, impl->search_of(caller, filter), {}, kTakenAlong)) {
      Impl::add_shown(s, row, row.unit, identity::note(identity::LogNote::kFollowUpsTaken), shown);
      FollowUp seen = impl->view(s, caller, row);
      impl->add_contacts(s, seen, row);
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
      const auto* disease = impl->cases.diseases().find(row.disease);
      const auto* signs = disease ? disease->signs_on(impl->today()) : nullptr;
      if (signs) one.signs = signs->offered;
    }
    if (auto allowed = impl->access.require_each(s, caller, kWork, shown); !allowed) return allowed.error();
    return page;
  });
}

}  // namespace luytre::followup
