#include "engines/presence/index/reach.h"

#include <algorithm>
#include <array>
#include <tuple>

#include "engines/presence/index/earliest_map.h"
#include "engines/presence/index/frontier.h"
#include "engines/presence/index/number_keys.h"
#include "engines/presence/index/sums.h"

namespace luytre::presence {

namespace {

constexpr std::size_t kAtOnce = 65'536;     // persons whose stretches are held together
constexpr std::size_t kBetweenAsking = 64;  // persons or places

using Found = EarliestMap::Entry;

// By level, exposed_since, person; they come level by level. Few share a second, so that sorting by seconds does nearly
// everything.
void sort_level_by_level(std::vector<Reached>& persons) {
  constexpr std::ptrdiff_t kFew = 128;
  constexpr std::int64_t kMost = 0xffff'ffff;
  std::vector<Reached> level;
  const auto before = [](const Reached& a, const Reached& b) {
    return std::tie(a.exposed_since, a.person) < std::tie(b.exposed_since, b.person);
  };
  for (auto first = persons.begin(); first != persons.end();) {
    const auto end = std::find_if(first, persons.end(), [&](const Reached& r) { return r.level != first->level; });
    const auto [earliest, latest] = std::minmax_element(
        first, end, [](const Reached& a, const Reached& b) { return a.exposed_since < b.exposed_since; });
    const Instant zero = earliest->exposed_since;
    if (end - first <= kFew || end - first > kMost || (latest->exposed_since - zero).count() > kMost) {
      std::sort(first, end, before);
      first = end;
      continue;
    }
    level.assign(first, end);
    sort_by_number(level, [&](const Reached& r) { return static_cast<Number>((r.exposed_since - zero).count()); });
    for (auto same = level.begin(); same != level.end();) {
      const auto other =
          std::find_if(same, level.end(), [&](const Reached& r) { return r.exposed_since != same->exposed_since; });
      if (other - same > 1) std::sort(same, other, before);
      same = other;
    }
    first = std::copy(level.begin(), level.end(), first);
  }
}

class Reacher {
 public:
  Reacher(const View& view, const Question& question, const TraceLimits& limits)
      : view_(view),
        question_(question),
        limits_(limits),
        least_(question.rules.min_overlap),
        sweep_(view, question.rules) {
    earliest_.clear();
    found_.clear();
  }

  Reach run();

 private:
  // Stretches at one place of which each overlaps or touches the next; as a spot, the time that they cover.
  struct Together {
    std::size_t first = 0;
    std::size_t count = 0;
  };
  struct Memory {
    EarliestMap earliest;
    std::vector<Found, LargeMemory<Found>> found;
    std::vector<Exposer> frontier;
    Stretches stretches;
    std::vector<Sweep::Spot> spots;
    std::vector<Together> together;
    std::vector<Piece> pieces;
    std::vector<Interval> unused;
    MergedFrontier merged;
    std::size_t bytes() const {
      return earliest.bytes() + bytes_of(found, frontier, stretches, spots, together, pieces, unused);
    }
  };

  void begin();
  void take_level(int level);
  void find_frontier(std::size_t first);
  bool exposes_any(std::size_t first) const;
  Interval exposing_of(const Found& found) const;
  bool search(std::span<const Exposer> exposers, int level);  // false: out of time
  bool search_places(int level);
  template <class Pieces>
  void search_spot(Number place, std::span<const Stretch> stretches, Pieces&& pieces, int level);
  void note(Number person, Instant since, int level, bool qualifies = true);
  void take_notes();
  bool out_of_time(std::size_t steps);

