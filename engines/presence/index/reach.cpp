#include "engines/presence/index/reach.h"

#include <algorithm>
#include <tuple>

#include "engines/presence/index/found_levels.h"
#include "engines/presence/index/frontier.h"
#include "engines/presence/index/number_keys.h"
#include "engines/presence/index/sums.h"

namespace luytre::presence {

namespace {

constexpr std::size_t kAtOnce = 65'536;     // persons whose stretches are held together
constexpr std::size_t kBetweenAsking = 64;  // persons or places

using Found = FoundLevels::Found;

// Appends those of one level, by exposed_since and person. Few share a second, so that sorting by seconds does nearly
// everything.
void append_sorted(const View& view, std::span<const Found> found, int level, std::vector<Reached>& into) {
  constexpr std::size_t kFew = 128;
  constexpr std::size_t kAhead = 32;
  if (found.empty()) return;
  const auto [earliest, latest] =
      std::minmax_element(found.begin(), found.end(), [](const Found& a, const Found& b) { return a.since < b.since; });
  const auto seconds = [zero = earliest->since](const Found& f) {
    return static_cast<Number>((f.since - zero).count());
  };
  const Lent<SortMemory<std::vector<Found>>> memory;
  Keys& keys = memory->keys;
  keys.clear();
  for (std::size_t i = 0; i < found.size(); ++i) {
    if (found.size() <= kFew) view.names().persons.fetch_id(found[i].person);
    keys.push_back(key_of(seconds(found[i]), i));
  }
  if (found.size() <= kFew) {
    std::sort(keys.begin(), keys.end());
  } else {
    radix_sort(keys, memory->spare, seconds(*latest));
  }
  const auto first = static_cast<std::ptrdiff_t>(into.size());
  for (std::size_t i = 0; i < keys.size(); ++i) {
    if (i + kAhead < keys.size()) view.names().persons.fetch_id(found[position_in(keys[i + kAhead])].person);
    const Found& f = found[position_in(keys[i])];
    into.push_back({view.person(f.person), level, f.since});
  }
  for (auto same = into.begin() + first; same != into.end();) {
    const auto other =
        std::find_if(same, into.end(), [&](const Reached& r) { return r.exposed_since != same->exposed_since; });
    if (other - same > 1) {
      std::sort(same, other, [](const Reached& a, const Reached& b) { return a.person < b.person; });
    }
    same = other;
  }
}

// The earliest second that may be noted, and whether they can be counted from it: not if days lie a century apart.
Instant zero_of(const View& view, const TraceRules& rules) {
  if (view.days().empty()) return {};
  return begin_of(view.days().front().day) - rules.scan_margin.value_or(std::chrono::seconds(0));
}
bool counts_seconds(const View& view) {
  constexpr Day kMost = 36'500;
  return view.days().empty() || view.days().back().day - view.days().front().day < kMost;
}

class Reacher {
 public:
  Reacher(const View& view, const Question& question, const TraceLimits& limits)
      : view_(view),
        question_(question),
        limits_(limits),
        least_(question.rules.min_overlap),
        sweep_(view, question.rules) {
    found_.clear(zero_of(view, question.rules));
  }

  Reach run();

 private:
  // Stretches at one place of which each overlaps or touches the next; as a spot, the time that they cover.
  struct Together {
    std::size_t first = 0;
    std::size_t count = 0;
  };
  struct Memory {
    FoundLevels found;
    std::vector<Exposer> frontier;
    Stretches stretches;
    std::vector<Sweep::Spot> spots;
    std::vector<Together> together;
    std::vector<Piece> pieces;
    std::vector<Interval> unused;
    MergedFrontier merged;
    std::size_t bytes() const { return found.bytes() + bytes_of(frontier, stretches, spots, together, pieces, unused); }
  };

  void begin();
  void find_frontier(int level);
  bool exposes_any(int level) const;
  Interval exposing_of(const Found& found) const;
  bool search(std::span<const Exposer> exposers);  // false: out of time
  bool search_places();
  template <class Pieces>
  void search_spot(Number place, std::span<const Stretch> stretches, Pieces&& pieces);
  bool out_of_time(std::size_t steps);

