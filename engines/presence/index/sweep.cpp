#include "engines/presence/index/sweep.h"

#include <algorithm>
#include <tuple>

#include "engines/presence/index/number_keys.h"
#include "engines/presence/merge.h"

namespace luytre::presence {

void sort_pieces(std::vector<Piece>& pieces) {
  const auto key = [](const Piece& p) { return std::tie(p.person, p.place, p.zone, p.when.from); };
  std::sort(pieces.begin(), pieces.end(), [&](const Piece& a, const Piece& b) { return key(a) < key(b); });
}

Interval entries_of(const TraceRules& rules, Interval spans) {
  // The span of an entry at t is [t - before, t + after).
  const Interval span = span_of(rules, {});
  const std::chrono::seconds before = Instant{} - span.from, after = span.to - Instant{};
  return {spans.from - after + std::chrono::seconds(1), spans.to + before};
}

Interval Sweep::wanted(Interval when) const {
  return rules_.scan_margin ? entries_of(rules_, when) : when;
}

void Sweep::look_up(std::span<const Coming> persons) {
  person_days_.clear();
  for (const Coming& c : persons) {
    if (c.person == kNoNumber) continue;
    for (const DayPart& part : view_.days(wanted(c.window))) {
      if (part.sealed) part.sealed->fetch_person(c.person);
      person_days_.push_back({&c, &part, {}});
    }
  }
  for (const PersonDay& d : person_days_) {
    if (d.part->sealed) d.part->sealed->fetch_person_rows(d.who->person);
  }
  for (PersonDay& d : person_days_) d.rows = view_.rows_of(*d.part, d.who->person);
  for (const PersonDay& d : person_days_) {
    if (!d.rows.empty()) d.part->sealed->fetch_zones(d.rows);
  }
}

void Sweep::look_up(std::span<const Spot> spots) {
  place_days_.clear();
  for (const Spot& s : spots) {
    for (const DayPart& part : view_.days(wanted(s.when))) {
      if (part.sealed) part.sealed->fetch_place(s.place);
      place_days_.push_back({&s, &part, {}});
    }
  }
  for (PlaceDay& d : place_days_) {
    if (d.part->sealed) d.entries = d.part->sealed->find_place(d.spot->place);
  }
  for (PlaceDay& d : place_days_) {
    const std::int64_t since = (wanted(d.spot->when).from - begin_of(d.part->day)).count();
    if (d.part->sealed) d.part->sealed->begin(d.entries, since, !rules_.scan_margin);
  }
  for (bool more = true; more;) {
    more = false;
    for (PlaceDay& d : place_days_) more = (d.part->sealed && d.part->sealed->narrow(d.entries)) || more;
  }
  for (const PlaceDay& d : place_days_) {
    if (d.part->sealed) d.part->sealed->fetch_zone(d.entries);
  }
}

void Sweep::stretches(std::span<const Coming> persons, Stretches& into, Estimates* estimates) {
  for (; !persons.empty(); persons = persons.subspan(std::min(kTogether, persons.size()))) {
    look_up(persons.first(std::min(kTogether, persons.size())));
    for (auto day = person_days_.begin(); day != person_days_.end();) {
      const Coming& who = *day->who;
      pieces_.clear();
      for (; day != person_days_.end() && day->who == &who; ++day) gather(*day, into, estimates);
      merge_pieces(pieces_, estimates_, [&](const Piece& piece, Interval whole, std::span<const Interval> estimated) {
        add_stretch(piece, whole, estimated, who.window, into, estimates);
      });
    }
  }
}

// As in links: what touches nothing is a stretch as it is.
void Sweep::gather(const PersonDay& day, Stretches& into, Estimates* estimates) {
  const Interval window = day.who->window;
  const bool came_in = window.from < begin_of(day.part->day);
  const bool goes_on = window.to > begin_of(day.part->day + 1);
  view_.visits_of(*day.part, day.who->person, day.rows, [&](Number place, Number zone, Stay stay) {
    if (rules_.scan_margin && stay.continues()) return;
    const Interval when = span_of(rules_, stay.on(day.part->day));
    if (common(when, window).empty()) return;
    const bool estimated = stay.estimated() || rules_.scan_margin;
    const bool touches =
        rules_.scan_margin || stay.touching() || (came_in && stay.from() == 0) || (goes_on && stay.to() == kDaySeconds);
    const Piece piece{day.who->person, place, zone, when, estimated};
    if (touches) return pieces_.push_back(piece);
    add_stretch(piece, when, std::span<const Interval>(&when, estimated ? 1 : 0), window, into, estimates);
  });
}

void Sweep::add_stretch(const Piece& piece, Interval whole, std::span<const Interval> estimated, Interval window,
                        Stretches& into, Estimates* estimates) const {
  Stretch stretch{piece.person, piece.place, piece.zone, common(whole, window)};
  if (estimates) {
    stretch.first_estimate = static_cast<std::uint32_t>(estimates->size());
    stretch.estimates = static_cast<std::uint32_t>(estimated.size());
    estimates->insert(estimates->end(), estimated.begin(), estimated.end());
  }
  into.push_back(stretch);
}

// Many stretches are sorted by their places first, the few of one place then by comparison.
void sort_by_place(Stretches& stretches) {
  constexpr std::size_t kFew = 256;
  const auto by_begin = [](const Stretch& a, const Stretch& b) {
    return std::tie(a.place, a.when.from) < std::tie(b.place, b.when.from);
  };
  if (stretches.size() <= kFew) return std::sort(stretches.begin(), stretches.end(), by_begin);
  sort_by_number(stretches, [](const Stretch& s) { return s.place; });
  for (auto first = stretches.begin(); first != stretches.end();) {
    const auto end = std::find_if(first, stretches.end(), [&](const Stretch& s) { return s.place != first->place; });
    std::sort(first, end, by_begin);
    first = end;
  }
}

// Whether what was gathered may have to be merged.
bool Sweep::gather_day(Number person, const DayPart& part) {
  bool loose = false;
  view_.encounters_of(part, person, [&](Number peer, Stay stay, bool merged) {
    std::optional<std::int64_t> attenuation;
    if (stay.measured()) attenuation = stay.attenuation();
    meetings_.push_back({peer, stay.on(part.day), attenuation});
    loose = loose || !merged || stay.from() == 0 || stay.to() == kDaySeconds;
  });
  return loose;
}

// The attenuation of a merged encounter is that of all of it, also of what lies outside the window: the days before and
// after are read as long as something goes on there.
void Sweep::gather_meetings(Number person, Interval window) {
  meetings_.clear();
  const auto parts = view_.days(window);
  if (parts.empty()) return;
  bool loose = false;
  for (const DayPart& part : parts) loose = gather_day(person, part) || loose;
  if (!loose) return;
  const auto reaches = [&](Instant midnight) {
    return std::any_of(meetings_.begin(), meetings_.end(),
                       [&](const Meeting& m) { return m.when.from == midnight || m.when.to == midnight; });
  };
  for (Day day = parts.front().day; reaches(begin_of(day)); --day) {
    const DayPart* const earlier = view_.day(day - 1);
    if (!earlier) break;
    gather_day(person, *earlier);
  }
  for (Day day = parts.back().day + 1; reaches(begin_of(day)); ++day) {
    const DayPart* const later = view_.day(day);
    if (!later) break;
    gather_day(person, *later);
  }
  merge_meetings();
}

void Sweep::merge_meetings() {
  const auto key = [](const Meeting& m) { return std::tie(m.peer, m.when.from); };
  std::sort(meetings_.begin(), meetings_.end(), [&](const Meeting& a, const Meeting& b) { return key(a) < key(b); });
  std::size_t kept = 0;
  for (const Meeting& m : meetings_) {
    Meeting* const last = kept == 0 ? nullptr : &meetings_[kept - 1];
    if (last && last->peer == m.peer && m.when.from <= last->when.to) {
      last->when.to = std::max(last->when.to, m.when.to);
      last->attenuation = closest(last->attenuation, m.attenuation);
    } else {
      meetings_[kept++] = m;
    }
  }
  meetings_.resize(kept);
}

}  // namespace luytre::presence
