#include "engines/presence/index/bulk_load.h"

#include <algorithm>
#include <stdexcept>

namespace luytre::presence {

namespace {

constexpr std::int64_t kMostAttenuation = 255;  // as the module of encounters checks

}  // namespace

void check_encounter(const Encounter& e) {
  if (e.attenuation && (*e.attenuation < 0 || *e.attenuation > kMostAttenuation))
    throw std::invalid_argument("attenuation outside 0 – 255 dB");
}

SegmentBuilder& BulkLoad::builder(Day day) {
  if (!last_.second || last_.first != day) {
    const auto [place, fresh] = builders_.try_emplace(day, day, index_.options_.identity, memory_);
    if (fresh) place->second.reserve(usual_);
    last_ = {day, &place->second};
  }
  return *last_.second;
}

// Some at a time, so that their numbers are still in the cache when they are used.
void BulkLoad::add(std::span<const Visit> visits) {
  constexpr std::size_t kSome = 4096;
  const std::lock_guard lock(index_.writing_);
  while (!visits.empty()) {
    const auto some = visits.first(std::min(kSome, visits.size()));
    const auto& numbered = index_.number(some);
    for (std::size_t i = 0; i < some.size(); ++i) {
      cut_into_days(some[i].when, [&](Day day, Stay stay) {
        if (day < index_.floor_) return;
        const auto& n = numbered[i];
        builder(day).add_visit(n.person, n.place, n.zone, stay.with_estimated(some[i].estimated));
      });
    }
    visits = visits.subspan(some.size());
  }
}

void BulkLoad::add(std::span<const Encounter> encounters) {
  std::for_each(encounters.begin(), encounters.end(), check_encounter);
  const std::lock_guard lock(index_.writing_);
  for (const Encounter& e : encounters) {
    if (!index_.holds(e.when) || e.person == e.peer) continue;
    const Number person = index_.names_->persons.add(e.person.value);
    const Number peer = index_.names_->persons.add(e.peer.value);
    cut_into_days(e.when, [&](Day day, Stay stay) {
      if (day >= index_.floor_) builder(day).add_encounter(person, peer, encounter_stay(stay, e.attenuation));
    });
  }
}

void BulkLoad::seal_before(Day day) {
  const std::lock_guard merging(index_.merging_);
  const std::lock_guard lock(index_.writing_);
  const View before = index_.view();
  while (!builders_.empty() && builders_.begin()->first < day) {
    auto& [sealing, builder] = *builders_.begin();
    usual_ = std::max(usual_, builder.visits());
    if (sealing >= index_.floor_) {
      const DayPart& where = index_.part(sealing);
      index_.gather(before, where, where.live->meetings(), builder);
      index_.swap_in(sealing, index_.seal(sealing, std::move(builder)), std::make_shared<Live>());
    }
    builders_.erase(builders_.begin());
  }
  last_ = {0, nullptr};
  index_.publish(index_.now_ + 1);
}

void PresenceIndex::load(std::span<const Visit> visits, std::span<const Encounter> encounters) {
  BulkLoad load(*this);
  load.add(visits);
  load.add(encounters);
  load.seal();
}

}  // namespace luytre::presence