  const View& view_;
  const Question& question_;
  const TraceLimits& limits_;
  std::chrono::seconds least_;
  Sweep sweep_;
  Lent<Memory> memory_;
  FoundLevels& found_ = memory_->found;
  std::vector<Exposer>& frontier_ = memory_->frontier;
  Stretches& stretches_ = memory_->stretches;
  std::vector<Piece>& pieces_ = memory_->pieces;
  std::size_t since_asking_ = 0;
};

void Reacher::begin() {
  for (const Source& s : question_.cases) {
    const Number number = view_.names().persons.find(s.person.value);
    if (number != kNoNumber) found_.note(number, zero_of(view_, question_.rules));
  }
  found_.take_level();
  frontier_ = exposers_of(view_, question_);
}

// Who the person is matters only where somebody is isolated.
Interval Reacher::exposing_of(const Found& found) const {
  return exposing(question_, question_.isolated.empty() ? PersonId{} : view_.person(found.person), found.since);
}

// In order of their numbers: what days hold of neighbours lies together.
void Reacher::find_frontier(int level) {
  frontier_.clear();
  for (const Found& f : found_.level(level)) {
    const Interval window = exposing_of(f);
    if (!window.empty()) frontier_.push_back({f.person, window});
  }
}

// Whether find_frontier would find somebody; mostly the first whom one asks.
bool Reacher::exposes_any(int level) const {
  const auto found = found_.level(level);
  return std::any_of(found.begin(), found.end(), [&](const Found& f) { return !exposing_of(f).empty(); });
}

bool Reacher::out_of_time(std::size_t steps) {
  if (!limits_.over || (since_asking_ += steps) < kBetweenAsking) return false;
  since_asking_ = 0;
  return limits_.over();
}

bool Reacher::search(std::span<const Exposer> exposers) {
  while (!exposers.empty()) {
    stretches_.clear();
    auto some = exposers.first(std::min(kAtOnce, exposers.size()));
    exposers = exposers.subspan(some.size());
    while (!some.empty()) {
      const auto next = some.first(std::min(kBetweenAsking, some.size()));
      if (out_of_time(next.size())) return false;
      sweep_.stretches(next, stretches_, nullptr);
      for (const Exposer& e : next) {
        if (e.person == kNoNumber) continue;
        sweep_.encounters(e.person, e.window, [&](Number peer, Interval whole, const auto&) {
          const Interval when = common(whole, e.window);
          if (lasts(when, least_)) found_.note(peer, when.from);
        });
      }
      some = some.subspan(next.size());
    }
    std::erase_if(stretches_, [&](const Stretch& s) { return !lasts(s.when, least_); });
    sort_by_place(stretches_);
    if (!search_places()) return false;
  }
  return true;
}

bool Reacher::search_places() {
  auto& spots = memory_->spots;
  auto& together = memory_->together;
  spots.clear();
  together.clear();
  for (std::size_t i = 0; i < stretches_.size(); ++i) {
    const Stretch& s = stretches_[i];
    if (spots.empty() || spots.back().place != s.place || spots.back().when.to < s.when.from) {
      spots.push_back({s.place, s.when});
      together.push_back({i, 1});
    } else {
      spots.back().when.to = std::max(spots.back().when.to, s.when.to);
      ++together.back().count;
    }
  }
  for (std::size_t first = 0; first < spots.size(); first += kBetweenAsking) {
    const auto some = std::span(spots).subspan(first, std::min(kBetweenAsking, spots.size() - first));
    if (out_of_time(some.size())) return false;
    sweep_.each_spot(some, [&](std::size_t i, auto&& pieces) {
      const Together& t = together[first + i];
      search_spot(some[i].place, std::span(stretches_).subspan(t.first, t.count), pieces);
    });
  }
  return true;
}

// A stretch that is alone, as those of one person mostly are, needs no merging.
template <class Pieces>
void Reacher::search_spot(Number place, std::span<const Stretch> stretches, Pieces&& pieces) {
  const Stretch& first = stretches[0];
  const bool alone = stretches.size() == 1;
  MergedFrontier& merged = memory_->merged;
  if (!alone) merged.assign(stretches, least_);
  const auto ask = [&](Number person, Number zone, Interval when) {
    if (!alone) {
      const auto [since, there] = merged.first_link(zone, when);
      return found_.note(person, since, there);
    }
    const Interval shared = common(when, first.when);
    const bool apart = (first.zone != kNoZone) & (zone != kNoZone) & (zone != first.zone);
    found_.note(person, shared.from, (shared.to - shared.from >= least_) & !apart);
  };
  pieces_.clear();
  pieces([&](Number person, Number zone, Interval when, bool estimated, bool touches) {
    if (touches) {
      pieces_.push_back({person, place, zone, when, estimated});
    } else {
      ask(person, zone, when);
    }
  });
  if (pieces_.empty()) return;
  merge_pieces(pieces_, memory_->unused, [&](const Piece& piece, Interval whole, std::span<const Interval>) {
    ask(piece.person, piece.zone, whole);
  });
}

Reach Reacher::run() {
  Reach reach;
  begin();
  const std::size_t cases = found_.size();
  while (!frontier_.empty() && reach.stopped == Stopped::kNot) {
    if (reach.levels >= question_.rules.depth) {
      reach.stopped = Stopped::kDepth;
    } else if (limits_.most_contacts != 0 && found_.size() - cases >= limits_.most_contacts) {
      reach.stopped = Stopped::kCount;
    } else if (search(frontier_)) {
      reach.persons_searched += static_cast<std::int64_t>(frontier_.size());
      ++reach.levels;
      found_.take_level();
      const bool last = reach.levels == question_.rules.depth;
      if (last && exposes_any(reach.levels)) reach.stopped = Stopped::kDepth;
      if (last) break;
      find_frontier(reach.levels);
    } else {
      reach.stopped = Stopped::kTime;
    }
  }
  reach.persons.reserve(found_.size() - cases);
  for (int level = 1; level <= reach.levels; ++level) append_sorted(view_, found_.level(level), level, reach.persons);
  return reach;
}

}  // namespace

Reach reach(const View& view, const Question& question, const TraceLimits& limits) {
  if (question.rules.sum_within || !counts_seconds(view)) return reach_by_trace(view, question, limits);
  return Reacher(view, question, limits).run();
}

}  // namespace luytre::presence
