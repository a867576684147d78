// Doubtful: the flags of recorded visits, found by the rule (doubts.h) from what is stored. For whoever shows visits:
// the person, officers of a named case, and those who compare. Within another's transaction, unchecked: whoever asks
// has the right to see these visits, and logs it. Never says where else somebody was, only that.
//
// All visits of a person that are kept are looked at, so that the answer does not depend on what is asked about; when
// those that contradicted are deleted by age, the flag goes with them. Places that officers merged are one.
// Thread-safe.

#pragma once

#include <map>
#include <set>
#include <span>
#include <vector>

#include "modules/places/places.h"
#include "modules/visits/doubts.h"
#include "platform/geography/geography.h"

namespace luytre::visits {

namespace storage {
struct VisitRow;
}

struct Doubted {
  VisitId visit;
  PlaceId place;      // as recorded
  PlaceId counts_as;  // what it was merged into, or the same
  Interval when;
  std::vector<Flag> doubts;                          // mostly none
  std::optional<std::string> origin = std::nullopt;  // of those flagged kForeign: the system that told it
};

class Doubtful {
 public:
  Doubtful(DoubtRule rule, const geography::Geography& geography, const places::Places& places);

  const DoubtRule& rule() const { return rule_; }

  // Each person's visits, oldest first; persons without visits are missing.
  std::map<PersonId, std::vector<Doubted>> of(store::Session& session, std::span<const PersonId> persons) const;

  // Of the visits at a place, or at one that counts as it, that share a part of an interval. `visits`: of one person.
  static std::vector<Flag> at(std::span<const Doubted> visits, PlaceId place, Interval when);
  // Likewise, the systems that told them.
  static std::vector<std::string> origins_at(std::span<const Doubted> visits, PlaceId place, Interval when);

 private:
  struct Known {  // of places
    std::map<PlaceId, std::vector<places::Stated>> stated;
    std::map<PlaceId, PlaceId> counts_as;  // of those that were merged
  };
  Known known(store::Session& session, std::set<PlaceId> visited) const;
  Seen seen(const storage::VisitRow& row, const Known& known) const;
  UnitId commune_now(UnitId unit) const;  // 0: not known
  std::optional<Spotted> centre_of(UnitId commune) const;

  const DoubtRule rule_;
  const geography::Geography& geography_;
  const places::Places& places_;
  std::map<std::string, Spotted> centres_;  // by the province's code
};

}  // namespace luytre::visits
