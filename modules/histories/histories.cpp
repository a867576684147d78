#include "modules/histories/histories.h"

#include <algorithm>
#include <tuple>

namespace luytre::histories {
namespace {

constexpr std::initializer_list<Role> kOfficers{Role::kStationOfficer, Role::kDistrictOfficer, Role::kProvinceOfficer};

const identity::Action kRead{"people.history",
                             Purpose::kCaseManagement,
                             {Role::kStationOfficer, Role::kDistrictOfficer, Role::kProvinceOfficer},
                             true};

}  // namespace

Task<Result<http::Page<Moment>>> Histories::of(const Caller& caller, PersonId person, std::string reason) const {
  using Out = http::Page<Moment>;
  return db_.transact([this, caller, person, reason = std::move(reason)](store::Session& s) -> Result<Out> {
    const auto home = people_.unit_of(s, person);
    // A missing record answers as one of another area does.
    const auto allowed = access_.require(s, caller, kRead, {person, home.value_or(UnitId{}), reason});
    if (!allowed) return allowed.error();
    if (!home) return kNotFound;
    Out page;
    for (const Source& source : sources_) {
      auto told = source(s, caller, person, reason);
      if (!told) return told.error();
      page.items.insert(page.items.end(), std::make_move_iterator(told->begin()), std::make_move_iterator(told->end()));
    }
    std::stable_sort(page.items.begin(), page.items.end(), [](const Moment& a, const Moment& b) {
      return std::tuple(b.at, b.kind) < std::tuple(a.at, a.kind);
    });
    if (page.items.size() > kMost) page.items.resize(kMost);
    return page;
  });
}

void routes(http::Router& router, const Histories& histories) {
  router.post("/people/{id}/history/look")
      .summary("What is known of one person in the order of time, newest first; in the access log")
      .permit(kOfficers, Purpose::kCaseManagement)
      .errors({kNotFound, identity::kReasonRequired})
      .handle([&histories](http::Call& call, people::Look look) {
        return histories.of(call.caller(), call.id<PersonId>(), std::move(look.reason));
      });
}

}  // namespace luytre::histories
