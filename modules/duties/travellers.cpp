// Who of an area came through an epidemic area and has not declared.

#include <algorithm>
#include <set>

#include "modules/duties/impl.h"

namespace luytre::duties {
namespace {

using store::Session;

constexpr std::chrono::hours kLookedAtEvery{6};  // decisions are made for days

// Units that were epidemic areas at some time of the interval. Whether one was at the time of a journey is judged with
// the journey.
std::vector<UnitId> once_epidemic(const Duties::Impl& impl, const Rule& rule, Interval when) {
  std::set<UnitId> areas;
  const auto add = [&](Instant at) {
    for (const UnitId area : impl.epidemic_areas(rule.disease, at)) areas.insert(area);
  };
  for (Instant at = when.from; at < when.to; at = at + kLookedAtEvery) add(at);
  add(when.to);
  std::set<UnitId> units;
  for (const UnitId area : areas)
    for (const UnitId unit : impl.geography.covered(area)) units.insert(unit);
  return {units.begin(), units.end()};
}

}  // namespace

void Duties::add_seen(Seen seen) {
  impl_->seen.push_back(std::move(seen));
}

Task<Result<http::Page<TravellerSeen>>> Duties::travellers(const Caller& caller, TravellerFilter filter,
                                                           std::optional<std::string> cursor) const {
  using Out = http::Page<TravellerSeen>;
  const auto areas = impl_->access.areas(caller, kSeeTravellers);
  if (areas.empty()) return refused<Out>(caller.account.value == 0 ? kUnauthenticated : kNotPermitted);
  if (filter.unit && !impl_->geography.covers(areas, *filter.unit)) return refused<Out>(kNotPermitted);
  if (filter.reason.empty()) return refused<Out>(identity::kReasonRequired);
  const auto after = cursor ? parse_id(*cursor) : std::optional<std::int64_t>(0);
  if (!after) return refused<Out>(wrong_field("?cursor", "format"));
  return impl_->db.transact([=, impl = impl_.get()](Session& s) -> Result<Out> {
    const Instant now = impl->now();
    const Force force = impl->force(now);
    const auto& all = impl->rules.all();
    const auto rule = std::find_if(all.begin(), all.end(), [&](const Rule& one) {
      return one.travellers == Travellers::kEpidemicArea && !force.all_of(one).empty();
    });
    if (rule == all.end()) return kDutyNotInForce;

    const Interval when{now - kTravelBack, now};
    const auto units = once_epidemic(*impl, *rule, when);
    std::set<PersonId> found;
    for (const Seen& source : impl->seen) {
      const auto some = source(s, units, when, PersonId{*after}, kTravellersAtOnce + 1);
      found.insert(some.begin(), some.end());
    }
    std::vector<PersonId> persons(found.begin(), found.end());
    Out page;
    if (persons.size() > kTravellersAtOnce) {
      persons.resize(kTravellersAtOnce);
      page.next = to_text(persons.back());
    }
    const auto homes = impl->people.units_of(s, persons);
    const auto briefs = impl->people.briefs(s, persons);
    for (std::size_t i = 0; i < persons.size(); ++i) {
      const auto home = homes[i];
      if (!home || !impl->geography.covers(areas, *home)) continue;
      if (filter.unit && !impl->geography.covers(*filter.unit, *home)) continue;
      std::vector<Interval> due;
      for (const auto& one : impl->journeys(s, *rule, force, persons[i], home))
        due.push_back(due_of_journey(*rule, one.journey.day));
      if (due.empty()) continue;
      const auto made = declarations::Declarations::declared(s, rule->form, std::span(&persons[i], 1), due).front();
      const bool declared = std::all_of(made.begin(), made.end(), [](bool one) { return one; });
      if (filter.declared && *filter.declared != declared) continue;
      const auto allowed = impl->access.require(s, caller, kSeeTravellers, {persons[i], *home, filter.reason});
      if (!allowed) return allowed.error();
      const auto brief = briefs.find(persons[i]);
      page.items.push_back({persons[i], brief == briefs.end() ? std::string() : brief->second.name,
                            impl->geography.path_text(*home), declared});
    }
    return page;
  });
}

}  // namespace luytre::duties
