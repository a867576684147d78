// What a trace is made of: the stretches of time that people spent at places, and who shared them.
//
// A stretch is one person's merged visit at one place and zone, as far as it lies in a window. Sweeping it gives every
// link with anybody else: rows of the place that share a second with it; those of one person and zone that touch are
// one. Almost every row stands alone and is a link as it is; only rows that are marked as touching, or that reach a
// midnight which the stretch crosses, are gathered and merged. That is exact: of a merged visit only what lies within
// the stretch matters, and any second of it there belongs to a row that was read.
//
// Under a scan rule rows stand for the spans around the entries, which may touch anyhow: all are gathered.

#pragma once

#include <algorithm>
#include <span>
#include <vector>

#include "engines/presence/index/large_memory.h"
#include "engines/presence/index/lent.h"
#include "engines/presence/index/view.h"

namespace luytre::presence {

// The parts of merged visits that end by an estimate; stretches and links refer to ranges of it.
using Estimates = std::vector<Interval, LargeMemory<Interval>>;

struct Stretch {
  Number person = kNoNumber;
  Number place = kNoNumber;
  Number zone = kNoZone;
  Interval when;
  std::uint32_t first_estimate = 0;
  std::uint32_t estimates = 0;

  std::span<const Interval> estimated(const Estimates& all) const {
    return std::span(all).subspan(first_estimate, estimates);
  }
};

using Stretches = std::vector<Stretch, LargeMemory<Stretch>>;

// A link before the window of the one of the two whose window it is has cut it.
struct Shared {
  Number person = kNoNumber;  // the other
  Number zone = kNoZone;      // the other's
  Interval when;
  std::span<const Interval> estimated;  // of the other
};

inline Interval common(Interval a, Interval b) {
  return {std::max(a.from, b.from), std::min(a.to, b.to)};
}
inline bool lasts(Interval when, std::chrono::seconds least) {
  return !when.empty() && when.to - when.from >= least;
}
inline bool any_in(std::span<const Interval> intervals, Interval when) {
  for (const Interval& i : intervals) {
    if (i.from < when.to && when.from < i.to) return true;
  }
  return false;
}
inline bool compatible(Number zone, Number other) {
  return zone == kNoZone || other == kNoZone || zone == other;
}

// A piece of somebody's visit that may have to be merged with others.
struct Piece {
  Number person = 0;
  Number place = 0;
  Number zone = kNoZone;
  Interval when;
  bool estimated = false;
};
void sort_pieces(std::vector<Piece>& pieces);  // by person, place, zone, beginning

void sort_by_place(Stretches& stretches);  // then by beginning

// Reads what a trace needs of a view, under its rules. Memory is slow and a trace looks in many places: what is asked
// about together is looked up together, step by step, each step asking the memory for what the next one reads. Not
// thread-safe: one per trace.
class Sweep {
 public:
  struct Coming {
    Number person = kNoNumber;  // nobody: none
    Interval window;
  };
  struct Spot {
    Number place = kNoNumber;
    Interval when;
  };

  Sweep(const View& view, const TraceRules& rules) : view_(view), rules_(rules) {}

  // Appends the persons' stretches within their windows; without estimates where nobody asks for them.
  void stretches(std::span<const Coming> persons, Stretches& into, Estimates* estimates);
  void stretches(Number person, Interval window, Stretches& into, Estimates& estimates) {
    const Coming one{person, window};
    stretches(std::span(&one, 1), into, &estimates);
  }

  // take(stretch, const Shared&) for each link of at least min_overlap of the stretches with other persons.
  template <class Take>
  void links(std::span<const Stretch> stretches, Take&& take);
  template <class Take>
  void links(const Stretch& stretch, Take&& take) {
    links(std::span(&stretch, 1), [&](const Stretch&, const Shared& shared) { take(shared); });
  }

  // take(peer, Interval, attenuation) for each merged encounter of the person of which a second lies in the window.
  template <class Take>
  void encounters(Number person, Interval window, Take&& take);

  // visit(i, pieces) for each spot; then pieces(take) calls take(person, zone, Interval, estimated, touches) for each
  // piece at the place that shares a second with the interval; `touches` is set for those that may have to be merged
  // with others.
  template <class Visit>
  void each_spot(std::span<const Spot> spots, Visit&& visit);
  template <class Take>
  void pieces_at(Number place, Interval when, Take&& take) {
    const Spot one{place, when};
    each_spot(std::span(&one, 1), [&](std::size_t, auto&& pieces) { pieces(take); });
  }

 private:
  static constexpr std::size_t kTogether = 32;

  struct Meeting {
    Number peer = 0;
    Interval when;
    std::optional<std::int64_t> attenuation;
  };
  struct PersonDay {
    const Coming* who = nullptr;
    const DayPart* part = nullptr;
    Range rows;
  };
  struct PlaceDay {
    const Spot* spot = nullptr;
    const DayPart* part = nullptr;
    Segment::Entries entries;
  };
  struct Memory {
    std::vector<PersonDay> person_days;
    std::vector<PlaceDay> place_days;
    std::vector<Spot> spots;
    std::vector<Piece> pieces;
    std::vector<Interval> estimates;
    std::vector<Meeting> meetings;
    std::size_t bytes() const { return bytes_of(person_days, place_days, spots, pieces, estimates, meetings); }
  };

