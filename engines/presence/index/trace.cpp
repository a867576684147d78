#include "engines/presence/index/trace.h"

#include <algorithm>

#include "engines/presence/index/found_map.h"
#include "engines/presence/index/frontier.h"
#include "engines/presence/index/sums.h"
#include "engines/presence/risk.h"

namespace luytre::presence {

namespace {

constexpr std::size_t kAtOnce = 4096;       // persons whose stretches are held together
constexpr std::size_t kBetweenAsking = 64;  // persons or stretches
constexpr std::size_t kUsual = 64;          // contacts, of a case

enum class Direction { kForward, kBack };

struct Found {
  Number person = kNoNumber;
  int level = 0;
  Finding finding;
  Instant met;
};

class Tracer {
 public:
  Tracer(const View& view, const Question& question, const TraceLimits& limits, Direction direction)
      : view_(view), question_(question), limits_(limits), direction_(direction), sweep_(view, question.rules) {
    if (question.rules.sum_within) sums_.emplace(view, question.rules);
    found_.reserve(kUsual);
    stretches_.reserve(kUsual);
  }

  void run();

  // Everybody found, F0 left out.
  template <class Take>
  void finish(Take&& take) {
    for (const Found& f : found_) view_.names().persons.fetch_id(f.person);
    for (Found& f : found_) {
      if (f.level > 0 && f.level <= levels_) take(std::move(f));
    }
  }
  std::size_t found() const { return found_.size(); }
  std::int64_t persons_searched() const { return persons_searched_; }
  std::int64_t links_found() const { return links_found_; }
  Stopped stopped() const { return stopped_; }
  int levels() const { return levels_; }

 private:
  std::vector<Exposer> cases();
  std::vector<Exposer> next(std::size_t first) const;
  bool search(std::span<const Exposer> frontier, int level);  // false: out of time
  bool search_some(std::span<const Exposer> exposers, int level);
  bool search_sums(std::span<const Exposer> exposers, int level);
  void search_encounters(const Exposer& exposer, int level);
  void search_stretches(std::span<const Stretch> stretches, int level);
  void add(Number target, int level, Evidence& evidence, const Setting& setting);
  bool out_of_time(std::size_t steps);

