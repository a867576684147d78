#include "modules/tracing/index_load.h"

#include <string>
#include <unordered_map>

#include "engines/presence/index/bulk_load.h"
#include "modules/tracing/index_sql.h"

namespace luytre::tracing {

namespace {

constexpr std::chrono::hours kLongestEncounter{24 * 3700};  // held in a piece a day

class Load {
 public:
  Load(store::Session& session, presence::PresenceIndex& index, std::int64_t held_most,
       const std::function<void(const IndexLoad&, std::int64_t)>& progress)
      : session_(session), into_(index), held_most_(held_most), progress_(progress) {}

  void run() {
    load_visits();
    load_encounters();
    into_.seal();
  }

 private:
  void load_visits();
  void load_encounters();
  void loaded(std::size_t more);

  store::Session& session_;
  presence::BulkLoad into_;
  const std::int64_t held_most_;
  const std::function<void(const IndexLoad&, std::int64_t)>& progress_;
  IndexLoad load_;
  std::int64_t unsealed_ = 0;
};

void Load::load_visits() {
  std::vector<presence::Visit> visits;
  StoredVisit last;
  for (auto portion = visits_after(session_, last); !portion.empty(); portion = visits_after(session_, last)) {
    visits.clear();
    for (const StoredVisit& v : portion) visits.push_back(visit_of(v));
    into_.add(visits);
    load_.visits += static_cast<std::int64_t>(portion.size());
    loaded(portion.size());
    last = portion.back();
  }
}

void Load::load_encounters() {
  std::vector<presence::Encounter> encounters;
  StoredEncounter last;
  for (auto portion = encounters_after(session_, last); !portion.empty(); portion = encounters_after(session_, last)) {
    encounters.clear();
    for (const presence::Encounter& e : encounters_of(session_, portion)) encounters.push_back(checked(e));
    into_.add(encounters);
    load_.encounters += static_cast<std::int64_t>(portion.size());
    loaded(portion.size());
    last = portion.back();
  }
}

void Load::loaded(std::size_t more) {
  unsealed_ += static_cast<std::int64_t>(more);
  if (unsealed_ >= held_most_) {
    into_.seal();
    unsealed_ = 0;
  }
  progress_(load_, unsealed_ * kHeldBytes);
}

}  // namespace

void load_index(store::Session& session, presence::PresenceIndex& index, std::int64_t held_most,
                const std::function<void(const IndexLoad&, std::int64_t)>& progress) {
  Load(session, index, held_most, progress).run();
}

presence::Encounter checked(const presence::Encounter& encounter) {
  if (encounter.when.to - encounter.when.from > kLongestEncounter)
    throw NoIndex("an encounter lasts for more than ten years, which it does not hold");
  return encounter;
}

void describe_places(store::Session& session, const PlaceSettings& settings, presence::PresenceIndex& index,
                     bool visited) {
  const presence::View view = index.view();
  std::unordered_map<std::string, presence::Setting> of_kind;
  StoredPlace last;
  for (auto portion = places_after(session, last); !portion.empty(); portion = places_after(session, last)) {
    for (const StoredPlace& place : portion) {
      if (visited && view.names().places.find(place.id.value) == presence::kNoNumber) continue;
      auto [known, fresh] = of_kind.try_emplace(place.kind);
      if (fresh) known->second = settings(place.kind);
      index.describe(place.id, known->second);
    }
    last = portion.back();
  }
}

}  // namespace luytre::tracing
