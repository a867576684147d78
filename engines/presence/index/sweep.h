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

#include <span>
#include <vector>

#include "engines/presence/index/large_memory.h"
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

// Reads what a trace needs of a view, under its rules. Not thread-safe: one per trace.
class Sweep {
 public:
  Sweep(const View& view, const TraceRules& rules) : view_(view), rules_(rules) {}

  // Memory is slow and a trace looks in many places: these ask for much at once before it is read. They change nothing
  // else.
  struct Coming {
    Number person = kNoNumber;
    Interval window;
  };
  void fetch(std::span<const Coming> persons) const;
  void fetch(std::span<const Stretch> stretches) const;
  static constexpr std::size_t kFetched = 16;  // how many to ask for at once

  // Appends the person's stretches within the window.
  void stretches(Number person, Interval window, Stretches& into, Estimates& estimates);

  // take(const Shared&) for each link of at least min_overlap of the stretch with another person.
  template <class Take>
  void links(const Stretch& stretch, Take&& take);

  // take(peer, Interval, attenuation) for each merged encounter of the person of which a second lies in the window.
  template <class Take>
  void encounters(Number person, Interval window, Take&& take);

  // take(person, zone, Interval, estimated, touches) for each piece at a place that shares a second with the interval;
  // `touches` is set for those that may have to be merged with others.
  template <class Take>
  void pieces_at(Number place, Interval when, Take&& take) const;

 private:
  struct Meeting {
    Number peer = 0;
    Interval when;
    std::optional<std::int64_t> attenuation;
  };
  // take(place, zone, Interval, estimated) for each piece of the person that shares a second with the window.
  template <class Take>
  void pieces_of(Number person, Interval window, Take&& take) const;
  void gather_meetings(Number person, Interval window);
  bool gather_day(Number person, const DayPart& part);
  void merge_meetings();

  const View& view_;
  const TraceRules& rules_;
  std::vector<Piece> pieces_;
  std::vector<Interval> estimates_;
  std::vector<Meeting> meetings_;
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

template <class Take>
void Sweep::pieces_of(Number person, Interval window, Take&& take) const {
  const Interval wanted = rules_.scan_margin ? entries_of(rules_, window) : window;
  for (const DayPart& part : view_.days(wanted)) {
    view_.visits_of(part, person, [&](Number place, Number zone, Stay stay) {
      if (rules_.scan_margin && stay.continues()) return;
      const Interval when = span_of(rules_, stay.on(part.day));
      if (common(when, window).empty()) return;
      take(place, zone, when, stay.estimated() || rules_.scan_margin);
    });
  }
}

template <class Take>
void Sweep::pieces_at(Number place, Interval when, Take&& take) const {
  if (rules_.scan_margin) {
    const Interval wanted = entries_of(rules_, when);
    for (const DayPart& part : view_.days(wanted)) {
      const std::int64_t zero = begin_of(part.day).seconds;
      view_.entries_at(part, place, wanted.from.seconds - zero, wanted.to.seconds - zero,
                       [&](Number person, Number zone, Stay stay) {
                         if (!stay.continues()) take(person, zone, span_of(rules_, stay.on(part.day)), true, true);
                       });
    }
    return;
  }
  for (const DayPart& part : view_.days(when)) {
    const std::int64_t zero = begin_of(part.day).seconds;
    const std::int64_t from = when.from.seconds - zero, to = when.to.seconds - zero;
    const bool came_in = from < 0;
    const bool goes_on = to > kDaySeconds;
    view_.visits_at(part, place, from, to, [&](Number person, Number zone, Stay stay) {
      const bool touches = stay.touching() || (came_in && stay.from() == 0) || (goes_on && stay.to() == kDaySeconds);
      take(person, zone, stay.on(part.day), stay.estimated(), touches);
    });
  }
}

template <class Take>
void Sweep::links(const Stretch& stretch, Take&& take) {
  pieces_.clear();
  pieces_at(stretch.place, stretch.when, [&](Number person, Number zone, Interval when, bool estimated, bool touches) {
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
