#include "modules/tracing/trace.h"

#include <algorithm>
#include <limits>
#include <tuple>
#include <unordered_map>
#include <unordered_set>

#include "engines/presence/risk.h"
#include "modules/places/places.h"
#include "modules/tracing/counted.h"
#include "modules/tracing/trace_sql.h"

namespace luytre::tracing {

namespace {

using presence::Contact;
using presence::Evidence;
using presence::LinkKind;
using presence::Question;
using presence::Setting;
using presence::Source;
using presence::Stopped;

constexpr std::size_t kFrontierMost = 128;  // people per round trip: bounds what is in memory at once

enum class Direction { kForward, kBack };

class Tracer {
 public:
  // `only`: whose evidence is wanted; it ends with that person's level.
  Tracer(store::Session& session, const Question& question, const PlaceSettings& settings,
         const presence::TraceLimits& limits, Direction direction, std::optional<PersonId> only = {})
      : session_(session),
        question_(as_counted(session, question)),
        settings_(settings),
        limits_(limits),
        direction_(direction),
        only_(only) {}

  struct Found {
    Contact contact;
    Instant met;  // the latest end of its evidence
  };
  void run();

  std::vector<Found> take_found() { return std::move(done_); }
  std::int64_t persons_searched() const { return persons_searched_; }
  std::int64_t links_found() const { return links_found_; }
  Stopped stopped() const { return stopped_; }
  int levels() const { return levels_; }

 private:
  struct Finding {
    presence::Finding evidence;
    Instant met{std::numeric_limits<std::int64_t>::min()};
  };

  bool search(std::span<const Source> frontier);  // false: out of time
  void take_visits(PersonId source, const std::vector<VisitLink>& links);
  void take_encounters(PersonId source, const std::vector<EncounterLink>& links);
  void add(PersonId target, Evidence evidence, const Setting& setting);
  void read_settings(const std::vector<std::vector<VisitLink>>& links);
  std::vector<Source> finish_level(int level);
  Interval exposing(PersonId person, const Finding& finding) const;
  std::size_t most_evidence(PersonId of) const {
    if (!only_) return question_.rules.most_evidence;
    return of == *only_ ? 0 : 1;
  }

