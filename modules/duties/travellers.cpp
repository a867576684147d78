// Who of an area came through an epidemic area and has not declared.

#include <algorithm>
#include <map>
#include <set>

#include "modules/duties/impl.h"

namespace luytre::duties {
namespace {

using store::Session;

constexpr std::chrono::hours kLookedAtEvery{6};  // decisions are made for days

// Those about such journeys that are in force somewhere.
std::vector<const Rule*> rules_in_force(const Rules& rules, const Force& force) {
  std::vector<const Rule*> out;
  for (const Rule& one : rules.all())
    if (one.travellers == Travellers::kEpidemicArea && !force.all_of(one).empty()) out.push_back(&one);
  return out;
}

// Units that were epidemic areas of one of the rules' diseases at some time of the interval. Whether one was at the
// time of a journey is judged with the journey.
std::vector<UnitId> once_epidemic(const Duties::Impl& impl, std::span<const Rule* const> rules, Interval when) {
  std::set<std::string> diseases;
  for (const Rule* rule : rules) diseases.insert(rule->disease);
  std::set<UnitId> areas;
  const auto add = [&](Instant at) {
    for (const auto& disease : diseases)
      for (const UnitId area : impl.epidemic_areas(disease, at)) areas.insert(area);
  };
  for (Instant at = when.from; at < when.to; at = at + kLookedAtEvery) add(at);
  add(when.to);
  std::set<UnitId> units;
  for (const UnitId area : areas)
    for (const UnitId unit : impl.geography.covered(area)) units.insert(unit);
  return {units.begin(), units.end()};
}

// Those to be shown, each with the home for which the caller's right is checked.
struct Found {
  http::Page<TravellerSeen> page;
  std::vector<UnitId> homes;
};

// Everybody whom the sources know after that one, by id; the first of them, with whether there are more.
std::pair<std::vector<PersonId>, bool> recorded(const Duties::Impl& impl, Session& session,
                                                std::span<const UnitId> units, Interval when, PersonId after) {
  std::set<PersonId> found;
  for (const Duties::Seen& source : impl.seen) {
    const auto some = source(session, units, when, after, kRecordedAtOnce + 1);
    found.insert(some.begin(), some.end());
  }
  std::vector<PersonId> out(found.begin(), found.end());
  const bool more = out.size() > kRecordedAtOnce;
  if (more) out.resize(kRecordedAtOnce);
  return {std::move(out), more};
}

// What each rule asks of one person, and whether it was done; none: they are no such traveller.
std::vector<TravellerDuty> duties_of(const Duties::Impl& impl, Session& session, std::span<const Rule* const> rules,
                                     const Force& force, PersonId person, UnitId home) {
  const auto legs = impl.legs(session, person);
  std::vector<TravellerDuty> out;
  for (const Rule* rule : rules) {
    std::vector<Interval> due;
    for (const auto& one : impl.journeys(*rule, force, legs, home))
      due.push_back(due_of_journey(*rule, one.journey.day));
    if (due.empty()) continue;
    const auto made = declarations::Declarations::declared(session, rule->form, std::span(&person, 1), due).front();
    out.push_back({rule->id, rule->title, std::all_of(made.begin(), made.end(), [](bool one) { return one; })});
  }
  return out;
}

Result<Found> look(const Duties::Impl& impl, Session& session, const std::vector<UnitId>& areas,
                   const TravellerFilter& filter, PersonId after) {
  const Instant now = impl.now();
  const Force force = impl.force(now);
  const auto rules = rules_in_force(impl.rules, force);
  if (rules.empty()) return kDutyNotInForce;

  const Interval when{now - kTravelBack, now};
  const auto [persons, more] = recorded(impl, session, once_epidemic(impl, rules, when), when, after);
  const auto homes = impl.people.units_of(session, persons);
  std::map<UnitId, bool> known;
  const auto asked_for = [&](UnitId home) {
    const auto [one, fresh] = known.try_emplace(home, false);
    if (fresh)
      one->second = impl.geography.covers(areas, home) && (!filter.unit || impl.geography.covers(*filter.unit, home));
    return one->second;
  };
  Found out;
  if (more) out.page.next = to_text(persons.back());
  std::size_t judged = 0;
  std::vector<PersonId> shown;
  for (std::size_t i = 0; i < persons.size(); ++i) {
    if (!homes[i] || !asked_for(*homes[i])) continue;
    if (judged++ == kTravellersAtOnce) {
      out.page.next = to_text(persons[i - 1]);
      break;
    }
    auto duties = duties_of(impl, session, rules, force, persons[i], *homes[i]);
    if (duties.empty()) continue;
    const bool declared = std::all_of(duties.begin(), duties.end(), [](const auto& one) { return one.declared; });
    if (filter.declared && *filter.declared != declared) continue;
    shown.push_back(persons[i]);
    out.homes.push_back(*homes[i]);
    out.page.items.push_back({persons[i], {}, impl.geography.path_text(*homes[i]), declared, std::move(duties)});
  }
  const auto briefs = impl.people.briefs(session, shown);
  for (TravellerSeen& one : out.page.items)
    if (const auto brief = briefs.find(one.person); brief != briefs.end()) one.name = brief->second.name;
  return out;
}

// Looking is long, and does not hold up those who write; nobody is shown before it is in their log.
Task<Result<http::Page<TravellerSeen>>> logged(Task<Result<Found>> looking, const Duties::Impl& impl, Caller caller,
                                               std::string reason) {
  Result<Found> found = co_await std::move(looking);
  if (!found) co_return found.error();
  auto logging = impl.db.transact([&impl, caller, reason = std::move(reason),
                                   found = std::move(*found)](Session& s) -> Result<http::Page<TravellerSeen>> {
    for (std::size_t i = 0; i < found.homes.size(); ++i) {
      const identity::Subject about{found.page.items[i].person, found.homes[i], reason};
      if (const auto allowed = impl.access.require(s, caller, kSeeTravellers, about); !allowed) return allowed.error();
    }
    return found.page;
  });
  co_return co_await std::move(logging);
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
  const std::string reason = filter.reason;
  auto looking = impl_->db.read([impl = impl_.get(), areas, filter = std::move(filter), after = PersonId{*after}](
                                    Session& s) { return look(*impl, s, areas, filter, after); });
  return logged(std::move(looking), *impl_, caller, reason);
}

}  // namespace luytre::duties
