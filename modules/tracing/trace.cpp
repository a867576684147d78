#include "modules/tracing/trace.h"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

#include "engines/presence/risk.h"
#include "modules/places/places.h"
#include "modules/tracing/trace_sql.h"

namespace luytre::tracing {

namespace {

using presence::Answer;
using presence::Contact;
using presence::Evidence;
using presence::Finding;
using presence::LinkKind;
using presence::Question;
using presence::Setting;
using presence::Source;

constexpr std::size_t kFrontierMost = 128;  // people per round trip: bounds what is in memory at once

class Tracer {
 public:
  Tracer(store::Session& session, const Question& question, const PlaceSettings& settings)
      : session_(session), question_(question), settings_(settings) {}

  Answer trace();

 private:
  void search(std::span<const Source> frontier);
  void take_visits(PersonId source, const std::vector<VisitLink>& links);
  void take_encounters(PersonId source, const std::vector<EncounterLink>& links);
  void add(PersonId target, Evidence evidence, const Setting& setting);
  void read_settings(const std::vector<std::vector<VisitLink>>& links);
  std::vector<Source> finish_level(int level);

  store::Session& session_;
  const Question& question_;
  const PlaceSettings& settings_;
  Answer answer_;
  std::unordered_set<PersonId> reached_;                   // at a level below the one being filled
  std::unordered_map<PersonId, Finding> found_;            // the level being filled
  std::unordered_map<PlaceId, Setting> setting_of_place_;  // of places seen so far
};

Answer Tracer::trace() {
  for (const Source& source : question_.cases) reached_.insert(source.person);
  std::vector<Source> frontier = presence::merge_sources(question_.cases);
  for (int level = 1; level <= question_.rules.depth && !frontier.empty(); ++level) {
    const std::span<const Source> all(frontier);
    for (std::size_t from = 0; from < all.size(); from += kFrontierMost)
      search(all.subspan(from, std::min(kFrontierMost, all.size() - from)));
    frontier = finish_level(level);
  }
  presence::sort_contacts(answer_.contacts);
  return std::move(answer_);
}

void Tracer::search(std::span<const Source> frontier) {
  answer_.persons_searched += static_cast<std::int64_t>(frontier.size());
  const auto visits = visit_links(session_, frontier, question_.rules);
  read_settings(visits);
  for (std::size_t i = 0; i < frontier.size(); ++i) take_visits(frontier[i].person, visits[i]);
  const auto encounters = encounter_links(session_, frontier, question_.rules);
  for (std::size_t i = 0; i < frontier.size(); ++i) take_encounters(frontier[i].person, encounters[i]);
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
  ++answer_.links_found;
  if (reached_.contains(target)) return;
  evidence.risk = presence::risk(evidence, setting);
  found_[target].add(evidence, question_.rules.most_evidence);
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
    const Interval exposing = presence::exposing(question_, person, finding.since());
    if (!exposing.empty()) next.push_back({person, exposing});
    answer_.contacts.push_back(std::move(finding).finish(person, level, question_.rules.most_evidence));
  }
  found_.clear();
  return next;
}

}  // namespace

presence::Answer trace(store::Session& session, const presence::Question& question, const PlaceSettings& settings) {
  return Tracer(session, question, settings).trace();
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