  store::Session& session_;
  const Question question_;
  const PlaceSettings& settings_;
  const presence::TraceLimits limits_;
  const Direction direction_;
  const std::optional<PersonId> only_;
  std::vector<Found> done_;
  std::int64_t persons_searched_ = 0;
  std::int64_t links_found_ = 0;
  Stopped stopped_ = Stopped::kNot;
  int levels_ = 0;
  std::unordered_set<PersonId> reached_;                   // at a level below the one being filled
  std::unordered_map<PersonId, Finding> found_;            // the level being filled
  std::unordered_map<PlaceId, Setting> setting_of_place_;  // of places seen so far
};

void Tracer::run() {
  for (const Source& source : question_.cases) reached_.insert(source.person);
  std::vector<Source> frontier = presence::merge_sources(question_.cases);
  while (!frontier.empty() && !(only_ && reached_.contains(*only_))) {
    if (levels_ >= question_.rules.depth) return void(stopped_ = Stopped::kDepth);
    if (limits_.most_contacts != 0 && done_.size() >= limits_.most_contacts) return void(stopped_ = Stopped::kCount);
    const std::int64_t links_before = links_found_;
    if (!search(frontier)) {
      links_found_ = links_before;
      return void(stopped_ = Stopped::kTime);
    }
    persons_searched_ += static_cast<std::int64_t>(frontier.size());
    frontier = finish_level(++levels_);
  }
}

bool Tracer::search(std::span<const Source> frontier) {
  while (!frontier.empty()) {
    if (limits_.over && limits_.over()) return false;
    const auto portion = frontier.first(std::min(kFrontierMost, frontier.size()));
    const Links found = links(session_, portion, question_.rules);
    read_settings(found.visits);
    for (std::size_t i = 0; i < portion.size(); ++i) {
      take_visits(portion[i].person, found.visits[i]);
      take_encounters(portion[i].person, found.encounters[i]);
    }
    frontier = frontier.subspan(portion.size());
  }
  return true;
}

void Tracer::take_visits(PersonId source, const std::vector<VisitLink>& links) {
  for (const VisitLink& link : links) {
    const Evidence evidence{.when = {link.from, link.to},
                            .with = source,
                            .place = link.place,
                            .kind = LinkKind::kVisit,
                            .zone = link.own_zone ? link.own_zone : link.other_zone,
                            .same_zone = link.own_zone && link.other_zone,
                            .estimated = link.estimated != 0};
    add(link.person, evidence, setting_of_place_[link.place]);
  }
}

void Tracer::take_encounters(PersonId source, const std::vector<EncounterLink>& links) {
  for (const EncounterLink& link : links) {
    const Evidence evidence{
        .when = {link.from, link.to}, .with = source, .kind = LinkKind::kEncounter, .attenuation = link.attenuation};
    add(link.peer, evidence, {});
  }
}

void Tracer::add(PersonId target, Evidence evidence, const Setting& setting) {
  ++links_found_;
  if (reached_.contains(target)) return;
  evidence.risk = presence::risk(evidence, setting, question_.rules.by_air);
  Finding& finding = found_[target];
  finding.evidence.add(evidence, most_evidence(target));
  finding.met = std::max(finding.met, evidence.when.to);
}

void Tracer::read_settings(const std::vector<std::vector<VisitLink>>& links) {
  std::vector<PlaceId> places;
  for (const auto& of_person : links) {
    for (const VisitLink& link : of_person) {
      if (setting_of_place_.try_emplace(link.place).second) places.push_back(link.place);
    }
  }
  const auto kinds = place_kinds(session_, places);
  for (std::size_t i = 0; i < places.size(); ++i) {
    if (kinds[i]) setting_of_place_[places[i]] = settings_(*kinds[i]);
  }
}

std::vector<Source> Tracer::finish_level(int level) {
  std::vector<Source> next;
  for (auto& [person, finding] : found_) {
    reached_.insert(person);
    const Interval window = exposing(person, finding);
    if (!window.empty()) next.push_back({person, window});
    done_.push_back({std::move(finding.evidence).finish(person, level, most_evidence(person)), finding.met});
  }
  found_.clear();
  return next;
}

Interval Tracer::exposing(PersonId person, const Finding& finding) const {
  if (direction_ == Direction::kForward) return presence::exposing(question_, person, finding.evidence.since());
  return {question_.horizon, finding.met - question_.rules.latent};
}

}  // namespace

presence::Traced trace_within(store::Session& session, const presence::Question& question,
                              const PlaceSettings& settings, const presence::TraceLimits& limits) {
  Tracer tracer(session, question, settings, limits, Direction::kForward);
  tracer.run();
  presence::Traced traced{{{}, tracer.persons_searched(), tracer.links_found()}, tracer.stopped(), tracer.levels()};
  for (auto& found : tracer.take_found()) traced.answer.contacts.push_back(std::move(found.contact));
  presence::sort_contacts(traced.answer.contacts);
  return traced;
}

presence::Answer trace(store::Session& session, const presence::Question& question, const PlaceSettings& settings) {
  return trace_within(session, question, settings, {}).answer;
}

presence::Origins trace_back(store::Session& session, const presence::Question& question, const PlaceSettings& settings,
                             const presence::TraceLimits& limits) {
  Tracer tracer(session, question, settings, limits, Direction::kBack);
  tracer.run();
  presence::Origins back{{}, tracer.persons_searched(), tracer.links_found(), tracer.stopped(), tracer.levels()};
  for (auto& [contact, met] : tracer.take_found())
    back.origins.push_back(
        {contact.person, contact.level, met, contact.risk, contact.evidence_count, std::move(contact.evidence)});
  presence::sort_origins(back.origins);
  return back;
}

std::optional<presence::Contact> contact_with_evidence(store::Session& session, const presence::Question& question,
                                                       PersonId contact, const PlaceSettings& settings,
                                                       const presence::TraceLimits& limits) {
  const PersonId asked = counted(session, contact);
  Tracer tracer(session, question, settings, limits, Direction::kForward, asked);
  tracer.run();
  for (auto& found : tracer.take_found())
    if (found.contact.person == asked) return std::move(found.contact);
  return std::nullopt;
}

std::vector<presence::Visit> present_at(store::Session& session, PlaceId place, Interval when) {
  std::vector<presence::Visit> present;
  if (when.empty()) return present;
  for (const PresentVisit& v : present_visits(session, place, when))
    present.push_back({v.person, place, v.zone, {v.from, v.to}, v.estimated != 0});
  std::sort(present.begin(), present.end(), [](const presence::Visit& a, const presence::Visit& b) {
    return std::tie(a.when.from, a.person, a.zone) < std::tie(b.when.from, b.person, b.zone);
  });
  return present;
}

presence::TraceLimits TraceCeiling::from_now() const {
  presence::TraceLimits limits{.most_contacts = most_contacts, .over = {}};
  if (time.count() == 0) return limits;
  const auto end = std::chrono::steady_clock::now() + time;
  limits.over = [end] { return std::chrono::steady_clock::now() >= end; };
  return limits;
}

std::optional<presence::Stopped> stopped_by(presence::Stopped how) {
  return how == Stopped::kNot ? std::nullopt : std::optional(how);
}

PlaceSettings place_settings(const places::Kinds& kinds) {
  return [&kinds](std::string_view kind) {
    const places::Kind* known = kinds.find(kind);
    return known ? Setting{known->ventilation, known->crowding} : Setting{};
  };
}

PlaceSettings place_settings(const places::Places& places) {
  return place_settings(places.kinds());
}

}  // namespace luytre::tracing
