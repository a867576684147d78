// What is asked of travellers, and who of a vehicle has not declared.

#include <algorithm>
#include <map>
#include <set>
#include <span>

#include "modules/duties/impl.h"
#include "modules/people/adults.h"
#include "modules/people/merged.h"
#include "platform/base/text.h"

namespace luytre::duties {
namespace {

using store::Session;

constexpr std::size_t kSamePaperMost = 10;  // people of one paper or phone

// Where the traveller lives, or where the journey leads.
const command::Decision* decision_for(const Rule& rule, const Force& force, const Journey& journey,
                                      std::optional<UnitId> home) {
  const command::Decision* out = home ? force.of(rule, *home) : nullptr;
  for (const Leg& leg : journey.legs) {
    const auto* there = leg.towards ? force.of(rule, *leg.towards) : nullptr;
    if (there && (!out || out->end() < there->end())) out = there;
  }
  return out;
}

// By person: whether the account sees more of them than what they declare.
std::vector<bool> seen_affairs(Session& session, const people::People& people, AccountId account,
                               std::span<const PersonId> persons, Date today) {
  std::vector<people::People::Wanted> wanted;
  for (const PersonId person : persons) wanted.push_back({account, person});
  const auto members = people::People::members(session, wanted);
  const auto briefs = people.briefs(session, persons);
  std::vector<bool> out;
  for (std::size_t i = 0; i < persons.size(); ++i) {
    const auto brief = briefs.find(persons[i]);
    out.push_back(members[i] && brief != briefs.end() &&
                  people::sees_affairs(members[i]->relation, brief->second.birth_year, today));
  }
  return out;
}

// Whether a rule about listed passengers holds where the seat's journey begins or ends.
bool asks(const Rule& rule, const Force& force, const passengers::Passengers::Boarded& seat) {
  return rule.travellers == Travellers::kListed && (force.of(rule, seat.unit) || force.of(rule, seat.towards));
}

std::vector<const Rule*> rules_aboard(const Rules& rules, const Force& force,
                                      std::span<const passengers::Passengers::Boarded> seats) {
  std::vector<const Rule*> out;
  for (const Rule& rule : rules.all())
    if (std::any_of(seats.begin(), seats.end(), [&](const auto& seat) { return asks(rule, force, seat); }))
      out.push_back(&rule);
  return out;
}

}  // namespace

void Duties::add_travel(Travel travel) {
  impl_->travel.push_back(std::move(travel));
}

std::vector<UnitId> Duties::Impl::epidemic_areas(std::string_view disease, Instant at) const {
  std::vector<UnitId> out;
  for (const auto& one : decisions.all_in_force(at)) {
    const Rule* rule = one.duty ? rules.find(*one.duty) : nullptr;
    if (rule && rule->residents && rule->disease == disease && one.unit) out.push_back(*one.unit);
  }
  return out;
}

std::vector<Leg> Duties::Impl::legs(Session& session, PersonId person) const {
  const Instant now = this->now();
  std::vector<Leg> out;
  for (const Travel& source : travel)
    for (Leg& leg : source(session, person, {now - kTravelBack, now + passengers::kAhead})) out.push_back(leg);
  return out;
}

std::vector<Duties::Impl::Obliging> Duties::Impl::journeys(const Rule& rule, const Force& force, std::vector<Leg> legs,
                                                           std::optional<UnitId> home) const {
  const auto areas = [&](Instant at) { return epidemic_areas(rule.disease, at); };
  std::vector<Obliging> out;
  for (Journey& journey : obliging(*rule.travellers, std::move(legs), home, areas, geography))
    if (const auto* decision = decision_for(rule, force, journey, home)) out.push_back({std::move(journey), decision});
  return out;
}

std::vector<Owed> Duties::Impl::travelling(Session& session, const Rule& rule, const Force& force,
                                           const Household& home, AccountId account, PersonId self) const {
  const Instant now = this->now();
  const auto seen = seen_affairs(session, people, account, home.persons, local_date(now));
  std::vector<Owed> out;
  for (std::size_t i = 0; i < home.persons.size(); ++i) {
    const PersonId person = home.persons[i];
    if (!seen[i]) continue;
    Owed one;
    std::vector<Interval> due;
    for (const auto& [journey, decision] : journeys(rule, force, legs(session, person), home.homes[i])) {
      if (due.empty()) one = owed(rule, person, *decision);
      due.push_back(due_of_journey(rule, journey.day));
      const Leg& first = journey.legs.front();
      one.journeys.push_back({journey.day, first.recorded, geography.path_text(first.unit)});
    }
    if (due.empty()) continue;
    const auto made = declarations::Declarations::declared(session, rule.form, std::span(&person, 1), due).front();
    for (std::size_t k = 0; k < due.size(); ++k)
      one.windows.push_back({due[k].from, due[k].to, state_of(due[k], made[k], now)});
    one.state = whole(one.windows);
    out.push_back(std::move(one));
  }
  const bool told = std::any_of(out.begin(), out.end(), [&](const Owed& one) { return one.person == self; });
  const auto decisions = force.all_of(rule);
  if (told || decisions.empty()) return out;
  const auto later = [](const auto* a, const auto* b) { return a->end() < b->end(); };
  out.insert(out.begin(), owed(rule, self, **std::max_element(decisions.begin(), decisions.end(), later)));
  out.front().state = State::kJourney;
  return out;
}

std::vector<PersonId> Duties::known_as(Session& session, const people::People& people,
                                       const passengers::Passenger& passenger) {
  std::vector<PersonId> out;
  const auto add = [&](const people::Search& search) {
    const auto found = people.matching(session, search, kSamePaperMost);
    return found ? *found : std::vector<PersonId>{};  // a number that cannot be one
  };
  people::Search search;
  search.birth_year = passenger.birth_year;
  if (passenger.paper) {
    search.paper = passenger.paper;
    out = add(search);
  }
  if (passenger.phone) {
    search.paper.reset();
    search.phone = passenger.phone;
    const auto sharing = add(search);  // phones are shared
    for (const auto& [person, brief] : people.briefs(session, sharing))
      if (fold(brief.name) == fold(passenger.name)) out.push_back(person);
  }
  // Whoever has declared may have done so by another record of theirs.
  for (std::size_t i = 0, found = out.size(); i < found; ++i)
    for (const PersonId also : people::known_as(session, out[i])) out.push_back(also);
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

Task<Result<http::Page<SeatSeen>>> Duties::aboard(const Caller& caller, SeatFilter filter,
                                                  std::optional<std::string> cursor, std::size_t limit) const {
  using Out = http::Page<SeatSeen>;
  if (caller.account.value == 0) return refused<Out>(kUnauthenticated);
  if (!caller.full) return refused<Out>(kSecondProofRequired);
  return impl_->db.transact([=, impl = impl_.get()](Session& s) -> Result<Out> {
    impl->places.refresh(s);
    const auto spot = impl->places.spot(filter.vehicle);
    if (!spot) return kNotFound;
    const auto areas = impl->access.areas(caller, kSeeSeats);
    const bool keeps = spot->keeper == caller.account && !spot->closed_at;
    auto list = impl->passengers.boarded(s, filter.vehicle, filter.departure);
    std::erase_if(list, [&](const auto& one) {
      return !keeps && !impl->geography.covers(areas, one.unit) && !impl->geography.covers(areas, one.towards);
    });
    if (list.empty()) return kNotFound;
    const Force force = impl->force(filter.departure);
    const auto rules = rules_aboard(impl->rules, force, list);
    std::erase_if(list, [&](const auto& one) {
      return std::none_of(rules.begin(), rules.end(), [&](const Rule* rule) { return asks(*rule, force, one); });
    });
    if (list.empty()) return kDutyNotInForce;

    // Bytewise, whatever the database's order is.
    std::sort(list.begin(), list.end(),
              [](const auto& a, const auto& b) { return a.passenger.seat < b.passenger.seat; });
    std::vector<const passengers::Passengers::Boarded*> seats;
    std::vector<PersonId> persons;
    std::vector<std::size_t> ends;
    std::size_t next = 0;
    for (; next < list.size() && seats.size() < std::min(kSeatsAtOnce, limit); ++next) {
      if (cursor && list[next].passenger.seat <= *cursor) continue;
      seats.push_back(&list[next]);
      const auto known = known_as(s, impl->people, list[next].passenger);
      persons.insert(persons.end(), known.begin(), known.end());
      ends.push_back(persons.size());
    }
    std::vector<std::vector<std::vector<bool>>> made;  // by rule, then by person
    for (const Rule* rule : rules) {
      const Interval due = due_of_journey(*rule, local_date(filter.departure));
      made.push_back(declarations::Declarations::declared(s, rule->form, persons, std::span(&due, 1)));
    }
    Out page;
    std::map<UnitId, std::set<PersonId>> shown;  // by where they were going
    for (std::size_t seat = 0, first = 0; seat < seats.size(); first = ends[seat++]) {
      const auto done = [&](std::size_t rule) {
        for (std::size_t k = first; k < ends[seat]; ++k)
          if (made[rule][k].front()) return true;
        return false;
      };
      bool declared = true;
      for (std::size_t rule = 0; rule < rules.size(); ++rule)
        declared = declared && (!asks(*rules[rule], force, *seats[seat]) || done(rule));
      if (filter.declared && *filter.declared != declared) continue;
      page.items.push_back({seats[seat]->passenger.seat, declared});
      shown[seats[seat]->towards].insert(persons.begin() + static_cast<std::ptrdiff_t>(first),
                                         persons.begin() + static_cast<std::ptrdiff_t>(ends[seat]));
    }
    if (next < list.size()) page.next = seats.back()->passenger.seat;
    for (const auto& [towards, them] : shown) {
      const std::vector<PersonId> looked_at(them.begin(), them.end());
      impl->log_look(s, caller, kSeeSeats, {spot->place_name, towards}, looked_at);
    }
    impl->access.log_list(s, caller, kSeeSeats, static_cast<std::int64_t>(page.items.size()),
                          "seats of trip " + to_text(filter.vehicle) + ' ' + to_text(filter.departure));
    return page;
  });
}

}  // namespace luytre::duties
