#include "modules/visits/ledger.h"

#include <algorithm>
#include <stdexcept>

namespace luytre::visits {
namespace {

Stay stay_of(const storage::VisitRow& row) {
  Stay stay;
  stay.id = row.id;
  stay.spot = {row.place, row.zone};
  stay.in = row.entered;
  stay.expected = row.expected;
  stay.out = row.departed;
  stay.estimated = row.estimated;
  return stay;
}

void flag_overlap(storage::VisitRow& row, const Timeline& timeline) {
  const std::int64_t bit = storage::bit_of(Flag::kOverlapsElsewhere);
  row.flags = timeline.overlaps_elsewhere(stay_of(row)) ? row.flags | bit : row.flags & ~bit;
}

}  // namespace

Ledger::Held& Ledger::Person::get(VisitId visit) {
  const auto found = std::find_if(held.rbegin(), held.rend(), [visit](const Held& h) { return h.row.id == visit; });
  if (found == held.rend()) throw std::logic_error("a visit that the ledger has not fetched");
  return *found;
}

void Ledger::want(PersonId person, Instant at) {
  const auto [found, first] = people_.try_emplace(person.value);
  Person& p = found->second;
  p.from = first ? at : std::min(p.from, at);
  p.to = first ? at : std::max(p.to, at);
  if (first) order_.push_back(&p);
}

void Ledger::fetch() {
  std::vector<storage::Around> wanted;
  std::vector<Person*> people;
  wanted.reserve(people_.size());
  people.reserve(people_.size());
  for (auto& [id, person] : people_) {
    wanted.push_back({PersonId{id}, person.from - kReach, person.to + kReach});
    people.push_back(&person);
  }
  auto found = storage::around(session_, wanted);
  for (std::size_t i = 0; i < people.size(); ++i) {
    std::vector<Stay> stays;
    stays.reserve(found[i].size() + 1);
    people[i]->held.reserve(found[i].size() + 1);
    for (const auto& row : found[i]) {
      if ((row.flags & storage::bit_of(Flag::kTold)) != 0) continue;  // told.h
      stays.push_back(stay_of(row));
      people[i]->held.push_back({row});
    }
    people[i]->timeline = Timeline(std::move(stays));
  }
}

void Ledger::take_over(Person& person) {
  for (const VisitId id : person.timeline.take_moved()) {
    const Stay& stay = *person.timeline.find(id);
    Held& held = person.get(id);
    held.row.departed = stay.out;
    held.row.estimated = stay.estimated;
    if (held.fresh || held.changed) continue;  // a batch raises the version once, of what was there before
    ++held.row.version;
    held.changed = true;
  }
}

Ledger::Entry Ledger::check_in(storage::VisitRow row, std::optional<Instant> out) {
  Person& person = people_.at(row.person.value);
  const Spot spot{row.place, row.zone};
  if (!out) {
    if (const Stay* open = person.timeline.open_at(spot, row.entered)) return {person.get(open->id).row, true};
  }
  const Stay stay = person.timeline.check_in(row.id, spot, row.entered, row.expected, out);
  row.departed = stay.out;
  row.estimated = stay.estimated;
  flag_overlap(row, person.timeline);
  person.held.push_back({row, true});
  take_over(person);
  return {row, false};
}

storage::VisitRow Ledger::check_out(PersonId person_id, VisitId visit, Instant out) {
  Person& person = people_.at(person_id.value);
  person.timeline.check_out(visit, out);
  take_over(person);
  Held& held = person.get(visit);
  held.ended = true;
  flag_overlap(held.row, person.timeline);
  return held.row;
}

void Ledger::cancel(PersonId person_id, VisitId visit) {
  Person& person = people_.at(person_id.value);
  cancelled_.push_back(person.get(visit).row);
  person.timeline.cancel(visit);
  std::erase_if(person.held, [visit](const Held& h) { return h.row.id == visit; });
  take_over(person);
}

std::optional<storage::VisitRow> Ledger::find(PersonId person, VisitId visit) const {
  const auto p = people_.find(person.value);
  if (p == people_.end()) return std::nullopt;
  for (const Held& held : p->second.held) {
    if (held.row.id == visit) return held.row;
  }
  return std::nullopt;
}

std::optional<storage::VisitRow> Ledger::last_at(PersonId person, std::span<const PlaceId> places, Instant at) const {
  const auto p = people_.find(person.value);
  if (p == people_.end()) return std::nullopt;
  const storage::VisitRow* last = nullptr;
  for (const Held& held : p->second.held) {
    const auto& row = held.row;
    const bool here = std::find(places.begin(), places.end(), row.place) != places.end();
    if (here && row.entered < at && row.entered >= at - kReach && (!last || last->entered < row.entered)) last = &row;
  }
  return last ? std::optional(*last) : std::nullopt;
}

void Ledger::write(const char* began) {
  std::vector<const storage::VisitRow*> fresh, changed;
  std::vector<store::NewEvent> events;
  const auto tell = [&](const char* type, const storage::VisitRow& row, Instant at) {
    events.push_back({type, row.id.value, at, row.version, 0});
  };
  for (const Person* person : order_) {
    for (const Held& held : person->held) {
      if (held.fresh) {
        fresh.push_back(&held.row);
        tell(began, held.row, held.row.entered);
      } else if (held.changed) {
        changed.push_back(&held.row);
        tell(held.ended ? "visit.ended" : "visit.corrected", held.row, held.ended ? held.row.departed : now_);
      }
    }
  }
  for (auto& row : cancelled_) {
    storage::remove(session_, row);
    ++row.version;
    tell("visit.cancelled", row, now_);
    // The row is gone: who follows visits could not tell any more whose it was.
    events.push_back({"visits.changed", row.person.value, now_, row.version, 0});
  }
  storage::insert(session_, fresh);
  storage::update(session_, changed);
  session_.publish(events);
}

}  // namespace luytre::visits
