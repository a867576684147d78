// The trace by brute force: every frontier person against every other, every pair of visits, every encounter. Slow, and
// obviously right.
//
// It is the definition of presence.h written down as a program, and the oracle of the tests: tracing in SQL, and the
// presence index that is to replace both for speed, must answer the same to the last row. Nothing in the product calls
// it.

#pragma once

#include <map>
#include <span>
#include <vector>

#include "engines/presence/merge.h"
#include "engines/presence/presence.h"

namespace luytre::presence {

struct World {
  std::vector<Visit> visits;
  std::vector<Encounter> encounters;  // any direction, may touch or overlap
  std::map<PlaceId, Setting> settings;
};

class BruteForce {
 public:
  explicit BruteForce(const World& world);
  Answer trace(const Question& question) const;

 private:
  // What the links with each other person share with `exposing`.
  std::map<PersonId, std::vector<Evidence>> parts(PersonId source, Interval exposing,
                                                  std::span<const MergedVisit> visits) const;
  void links(PersonId source, Interval exposing, const TraceRules& rules, std::map<PersonId, Finding>& found,
             const std::map<PersonId, int>& reached, std::span<const MergedVisit> visits, Answer& answer) const;
  Setting setting(PlaceId place) const;

  const World& world_;
  std::map<PersonId, std::vector<Encounter>> encounters_;  // merged; of each person, seen from there
};

}  // namespace luytre::presence
