#include "engines/presence/index/reach.h"

#include <algorithm>
#include <array>
#include <tuple>

#include "engines/presence/index/found_map.h"
#include "engines/presence/index/frontier.h"
#include "engines/presence/index/number_keys.h"
#include "engines/presence/index/sums.h"

namespace luytre::presence {

namespace {

constexpr std::size_t kAtOnce = 65'536;     // persons whose stretches are held together
constexpr std::size_t kBetweenAsking = 64;  // places or persons
constexpr std::size_t kUsual = 64;          // contacts of a case

struct Found {
  Number person = kNoNumber;
  int level = 0;
  Instant since;
};

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
    found_.reserve(kUsual);
    stretches_.reserve(kUsual);
  }

  Reach run();

 private:
  std::vector<Exposer> cases();
  std::vector<Exposer> next(std::size_t first) const;
  bool exposes_any(std::size_t first) const;
  bool search(std::span<const Exposer> exposers, int level);  // false: out of time
  void search_person(const Exposer& exposer, int level);
  bool search_places(std::span<const Stretch> stretches, int level);
  void search_place(std::span<const Stretch> stretches, int level);
  void search_merged(std::span<const Stretch> stretches, int level);
  void note(Number person, Instant since, int level);
  void take_notes();
  void take_note(Number person, Instant since, int level);
  bool out_of_time();

  const View& view_;
  const Question& question_;
  const TraceLimits& limits_;
  std::chrono::seconds least_;
  Sweep sweep_;
  MergedFrontier merged_;
  FoundMap index_;
  std::vector<Found, LargeMemory<Found>> found_;
  Stretches stretches_;
  Estimates estimates_;
  std::vector<Piece> pieces_;
  std::vector<Interval> unused_;
  std::array<Found, 16> noted_;
  std::size_t notes_ = 0;
  std::size_t since_asking_ = 0;
};

std::vector<Exposer> Reacher::cases() {
  for (const Source& s : question_.cases) {
    const Number number = view_.names().persons.find(s.person.value);
    if (number == kNoNumber) continue;
    const auto fresh = static_cast<std::uint32_t>(found_.size());
    if (index_.find_or_add(number, fresh) == fresh) found_.push_back({number});
  }
  return exposers_of(view_, question_);
}

// Many are asked about in order of their numbers: what days hold of neighbours lies together.
std::vector<Exposer> Reacher::next(std::size_t first) const {
  constexpr std::size_t kFew = 128;
  std::vector<Exposer> frontier;
  for (std::size_t i = first; i < found_.size(); ++i) view_.names().persons.fetch_id(found_[i].person);
  for (std::size_t i = first; i < found_.size(); ++i) {
    const Interval window = exposing(question_, view_.person(found_[i].person), found_[i].since);
    if (!window.empty()) frontier.push_back({found_[i].person, window});
  }
  if (frontier.size() > kFew) sort_by_number(frontier, [](const Exposer& e) { return e.person; });
  return frontier;
}

// Whether next(first) would be somebody; mostly the first whom one asks.
bool Reacher::exposes_any(std::size_t first) const {
  return std::any_of(found_.begin() + static_cast<std::ptrdiff_t>(first), found_.end(),
                     [&](const Found& f) { return !exposing(question_, view_.person(f.person), f.since).empty(); });
}

bool Reacher::out_of_time() {
  if (!limits_.over || ++since_asking_ < kBetweenAsking) return false;
  since_asking_ = 0;
  return limits_.over();
}

// Who is found is looked up a little later, when the memory has come.
void Reacher::note(Number person, Instant since, int level) {
  index_.fetch(person);
  noted_[notes_++] = {person, level, since};
  if (notes_ == noted_.size()) take_notes();
}

void Reacher::take_notes() {
  for (const Found& f : std::span(noted_).first(notes_)) take_note(f.person, f.since, f.level);
  notes_ = 0;
}

void Reacher::take_note(Number person, Instant since, int level) {
  const auto fresh = static_cast<std::uint32_t>(found_.size());
  const std::uint32_t at = index_.find_or_add(person, fresh);
  if (at == fresh) {
    found_.push_back({person, level, since});
  } else if (found_[at].level == level) {
    found_[at].since = std::min(found_[at].since, since);
  }
}