  // What is read for something that shares a second with the interval.
  Interval wanted(Interval when) const;
  void look_up(std::span<const Coming> persons);
  void look_up(std::span<const Spot> spots);
  void gather(const PersonDay& day, Stretches& into, Estimates* estimates);
  void add_stretch(const Piece& piece, Interval whole, std::span<const Interval> estimated, Interval window,
                   Stretches& into, Estimates* estimates) const;
  template <class Take>
  void read(const PlaceDay& day, Take&& take) const;
  template <class Pieces, class Take>
  void links_of(const Stretch& stretch, Pieces&& pieces, Take&& take);
  void gather_meetings(Number person, Interval window);
  bool gather_day(Number person, const DayPart& part);
  void merge_meetings();

  const View& view_;
  const TraceRules& rules_;
  Lent<Memory> memory_;
  std::vector<PersonDay>& person_days_ = memory_->person_days;
  std::vector<PlaceDay>& place_days_ = memory_->place_days;
  std::vector<Spot>& spots_ = memory_->spots;
  std::vector<Piece>& pieces_ = memory_->pieces;
  std::vector<Interval>& estimates_ = memory_->estimates;
  std::vector<Meeting>& meetings_ = memory_->meetings;
};

// The entries whose spans share a second with the interval, under a scan rule.
Interval entries_of(const TraceRules& rules, Interval spans);

// Those of one person, place and zone that overlap or touch become one: take(first piece, whole interval, the parts
// that end by an estimate).
template <class Take>
void merge_pieces(std::vector<Piece>& pieces, std::vector<Interval>& estimates, Take&& take) {
  sort_pieces(pieces);
  for (std::size_t i = 0; i < pieces.size();) {
    const Piece& first = pieces[i];
    Interval whole = first.when;
    estimates.clear();
    for (; i < pieces.size(); ++i) {
      const Piece& next = pieces[i];
      const bool same = next.person == first.person && next.place == first.place && next.zone == first.zone;
      if (!same || next.when.from > whole.to) break;
      whole.to = std::max(whole.to, next.when.to);
      if (next.estimated) estimates.push_back(next.when);
    }
    take(first, whole, std::span<const Interval>(estimates));
  }
}

template <class Visit>
void Sweep::each_spot(std::span<const Spot> spots, Visit&& visit) {
  for (std::size_t first = 0; first < spots.size(); first += kTogether) {
    const auto some = spots.subspan(first, std::min(kTogether, spots.size() - first));
    look_up(some);
    auto day = place_days_.begin();
    for (std::size_t i = 0; i < some.size(); ++i) {
      const auto end = std::find_if(day, place_days_.end(), [&](const PlaceDay& d) { return d.spot != &some[i]; });
      visit(first + i, [&](auto&& take) { std::for_each(day, end, [&](const PlaceDay& d) { read(d, take); }); });
      day = end;
    }
  }
}

template <class Take>
void Sweep::read(const PlaceDay& day, Take&& take) const {
  const DayPart& part = *day.part;
  const Number place = day.spot->place;
  const Interval when = wanted(day.spot->when);
  const std::int64_t zero = begin_of(part.day).seconds;
  const std::int64_t from = when.from.seconds - zero, to = when.to.seconds - zero;
  if (rules_.scan_margin) {
    view_.visits_at(part, place, day.entries, to, [&](Number person, Number zone, Stay stay) {
      if (stay.from() >= from && stay.from() < to && !stay.continues())
        take(person, zone, span_of(rules_, stay.on(part.day)), true, true);
    });
    return;
  }
  const bool came_in = from < 0;
  const bool goes_on = to > kDaySeconds;
  view_.visits_at(part, place, day.entries, to, [&](Number person, Number zone, Stay stay) {
    if (stay.to() <= from || stay.from() >= to) return;
    const bool touches = stay.touching() || (came_in && stay.from() == 0) || (goes_on && stay.to() == kDaySeconds);
    take(person, zone, stay.on(part.day), stay.estimated(), touches);
  });
}

template <class Take>
void Sweep::links(std::span<const Stretch> stretches, Take&& take) {
  spots_.clear();
  for (const Stretch& s : stretches) spots_.push_back({s.place, s.when});
  each_spot(spots_, [&](std::size_t i, auto&& pieces) {
    links_of(stretches[i], pieces, [&](const Shared& shared) { take(stretches[i], shared); });
  });
}

template <class Pieces, class Take>
void Sweep::links_of(const Stretch& stretch, Pieces&& pieces, Take&& take) {
  pieces_.clear();
  pieces([&](Number person, Number zone, Interval when, bool estimated, bool touches) {
    if (person == stretch.person || !compatible(stretch.zone, zone)) return;
    if (touches) {
      pieces_.push_back({person, stretch.place, zone, when, estimated});
      return;
    }
    const Interval shared = common(when, stretch.when);
    if (lasts(shared, rules_.min_overlap))
      take(Shared{person, zone, shared, std::span<const Interval>(&when, estimated ? 1 : 0)});
  });
  if (pieces_.empty()) return;
  merge_pieces(pieces_, estimates_, [&](const Piece& piece, Interval whole, std::span<const Interval> estimated) {
    const Interval shared = common(whole, stretch.when);
    if (lasts(shared, rules_.min_overlap)) take(Shared{piece.person, piece.zone, shared, estimated});
  });
}

template <class Take>
void Sweep::encounters(Number person, Interval window, Take&& take) {
  gather_meetings(person, window);
  for (const Meeting& m : meetings_) {
    if (!common(m.when, window).empty()) take(m.peer, m.when, m.attenuation);
  }
}

}  // namespace luytre::presence