  const View& view_;
  const Question& question_;
  const TraceLimits& limits_;
  Direction direction_;
  Sweep sweep_;
  std::optional<SumSweep> sums_;  // under a sum rule
  FoundMap places_in_found_;
  std::vector<Found> found_;
  Stretches stretches_;
  Estimates estimates_;
  std::size_t since_asking_ = 0;
  std::int64_t persons_searched_ = 0;
  std::int64_t links_found_ = 0;
  Stopped stopped_ = Stopped::kNot;
  int levels_ = 0;
};

std::vector<Exposer> Tracer::cases() {
  for (const Source& s : question_.cases) {
    const Number number = view_.names().persons.find(s.person.value);
    if (number == kNoNumber) continue;
    const auto fresh = static_cast<std::uint32_t>(found_.size());
    if (places_in_found_.find_or_add(number, fresh) == fresh) found_.push_back({number});
  }
  return exposers_of(view_, question_);
}

std::vector<Exposer> Tracer::next(std::size_t first) const {
  std::vector<Exposer> frontier;
  for (std::size_t i = first; i < found_.size(); ++i) view_.names().persons.fetch_id(found_[i].person);
  for (std::size_t i = first; i < found_.size(); ++i) {
    const Found& f = found_[i];
    const Interval window = direction_ == Direction::kForward
                                ? exposing(question_, view_.person(f.person), f.finding.since())
                                : Interval{question_.horizon, f.met - question_.rules.latent};
    if (!window.empty()) frontier.push_back({f.person, window});
  }
  return frontier;
}

void Tracer::run() {
  std::vector<Exposer> frontier = cases();
  const std::size_t own = found_.size();
  while (!frontier.empty()) {
    if (levels_ >= question_.rules.depth) return void(stopped_ = Stopped::kDepth);
    if (limits_.most_contacts != 0 && found_.size() - own >= limits_.most_contacts)
      return void(stopped_ = Stopped::kCount);
    const std::size_t first = found_.size();
    const std::int64_t links_before = links_found_;
    if (!search(frontier, levels_ + 1)) {
      links_found_ = links_before;
      stopped_ = Stopped::kTime;
      return;
    }
    persons_searched_ += static_cast<std::int64_t>(frontier.size());
    ++levels_;
    frontier = next(first);
  }
}

bool Tracer::out_of_time(std::size_t steps) {
  if (!limits_.over || (since_asking_ += steps) < kBetweenAsking) return false;
  since_asking_ = 0;
  return limits_.over();
}

bool Tracer::search(std::span<const Exposer> frontier, int level) {
  while (!frontier.empty()) {
    const std::size_t some = std::min(kAtOnce, frontier.size());
    if (!search_some(frontier.first(some), level)) return false;
    frontier = frontier.subspan(some);
  }
  return true;
}

bool Tracer::search_some(std::span<const Exposer> exposers, int level) {
  if (sums_) return search_sums(exposers, level);
  stretches_.clear();
  estimates_.clear();
  for (std::span<const Exposer> left = exposers; !left.empty();) {
    const auto some = left.first(std::min(kBetweenAsking, left.size()));
    if (out_of_time(some.size())) return false;
    sweep_.stretches(some, stretches_, &estimates_);
    for (const Exposer& e : some) {
      if (e.person != kNoNumber) search_encounters(e, level);
    }
    left = left.subspan(some.size());
  }
  std::erase_if(stretches_, [&](const Stretch& s) { return !lasts(s.when, question_.rules.min_overlap); });
  if (exposers.size() > 1) sort_by_place(stretches_);
  for (std::span<const Stretch> left = stretches_; !left.empty();) {
    const auto some = left.first(std::min(kBetweenAsking, left.size()));
    if (out_of_time(some.size())) return false;
    search_stretches(some, level);
    left = left.subspan(some.size());
  }
  return true;
}

bool Tracer::search_sums(std::span<const Exposer> exposers, int level) {
  for (const Exposer& exposer : exposers) {
    if (exposer.person == kNoNumber) continue;
    if (out_of_time(kBetweenAsking)) return false;  // each person by itself: one may have met thousands
    for (Part& part : sums_->parts(exposer)) add(part.person, level, part.evidence, part.setting);
  }
  return true;
}

void Tracer::search_encounters(const Exposer& exposer, int level) {
  const PersonId with = view_.person(exposer.person);
  sweep_.encounters(
      exposer.person, exposer.window, [&](Number peer, Interval whole, std::optional<std::int64_t> attenuation) {
        const Interval when = common(whole, exposer.window);
        if (!lasts(when, question_.rules.min_overlap)) return;
        Evidence evidence{.when = when, .with = with, .kind = LinkKind::kEncounter, .attenuation = attenuation};
        add(peer, level, evidence, {});
      });
}

void Tracer::search_stretches(std::span<const Stretch> stretches, int level) {
  sweep_.links(stretches, [&](const Stretch& stretch, const Shared& shared) {
    Evidence evidence{
        .when = shared.when,
        .with = view_.person(stretch.person),
        .place = view_.place(stretch.place),
        .kind = LinkKind::kVisit,
        .zone = view_.zone(stretch.zone != kNoZone ? stretch.zone : shared.zone),
        .same_zone = stretch.zone != kNoZone && shared.zone != kNoZone,
        .estimated = any_in(stretch.estimated(estimates_), shared.when) || any_in(shared.estimated, shared.when)};
    add(shared.person, level, evidence, view_.names().setting(stretch.place));
  });
}

void Tracer::add(Number target, int level, Evidence& evidence, const Setting& setting) {
  ++links_found_;
  const auto fresh = static_cast<std::uint32_t>(found_.size());
  const std::uint32_t at = places_in_found_.find_or_add(target, fresh);
  if (at == fresh) found_.push_back({target, level, {}, evidence.when.to});
  Found& found = found_[at];
  if (found.level != level) return;
  evidence.risk = risk(evidence, setting, question_.rules.by_air);
  found.met = std::max(found.met, evidence.when.to);
  found.finding.add(evidence, question_.rules.most_evidence);
}

}  // namespace

Traced trace(const View& view, const Question& question, const TraceLimits& limits) {
  Tracer tracer(view, question, limits, Direction::kForward);
  tracer.run();
  Traced traced{{{}, tracer.persons_searched(), tracer.links_found()}, tracer.stopped(), tracer.levels()};
  traced.answer.contacts.reserve(tracer.found());
  tracer.finish([&](Found&& f) {
    traced.answer.contacts.push_back(
        std::move(f.finding).finish(view.person(f.person), f.level, question.rules.most_evidence));
  });
  sort_contacts(traced.answer.contacts);
  return traced;
}

Origins trace_back(const View& view, const Question& question, const TraceLimits& limits) {
  Tracer tracer(view, question, limits, Direction::kBack);
  tracer.run();
  Origins back{{}, tracer.persons_searched(), tracer.links_found(), tracer.stopped(), tracer.levels()};
  tracer.finish([&](Found&& f) {
    Contact c = std::move(f.finding).finish(view.person(f.person), f.level, question.rules.most_evidence);
    back.origins.push_back({c.person, c.level, f.met, c.risk, c.evidence_count, std::move(c.evidence)});
  });
  sort_origins(back.origins);
  return back;
}

}  // namespace luytre::presence