bool Reacher::search(std::span<const Exposer> exposers, int level) {
  for (; !exposers.empty(); exposers = exposers.subspan(std::min(kAtOnce, exposers.size()))) {
    stretches_.clear();
    estimates_.clear();
    const auto some = exposers.first(std::min(kAtOnce, exposers.size()));
    for (std::size_t i = 0; i < some.size(); ++i) {
      if (i % Sweep::kFetched == 0) sweep_.fetch(some.subspan(i, std::min(Sweep::kFetched, some.size() - i)));
      if (some[i].person == kNoNumber) continue;
      if (out_of_time()) return false;
      search_person(some[i], level);
    }
    std::erase_if(stretches_, [&](const Stretch& s) { return !lasts(s.when, least_); });
    sort_by_place(stretches_);
    if (!search_places(stretches_, level)) return false;
  }
  take_notes();
  return true;
}

void Reacher::search_person(const Exposer& exposer, int level) {
  sweep_.stretches(exposer.person, exposer.window, stretches_, estimates_);
  sweep_.encounters(exposer.person, exposer.window, [&](Number peer, Interval whole, const auto&) {
    const Interval when = common(whole, exposer.window);
    if (lasts(when, least_)) note(peer, when.from, level);
  });
}

bool Reacher::search_places(std::span<const Stretch> stretches, int level) {
  std::size_t fetched = 0;
  for (std::size_t i = 0; i < stretches.size();) {
    if (out_of_time()) return false;
    if (i >= fetched) {
      const std::size_t some = std::min(Sweep::kFetched, stretches.size() - i);
      sweep_.fetch(stretches.subspan(i, some));
      fetched = i + some;
    }
    std::size_t end = i + 1;
    while (end < stretches.size() && stretches[end].place == stretches[i].place) ++end;
    search_place(stretches.subspan(i, end - i), level);
    i = end;
  }
  return true;
}

// Stretches that neither overlap nor touch, as those of one person mostly do, need no merging.
void Reacher::search_place(std::span<const Stretch> stretches, int level) {
  while (!stretches.empty()) {
    std::size_t together = 1;
    Instant end = stretches[0].when.to;
    while (together < stretches.size() && stretches[together].when.from <= end)
      end = std::max(end, stretches[together++].when.to);
    if (together > 1) {
      search_merged(stretches.first(together), level);
    } else {
      sweep_.links(stretches[0], [&](const Shared& shared) { note(shared.person, shared.when.from, level); });
    }
    stretches = stretches.subspan(together);
  }
}

void Reacher::search_merged(std::span<const Stretch> stretches, int level) {
  merged_.assign(stretches, least_);
  pieces_.clear();
  const auto ask = [&](Number person, Number zone, Interval when) {
    if (const auto since = merged_.first_link(zone, when)) note(person, *since, level);
  };
  for (const Interval covered : merged_.covered()) {
    sweep_.pieces_at(stretches[0].place, covered,
                     [&](Number person, Number zone, Interval when, bool estimated, bool touches) {
                       if (touches) {
                         pieces_.push_back({person, stretches[0].place, zone, when, estimated});
                       } else {
                         ask(person, zone, when);
                       }
                     });
  }
  merge_pieces(pieces_, unused_, [&](const Piece& piece, Interval whole, std::span<const Interval>) {
    ask(piece.person, piece.zone, whole);
  });
}

Reach Reacher::run() {
  Reach reach;
  std::vector<Exposer> frontier = cases();
  const std::size_t own = found_.size();
  while (!frontier.empty() && reach.stopped == Stopped::kNot) {
    if (reach.levels >= question_.rules.depth) {
      reach.stopped = Stopped::kDepth;
    } else if (limits_.most_contacts != 0 && found_.size() - own >= limits_.most_contacts) {
      reach.stopped = Stopped::kCount;
    } else {
      const std::size_t first = found_.size();
      if (search(frontier, reach.levels + 1)) {
        reach.persons_searched += static_cast<std::int64_t>(frontier.size());
        ++reach.levels;
        const bool last = reach.levels == question_.rules.depth;
        if (last && exposes_any(first)) reach.stopped = Stopped::kDepth;
        frontier = last ? std::vector<Exposer>() : next(first);
      } else {
        reach.stopped = Stopped::kTime;
      }
    }
  }
  for (const Found& f : found_) view_.names().persons.fetch_id(f.person);
  reach.persons.reserve(found_.size() - own);
  for (const Found& f : std::span(found_).subspan(own)) {
    if (f.level <= reach.levels) reach.persons.push_back({view_.person(f.person), f.level, f.since});
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