  const View& view_;
  const Question& question_;
  const TraceLimits& limits_;
  std::chrono::seconds least_;
  Sweep sweep_;
  Lent<Memory> memory_;
  EarliestMap& earliest_ = memory_->earliest;
  std::vector<Found, LargeMemory<Found>>& found_ = memory_->found;  // level by level
  std::vector<Exposer>& frontier_ = memory_->frontier;
  Stretches& stretches_ = memory_->stretches;
  std::vector<Piece>& pieces_ = memory_->pieces;
  std::array<Found, 64> noted_;
  std::size_t notes_ = 0;
  std::size_t since_asking_ = 0;
};

void Reacher::begin() {
  for (const Source& s : question_.cases) {
    const Number number = view_.names().persons.find(s.person.value);
    if (number != kNoNumber) earliest_.note({number});
  }
  frontier_ = exposers_of(view_, question_);
}

// Those found at this level are known now.
void Reacher::take_level(int level) {
  earliest_.for_each([&](const Found& f) {
    if (f.level == level) found_.push_back(f);
  });
}

// Who the person is matters only where somebody is isolated.
Interval Reacher::exposing_of(const Found& found) const {
  return exposing(question_, question_.isolated.empty() ? PersonId{} : view_.person(found.person), found.since);
}

// Many are asked about in order of their numbers: what days hold of neighbours lies together.
void Reacher::find_frontier(std::size_t first) {
  constexpr std::size_t kFew = 128;
  frontier_.clear();
  for (const Found& f : std::span(found_).subspan(first)) {
    const Interval window = exposing_of(f);
    if (!window.empty()) frontier_.push_back({f.person, window});
  }
  if (frontier_.size() > kFew) sort_by_number(frontier_, [](const Exposer& e) { return e.person; });
}

// Whether find_frontier(first) would find somebody; mostly the first whom one asks.
bool Reacher::exposes_any(std::size_t first) const {
  const auto of_level = std::span(found_).subspan(first);
  return std::any_of(of_level.begin(), of_level.end(), [&](const Found& f) { return !exposing_of(f).empty(); });
}

bool Reacher::out_of_time(std::size_t steps) {
  if (!limits_.over || (since_asking_ += steps) < kBetweenAsking) return false;
  since_asking_ = 0;
  return limits_.over();
}

// Nobody foresees who qualifies, so that it is no jump; who does is looked up later, many together.
inline void Reacher::note(Number person, Instant since, int level, bool qualifies) {
  noted_[notes_] = {person, level, since};
  notes_ += qualifies ? 1 : 0;
  if (notes_ == noted_.size()) take_notes();
}

void Reacher::take_notes() {
  const auto noted = std::span(noted_).first(notes_);
  for (const Found& f : noted) earliest_.fetch(f.person);
  for (const Found& f : noted) earliest_.note(f);
  notes_ = 0;
}

bool Reacher::search(std::span<const Exposer> exposers, int level) {
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
          if (lasts(when, least_)) note(peer, when.from, level);
        });
      }
      some = some.subspan(next.size());
    }
    std::erase_if(stretches_, [&](const Stretch& s) { return !lasts(s.when, least_); });
    sort_by_place(stretches_);
    if (!search_places(level)) return false;
  }
  take_notes();
  return true;
}

bool Reacher::search_places(int level) {
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
      search_spot(some[i].place, std::span(stretches_).subspan(t.first, t.count), pieces, level);
    });
  }
  return true;
}

// A stretch that is alone, as those of one person mostly are, needs no merging.
template <class Pieces>
void Reacher::search_spot(Number place, std::span<const Stretch> stretches, Pieces&& pieces, int level) {
  const Stretch& first = stretches[0];
  const bool alone = stretches.size() == 1;
  MergedFrontier& merged = memory_->merged;
  if (!alone) merged.assign(stretches, least_);
  const auto ask = [&](Number person, Number zone, Interval when) {
    if (!alone) {
      if (const auto since = merged.first_link(zone, when)) note(person, *since, level);
      return;
    }
    const Interval shared = common(when, first.when);
    const bool apart = (first.zone != kNoZone) & (zone != kNoZone) & (zone != first.zone);
    note(person, shared.from, level, (shared.to - shared.from >= least_) & !apart);
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
  while (!frontier_.empty() && reach.stopped == Stopped::kNot) {
    if (reach.levels >= question_.rules.depth) {
      reach.stopped = Stopped::kDepth;
    } else if (limits_.most_contacts != 0 && found_.size() >= limits_.most_contacts) {
      reach.stopped = Stopped::kCount;
    } else if (search(frontier_, reach.levels + 1)) {
      reach.persons_searched += static_cast<std::int64_t>(frontier_.size());
      ++reach.levels;
      const std::size_t first = found_.size();
      take_level(reach.levels);
      const bool last = reach.levels == question_.rules.depth;
      if (last && exposes_any(first)) reach.stopped = Stopped::kDepth;
      if (last) break;
      find_frontier(first);
    } else {
      reach.stopped = Stopped::kTime;
    }
  }
  reach.persons.reserve(found_.size());
  for (std::size_t i = 0; i < found_.size(); ++i) {
    constexpr std::size_t kAhead = 32;
    if (i + kAhead < found_.size()) view_.names().persons.fetch_id(found_[i + kAhead].person);
    reach.persons.push_back({view_.person(found_[i].person), found_[i].level, found_[i].since});
  }
  sort_level_by_level(reach.persons);
  return reach;
}

}  // namespace

Reach reach(const View& view, const Question& question, const TraceLimits& limits) {
  if (question.rules.sum_within) return reach_by_trace(view, question, limits);
  return Reacher(view, question, limits).run();
}

}  // namespace luytre::presence
