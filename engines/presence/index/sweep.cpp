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

void Sweep::stretches(Number person, Interval window, Stretches& into, Estimates& estimates) {
  pieces_.clear();
  pieces_of(person, window, [&](Number place, Number zone, Interval when, bool estimated) {
    pieces_.push_back({person, place, zone, when, estimated});
  });
  merge_pieces(pieces_, estimates_, [&](const Piece& piece, Interval whole, std::span<const Interval> estimated) {
    into.push_back({person, piece.place, piece.zone, common(whole, window),
                    static_cast<std::uint32_t>(estimates.size()), static_cast<std::uint32_t>(estimated.size())});
    estimates.insert(estimates.end(), estimated.begin(), estimated.end());
  });
}

namespace {

template <class Fetch>
void each_sealed(const View& view, Interval when, Fetch&& fetch) {
  for (const DayPart& part : view.days(when)) {
    if (part.sealed) fetch(*part.sealed);
  }
}

}  // namespace

void Sweep::fetch(std::span<const Coming> persons) const {
  for (const Coming& c : persons)
    each_sealed(view_, c.window, [&](const Segment& segment) { segment.fetch_person(c.person); });
  for (const Coming& c : persons)
    each_sealed(view_, c.window, [&](const Segment& segment) { segment.fetch_person_rows(c.person); });
}

void Sweep::fetch(std::span<const Stretch> stretches) const {
  for (const Stretch& s : stretches)
    each_sealed(view_, s.when, [&](const Segment& segment) { segment.fetch_place(s.place); });
  for (const Stretch& s : stretches)
    each_sealed(view_, s.when, [&](const Segment& segment) { segment.fetch_place_range(s.place); });
  for (const Stretch& s : stretches)
    each_sealed(view_, s.when, [&](const Segment& segment) { segment.fetch_place_rows(s.place); });
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
