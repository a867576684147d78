#include "modules/visits/doubtful_at.h"

#include <algorithm>
#include <map>

#include "modules/places/merged.h"
#include "modules/visits/impl.h"

namespace luytre::visits {
namespace {

using store::Session;

constexpr std::size_t kStep = 100;

// Each person's doubts, looked up once a page.
class People {
 public:
  People(Session& session, const Doubtful& doubtful) : session_(session), doubtful_(doubtful) {}

  void fetch(const std::vector<storage::VisitRow>& rows) {
    std::vector<PersonId> fresh;
    for (const auto& row : rows)
      if (known_.try_emplace(row.person).second) fresh.push_back(row.person);
    for (auto& [person, visits] : doubtful_.of(session_, fresh)) known_[person] = std::move(visits);
  }

  std::vector<Flag> of(const storage::VisitRow& row) const {
    for (const Doubted& one : known_.at(row.person))
      if (one.visit == row.id) return one.doubts;
    return {};
  }

 private:
  Session& session_;
  const Doubtful& doubtful_;
  std::map<PersonId, std::vector<Doubted>> known_;
};

bool in_doubt(const std::vector<Flag>& flags) {
  return std::any_of(flags.begin(), flags.end(),
                     [](Flag flag) { return flag != Flag::kForeign && flag != Flag::kTold; });
}

}  // namespace

Result<http::Page<DoubtfulVisit>> doubtful_at(Session& session, const Doubtful& doubtful, const places::Places& places,
                                              PlaceId place, Interval when, const std::optional<std::string>& cursor,
                                              std::size_t limit) {
  auto before = storage::position_of(cursor);
  if (!before) return wrong_field("?cursor", "format");
  const auto known = places::known_as(session, place);
  People people(session, doubtful);
  http::Page<DoubtfulVisit> page;
  for (std::size_t looked_at = 0; looked_at < kLookedAtMost; looked_at += kStep) {
    const auto rows = storage::at_places(session, known.places, when, *before, kStep);
    people.fetch(rows);
    for (const auto& row : rows) {
      before = storage::ListPosition{row.entered, row.id};
      auto flags = people.of(row);
      if (!in_doubt(flags)) continue;
      const auto spot = places.spot(row.place, row.zone);
      page.items.push_back({row.id, spot ? spot->zone_name : std::nullopt, row.entered, row.departed, row.estimated,
                            row.source, std::move(flags)});
      if (page.items.size() < limit) continue;
      page.next = storage::cursor_text(*before);
      return page;
    }
    if (rows.size() < kStep) return page;
  }
  page.next = storage::cursor_text(*before);  // perhaps more, further on
  return page;
}

}  // namespace luytre::visits
