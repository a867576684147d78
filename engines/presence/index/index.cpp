#include "engines/presence/index/index.h"

#include <algorithm>
#include <map>
#include <stdexcept>

#include "engines/presence/index/bulk_load.h"

namespace luytre::presence {

namespace {

constexpr std::size_t kAtOnce = 32;  // visits for which memory is asked together

}  // namespace

PresenceIndex::PresenceIndex(IndexOptions options) : options_(std::move(options)) {
  if (!options_.folder.empty()) open();
}
PresenceIndex::~PresenceIndex() = default;

View PresenceIndex::view() const {
  const std::lock_guard lock(publishing_);
  return {names_, published_, now_};
}

Number PresenceIndex::zone_number(const std::optional<ZoneId>& zone) {
  return zone ? names_->zones.add(zone->value) + 1 : kNoZone;
}

bool PresenceIndex::holds(Interval when) const {
  return !when.empty() && day_of({when.to.seconds - 1}) >= floor_;
}

// The numbers of the visits, of those alone that are held; memory is asked for a few of them at a time.
const std::vector<PresenceIndex::Numbered>& PresenceIndex::number(std::span<const Visit> visits) {
  numbered_.clear();
  for (; !visits.empty(); visits = visits.subspan(std::min(kAtOnce, visits.size()))) {
    const auto some = visits.first(std::min(kAtOnce, visits.size()));
    for (const Visit& v : some) {
      names_->persons.fetch(v.person.value);
      names_->places.fetch(v.place.value);
    }
    const std::size_t first = numbered_.size();
    for (const Visit& v : some)
      numbered_.push_back({names_->persons.guess(v.person.value), names_->places.guess(v.place.value), kNoZone});
    for (std::size_t i = 0; i < some.size(); ++i) {
      if (!holds(some[i].when)) continue;
      Numbered& n = numbered_[first + i];
      n.person = names_->persons.add(some[i].person.value, n.person);
      n.place = names_->places.add(some[i].place.value, n.place);
      n.zone = zone_number(some[i].zone);
    }
  }
  return numbered_;
}

DayPart& PresenceIndex::part(Day day) {
  const auto found = std::lower_bound(current_.begin(), current_.end(), day,
                                      [](const DayPart& p, Day wanted) { return p.day < wanted; });
  if (found != current_.end() && found->day == day) return *found;
  days_changed_ = true;
  return *current_.insert(found, {day, nullptr, std::make_shared<Live>()});
}

void PresenceIndex::publish(Sequence now) {
  std::shared_ptr<const DayParts> next;
  if (days_changed_) next = std::make_shared<const DayParts>(current_);
  days_changed_ = false;
  const std::lock_guard lock(publishing_);
  if (next) published_.swap(next);
  now_ = now;
}

void PresenceIndex::take_over(DayPart& part, Number person, Sequence now) {
  if (!part.sealed || part.live->overrides(person, now) || !part.sealed->has_visits_of(person)) return;
  part.live->override_person(person, now);
  part.sealed->visits_of(person, [&](const Row& row, Number zone) {
    part.live->add_visit(person, {row.other, zone, row.stay.bare()}, now);
  });
}

void PresenceIndex::add_piece(Number person, Day day, const Live::Visit& visit, Sequence now) {
  if (day < floor_) return;
  DayPart& where = part(day);
  take_over(where, person, now);
  where.live->add_visit(person, visit, now);
}

// Asks the memory for the lists to which the next few visits will be added, on the day of the first: mostly all are of
// today.
void PresenceIndex::fetch(std::span<const Visit> visits, std::span<const Numbered> numbered) const {
  const Day day = day_of(visits.front().when.from);
  const auto found = std::lower_bound(current_.begin(), current_.end(), day,
                                      [](const DayPart& p, Day wanted) { return p.day < wanted; });
  if (found == current_.end() || found->day != day) return;
  const Live& live = *found->live;
  numbered = numbered.first(std::min(kAtOnce, numbered.size()));
  for (const Numbered& n : numbered) live.fetch(n.person, n.place);
  for (const Numbered& n : numbered) live.fetch_chunks(n.person, n.place);
  for (const Numbered& n : numbered) live.fetch_rows(n.person, n.place);
}

void PresenceIndex::add(std::span<const Visit> visits) {
  const std::lock_guard lock(writing_);
  const Sequence now = now_ + 1;
  const auto& numbered = number(visits);
  for (std::size_t i = 0; i < visits.size(); ++i) {
    if (i % kAtOnce == 0) fetch(visits.subspan(i), std::span(numbered).subspan(i));
    const Visit& v = visits[i];
    const Numbered& n = numbered[i];
    cut_into_days(v.when, [&](Day day, Stay stay) {
      add_piece(n.person, day, {n.place, n.zone, stay.with_estimated(v.estimated)}, now);
    });
  }
  publish(now);
}

void PresenceIndex::add(std::span<const Encounter> encounters) {
  std::for_each(encounters.begin(), encounters.end(), check_encounter);
  const std::lock_guard lock(writing_);
  const Sequence now = now_ + 1;
  for (const Encounter& e : encounters) {
    if (!holds(e.when) || e.person == e.peer) continue;
    const Number person = names_->persons.add(e.person.value);
    const Number peer = names_->persons.add(e.peer.value);
    cut_into_days(e.when, [&](Day day, Stay stay) {
      if (day >= floor_) part(day).live->add_encounter(person, peer, encounter_stay(stay, e.attenuation), now);
    });
  }
  publish(now);
}

void PresenceIndex::set_day(DayPart& part, Number person, std::span<const Live::Visit> visits, Sequence now) {
  std::vector<Live::Visit> held = part.live->visits(person, now);
  if (part.sealed && !part.live->overrides(person, now))
    part.sealed->visits_of(person, [&](const Row& row, Number zone) {
      held.push_back({row.other, zone, row.stay.bare()});
    });
  const auto holds = [](std::span<const Live::Visit> all, const Live::Visit& one) {
    return std::find(all.begin(), all.end(), one) != all.end();
  };
  const bool same = std::all_of(held.begin(), held.end(), [&](const auto& v) { return holds(visits, v); }) &&
                    std::all_of(visits.begin(), visits.end(), [&](const auto& v) { return holds(held, v); });
  if (same) return;
  if (part.sealed && part.sealed->has_visits_of(person)) part.live->override_person(person, now);
  part.live->remove_visits(person, now);
  for (const Live::Visit& v : visits) part.live->add_visit(person, v, now);
}

void PresenceIndex::set_visits(PersonId id, std::span<const Visit> visits) {
  const std::lock_guard lock(writing_);
  const Sequence now = now_ + 1;
  std::map<Day, std::vector<Live::Visit>> wanted;
  for (const Visit& v : visits) {
    if (v.person != id) throw std::invalid_argument("visit of another person");
    cut_into_days(v.when, [&](Day day, Stay stay) {
      if (day < floor_) return;
      wanted[day].push_back({names_->places.add(v.place.value), zone_number(v.zone), stay.with_estimated(v.estimated)});
    });
  }
  if (wanted.empty() && names_->persons.find(id.value) == kNoNumber) return;  // of whom nothing is held anyway
  const Number person = names_->persons.add(id.value);
  for (const auto& [day, pieces] : wanted) part(day);
  for (DayPart& held : current_) set_day(held, person, wanted[held.day], now);
  publish(now);
}

void PresenceIndex::describe(PlaceId place, const Setting& setting) {
  const std::lock_guard lock(writing_);
  names_->set_setting(names_->places.add(place.value), setting);
}

void PresenceIndex::swap_in(Day day, std::shared_ptr<const Segment> sealed, std::shared_ptr<Live> live) {
  DayPart& where = part(day);
  where.sealed = std::move(sealed);
  where.live = std::move(live);
  days_changed_ = true;
}

void PresenceIndex::drop_before(Day day) {
  const std::lock_guard merging(merging_);
  const std::lock_guard lock(writing_);
  floor_ = std::max(floor_, day);
  while (!current_.empty() && current_.front().day < floor_) {
    if (!options_.folder.empty()) remove_file(segment_path(current_.front().day));
    current_.erase(current_.begin());
    days_changed_ = true;
  }
  publish(now_ + 1);
}

std::size_t PresenceIndex::persons_outlived() const {
  const View all = view();
  std::vector<bool> held(all.names().persons.size());
  const auto take = [&](Number person) {
    if (person < held.size()) held[person] = true;  // others are new
  };
  for (const DayPart& part : all.days()) {
    if (part.sealed) part.sealed->each_person(take);
    part.live->each_person(take);
    part.live->each_met(take);
  }
  return static_cast<std::size_t>(std::count(held.begin(), held.end(), false));
}

IndexFigures PresenceIndex::figures() const {
  const std::lock_guard lock(writing_);
  IndexFigures figures;
  figures.days = current_.size();
  figures.persons = names_->persons.size();
  figures.name_bytes = names_->persons.bytes() + names_->places.bytes() + names_->zones.bytes();
  for (const DayPart& p : current_) {
    figures.live_bytes += p.live->bytes();
    if (!p.sealed) continue;
    figures.visits += p.sealed->visits();
    figures.encounters += p.sealed->encounters();
    figures.segment_bytes += p.sealed->size();
  }
  return figures;
}

}  // namespace luytre::presence
