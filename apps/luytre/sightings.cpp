#include "apps/luytre/sightings.h"

namespace luytre::app {
namespace {

using consistency::Record;
using consistency::Sighting;
using Sightings = std::vector<Sighting>;

// How long passing a barrier, or the departure of who was listed, says where somebody was.
constexpr std::chrono::minutes kPassing{5};

Sightings at_checkpoints(store::Session& session, PersonId person, Interval when) {
  Sightings out;
  for (const auto& one : checkpoints::Checkpoints::passings(session, person, when)) {
    const bool declared = one.how != checkpoints::How::kOwnCode;  // or only their card was there
    out.push_back({Record::kCheckpoint, one.place, one.unit, one.at, one.at + kPassing, false, {}, declared});
  }
  return out;
}

// Only cards: who showed the own code has a visit.
Sightings at_gates(const places::Places& places, store::Session& session, PersonId person, Interval when) {
  Sightings out;
  for (const auto& one : gates::Gates::cards_shown(session, person, when))
    if (const auto spot = places.spot(one.place))
      out.push_back({Record::kGate, one.place, spot->unit, one.entered, one.until, true, {}, true});
  return out;
}

// At both ends of the journey: where it began, and where it leads.
Sightings in_lists(const people::People& people, const passengers::Passengers& passengers, store::Session& session,
                   PersonId person, Interval when) {
  const auto brief = people.brief(session, person);
  if (!brief) return {};
  const auto contact = people.contact_of(session, person);
  const passengers::Known known{brief->name, brief->birth_year, contact ? contact->phones : std::vector<std::string>{},
                                people.papers_of(session, person)};
  Sightings out;
  for (const auto& one : passengers.listed(session, known, when))
    for (const UnitId unit : {one.unit, one.towards})
      out.push_back({Record::kPassengers, one.place, unit, one.departure, one.departure + kPassing, false, {}, true});
  return out;
}

Sightings of_warnings(const places::Places& places, store::Session& session, PersonId person, Interval when) {
  Sightings out;
  for (const auto& one : tracing::Tracing::told(session, person, when.to))
    if (const auto spot = places.spot(one.place))
      out.push_back({Record::kWarning, one.place, spot->unit, one.from, one.to, false, {}, {}});
  return out;
}

// Decisions are public: everybody can read where an outbreak makes its residents declare.
std::vector<consistency::Outbreak> outbreaks(const command::Decisions& decisions, const duties::Rules& rules,
                                             Instant at) {
  std::vector<consistency::Outbreak> out;
  for (const auto& decision : decisions.all_in_force(at)) {
    const auto* rule = decision.duty ? rules.find(*decision.duty) : nullptr;
    if (rule && rule->residents && decision.unit) out.push_back({*decision.unit, decision.from, decision.end()});
  }
  return out;
}

}  // namespace

void tell_sightings(House& house) {
  auto& to = house.consistency;
  to.add_source(at_checkpoints);
  to.add_source(
      [&house](store::Session& s, PersonId person, Interval when) { return at_gates(house.places, s, person, when); });
  to.add_source([&house](store::Session& s, PersonId person, Interval when) {
    return in_lists(house.people, house.passengers, s, person, when);
  });
  to.add_source([&house](store::Session& s, PersonId person, Interval when) {
    return of_warnings(house.places, s, person, when);
  });
  to.set_outbreaks([&house](Instant at) { return outbreaks(house.decisions, house.duty_rules, at); });
}

}  // namespace luytre::app
