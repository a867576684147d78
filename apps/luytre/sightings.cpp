#include "apps/luytre/sightings.h"

#include <algorithm>
#include <limits>

#include "modules/visits/stays.h"

namespace luytre::app {
namespace {

using consistency::Record;
using consistency::Sighting;
using Sightings = std::vector<Sighting>;

// How long passing a barrier, or the departure of who was listed, says where somebody was.
constexpr std::chrono::minutes kPassing{5};
constexpr Instant kEver{std::numeric_limits<std::int64_t>::max()};

Sightings at_checkpoints(store::Session& session, PersonId person, Interval when) {
  Sightings out;
  for (const auto& one : checkpoints::Checkpoints::passings(session, person, when)) {
    const bool declared = one.how != checkpoints::How::kOwnCode;  // or only their card was there
    out.push_back({Record::kCheckpoint, one.place, one.unit, one.at, one.at + kPassing, false, {}, declared});
  }
  return out;
}

Sightings at_entries(store::Session& session, PersonId person, Interval when) {
  Sightings out;
  for (const auto& one : arrivals::Arrivals::crossings(session, person, when))
    out.push_back({Record::kEntry, one.place, one.unit, one.at, one.at + kPassing, false, {}, !one.own_code});
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

std::vector<passengers::Listed> listed(const people::People& people, const passengers::Passengers& passengers,
                                       store::Session& session, PersonId person, Interval when) {
  const auto brief = people.brief(session, person);
  if (!brief) return {};
  const auto contact = people.contact_of(session, person);
  const passengers::Known known{brief->name, brief->birth_year, contact ? contact->phones : std::vector<std::string>{},
                                people.papers_of(session, person)};
  return passengers.listed(session, known, when);
}

// At both ends of the journey: where it began, and where it leads.
Sightings in_lists(const people::People& people, const passengers::Passengers& passengers, store::Session& session,
                   PersonId person, Interval when) {
  Sightings out;
  for (const auto& one : listed(people, passengers, session, person, when))
    for (const UnitId unit : {one.unit, one.towards})
      out.push_back({Record::kPassengers, one.place, unit, one.departure, one.departure + kPassing, false, {}, true});
  return out;
}

// Also those that came after the interval, about what lies in it.
Sightings of_warnings(const places::Places& places, store::Session& session, PersonId person, Interval when) {
  Sightings out;
  for (const auto& one : tracing::Tracing::told(session, person, kEver)) {
    const auto spot = places.spot(one.place);
    if (!spot) continue;
    Sighting& seen =
        out.emplace_back(Sighting{Record::kWarning, one.place, spot->unit, one.from, one.to, false, {}, {}});
    if (one.sent >= when.to) seen.later = true;
  }
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

// What the newest declaration of a place's entry says of where its maker has been: words, of which a place is made only
// where the gazetteer knows no other of that name.
std::vector<duties::Leg> said_visited(const declarations::Declarations& declarations,
                                      const geography::Geography& geography, store::Session& session, PersonId person,
                                      Interval when) {
  std::vector<duties::Leg> out;
  const auto newest = declarations.newest(session, person, declarations::kEntryForm);
  if (!newest || newest->at < when.from || newest->at >= when.to) return out;
  const auto* dated = declarations.catalogue().find(newest->form, newest->form_version);
  const auto given = declarations.response(session, newest->id);
  if (!dated || !given) return out;
  const auto response = forms::read_kept(dated->form, *given);
  if (!response) return out;
  const auto where = response->answers.find("visited-where");
  if (where == response->answers.end()) return out;
  for (const auto& answer : where->second) {
    const auto* words = std::get_if<std::string>(&answer);
    if (!words) continue;
    const auto found = geography.search(*words, local_date(newest->at), 2);
    const bool province = !found.empty() && found.front()->level == geography::Level::kProvince;
    if (province || found.size() == 1)
      out.push_back({duties::Recorded::kDeclared, found.front()->id, std::nullopt, newest->at});
  }
  return out;
}

// The lists of a day that hold somebody, or are of the vehicle that they declared.
std::vector<consistency::ListedTrip> lists_of(const House& house, store::Session& session, PersonId person,
                                              const consistency::DeclaredJourney& journey) {
  const Interval day{local_midnight(journey.day), local_midnight(Date{journey.day.days + 1})};
  std::vector<consistency::ListedTrip> out;
  const auto mine = listed(house.people, house.passengers, session, person, day);
  std::vector<passengers::Departure> trips;
  if (journey.vehicle) {
    trips = passengers::Passengers::departures(session, day);
  } else {
    for (const auto& line : mine)
      if (trips.empty() || trips.back().at != line.departure || trips.back().place != line.place)
        trips.push_back({line.departure, line.place, line.unit});
  }
  for (const auto& trip : trips) {
    const auto spot = house.places.spot(trip.place);
    consistency::ListedTrip one{trip.place, trip.unit, trip.at, false, {}};
    if (spot && journey.vehicle) {
      const auto words = consistency::vehicle_words(spot->place_name);
      one.named = std::find(words.begin(), words.end(), *journey.vehicle) != words.end();
    }
    // Who bought several seats is told of with the declared one.
    for (const auto& line : mine) {
      if (line.place != trip.place || line.departure != trip.at) continue;
      if (!one.seat || (journey.seat && consistency::same_seat(line.seat, *journey.seat))) one.seat = line.seat;
    }
    if (one.named || one.seat) out.push_back(std::move(one));
  }
  return out;
}

consistency::Consistency::Arrived of_list(const House& house, store::Session& session, const store::Event& event) {
  consistency::Consistency::Arrived out;
  std::vector<Date> days;
  const PlaceId place{event.subject};
  for (const auto& line : house.passengers.told_at(session, place, event.at)) {
    for (const PersonId person : duties::Duties::known_as(session, house.people, line.passenger))
      out.facts.push_back({person, line.departure});
    if (days.empty() || days.back() != local_date(line.departure)) days.push_back(local_date(line.departure));
  }
  const auto spot = house.places.spot(place);
  for (const Date day : days)
    if (spot) out.lists.push_back({consistency::vehicle_words(spot->place_name), day});
  return out;
}

// What arrives after a declaration, and speaks about the time before it.
void tell_arrivals(House& house) {
  using Arrived = consistency::Consistency::Arrived;
  auto& to = house.consistency;
  to.add_arrivals({"visit.began", "visit.ended", "visit.corrected", "visit.imported"},
                  [](store::Session& s, const store::Event& event) {
                    const auto one = visits::visitor(s, VisitId{event.subject});
                    return one ? Arrived{{{one->person, one->in}}, {}} : Arrived{};
                  });
  to.add_arrivals({"checkpoints.passed"}, [](store::Session& s, const store::Event& event) {
    Arrived out;
    const auto passage = checkpoints::Checkpoints::passage(s, checkpoints::PassageId{event.subject});
    if (!passage) return out;
    for (const auto& one : passage->people) out.facts.push_back({one.person, passage->at});
    return out;
  });
  to.add_arrivals({"arrivals.decided"}, [](store::Session& s, const store::Event& event) {
    const auto one = arrivals::Arrivals::crosser(s, arrivals::ArrivalId{event.subject});
    return one ? Arrived{{{one->person, one->at}}, {}} : Arrived{};
  });
  to.add_arrivals({"gates.cardShown"}, [](store::Session& s, const store::Event& event) {
    const auto one = gates::Gates::card_holder(s, gates::EntryId{event.subject});
    return one ? Arrived{{{one->person, one->entered}}, {}} : Arrived{};
  });
  to.add_arrivals({"warning.sent"}, [](store::Session& s, const store::Event& event) {
    const auto one = tracing::Tracing::telling(s, tracing::WarningId{event.subject});
    return one ? Arrived{{{one->person, one->from}}, {}} : Arrived{};
  });
  to.add_arrivals({"passengers.listed"},
                  [&house](store::Session& s, const store::Event& event) { return of_list(house, s, event); });
  // Whose visit is gone, or whose paper or phone, by which lists know them, was put right: of whatever time.
  to.add_arrivals({"visits.changed", "person.changed"}, [](store::Session&, const store::Event& event) {
    return Arrived{{{PersonId{event.subject}, Instant{}}}, {}};
  });
}

}  // namespace

void tell_travel(House& house) {
  using duties::Leg;
  using duties::Recorded;
  using Legs = std::vector<Leg>;
  auto& to = house.duties;
  to.add_travel([](store::Session& s, PersonId person, Interval when) {
    Legs out;
    for (const auto& one : checkpoints::Checkpoints::passings(s, person, when))
      out.push_back({Recorded::kCheckpoint, one.unit, std::nullopt, one.at});
    return out;
  });
  to.add_travel([](store::Session& s, PersonId person, Interval when) {
    Legs out;
    for (const auto& one : arrivals::Arrivals::crossings(s, person, when))
      out.push_back({Recorded::kEntry, one.unit, one.towards, one.at});
    return out;
  });
  to.add_travel([&house](store::Session& s, PersonId person, Interval when) {
    Legs out;
    for (const auto& one : listed(house.people, house.passengers, s, person, when))
      out.push_back({Recorded::kList, one.unit, one.towards, one.departure});
    return out;
  });
  to.add_travel([&house](store::Session& s, PersonId person, Interval when) {
    return said_visited(house.declarations, house.geography, s, person, when);
  });
  to.add_seen(checkpoints::Checkpoints::passed_in);
  to.add_seen(arrivals::Arrivals::crossed_in);
}

void tell_sightings(House& house) {
  auto& to = house.consistency;
  to.add_source(at_checkpoints);
  to.add_source(at_entries);
  to.add_source(
      [&house](store::Session& s, PersonId person, Interval when) { return at_gates(house.places, s, person, when); });
  to.add_source([&house](store::Session& s, PersonId person, Interval when) {
    return in_lists(house.people, house.passengers, s, person, when);
  });
  to.add_source([&house](store::Session& s, PersonId person, Interval when) {
    return of_warnings(house.places, s, person, when);
  });
  to.set_lists([&house](store::Session& s, PersonId person, const consistency::DeclaredJourney& journey) {
    return lists_of(house, s, person, journey);
  });
  tell_arrivals(house);
  house.referrals.set_questions(
      [](store::Session& s, referrals::SubjectId subject) -> std::optional<referrals::Question> {
        const auto one = consistency::Consistency::referred(s, consistency::DifferenceId{subject.value});
        return one ? std::optional(referrals::Question{one->person, one->unit, one->at}) : std::nullopt;
      });
  to.set_answers([](store::Session& s, const store::Event& event) -> std::optional<consistency::Consistency::Answered> {
    const auto end = referrals::Referrals::ending(s, referrals::ReferralId{event.subject});
    if (!end || end->source != referrals::Source::kDifference || end->state != referrals::State::kDone)
      return std::nullopt;
    return consistency::Consistency::Answered{consistency::DifferenceId{end->subject.value}, end->at};
  });
  to.set_outbreaks([&house](Instant at) { return outbreaks(house.decisions, house.duty_rules, at); });
}

}  // namespace luytre::app
